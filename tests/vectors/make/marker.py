"""What must come out nowhere: a marker in every credential, every parameter that is a secret and every secret field
of a response. Tests of each language make these calls, get these responses, and look for the markers in all that a
program or a log can see."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tomllib

from .calls import Calls
from .definition import Definition

Entry = dict[str, Any]

MARKER = "m4rkerOfACredential"
"""A credential of the client."""
GIVEN = "m4rkerOfAParameter"
"""A secret among the parameters, or in a field of a response."""
QUOTED = f"{MARKER} and {GIVEN}"
"""What servers quote of a request."""


def calls(api: Definition, made: Calls, folder: Path) -> list[Entry]:
    """Every operation that takes a secret, with all its arguments."""
    secrets = tomllib.loads((folder / "secrets.toml").read_text(encoding="utf-8"))
    secret = {*secrets["names"], *secrets["parameters"]}
    found = []
    for methods in api.methods.values():
        for method in methods.values():
            call = next(call for call in made.of(method) if call["call"] == "everything")
            given = call["arguments"]
            marked = {name: GIVEN for name, value in given.items() if name in secret and isinstance(value, str)}
            if marked:
                service = method.id.split(".")[0]
                found.append({
                    "operation": method.id,
                    "class": api.classes[service],
                    "arguments": given | marked,
                    "method": call["request"]["method"],
                    "path": call["request"]["path"],
                })  # fmt: skip
    return found


def responses() -> list[Entry]:
    """What the server says to them, one after the other: every kind of error that a server can cause. `cut` is a
    connection that ends before the response, and `hang` a response that does not come."""
    secrets = dict.fromkeys(("secret", "password", "clientSecret", "jwt", "otp"), GIVEN)

    def said(status: int, kind: str) -> Entry:
        body = {"message": f"not {QUOTED}", "code": status, "type": kind, **secrets}
        headers = [["set-cookie", f"a_session_p={MARKER}"], ["x-own", MARKER]]
        return {"kind": "", "status": status, "headers": headers, "json": body}

    errors = {
        "argument": (400, "general_argument_invalid"),
        "unauthorized": (401, "user_blocked"),
        "missing_scope": (401, "general_unauthorized_scope"),
        "not_found": (404, "user_not_found"),
        "conflict": (409, "user_already_exists"),
        "rate_limited": (429, "general_rate_limit_exceeded"),
        "api": (500, "general_unknown"),
    }
    return [
        said(200, "") | {"json": {"$id": "u", **secrets}},
        *(said(*error) | {"kind": kind} for kind, error in errors.items()),
        said(503, "general_unknown") | {"kind": "api"},
        {"kind": "api", "status": 502, "headers": [], "text": f"<html>{QUOTED}</html>"},
        {"kind": "decode", "status": 200, "headers": [], "text": f'{{"secret":"{GIVEN}","note":"{QUOTED}'},
        {"kind": "network", "cut": True},
        {"kind": "timeout", "hang": True},
    ]
