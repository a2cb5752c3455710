"""Mistakes that people tell of, without an account: never published, sorted so that harm comes first, and answered.

What somebody writes is about them or others, so it is personal: it is deleted a year after it was dealt with, and an address once it was written to.
Reports of something unsafe or hurtful go to curators alone, since they may be about the organization itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from msgspec import Struct
from sqlalchemy import CursorResult, case, delete, func, select
from sqlalchemy.orm import Session

from directory.accounts.people import tidy_address
from directory.accounts.throttle import REPORT_ALL, REPORT_NETWORK, take
from directory.changes import record_change
from directory.errors import Invalid, NotFound, Stale
from directory.models import Organization, Report, Service
from directory.models.desk import CHANGED, WEIGHTY
from directory.outbox import Letter, post_where_safe
from directory.sealing import Sealer

ABOUT: Final[Mapping[str, str]] = {
    "phone_silent": "The phone does not answer",
    "phone_wrong": "The number is wrong",
    "closed": "It is closed for good",
    "moved": "It has moved",
    "hours": "The hours are wrong",
    "text": "Something in the text is wrong",
    "unsafe": "It is unsafe, or something hurtful happened",
    "else": "Something else",
}
"""What may be wrong, by code: what the public form offers."""
TOLD: Final[Mapping[str, str]] = {CHANGED: "Something has changed, as they told us themselves"}
"""What comes from the people of a listing, by the link in their mail or on the telephone, and is on no public form."""
UNSAFE: Final = "unsafe"
STRANGER: Final = "anyone"
"""Who stands in the log for somebody without an account."""
NEEDS_WORDS: Final = frozenset({"text", "unsafe", "else", "moved", "hours"})
LONGEST: Final = 2_000
KEPT: Final = timedelta(days=365)
STATES: Final = {"mended": "It was put right", "declined": "It stays as it is"}
"""How a report may end."""


class ReportLine(Struct, frozen=True, kw_only=True):
    """A report as one line of a queue."""

    report_id: UUID
    service_id: UUID
    listing: str
    organization: str
    about: str
    is_unsafe: bool
    made_at: datetime
    state: str
    wants_answer: bool


def make_report(
    session: Session, service_id: UUID, *, about: str, words: str, email: str, network: str, at: datetime, sealer: Sealer
) -> Report:
    """Take a report in. ``Invalid`` says what is missing, ``TooOften`` when too many came from one network, or in all; ``NotFound``: no such listing."""
    said = checked(about, words, email)
    if session.get(Service, service_id) is None:
        raise NotFound("There is no such listing.")
    take(session, REPORT_NETWORK, network, at=at, sealer=sealer)
    take(session, REPORT_ALL, "", at=at, sealer=sealer)
    key = uuid4()
    contact = sealer.seal(said["email"], bound_to=_row(key)) if said["email"] else None
    report = Report(id=key, service_id=service_id, about=about, words=said["words"], contact=contact, made_at=at, state="open")
    return lay_down(session, report, by=STRANGER)


def lay_down(session: Session, report: Report, *, by: str) -> Report:
    """Keep a new report. One that weighs is a line of the log, so that every index takes it into account; the line says nothing of what was written."""
    session.add(report)
    session.flush()
    if report.about in WEIGHTY:
        said = {"service_id": str(report.service_id), "about": report.about}
        record_change(session, entity="report", entity_id=report.id, action="added", by=by, at=report.made_at, after=said, act=uuid4())
    return report


def checked(about: str, words: str, email: str) -> dict[str, str]:
    """What somebody tells, tidied; ``Invalid`` says by field what is missing or does not fit."""
    errors, tidy = {}, words.replace("\x00", "").strip()
    if about not in ABOUT:
        errors["about"] = "Choose what is wrong."
    if len(tidy) > LONGEST:
        errors["words"] = f"Use at most {LONGEST:,} characters."
    elif not tidy and about in NEEDS_WORDS:
        errors["words"] = "Tell us in a few words what is wrong."
    try:
        address = tidy_address(email) if email.strip() else ""
    except Invalid as error:
        address, errors = "", errors | error.errors
    if errors:
        raise Invalid(**errors)
    return {"words": tidy, "email": address}


def queue(session: Session, *, state: str = "open", organization_id: UUID | None = None, most: int = 200) -> list[ReportLine]:
    """Reports in a state: those of harm first, then the oldest. An organization sees those about its own listings, but for those of harm."""
    found = select(Report, Service.name, Organization.name).join(Service, Report.service_id == Service.id)
    found = found.outerjoin(Organization, Service.organization_id == Organization.id).where(Report.state == state)
    if organization_id is not None:
        found = found.where(Service.organization_id == organization_id, Report.about != UNSAFE)
    order = case((Report.about == UNSAFE, 0), else_=1), Report.made_at, Report.id
    return [_line(*row) for row in session.execute(found.order_by(*order).limit(most))]


def get_of_organization(session: Session, report_id: UUID, organization_id: UUID) -> Report:
    """A report about a listing of this organization that it may see; ``NotFound`` else."""
    report = session.get(Report, report_id)
    service = session.get(Service, report.service_id) if report else None
    if report is None or service is None or service.organization_id != organization_id or report.about == UNSAFE:
        raise NotFound("There is no such report.")
    return report


def line_of(session: Session, report: Report) -> ReportLine:
    """One report as a line."""
    service = session.get(Service, report.service_id)
    owner = session.get(Organization, service.organization_id) if service and service.organization_id else None
    return _line(report, service.name if service else "", owner.name if owner else None)


def answer(session: Session, report: Report, *, state: str, words: str, by: str, at: datetime, sealer: Sealer) -> None:
    """Close a report with an answer, which goes by mail to whoever asked for one; ``Stale`` when somebody else was first, ``Invalid`` without words."""
    said = " ".join(words.split())
    errors = {} if state in STATES else {"state": "Say whether it was put right."}
    errors |= {} if said and len(said) <= LONGEST else {"words": f"Write an answer in a few words, up to {LONGEST:,} characters."}
    if errors:
        raise Invalid(**errors)
    session.refresh(report, with_for_update=True)
    if report.state != "open":
        raise Stale("Somebody else has answered this meanwhile.")
    if report.contact:
        to = sealer.open(report.contact, bound_to=_row(report.id))
        post_where_safe(session, _letter(to, line_of(session, report), state, said), at=at, sealer=sealer)
    report.state, report.answer, report.answered_at, report.answered_by, report.contact = state, said, at, by, None
    session.flush()
    if report.about in WEIGHTY:
        record_change(
            session, entity="report", entity_id=report.id, action="changed", by=by, at=at, field="state", before="open", after=state, act=uuid4(),
        )


def open_counts(session: Session, service_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many open reports each of some services has, as its organization may know."""
    ids = list(service_ids)
    found = select(Report.service_id, func.count().label("open")).where(Report.service_id.in_(ids), Report.state == "open", Report.about != UNSAFE)
    return {row.service_id: row.open for row in session.execute(found.group_by(Report.service_id))}


def forget_old(session: Session, *, at: datetime) -> int:
    """Delete the reports that were dealt with a year ago; gives how many."""
    gone: CursorResult[Any] = session.execute(delete(Report).where(Report.answered_at < at - KEPT))   # type: ignore[assignment]  # a delete gives a cursor
    return gone.rowcount


def _line(report: Report, listing: str, organization: str | None) -> ReportLine:
    return ReportLine(
        report_id=report.id, service_id=report.service_id, listing=listing, organization=organization or "",
        about={**ABOUT, **TOLD}.get(report.about, report.about),
        is_unsafe=report.about == UNSAFE, made_at=report.made_at, state=report.state, wants_answer=report.contact is not None,
    )  # fmt: skip


def _letter(to: str, line: ReportLine, state: str, words: str) -> Letter:
    text = (
        f"You told us of something about “{line.listing}”. Thank you: the directory is only as good as the people who look after it.\n\n"
        f"{STATES[state]}. The answer:\n\n{words}\n\nWe have deleted your address with this message. You need not reply."
    )
    return Letter(to=to, subject="An answer to what you told us", text=text)


def _row(key: UUID) -> str:
    return f"report|contact|{key}"
