"""The schema of a project as a file, against the emulator."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from polywrite import (
    AppwriteException,
    ArgumentError,
    AsyncSchema,
    FileError,
    Schema,
    SchemaChange,
    SchemaStep,
    SchemaTarget,
    TablesDB,
)
from polywrite.testing import AsyncProject, Project


def write(folder: Path, columns: str) -> Path:
    path = folder / "polywrite.toml"
    path.write_text(f"[databases.main.tables.films.columns]\n{columns}\n")
    return path


def test_a_schema_is_compared_with_a_server_and_pushed_to_it(appwrite: Project, tmp_path: Path) -> None:
    title = "title = { type = 'varchar', size = 64, required = true }"
    schema = Schema(appwrite.client, write(tmp_path, f"{title}\nyeer = {{ type = 'integer' }}"))
    plan = schema.plan()
    assert not plan.equal
    assert plan.steps[2].target == SchemaTarget(kind="column", place="main.films.title")
    steps: list[SchemaStep] = []
    done = schema.push(on_step=steps.append)
    places = ["main", "main.films", "main.films.title", "main.films.yeer"]
    assert [step.target.place for step in done.steps] == places
    assert [(step.action, step.target.place) for step in steps] == [("make", place) for place in places]
    assert schema.plan() == (True, [], [], [])
    tables = TablesDB(appwrite.client)
    tables.create_row("main", "films", "f", {"title": "Alien", "yeer": 1979})

    write(tmp_path, f"{title}\nyear = {{ type = 'integer' }}")
    with pytest.raises(ArgumentError, match=r"this would lose what these hold: column main\.films\.yeer"):
        schema.push()
    renamed = schema.push(rename=["films.yeer=year"])
    assert renamed.steps[0].changes == [SchemaChange("key", "yeer", "year")]
    assert tables.get_row("main", "films", "f").data["year"] == 1979
    write(tmp_path, "title = { type = 'text' }")
    assert len(schema.push(allow_destroy=True, timeout=10).steps) == 2


def test_it_is_awaited(async_appwrite: AsyncProject, tmp_path: Path) -> None:
    async def main() -> None:
        schema = AsyncSchema(async_appwrite.async_client, write(tmp_path, "year = { type = 'integer' }"))
        assert not (await schema.plan()).equal
        steps: list[SchemaStep] = []
        await schema.push(on_step=steps.append)
        assert len(steps) == 3
        assert (await schema.plan()).equal

    asyncio.run(main())


def test_what_is_wrong_is_an_error(appwrite: Project, tmp_path: Path) -> None:
    path = write(tmp_path, "year = { type = 'integer', size = 3 }")
    with pytest.raises(ArgumentError, match=r"main\.films\.year: a column of the type `integer` has no `size`"):
        Schema(appwrite.client, path).plan()
    with pytest.raises(FileError, match=r"none\.toml"):
        Schema(appwrite.client, tmp_path / "none.toml").plan()
    write(tmp_path, "year = { type = 'integer' }")
    with pytest.raises(AppwriteException, match="timeout"):
        Schema(appwrite.client, path).push(timeout=-1)
    with pytest.raises(TypeError, match="on_step must be callable"):
        Schema(appwrite.client, path).push(on_step=3)  # type: ignore[arg-type]
