"""Coverage: counted by the ranking itself, shown as drawing and table alike, and what people searched for only where ten and more did."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

from directory.coverage.counting import Counted
from directory.coverage.gaps import gaps
from directory.coverage.surveys import latest, survey_due
from directory.models import Service, UnmetSearch
from tests.cast import LISTINGS
from tests.web.second_door import SecondDoor, text_of

HERE = "/desk/curator/coverage"
OUTAGAMIE = "us/wi/outagamie county"


def counted(door: SecondDoor) -> Counted:
    survey_due(door.storage, door.catalogue, at=door.at)
    with door.storage.reading() as session:
        found = latest(session)
    assert found
    return found[1]


def searched(door: SecondDoor, **counts: int) -> None:
    with door.storage.writing() as session:
        session.add_all(UnmetSearch(month="2026-10", topic=topic, area=OUTAGAMIE, count=count) for topic, count in counts.items())


def rows(door: SecondDoor, path: str) -> list[list[str]]:
    answer = door.as_("cora").get(f"{HERE}/{path}")
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["cache-control"] == "no-store"
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def test_what_is_there_is_found_and_what_is_not_is_missing(door: SecondDoor) -> None:
    found = counted(door)
    assert found.areas == {OUTAGAMIE: "Outagamie County, Wisconsin"}
    assert found.found["food"][OUTAGAMIE][""][0] == 1
    assert found.found["food"][OUTAGAMIE]["language:es"] == [1, 0]
    missing = {gap.code for gap in gaps(found) if gap.nowhere}
    assert "food" not in missing
    assert len(missing) > 50
    assert "food" in {gap.code for gap in gaps(found, "language:vi") if gap.nowhere}


def test_a_listing_that_was_taken_down_leaves_a_gap(door: SecondDoor) -> None:
    assert "food" not in {gap.code for gap in gaps(counted(door)) if gap.nowhere}
    with door.storage.writing() as session:
        for key in LISTINGS.values():
            session.delete(session.get_one(Service, key))
    door.catalogue.refresh()
    door.later(days=1)
    assert counted(door).areas == {}


def test_it_is_counted_once_a_day_and_when_somebody_asks(door: SecondDoor) -> None:
    assert survey_due(door.storage, door.catalogue, at=door.at)
    assert not survey_due(door.storage, door.catalogue, at=door.at + timedelta(hours=23))
    assert "Counted today: 3 listings" in text_of(door.as_("cora").get(HERE))
    door.as_("cora").post(HERE)
    assert "being counted anew" in text_of(door.as_("cora").get(HERE))
    assert survey_due(door.storage, door.catalogue, at=door.at)


def test_before_the_first_count_the_page_says_so(door: SecondDoor) -> None:
    assert "It was not counted yet." in text_of(door.as_("cora").get(HERE))
    assert door.as_("cora").get(f"{HERE}/gaps.csv").status_code == 404


def test_searches_are_shown_from_ten_on_and_small_ones_nowhere(door: SecondDoor) -> None:
    searched(door, food=37, legal_advice=9, grief_support=3)
    page = door.as_("cora").get(HERE)
    assert "37" in text_of(page)
    assert not re.search(r">\s*(9|3|12|49|46|40)\s*<", page.text)
    assert rows(door, "searches.csv?month=2026-10") == [["", "Outagamie County, Wisconsin", "Elsewhere", "Total shown"], ["Food", "37", "", "37"]]


def test_the_month_at_hand_is_not_shown_however_it_is_asked_for(door: SecondDoor) -> None:
    with door.storage.writing() as session:
        session.add(UnmetSearch(month="2026-11", topic="food", area=OUTAGAMIE, count=50_012_345))
    for month in ("2026-11", "2026-1", "zzzz", "", "2026-11'--"):
        for path in (HERE, f"{HERE}/searches.csv"):   # so long a number is in no id and no token by chance, as a short one is now and then
            assert "50012345" not in door.as_("cora").get(path, params={"month": month}).text.replace(",", "")


def test_every_drawing_says_in_words_what_its_table_says(door: SecondDoor) -> None:
    counted(door)
    searched(door, food=37)
    page = door.as_("cora").get(HERE).text
    drawings = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(drawings) == 5
    for drawing in drawings:
        assert 'role="img"' in drawing
        named = re.findall(r'id="([\w-]+)"', drawing)
        assert re.search(r'aria-labelledby="([\w -]+)"', drawing).group(1).split() == named   # type: ignore[union-attr]
    assert "style=" not in page


def test_shares_add_up(door: SecondDoor) -> None:
    counted(door)
    lines = rows(door, "fairness.csv")[1:]
    for what in {line[0] for line in lines}:
        for column in (3, 4):
            assert abs(sum(float(line[column]) for line in lines if line[0] == what) - 100) < 0.5


def test_a_name_that_a_spreadsheet_would_run_does_not(door: SecondDoor) -> None:
    counted(door)
    table = rows(door, "gaps.csv")
    assert table[0][0] == "Kind of support"
    assert not any(value.startswith(("=", "+", "@")) for line in table for value in line)


def test_no_other_file_is_there(door: SecondDoor) -> None:
    for name in ("none.csv", "..%2f", "gaps", "%00"):
        assert door.as_("cora").get(f"{HERE}/{name}").status_code == 404
