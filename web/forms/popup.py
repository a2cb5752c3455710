"""Reads the short form of a pop-up activity: times as people write them, one day, one place."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from directory.editing.popup import Popup
from directory.errors import Invalid
from web.forms.clocks import Pair, Unclear, read_pairs
from web.forms.days import read_day
from web.forms.fields import Posted
from web.forms.listing.base import tidy_line, tidy_prose


def popup_of(form: Posted, *, today: date, country: str, timezone: str) -> Popup:
    """What was typed; ``Invalid`` with everything that does not fit."""
    errors: dict[str, str] = {}
    name, description = tidy_line(form.get("name") or ""), tidy_prose(form.get("description") or "")
    if not name or len(name) > 200:
        errors["name"] = "Name: write what it is called, in at most 200 letters."
    if len(description) > 2000:
        errors["description"] = "What happens: there is room for 2000 letters."
    on = _day(form.get("on") or "", today, errors)
    opens, closes = _times(form, country, errors)
    place, postcode = form.get("place") or "", tidy_line(form.get("postcode") or "")[:120]
    if errors or on is None:
        raise Invalid(**errors)
    return Popup(
        name=name, description=description, on=on, opens=opens, closes=closes, timezone=timezone, is_free=bool(form.get("free")),
        place_id=_place(place), postcode="" if _place(place) else postcode,
    )  # fmt: skip


def _day(text: str, today: date, errors: dict[str, str]) -> date | None:
    """A day as a browser sends it, or as people write it."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        found = read_day(text.strip()) if text.strip() else "Write the day, for example 24 June."
    if isinstance(found, str):
        errors["on"] = f"Day: {found}"
        return None
    return found.on(today)


def _times(form: Posted, country: str, errors: dict[str, str]) -> tuple[int, int]:
    pair = Pair(tidy_line(form.get("opens") or ""), tidy_line(form.get("closes") or ""))
    if not pair.opens or not pair.closes:
        errors["closes" if pair.opens else "opens"] = "Time: write from when until when, for example 2 pm and 4 pm."
        return 0, 0
    (found, *_) = read_pairs(pair, Pair("", ""), country=country)
    if isinstance(found, Unclear):
        errors[found.field] = f"Time: {found.words}"
        return 0, 0
    return found


def _place(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
