"""The recorder of the package's tests, as a plan of tests/vectors wants it."""

from __future__ import annotations

import base64
import sys
import threading
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[3] / "bindings-python" / "tests"))

import recorder


class Planned(recorder.Recorder):
    """Keeps every request and sends the response of the present task."""

    def expect(self, response: dict[str, Any]) -> None:
        """Forgets the requests and responds to the next ones like this."""
        self.requests = []
        planned = recorder.Response(base64.b64decode(response["body"]), response["status"], exactly=response["headers"])
        if response.get("hang"):
            planned.wait = threading.Event()
        self.respond = lambda request: planned

    def sent(self) -> list[dict[str, Any]]:
        """The requests as reports have them."""
        return [
            {
                "method": each.method,
                "target": each.target,
                "headers": each.sent,
                "body": base64.b64encode(each.body).decode(),
            }
            for each in self.requests
        ]
