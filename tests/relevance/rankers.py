"""Ways to order a directory for one inquiry: ours, the plain ones it has to beat, and variants that only help to find what is worth judging.

Every ranker is given the same hard limits (those of `tests/matching/oracle.py`, listing by listing) and shows one row of each service: a plain
ranker is not made to look worse by showing what a person has ruled out, or one thing five times. Ties fall to the nearer, then to the smaller id.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from hashlib import sha256
from math import inf, log

import msgspec
from msgspec.structs import replace

from matching import rank
from matching.stems import stem
from matching.values import Inquiry, Listing, Travel
from matching.words import words
from tests.matching.oracle import FAIL, Oracle, kilometres
from tests.relevance.worlds import World

Ranker = Callable[[Inquiry], list[str]]
"""An inquiry (with its areas) in, ids of listings out, best first, at most ``depth`` of them."""

SIMPLE = ("words only", "distance only", "tags only", "random")
"""The baselines that ours is measured against."""
K1, B = 1.2, 0.75  # Robertson and Zaragoza 2009
FUSION = 60  # Cormack, Clarke and Buettcher 2009


class Bm25:
    """Okapi BM25 over whole texts, plainly: one bag of stemmed words a listing (Robertson and Zaragoza 2009, equation 3.15)."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._bags = {key: Counter(bag(text)) for key, text in texts.items()}
        self._lengths = {key: sum(one.values()) for key, one in self._bags.items()}
        self._mean = sum(self._lengths.values()) / max(1, len(self._lengths))
        self._holding = Counter(word for one in self._bags.values() for word in one)

    def score(self, query: str, key: str) -> float:
        """How well one text answers a query; 0 when it has none of its words."""
        held, length = self._bags[key], self._lengths[key]
        return sum(self._rarity(word) * self._share(held[word], length) for word in bag(query) if word in held)

    def _rarity(self, word: str) -> float:
        holding = self._holding[word]
        return log(1 + (len(self._bags) - holding + 0.5) / (holding + 0.5))

    def _share(self, times: int, length: int) -> float:
        return times * (K1 + 1) / (times + K1 * (1 - B + B * length / self._mean))


def bag(text: str) -> list[str]:
    """The stemmed words of a text."""
    return [stem(word) for word in words(text)]


class Rankers:
    """All rankers over one directory."""

    def __init__(self, world: World, depth: int = 10) -> None:
        self.world, self.depth = world, depth
        self.listings = tuple(world.listings.values())
        self._allowed: dict[bytes, list[Listing]] = {}

    @property
    def by_name(self) -> dict[str, Ranker]:
        """Every ranker under the name that reports give it."""
        return {
            "ours": self.ours,
            "words only": self.words_only,
            "tags only": self.tags_only,
            "distance only": self.distance_only,
            "random": self.random,
            "words and tags": self.words_and_tags,
            "ours without words": self.ours_without_words,
            "ours without place": self.ours_without_place,
        }

    # --- ours --------------------------------------------------------------------------------------------------------------------

    def ours(self, inquiry: Inquiry) -> list[str]:
        """What the product shows."""
        return [match.id for match in rank(replace(inquiry, limit=self.depth), self.world.index, at=self.world.at).matches]

    def ours_without_words(self, inquiry: Inquiry) -> list[str]:
        """Ours, deaf to what was written."""
        return self._ours_changed(inquiry, replace(inquiry, text=""))

    def ours_without_place(self, inquiry: Inquiry) -> list[str]:
        """Ours, not knowing where the person is."""
        return self._ours_changed(inquiry, replace(inquiry, place=None, areas=frozenset(), travel=Travel()))

    def _ours_changed(self, inquiry: Inquiry, changed: Inquiry) -> list[str]:
        allowed = {one.id for one in self.allowed(inquiry)}
        found = rank(replace(changed, limit=100), self.world.index, at=self.world.at).matches
        return [match.id for match in found if match.id in allowed][: self.depth]

    # --- plain ones --------------------------------------------------------------------------------------------------------------

    def words_only(self, inquiry: Inquiry) -> list[str]:
        """BM25 for what was written or, where nothing was, for the labels of what was ticked. What has none of the words is not shown."""
        return self._ordered(inquiry, self._word_score(inquiry), least=1e-9)

    def tags_only(self, inquiry: Inquiry) -> list[str]:
        """The number of codes that the person and the listing share."""
        return self._ordered(inquiry, lambda one: float(shared(inquiry, one)))

    def distance_only(self, inquiry: Inquiry) -> list[str]:
        """The nearest; what has no public place comes last."""
        return self._ordered(inquiry, lambda _one: 0.0)

    def random(self, inquiry: Inquiry) -> list[str]:
        """Chance, the same for the same inquiry."""
        asked = as_bytes(inquiry)
        return self._ordered(inquiry, lambda one: float(int.from_bytes(sha256(asked + one.id.encode()).digest()[:6], "big")))

    def words_and_tags(self, inquiry: Inquiry) -> list[str]:
        """Words and tags by reciprocal rank fusion (Cormack, Clarke and Buettcher 2009)."""
        score: defaultdict[str, float] = defaultdict(float)
        for one_score, least in ((self._word_score(inquiry), 1e-9), (lambda one: float(shared(inquiry, one)), 1.0)):
            for place, key in enumerate(self._ordered(inquiry, one_score, least=least, depth=len(self.listings)), 1):
                score[key] += 1 / (FUSION + place)
        return self._ordered(inquiry, lambda one: score[one.id])

    # --- small tools -------------------------------------------------------------------------------------------------------------

    def allowed(self, inquiry: Inquiry) -> list[Listing]:
        """What no hard limit keeps out."""
        key = as_bytes(inquiry)
        if key not in self._allowed:
            judge = Oracle(inquiry, self.listings, self.world.vocabulary, {}, self.world.at)
            self._allowed[key] = [one for one in self.listings if FAIL not in judge.verdicts(one).values()]
        return self._allowed[key]

    def _ordered(self, inquiry: Inquiry, score: Callable[[Listing], float], *, least: float = -inf, depth: int | None = None) -> list[str]:
        """The best row of each service by ``score``, nearer first where it is equal."""
        scored = [(-value, self._km(inquiry, one), one.id, one.service_id) for one in self.allowed(inquiry) if (value := score(one)) >= least]
        found: dict[str, str] = {}
        for _, _, key, service in sorted(scored):
            found.setdefault(service, key)
        return list(found.values())[: depth or self.depth]

    def _km(self, inquiry: Inquiry, one: Listing) -> float:
        return kilometres(inquiry.place, one.place) if inquiry.place and one.place and not one.confidential else inf

    def _word_score(self, inquiry: Inquiry) -> Callable[[Listing], float]:
        query = inquiry.text.strip() or " ".join(self._labels(ticked(inquiry)))
        return lambda one: self._bm25.score(query, one.id)

    @cached_property
    def _bm25(self) -> Bm25:
        return Bm25({one.id: self._text(one) for one in self.listings})

    def _text(self, one: Listing) -> str:
        labels = self._labels((taxonomy, code) for taxonomy, codes in tags(one).items() for code in sorted(codes))
        return " ".join([one.name, one.organization_name, one.description, *one.keywords, *labels])

    def _labels(self, codes: Iterable[tuple[str, str]]) -> list[str]:
        return [self.world.vocabulary.label(taxonomy, code) for taxonomy, code in codes]


def as_bytes(inquiry: Inquiry) -> bytes:
    """An inquiry as bytes, the same in every run."""
    return msgspec.json.encode(inquiry, order="deterministic")


def tags(one: Listing) -> dict[str, frozenset[str]]:
    """The codes of a listing by taxonomy."""
    return {
        "supports": one.supports,
        "strengths": one.builds_on.yes | one.wants,
        "interests": one.interests,
        "life_domains": one.domains,
        "communities": one.for_communities | one.led_by | one.welcomes,
        "faiths": one.faiths,
        "languages": one.languages.yes,
        "access": one.access.yes,
        "formats": one.formats.yes,
    }


def ticked(inquiry: Inquiry) -> list[tuple[str, str]]:
    """What the person ticked, as (taxonomy, code), in the order of the form."""
    profile, must = inquiry.profile, inquiry.must
    chosen = {
        "supports": inquiry.supports,
        "strengths": tuple(one.code for one in profile.strengths),
        "interests": profile.interests,
        "life_domains": profile.domains,
        "communities": profile.communities,
        "faiths": profile.faiths,
        "languages": (*profile.languages, *must.languages),
        "access": (*profile.access, *must.access),
        "formats": (*profile.formats, *must.formats),
    }
    return [(taxonomy, code) for taxonomy, codes in chosen.items() for code in dict.fromkeys(codes)]


def shared(inquiry: Inquiry, one: Listing) -> int:
    """How many codes a person and a listing have in common."""
    held = tags(one)
    return sum(code in held[taxonomy] for taxonomy, code in ticked(inquiry))
