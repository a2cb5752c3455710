"""One listing of the hand-written files becomes one HSDS service, with everything it states and nothing it does not."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import langcodes
from msgspec import Struct

from directory.exchange import records
from directory.exchange.records import made_id
from directory.languages import NO_OTHERS, ROLES, language_label
from seeds.hours import Span, spans_of
from seeds.sheets import Sheet
from seeds.stated import stated_attributes
from seeds.towns import SOURCE, TIMEZONE, Town, phone

COSTS = ("free", "donation", "sliding", "paid")
OLD_DAYS = 400
"""How long a listing has been in the directory that does not say."""
ASSURERS = ("organization", "steward", "import")


class Anchor(Struct, frozen=True, kw_only=True):
    """The day that "days ago" and "in 3 weeks" count from."""

    day: date

    def ago(self, days: int) -> date:
        """The date so many days before."""
        return self.day - timedelta(days=days)


def service(sheet: Sheet, town: Town, anchor: Anchor) -> records.Service:
    """The service of a listing entry; raises ``UnreadableInput`` naming file, line, entry and field."""
    key, owner = sheet.entry, f"service {sheet.entry}"
    organization = sheet.choice("organization", town.organizations)
    if organization is None:
        raise sheet.wrong("organization", "it is missing.")
    venues = sheet.codes("at", town.venues)
    youngest, oldest = _ages(sheet)
    assured_date, assured_by = _assured(sheet, anchor)
    made = records.Service(
        id=made_id(SOURCE, "service", key),
        organization_id=town.organizations[organization].id,
        name=sheet.text("name"),
        alternate_name=sheet.maybe_text("alternate_name"),
        description=sheet.text("text"),
        status=sheet.choice("status", ("active", "temporarily closed")) or "active",
        alert=sheet.maybe_text("alert"),
        url=sheet.maybe_text("web"),
        email=sheet.maybe_text("email"),
        application_process=sheet.maybe_text("how"),
        eligibility_description=sheet.maybe_text("eligibility"),
        interpretation_services=sheet.maybe_text("interpreting"),
        minimum_age=youngest,
        maximum_age=oldest,
        assured_date=assured_date,
        assured_by=assured_by,
        added_on=anchor.ago(OLD_DAYS if (added := sheet.maybe_days("added_days_ago")) is None else added),
        phones=[*phone(sheet, "phone", kind="voice", owner=owner), *phone(sheet, "sms", kind="sms", owner=owner)],
        contacts=_contacts(sheet, owner),
        languages=_languages(sheet, owner),
        schedules=_schedules(sheet, owner, anchor),
        service_areas=[records.ServiceArea(id=made_id(SOURCE, "service_area", f"{owner}|{name}"), name=name) for name in sheet.texts("areas")],
        required_documents=_documents(sheet, owner),
        capacities=_capacities(sheet, owner, anchor),
        attributes=stated_attributes(sheet, owner),
    )
    made.cost_options, made.fees_description = _cost(sheet, owner)
    made.service_at_locations = _places(sheet, venues, town, anchor)
    sheet.done()
    return made


def _places(sheet: Sheet, venues: tuple[str, ...], town: Town, anchor: Anchor) -> list[records.ServiceAtLocation]:
    """The service at each of its places; ``hours_at`` gives a place hours of its own."""
    hours = sheet.table("hours_at")
    for venue in hours:
        if venue not in venues:
            raise sheet.wrong("hours_at", f"'{venue}' is not among its places.")
    return [
        records.ServiceAtLocation(
            id=made_id(SOURCE, "service_at_location", f"{sheet.entry}|{venue}"),
            location=town.venues[venue],
            schedules=_recurrences(sheet, "hours_at", hours.get(venue, []), f"{sheet.entry}|{venue}", anchor),
        )
        for venue in venues
    ]


def _schedules(sheet: Sheet, owner: str, anchor: Anchor) -> list[records.Schedule]:
    found = _recurrences(sheet, "hours", list(sheet.texts("hours")), owner, anchor)
    words = sheet.maybe_text("hours_text")
    if words:
        found.append(records.Schedule(id=made_id(SOURCE, "schedule", f"{owner}|text"), description=words, timezone_name=TIMEZONE))
    return found


def _recurrences(sheet: Sheet, field: str, lines: list[str], owner: str, anchor: Anchor) -> list[records.Schedule]:
    try:
        spans = [span for line in lines for span in spans_of(line, first_day=anchor.day)]
    except ValueError as error:
        raise sheet.wrong(field, str(error)) from error
    return [_schedule(span, made_key=f"{owner}|{number}") for number, span in enumerate(spans)]


def _schedule(span: Span, *, made_key: str) -> records.Schedule:
    on = span.on.isoformat() if span.on else None
    return records.Schedule(
        id=made_id(SOURCE, "schedule", made_key), freq=span.freq, byday=span.byday, opens_at=span.opens_at, closes_at=span.closes_at,
        valid_from=on, valid_to=on, timezone_name=TIMEZONE, interval=2 if span.from_day else None,
        dtstart=span.from_day.isoformat() if span.from_day else None,
    )


def _languages(sheet: Sheet, owner: str) -> list[records.Language]:
    """Languages by BCP 47 tag, and ``roles`` of some of them; ``languages_only`` says that there are no others."""
    tags, roles = sheet.texts("languages"), sheet.table("language_roles")
    for tag, role in roles.items():
        if tag not in tags or role not in ROLES:
            raise sheet.wrong("language_roles", f"'{tag}' is not among its languages, or '{role}' is no role.")
    note = NO_OTHERS if sheet.flag("languages_only") else None
    for tag in tags:
        if not langcodes.tag_is_valid(tag):
            raise sheet.wrong("languages", f"'{tag}' is not a language tag.")
    return [
        records.Language(id=made_id(SOURCE, "language", f"{owner}|{tag}"), name=language_label(tag), code=tag, note=note, role=roles.get(tag))
        for tag in tags
    ]


def _documents(sheet: Sheet, owner: str) -> list[records.RequiredDocument]:
    return [records.RequiredDocument(id=made_id(SOURCE, "document", f"{owner}|{line}"), document=line) for line in sheet.texts("documents")]


def _contacts(sheet: Sheet, owner: str) -> list[records.Contact]:
    """ "Ifrah, keeper of the circle": a first name and what they do."""
    return [
        records.Contact(id=made_id(SOURCE, "contact", f"{owner}|{line}"), name=line.partition(", ")[0], title=line.partition(", ")[2] or None)
        for line in sheet.texts("ask_for")
    ]


def _cost(sheet: Sheet, owner: str) -> tuple[list[records.CostOption], str | None]:
    option, words = sheet.choice("cost", COSTS), sheet.maybe_text("fees")
    if option is None:
        return [], words
    amount = 0.0 if option == "free" else sheet.number("price") if sheet.has("price") else None
    made = records.CostOption(id=made_id(SOURCE, "cost_option", owner), option=option, amount=amount, currency="USD" if amount is not None else None)
    made.amount_description = words
    return [made], words


def _ages(sheet: Sheet) -> tuple[float | None, float | None]:
    """ "16-25", "18+", "all"; nothing stated is nothing known."""
    written = sheet.maybe_text("ages")
    if written is None:
        return None, None
    if written == "all":
        return 0.0, None
    low, dash, high = written.rstrip("+").partition("-")
    if not low.isdigit() or (dash and not high.isdigit()) or (dash and int(high) < int(low)) or bool(dash) == written.endswith("+"):
        raise sheet.wrong("ages", f"'{written}' should look like 16-25, 18+ or all.")
    return float(low), float(high) if dash else None


def _assured(sheet: Sheet, anchor: Anchor) -> tuple[date | None, str | None]:
    days = sheet.maybe_days("assured_days_ago")
    by = sheet.choice("assured_by", ASSURERS)
    if (days is None) != (by is None):
        raise sheet.wrong("assured_by", "who assured it and how many days ago go together.")
    return (None, None) if days is None else (anchor.ago(days), by)


def _capacities(sheet: Sheet, owner: str, anchor: Anchor) -> list[records.ServiceCapacity]:
    """``space = { left = 3, of = 12, days_ago = 5 }``; ``words`` may add what waiting means."""
    if not sheet.has("space"):
        return []
    space = Sheet(sheet.table("space"), file=sheet.file, entry=sheet.entry, line=sheet.line)
    left, most, days = space.number("left"), space.number("of"), space.maybe_days("days_ago") or 0
    words = space.maybe_text("words")
    space.done()
    if not 0 <= left <= most:
        raise sheet.wrong("space", "what is left lies between 0 and all there is.")
    unit = records.Unit(id=made_id(SOURCE, "unit", "places"), name="places")
    updated = datetime.combine(anchor.ago(days), time(12), tzinfo=UTC)
    key = made_id(SOURCE, "service_capacity", owner)
    return [records.ServiceCapacity(id=key, unit=unit, available=left, maximum=most, updated=updated, description=words)]
