"""Type hints at run time, as tools that use signatures read them."""

from __future__ import annotations

import inspect
import subprocess
import sys
import typing
from importlib import import_module
from types import FunctionType
from typing import Any

import polywrite
import pydantic
import pytest
from polywrite import AsyncClient, Client, Download, InputFile, Operator, Query, Users
from polywrite.query_builder import QueryBuilder

models: Any = import_module("polywrite.models")
services: Any = import_module("polywrite.services")
CLASSES = [Client, AsyncClient, Query, QueryBuilder, Operator, InputFile, Download]


def test_every_signature_can_be_read() -> None:
    found = [getattr(services, name) for name in services.__all__ if name != "aio"]
    found += [getattr(services.aio, name) for name in services.aio.__all__]
    methods = 0
    for each in [*CLASSES, *found]:
        for name, member in inspect.getmembers(each):
            if isinstance(member, FunctionType) and not name.startswith("_"):
                assert "return" in typing.get_type_hints(member), f"{each.__name__}.{name}"
                inspect.signature(member, eval_str=True)
                methods += 1
    assert methods > 1500


def test_helpers_say_what_they_take_and_do() -> None:
    for each in [Query, QueryBuilder, Operator, polywrite.Permission, polywrite.Role, polywrite.ID]:
        for name, member in inspect.getmembers(each, inspect.isfunction):
            if not name.startswith("_"):
                assert inspect.getdoc(member), f"{each.__name__}.{name}"
    assert str(inspect.signature(Query.page)) == "(page: 'int', per_page: 'int' = 25) -> 'list[str]'"
    assert "Appwrite Cloud only" in (inspect.getdoc(Query.sum) or "")
    collected = [name for name, _ in inspect.getmembers(QueryBuilder, inspect.isfunction) if hasattr(Query, name)]
    for name in [each for each in collected if not each.startswith("_")]:
        taken = list(inspect.signature(getattr(Query, name)).parameters.values())
        assert list(inspect.signature(getattr(QueryBuilder, name)).parameters.values())[1:] == taken, name
    assert len(collected) > 80


def test_every_model_can_be_read() -> None:
    for each in (getattr(models, name) for name in models.__all__):
        if isinstance(each, type):
            typing.get_type_hints(each)
    assert typing.get_type_hints(models.User)["created_at"] is str


def test_pydantic_checks_the_arguments_of_a_method(client: Client, server: Any) -> None:
    get: Any = pydantic.validate_call(Users(client).get)
    server.says({"$id": "u"})
    assert get("u", retries=0).id == "u"
    with pytest.raises(pydantic.ValidationError, match="valid string"):
        get(7)
    with pytest.raises(pydantic.ValidationError, match="retries"):
        get("u", retries="many")


def test_hints_cost_nothing_until_they_are_read() -> None:
    program = "import sys; from polywrite import Client, Storage, Users; Users(Client()); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert polywrite.__name__ in loaded
    assert not {"typing_extensions", "asyncio", "polywrite._signatures"} & set(loaded)
