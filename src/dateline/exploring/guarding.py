"""What stands before every route: headers that shut the page in, who may ask, and from where a change may come."""

from __future__ import annotations

import hmac
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping
    from typing import Any

    Scope = MutableMapping[str, Any]
    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    App = Callable[[Scope, Receive, Send], Awaitable[None]]

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
"""Sent with every answer. Nothing is cached, so that nothing of a report is left outside its project."""

COOKIE = "dateline"

OPEN = ("/static/", "/v/", "/enter")
"""What is answered without the token: nothing of a project is below these."""

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class SafeHeaders:
    """Adds `HEADERS` to every answer, those that refuse included."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and its answer back with the headers."""

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                extra = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
                message = {**message, "headers": [*message["headers"], *extra]}
            await send(message)

        await self.app(scope, receive, send_safely)


class SameOrigin:
    """Refuses a change that a page elsewhere asks for (CSRF), and every change where nothing may be changed.

    As Go 1.25 does: a browser says where a request comes from, in Sec-Fetch-Site or else in Origin; what says neither
    is no browser.
    """

    def __init__(self, app: App, *, read_only: bool = False) -> None:
        self.app = app
        self.read_only = read_only

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http" or scope["method"] in _SAFE:
            await self.app(scope, receive, send)
        elif self.read_only and scope["path"] != "/enter":
            await refuse(send, 405, "This explorer was started with --read-only: nothing can be changed.")
        elif not _is_own(_headers(scope)):
            await refuse(send, 403, "Asked for by another page; a change must come from a page of this explorer.")
        else:
            await self.app(scope, receive, send)


class Token:
    """Answers only who brings the token of this launch: in a cookie, or as `Authorization: Bearer`."""

    def __init__(self, app: App, *, token: str, refused: str) -> None:
        self.app = app
        self.token = token
        self.refused = refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "http" and not scope["path"].startswith(OPEN) and not self._is_known(_headers(scope)):
            await refuse(send, 401, self.refused, b"text/html; charset=utf-8")
        else:
            await self.app(scope, receive, send)

    def _is_known(self, headers: dict[bytes, bytes]) -> bool:
        given = (_cookie(headers.get(b"cookie", b"")), headers.get(b"authorization", b"").removeprefix(b"Bearer "))
        return any(matches(each, self.token) for each in given)


def matches(given: bytes | str, token: str) -> bool:
    """Say whether this is the token, in the same time whatever it is."""
    return hmac.compare_digest(given if isinstance(given, bytes) else given.encode(), token.encode())


async def refuse(send: Send, status: int, words: str, kind: bytes = b"text/plain; charset=utf-8") -> None:
    """Answer with a status and words."""
    body = words.encode()
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _headers(scope: Scope) -> dict[bytes, bytes]:
    return {name.lower(): value for name, value in scope["headers"]}


def _is_own(headers: dict[bytes, bytes]) -> bool:
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site in (b"same-origin", b"none")
    origin = headers.get(b"origin")
    return origin is None or origin == b"http://" + headers.get(b"host", b"")


def _cookie(header: bytes) -> bytes:
    try:
        found = SimpleCookie(header.decode("latin-1")).get(COOKIE)
    except CookieError:
        return b""
    return found.value.encode("latin-1", "replace") if found else b""
