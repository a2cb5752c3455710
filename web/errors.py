"""Errors become answers here and nowhere else: problem details (RFC 9457) under /api, a page with a way on everywhere else."""

from __future__ import annotations

import logging
import secrets
import traceback
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
from jinja2 import Environment
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect
from litestar.types import ASGIApp, ExceptionHandlersMap, Message, Receive, Send
from msgspec import Struct

from directory.errors import NotFound, NotPermitted, Stale, StepUpNeeded, TooOften, Unavailable
from matching.errors import NotAllowed
from web.desk import page
from web.middleware import is_api
from web.refused import Refused
from web.visits import NotBegun, SecondStepNeeded, SignInNeeded, page_of, visit_of

log = logging.getLogger("homeground.errors")

_HOUSE = Path(__file__).parent.parent

PROBLEM = "application/problem+json"
KEPT_HEADERS = {"allow", "retry-after"}


class Words(Struct, frozen=True):
    """What an error page says: what happened, what it means, and what to do next."""

    title: str
    meaning: str
    next_step: str


_TRY_AGAIN = "Go back and try again, or start from the home page."
_HOME = "Search again from the home page."
_WORDS = {
    400: Words("We could not read that request", "Something in it was not as we expected. Nothing was changed.", _TRY_AGAIN),
    403: Words("That is not open to you", "It asks for more than your account may do. Nothing was changed.", "Go back, or sign in with another account."),
    404: Words("There is no such page here", "The address may be mistyped, or what was here has been taken down.", _HOME),
    405: Words("This page cannot be used that way", "The address is right, but not for this kind of request. Nothing was changed.", _TRY_AGAIN),
    409: Words("This has changed meanwhile", "Somebody else changed it while you were at it. Nothing of yours was written.", "Go back and open it again."),
    410: Words("This has been taken down", "It was here once. Nothing can be shown of it now.", _HOME),
    413: Words("That is more than we can take at once", "It was larger than a million bytes. Nothing of it was kept.", "Shorten it and try again."),
    415: Words("We cannot read that kind of content", "It came in a form this page does not know. Nothing was changed.", _TRY_AGAIN),
    422: Words("Something needs another look", "We understood the request, but part of it does not fit.", "Go back, change it and send it again."),
    429: Words("That was a lot at once", "We take a little time between many requests, so that all get an answer.", "Wait a minute, then try again."),
    500: Words("Something went wrong here", "This is our fault, not yours. Nothing you wrote was kept.", "Try again in a minute."),
    503: Words("Homeground is not ready", "It is starting or busy. Nothing was lost.", "Try again in a minute."),
}


def words_for(status: int) -> Words:
    """The words for a status; one not in the table takes those of its kind."""
    return _WORDS.get(status) or _WORDS[400 if status < 500 else 500]


def error_handlers(templates: Environment) -> ExceptionHandlersMap:
    """The one table of errors. What a request can trip over in the framework and below it is a bad request, not our fault."""

    def refused(request: Request[Any, Any, Any], error: Refused) -> Response[Any]:
        return _answer(request, templates, error)

    def http(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
        if error.status_code >= 500:
            return unknown(request, error)
        kept = {name: value for name, value in (error.headers or {}).items() if name.lower() in KEPT_HEADERS}
        return _answer(request, templates, Refused(error.status_code, words_for(error.status_code).meaning, headers=kept))

    def not_found(request: Request[Any, Any, Any], error: NotFound) -> Response[Any]:
        return _answer(request, templates, Refused(404, words_for(404).meaning))

    def not_begun(request: Request[Any, Any, Any], error: NotBegun) -> Response[Any]:
        return page(visit_of(request), "my/not_begun.html", status=404)

    def unavailable(request: Request[Any, Any, Any], error: Unavailable) -> Response[Any]:
        note(error.__cause__ or error, _route(request))
        return _answer(request, templates, Refused(503, words_for(503).meaning, headers={"Retry-After": "5"}))

    def sign_in_needed(request: Request[Any, Any, Any], error: SignInNeeded) -> Response[Any]:
        return Redirect(f"/account/sign-in?next={quote(error.next)}", status_code=303)

    def second_step_needed(request: Request[Any, Any, Any], error: SecondStepNeeded) -> Response[Any]:
        return Redirect(f"/account/second-step?next={quote(error.next)}", status_code=303)

    def step_up_needed(request: Request[Any, Any, Any], error: StepUpNeeded) -> Response[Any]:
        return Redirect(f"/account/confirm?next={quote(page_of(request))}", status_code=303)

    def not_permitted(request: Request[Any, Any, Any], error: NotPermitted) -> Response[Any]:
        return _answer(request, templates, Refused(403, str(error)))

    def stale(request: Request[Any, Any, Any], error: Stale) -> Response[Any]:
        return _answer(request, templates, Refused(409, str(error)))

    def too_often(request: Request[Any, Any, Any], error: TooOften) -> Response[Any]:
        return _answer(request, templates, Refused(429, words_for(429).meaning, headers={"Retry-After": str(error.seconds)}))

    def unreadable(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
        log.warning("bad request: %s at %s", type(error).__name__, _route(request))
        return _answer(request, templates, Refused(400, words_for(400).meaning))

    def not_meant(request: Request[Any, Any, Any], error: NotAllowed) -> Response[Any]:
        return _answer(request, templates, Refused(422, words_for(422).meaning))

    def unknown(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
        return _answer(request, templates, Refused(500, words_for(500).meaning), error_id=note(error, _route(request)))

    return {
        Refused: refused, HTTPException: http, NotFound: not_found, NotBegun: not_begun, Unavailable: unavailable,
        SignInNeeded: sign_in_needed, SecondStepNeeded: second_step_needed,
        StepUpNeeded: step_up_needed, NotPermitted: not_permitted, TooOften: too_often, Stale: stale, NotAllowed: not_meant,
        RecursionError: unreadable, UnicodeError: unreadable, OverflowError: unreadable, msgspec.MsgspecError: unreadable,
        Exception: unknown,
    }


def note(error: BaseException, route: str) -> str:
    """Log an unexpected error and give its id. The text of the error stays out: it may hold what a person wrote."""
    error_id = secrets.token_hex(6)
    log.error("error %s: %s at %s, in %s", error_id, type(error).__name__, route, _where(error))
    return error_id


def _where(error: BaseException) -> str:
    """The lines of our own code that it passed through, outermost first, and where it arose."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_HOUSE)]
    lines = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in [*ours, *frames[-1:]]]
    return " > ".join(dict.fromkeys(lines))


def _route(request: Request[Any, Any, Any]) -> str:
    return str(request.scope.get("path_template") or "(no such page)")


def _answer(request: Request[Any, Any, Any], templates: Environment, error: Refused, *, error_id: str = "") -> Response[Any]:
    make = _problem if is_api(request.scope["path"]) else _page
    return make(templates, error, error_id)


def _problem(_: Environment, error: Refused, error_id: str) -> Response[Any]:
    body: dict[str, Any] = {
        "type": "about:blank", "title": HTTPStatus(error.status).phrase, "status": error.status, "detail": error.detail,
        "errors": error.errors, "choices": error.choices, "id": error_id,
    }
    full = {key: value for key, value in body.items() if value or key in ("type", "title", "status", "detail")}
    return Response(msgspec.json.encode(full), status_code=error.status, media_type=PROBLEM, headers=error.headers)


def _page(templates: Environment, error: Refused, error_id: str) -> Response[Any]:
    words = words_for(error.status)
    try:
        template = templates.get_template("errors/error.html")
        text = template.render(status=error.status, words=words, detail=error.detail, errors=error.errors, error_id=error_id)
    except Exception as broken:   # an error page that fails must not hide the way out
        note(broken, "errors/error.html")
        text = _BARE.format(title=words.title, meaning=words.meaning, next_step=words.next_step)
    return Response(text, status_code=error.status, media_type="text/html", headers=error.headers)


class LastNet:
    """Catches what no handler could answer, so that no server prints an error's text; an answer that had begun is cut off."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        began = False

        async def noted(message: Message) -> None:
            nonlocal began
            began = True
            await send(message)

        try:
            await self.app(scope, receive, noted)
        except Exception as error:
            error_id = note(error, str(scope.get("path_template") or "(no such page)"))
            if scope["type"] != "http" or began:
                raise BrokenOff(error_id) from None
            await _send_bare(scope, send, error_id)


class BrokenOff(Exception):
    """An answer that could not be finished; holds the id of the error and nothing of what it was."""


async def _send_bare(scope: Any, send: Send, error_id: str) -> None:
    if is_api(scope["path"]):
        kind, body = PROBLEM, msgspec.json.encode({"type": "about:blank", "title": "Internal Server Error", "status": 500, "detail": error_id})
    else:
        words = words_for(500)
        kind, body = "text/html; charset=utf-8", _BARE.format(title=words.title, meaning=words.meaning, next_step=words.next_step).encode()
    headers = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode())]
    start: Any = {"type": "http.response.start", "status": 500, "headers": headers}
    await send(start)
    await send({"type": "http.response.body", "body": body, "more_body": False})


_BARE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><h1>{title}</h1><p>{meaning} {next_step}</p>'
    '<p><a href="/leave" rel="nofollow noreferrer">Leave now</a> · <a href="/">Home page</a></p></html>'
)
