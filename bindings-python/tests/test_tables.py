"""Types that `polywrite types` writes, and the tables that they have."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path
from types import ModuleType
from typing import Any

import pydantic
import pytest
from conftest import ROOT
from polywrite import AsyncClient, Client, TablesDB, exception, testing
from recorder import Recorder

HERE = Path(__file__).parent
TYPES = ROOT / "tests/types"
WRITTEN = sorted((TYPES / "written").glob("*.py"))


def read(name: str) -> Any:
    return json.loads((TYPES / name).read_text())


def module(name: str) -> ModuleType:
    """A file that was written, as programs import it."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, TYPES / "written" / f"{name}.py")
        assert spec and spec.loader
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with the programs beside what was written."""
    for file in [*WRITTEN, *(TYPES / "programs").glob("*.py")]:
        shutil.copy(file, tmp_path)
    return tmp_path


def run(*command: str, cwd: Path) -> str:
    return subprocess.run([sys.executable, "-m", *command], cwd=cwd, capture_output=True, text=True).stdout


def expected(place: int) -> dict[int, str]:
    """By line what a checker says of it: mypy is the first, pyright the second."""
    lines = (TYPES / "programs/wrong.py").read_text().splitlines()
    found = [(number + 2, line.split("# error: ")[1]) for number, line in enumerate(lines) if "# error: " in line]
    return {number: says.split(" / ")[place] for number, says in found}


def test_the_files_are_formatted_as_ruff_does_it() -> None:
    assert len(WRITTEN) == 6
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--isolated", "--diff", *map(str, WRITTEN)],
        capture_output=True,
        text=True,
    )
    assert (done.stdout, done.returncode) == ("", 0)


def test_mypy_accepts_the_files_and_finds_mistakes(project: Path) -> None:
    config = ["--strict", "--no-error-summary", "--config-file", str(HERE.parent / "pyproject.toml")]
    files = [file.name for file in sorted(project.glob("*.py"))]
    output = run("mypy", *config, *files, cwd=project)
    found = re.findall(r"^(\S+):(\d+): error: (.*)$", output, re.MULTILINE)
    says = expected(0)
    assert [(file, int(line)) for file, line, _ in found] == [("wrong.py", line) for line in says], output
    for _, line, message in found:
        assert says[int(line)] in message, line


def test_pyright_accepts_the_files_and_finds_mistakes(project: Path) -> None:
    settings = {
        "typeCheckingMode": "strict",
        "extraPaths": [str(HERE.parent / "python")],
        "reportUnknownMemberType": False,
        "pythonVersion": "3.10",
    }
    (project / "pyrightconfig.json").write_text(json.dumps(settings))
    output = json.loads(run("pyright", "--outputjson", cwd=project))
    says = expected(1)
    found: dict[int, str] = {}
    for each in output["generalDiagnostics"]:
        place = (Path(each["file"]).name, each["range"]["start"]["line"] + 1)
        assert place[0] == "wrong.py", each
        found[place[1]] = found.get(place[1], "") + each["message"]
    assert list(found) == list(says), found
    for line, message in found.items():
        assert says[line] in message, (line, message)


@pytest.mark.parametrize("name", ["cinema", "cinema_typeddict", "cinema_pydantic"])
def test_rows_of_a_real_server_fit_their_types(client: Client, server: Recorder, name: str) -> None:
    cinema = module(name).Cinema(client)
    recorded = read("rows.json")
    rows = list(recorded["movies"].values())
    server.says({"total": len(rows), "rows": rows})
    first, minimal, *_ = (row.data for row in cinema.movies.list_rows().rows)
    if name == "cinema_typeddict":
        assert (first["title"], first["location"], minimal["tags"]) == ("The First", [12.5, 41.9], [])
    else:
        assert (first.title, first.location, first.big) == ("The First", (12.5, 41.9), 9007199254740993)
        assert first.released == datetime(1984, 6, 1, tzinfo=timezone.utc)
        assert (minimal.year, minimal.tags, minimal.plot) == (1999, [], None)
    server.says(recorded["authors"]["row-create-relationship"])
    author = cinema.authors.get_row("a1").data
    if name == "cinema_typeddict":
        assert [movie["title"] for movie in author["movies"]] == ["Upserted", "Movie number 2"]
    else:
        assert [(movie.id, movie.data.title) for movie in author.movies] == [
            ("m1", "Upserted"),
            ("m2", "Movie number 2"),
        ]
    server.says(recorded["authors"]["row-get-relationship"])
    assert cinema.authors.get_row("a1").id == "a1"


@pytest.mark.parametrize("case", read("misfits.json"), ids=lambda case: case["says"])
def test_a_row_that_does_not_fit_says_where(client: Client, server: Recorder, case: dict[str, Any]) -> None:
    rows = list(read("rows.json")["movies"].values())[:2]
    row = dict(rows[0])
    row.pop(case["column"], None)
    if "value" in case:
        row[case["column"]] = case["value"]
    server.says({"total": 2, "rows": [rows[1], row]})
    with pytest.raises(exception.DecodeError) as caught:
        module("cinema").Cinema(client).movies.list_rows()
    assert caught.value.message == f"the row `m1` does not fit Movie: {case['says']}"


def test_pydantic_says_where_a_row_does_not_fit(client: Client, server: Recorder) -> None:
    row = {**read("rows.json")["movies"]["row-get"], "year": "x"}
    server.says({"total": 1, "rows": [row]})
    with pytest.raises(exception.DecodeError) as caught:
        module("cinema_pydantic").Cinema(client).movies.list_rows()
    assert caught.value.message.startswith("the row `m1` does not fit Movie: the column `year` is a text: ")


def test_what_was_read_can_be_sent(client: Client, server: Recorder) -> None:
    hall = {
        "$id": "h1", "note": "n", "script": None, "count": 1, "counts": [], "huge": [], "ratio": 2, "ratios": [],
        "is-open": True, "class": "first", "moods": ["sad"], "times": [], "opened": "2026-01-01T00:00:00.000+00:00",
        "route": [[1, 2], [3, 4]], "area": None, "mails": [],
    }  # fmt: skip
    server.says(hall)
    row = module("cinema").Cinema(client).halls.get_row("h1")
    assert (row.data.is_open, row.data.xclass, row.data.ratio) == (True, "first", 2.0)
    TablesDB(client).update_row("cinema", "halls", "h1", row.data)
    sent = server.requests[-1].json()["data"]
    assert sent == {key: value for key, value in hall.items() if key != "$id"} | {"opened": "2026-01-01T00:00:00+00:00"}


@pytest.fixture
def appwrite_seed() -> testing.Seed:
    seed: testing.Seed = read("seed.json")
    return seed


@pytest.mark.parametrize("name", ["cinema", "cinema_typeddict", "cinema_pydantic"])
def test_tables_work_with_the_emulator(appwrite: testing.Project, name: str) -> None:
    service = TablesDB(appwrite.client)
    for table in ("movies", "halls"):
        service.wait_for_table("cinema", table)
    cinema = module(name).Cinema(service)
    get = (lambda data, key: data[key]) if name == "cinema_typeddict" else getattr
    ada = cinema.authors.create_row({"name": "Ada"})
    released = datetime(1984, 6, 1, tzinfo=timezone.utc)
    made = cinema.movies.create_row(
        {"title": "New", "big": 9007199254740993, "released": released, "location": (1, 2), "author": ada.id}
    )
    assert [get(made.data, key) for key in ("year", "seen", "big", "tags")] == [2000, False, 9007199254740993, []]
    query, operator = cinema.movies.query, cinema.movies.operator
    cinema.movies.update_row(made.id, {"year": operator.increment(2), "tags": operator.array_append(["a"])})
    found = cinema.movies.list_rows([query.equal("year", 2002), query.select(["*", "author.*"])]).rows
    author = get(found[0].data, "author")
    assert get(found[0].data, "tags") == ["a"]
    assert (author["name"] if name == "cinema_typeddict" else author.data.name) == "Ada"
    hall = {"note": "", "count": 1, "ratio": 2, "is-open": True, "class": "first", "opened": released, "moods": ["sad"]}
    cinema.halls.upsert_row("h1", {**hall, "favourite": made.id, "route": [(1, 2), (3, 4)]})
    with pytest.raises(ZeroDivisionError), cinema.transaction() as staged:
        staged.halls.delete_row("h1")
        raise ZeroDivisionError
    assert cinema.run_transaction(lambda staged: staged.halls.list_rows().total) == 1
    assert cinema.empty.bulk_create_rows([{}, {}]).written == 2
    ids = [row.id for row in cinema.empty.iterate_rows(page_size=1)]
    assert cinema.empty.bulk_upsert_rows([(ids[0], {})]).written == 1
    assert cinema.empty.bulk_delete_rows(ids).written == 2
    assert cinema.empty.list_rows().rows == []


async def _asynchronous(project: testing.Project) -> None:
    client = AsyncClient(endpoint=project.endpoint, project=project.project_id, key=project.key)
    cinema = module("cinema").AsyncCinema(client)
    made = await cinema.authors.create_row({"name": "Ada"}, row_id="a1")
    assert made.data == module("cinema").Author(name="Ada")
    async with cinema.transaction() as staged:
        await staged.authors.update_row("a1", {"name": "Lovelace"})
    names = [row.data.name async for row in cinema.authors.iterate_rows()]
    assert names == ["Lovelace"]
    await cinema.run_transaction(lambda staged: staged.authors.delete_row("a1"))
    assert (await cinema.authors.list_rows()).total == 0


def test_asynchronous_tables_work_with_the_emulator(appwrite: testing.Project) -> None:
    import asyncio

    TablesDB(appwrite.client).wait_for_table("cinema", "authors")
    asyncio.run(_asynchronous(appwrite))


def test_models_of_pydantic_are_theirs() -> None:
    assert issubclass(module("cinema_pydantic").Movie, pydantic.BaseModel)
