"""What ``POST /api/match`` answers: the results, each with its reasons, and what one change would bring."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct, to_builtins

from directory.listings import Card, PhoneLine
from directory.search import SearchPage
from matching.values import Band, Inquiry, Match, Mode, Reason, WouldMatch
from web.api.asked import MatchRequest


class AskFirst(Struct, frozen=True, kw_only=True):
    """What the directory does not know of a listing, as a question to ask. ``must_have`` when the person said it has to be so."""

    about: str
    text: str
    must_have: bool


class Result(Struct, frozen=True, kw_only=True):
    """One listing, best first. ``distance_band`` is empty and ``minutes`` null where there is no distance to tell."""

    id: str
    service_id: str
    organization_id: str
    name: str
    organization_name: str
    kind: str
    kind_label: str
    audience: str
    summary: str
    score_band: Band
    reasons: tuple[Reason, ...]
    unknowns: tuple[AskFirst, ...]
    distance_band: str
    minutes: int | None
    mode: Mode | None
    opening: str
    cost: str
    languages: tuple[str, ...]
    phones: tuple[PhoneLine, ...]
    url: str


class KeptOut(Struct, frozen=True, kw_only=True):
    """How many listings one limit keeps out, and why in words."""

    limit: str
    text: str
    count: int


class IfChanged(Struct, frozen=True, kw_only=True):
    """What one change would bring: ``change`` is a JSON merge patch (RFC 7396) of the request that lets ``count`` more listings in."""

    limit: str
    text: str
    count: int
    change: dict[str, Any]


class MatchAnswer(Struct, frozen=True, kw_only=True):
    """The results of one page, how many there are in all, what was kept out, and what one change would bring.

    ``urgent`` names the topics of urgent help that the text calls for: show that help before anything else.
    ``hidden`` counts what was kept out, each once; the two lists are empty where ``around`` was asked to be false.
    """

    urgent: tuple[str, ...]
    results: tuple[Result, ...]
    total: int
    hidden: int
    not_shown: tuple[KeptOut, ...]
    would_match: tuple[IfChanged, ...]
    place: str
    at: datetime


def answer(page: SearchPage, asked: MatchRequest, place: str, base_url: str, urgent: Sequence[str]) -> MatchAnswer:
    """A page of matches as the answer shows it; ``urgent`` are the topics of danger in its text."""
    ranking = page.ranking
    return MatchAnswer(
        urgent=tuple(urgent),
        results=tuple(_result(found, card, base_url) for found, card in zip(ranking.matches, page.cards, strict=True)),
        total=ranking.total,
        hidden=ranking.hidden,
        not_shown=tuple(KeptOut(limit=out.limit, text=out.text, count=out.total) for out in ranking.not_shown),
        would_match=tuple(_if_changed(item, page.inquiry, asked) for item in ranking.would_match),
        place=place,
        at=page.at,
    )


def _result(found: Match, card: Card, base_url: str) -> Result:
    return Result(
        id=found.id, service_id=found.service_id, organization_id=found.organization_id, name=card.name, organization_name=card.organization_name,
        kind=card.kind, kind_label=card.kind_label, audience=card.audience, summary=card.summary, score_band=found.band, reasons=found.reasons,
        unknowns=tuple(AskFirst(about=item.about, text=item.text, must_have=item.limit) for item in found.unknowns),
        distance_band=found.distance_band, minutes=found.minutes, mode=found.mode, opening=card.opening.text, cost=card.cost,
        languages=card.languages, phones=card.phones, url=f"{base_url}/listings/{found.id}",
    )


def _if_changed(item: WouldMatch, before: Inquiry, asked: MatchRequest) -> IfChanged:
    change: dict[str, Any] = {name: getattr(item.inquiry, name) for name in ("text", "supports") if getattr(before, name) != getattr(item.inquiry, name)}
    change |= {
        name: _difference(getattr(before, part), getattr(item.inquiry, part))
        for part, name in (("travel", "travel"), ("must", "must_haves"), ("profile", "profile"))
        if getattr(before, part) != getattr(item.inquiry, part)
    }
    if asked.max_km is not None and "max_km" in change.get("travel", {}):
        change = {"max_km": change["travel"].pop("max_km")} | {name: part for name, part in change.items() if part}
    return IfChanged(limit=item.limit, text=item.text, count=len(item.ids), change=change)


def _difference(before: Struct, after: Struct) -> dict[str, Any]:
    names = [name for name in before.__struct_fields__ if getattr(before, name) != getattr(after, name)]
    return {name: to_builtins(getattr(after, name)) for name in names}
