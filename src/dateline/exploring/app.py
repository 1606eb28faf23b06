"""The routes of the explorer. No page asks for anything from elsewhere."""

from __future__ import annotations

import mimetypes
import re
import secrets
import socket
from contextlib import asynccontextmanager, suppress
from functools import cache
from importlib.resources import files
from threading import Thread
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from dateline.errors import UsageError
from dateline.exploring import citing, home, pages
from dateline.exploring import incident as incidents
from dateline.exploring.api import ENDPOINTS
from dateline.exploring.guarding import COOKIE, HEADERS, SafeHeaders, SameOrigin, Token, matches
from dateline.exploring.rendering import NotHereError
from dateline.exploring.review import Desk
from dateline.exploring.review_routes import no_review, review_routes
from dateline.storing.archive import WORK, open_archive
from dateline.storing.database import Database
from dateline.storing.resolving import resolve

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from starlette.requests import Request

    from dateline.exploring.api import Endpoint
    from dateline.storing.archive import Archive

_LAYER = re.compile(rb'[{,]"(countries|lakes|borders|labels)":')

HOST = "127.0.0.1"

HOSTS = (HOST, "localhost", "[::1]")
"""Names under which the page answers. Any other is a page elsewhere that had its name point here (DNS rebinding)."""


def make_app(project: Path, *, token: str | None = None, read_only: bool = False) -> Starlette:
    """Return the web application that shows a project as it stands now.

    Args:
        project: the project folder.
        token: what a browser must bring; None asks for nothing.
        read_only: whether every change is refused.

    Raises:
        ArchiveError: if the folder is no project, or a manifest is damaged.
    """
    mimetypes.add_type("text/javascript", ".mjs")
    archive = open_archive(project)
    database = Database(archive.files(), project / WORK)
    database.make_ready()
    desk = Desk(archive, database)
    return Starlette(
        routes=[
            *_routes(database, archive, reviews=not read_only),
            *(no_review() if read_only else review_routes(archive, desk)),
            *_entrance(token),
            *_statics(),
        ],
        middleware=[
            Middleware(SafeHeaders),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(HOSTS), www_redirect=False),
            Middleware(SameOrigin, read_only=read_only),
            *([Middleware(Token, token=token, refused=pages.enter_page())] if token else []),
        ],
        exception_handlers={
            NotHereError: _not_here,
            UsageError: _misused,
            HTTPException: _refused,
            Exception: _broken,
        },
        lifespan=_lifespan(database, desk),
    )


def _lifespan(database: Database, desk: Desk) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    """Return what happens from start to end: what is made once is made while the first page is looked at."""

    def make() -> None:
        database.columns()
        database.index()
        desk.pressing  # noqa: B018

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        maker = Thread(target=make)
        maker.start()
        try:
            yield
        finally:
            maker.join()
            database.close()

    return lifespan


def serve(
    project: Path, port: int = 0, *, read_only: bool = False, ready: Callable[[str], None] = lambda _url: None
) -> None:
    """Serve the explorer on this machine alone until it is interrupted.

    Args:
        project: the project folder.
        port: a port, or 0 for any that is free.
        read_only: whether every change is refused.
        ready: is called with the address once the page can be opened. It holds the token of this launch, after the #,
            so that no server and no log sees it.

    Raises:
        ArchiveError: if the folder is no project, or a manifest is damaged.
        UsageError: if the port cannot be had.
    """
    import uvicorn

    token = secrets.token_urlsafe(24)
    app = make_app(project, token=token, read_only=read_only)
    with listen(port) as listener:
        ready(f"http://{HOST}:{listener.getsockname()[1]}/#{token}")
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, proxy_headers=False, ws="none"
        )
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def listen(port: int) -> socket.socket:
    """Return a socket that listens on this machine's own address, so that a caller may connect at once."""
    if not 0 <= port < 2**16:
        raise UsageError(f"port {port} given; expected 0 (any that is free) to 65535")
    try:
        listener = socket.create_server((HOST, port))
    except OSError as error:
        raise UsageError(f"port {port} given, and it cannot be had ({error}); name another, or 0 for any") from error
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else a body waits 40 ms for its headers' receipt
    return listener


def _statics() -> list[Mount | Route]:
    own, others = files("dateline.exploring") / "static", files("dateline.data") / "web"

    def world(request: Request) -> Response:
        found = world_layers().get(request.path_params["layer"])
        if found is None:
            raise NotHereError(f"the world has no layer {request.path_params['layer'][:40]!r}")
        return Response(found, media_type="application/geo+json")

    return [
        Mount("/static", StaticFiles(directory=str(own))),
        Mount("/v", StaticFiles(directory=str(others))),
        Route("/world/{layer}.json", world),
    ]


@cache
def world_layers() -> dict[str, bytes]:
    """Return the layers of `world.json`, cut apart so that a map's worker reads each by itself."""
    whole = (files("dateline.data") / "web" / "world.json").read_bytes()
    keys = [*_LAYER.finditer(whole)]
    ends = [*(key.start() for key in keys[1:]), len(whole.rstrip()) - 1]
    return {key[1].decode(): whole[key.end() : end] for key, end in zip(keys, ends, strict=True)}


def _entrance(token: str | None) -> list[Route]:
    """Return the route that takes the token and gives the cookie."""

    def enter(request: Request) -> Response:
        given = request.query_params.get("token", "")
        if token is None or not matches(given, token):
            return HTMLResponse(pages.enter_page(), 401)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(COOKIE, token, httponly=True, samesite="strict", path="/")
        return answer

    return [Route("/enter", enter, methods=["GET", "POST"])]


def _routes(database: Database, archive: Archive, *, reviews: bool) -> list[Route]:
    return [*_lists(database, reviews=reviews), *_single(database, archive), *_api(database)]


def _lists(database: Database, *, reviews: bool) -> list[Route]:
    """Return the routes of pages that list something; the first leads to the review, if there is one."""
    counts = cache(database.counts)

    def first(request: Request) -> HTMLResponse:
        return HTMLResponse(home.home_page(database, counts(), request.query_params, reviews=reviews))

    def search(request: Request) -> HTMLResponse:
        query = dict(request.query_params)
        return HTMLResponse(pages.texts_page(database, query)) if query.pop("in", "") == "texts" else first(request)

    def on_map(request: Request) -> JSONResponse:
        return JSONResponse(home.map_json(database, request.query_params))

    def spot(request: Request) -> HTMLResponse:
        return HTMLResponse(home.spot_page(database, request.query_params))

    def texts(request: Request) -> HTMLResponse:
        return HTMLResponse(pages.texts_page(database, request.query_params))

    def issues(request: Request) -> HTMLResponse:
        return HTMLResponse(pages.issues_page(database, request.query_params))

    shown = {"/": first, "/search": search, "/map.json": on_map, "/spot": spot, "/texts": texts, "/issues": issues}
    return [Route(path, endpoint) for path, endpoint in shown.items()]


def _single(database: Database, archive: Archive) -> list[Route]:
    """Return the routes of what shows one incident or one report."""
    codebooks = archive.codebooks()

    def incident(request: Request) -> Response:
        heirs = resolve(archive, database, request.path_params["id"])
        if len(heirs) == 1 and heirs[0] != request.path_params["id"]:
            return RedirectResponse(f"/incidents/{heirs[0]}", 302)
        if len(heirs) > 1:
            return HTMLResponse(incidents.moved_page(database, heirs))
        found = incidents.incident_page(database, archive, codebooks, request.path_params["id"], request.query_params)
        return HTMLResponse(found)

    def cite(request: Request) -> Response:
        view = incidents.find_incident(database, request.path_params["id"])
        return JSONResponse(citing.csl(view.reports.values()), media_type="application/vnd.citationstyles.csl+json")

    def bibtex(request: Request) -> Response:
        view = incidents.find_incident(database, request.path_params["id"])
        return PlainTextResponse(citing.bibtex(view.reports.values()), media_type="application/x-bibtex")

    def annotated(request: Request) -> Response:
        view = incidents.find_incident(database, request.path_params["id"])
        return JSONResponse(citing.web_annotations(view.mentions, view.reports), media_type="application/ld+json")

    def report(request: Request) -> HTMLResponse:
        return HTMLResponse(pages.report_page(database, request.path_params["id"], request.query_params))

    named = {
        "/incidents/{id}": incident,
        "/incidents/{id}/cite.json": cite,
        "/incidents/{id}/cite.bib": bibtex,
        "/incidents/{id}/annotations.json": annotated,
        "/reports/{id}": report,
    }
    return [Route(path, endpoint) for path, endpoint in named.items()]


def _api(database: Database) -> list[Route]:
    """Return the routes of the interface for programs, and of the page that describes it."""

    def route(path: str, endpoint: Endpoint) -> Route:
        def answer(request: Request) -> JSONResponse:
            return JSONResponse(endpoint(database, request.path_params.get("id", ""), request.query_params))

        return Route(path, answer)

    def described(_request: Request) -> HTMLResponse:
        return HTMLResponse(pages.api_page())

    return [Route("/api", described), *(route(path, endpoint) for path, endpoint in ENDPOINTS.items())]


def _not_here(request: Request, error: Exception) -> Response:
    return _answer(request, "Not in this project", str(error), 404)


def _misused(request: Request, error: Exception) -> Response:
    return _answer(request, "The address cannot be used", str(error), 400)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _answer(request, "No such page", error.detail, error.status_code, error.headers)


def _broken(request: Request, _error: Exception) -> Response:
    """Answer for a bug, which is raised again after this. It happens outside of `SafeHeaders`."""
    return _answer(request, "This page could not be made", "What the program printed says why.", 500, HEADERS)


def _answer(request: Request, title: str, message: str, status: int, headers: object = None) -> Response:
    """Return what went wrong: as JSON below /api, else as a page."""
    extra = dict(headers or {})  # type: ignore[call-overload]
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": {"title": title, "message": message}}, status, extra)
    return HTMLResponse(pages.error_page(title, message), status, extra)
