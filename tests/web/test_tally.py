"""Searches in vain: counted in memory, laid down by a job, and nothing that somebody wrote goes with them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select

from directory.errors import Unavailable
from directory.models import UnmetSearch
from directory.storage import Storage
from matching.values import Inquiry, Ranking
from tests.web.second_door import SecondDoor
from web.house import House
from web.tally import MOST, Tally, flush

CANARY = "xyzzyq canary words"


def house(door: SecondDoor) -> House:
    found: House = door.app.state.house
    return found


def rows(door: SecondDoor) -> list[tuple[str, str, str, int]]:
    with door.storage.reading() as session:
        return [(row.month, row.topic, row.area, row.count) for row in session.scalars(select(UnmetSearch).order_by(UnmetSearch.topic))]


def test_a_search_in_vain_is_counted_once_and_laid_down_coarse(door: SecondDoor) -> None:
    anyone = door.as_("anyone")
    anyone.post("/search", {"text": CANARY, "place": "60601"}, stamped=False)
    anyone.post("/search/around", {"text": CANARY, "place": "60601"}, stamped=False)   # the same search, asked for its surroundings
    anyone._ask("POST", "/api/match", json={"text": "I need a lawyer for my visa"})
    assert rows(door) == []
    assert flush(house(door).tally, door.storage, door.catalogue, at=door.at) == 2
    found = rows(door)
    assert {(month, area, count) for month, _, area, count in found} == {("2026-11", "us/il/cook county", 1), ("2026-11", "", 1)}
    assert "other" in {topic for _, topic, _, _ in found}
    assert flush(house(door).tally, door.storage, door.catalogue, at=door.at) == 0


def test_no_word_of_a_search_reaches_the_disk(door: SecondDoor) -> None:
    door.as_("anyone").post("/search", {"text": CANARY, "place": "12 Xyzzyq Street, 54911"}, stamped=False)
    flush(house(door).tally, door.storage, door.catalogue, at=door.at)
    files = [path.read_bytes() for path in Path(door.settings.data_dir).rglob("*") if path.is_file()]
    assert files
    assert not any(b"xyzzyq" in content.lower() for content in files)


def test_a_search_with_an_answer_is_not_counted(door: SecondDoor) -> None:
    door.as_("anyone").post("/search", {"text": "food", "place": "54911"}, stamped=False)
    door.as_("anyone").post("/search", {}, stamped=False)
    assert not house(door).tally.take()


def test_a_later_page_is_no_other_search(door: SecondDoor) -> None:
    tally = Tally()
    for offset in (0, 10, 20):
        tally.note(Inquiry(text="x", offset=offset), Ranking(matches=(), total=0), door.catalogue.vocabulary, at=door.at)
    assert tally.take().total() == 1


def test_many_at_once_are_all_counted(door: SecondDoor) -> None:
    tally, vocabulary = Tally(), door.catalogue.vocabulary
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: tally.note(Inquiry(text="x"), Ranking(matches=(), total=0), vocabulary, at=door.at), range(2000)))
    assert tally.take().total() == 2000


def test_memory_stays_bounded(door: SecondDoor) -> None:
    tally, vocabulary = Tally(), door.catalogue.vocabulary
    for number in range(MOST + 50):
        tally.note(Inquiry(text="x", areas=frozenset({f"us/{number}"})), Ranking(matches=(), total=0), vocabulary, at=door.at)
    assert len(tally.take()) == MOST


def test_what_cannot_be_laid_down_is_kept(door: SecondDoor, tmp_path: Path) -> None:
    tally = Tally()
    tally.note(Inquiry(text="x"), Ranking(matches=(), total=0), door.catalogue.vocabulary, at=door.at)
    gone = Storage(f"sqlite:///{tmp_path}/none/there.sqlite3")
    with pytest.raises(Unavailable):
        flush(tally, gone, door.catalogue, at=door.at)
    assert flush(tally, door.storage, door.catalogue, at=door.at) == 1
