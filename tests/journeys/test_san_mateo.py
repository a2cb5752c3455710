"""Three people ask San Mateo county's own directory of 2013, which nobody here wrote; every result is read against the record it came from.

That directory states no strengths and few times, and says of few places which roles there are to give. So nothing here may claim that a strength
fits; what is asked is that the first five are about the right thing, near enough, open to the person as far as anybody knows, and told truly.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from geopy.distance import great_circle
from msgspec import Struct

from directory.places import Found, find_place
from web import verbs
from web.api.answered import MatchAnswer, Result, answer
from web.api.asked import MatchRequest, to_inquiry
from web.house import House
from web.settings import read_settings

pytestmark = pytest.mark.real_data
MONDAY_MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("America/Los_Angeles"))
CODE_KM = 3.0
"""How far a person may be from the middle of the postcode they gave."""
SPOKEN = re.compile(r"(.+?)(?: and (.+))? spoken$")
WORDS = {
    "arts": r"\bcrafts?\b|\barts?\b|\bconcerts?\b", "language_classes": r"english", "literacy": r"litera|reading",
    "volunteering": r"volunteer|service club|auxiliar",
}
"""What a record has to say somewhere for us to say that it offers a thing."""


class County(Struct):
    """The directory, running, and its source records by name and organization."""

    house: House
    records: dict[tuple[str, str], list[dict[str, Any]]]

    def ask(self, **asked: Any) -> MatchAnswer:
        """What a program or a form would be answered."""
        request = msgspec.convert(asked, MatchRequest)
        inquiry, place = to_inquiry(self.house, request)
        catalogue = self.house.catalogue
        return answer(catalogue.search(inquiry, at=MONDAY_MORNING), request, place, "https://home.example", catalogue.vocabulary.urgent(request.text))

    def record(self, result: Result) -> dict[str, Any]:
        """The line of the source that a result came from."""
        found = self.records.get((result.name, result.organization_name)) or self.records[result.name, result.name]
        return next(record for record in found if any(phone.number in json.dumps(record) for phone in result.phones) or len(found) == 1)

    def km(self, result: Result, code: str) -> float | None:
        """How far the source's own point is from the middle of a postcode."""
        point = self.record(result).get("coordinates")
        with self.house.storage.reading() as session:
            here = find_place(session, code)
        assert isinstance(here, Found)
        return great_circle((point[1], point[0]), (here.place.latitude, here.place.longitude)).km if point else None


@pytest.fixture(scope="module")
def county(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    settings = read_settings({"HOMEGROUND_DATA_DIR": str(tmp_path_factory.mktemp("county")), "HOMEGROUND_TIMEZONE": "America/Los_Angeles"})
    storage, path = verbs.open_storage(settings), real_data / "smc-ohana-2013" / "organizations.jsonl"
    verbs.import_file(settings, storage, path, kind=None, mapping=None, progress=lambda _done, _all: None, dry_run=False)
    records: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        name = record["name"].replace("., ", ", ")
        records.setdefault((name, (record.get("agency") or record["name"]).replace("., ", ", ")), []).append(record)
    yield County(verbs.open_house(settings, storage), records)
    storage.close()


def names(answered: MatchAnswer) -> list[str]:
    return [result.name for result in answered.results]


def said_by(record: dict[str, Any]) -> str:
    return json.dumps([record.get(part) for part in ("name", "description", "services_provided", "keywords")]).casefold()


def is_true(county: County, result: Result, code: str) -> bool:
    """Whether every reason of a result stands in the source."""
    record = county.record(result)
    return all(_stands(county, result, record, reason.signal, reason.text, reason.codes, code) for reason in result.reasons)


def _stands(county: County, result: Result, record: dict[str, Any], signal: str, text: str, codes: tuple[str, ...], code: str) -> bool:
    if signal == "topic" and codes:
        return all(re.search(WORDS[one], said_by(record)) for one in codes)
    if signal == "topic":
        return all(word in said_by(record) for word in re.findall("“(.+?)”", text))
    if signal == "language":
        spoken = SPOKEN.match(text)
        return bool(spoken and all(one in " ".join(record["languages_spoken"]) for one in spoken.groups() if one))
    if signal == "cost":
        return bool(re.match(r"no(ne|\b)", record["fees"], re.I) if text == "Free" else re.search("income|sliding|ability", record["fees"], re.I))
    if signal == "reach":
        told, km = re.search(r"(\d+) km", text), county.km(result, code)
        return bool(told and km is not None and km <= int(told[1]) + CODE_KM / 2)
    return False   # a reason of a kind that this source cannot give


@pytest.fixture(scope="module")
def ligaya(county: County) -> MatchAnswer:
    """Ligaya is 34 and lives in Daly City. She sews and mends, speaks Tagalog, has no car, and wants people to make things with on Tuesday evenings."""
    return county.ask(
        text="people to make things with, crafts", place="94015", travel={"modes": ["walk", "bus"], "minutes": 45}, limit=5,
        profile={
            "age": 34, "strengths": [{"code": "textiles", "enjoy": 3}, {"code": "making_fixing"}], "languages": ["tl", "en"],
            "times": [{"weekday": 1, "starts": 1020, "ends": 1320}],
        },
    )


def test_ligaya_finds_people_who_make_things_and_speak_her_language(county: County, ligaya: MatchAnswer) -> None:
    hers = {"Daly City Parks and Recreation Department", "Adult Education Division", "Lincoln Park Community Center"}
    assert hers <= set(names(ligaya)[:5])
    assert set(names(ligaya)[:2]) <= hers
    for result in (one for one in ligaya.results if one.name in hers):
        record = county.record(result)
        assert "craft" in said_by(record)
        assert "Filipino (Tagalog)" in record["languages_spoken"]
        assert any(reason.text == "Tagalog spoken" for reason in result.reasons)


def test_ligaya_is_told_truly_what_is_not_known(county: County, ligaya: MatchAnswer) -> None:
    assert all(is_true(county, result, "94015") for result in ligaya.results)
    assert all(reason.signal != "strengths" for result in ligaya.results for reason in result.reasons)   # the source states none
    for result in ligaya.results:
        assert result.opening != "Open now" or county.record(result).get("service_hours")
        speaks = "Filipino (Tagalog)" in (county.record(result).get("languages_spoken") or ())
        assert any(unknown.about == "language" for unknown in result.unknowns) != speaks
    assert all((km := county.km(result, "94015")) is not None and km < 10 for result in ligaya.results)   # within 45 minutes by bus
    assert not {"Doelger Senior Center", "Stumps 'R Us"} & set(names(ligaya))   # for 50 and over; for amputees


@pytest.fixture(scope="module")
def walt(county: County) -> MatchAnswer:
    """Walt is 71, drove a bus all his life, and wants to give something back in Redwood City."""
    return county.ask(
        supports=["volunteering"], place="94063", travel={"modes": ["car"], "minutes": 30}, limit=6,
        profile={"age": 71, "give": True, "strengths": [{"code": "driving", "enjoy": 3}, {"code": "company", "enjoy": 3}]},
    )


def test_walt_finds_places_that_want_his_time(county: County, walt: MatchAnswer) -> None:
    assert {"Sequoia Hospital Volunteer Services", "Shoreline Volunteers"} <= set(names(walt))
    assert [name for name in names(walt) if "Foundation" in name] == []   # they want money
    for result in walt.results:
        assert re.search("volunteer|auxiliar|service club", said_by(county.record(result))), result.name
        assert is_true(county, result, "94063"), result.name
        assert all(reason.signal not in ("strengths", "give") for reason in result.reasons)   # no record says which strength it asks for


def test_walt_is_not_shown_what_is_too_far_or_for_others(county: County, walt: MatchAnswer) -> None:
    assert all((km := county.km(result, "94063")) is not None and km < 25 for result in walt.results)
    assert {"travel", "age"} <= {out.limit for out in walt.not_shown}
    assert all(not re.search(r"(?:up to|under) (?:[1-6]\d) years", result.audience) for result in walt.results)


@pytest.fixture(scope="module")
def rosa(county: County) -> MatchAnswer:
    """Rosa is 24, lives in San Mateo with her little son, speaks Spanish, and looks for English classes that cost nothing, by bus."""
    return county.ask(
        text="English classes", place="94401", travel={"modes": ["bus", "walk"], "minutes": 45}, must_haves={"free": True}, limit=5,
        profile={"age": 24, "languages": ["es", "en"]},
    )


def test_rosa_finds_english_classes_first(county: County, rosa: MatchAnswer) -> None:
    assert names(rosa)[:3] == ["Adult and Community Education", "Peninsula Family Service", "Samaritan House"]
    for result in rosa.results[:3]:
        record = county.record(result)
        assert re.search("english as a second language|english language", said_by(record)), result.name
        assert "Spanish" in record["languages_spoken"]
    assert names(rosa)[3] == "San Mateo County Reads"   # learning to read and write: near to what she asked, and free


def test_rosa_is_told_what_is_free_and_what_to_ask(county: County, rosa: MatchAnswer) -> None:
    assert all(is_true(county, result, "94401") for result in rosa.results)
    for result in rosa.results:
        is_free = result.cost == "Free"
        assert is_free == bool(re.match("no(ne|\\b)(?! for service)", county.record(result).get("fees") or "", re.I)), result.name
        assert is_free or any(unknown.about == "cost" and unknown.must_have for unknown in result.unknowns), result.name
    assert all((km := county.km(result, "94401")) is not None and km < 10 for result in rosa.results)


def test_rosa_finds_somewhere_for_her_son(county: County) -> None:
    found = county.ask(
        text="a playgroup or childcare for my toddler", place="94401", travel={"modes": ["bus", "walk"], "minutes": 45}, must_haves={"free": True},
        limit=5, profile={"age": 24, "languages": ["es", "en"]},
    )
    for result in found.results:
        assert re.search("child|parent|toddler|famil", said_by(county.record(result))), result.name
    assert {"Child Care Coordinating Council of San Mateo County (4Cs)", "Peninsula Family Service"} <= set(names(found))
