"""The judge finds what is wrong: python3 -m unittest tests.vectors.check.test_judge"""

from __future__ import annotations

import base64
import contextlib
import io
import json
import tempfile
import unittest
from pathlib import Path
from typing import Any

from ..make import definition
from . import __main__ as checked
from . import requests, vectors
from .judge import Judge, kind_of
from .responses import Responses
from .vectors import ROOT

HEADERS = dict.fromkeys(requests.EVERYWHERE, "x") | {"accept": "application/json", "x-appwrite-project": "demo"}


def raw(method: str, target: str, body: str = "", **headers: str) -> dict[str, Any]:
    """A request as a recorder keeps it."""
    named = HEADERS | {name.replace("_", "-"): value for name, value in headers.items()}
    data = base64.b64encode(body.encode()).decode()
    return {"method": method, "target": target, "headers": [list(each) for each in named.items()], "body": data}


class Requests(unittest.TestCase):
    """Every part of a request counts."""

    def assert_wrong(self, wanted: dict[str, Any], request: dict[str, Any], part: str) -> None:
        self.assertTrue(any(line.startswith(part) for line in requests.differences(wanted, request)), part)

    def test_the_query(self) -> None:
        wanted = {"method": "GET", "path": "/a%2Fb", "query": [["total", "0"], ["queries[0]", "ü&"]]}
        right = "/v1/a%2Fb?total=0&queries%5B0%5D=%C3%BC%26"
        self.assertEqual(list(requests.differences(wanted, raw("GET", right))), [])
        self.assert_wrong(wanted, raw("POST", right), "method")
        self.assert_wrong(wanted, raw("GET", right.replace("a%2Fb", "a/b")), "path")
        self.assert_wrong(wanted, raw("GET", right.replace("total=0", "total=false")), "query")
        self.assert_wrong(wanted, raw("GET", right, accept="*/*"), "accept")
        self.assert_wrong(wanted, raw("GET", right, x_appwrite_project="other"), "x-appwrite-project")
        self.assert_wrong(wanted, raw("GET", right, x_appwrite_key=""), "x-appwrite-key")
        self.assert_wrong({"method": "GET", "path": "/a"}, raw("GET", "/v1/a?"), "a question mark")

    def test_the_body(self) -> None:
        wanted = {"method": "POST", "path": "/a", "json": {"big": 2**63 - 1, "list": {}, "null": None}}
        right = '{"big":9223372036854775807,"list":{},"null":null}'
        kind = {"content_type": "application/json"}
        self.assertEqual(list(requests.differences(wanted, raw("POST", "/v1/a", right, **kind))), [])
        for wrong in (
            right.replace("807", "808"),
            right.replace("{},", "[],"),
            '{"null":null,"big":9223372036854775807,"list":{}}',
            '{"big":9223372036854775807,"list":{}}',
            "{}",
        ):
            self.assert_wrong(wanted, raw("POST", "/v1/a", wrong, **kind), "json")
        self.assert_wrong({"method": "POST", "path": "/a"}, raw("POST", "/v1/a", "{}", **kind), "json")
        self.assert_wrong({"method": "POST", "path": "/a"}, raw("POST", "/v1/a", "", **kind), "body")


class Coverage(unittest.TestCase):
    """Nothing of the definition goes without a vector."""

    def test_a_helper_without_a_right_vector_is_named_for_each_language(self) -> None:
        api = definition.load(ROOT / "api")
        cases = [case for case in vectors.helpers() if case["helper"] != "Query.equal"]
        lines = [{"id": case["id"], "made": case.get("text", case.get("texts", "0" * 20))} for case in cases]
        lines += [{"id": case["id"], "skipped": "it lacks it"} for case in vectors.helpers() if case not in cases]
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report"
            report.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
            said = io.StringIO()
            with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
                judged = checked.judge(Judge(api, []), api, "cobol", report, Path(folder) / "coverage")
        self.assertEqual(judged, 1)
        self.assertIn("cobol: no vector shows Query.equal\n", said.getvalue())


class Seen(unittest.TestCase):
    """Nothing that the server sent gets lost or made up."""

    def setUp(self) -> None:
        self.responses = Responses(definition.load(ROOT / "api"))

    def wrong(self, response: Any, seen: Any) -> bool:
        return bool(list(self.responses.differences("RowList", response, seen)))

    def test_values(self) -> None:
        response: Any = {"total": 1, "rows": [{"$id": "a", "title": "Alien", "big": 2**63 - 1}]}
        self.assertFalse(self.wrong(response, response))
        self.assertFalse(self.wrong(response | {"newer": 1}, response))
        self.assertFalse(self.wrong(response, {"total": 1, "rows": [response["rows"][0] | {"$permissions": []}]}))
        self.assertTrue(self.wrong(response, {"total": 1, "rows": []}))
        self.assertTrue(self.wrong(response, {"total": True, "rows": response["rows"]}))
        for change in ({"title": "alien"}, {"big": 2.0**63}, {"$sequence": "made up"}, {"other": "made up"}):
            self.assertTrue(self.wrong(response, {"total": 1, "rows": [response["rows"][0] | change]}), change)

    def test_kinds_of_errors(self) -> None:
        self.assertEqual(kind_of(401, "general_unauthorized_scope", False), "missing_scope")
        self.assertEqual(kind_of(401, "general_unauthorized_scope", True), "unauthorized")
        self.assertEqual(kind_of(409, "row_already_exists", False), "conflict")
        self.assertEqual(kind_of(500, "", False), "api")


if __name__ == "__main__":
    unittest.main()
