"""``homeground match`` and ``homeground find``: the answer of ``POST /api/match`` in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from web.api.answered import MatchAnswer, Result, answer
from web.api.asked import MatchRequest, to_inquiry
from web.api.bodies import read_body
from web.helplines import Helpline, fitting, helplines
from web.refused import Refused
from web.settings import read_settings
from web.verbs import open_house

BANDS = {"strong": "Strong fit", "good": "Good fit", "possible": "Possible fit"}


def run(profile: Path, *, place: str | None, limit: int | None, as_json: bool) -> str:
    """Rank the directory for the person in a file; the place and the limit given here go before those of the file."""
    try:
        asked = read_body(profile.read_bytes(), "application/json", MatchRequest)
    except Refused as error:   # who calls it a body sent one; here it is a file
        raise Refused(error.status, f"{profile.name}: {error.detail.replace('The body', 'The file')}", errors=error.errors) from None
    if place:
        asked = msgspec.structs.replace(asked, place=place, latitude=None, longitude=None)
    if limit:
        asked = msgspec.structs.replace(asked, limit=limit)
    return _answered(asked, as_json=as_json)


def find(words: str, *, near: str | None, strengths: Iterable[str], limit: int, as_json: bool) -> str:
    """Rank the directory for words, a place and some strengths (codes of the vocabulary)."""
    said = {"text": words, "place": near or None, "profile": {"strengths": [{"code": code} for code in strengths]}, "limit": limit}
    return _answered(read_body(msgspec.json.encode(said), "application/json", MatchRequest), as_json=as_json)


def _answered(asked: MatchRequest, *, as_json: bool) -> str:
    settings = read_settings()
    house = open_house(settings)
    inquiry, named = to_inquiry(house, asked)
    urgent = house.catalogue.vocabulary.urgent(asked.text)
    found = answer(house.catalogue.search(inquiry, at=house.now(), around=asked.around), asked, named, settings.base_url, urgent)
    if as_json:
        return msgspec.json.format(msgspec.json.encode(found), indent=2).decode()
    return "\n".join((*_help_first(helplines(house.storage, settings.region), urgent), *_lines(found, asked.offset)))


def _help_first(lines: Sequence[Helpline], urgent: Sequence[str]) -> Iterator[str]:
    """Who answers right now, those first that answer what was written of; nothing where nothing speaks of danger."""
    if urgent:
        yield "You can reach someone right now:"
        yield from (f"   {line.when}: {line.number}" for line in fitting(lines, urgent))
        yield ""


def _lines(found: MatchAnswer, offset: int) -> Iterator[str]:
    where = f" near {found.place}" if found.place else ""
    yield f"{found.total:,} found{where}" + (f"; here are {len(found.results)}" if len(found.results) < found.total else "")
    for number, result in enumerate(found.results, offset + 1):
        yield ""
        yield from _result(number, result)
    if found.not_shown or found.would_match:
        yield ""
    yield from (f"Not shown, {out.count:,}: {out.text}" for out in found.not_shown)
    yield from (f"One change: {item.text}" for item in found.would_match)


def _result(number: int, result: Result) -> Iterator[str]:
    yield f"{number}. {result.name}" + (f" ({result.organization_name})" if result.organization_name not in ("", result.name) else "")
    facts = (BANDS[result.score_band], result.kind_label, result.distance_band, _travel(result), result.opening, result.cost, _audience(result))
    yield "   " + ", ".join(filter(None, facts))
    yield from (f"   + {reason.text}" for reason in result.reasons)
    yield from (f"   ? {unknown.text}" for unknown in result.unknowns)
    yield from (f"   {phone.label or 'Phone'}: {phone.number}" for phone in result.phones[:2])


def _audience(result: Result) -> str:
    return f"for {result.audience}" if result.audience else ""


def _travel(result: Result) -> str:
    return f"about {result.minutes} minutes" if result.minutes is not None else ""
