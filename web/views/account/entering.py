"""Letting somebody in, and letting them rise: every way of showing a factor ends here, under a new id."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from litestar import Response
from litestar.response import Redirect

from directory.accounts.factors import has_second_factor
from directory.accounts.letters import changed
from directory.accounts.people import address_of
from directory.accounts.sign_ins import Visit, rotate, sign_in, sign_out
from directory.errors import StepUpNeeded
from directory.models import Account
from directory.outbox import post_where_safe
from web.house import House
from web.refused import Refused
from web.visits import SIGNED_OUT, Asked, signed, token_of

BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"),
            ("Chrome", "Chrome"), ("Safari", "Safari"))   # fmt: skip
SYSTEMS = (("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "a Mac"), ("CrOS", "a Chromebook"),
           ("Linux", "Linux"))   # fmt: skip


def label_of(user_agent: str) -> str:
    """How a person knows a browser of theirs again, in a few words; the rest of what it says of itself is not kept."""
    browser = next((words for mark, words in BROWSERS if mark in user_agent), "A browser")
    system = next((words for mark, words in SYSTEMS if mark in user_agent), "")
    return f"{browser} on {system}" if system else browser


def let_in(request: Asked, house: House, session: Any, account: Account, *, level: int, after: str) -> Response[Any]:
    """Sign this browser in; whatever it held before is revoked in the same transaction. Who has a second factor is asked for it next."""
    at = house.now()
    sign_out(session, token_of(request), at=at)
    token = sign_in(session, account, level=level, at=at, label=label_of(request.headers.get("user-agent", "")))
    waits = level < 2 and has_second_factor(session, account)
    return signed(Redirect(f"/account/second-step?next={quote(after)}" if waits else after, status_code=303), token)


def risen(house: House, session: Any, visit: Visit, *, level: int) -> str:
    """The new id of a browser that has shown a factor; ``Refused`` when it was signed out meanwhile."""
    token = rotate(session, visit, level=level, at=house.now())
    if token is None:
        raise Refused(403, SIGNED_OUT)
    return token


def recently(house: House, visit: Visit) -> None:
    """``StepUpNeeded`` unless a factor was shown within the last half hour."""
    if not visit.actor.confirmed_recently(house.now()):
        raise StepUpNeeded("Please show once more that it is you.")


def tell(session: Any, house: House, account: Account, what: str, *, to: str = "") -> None:
    """Send the notice of a change (a key of ``letters.CHANGED``) to the address of the account, or to the one it had."""
    address = to or address_of(account, sealer=house.sealer)
    letter = changed(address, what, house.settings.link("/account/link?for=new-password"))
    post_where_safe(session, letter, at=house.now(), sealer=house.sealer, account_id=account.id)
