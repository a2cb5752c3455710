"""The standing cast of the second door, and the small town they keep: who is who is the same in every test.

Ana owns Riverside Kitchen and Ben edits it, untrusted. Emil owns Hillview Library. Cora is a curator with her second factor shown, Kofi one without.
Dov is an administrator. Stella has an account and no role.

Alder House and Northgate Advice are agencies. Nia and Omar are caseworkers of Alder House and Lena leads their team; Teo is a caseworker of Northgate
Advice; all four have shown a second factor. Rosa has an account and a record of her own (``tests/clients.py``).

Imani coordinates the peer support of Alder House, with a second factor. Sol, a gardener, and Farah, who sings, are there for others in it; Wen, who
bakes, and Juno, who is 16 and plays chess, look for company, as Rosa does (``tests/peers.py``). None of them has a role.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from uuid import UUID

from msgspec import Struct
from sqlalchemy.orm import Session

from directory.accounts.passwords import hash_password
from directory.accounts.people import grant, make_account
from directory.accounts.sign_ins import sign_in
from directory.models import Account, Organization, Service
from directory.sealing import Sealer
from directory.storage import Storage
from tests.copied import written_once
from tests.make import make_address, make_attribute, make_hours, make_id, make_language, make_phone, make_place

PASSWORD = "river stone lantern"  # noqa: S105  (of people who do not exist)
ROLES = {
    "ana": (("owner", "kitchen"),), "ben": (("editor", "kitchen"),), "emil": (("owner", "library"),), "cora": (("curator", ""),),
    "kofi": (("curator", ""),), "dov": (("administrator", ""),), "stella": (), "nia": (("caseworker", "alder"),), "omar": (("caseworker", "alder"),),
    "lena": (("lead", "alder"),), "teo": (("caseworker", "north"),), "rosa": (),
    "imani": (("coordinator", "alder"),), "sol": (), "farah": (), "wen": (), "juno": (),
}  # fmt: skip
LEVELS = {"cora": 2, "dov": 2, "nia": 2, "omar": 2, "lena": 2, "teo": 2, "imani": 2}
"""How many factors each has shown; the others one."""
ORGANIZATIONS = {
    "kitchen": make_id("Riverside Kitchen"), "library": make_id("Hillview Library"), "alder": make_id("Alder House"), "north": make_id("Northgate Advice"),
}  # fmt: skip
LISTINGS = {"lunch": make_id("Community lunch"), "class": make_id("Cooking class"), "reading": make_id("Reading circle")}


class Town(Struct, frozen=True, kw_only=True):
    """The town in a database: accounts by name, and a cookie for each that is signed in."""

    storage: Storage
    accounts: dict[str, UUID]
    cookies: dict[str, str]


def make_town(storage: Storage, *, at: datetime, sealer: Sealer) -> Town:
    """Two organizations with their listings, and the whole cast signed in.

    It is made once a process for each moment and key; whoever asks again for an empty database gets the same rows.
    """
    with storage.writing() as session:
        accounts, cookies = written_once(session, (at, *sealer.fingerprints(b"the cast")), lambda: _people(session, at=at, sealer=sealer))
        return Town(storage=storage, accounts=accounts, cookies=cookies)


def _people(session: Session, *, at: datetime, sealer: Sealer) -> tuple[dict[str, UUID], dict[str, str]]:
    """Who there is, and their cookies."""
    _listings(session)
    accounts = {name: _account(session, name, at=at, sealer=sealer) for name in ROLES}
    cookies = {name: sign_in(session, account, level=LEVELS.get(name, 1), at=at, label="a browser") for name, account in accounts.items()}
    return {name: account.id for name, account in accounts.items()}, cookies


def address_of(name: str) -> str:
    """The e-mail address of one of the cast."""
    return f"{name}@people.example"


def _account(session: Session, name: str, *, at: datetime, sealer: Sealer) -> Account:
    account = make_account(session, name=name.capitalize(), email=address_of(name), password=None, at=at, sealer=sealer)
    account.password = _hash()
    for role, organization in ROLES[name]:
        grant(session, account, role, by="tests", at=at, organization_id=ORGANIZATIONS.get(organization))
    return account


@cache
def _hash() -> str:
    return hash_password(PASSWORD)   # slow by design: the cast shares one hash, made once a process


def _listings(session: Session) -> None:
    for name, email, website in (("Riverside Kitchen", "hello@kitchen.example", "https://kitchen.example"), ("Hillview Library", "desk@library.example", ""),
                                 ("Alder House", "hello@alder.example", ""), ("Northgate Advice", "hello@north.example", "")):
        session.add(Organization(id=make_id(name), name=name, description=f"{name} of Appleton.", email=email, website=website or None))
    session.flush()
    lunch = _service(session, "lunch", "kitchen", "Community lunch", "Eat together at noon. Everybody cooks in turn.")
    _service(session, "class", "kitchen", "Cooking class", "Learn to cook for eight.")
    _service(session, "reading", "library", "Reading circle", "We read aloud to each other.")
    place = make_place(session, lunch, "Riverside Hall", point=(44.2619, -88.4154))
    make_address(session, place, "12 River Street", "Appleton", "WI", "54911")
    make_hours(session, lunch, "MO,WE,FR", "11:30", "13:30")
    make_language(session, lunch, "es", name="Spanish")


def _service(session: Session, key: str, organization: str, name: str, description: str) -> Service:
    said = {"description": description, "email": "hello@kitchen.example", "assured_date": date(2026, 9, 1), "assured_by": "organization"}
    service = Service(id=LISTINGS[key], organization_id=ORGANIZATIONS[organization], name=name, **said)
    session.add(service)
    session.flush()
    make_phone(session, service, "920-555-0142")
    make_attribute(session, service, "supports", "food", link_type="supports")
    make_attribute(session, service, "strengths", "cooking", link_type="builds_on")
    return service
