"""Kinds of support that half of the listings of San Mateo do not say they offer, asked for by name and in everyday words, beside plain BM25."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random
from statistics import fmean
from typing import NamedTuple

from msgspec.structs import replace

from directory.exchange.reading.wordrules import load_rules
from directory.languages import language_label
from matching import Index, rank
from matching.values import Inquiry, Listing, Term
from matching.vocabulary import SUPPORTS
from seeds.words import terms_of
from tests.relevance.figures import Figure
from tests.relevance.metrics import ndcg, paired_interval
from tests.relevance.rankers import Bm25
from tests.relevance.worlds import World, worlds

FEWEST = 5
"""Services that must offer a kind of support for it to be asked for."""
CUES = 3
FOLDS = 5
"""A fifth of the kinds is hidden at a time, so that a listing keeps most of what it says."""
TEN = 10
AHEAD = 0.15
SEED = 43


class Asked(NamedTuple):
    """What is typed, what way of asking it is, and the services that offer it, whether they still say so or not."""

    text: str
    way: str
    services: frozenset[str]


def hidden_labels(synonyms: Iterable[tuple[str, str]]) -> Sequence[Figure]:
    """The figures over San Mateo; none where the environment does not name the folder of real directories."""
    world = worlds().get("san_mateo")
    if world is None:
        return []
    scored = [one for fold in range(FOLDS) for one in _measure(world, fold)]
    return [*(_figure(scored, ways) for ways in (("label", "cue"), ("label",), ("cue",))), _alike(world, synonyms)]


def offering(world: World) -> dict[str, frozenset[str]]:
    """The kinds of support that enough services offer, and these services."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one in world.listings.values():
        for code in one.supports:
            found[code].add(one.service_id)
    return {code: frozenset(services) for code, services in sorted(found.items()) if len(services) >= FEWEST}


def hide(listings: Iterable[Listing], hidden: Mapping[str, frozenset[str]]) -> list[Listing]:
    """The listings, without each kind of support at the services it is hidden at, nor the keywords of the source that led to it."""
    return [_without(one, frozenset(code for code in one.supports if one.service_id in hidden.get(code, ()))) for one in listings]


def _without(one: Listing, codes: frozenset[str]) -> Listing:
    return replace(one, supports=one.supports - codes, keywords=tuple(word for word in one.keywords if codes.isdisjoint(_led_to(word)))) if codes else one


def _led_to(keyword: str) -> set[str]:
    return {term.code for term in load_rules("ohana")["keywords"].terms(keyword) or () if term.taxonomy == SUPPORTS}


def questions(codes: Iterable[str], offered: Mapping[str, frozenset[str]]) -> Iterator[Asked]:
    """Each kind by its label and by three of its everyday words."""
    terms = {term.code: term for term in terms_of(SUPPORTS)}
    for code in codes:
        cues = Random(f"{SEED} {code}").sample(_english(terms[code]), CUES)
        yield Asked(terms[code].label, "label", offered[code])
        yield from (Asked(cue, "cue", offered[code]) for cue in cues)


def _english(term: Term) -> list[str]:
    """The first eight cues, which are those of the file itself: the other languages come after them."""
    return list(term.cues[:8])


def _measure(world: World, fold: int) -> Iterator[tuple[str, float, float]]:
    """For each question about the kinds of one fold: the way of asking, nDCG@10 of ours and of BM25."""
    offered = offering(world)
    codes = list(offered)[fold::FOLDS]
    hidden = {code: frozenset(Random(f"{SEED} half {code}").sample(sorted(offered[code]), len(offered[code]) // 2)) for code in codes}
    listings = hide(world.listings.values(), hidden)
    index = Index.build(listings, world.vocabulary, on=world.at.date(), language=language_label)
    plain = Bm25({one.id: _text(one, world) for one in listings})
    for asked in questions(codes, offered):
        ours = [match.service_id for match in rank(Inquiry(text=asked.text, limit=TEN), index, at=world.at, around=False).matches]
        yield asked.way, _worth(ours, asked.services), _worth(_best(plain, asked.text, listings), asked.services)


def _best(plain: Bm25, text: str, listings: Sequence[Listing]) -> list[str]:
    """The services by BM25, each once."""
    scored = sorted((-score, one.id, one.service_id) for one in listings if (score := plain.score(text, one.id)) > 0)
    return list(dict.fromkeys(service for _, _, service in scored))[:TEN]


def _worth(shown: Sequence[str], services: frozenset[str]) -> float:
    return ndcg([float(one in services) for one in shown], [1.0] * len(services), TEN)


def _text(one: Listing, world: World) -> str:
    labels = (world.vocabulary.label(SUPPORTS, code) for code in sorted(one.supports))
    return " ".join([one.name, one.organization_name, one.description, *one.keywords, *labels])


def _figure(scored: Sequence[tuple[str, float, float]], ways: Sequence[str]) -> Figure:
    kept = [one for one in scored if one[0] in ways]
    ours, plain = [one[1] for one in kept], [one[2] for one in kept]
    ahead, low, high = paired_interval(ours, plain, seed=SEED)
    return Figure(
        name="hidden labels, nDCG@10 ahead of BM25, " + " and ".join(f"by {way}" for way in ways),
        value=ahead,
        least=AHEAD if len(ways) > 1 else None,
        beside={"ours": fmean(ours), "BM25": fmean(plain)},
        note=f"{len(ours)} questions, 95 % of {low:.3f} to {high:.3f}",
    )


def _alike(world: World, synonyms: Iterable[tuple[str, str]]) -> Figure:
    """How much of the first ten two ways to say one thing share, at the least."""
    shares = {pair: overlap(*(_first_ten(world, text) for text in pair)) for pair in synonyms}
    least = min(shares, key=lambda pair: shares[pair])
    note = f"least: {' / '.join(least)} {shares[least]:.1f}"
    return Figure(name="the first ten that two ways to say one thing share", value=fmean(shares.values()), note=note)


def overlap(first: Sequence[str], second: Sequence[str]) -> float:
    """The share of the longer list that stands in both."""
    return len(set(first) & set(second)) / max(len(first), len(second), 1)


def _first_ten(world: World, text: str) -> list[str]:
    return [match.service_id for match in rank(Inquiry(text=text, limit=TEN), world.index, at=world.at, around=False).matches]
