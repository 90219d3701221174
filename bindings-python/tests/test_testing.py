"""What programs have for their own tests: an emulator that ends with them, and a project for each test."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import polywrite
import pytest
from conftest import ROOT
from polywrite import Account, AsyncAccount, AsyncUsers, Client, Teams, Users, Webhooks, testing

ADA = {"userId": "ada", "email": "ada@example.com", "password": "correct horse"}


@pytest.fixture
def appwrite_seed() -> testing.Seed:
    return {"users": [ADA]}


def guest_of(project: testing.Project | testing.AsyncProject) -> Client:
    return Client(endpoint=project.endpoint, project=project.project_id)


def is_alive(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_emulator/") as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError):
        return False


@pytest.mark.parametrize("name", ["Bob", "Eve"])
def test_each_test_has_a_project_of_its_own(appwrite: testing.Project, name: str) -> None:
    users = Users(appwrite.client)
    users.create("next", name=name)
    assert [user.name for user in users.list().users] == ["", name]
    assert list(appwrite.env.values()) == [appwrite.endpoint, appwrite.project_id, appwrite.key]
    assert appwrite.key not in repr(appwrite)


@pytest.mark.appwrite(seed=None, ids="counted", now="2026-01-01")
class TestMarked:
    @pytest.mark.parametrize("run", [1, 2])
    def test_ids_and_times_are_the_same_in_each_run(self, appwrite: testing.Project, run: int) -> None:
        assert Users(appwrite.client).list().total == 0
        team = Teams(appwrite.client).create("unique()", "Crew")
        assert (team.id, team.created_at) == ("00000000000000000001", "2026-01-01T00:00:00.000+00:00")

    @pytest.mark.appwrite(now=datetime(2026, 2, 1, tzinfo=timezone.utc))
    def test_the_closest_marker_counts(self, appwrite: testing.Project) -> None:
        assert Teams(appwrite.client).create("unique()", "Crew").created_at.startswith("2026-02-01")
        assert appwrite.advance(90) == datetime(2026, 2, 1, 0, 1, 30, tzinfo=timezone.utc)


def test_a_seed_may_be_a_file_and_its_keys_have_their_secrets(
    appwrite_emulator: testing.Emulator, tmp_path: Path
) -> None:
    file = tmp_path / "seed.toml"
    file.write_text('[[keys]]\nkeyId = "reader"\nscopes = ["users.read"]\n')
    with appwrite_emulator.project(seed=file) as project:
        reader = project.client.with_key(project.keys["reader"])
        assert Users(reader).list().total == 0
        assert project.seed({"keys": [{"keyId": "more", "scopes": []}]}) == {"more": project.keys["more"]}
        with pytest.raises(polywrite.AppwriteException, match=r"a seed has users, .*user"):
            project.seed({"user": []})
    with pytest.raises(polywrite.NotFoundError):
        Users(project.client).list()


def test_mails_come_once_each(appwrite: testing.Project) -> None:
    account = Account(guest_of(appwrite))
    account.create_recovery("ada@example.com", "http://localhost/reset")
    mail = appwrite.next_mail(to="ada@example.com")
    assert mail.kind == "recovery" and mail.link and mail.secret in mail.link
    assert mail.secret not in repr(mail)
    assert appwrite.mails() == [mail]
    with pytest.raises(polywrite.NotFoundError, match=r"recovery to ada@example\.com"):
        appwrite.next_mail(seconds=0)
    account.update_recovery(mail.user_id, mail.secret, "battery staple")
    account.create_email_password_session("ada@example.com", "battery staple")


def test_asyncio_waits_for_what_comes(async_appwrite: testing.AsyncProject) -> None:
    async def main() -> None:
        account = AsyncAccount(
            polywrite.AsyncClient(endpoint=async_appwrite.endpoint, project=async_appwrite.project_id)
        )
        waiting = asyncio.create_task(async_appwrite.next_mail(kind="recovery", seconds=60))
        await asyncio.sleep(0)
        await account.create_recovery("ada@example.com", "http://localhost/reset")
        mail = await waiting
        assert await async_appwrite.mails() == [mail]
        users = AsyncUsers(async_appwrite.async_client)
        await async_appwrite.snapshot()
        await users.delete("ada")
        await async_appwrite.restore()
        assert (await users.list()).total == 1
        await async_appwrite.faults([{"status": 429}])
        with pytest.raises(polywrite.RateLimitedError):
            await users.list(retries=0)
        assert [it.status for it in await async_appwrite.requests()][-1] == 429
        assert await async_appwrite.advance(60) > datetime.now(timezone.utc)
        assert await async_appwrite.seed({"users": [{"userId": "bob"}]}) == {}
        assert await async_appwrite.webhooks() == []
        with pytest.raises(polywrite.NotFoundError):
            await async_appwrite.next_webhook(seconds=0)

    asyncio.run(main())


def test_a_session_ends_when_time_passes(appwrite: testing.Project) -> None:
    secret = Users(appwrite.client).create_session("ada").secret
    account = Account(guest_of(appwrite).with_session(secret))
    assert account.get().id == "ada"
    assert appwrite.advance(timedelta(days=400).total_seconds()) > datetime.now(timezone.utc)
    with pytest.raises(polywrite.UnauthorizedError):
        account.get()


def test_calls_fail_as_asked_for(appwrite: testing.Project) -> None:
    users = Users(appwrite.client)
    appwrite.faults([{"operation": "users.list", "cut": True, "times": 1}])
    assert users.list().total == 1
    assert [request.operation for request in appwrite.requests()] == ["users.list", "users.list"]
    appwrite.faults([{"operation": "users.list", "status": 429}])
    with pytest.raises(polywrite.RateLimitedError):
        users.list(retries=0)
    appwrite.faults([])
    users.create("bob", name="Bob")
    assert appwrite.requests()[-1].params == {"userId": "bob", "name": "Bob"}


def test_a_snapshot_brings_everything_back(appwrite: testing.Project) -> None:
    users = Users(appwrite.client)
    appwrite.snapshot("before")
    users.delete("ada")
    appwrite.restore("before")
    assert users.get("ada").email == "ada@example.com"


@pytest.fixture
def receiver() -> Iterator[str]:
    """A URL that accepts webhooks."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_webhooks_are_handed_over_as_they_were_sent(appwrite: testing.Project, receiver: str) -> None:
    Webhooks(appwrite.client).create("hook", receiver, "Hook", ["users.*.create"])
    Users(appwrite.client).create("bob")
    sent = appwrite.next_webhook(webhook_id="hook")
    assert (sent.event, sent.status, json.loads(sent.body)["$id"]) == ("users.bob.create", 204, "bob")
    assert appwrite.webhooks() == [sent]


def run(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment}
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, timeout=60)


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("", "pip install polywrite-cli"),
        ("/nowhere", "did not start: "),
        (sys.executable, "ended with"),
    ],
)
def test_without_the_program_the_error_says_what_to_do(program: str, words: str) -> None:
    script = "from polywrite import testing\ntry: testing.shared()\nexcept ValueError as error: print(error)"
    done = run(script, POLYWRITE_CLI=program, PATH="/nowhere")
    assert words in done.stdout, done


def test_the_environment_may_name_an_emulator_that_runs(appwrite_emulator: testing.Emulator) -> None:
    script = "from polywrite import testing\nprint(testing.shared().project().endpoint)"
    for url in (appwrite_emulator.url, f"{appwrite_emulator.url}/", appwrite_emulator.endpoint):
        done = run(script, POLYWRITE_EMULATOR=url, POLYWRITE_CLI="/nowhere")
        assert done.stdout == f"{appwrite_emulator.endpoint}\n", done


def test_an_emulator_of_a_program_ends_with_its_block() -> None:
    with testing.emulator(tls=True) as own, own.project() as project:
        assert Users(project.client).list().total == 0
        assert own.endpoint.startswith("https://")

    async def main() -> str:
        async with testing.emulator() as own, own.async_project() as project:
            assert (await AsyncUsers(project.async_client).list()).total == 0
            assert is_alive(own.url)
            return own.url

    assert not is_alive(asyncio.run(main()))


@pytest.mark.parametrize("end", ["", "import os; os.kill(os.getpid(), 9)"])
def test_an_emulator_ends_with_the_process_that_started_it(end: str) -> None:
    done = run(f"from polywrite import testing\nprint(testing.shared().url, flush=True)\n{end}")
    url = done.stdout.strip()
    assert url.startswith("http://"), done
    while is_alive(url):
        pass


def test_the_plugin_costs_an_import_that_needs_nothing() -> None:
    script = "import sys, polywrite.pytest_plugin\nprint([it for it in sys.modules if it.startswith('polywrite.')])"
    assert run(script).stdout.strip() == "['polywrite.pytest_plugin']"


SHOP = """
import pytest
from appwrite.client import Client
from appwrite.exception import AppwriteException
from appwrite.services.account import Account
from appwrite.services.users import Users


@pytest.fixture(scope="session")
def appwrite_seed():
    return {"users": [{"userId": "ada", "email": "ada@example.com", "password": "correct horse"}]}


@pytest.fixture
def guest(appwrite):
    return Client().set_endpoint(appwrite.endpoint).set_project(appwrite.project_id)


@pytest.fixture
def users(appwrite):
    client = Client().set_endpoint(appwrite.endpoint).set_project(appwrite.project_id)
    return Users(client.set_key(appwrite.key))


@pytest.mark.parametrize("name", ["Bob", "Eve", "Flo", "Gus"])
def test_each_happens_in_a_project_of_its_own(users, name):
    users.create("next", name=name)
    assert [user.name for user in users.list().users] == ["", name]


def test_a_mail_has_the_secret_that_its_reader_sends(appwrite, guest, users):
    Account(guest).create_recovery("ada@example.com", "http://localhost/reset")
    mail = appwrite.next_mail(to="ada@example.com")
    Account(guest).update_recovery(mail.user_id, mail.secret, "battery staple")
    signed_in = Account(guest.set_session(users.create_session("ada").secret))
    assert signed_in.get().email == "ada@example.com"
    appwrite.advance(400 * 86_400)
    with pytest.raises(AppwriteException):
        signed_in.get()
"""


@pytest.mark.parametrize("options", [[], ["-n", "2"], ["-p", "polywrite.pytest_plugin"]])
def test_a_program_for_the_official_sdk_uses_the_fixtures_without_an_import(tmp_path: Path, options: list[str]) -> None:
    (tmp_path / "test_shop.py").write_text(SHOP)
    # As pip installs the package: its entry points make pytest load the plugin.
    text = (ROOT / "bindings-python/pyproject.toml").read_text()
    entries = text.split("[project.entry-points.pytest11]\n")[1].split("\n\n")[0].replace('"', "")
    metadata = tmp_path / "polywrite-0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: polywrite\nVersion: 0\n")
    (metadata / "entry_points.txt").write_text(f"[pytest11]\n{entries}\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, "."]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT / "bindings-python/python")])}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment, timeout=60)
    assert "5 passed" in done.stdout, done
