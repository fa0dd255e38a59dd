"""The site: which address is which page, and how trouble looks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from etl.cli.pages import article, days, question, search, sources, words
from etl.cli.pages.asked import read_asked
from etl.cli.pages.desk import Desk
from etl.cli.pages.found import Elsewhere, Missing, Page
from etl.cli.pages.guard import Guard
from etl.cli.staleness import say_staleness
from etl.errors import ConfigError, NewsError, QueryStoppedError

STYLE = (files("etl.cli.pages") / "templates" / "style.css").read_bytes()
ICON = (files("etl.cli.pages") / "templates" / "icon.svg").read_bytes()
A_DAY = {"Cache-Control": "max-age=86400"}


def make_site(desk: Desk, *, bound: str, names: Iterable[str] = ()) -> Starlette:
    """Return the site over one home.

    Args:
        desk: where its questions are asked; closed with the site.
        bound: the address it listens at.
        names: what else its readers call it.
    """
    site = _Site(desk)

    @asynccontextmanager
    async def closing(_app: Starlette) -> AsyncIterator[None]:
        yield
        await run_in_threadpool(desk.close)

    return Starlette(
        lifespan=closing,
        routes=[
            Route("/", partial(site.answer, search.read_page)),
            Route("/article/{name:path}", partial(site.answer, article.read_page)),
            Route("/sources", partial(site.answer, sources.read_page)),
            Route("/days", partial(site.answer, days.read_page)),
            Route("/sql", partial(site.answer, question.read_page)),
            Route("/sql.csv", site.download),
            Route("/style.css", _send(STYLE, "text/css")),
            Route("/icon.svg", _send(ICON, "image/svg+xml")),
        ],
        middleware=[Middleware(Guard, bound=bound, names=tuple(names))],
        exception_handlers={HTTPException: site.explain_http, Exception: site.explain_bug},
    )


def _send(content: bytes, kind: str) -> Callable[[Request], Any]:
    async def send(_request: Request) -> Response:
        return Response(content, media_type=kind, headers=A_DAY)

    return send


class _Site:
    """Answers requests with pages."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._templates = Environment(
            loader=PackageLoader("etl.cli.pages"), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        for filter_ in (
            words.show_time, words.show_ago, words.show_day, words.mark_snippet,
            words.mark_pieces, words.link_out, words.show_value,
        ):  # fmt: skip
            self._templates.filters[filter_.__name__] = filter_
        self._templates.tests["numeric"] = words.is_number

    async def answer(self, read: Callable[..., Page], request: Request) -> Response:
        """Answer with the page that `read` makes, or with what is wrong."""
        now = datetime.now(UTC)
        within_s = self._desk.sql_s if read is question.read_page else None
        timed = {"within_s": within_s} if within_s else {}
        try:
            page = await self._desk.work(
                request, lambda brake: read(self._desk, request, brake, now=now), **timed
            )
        except Elsewhere as found:
            return RedirectResponse(found.address, status_code=303)
        except Missing as missing:
            return await self._explain(request, 404, "Not here", str(missing))
        except ConfigError as error:
            return await self._explain(request, 400, "That cannot be asked", str(error))
        except QueryStoppedError as error:
            return await self._explain(request, 503, "That took too long", str(error))
        except NewsError as error:
            return await self._explain(request, 503, "No answer", str(error))
        return await self._render(request, page, now=now)

    async def download(self, request: Request) -> Response:
        """Answer with the CSV of a query."""
        try:
            lines = await run_in_threadpool(question.write_csv, self._desk, request)
        except NewsError as error:
            return await self._explain(request, 400, "That cannot be asked", str(error))
        disposition = {"Content-Disposition": 'attachment; filename="newshouse.csv"'}
        return StreamingResponse(lines, media_type="text/csv", headers=disposition)

    async def explain_http(self, request: Request, error: Exception) -> Response:
        """Answer where there is no page, or not by that method."""
        assert isinstance(error, HTTPException)
        if error.status_code == 404:  # noqa: PLR2004 - not found
            return await self._explain(request, 404, "Not here", "There is no page of that name.")
        return await self._explain(request, error.status_code, "No", error.detail)

    async def explain_bug(self, request: Request, _error: Exception) -> Response:
        """Answer for a bug; its trace goes to the log, not to the page."""
        said = "This is a mistake in newshouse; where it was started, the terminal tells more."
        return await self._explain(request, 500, "A bug", said)

    async def _explain(self, request: Request, status: int, title: str, text: str) -> Response:
        page = Page("error.html", title=title, status=status, told={"text": text})
        return await self._render(request, page, now=datetime.now(UTC))

    async def _render(self, request: Request, page: Page, *, now: datetime) -> Response:
        def render() -> str:
            return self._templates.get_template(page.template).render(
                page.told, title=page.title, now=now, path=request.url.path,
                staleness=say_staleness(self._desk.home, now=now) or "there is no warehouse yet",
                home=self._desk.home.path.name or str(self._desk.home.path),
                asked=page.told.get("asked") or read_asked(request.query_params),
            )  # fmt: skip

        return HTMLResponse(await run_in_threadpool(render), status_code=page.status)
