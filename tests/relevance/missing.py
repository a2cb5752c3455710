"""Missing data: with most of what is true left out, how near the order comes to the true one, and how far sparse records are passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from math import log2
from random import Random
from statistics import fmean
from unittest.mock import patch

from matching import Index, measures
from matching.signals import reach, social, times
from matching.values import Inquiry, Listing, Match
from tests.matching.oracle import kilometres
from tests.relevance import complete
from tests.relevance.figures import Figure
from tests.relevance.metrics import ndcg
from tests.relevance.ordering import ordered, without_words
from tests.relevance.sections import Made, Section
from tests.relevance.town import ASKABLE, AT, REPLACE, Person, index_of, towns, vocabulary

SEARCHES = 120
MISSING = 0.6
SPARSE = 0.7
DEPTH = 10
PAGE = 20
LEAST, LEAST_EXPOSURE = 0.86, 0.30  # matching.md section 10, numbers 9 and 11
Ids = list[str]


@cache
def searches(count: int = SEARCHES) -> tuple[Inquiry, ...]:
    """People who wish for much and must have little: the order is what is measured here, not the limits."""
    return tuple(Person(f"missing {number}", strict=0.05).inquiry(towns()[number % len(towns())]) for number in range(count))


def found(asked: Inquiry, index: Index) -> tuple[Match, ...]:
    """The whole list, in order."""
    return ordered(asked, index, AT)


@contextmanager
def unknown_is_no() -> Iterator[None]:
    """The usual way: what is not said is taken for a no."""
    with ExitStack() as stack:
        stack.enter_context(patch.object(measures, "unknown_value", lambda rate: 0.0))
        for module in (reach, social, times):
            stack.enter_context(patch.object(module, "UNKNOWN_USUAL", 0.0))
        yield


def strictly(asked: Inquiry) -> Inquiry:
    """The question of somebody for whom not known is not good enough."""
    return REPLACE(asked, must=REPLACE(asked.must, confirmed=frozenset(ASKABLE)))


def wished(asked: Inquiry) -> dict[str, set[str]]:
    """What the person named, by the field that would hold it."""
    profile, must = asked.profile, asked.must
    return {
        "supports": {*asked.supports, *profile.helped_before}, "builds_on": {one.code for one in profile.strengths}, "interests": {*profile.interests},
        "domains": {*profile.domains}, "for_communities": {*profile.communities}, "led_by": {*profile.communities}, "faiths": {*profile.faiths},
        "languages": {*profile.languages, *must.languages}, "access": {*profile.access, *must.access}, "formats": {*profile.formats, *must.formats},
    }  # fmt: skip


def tags(asked: Inquiry, one: Listing) -> int:
    """How many of the codes that the person named the listing has."""
    held = {field: getattr(one, field) for field in wished(asked)}
    return sum(len(codes & getattr(held[field], "yes", held[field])) for field, codes in wished(asked).items())


def in_words(asked: Inquiry) -> str:
    """What the person named, as they would type it."""
    taxonomy = {"supports": "supports", "builds_on": "strengths", "interests": "interests", "for_communities": "communities", "access": "access"}
    labels = [vocabulary().label(taxonomy[field], code) for field, codes in wished(asked).items() if field in taxonomy for code in sorted(codes)]
    return " ".join((asked.text, *labels))


def baselines(asked: Inquiry, index: Index, directory: Mapping[str, Listing], ids: Ids) -> dict[str, Ids]:
    """The same listings, in the orders that simpler rankings would give."""
    part = index.parts[0]
    rows = {one: directory[one] for one in ids}
    hit, how_well = part.texts.hits(part.texts.read(in_words(asked)))
    texts = dict(zip(hit.tolist(), how_well.tolist(), strict=True))
    far = {one: kilometres(asked.place, row.place) if asked.place and row.place and not row.confidential else 1e9 for one, row in rows.items()}
    by: dict[str, Callable[[str], float]] = {
        "words only": lambda one: -texts.get(part.find(one), 0.0),
        "distance only": lambda one: far[one],
        "tags only": lambda one: -float(tags(asked, rows[one])),
        "random": lambda one: Random(f"{one} {asked.text} {len(ids)}").random(),
    }
    return {name: sorted(ids, key=lambda one, key=key: (key(one), one)) for name, key in by.items()}  # type: ignore[misc]


def quality(true: Mapping[str, float], ids: Sequence[str]) -> float:
    """nDCG of the first ten by what they are truly worth."""
    return ndcg([true.get(one, 0.0) for one in ids[:DEPTH]], list(true.values()), DEPTH)


def worths(count: int) -> list[dict[str, float]]:
    """For each search, what each listing is truly worth: its score where everything is known, 0 where it is known not to fit."""
    index = index_of(complete.truth())
    return [{match.id: match.score for match in found(asked, index)} for asked in searches(count)]


def of_masked(true: list[dict[str, float]], directory: list[Listing], count: int) -> dict[str, float]:
    """Mean nDCG@10 of the ranking and of the simpler ones, on a town with gaps."""
    index, kept = index_of(directory), dict[str, list[float]]()
    by_id = {one.id: one for one in directory}
    for asked, worth in zip(searches(count), true, strict=True):
        if any(worth.values()):
            ids = [match.id for match in found(asked, index)]
            for name, order in {"ours": ids, **baselines(asked, index, by_id, ids)}.items():
                kept.setdefault(name, []).append(quality(worth, order))
    with unknown_is_no():
        index = index_of(directory)
        for asked, worth in zip(searches(count), true, strict=True):
            if any(worth.values()):
                kept.setdefault("unknown = no", []).append(quality(worth, [match.id for match in found(strictly(asked), index)]))
    return {name: fmean(values) for name, values in kept.items()}


def seen(ids: Sequence[str], sparse: frozenset[str]) -> tuple[float, float]:
    """How much of a first page's attention goes to sparse records, and how much to full ones."""
    attention = [(one in sparse, 1 / log2(1 + rank)) for rank, one in enumerate(ids[:PAGE], 1)]
    return sum(share for thin, share in attention if thin), sum(share for thin, share in attention if not thin)


def exposure(true: list[dict[str, float]], count: int) -> dict[str, float]:
    """Attention that sparse records get for what they are worth, over what full records get for theirs; with "unknown = no" beside it."""
    directory, sparse = complete.half_sparse(SPARSE)
    merit = [sum(value for worth in true for one, value in worth.items() if (one in sparse) is thin) for thin in (True, False)]

    def ratio(change: Callable[[Inquiry], Inquiry]) -> float:
        index = index_of(directory)
        got = [seen([match.id for match in found(change(asked), index)], sparse) for asked in searches(count)]
        return (sum(thin for thin, _ in got) / merit[0]) / (sum(full for _, full in got) / merit[1])

    ours = ratio(lambda asked: asked)
    with unknown_is_no():
        return {"ours": ours, "unknown = no": ratio(strictly)}


TOWNS: dict[str, Callable[[], list[Listing]]] = {
    "60 % left out at random": lambda: complete.with_gaps(MISSING),
    "60 % left out, yes said more often": lambda: complete.with_gaps(MISSING, yes_more_often=True),
    "70 % left out of every second record": lambda: complete.half_sparse(SPARSE)[0],
}


@cache
def true_worths() -> list[dict[str, float]]:
    """``worths`` of all searches, once in each process."""
    return worths(SEARCHES)


def means_of(name: str) -> dict[str, float]:
    """What every ranking comes to on one of the towns."""
    with without_words():
        return of_masked(true_worths(), TOWNS[name](), SEARCHES)


def shares_of_exposure() -> dict[str, float]:
    """What sparse records are shown."""
    with without_words():
        return exposure(true_worths(), SEARCHES)


def figures(made: Made) -> Sequence[Figure]:
    """The worth of the order on each town, and the exposure of sparse records."""
    (exposed,) = made["exposure"]
    worth = [
        Figure(name=f"nDCG@10, {name}", value=means["ours"], least=LEAST, beside=without(means), note=f"{SEARCHES} searches")
        for name, means in zip(TOWNS, made["towns"], strict=True)
    ]
    name = "exposure of sparse records for their worth, over that of full ones"
    return (*worth, Figure(name=name, value=exposed["ours"], least=LEAST_EXPOSURE, beside=without(exposed)))


def without(means: Mapping[str, float]) -> dict[str, float]:
    """All but our own."""
    return {name: value for name, value in means.items() if name != "ours"}


MISSING_DATA = Section(
    "Missing data: most of what is true left out of the invented town, and the order held against its true worth",
    {"towns": [partial(means_of, name) for name in TOWNS], "exposure": [shares_of_exposure]},
    figures,
)
