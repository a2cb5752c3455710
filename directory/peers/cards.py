"""What one side may see of the other before both said yes: nothing that is not a field of ``Card``, and that made of what they chose to put there.

No name, no point, no time of the week, no wish, no boundary and no number of the score is in it. How far away somebody is, is said by the name of their
area and by whether it is the reader's own: no more can be found out by moving about, since nothing finer is kept.
"""

from __future__ import annotations

from typing import Final, Literal
from uuid import UUID

from msgspec import Struct

from directory.peers.kept import Kept
from directory.peers.values import Said, Standing, peer_of
from matching.pairing import explain
from matching.pairing.values import Because, Side, Way
from matching.pairing.values import Card as Codes

Band = Literal["same", "other", ""]
"""In the reader's own area, in another, or not said by one of the two."""
NOBODY: Final = UUID(int=0)


class Card(Struct, frozen=True, kw_only=True):
    """Somebody as the other side sees them. ``languages`` and ``ways`` are those that both have; ``traits`` stand there when both show theirs."""

    profile_id: UUID
    pseudonym: str
    words: str
    about: tuple[str, ...]
    interests: tuple[str, ...]
    strengths: tuple[str, ...]
    languages: tuple[str, ...]
    ways: tuple[Way, ...]
    area: str
    band: Band
    traits: tuple[str, ...]
    reasons: tuple[Because, ...] = ()


def card_for(reader: Said, kept: Kept, side: Side) -> Card:
    """The card of somebody for one reader, who is on ``side``; the reasons come from the reader's own words and this card alone."""
    said = kept.said
    languages = tuple(code for code in said.languages if code in reader.languages)
    ways = tuple(way for way in said.ways if way in reader.ways)
    return Card(
        profile_id=kept.row.id, pseudonym=said.pseudonym, words=said.words, about=said.about, interests=said.interests, strengths=said.strengths,
        languages=languages, ways=ways, area=said.area, band=_band(reader.area, said.area),
        traits=said.traits if reader.shows_traits and said.shows_traits else (), reasons=_reasons(reader, said, languages, ways, side),
    )  # fmt: skip


def _band(mine: str, theirs: str) -> Band:
    if not mine or not theirs:
        return ""
    return "same" if mine == theirs else "other"


def _reasons(reader: Said, said: Said, languages: tuple[str, ...], ways: tuple[Way, ...], side: Side) -> tuple[Because, ...]:
    card = Codes(
        about=frozenset(said.about), interests=frozenset(said.interests), strengths=frozenset(said.strengths), languages=frozenset(languages),
        ways=frozenset(ways),
    )  # fmt: skip
    return explain(peer_of(NOBODY, side, reader, Standing()), card)
