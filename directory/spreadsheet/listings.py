"""The listings of an organization as a table to edit: what it says, what an edited one would change, and handing that in.

A row is known by its id. A column that is not there changes nothing, and neither does a listing whose row is not there; an empty cell empties its field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from msgspec import Struct, field
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.editing import drafts
from directory.errors import DirectoryError, Invalid
from directory.models import Organization, Phone, Service
from directory.sealing import Sealer

ID: Final = "id"
MOST_SHORT: Final = 400
AGE: Final = re.compile(r"\d{1,3}(?:[.,]\d)?\Z")


class Column(Struct, frozen=True, kw_only=True):
    """A field that people edit in a table: its heading, and what it may hold. ``formerly`` is a heading of tables that were downloaded earlier."""

    name: str
    heading: str
    formerly: str = ""
    most: int = 10_000
    is_required: bool = False


COLUMNS: Final = (
    Column(name="name", heading="Name", most=MOST_SHORT, is_required=True),
    Column(name="alternate_name", heading="Other name", most=MOST_SHORT),
    Column(name="description", heading="What happens there", formerly="What it is"),
    Column(name="phone", heading="Phone", most=60),
    Column(name="email", heading="E-mail", most=254),
    Column(name="url", heading="Web site", most=2_000),
    Column(name="application_process", heading="How to begin"),
    Column(name="fees_description", heading="What it costs"),
    Column(name="eligibility_description", heading="Who it is for"),
    Column(name="minimum_age", heading="From age", most=5),
    Column(name="maximum_age", heading="To age", most=5),
    Column(name="alert", heading="Notice", most=MOST_SHORT),
)
BY_HEADING: Final[Mapping[str, Column]] = {
    heading: column for column in COLUMNS for heading in (column.heading.casefold(), column.formerly.casefold(), column.name) if heading
}  # fmt: skip
AGES: Final = ("minimum_age", "maximum_age")


class Difference(Struct, frozen=True, kw_only=True):
    """One cell that differs: its column, and the texts before and after."""

    column: Column
    before: str
    after: str


class RowSaid(Struct, frozen=True, kw_only=True):
    """One row of an edited table: its number in the file, the listing, what it changes, and what is wrong with it by heading."""

    number: int
    service_id: UUID | None
    name: str
    differences: tuple[Difference, ...] = ()
    errors: dict[str, str] = field(default_factory=dict)


class Compared(Struct, frozen=True, kw_only=True):
    """An edited table beside the listings. ``unknown`` are headings that no field has; ``seal`` is of exactly these differences."""

    rows: tuple[RowSaid, ...]
    unknown: tuple[str, ...]
    unchanged: int

    @property
    def errors(self) -> int:
        """How many cells cannot be taken."""
        return sum(len(row.errors) for row in self.rows)

    @property
    def changes(self) -> int:
        """How many cells differ."""
        return sum(len(row.differences) for row in self.rows)

    @property
    def seal(self) -> str:
        """A digest of what would be done: whoever confirms names what they saw."""
        said = [(str(row.service_id), one.column.name, one.before, one.after) for row in self.rows for one in row.differences]
        return sha256(repr(said).encode(errors="replace")).hexdigest()


def table_of(session: Session, organization: Organization) -> Iterator[Sequence[str]]:
    """The table: a row of headings, and a row for each listing by its name."""
    yield [ID, *(column.heading for column in COLUMNS)]
    for service, phone in _listings(session, organization).values():
        yield [str(service.id), *(_text(service, phone, column) for column in COLUMNS)]


def compare(session: Session, organization: Organization, rows: Sequence[Sequence[str]]) -> Compared:
    """What an edited table would change; ``Invalid`` when it has no row of headings with an id."""
    headings = [cell.strip().casefold() for cell in rows[0]] if rows else []
    if ID not in headings:
        raise Invalid(file="The first row must have the headings, and one of them must be id. Download the table again, and keep both.")
    doubled = sorted({heading for heading in headings if heading and headings.count(heading) > 1})
    if doubled:
        raise Invalid(file=f"The heading {doubled[0]} stands there twice.")
    listings, seen = _listings(session, organization), dict[UUID, int]()
    said = [_row(number, dict(zip(headings, row, strict=False)), listings, seen) for number, row in enumerate(rows[1:], 2) if any(cell.strip() for cell in row)]
    unknown = tuple(heading for heading in headings if heading and heading != ID and heading not in BY_HEADING)
    telling = tuple(row for row in said if row.differences or row.errors)
    return Compared(rows=telling, unknown=unknown, unchanged=len(said) - len(telling))


def hand_in(session: Session, organization: Organization, compared: Compared, actor: Actor, *, at: datetime, sealer: Sealer) -> tuple[int, int]:
    """Hand in every listing that changes, as its form would: a trusted editor's are applied, others wait for a curator. Gives how many of each.

    ``Invalid`` names the row that cannot be handed in; the caller's transaction then keeps nothing of any.
    """
    applied = waiting = 0
    for row in compared.rows:
        service = session.get(Service, row.service_id) if row.service_id else None
        if service is None or service.organization_id != organization.id or row.errors:
            raise Invalid(file=f"Row {row.number} cannot be taken.")
        if drafts.find(session, service.id, actor) is not None:
            raise Invalid(file=f"Row {row.number}: you have begun a draft of {row.name}. Finish it or throw it away first.")
        if _hand_in(session, service, row, actor, at=at, sealer=sealer):
            applied += 1
        else:
            waiting += 1
    return applied, waiting


def _hand_in(session: Session, service: Service, row: RowSaid, actor: Actor, *, at: datetime, sealer: Sealer) -> UUID | None:
    draft = drafts.open_or_resume(session, service, actor, at=at, sealer=sealer)
    sheet = drafts.opened(draft, sealer=sealer).sheet
    for one in row.differences:
        if one.column.name == "phone":
            sheet.service.phones[0].number = one.after
        else:
            setattr(sheet.service, one.column.name, _value(one.column, one.after))
    try:
        drafts.save(session, draft, sheet, actor, at=at, sealer=sealer)
        return drafts.hand_in(session, draft, actor, at=at, sealer=sealer, why="from a table")
    except Invalid as wrong:
        raise Invalid(file=f"Row {row.number}: {'; '.join(wrong.errors.values())}") from wrong
    except DirectoryError as wrong:
        raise Invalid(file=f"Row {row.number}: {wrong}") from wrong


def _listings(session: Session, organization: Organization) -> dict[UUID, tuple[Service, Phone | None]]:
    services = session.scalars(select(Service).where(Service.organization_id == organization.id).order_by(Service.name, Service.id)).all()
    phones: dict[UUID, Phone] = {}
    mine = select(Service.id).where(Service.organization_id == organization.id)
    for phone in session.scalars(select(Phone).where(Phone.service_id.in_(mine)).order_by(Phone.position, Phone.id)):
        phones.setdefault(phone.service_id, phone)   # type: ignore[arg-type]  # it hangs on a service
    return {service.id: (service, phones.get(service.id)) for service in services}


def _row(number: int, cells: dict[str, str], listings: Mapping[UUID, tuple[Service, Phone | None]], seen: dict[UUID, int]) -> RowSaid:
    key = _id(cells[ID]) if ID in cells else None
    found = listings.get(key) if key else None
    name = found[0].name if found else cells.get("name", "").strip()[:80]
    if key is None or found is None:
        words = "A new listing is begun on your desk, not in a table." if not cells.get(ID, "").strip() else "None of your listings has this id."
        return RowSaid(number=number, service_id=None, name=name, errors={ID: words})
    if key in seen:
        return RowSaid(number=number, service_id=key, name=name, errors={ID: f"Row {seen[key]} is about the same listing."})
    seen[key] = number
    given = [(BY_HEADING[heading], " ".join(cell.split()) if BY_HEADING[heading].most <= MOST_SHORT else _lines(cell)) for heading, cell in cells.items()
             if heading in BY_HEADING]
    changed = [Difference(column=column, before=before, after=after) for column, after in given
               if not _is_same(column, before := _text(*found, column), after)]
    errors = {one.column.heading: words for one in changed if (words := _wrong(one, found[1]))}
    errors = errors or _wrong_ages(changed, found[0])
    return RowSaid(number=number, service_id=key, name=name, differences=tuple(one for one in changed if one.column.heading not in errors), errors=errors)


def _text(service: Service, phone: Phone | None, column: Column) -> str:
    if column.name == "phone":
        return phone.number if phone else ""
    value = getattr(service, column.name)
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _value(column: Column, text: str) -> Any:
    if not text:
        return None
    return float(text.replace(",", ".")) if column.name in AGES else text


def _is_same(column: Column, before: str, after: str) -> bool:
    """A spreadsheet writes line ends and blanks its own way: that is no change."""
    if column.name in AGES and AGE.match(after) and before:
        return float(after.replace(",", ".")) == float(before)
    return before.split() == after.split() if column.most <= MOST_SHORT else _lines(before) == after


def _lines(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()


def _wrong(one: Difference, phone: Phone | None) -> str:
    text, name = one.after, one.column.name
    if len(text) > one.column.most:
        return f"Longer than {one.column.most:,} characters."
    if not text:
        return "This may not be empty." if one.column.is_required or name == "phone" else ""
    if name == "phone":
        return _wrong_phone(text, phone)
    if name in AGES and not AGE.match(text):
        return "Write the age as a number of years, such as 16."
    if name == "email" and not re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+", text):
        return "This is no e-mail address."
    if name == "url" and not re.fullmatch(r"https?://[^\s/]+\.[^\s]+", text):
        return "Begin the address with https://."
    return ""


def _wrong_ages(changed: Sequence[Difference], service: Service) -> dict[str, str]:
    """What is wrong with two ages that fit alone, by heading; nothing where no age changes, whatever the listing says."""
    ages = {one.column.name: one for one in changed if one.column.name in AGES}
    low, high = (_value(ages[name].column, ages[name].after) if name in ages else getattr(service, name) for name in AGES)
    if not ages or low is None or high is None or low <= high:
        return {}
    if "maximum_age" in ages:
        return {ages["maximum_age"].column.heading: "This is below the age it starts from."}
    return {ages["minimum_age"].column.heading: "This is above the age it goes up to."}


def _wrong_phone(text: str, phone: Phone | None) -> str:
    if phone is None:
        return "This listing has no phone yet: add it in its form."
    return "" if sum(char.isdigit() for char in text) >= 3 else "This is no telephone number."


def _id(text: str) -> UUID | None:
    try:
        return UUID(text.strip())
    except ValueError:
        return None

