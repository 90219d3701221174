# ruff: noqa: N803
"""Calls the code of a function once, as the server's runtime does: `call.py FILE ANSWER`.

The request comes as one line of JSON on stdin, which stays open as long as the emulator waits; the answer goes into the
file ANSWER.
"""

import asyncio
import base64
import importlib
import inspect
import io
import json
import os
import sys
import threading
import traceback

FILE, ANSWER = sys.argv[-2:]
LONGEST_LINE = 8000

lines = {"logs": "", "errors": ""}


def written(message):
    if isinstance(message, (list, dict, tuple)):
        return json.dumps(message, separators=(",", ":"), default=str)
    return str(message)


def write(to, messages):
    line = " ".join(map(written, messages))
    if len(line) > LONGEST_LINE:
        line = f"{line[:LONGEST_LINE]}... Log truncated due to size limit ({LONGEST_LINE} characters)"
    lines[to] += line + "\n"


class Printed(io.TextIOBase):
    """What the code prints is a log."""

    def write(self, text):
        lines["logs"] += text
        return len(text)


class Request:
    def __init__(self, given):
        self.method, self.path, self.headers = given["method"], given["path"], given["headers"]
        self.query_string = given["queryString"]
        self.body_binary = base64.b64decode(given["body"])
        self.scheme = self.headers.get("x-forwarded-proto", "http")
        usual = 443 if self.scheme == "https" else 80
        self.host, _, port = self.headers["host"].partition(":")
        self.port = int(port or usual)
        pairs = (pair.partition("=") for pair in self.query_string.split("&"))
        self.query = {name: value for name, _, value in pairs if name}
        self.url = f"{self.scheme}://{self.host}" + (f":{self.port}" if self.port != usual else "") + self.path
        self.url += f"?{self.query_string}" if self.query_string else ""

    @property
    def body_text(self):
        return self.body_binary.decode()

    @property
    def body_raw(self):
        return self.body_text

    @property
    def body_json(self):
        return json.loads(self.body_text)

    @property
    def body(self):
        if not self.headers.get("content-type", "").lower().startswith("application/json"):
            return self.body_text
        return self.body_json if self.body_binary else {}


class Response:
    # The names of the parameters are those of the server's runtime.
    def send(self, body, statusCode=200, headers=None):
        return {"body": body, "statusCode": statusCode, "headers": headers or {}}

    def binary(self, bytes, statusCode=200, headers=None):
        return self.send(bytes, statusCode, headers)

    def text(self, body, statusCode=200, headers=None):
        return self.send(body.encode(), statusCode, headers)

    def json(self, obj, statusCode=200, headers=None):
        text = json.dumps(obj, separators=(",", ":"))
        return self.text(text, statusCode, {**(headers or {}), "content-type": "application/json"})

    def empty(self):
        return self.text("", 204)

    def redirect(self, url, statusCode=301, headers=None):
        return self.text("", statusCode, {**(headers or {}), "location": url})


class Context:
    def __init__(self, request):
        self.req, self.res = request, Response()

    def log(self, *messages):
        write("logs", messages)

    def error(self, *messages):
        write("errors", messages)


def load(context):
    name = os.path.relpath(FILE, os.getcwd()).removesuffix(".py").replace(os.sep, ".")
    sys.path.insert(0, os.getcwd())
    try:
        main = getattr(importlib.import_module(name), "main", None)
    except Exception:
        context.error(traceback.format_exc())
        return None
    if not callable(main):
        context.error("Function signature invalid. Did you forget to export a 'main' function?")
        return None
    return main


async def run(context):
    main = load(context)
    if main is None:
        return context.res.text("", 503)
    try:
        output = main(context)
        if inspect.isawaitable(output):
            output = await output
    except Exception:
        context.error(traceback.format_exc())
        return context.res.text("", 500)
    if output is None:
        context.error("Return statement missing. return context.res.empty() if no response is expected.")
        return context.res.text("", 500)
    return output


def headers(given):
    all = {name.lower(): str(value) for name, value in given.items()}
    kind = all.get("content-type", "text/plain").lower()
    is_whole = kind.startswith("multipart/") or "charset=" in kind
    all["content-type"] = kind if is_whole else f"{kind}; charset=utf-8"
    return [[name, value] for name, value in all.items() if not name.startswith("x-open-runtimes-")]


def leave_when_alone():
    """Ends the program when the emulator has ended or waits no longer."""
    sys.__stdin__.read()
    os._exit(1)


def call():
    context = Context(Request(json.loads(sys.stdin.readline())))
    threading.Thread(target=leave_when_alone, daemon=True).start()
    sys.stdout = sys.stderr = Printed()
    output = asyncio.run(run(context))
    body = output.get("body", "")
    body = body.encode() if isinstance(body, str) else body
    answer = {
        "statusCode": output.get("statusCode", 200),
        "headers": headers(output.get("headers", {})),
        "body": base64.b64encode(body).decode(),
        **lines,
    }
    with open(ANSWER, "w") as file:
        json.dump(answer, file)
    # Threads of the code's own do not keep the caller waiting.
    os._exit(0)


call()
