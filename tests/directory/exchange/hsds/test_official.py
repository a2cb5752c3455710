"""The official examples come in whole and go out equal, alone and together, and our own output keeps the official schemas."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.exchange.hsds import writer
from directory.exchange.hsds.pages import service_page
from directory.exchange.hsds.reader import SOURCE, read_hsds
from directory.exchange.records import (
    Attribute,
    Contact,
    Language,
    Organization,
    Phone,
    Program,
    Service,
    ServiceAtLocation,
    Taxonomy,
    TaxonomyTerm,
    Url,
)
from directory.languages import ROLES
from directory.models import Program as ProgramRow
from directory.models import ServiceAtLocation as ServiceAtLocationRow
from directory.storage import Storage
from tests.directory.conftest import Bring, empty, everything
from tests.directory.exchange.hsds.faults import faults
from tests.directory.exchange.make import LATER, a_location, a_record, a_service, an_address, an_id

Writer = Callable[[Session, UUID], dict[str, Any]]
WHOLE: dict[str, tuple[str, Writer]] = {
    "service_full": ("service", writer.service_json),
    "organization_full": ("organization", writer.organization_json),
    "service_at_location_full": ("service_at_location", writer.service_at_location_json),
    "taxonomy": ("taxonomy", writer.taxonomy_json),
    "taxonomy_term": ("taxonomy_term", writer.taxonomy_term_json),
}
VERSIONS = ("3.1", "3.2.3")


def bring_file(bring: Bring, path: Path, **options: Any) -> Any:
    return bring(*read_hsds(path, SOURCE), source=SOURCE, **options)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", WHOLE)
def test_an_official_example_goes_out_as_it_came_in(storage: Storage, bring: Bring, hsds: Path, version: str, name: str) -> None:
    path = hsds / "examples" / version / f"{name}.json"
    assert bring_file(bring, path).added == 1
    said, (kind, write) = json.loads(path.read_text()), WHOLE[name]
    with storage.reading() as session:
        out = write(session, UUID(said["id"]))
    assert out == said   # numbers compare by value, as in canonical JSON
    assert faults(hsds, kind, out) == []


def test_all_official_examples_together_go_out_as_they_came_in(storage: Storage, bring: Bring, hsds: Path) -> None:
    folder = hsds / "examples" / "3.1"
    for name in WHOLE:
        bring_file(bring, folder / f"{name}.json")
    for name, (_, write) in WHOLE.items():
        said = json.loads((folder / f"{name}.json").read_text())
        with storage.reading() as session:
            assert write(session, UUID(said["id"])) == said
        assert bring_file(bring, folder / f"{name}.json", at=LATER).unchanged == 1


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", ["location", "organization_list", "service_at_location_list", "service_list", "taxonomy_list", "taxonomy_term_list"])
def test_every_official_example_comes_in_and_comes_in_once(bring: Bring, hsds: Path, version: str, name: str) -> None:
    path = hsds / "examples" / version / f"{name}.json"
    assert bring_file(bring, path).added == 1
    assert bring_file(bring, path, at=LATER).unchanged == 1


def test_an_official_list_item_goes_out_as_it_came_in(storage: Storage, bring: Bring, hsds: Path) -> None:
    path = hsds / "examples" / "3.1" / "service_list.json"
    bring_file(bring, path)
    with storage.reading() as session:
        assert service_page(session)["contents"] == json.loads(path.read_text())["contents"]


def test_the_check_bites(hsds: Path) -> None:
    said = json.loads((hsds / "examples" / "3.1" / "service_full.json").read_text())
    assert faults(hsds, "service", said) == []
    for spoil in ({"status": "open"}, {"status": None}, {"email": "nobody"}, {"url": "not a uri"}, {"id": "7"}):
        assert faults(hsds, "service", {**copy.deepcopy(said), **spoil}) != []


ODD = st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20), st.sampled_from([
    "www.elm.example", "http://elm.example", "https//elm.example", "HTTP://ELM.example/a b", "mailto:a@elm.example", "http://[::1]/", "http://x/%zz",
    "a@elm.example", "a@@b", "07", "7", "ext. 7", "DAILY", "WEEKLY", "physical", "billing",
]))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.fixed_dictionaries(dict.fromkeys(("url", "email", "extension", "website", "freq", "type", "code", "city", "link"), ODD)))
def test_whatever_a_source_wrote_our_output_is_valid(storage: Storage, bring: Bring, hsds: Path, odd: dict[str, str | None]) -> None:
    service = a_service(
        url=odd["url"], email=odd["email"], assurer_email=odd["email"], description=odd["link"],
        phones=[Phone(id=an_id("phone", 1), number=odd["type"] or "", extension=odd["extension"], languages=[Language(id=an_id("language", 5))])],
        contacts=[Contact(id=an_id("contact", 1), email=odd["email"])],
        additional_urls=[Url(id=an_id("url", 1), url=odd["link"] or "")],
        organization=Organization(id=an_id("organization", 1), name="Elm", website=odd["website"], description=odd["code"]),
        program=Program(id=an_id("program", 1), name="Autumn"),
        location=a_location(url=odd["url"], addresses=[an_address(1, city=odd["city"], postal_code=odd["code"], address_type=odd["type"])]),
    )
    service.schedules[0].freq, service.schedules[0].schedule_link = odd["freq"], odd["link"]
    empty(storage)
    bring(a_record(service))
    with storage.reading() as session:
        place = session.scalars(select(ServiceAtLocationRow.id)).one()
        program = session.scalars(select(ProgramRow.id)).one()
        assert faults(hsds, "service", writer.service_json(session, service.id)) == []
        assert faults(hsds, "organization", writer.organization_json(session, an_id("organization", 1))) == []
        assert faults(hsds, "service_at_location", writer.service_at_location_json(session, place)) == []
        assert faults(hsds, "program", writer.many_json(session, Program, [program])[0]) == []
        assert faults(hsds, "service", service_page(session)["contents"][0]) == []


def test_our_own_export_comes_in_without_changing_a_row(storage: Storage, bring: Bring, tmp_path: Path) -> None:
    service = a_service(
        url="www.elm.example", attributes=[Attribute(id=an_id("attribute", 1), link_type="x", value="no", taxonomy_term=TaxonomyTerm(
            id=an_id("term", 1), name="Tea", taxonomy_detail=Taxonomy(id=an_id("taxonomy", 1), name="Words"),
        ))],
        phones=[Phone(id=an_id("phone", key), number=str(key), extension=extension) for key, extension in enumerate(["07", "7", "ext. 7", None])],
        location=a_location(point_precision="town", attributes=[]),
        organization=Organization(id=an_id("organization", 1), name="Elm", year_incorporated=1931),
    )
    service.schedules[0].timezone_name = "Europe/London"
    bring(a_record(service))
    before = everything(storage, without=("provenance", "source", "change"))
    with storage.reading() as session:
        out = writer.service_json(session, service.id)
    path = tmp_path / "out.json"
    path.write_text(json.dumps(out))
    assert bring(*read_hsds(path, SOURCE), source=SOURCE, at=LATER).repairs == []
    assert everything(storage, without=("provenance", "source", "change")) == before
    with storage.reading() as session:
        assert writer.service_json(session, service.id) == out


def test_a_held_place_goes_out_marked_and_comes_in_held(storage: Storage, bring: Bring, hsds: Path, tmp_path: Path) -> None:
    bring(a_record(a_service(location=a_location(visibility="verified_staff"))))
    with storage.reading() as session:
        out = writer.service_json(session, an_id("service", 1))
    place = out["service_at_locations"][0]["location"]
    assert not {"latitude", "longitude", "addresses", "description", "transportation"} & set(place)
    assert [attribute["taxonomy_term"]["code"] for attribute in place["attributes"]] == ["verified_staff"]
    assert faults(hsds, "service", out) == []
    path = tmp_path / "out.json"
    path.write_text(json.dumps(out))
    (record,) = read_hsds(path)
    assert record.content.service_at_locations[0].location.visibility == "verified_staff"   # type: ignore[union-attr]


def test_a_town_without_a_street_goes_out_beside_the_standard_and_comes_in_again(storage: Storage, bring: Bring, hsds: Path, tmp_path: Path) -> None:
    addresses = [an_address(1), an_address(2, address_1=None, postal_code=None, city="Elmtown")]
    bring(a_record(a_service(location=a_location(addresses=addresses, latitude=None, longitude=None))))
    before = everything(storage, without=("provenance", "source", "change"))
    with storage.reading() as session:
        out = writer.service_json(session, an_id("service", 1))
    place = out["service_at_locations"][0]["location"]
    assert [one["city"] for one in place["addresses"]] == ["Ashgrove"]
    assert [(one.get("address_1"), one["city"]) for one in place["x_addresses"]] == [("1 Elm Row", "Ashgrove"), (None, "Elmtown")]
    assert faults(hsds, "service", out) == []
    path = tmp_path / "out.json"
    path.write_text(json.dumps(out))
    assert bring(*read_hsds(path, SOURCE), source=SOURCE, at=LATER).repairs == []
    assert everything(storage, without=("provenance", "source", "change")) == before


def test_nothing_is_said_of_the_town_of_a_place_that_is_not_public(storage: Storage, bring: Bring) -> None:
    bring(a_record(a_service(location=a_location(visibility="hidden", addresses=[an_address(1, address_1=None, city="Elmtown")]))))
    with storage.reading() as session:
        assert "Elmtown" not in json.dumps(writer.service_json(session, an_id("service", 1)))


def test_how_a_language_is_used_goes_out_marked_and_comes_in_again(storage: Storage, bring: Bring, hsds: Path, tmp_path: Path) -> None:
    """On languages of a listing, of its place and of a telephone; what others said of a language beside it stays."""
    word = TaxonomyTerm(id=an_id("term", 7), name="Tea", taxonomy_detail=Taxonomy(id=an_id("taxonomy", 7), name="Words"))
    beside = Attribute(id=an_id("attribute", 7), link_type="x", taxonomy_term=word)
    used = [Language(id=an_id("language", number), code="es", name="Spanish", role=role) for number, role in enumerate((None, *ROLES), start=10)]
    used[1].attributes = [beside]
    there = [Language(id=an_id("language", 20), code="ase", role="signed")]
    phones = [Phone(id=an_id("phone", 9), number="9", languages=[Language(id=an_id("language", 21), code="so", role="interpreted")])]
    bring(a_record(a_service(languages=used, phones=phones, location=a_location(languages=there))))
    before = everything(storage, without=("provenance", "source", "change"))
    with storage.reading() as session:
        out = writer.service_json(session, an_id("service", 1))
    assert faults(hsds, "service", out) == []
    assert not any("role" in one for one in out["languages"])
    path = tmp_path / "out.json"
    path.write_text(json.dumps(out))
    assert bring(*read_hsds(path, SOURCE), source=SOURCE, at=LATER).repairs == []
    assert everything(storage, without=("provenance", "source", "change")) == before
    (record,) = read_hsds(path)
    back = record.content
    assert [one.role for one in back.languages] == [None, *ROLES]   # type: ignore[union-attr]
    assert [len(one.attributes) for one in back.languages] == [0, 1, 0, 0, 0]   # type: ignore[union-attr]


def test_lists_of_every_kind_are_valid(storage: Storage, bring: Bring, hsds: Path) -> None:
    bring(a_record(a_service()))
    with storage.reading() as session:
        from directory.models import Organization as OrganizationRow

        kinds = (("organization", Organization, OrganizationRow), ("service_at_location", ServiceAtLocation, ServiceAtLocationRow))
        for name, kind, row in kinds:
            (item,) = writer.many_json(session, kind, session.scalars(select(row.id)).all())
            assert faults(hsds, name, item) == []
            assert not {"location", "service"} - set(item) or kind is not ServiceAtLocation
        assert service_page(session, full=True)["contents"] == [writer.service_json(session, an_id("service", 1))]
        assert isinstance(writer.many_json(session, Service, []), list)
