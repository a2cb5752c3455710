"""The gazetteer against real directories: as exact as it says, fast, and without a loop of questions."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import pytest

from directory.migrations import upgrade
from directory.places import FAR_FROM_CODE_KM, Ambiguous, Found, Gazetteer, check_point, find_place, load_gazetteer, open_gazetteer, resolve_areas
from directory.storage import Storage, sqlite_url
from matching.values import Place

pytestmark = pytest.mark.real_data
ROWS = {"us": 41_490, "gb": 27_450, "au": 18_521, "nz": 1_738, "ca": 1_657, "ie": 139}


@pytest.fixture(scope="module")
def real_gazetteer(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """The six countries, loaded once."""
    storage = Storage(sqlite_url(tmp_path_factory.mktemp("places") / "homeground.sqlite3"))
    upgrade(storage)
    for country, rows in ROWS.items():
        report = load_gazetteer(storage, real_data / "gazetteer-geonames" / f"{country}.csv", by="test", at=datetime(2026, 11, 22, tzinfo=UTC))
        assert (report.records_in, report.added, report.refusals) == (rows, rows, [])
    with storage.reading() as session:
        gazetteer = open_gazetteer(session)
    storage.close()
    return gazetteer


@pytest.fixture(scope="module")
def san_mateo(real_data: Path) -> list[dict[str, object]]:
    lines = (real_data / "smc-ohana-2013" / "organizations.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_the_middle_of_a_code_is_as_near_to_real_records_as_the_reference_says(real_gazetteer: Gazetteer, san_mateo: list[dict[str, object]]) -> None:
    located = [record for record in san_mateo if record.get("coordinates") and record.get("zipcode")]
    distances = []
    for record in located:
        longitude, latitude = record["coordinates"]   # type: ignore[misc]  # the source writes longitude first
        place = Place(latitude=latitude, longitude=longitude)   # type: ignore[has-type]
        distances.append(check_point(real_gazetteer, place, postal_code=str(record["zipcode"]), country="us"))
    known = sorted(km for km in distances if km is not None)
    assert (len(located), len(known)) == (1_417, 1_416)
    assert median(known) == pytest.approx(1.4, abs=0.1)
    assert known[int(len(known) * 0.9)] == pytest.approx(3.6, abs=0.2)
    assert sum(km > FAR_FROM_CODE_KM for km in known) == 1


def test_most_service_areas_of_real_records_are_understood(real_gazetteer: Gazetteer, san_mateo: list[dict[str, object]]) -> None:
    stated = [[area] if isinstance(area, str) else area for record in san_mateo if (area := record.get("service_area"))]
    understood = sum(resolve_areas(real_gazetteer, areas, country="us", state="CA")[1] for areas in stated)   # type: ignore[arg-type]
    assert understood / len(stated) > 0.8


def test_every_choice_of_a_real_ambiguous_name_leads_to_a_place(real_gazetteer: Gazetteer) -> None:
    names = sorted({town.name for atlas in real_gazetteer.atlases.values() for town in atlas.towns})
    for name in random.Random(7).sample(names, 400):
        answer = find_place(real_gazetteer, name)
        assert isinstance(answer, Found | Ambiguous), name
        for choice in answer.choices if isinstance(answer, Ambiguous) and not answer.wide else ():
            assert isinstance(find_place(real_gazetteer, choice.text), Found), choice


def test_franklin_asks_and_lists_ten(real_gazetteer: Gazetteer) -> None:
    answer = find_place(real_gazetteer, "Franklin", country="us")
    assert isinstance(answer, Ambiguous)
    assert len(answer.choices) == 10
    assert answer.choices[0].label == "Franklin, Williamson County, Tennessee"


@pytest.mark.parametrize(("text", "label"), [
    ("Redwood City", "Redwood City, California"), ("94063", "94063, Redwood City, California"), ("M21 9aq", "M21, Chorlton-cum-Hardy, England"),
    ("Toronto, Canada", "Toronto, Ontario"), ("Dublin, Ireland", "Dublin, Leinster"), ("portland oregon", "Portland, Oregon"),
    ("6021, New Zealand", "6021, Wellington, Wellington"),
])  # fmt: skip
def test_real_places_are_found(real_gazetteer: Gazetteer, text: str, label: str) -> None:
    answer = find_place(real_gazetteer, text)
    assert isinstance(answer, Found)
    assert answer.label == label
