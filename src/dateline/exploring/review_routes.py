"""The routes of the review: the only ones that add to a project, and absent with --read-only."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from dateline.errors import ArchiveError, EvidenceError, UsageError
from dateline.exploring import review_pages as pages
from dateline.exploring.pages import error_page
from dateline.exploring.rendering import NotHereError

if TYPE_CHECKING:
    from starlette.requests import Request

    from dateline.exploring.review import Desk
    from dateline.storing.archive import Archive

MOST_BYTES = 100_000
"""How long a form may be."""


def review_routes(archive: Archive, desk: Desk) -> list[Route]:
    """Return the routes at which people review a project."""
    codebooks = archive.codebooks()

    def start(request: Request) -> Response:
        return HTMLResponse(pages.review_page(desk, request.query_params))

    def onward(request: Request) -> Response:
        return RedirectResponse(pages.next_address(desk, request.query_params), 303)

    def show(request: Request) -> Response:
        return HTMLResponse(pages.mention_page(desk, request.path_params["id"], request.query_params, codebooks))

    async def act(request: Request) -> Response:
        form = await _form(request)
        return await run_in_threadpool(carry_out, request, form)

    def carry_out(request: Request, form: dict[str, str]) -> Response:
        identity, query = request.path_params["id"], dict(request.query_params)
        try:
            return RedirectResponse(pages.act_on(desk, identity, query, form), 303)
        except NotHereError:
            raise
        except (UsageError, EvidenceError, ArchiveError) as error:
            again = query | {"act": form.get("act", "")}
            return HTMLResponse(pages.mention_page(desk, identity, again, codebooks, pages.faulty(error)), 400)

    return [
        Route("/review", start),
        Route("/review/next", onward),
        Route("/review/{id}", show, methods=["GET"]),
        Route("/review/{id}", act, methods=["POST"]),
    ]


def no_review() -> list[Route]:
    """Return what stands in place of the review where nothing may be changed."""
    words = "This explorer was started with --read-only: nothing can be changed."
    return [Route("/review", lambda _request: HTMLResponse(error_page("No review here", words), 403))]


async def _form(request: Request) -> dict[str, str]:
    """Return the fields of a form. Raises `HTTPException` if it is none, or too long."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/x-www-form-urlencoded":
        raise HTTPException(415, "What was sent is no form of this explorer.")
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            raise HTTPException(413, f"The form is longer than {MOST_BYTES:,} bytes.")
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=500)
    return {name: values[-1] for name, values in fields.items()}
