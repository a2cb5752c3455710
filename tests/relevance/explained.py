"""Exact: what an answer claims of itself is tried out: what one change would bring, why a listing stands where it does, why one is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from matching import Index, rank
from matching.values import Inquiry, Match, WouldMatch
from tests.matching import worlds
from tests.matching.oracle import Oracle
from tests.matching.test_rank_against_oracle import oracle_for
from tests.matching.wished import FAIL
from tests.relevance.figures import Figure
from tests.relevance.ordering import ordered, without_words
from tests.relevance.sections import Made, Section, shares
from tests.relevance.town import AT, Person, by_town, towns

PEOPLE = 3_400
WORLDS = 1_100
MOST = 16
"""Listings of a small world, every one of which the slow ranking judges anew for each reason."""
CLAIMS = 10_000


def figures(made: Made) -> Sequence[Figure]:
    """What was claimed in all shares together."""
    offers, why = sum(made["offers"], Counter()), sum(made["reasons"], Counter())
    return (
        kept("what one change would bring", offers, "offer", f"{PEOPLE:,} people of the invented town"),
        kept("reasons, each taken away", why, "reason", f"{WORLDS:,} small worlds, by the slow ranking"),
        kept("left out, and by what", why, "left out", "the same"),
    )


def kept(name: str, found: Counter[str], claim: str, where: str) -> Figure:
    """The share of claims of one sort that are true; it does not hold either where there are too few of them to say so."""
    claims = found[claim]
    share = (claims - found[f"false {claim}"]) / claims if claims >= CLAIMS else 0.0
    return Figure(name=f"claims that are true: {name}", value=share, least=1.0, decimals=5, note=f"{claims:,} claims; {where}")


def offers_kept(numbers: range) -> Counter[str]:
    """Offers made to the people with these numbers, and how many of them brought anything else than they said."""
    found: Counter[str] = Counter()
    for number in numbers:
        town = number % len(towns())
        asked, at = Person(number).inquiry(towns()[town]), AT + timedelta(hours=number % 168)
        index = by_town()[town]
        offers = rank(replace(asked, limit=1), index, at=at).would_match
        found["offer"] += len(offers)
        found["false offer"] += sum(brought != said(offer) for offer, brought in zip(offers, tried(asked, offers, index, at), strict=True))
    return found


def said(offer: WouldMatch) -> tuple[int, set[str]]:
    """What an offer promises: the number in its sentence, and the listings."""
    return int(offer.text.split(" more if ")[0].replace(",", "")), set(offer.ids)


def tried(asked: Inquiry, offers: Sequence[WouldMatch], index: Index, at: datetime) -> list[tuple[int, set[str]]]:
    """What each changed inquiry shows of services that the first one does not."""
    with without_words():
        before = {match.service_id for match in ordered(asked, index, at)}
        after = [[match.id for match in ordered(offer.inquiry, index, at) if match.service_id not in before] for offer in offers]
    return [(len(ids), set(ids)) for ids in after]


def reasons_kept(numbers: range) -> Counter[str]:
    """Reasons and left-out listings of the small worlds with these numbers, and how many of them are not so by the slow ranking."""
    found: Counter[str] = Counter()
    for number in numbers:
        world = worlds.world_of(number, MOST)
        oracle, answer = oracle_for(world), rank(world.inquiry, worlds.index_of(world.directory), at=worlds.AT)
        standing = Standing(oracle)
        for match in answer.matches:
            claims = [reason for reason in match.reasons if reason.signal != "setting"]  # a place decides between equals: it is no part of the score
            found["reason"] += len(claims)
            found["false reason"] += sum(reason.decisive != standing.falls(match, reason.signal) for reason in claims)
        for limit, listing_id in ((one.limit, listing_id) for one in answer.not_shown for listing_id in one.ids):
            found["left out"] += 1
            found["false left out"] += not keeps_out(oracle, limit, listing_id)
    return found


class Standing:
    """Where the listings of a small world stand by the slow ranking, each service by its best listing."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle = oracle
        self.of = {one.id: one for one in oracle.listings}
        self.keys = {one.service_id: oracle.key(one, units) for one, units in oracle.ordered()}

    def falls(self, match: Match, signal: str) -> bool:
        """Whether more services stand before this one when a part of its score is taken away."""
        one = self.of[match.id]
        others = [key for service, key in self.keys.items() if service != match.service_id]
        now, then = self.oracle.key(one, self.oracle.score(one)), self.oracle.key(one, self.oracle.score(one, without=signal))
        return sum(key < then for key in others) > sum(key < now for key in others)


def keeps_out(oracle: Oracle, limit: str, listing_id: str) -> bool:
    """Whether a limit, or not being about what was asked, really keeps a listing out."""
    one = next(one for one in oracle.listings if one.id == listing_id)
    return oracle.relevance(one) <= oracle.least if limit == "topic" else oracle.verdicts(one)[limit] == FAIL  # type: ignore[index]


EXPLAINED = Section(
    "Exact: each claim of an answer tried out by ranking again",
    {"offers": shares(offers_kept, PEOPLE), "reasons": shares(reasons_kept, WORLDS)},
    figures,
)
