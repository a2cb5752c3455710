"""An index on disk ranks as the one in memory, and damage is found before anything is shown."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random

import numpy as np
import pytest
from msgspec.structs import replace

from matching import Index, rank
from matching.errors import BrokenSnapshot, MatchingError
from matching.files import MAGIC, read_arrays, write_arrays
from matching.index import part_of
from matching.overlay import Overlay
from matching.snapshot import open_index, save
from matching.values import Inquiry, Listing, MustHaves, Place, Profile, Slot, Stated, Strength, Travel
from seeds.invent import invent_listings
from tests.matching.wordbook import STREET, VOCABULARY, listing
from tests.matching.worlds import AT

GROUP = Stated(yes=frozenset({"peer_led"}), no=frozenset({"open"}))
INQUIRIES = (
    Inquiry(),
    Inquiry(text="hungry near the harbour"),
    Inquiry(text="kitchn mercy"),
    Inquiry(text="kitchn", profile=Profile(strengths=(Strength(code="cooking"),), times=(Slot(weekday=1, starts=600, ends=900),))),
    Inquiry(profile=Profile(group=("peer_led",), size="small", focus=("experience",), about=("carers",)), must=MustHaves(group=("open",))),
    Inquiry(
        place=Place(latitude=37.5, longitude=-122.3),
        profile=Profile(times=(Slot(weekday=1, starts=600, ends=900),), there_and_back=True),
        must=MustHaves(in_my_times=True),
    ),
    Inquiry(supports=("food",), place=Place(latitude=37.5, longitude=-122.3), travel=Travel(max_km=30)),
)


@pytest.fixture(scope="module")
def index() -> Index:
    closed = AT.date() + timedelta(days=2), AT.date() + timedelta(days=5)
    invented = [replace(one, closed_on=closed) if number % 5 == 0 else one for number, one in enumerate(invent_listings(300, seed=4))]
    invented = [replace(one, group=GROUP, meant_for=frozenset({"carers"})) if number % 3 == 0 else one for number, one in enumerate(invented)]
    return Index.build([*STREET, *invented], VOCABULARY, on=AT.date())


@pytest.fixture
def path(index: Index, tmp_path: Path) -> Path:
    save(index, tmp_path / "index", made="7")
    return tmp_path / "index"


def test_what_was_saved_ranks_alike_to_the_last_bit(index: Index, path: Path) -> None:
    opened, made = open_index(path, VOCABULARY)
    assert made == "7"
    assert (len(opened), opened.services, opened.on) == (len(index), index.services, index.on)
    for inquiry in INQUIRIES:
        for day in (0, 40):
            assert rank(inquiry, opened, at=AT + timedelta(days=day)) == rank(inquiry, index, at=AT + timedelta(days=day))


def test_saving_the_same_index_twice_gives_the_same_bytes(index: Index, path: Path, tmp_path: Path) -> None:
    save(index, tmp_path / "again", made="7")
    assert (tmp_path / "again").read_bytes() == path.read_bytes()


def test_a_changed_byte_anywhere_is_found(path: Path) -> None:
    whole, dice = path.read_bytes(), Random(5)
    for place in [0, len(MAGIC), len(whole) - 1, *(dice.randrange(len(whole)) for _ in range(200))]:
        damaged = bytearray(whole)
        damaged[place] ^= 1 << dice.randrange(8)
        path.write_bytes(damaged)
        with pytest.raises(BrokenSnapshot):
            open_index(path, VOCABULARY)


def test_a_file_cut_short_lengthened_or_missing_is_found(path: Path) -> None:
    whole = path.read_bytes()
    for length in (0, 1, len(MAGIC) + 3, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(BrokenSnapshot):
            open_index(path, VOCABULARY)
    path.write_bytes(whole + b"\1")
    with pytest.raises(BrokenSnapshot):
        open_index(path, VOCABULARY)
    path.unlink()
    with pytest.raises(BrokenSnapshot, match="made anew"):
        open_index(path, VOCABULARY)


def test_a_file_of_another_make_is_told_from_a_damaged_one(path: Path) -> None:
    write_arrays(path, {"one": np.arange(3)}, b"\x80")
    with pytest.raises(MatchingError, match="another version"):
        open_index(path, VOCABULARY)


def test_arrays_of_every_type_and_shape_come_back(tmp_path: Path) -> None:
    arrays = {"none": np.zeros(0, np.uint8), "bits": np.array([[True, False], [False, True]]), "halves": np.array([0.5, np.nan, -np.inf])}
    write_arrays(tmp_path / "a", arrays, b"meta")
    found, meta = read_arrays(tmp_path / "a")
    assert meta == b"meta"
    assert {name: (one.dtype, one.shape, one.tobytes()) for name, one in found.items()} == {
        name: (one.dtype, one.shape, one.tobytes()) for name, one in arrays.items()
    }


def test_what_is_mapped_cannot_be_written_to(path: Path) -> None:
    opened, _ = open_index(path, VOCABULARY)
    with pytest.raises(ValueError, match="read-only"):
        opened.parts[0].columns.price[0] = 1.0


def test_changes_lie_beside_an_opened_index_and_keep_it_from_being_saved(path: Path, tmp_path: Path) -> None:
    opened, _ = open_index(path, VOCABULARY)
    overlay = Overlay(opened, lambda ordered: part_of(ordered, VOCABULARY, opened.measures, None))
    new: Listing = listing(77, "Xylophone evenings")
    changed = overlay.replace({new.service_id: [new]})
    assert [match.id for match in rank(Inquiry(text="xylophone"), changed, at=AT).matches] == [new.id]
    with pytest.raises(ValueError, match="changes beside it"):
        save(changed, tmp_path / "other")


@pytest.mark.parametrize("name", ["openings/closed", "openings/dated", "openings/opens", "words/names/firsts"])
def test_an_index_from_before_a_column_was_added_is_made_anew(path: Path, name: str) -> None:
    arrays, meta = read_arrays(path)
    write_arrays(path.with_name("old"), {key: np.array(one) for key, one in arrays.items() if key != name}, meta)
    with pytest.raises(BrokenSnapshot, match="another version"):
        open_index(path.with_name("old"), VOCABULARY)
