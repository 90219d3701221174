"""The examples do what they promise."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest
from conftest import ROOT, Emulator
from polywrite import ID, TablesDB, Users

EXAMPLES = ROOT / "examples"


def run(emulator: Emulator, *command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], env=emulator.environment, capture_output=True, text=True, timeout=60
    )


def test_quick_start(emulator: Emulator) -> None:
    done = run(emulator, EXAMPLES / "quick-start/python/quick_start.py")
    assert (done.stdout, done.stderr) == ("Momo 3\n", "")


def test_quick_start_async(emulator: Emulator) -> None:
    done = run(emulator, EXAMPLES / "quick-start/python/quick_start_async.py")
    assert (done.stdout, done.stderr) == ("created Ada, Grace, Mary\n", "")


def test_upload_with_progress(emulator: Emulator, tmp_path: Path) -> None:
    file = tmp_path / "film.bin"
    file.write_bytes(os.urandom(12 * 1024 * 1024))
    script = EXAMPLES / "upload-with-progress/python/upload.py"
    done = run(emulator, script, file)
    assert re.fullmatch(r"film\.bin: 12582912 bytes in bucket \w+, file \w+\n", done.stdout), done.stderr
    assert done.stderr.endswith(f"{'█' * 40}   12.0 MiB\n")
    missing = run(emulator, script, tmp_path / "nothing")
    assert missing.returncode == 1
    assert "nothing" in missing.stderr
    assert "Traceback" not in missing.stderr


def test_import_csv(emulator: Emulator, tmp_path: Path) -> None:
    file = tmp_path / "films.csv"
    lines = [f"Film number {number},{1925 + number % 100}" for number in range(250)]
    lines[7] = '"A film, without a year",unknown'
    file.write_text("\n".join(["title,year", *lines]), encoding="utf-8")
    done = run(emulator, EXAMPLES / "import-csv/python/import_csv.py", file)
    found = re.fullmatch(r"249 of 250 rows in database (\w+), table (\w+)\n", done.stdout)
    assert found is not None, done.stderr
    assert done.returncode == 1
    assert f"{'█' * 40} 249 rows\nline 9: " in done.stderr
    database, table = found.groups()
    assert TablesDB(emulator.client()).list_rows(database, table).total == 249


def test_demo(emulator: Emulator) -> None:
    done = run(emulator, EXAMPLES / "demo/python/demo.py")
    assert done.returncode == 0, done.stderr
    assert "The end." in done.stdout
    assert emulator.key not in done.stdout


@contextmanager
def serving(emulator: Emulator, folder: Path, *command: str) -> Iterator[int]:
    """Runs a web server on a port of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        # The server takes the socket over, so no other program can get the port.
        os.set_inheritable(listener.fileno(), True)
        port: int = listener.getsockname()[1]
        arguments = [part.replace("{fd}", str(listener.fileno())) for part in command]
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments], cwd=folder, env=emulator.environment, pass_fds=[listener.fileno()]
        )
        try:
            yield port
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def fetch(
    port: int, method: str = "GET", path: str = "/", form: dict[str, str] | None = None, cookie: str = ""
) -> tuple[int, str, SimpleCookie]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"cookie": cookie, "content-type": "application/x-www-form-urlencoded"}
    connection.request(method, path, urlencode(form or {}), headers)
    response = connection.getresponse()
    body = response.read().decode()
    cookies = SimpleCookie(response.getheader("set-cookie", ""))
    connection.close()
    return response.status, body, cookies


def test_server_side_rendering(emulator: Emulator) -> None:
    users = Users(emulator.client())
    people = [("Ada", f"{ID.unique()}@example.com"), ("Grace", f"{ID.unique()}@example.com")]
    for person, email in people:
        users.create(ID.unique(), email=email, password="a long password", name=person)
    folder = EXAMPLES / "server-side-rendering/python"
    name = f"a_session_{emulator.project}"
    with serving(
        emulator, folder, "uvicorn", "--fd", "{fd}", "--log-level", "warning", "--app-dir", ".", "site_app:app"
    ) as port:
        assert "<form" in fetch(port)[1]
        cookies = []
        for _, email in people:
            status, _, cookie = fetch(port, "POST", "/sign-in", {"email": email, "password": "a long password"})
            assert status == 303
            cookies.append(f"{name}={cookie[name].value}")
        for _ in range(3):
            for (person, _), signed_in in zip(people, cookies, strict=True):
                assert fetch(port, cookie=signed_in)[1] == f"<h1>Hello {person}</h1>"
        assert fetch(port, "POST", "/sign-in", {"email": people[0][1], "password": "wrong password"})[0] == 401
        assert fetch(port, "POST", "/sign-out", cookie=cookies[0])[0] == 303
        assert "<form" in fetch(port, cookie=cookies[0])[1]
        # Wrong input of visitors is not an error of the program: it never responds with 500.
        for stale in (cookies[0], "", f"{name}=%00%zz", f"{name}=\xe4", f'{name}="\\000"'):
            assert fetch(port, "POST", "/sign-out", cookie=stale)[0] == 303
            assert "<form" in fetch(port, cookie=stale)[1]
        grace = people[1][1]
        for form in (
            {"email": "no address", "password": "password-1"},
            {"email": grace, "password": ""},
            {"email": grace, "password": "short"},
            {"email": grace},
            {},
        ):
            assert fetch(port, "POST", "/sign-in", form)[0] == 400
        assert "Grace" in fetch(port, cookie=cookies[1])[1]


def test_prefork_worker(emulator: Emulator) -> None:
    folder = EXAMPLES / "prefork-worker/python"
    command = ("gunicorn", "--preload", "--workers", "2", "--bind", "fd://{fd}", "--log-level", "error", "worker:app")
    with serving(emulator, folder, *command) as port:
        workers: set[int] = set()
        deadline = time.monotonic() + 20
        while len(workers) < 2 and time.monotonic() < deadline:
            status, body, _ = fetch(port)
            assert status == 200, body
            report = json.loads(body)
            assert report["users"] >= report["before the fork"]
            workers.add(report["worker"])
    if len(workers) < 2:
        pytest.fail("both workers should have responded")
