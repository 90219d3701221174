"""A website that renders a page for the user who is signed in: `uvicorn site_app:app`.

One client lives as long as the program and signs people in. Each request gets a client of its own with the session of
its cookie; that is cheap and shares the connections.

Needs APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID and APPWRITE_API_KEY (with the scope `sessions.write`).
"""

from __future__ import annotations

from contextlib import suppress
from html import escape
from typing import Annotated

from fastapi import Depends, FastAPI, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from polywrite import ArgumentError, AsyncAccount, AsyncClient, UnauthorizedError

SIGN_IN = '<form method="post" action="/sign-in"><input name="email"><input name="password" type="password"></form>'

admin = AsyncClient.from_env()
app = FastAPI()
COOKIE = f"a_session_{admin.project}"


def visitor(request: Request) -> AsyncAccount:
    """The account service of the caller: a user, or a guest."""
    client = admin.with_session_of(request.cookies)
    return AsyncAccount(client.set_forwarded_user_agent(request.headers.get("user-agent", "")))


@app.get("/")
async def home(account: Annotated[AsyncAccount, Depends(visitor)]) -> HTMLResponse:
    try:
        user = await account.get()
    except UnauthorizedError:
        return HTMLResponse(SIGN_IN)
    return HTMLResponse(f"<h1>Hello {escape(user.name)}</h1>")


@app.post("/sign-in")
async def sign_in(email: Annotated[str, Form()] = "", password: Annotated[str, Form()] = "") -> Response:
    try:
        session = await AsyncAccount(admin).create_email_password_session(email, password)
    except ArgumentError:
        # A missing value or a wrong e-mail address is an argument error, from here or from the server.
        return HTMLResponse("Enter your e-mail address and your password.", 400)
    except UnauthorizedError as error:
        return HTMLResponse(escape(error.message), 401)
    response = RedirectResponse("/", 303)
    response.set_cookie(COOKIE, session.secret, httponly=True, secure=True, samesite="strict")
    return response


@app.post("/sign-out")
async def sign_out(account: Annotated[AsyncAccount, Depends(visitor)]) -> RedirectResponse:
    # The session may have ended, or there was none: remove the cookie all the same.
    with suppress(UnauthorizedError):
        await account.delete_session("current")
    response = RedirectResponse("/", 303)
    response.delete_cookie(COOKIE)
    return response
