"""Why somebody is suggested, for one side's eyes: from their own words and the other's card, and from nothing else there is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from matching.pairing.values import Because, Card, Codes, Kind, Peer, Side
from matching.wording import joined


def card_of(peer: Peer) -> Card:
    """What the other side may see of somebody: of five kinds of things, those that they share."""
    return Card(**{name: getattr(peer, name) for name in peer.shares})


def explain(mine: Peer, theirs: Card) -> tuple[Because, ...]:
    """The reasons that one side hears, most telling first.

    There is no number and no "strong" or "good" in it: a score hangs on what the other wishes and hides. What was settled by limits is not told
    either, beyond what the card shows; every pair that is suggested has a language, a way and half an hour in common.
    """
    common: dict[Kind, Codes] = {
        "about": mine.about & theirs.about,
        "hopes": mine.hopes & theirs.strengths,
        "interests": mine.interests & theirs.interests,
        "languages": mine.languages & theirs.languages,
        "ways": frozenset(mine.ways & theirs.ways),
    }
    return tuple(Because(kind=kind, codes=tuple(sorted(codes))) for kind, codes in common.items() if codes)


def in_words(reason: Because, *, side: Side, labels: Mapping[str, str]) -> str:
    """A reason as a sentence, said to ``side``; ``labels`` are the names of codes."""
    names = [labels.get(code, code) for code in reason.codes]
    return SAID[side, reason.kind].format(joined(names))


SAID: Final[Mapping[tuple[Side, Kind], str]] = {
    ("seeker", "about"): "Can be there for what you would like company with: {}",
    ("supporter", "about"): "Would like company with what you can be there for: {}",
    ("seeker", "hopes"): "Is good at what you hoped for: {}",
    ("supporter", "hopes"): "Is good at what you hoped for: {}",
    ("seeker", "interests"): "You both like: {}",
    ("supporter", "interests"): "You both like: {}",
    ("seeker", "languages"): "You both speak: {}",
    ("supporter", "languages"): "You both speak: {}",
    ("seeker", "ways"): "Suits you both: {}",
    ("supporter", "ways"): "Suits you both: {}",
}
