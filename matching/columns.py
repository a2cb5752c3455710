"""Every listing's values as numpy columns, in row order, in the forms in which they lie on disk."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha1
from math import floor, inf, isfinite, nan, nextafter
from operator import attrgetter
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from matching.arrays import EVERY_ROW, Bits, Bools, Floats, Ints, Rows
from matching.cells import Cells, cell
from matching.codes import CodeSets
from matching.geography import reduced
from matching.openings import Openings
from matching.postings import Postings
from matching.strings import Strings
from matching.values import AssuredBy, Cost, Listing, Precision, Size, Space, Stated, Tone
from matching.weights import MARGIN_KM, SOURCE, SOURCE_REPORTED_WRONG

COSTS: Final[tuple[Cost | None, ...]] = (None, "free", "donation", "sliding", "paid")
SPACES: Final[tuple[Space | None, ...]] = (None, "open", "waiting_list", "full")
SIZES: Final[tuple[Size | None, ...]] = (None, "small", "medium", "large")
TONES: Final[tuple[Tone | None, ...]] = (None, "quiet", "lively")
PRECISIONS: Final[tuple[Precision, ...]] = ("given", "code", "town")
ASSURERS: Final[tuple[AssuredBy | None, ...]] = (None, "organization", "steward", "import")
NO_DAY: Final = -1
PLAIN_SETS: Final = (
    "supports", "domains", "interests", "settings", "areas", "wants", "for_communities", "led_by", "welcomes", "faiths",
    "meant_for", "only_for", "not_for", "interpreted",
)  # fmt: skip
TAGGED: Final = ("supports", "interests")
"""What the words of a question may stand for: such rows are looked for anywhere."""
STATED_SETS: Final = ("formats", "languages", "builds_on", "access", "entry", "group")
FLAGS: Final = (
    "has_place", "confidential", "areas_resolved", "languages_only", "interpreting", "everyone_welcome", "secular", "always_open", "reported_wrong",
)  # fmt: skip
MARGINS: Final = np.array([MARGIN_KM[precision] for precision in PRECISIONS])
SOURCES: Final = np.array([SOURCE[by or "import"] for by in ASSURERS])
Arrays = dict[str, NDArray[Any]]


class Columns:
    """Every listing's values as arrays of the same length, in row order. -1 and NaN stand for "not stated"."""

    def __init__(
        self, arrays: Mapping[str, NDArray[Any]], sets: Mapping[str, CodeSets], openings: Openings, texts: Mapping[str, Strings], tagged: Mapping[str, Postings]
    ) -> None:
        self.arrays = dict(arrays)
        self.codes: dict[str, CodeSets] = dict(sets)
        self.openings = openings
        self.texts = dict(texts)
        self.tagged = dict(tagged)
        """Which rows have each code of the columns ``TAGGED``."""
        self.latitude, self.longitude = self.arrays["latitude"], self.arrays["longitude"]
        self.cost, self.price = self.arrays["cost"], self.arrays["price"]
        self.age_from, self.age_below = self.arrays["age_from"], self.arrays["age_below"]
        self.size, self.tone, self.space = self.arrays["size"], self.arrays["tone"], self.arrays["space"]
        self.space_updated, self.assured_on, self.added_on = self.arrays["space_updated"], self.arrays["assured_on"], self.arrays["added_on"]
        self.assurer, self.precision = self.arrays["assurer"], self.arrays["precision"]
        self.kind, self.organization, self.service = self.arrays["kind"], self.arrays["organization"], self.arrays["service"]
        self.id_rank = self.arrays["id_rank"]
        self.flags: dict[str, Bools] = {name: self.arrays[name] for name in FLAGS}
        self.kind_names = tuple(texts["kinds"])
        self.kind_digest: Bits = digests_of(self.kind_names)
        self.service_digest: Bits = self.arrays["service_digest"]
        self.organization_digest: Bits = self.arrays["organization_digest"]
        self.cells = Cells(self.arrays["cell_keys"], self.arrays["cell_starts"])

    @classmethod
    def build(cls, listings: Sequence[Listing]) -> Columns:
        """Lay out listings that are in row order."""
        names = {"kinds": [one.kind for one in listings], "organizations": [one.organization_id for one in listings]}
        names["services"] = [one.service_id for one in listings]
        tables = {name: numbered(held) for name, held in names.items()}
        texts = {name: Strings.build(distinct) for name, (distinct, _) in tables.items()}
        texts |= {"ids": Strings.build(one.id for one in listings), "names": Strings.build(one.name for one in listings)}
        arrays = {**places_of(listings), **facts_of(listings)}
        arrays |= {"kind": tables["kinds"][1].astype(np.int16), "organization": tables["organizations"][1], "service": tables["services"][1]}
        arrays |= {f"{name}_digest": digests_of(tables[f"{name}s"][0]) for name in ("service", "organization")}
        arrays["id_rank"] = numbered([one.id for one in listings])[1]
        arrays["by_id"] = np.argsort(arrays["id_rank"]).astype(np.int32)
        arrays["by_service"] = np.argsort(arrays["service"], kind="stable").astype(np.int32)
        cells = Cells.build(np.array([cell(one).key for one in listings], np.int64))
        arrays |= {"cell_keys": cells.keys, "cell_starts": cells.starts}
        tagged = {name: Postings.build(getattr(one, name) for one in listings) for name in TAGGED}
        return cls(arrays, sets_of(listings), Openings.build(listings), texts, tagged)

    def __len__(self) -> int:
        return len(self.kind)

    def rows_of(self, service_id: str) -> Ints:
        """The rows of a service; none when it has none here."""
        names = self.texts["services"]
        number = bisect_left(names, service_id)
        if number == len(names) or names[number] != service_id:
            return np.zeros(0, np.int64)
        by_service, service = self.arrays["by_service"], self.service
        start, end = (bisect_left(by_service, number + more, key=service.__getitem__) for more in (0, 1))  # numpy would copy the whole order first
        return np.asarray(by_service[start:end], np.int64)

    def flag(self, name: str, rows: Rows = EVERY_ROW) -> Bools:
        """One of ``FLAGS``."""
        return np.asarray(self.flags[name][rows])

    def margin_km(self, rows: Rows = EVERY_ROW) -> Floats:
        """How far off the place of a listing may be."""
        return MARGINS.take(self.precision[rows])

    def source(self, rows: Rows = EVERY_ROW) -> Floats:
        """How far the word of whoever confirmed a listing goes."""
        return np.where(self.flags["reported_wrong"][rows], SOURCE_REPORTED_WRONG, SOURCES.take(self.assurer[rows]))


def places_of(listings: Sequence[Listing]) -> Arrays:
    """Points in radians; nothing of a confidential place is kept."""
    places = [None if one.confidential else one.place for one in listings]
    return {
        "latitude": reduced(np.array([p.latitude if p else nan for p in places])),
        "longitude": np.radians(np.array([p.longitude if p else nan for p in places])),
        "precision": np.array([PRECISIONS.index(p.precision) if p else 0 for p in places], np.int8),
        "has_place": np.array([p is not None for p in places], np.bool_),
    }


def sets_of(listings: Sequence[Listing]) -> dict[str, CodeSets]:
    """Every set of codes; what is stated both ways counts as yes."""
    sets = {name: CodeSets.build(list(map(attrgetter(name), listings))) for name in PLAIN_SETS}
    for name in STATED_SETS:
        said: list[Stated] = list(map(attrgetter(name), listings))
        sets[name] = CodeSets.build([one.yes for one in said])
        sets[f"not_{name}"] = CodeSets.build([one.no - one.yes if one.no and one.yes else one.no for one in said])
    return sets | {"kinds": CodeSets.build([frozenset({one.kind}) for one in listings])}


def facts_of(listings: Sequence[Listing]) -> Arrays:
    """Numbers, days and yes-or-no facts."""
    said = ("confidential", "areas_resolved", "languages_only", "interpreting", "everyone_welcome", "secular", "always_open", "reported_wrong")
    choices = (("cost", COSTS), ("size", SIZES), ("tone", TONES), ("space", SPACES))
    days = ("assured_on", "added_on")
    found: Arrays = {name: np.array([getattr(one, name) is True for one in listings], np.bool_) for name in said}
    found |= {name: np.array([among.index(getattr(one, name)) for one in listings], np.int8) for name, among in choices}
    found |= {name: np.array([day.toordinal() if (day := getattr(one, name)) else NO_DAY for one in listings], np.int32) for name in days}
    found["assurer"] = np.array([ASSURERS.index(one.assured_by) for one in listings], np.int8)
    found["price"] = np.array([nan if one.price is None else one.price for one in listings], np.float64)
    found["age_from"] = np.array([-inf if one.minimum_age is None else one.minimum_age for one in listings], np.float64)
    found["age_below"] = np.array([age_below(one.maximum_age) for one in listings], np.float64)
    found["space_updated"] = np.array([seconds(one.space_updated) if one.space_updated else nan for one in listings], np.float64)
    return found


def numbered(names: Sequence[str]) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """The distinct names in order, and for each row the number of its name."""
    distinct = tuple(sorted(set(names)))
    number = {name: place for place, name in enumerate(distinct)}
    return distinct, np.array([number[name] for name in names], np.int32)


def digests_of(names: Sequence[str]) -> Bits:
    """64 bits of each name's SHA-1: what a service or organization is known by wherever it lies."""
    return np.array([int.from_bytes(sha1(name.encode(), usedforsecurity=False).digest()[:8]) for name in names], np.uint64)


def age_below(maximum_age: float | None) -> float:
    """The age that is too old: "up to 18" holds until the nineteenth birthday, "up to 0.5" until just after half a year."""
    if maximum_age is None or not isfinite(maximum_age):
        return inf
    return maximum_age + 1 if maximum_age == floor(maximum_age) else nextafter(maximum_age, inf)


def seconds(moment: datetime) -> float:
    """Seconds since 1970; a moment without a zone is read as UTC, so that no machine's own zone can matter."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
