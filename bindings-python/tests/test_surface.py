"""The names of PyPI appwrite are all here, and imports stay light."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import subprocess
import sys
from typing import Any

import polywrite
import pytest
from polywrite import enums, models, services


def official() -> Any:
    return pytest.importorskip("appwrite.client", reason="pip install appwrite==27.0.0 to compare with it")


def classes(package: str) -> dict[str, Any]:
    """Every class of a package's modules, by module and name."""
    found: dict[str, Any] = {}
    for module in pkgutil.iter_modules(importlib.import_module(package).__path__):
        for name, value in vars(importlib.import_module(f"{package}.{module.name}")).items():
            if inspect.isclass(value) and value.__module__ == f"{package}.{module.name}":
                found[f"{module.name}.{name}"] = value
    return found


def test_services_take_the_arguments_of_appwrite() -> None:
    official()
    for name, theirs in classes("appwrite.services").items():
        module, class_name = name.split(".")
        ours: Any = getattr(importlib.import_module(f"polywrite.services.{module}"), class_name)
        for method, function in inspect.getmembers(theirs, inspect.isfunction):
            if method.startswith("_"):
                continue
            expected = list(inspect.signature(function).parameters.values())
            found = list(inspect.signature(getattr(ours, method)).parameters.values())
            names = [parameter.name for parameter in expected]
            # Newer parameters than appwrite 27's follow its own, except for one call where the server requires more.
            assert [parameter.name for parameter in found if parameter.name in names] == names, f"{name}.{method}"
            required = [parameter.name for parameter in expected if parameter.default is parameter.empty]
            given = [parameter for parameter in found if parameter.default is parameter.empty]
            assert {parameter.name for parameter in given} <= {*required, "options"}, f"{name}.{method}"


def test_every_name_can_be_imported_from_its_package() -> None:
    packages: list[Any] = [polywrite, services, models, enums, services.aio]
    for package in packages:
        for name in package.__all__:
            assert getattr(package, name) is not None
    assert polywrite.TablesDB is services.TablesDB
    assert polywrite.AsyncTablesDB is services.aio.AsyncTablesDB
    assert {"AsyncTablesDB", "TablesDB"} <= set(packages[0].__all__)
    with pytest.raises(ImportError):
        from polywrite import NoSuchService  # type: ignore[attr-defined] # noqa: F401
    with pytest.raises(AttributeError):
        _ = models.NoSuchModel  # type: ignore[attr-defined]


def test_sync_and_async_services_agree() -> None:
    package: Any = services
    for name in package.__all__:
        if name == "aio":
            continue
        ours, awaited = getattr(services, name), getattr(services.aio, f"Async{name}")
        methods = [method for method in vars(ours) if not method.startswith("_")]
        assert methods == [method for method in vars(awaited) if not method.startswith("_")]
        for method in methods:
            one, other = inspect.signature(getattr(ours, method)), inspect.signature(getattr(awaited, method))
            assert one.parameters.keys() == other.parameters.keys()


def test_imports_are_light() -> None:
    script = (
        "import sys; from polywrite import Client, TablesDB; TablesDB(Client());"
        "heavy = {'asyncio', 'pydantic', 'logging', 'email', 'http', 'ssl', 'mimetypes', 'polywrite.models.row'};"
        "print(sorted(heavy & set(sys.modules)), len([n for n in sys.modules if n.startswith('polywrite')]) < 23)"
    )
    done = subprocess.run([sys.executable, "-S", "-c", script], capture_output=True, text=True, env=environment())
    assert done.stdout == "[] True\n", done.stderr


def environment() -> dict[str, str]:
    from pathlib import Path

    return {"PYTHONPATH": str(Path(polywrite.__file__).parents[1])}
