"""Invented listings: the same for a seed everywhere, as unequal and as full of gaps as real ones, and fast to make."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.imports import import_records
from directory.sealing import Sealer
from directory.storage import Storage
from matching.values import Listing
from seeds.invent import BATCH, INVENTED, invent_listings, invent_records
from seeds.inventing.dice import Dice, edges_of, zipf_edges
from seeds.inventing.lands import Ground, Town, invent_towns
from seeds.inventing.texts import WORDS_IN_ALL, Writer, vocabulary
from seeds.load import vocabularies
from seeds.words import codes_of
from tests.listed import read_listings
from tests.seeds.test_vocabularies import DEFICIT

ROOT = Path(__file__).parents[2]
SAMPLE = list(invent_listings(3 * BATCH, seed=11))
seeds = st.integers(0, 2**64 - 1)


def digest(listings: list[Listing]) -> str:
    """A mark of listings that does not depend on the order in which sets are walked."""
    rows = (
        f"{one.id}{one.name}{one.description}{one.place}{sorted(one.supports)}{sorted(one.builds_on.yes)}{sorted(one.access.no)}{one.openings}"
        for one in listings
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def test_the_raw_chance_is_the_one_that_numpy_promises_for_ever() -> None:
    assert Dice(7, 1, 2).raw(3).tolist() == [17026574657335685868, 13288240067620958876, 4913938538338547984]


def test_the_towns_of_a_seed_are_known() -> None:
    first = invent_towns(3, seed=7)[0]
    assert (first.name, first.latitude, first.longitude, first.radius_km) == ("Alderbank", 42.5521, -113.1219, 18.32)


def test_another_process_with_another_hash_seed_makes_the_same() -> None:
    script = "from tests.seeds.test_invent import digest, invent_listings; print(digest(list(invent_listings(300, seed=5))))"
    environment = {**os.environ, "PYTHONHASHSEED": "4242", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == digest(list(invent_listings(300, seed=5)))


def test_asking_for_more_changes_none_of_the_first() -> None:
    assert list(invent_listings(BATCH + 10, seed=11)) == SAMPLE[: BATCH + 10]
    assert list(islice(invent_listings(10**9, seed=11), 5)) == SAMPLE[:5]


@pytest.mark.parametrize("count", [0, 1, BATCH - 1, BATCH, BATCH + 1])
def test_there_are_as_many_as_asked(count: int) -> None:
    assert sum(1 for _ in invent_listings(count, seed=1)) == count


def test_another_seed_makes_others() -> None:
    assert not {one.id for one in SAMPLE} & {one.id for one in invent_listings(BATCH, seed=12)}


def test_no_two_are_one() -> None:
    assert len({one.id for one in SAMPLE}) == len(SAMPLE)


def test_every_kind_and_no_unknown_code() -> None:
    assert {one.kind for one in SAMPLE} == codes_of("kinds")
    used = {
        "supports": {code for one in SAMPLE for code in one.supports},
        "strengths": {code for one in SAMPLE for code in one.builds_on.yes | one.wants},
        "access": {code for one in SAMPLE for code in one.access.yes | one.access.no}, "entry": {code for one in SAMPLE for code in one.entry.yes},
        "communities": {code for one in SAMPLE for code in one.for_communities | one.led_by | one.welcomes},
    }  # fmt: skip
    for taxonomy, codes in used.items():
        assert codes
        assert codes <= codes_of(taxonomy)


def test_as_much_is_unknown_as_in_real_directories() -> None:
    stated = {
        "hours": (0.38, 0.52, [bool(one.openings) for one in SAMPLE]),
        "languages": (0.40, 0.55, [bool(one.languages.yes) for one in SAMPLE]),
        "strengths": (0.10, 0.22, [bool(one.builds_on.yes) for one in SAMPLE]),
        "access": (0.45, 0.60, [bool(one.access.yes or one.access.no) for one in SAMPLE]),
        "place": (0.92, 0.97, [one.place is not None for one in SAMPLE]),
    }
    for name, (least, most, found) in stated.items():
        assert least <= sum(found) / len(found) <= most, name


def test_yes_and_no_never_meet() -> None:
    assert not any(one.access.yes & one.access.no or one.entry.yes & one.entry.no for one in SAMPLE)


def test_confidential_listings_have_no_place() -> None:
    hidden = [one for one in SAMPLE if one.confidential]
    assert hidden
    assert all(one.place is None for one in hidden)


def test_only_give_listings_ask_for_strengths() -> None:
    assert all(bool(one.wants) is (one.kind == "give") for one in SAMPLE)


def test_towns_are_of_very_different_sizes() -> None:
    towns = Counter(one.organization_id[:18] for one in SAMPLE)
    biggest = towns.most_common(1)[0][1]
    assert 0.03 <= biggest / len(SAMPLE) <= 0.07
    assert sum(count == 1 for count in towns.values()) >= 100


def test_words_are_as_unequal_as_real_ones() -> None:
    words = Counter(word.lower() for one in SAMPLE for word in one.description.split())
    commonest = [count for _, count in words.most_common(1000)]
    assert commonest[0] > 20 * commonest[200] > 0
    assert len(words) > 10_000


def test_nobody_is_called_names() -> None:
    assert [word for word in vocabulary(WORDS_IN_ALL) if DEFICIT.search(word)] == []


def test_the_vocabulary_is_whole() -> None:
    words = Writer().words
    assert len(words) == len(set(words)) == WORDS_IN_ALL


def test_given_towns_are_used_and_nothing_strays_far() -> None:
    here = Town(name="Here", latitude=-36.85, longitude=174.76, weight=1.0, radius_km=5.0)
    found = [one.place for one in invent_listings(2000, seed=3, towns=[here]) if one.place]
    km = [((place.latitude + 36.85) ** 2 + ((place.longitude - 174.76) * 0.8) ** 2) ** 0.5 * 111.2 for place in found]
    assert np.median(km) < 5
    assert max(km) < 6 * 45 * 2**0.5
    assert sum(distance > 20 for distance in km) > 100   # the rural scatter


def test_no_towns_is_said() -> None:
    with pytest.raises(ValueError, match="at least one town"):
        list(invent_listings(1, seed=1, towns=[]))


@given(seeds, st.integers(1, 40), st.floats(-89, 89), st.floats(-180, 180), st.floats(0.1, 500))
@settings(max_examples=30, deadline=None)
def test_points_are_on_this_earth(seed: int, count: int, latitude: float, longitude: float, radius_km: float) -> None:
    town = Town(name="Edge", latitude=latitude, longitude=longitude, weight=2.0, radius_km=radius_km)
    towns, latitudes, longitudes = Ground([town]).draw(Dice(seed), count)
    assert towns == [0] * count
    assert all(-90 <= value <= 90 for value in latitudes)
    assert all(-180 <= value <= 180 for value in longitudes)


@given(seeds, st.integers(1, 1000))
@settings(max_examples=50)
def test_draws_keep_their_bounds(seed: int, limit: int) -> None:
    assert 0 <= Dice(seed).below(limit, 50).min() <= Dice(seed).below(limit, 50).max() < limit
    assert 0 <= Dice(seed).shares(50).min() <= Dice(seed).shares(50).max() < 1
    assert abs(Dice(seed).bell(50)).max() <= 6
    assert Dice(seed).weighted(zipf_edges(limit), 50).max() < limit


def test_a_bell_has_deviation_one() -> None:
    drawn = Dice(1).bell(50_000)
    assert abs(drawn.mean()) < 0.02
    assert abs(drawn.std() - 1) < 0.02


def test_weights_are_kept() -> None:
    drawn = Counter(Dice(1).weighted(edges_of([1, 0, 3]), 40_000).tolist())
    assert drawn.keys() == {0, 2}
    assert abs(drawn[2] / 40_000 - 0.75) < 0.01


def test_records_come_back_out_of_a_directory_as_the_listings_they_were(storage: Storage, sealer: Sealer) -> None:
    at = datetime(2026, 11, 22, tzinfo=UTC)
    vocabularies(storage, at=at)
    report = import_records(storage, INVENTED, invent_records(150, seed=11), by="test", at=at, sealer=sealer)
    assert (report.added, report.refusals) == (150, [])
    with storage.reading() as session:
        found = {one.service_id: one for one in read_listings(session, areas=lambda names, country, state: (frozenset(), False), timezone="UTC")}
    for made in SAMPLE[:150]:
        assert _comparable(found[made.service_id]) == _comparable(made), made.name
    again = import_records(storage, INVENTED, invent_records(150, seed=11), by="test", at=at, sealer=sealer)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 150)


def _comparable(one: Listing) -> dict[str, object]:
    """A listing without what a directory gives of its own, or tells better than the generator: ids, names of places, implied formats, ages."""
    left_out = {"id", "place", "formats", "timezone", "openings"}
    kept: dict[str, object] = {name: getattr(one, name) for name in one.__struct_fields__ if name not in left_out}
    kept["openings"] = sorted(one.openings, key=repr)
    kept["point"] = one.place and (one.place.latitude, one.place.longitude)
    return kept
