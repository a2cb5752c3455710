"""Row 49: how many first tens are in every part of life that was chosen, and what that costs of the order: `python -m tests.relevance.parts_of_life`."""

from __future__ import annotations

from random import Random
from statistics import fmean
from typing import NamedTuple
from unittest.mock import patch

from msgspec.structs import replace

from matching.values import Inquiry, Match
from tests.relevance.metrics import ndcg
from tests.relevance.ordering import RANK, ordered, without_words
from tests.relevance.town import AT, Person, by_id, by_town, codes, towns

SEARCHES = 200
CHOSEN = 3
TEN, TOP = 10, 200


class Seen(NamedTuple):
    """One search, by rule and without it: is every part of life that the first two hundred have in the ten, and the nDCG@10 by score."""

    whole: bool
    ndcg: float


def seen(count: int) -> list[tuple[Seen, Seen]]:
    """The searches of invented people in invented towns, who would like more of three parts of life."""
    pairs = []
    with without_words():
        for number in range(count):
            town = number % len(towns())
            index, dice = by_town()[town], Random(f"parts {number}")
            asked = Person(f"parts {number}", strict=0.05).inquiry(towns()[town])
            asked = replace(asked, profile=replace(asked.profile, domains=tuple(dice.sample(codes("life_domains"), CHOSEN))))
            with patch.object(RANK, "covers", lambda *_: None):
                plain = ordered(asked, index, AT, TOP)
            if len(plain) > TEN:
                pairs.append((look(ordered(asked, index, AT, TEN), plain, asked), look(plain[:TEN], plain, asked)))
    return pairs


def look(ten: tuple[Match, ...], plain: tuple[Match, ...], asked: Inquiry) -> Seen:
    """What one list is worth."""
    there = {code for code in asked.profile.domains if any(code in by_id()[one.id].domains for one in plain)}
    shown = {code for one in ten for code in by_id()[one.id].domains}
    return Seen(there <= shown, ndcg([one.score for one in ten], [one.score for one in plain]))


def main() -> None:
    """Print both shares and the cost."""
    pairs = seen(SEARCHES)
    whole, before = fmean(ruled.whole for ruled, _ in pairs), fmean(plain.whole for _, plain in pairs)
    cost = [plain.ndcg - ruled.ndcg for ruled, plain in pairs]
    print(f"of {len(pairs)} searches, every chosen part of life in the ten: {whole:.3f}, without the rule {before:.3f}")
    print(f"nDCG@10 that it costs: {fmean(cost):.4f}, at most {max(cost):.4f}")


if __name__ == "__main__":
    main()
