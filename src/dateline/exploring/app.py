"""The routes of the explorer. Read-only: no route changes anything, and no page asks for anything from elsewhere."""

from __future__ import annotations

import socket
from contextlib import asynccontextmanager, suppress
from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import HTMLResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from dateline.errors import UsageError
from dateline.exploring import pages
from dateline.storing.archive import WORK, open_archive
from dateline.storing.database import Database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from pathlib import Path

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from dateline.model.codebook import Codebook

HOST = "127.0.0.1"

HOSTS = (HOST, "localhost", "[::1]")
"""Names under which the page answers. Any other is a page elsewhere that had its name point here (DNS rebinding)."""

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
"""Sent with every answer. Nothing is cached, so that nothing of a report is left outside its project."""


class SafeHeaders:
    """Adds `HEADERS` to every answer, those that refuse included."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and its answer back with the headers."""

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                extra = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
                message = {**message, "headers": [*message["headers"], *extra]}
            await send(message)

        await self.app(scope, receive, send_safely)


def make_app(project: Path) -> Starlette:
    """Return the web application that shows a project as it stands now.

    Raises:
        ArchiveError: if the folder is no project, or a manifest is damaged.
    """
    archive = open_archive(project)
    database = Database(archive.files(), project / WORK)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        try:
            yield
        finally:
            database.close()

    static = StaticFiles(directory=str(files("dateline.exploring") / "static"))
    return Starlette(
        routes=[*_routes(database, archive.codebooks()), Mount("/static", static)],
        middleware=[
            Middleware(SafeHeaders),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(HOSTS), www_redirect=False),
        ],
        exception_handlers={
            pages.NotHereError: _not_here,
            UsageError: _misused,
            HTTPException: _refused,
            Exception: _broken,
        },
        lifespan=lifespan,
    )


def serve(project: Path, port: int = 0, *, ready: Callable[[str], None] = lambda _url: None) -> None:
    """Serve the explorer on this machine alone until it is interrupted.

    Args:
        project: the project folder.
        port: a port, or 0 for any that is free.
        ready: is called with the address once the page can be opened.

    Raises:
        ArchiveError: if the folder is no project, or a manifest is damaged.
        UsageError: if the port cannot be had.
    """
    import uvicorn

    app = make_app(project)
    with _listen(port) as listener:
        ready(f"http://{HOST}:{listener.getsockname()[1]}/")
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, proxy_headers=False, ws="none"
        )
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def _listen(port: int) -> socket.socket:
    """Return a socket that listens on this machine's own address, so that a caller may connect at once."""
    if not 0 <= port < 2**16:
        raise UsageError(f"port {port} given; expected 0 (any that is free) to 65535")
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        raise UsageError(f"port {port} given, and it cannot be had ({error}); name another, or 0 for any") from error


def _routes(database: Database, codebooks: Sequence[Codebook]) -> list[Route]:
    def home(request: Request) -> HTMLResponse:
        return HTMLResponse(pages.home_page(database, request.query_params))

    def incident(request: Request) -> HTMLResponse:
        return HTMLResponse(pages.incident_page(database, request.path_params["id"], codebooks))

    def report(request: Request) -> HTMLResponse:
        return HTMLResponse(pages.report_page(database, request.path_params["id"], request.query_params))

    def issues(request: Request) -> HTMLResponse:
        return HTMLResponse(pages.issues_page(database, request.query_params))

    found = {"/": home, "/search": home, "/incidents/{id}": incident, "/reports/{id}": report, "/issues": issues}
    return [Route(path, endpoint) for path, endpoint in found.items()]


def _not_here(_request: Request, error: Exception) -> HTMLResponse:
    return HTMLResponse(pages.error_page("Not in this project", str(error)), 404)


def _misused(_request: Request, error: Exception) -> HTMLResponse:
    return HTMLResponse(pages.error_page("The address cannot be used", str(error)), 400)


def _refused(_request: Request, error: Exception) -> HTMLResponse:
    assert isinstance(error, HTTPException)
    return HTMLResponse(pages.error_page("No such page", error.detail), error.status_code, error.headers)


def _broken(_request: Request, _error: Exception) -> HTMLResponse:
    """Answer for a bug, which is raised again after this. It happens outside of `SafeHeaders`."""
    return HTMLResponse(
        pages.error_page("This page could not be made", "What the program printed says why."), 500, HEADERS
    )
