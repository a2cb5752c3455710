"""A small directory at random: rows of every table that a listing or a card is made of, hung wherever they may hang."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from random import Random
from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from directory import models
from directory.models import Attribute, Location, Organization, Program, Provenance, Report, Service, ServiceAtLocation, Source, Taxonomy, TaxonomyTerm
from directory.vocabularies import taxonomy_id, term_id

T = TypeVar("T", bound=models.Base)
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
CODES = {
    "kinds": ("peer_group", "therapy"), "supports": ("food", "hot_meals"), "audiences": ("women",), "languages": ("es",),
    "group_facts": ("welcome", "quiet"),
}  # fmt: skip
TEXTS = (None, "", "no", "Soup, every day. And bread!")
DAYS = ("MO", "TU,WE", "2SA", "XX", None)


def fill(session: Session, dice: Random) -> None:
    """Put a directory into an empty database."""
    _terms(session)
    sources = [_add(session, Source(id=_id(dice), code=f"s{n}", name=f"Source {n}", kind="table", country=c, timezone=z))
               for n, (c, z) in enumerate((("US", None), ("CA", "America/Toronto")))]  # fmt: skip
    organizations = [_add(session, Organization(id=_id(dice), name=f"Org {n}", email=dice.choice(TEXTS))) for n in range(2)]
    programs = [_add(session, Program(id=_id(dice), name="Warmth", organization_id=organizations[0].id))]
    places = [_add(session, _place(dice, n)) for n in range(dice.randint(0, 3))]
    session.flush()
    services = [_add(session, _service(dice, n, organizations, programs)) for n in range(dice.randint(0, 5))]
    session.flush()
    links = [_add(session, ServiceAtLocation(id=_id(dice), service_id=one.id, location_id=there.id, position=dice.randint(0, 1)))
             for one in services for there in places if dice.random() < 0.5]  # fmt: skip
    session.flush()
    for owners, parent in ((services, "service_id"), (links, "service_at_location_id"), (places, "location_id"), (organizations, "organization_id")):
        for owner in owners:
            for model, make in CHILDREN.items():
                if hasattr(model, parent) and not (model is models.Address and getattr(owner, "visibility", "") != "public"):
                    for _ in range(dice.choice((0, 0, 0, 1, 2))):
                        session.add(model(id=_id(dice), position=dice.randint(0, 1), **{parent: owner.id}, **make(dice)))
    _around(session, dice, [*services, *links, *places], sources)


def _around(session: Session, dice: Random, rows: list[Service | ServiceAtLocation | Location], sources: list[Source]) -> None:
    """What hangs on rows of any table, and what people have reported."""
    for number, row in enumerate(rows):
        for _ in range(dice.randint(0, 4)):
            taxonomy = dice.choice([*CODES])
            linked = {"link_id": row.id, "link_entity": row.__tablename__, "link_type": dice.choice((None, taxonomy, "only_for"))}
            key = term_id(taxonomy, dice.choice(CODES[taxonomy]))
            said = {"taxonomy_term_id": key, "value": dice.choice(TEXTS), "label": dice.choice(TEXTS)}
            session.add(Attribute(id=_id(dice), position=dice.randint(0, 1), **linked, **said))
        if dice.random() < 0.5:
            origin = {"entity": row.__tablename__, "entity_id": row.id, "source_id": dice.choice(sources).id, "record_key": str(number), "hash": ""}
            session.add(Provenance(id=_id(dice), first_seen=AT, last_seen=AT, **origin))
        if isinstance(row, Service) and dice.random() < 0.3:
            session.add(Report(id=_id(dice), service_id=row.id, about=dice.choice(("closed", "other")), made_at=AT))


def _service(dice: Random, number: int, organizations: list[Organization], programs: list[Program]) -> Service:
    return Service(
        id=_id(dice), name=f"Service {number}", organization_id=dice.choice([None, *organizations]) and organizations[-1].id,
        program_id=dice.choice([None, programs[0].id]), description=dice.choice(TEXTS), alternate_name=dice.choice(TEXTS),
        status=dice.choice(("active", "active", "active", "inactive", "temporarily closed")), fees_description=dice.choice(TEXTS),
        interpretation_services=dice.choice(TEXTS), minimum_age=dice.choice((None, 0.5, 18)), maximum_age=dice.choice((None, 99)),
        assured_date=dice.choice((None, date(2026, 1, 2))), assured_by=dice.choice((None, "organization", "x")), url=dice.choice(TEXTS),
    )  # fmt: skip


def _place(dice: Random, number: int) -> Location:
    visibility = dice.choice(("public", "public", "area_only", "hidden"))
    point = dice.choice(((None, None), (37.5, -122.25), (100.0, 12.0))) if visibility == "public" else (None, None)
    kind = dice.choice(("physical", "virtual"))
    return Location(
        id=_id(dice), name=f"Hall {number}", visibility=visibility, latitude=point[0], longitude=point[1], location_type=kind, area_name=dice.choice(TEXTS)
    )  # fmt: skip


CHILDREN: dict[type[models.Base], Callable[[Random], dict[str, object]]] = {
    models.Schedule: lambda dice: {
        "freq": dice.choice(("WEEKLY", "MONTHLY", None)), "byday": dice.choice(DAYS), "opens_at": dice.choice(("09:00", "22:00", None)),
        "closes_at": dice.choice(("17:00", "02:00", None)), "timezone_name": dice.choice((None, None, "America/Denver")),
        "description": dice.choice((None, None, "Closed on public holidays (US).", "By appointment")), "interval": dice.choice((None, 1, 2)),
        "valid_from": dice.choice((None, "2026-03-01")), "dtstart": dice.choice((None, "2026-03-03")),
    },
    models.CostOption: lambda dice: {"option": dice.choice((None, "free", "sliding, families")), "amount": dice.choice((None, 0, 2.5)), "currency": "USD"},
    models.Language: lambda dice: {"code": dice.choice(("es", "ase", None)), "name": dice.choice(TEXTS), "role": dice.choice((None, "interpreted", "spoken")),
                                   "note": dice.choice((None, "no other languages"))},
    models.Phone: lambda dice: {"number": dice.choice(("650 555 0100", "988", "ask")), "type": dice.choice((None, "fax")),
                                "extension": dice.choice((None, "7"))},
    models.ServiceArea: lambda dice: {"name": dice.choice(("San Mateo County", "Nowhere at all", None))},
    models.RequiredDocument: lambda dice: {"document": dice.choice(TEXTS)},
    models.Address: lambda dice: {"address_1": "1 Main St", "city": dice.choice((None, "Redwood City")), "state_province": dice.choice((None, "CA"))},
    models.Accessibility: lambda dice: {"description": dice.choice(TEXTS)},
}  # fmt: skip


def _terms(session: Session) -> None:
    for taxonomy, codes in CODES.items():
        is_ours = taxonomy != "languages"   # one of these vocabularies is somebody else's
        _add(session, Taxonomy(id=taxonomy_id(taxonomy), code=taxonomy if is_ours else None, name=taxonomy))
        session.flush()
        for code in codes:
            _add(session, TaxonomyTerm(id=term_id(taxonomy, code), taxonomy_id=taxonomy_id(taxonomy), code=code, name=code.title()))
    session.flush()


def _add(session: Session, row: T) -> T:
    session.add(row)
    return row


def _id(dice: Random) -> UUID:
    return UUID(int=dice.getrandbits(128), version=4)

