"""A web app whose workers are forked: `gunicorn --preload --workers 2 worker:app`.

The client is made once, and even used, before the fork. Each worker opens connections of its own at its first call.

Needs APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID and APPWRITE_API_KEY (with the scope `users.read`).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from typing import Any

from polywrite import AppwriteException, Client, Query, Users

users = Users(Client.from_env())
at_start = users.list([Query.limit(1)]).total


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    try:
        total = users.list([Query.limit(1)]).total
    except AppwriteException as error:
        start_response("502 Bad Gateway", [("content-type", "text/plain")])
        return [str(error).encode()]
    start_response("200 OK", [("content-type", "application/json")])
    return [json.dumps({"users": total, "before the fork": at_start, "worker": os.getpid()}).encode()]
