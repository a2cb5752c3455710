"""What is compared answers the same, and the questions are what their page says."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import Index
from matching.values import Place
from seeds.invent import TODAY
from tests.bench.bandwidth import bytes_of
from tests.bench.data import listings, vocabulary
from tests.bench.engines.base import Engine
from tests.bench.engines.cells import cell_of, cells_in, cover
from tests.bench.engines.ours import AT, Ours
from tests.bench.engines.plain import earth_xyz
from tests.bench.engines.sqlite import SqliteCells
from tests.bench.engines.tantivy_cells import SIZES
from tests.bench.queries import VARIANTS, Variant, inquiries
from tests.bench.scan import differing
from tests.matching.oracle import kilometres

COUNT = 1_500
NEAR = st.floats(-0.6, 0.6)
WITHOUT_TEXT: tuple[Variant, ...] = ("near", "reach", "country")


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Ours:
    engine = Ours()
    where = tmp_path_factory.mktemp("ours")
    engine.build(listings(COUNT), where)
    engine.open(where)
    return engine


def agrees(engine: Engine, ours: Ours, folder: Path, questions: int) -> None:
    engine.build(listings(COUNT), folder)
    engine.open(folder)
    try:
        for variant in WITHOUT_TEXT:
            for inquiry in inquiries(variant, questions):
                assert engine.all_ids(inquiry) == ours.all_ids(inquiry), (variant, inquiry)
                assert len(engine.first_ids(inquiry)) == min(inquiry.limit, len(engine.all_ids(inquiry)))
    finally:
        engine.close()


def test_sqlite_finds_what_ours_finds(ours: Ours, tmp_path: Path) -> None:
    pytest.importorskip("pysqlite3")
    agrees(SqliteCells(), ours, tmp_path, 5)


def test_every_variant_asks_for_so_many_things_that_some_are_found(ours: Ours) -> None:
    for variant in VARIANTS:
        assert sum(ours.rank(inquiry).total for inquiry in inquiries(variant, 12)) > 0


def test_questions_are_the_same_however_many_are_drawn() -> None:
    for variant in VARIANTS:
        assert inquiries(variant, 10) == inquiries(variant)[:10]
    assert len({str(inquiry) for inquiry in inquiries("near text")}) == 500


def test_what_must_be_read_grows_with_what_is_asked() -> None:
    assert all(sum(bytes_of(inquiry).values()) >= 27 for inquiry in inquiries("country", 50))
    assert len({sum(bytes_of(inquiry).values()) for inquiry in inquiries("country", 50)}) > 10


@given(st.floats(31, 46), st.floats(-120, -77), NEAR, NEAR)
def test_a_straight_line_through_the_ground_is_as_long_as_the_way(latitude: float, longitude: float, north: float, east: float) -> None:
    here, there = Place(latitude=latitude, longitude=longitude), Place(latitude=latitude + north, longitude=longitude + east)
    assert math.dist(earth_xyz(here), earth_xyz(there)) == pytest.approx(kilometres(here, there), abs=0.02)


@given(st.floats(31, 46), st.floats(-120, -77), NEAR, NEAR, st.floats(5, 60))
def test_cells_hold_the_whole_circle(latitude: float, longitude: float, north: float, east: float, radius_km: float) -> None:
    here, there = Place(latitude=latitude, longitude=longitude), Place(latitude=latitude + north, longitude=longitude + east)
    if kilometres(here, there) <= radius_km:
        row, column = cell_of(there, 0.1)
        assert any(number == row and west <= column <= east for number, west, east in cells_in(here, radius_km, 0.1))
        assert {(level, *cell_of(there, degrees)) for level, degrees in enumerate(SIZES)} & set(cover(here, radius_km, SIZES))



def test_narrowing_and_sifting_change_nothing() -> None:
    index = Index.build(listings(3_000), vocabulary(), on=TODAY)
    assert differing(index, [one for variant in VARIANTS for one in inquiries(variant, 4)], at=AT) == 0
