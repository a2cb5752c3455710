"""What is being edited: a listing through somebody's draft of it, or a draft of a new one; and the page that shows it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from litestar import Response
from litestar.response import Redirect, Template
from msgspec import Struct

from directory.accounts.sign_ins import Visit
from directory.duplicates.asking import Same, row_of
from directory.duplicates.said import said_others
from directory.editing import drafts
from directory.editing.care import Care, warnings_of
from directory.editing.own_places import OwnPlace, own_place, own_places, taken_on
from directory.editing.places import exact_point
from directory.editing.shared import decided_by_curators, others_at, shared_now
from directory.editing.sheet import Sheet, close_again, sheet_of
from directory.editing.wording import pointers_in, reading_age
from directory.exchange.records import ServiceAtLocation
from directory.hours import clock_words
from directory.models import Draft, Organization, Service
from directory.permissions import Act, require
from directory.permissions import get as fetch
from directory.storage import Session
from web.desk import page
from web.forms.fields import Posted
from web.forms.listing.base import Around, Errors, id_in
from web.forms.listing.sections import SECTIONS, Section
from web.forms.posted import PostedForm
from web.house import House
from web.visits import Asked

Reading = Callable[[], AbstractContextManager[Session]]
NEW = UUID(int=0)
"""Stands for a draft that nobody has begun yet."""
DRAWN_ONLY = frozenset({"field", "options", "groups", "rows", "view", "at_places", "ours", "others", "maps", "found", "q", "is_found"})


class Edited(Struct, frozen=True, kw_only=True):
    """A listing or draft that somebody edits: ``path`` is its form's address, ``base`` the listing as it is, ``sheet`` what is written."""

    path: str
    base: Sheet
    sheet: Sheet
    service_id: UUID | None
    draft: Draft | None = None
    warnings: tuple[Care, ...] = ()
    taken: frozenset[UUID] = frozenset()
    others: Mapping[UUID, Sequence[str]] = {}
    """What else is listed at each of its places, by name."""

    @property
    def name(self) -> str:
        """What it is called."""
        return self.sheet.service.name or self.base.service.name


def find_listing(session: Session, house: House, visit: Visit, service_id: UUID) -> Edited:
    """A listing as somebody edits it: with their draft, where they have begun one."""
    service = fetch(session, Service, service_id, visit.actor, Act.EDIT_LISTING, at=house.now())
    draft, path = drafts.find(session, service.id, visit.actor), f"/desk/listings/{service_id}/edit"
    if draft is not None:
        return _opened(session, house, visit, draft, path)
    sheet = sheet_of(session, service_id, sealer=house.sealer, actor=visit.actor)
    return Edited(path=path, base=sheet, sheet=sheet, service_id=service_id, warnings=_warnings(session, house, sheet), others=others_at(session, sheet))


def begin_listing(session: Session, house: House, visit: Visit, service_id: UUID) -> Edited:
    """The same to be written on: a draft is begun where there is none."""
    service = fetch(session, Service, service_id, visit.actor, Act.EDIT_LISTING, at=house.now())
    drafts.open_or_resume(session, service, visit.actor, at=house.now(), sealer=house.sealer)
    return find_listing(session, house, visit, service_id)


def find_draft(session: Session, house: House, visit: Visit, draft_id: UUID) -> Edited:
    """A draft that somebody wrote, or that a curator mends; whoever lost the right to the listing has lost it to the draft."""
    draft = fetch(session, Draft, draft_id, visit.actor, Act.SEE_DRAFT, at=house.now())
    if draft.service_id is not None:
        require(visit.actor, Act.EDIT_LISTING, session.get(Service, draft.service_id), at=house.now())
    elif draft.organization_id is not None:
        require(visit.actor, Act.ADD_LISTING, session.get(Organization, draft.organization_id), at=house.now())
    return _opened(session, house, visit, draft, f"/desk/drafts/{draft_id}/edit")


def around(house: House, visit: Visit, edited: Edited, session: Session | None = None) -> Around:
    """What the fields need to know; within a transaction they look through its ``session``, so that no request holds two connections."""
    catalogue, country, geocoder = house.catalogue, house.settings.region, house.geocoder
    draft = edited.draft.id if edited.draft else NEW

    def reading() -> AbstractContextManager[Session]:
        return house.storage.reading() if session is None else nullcontext(session)

    return Around(
        vocabulary=catalogue.vocabulary, country=country, today=house.now().date(), draft=draft,
        is_curator=visit.actor.has("curator"), find=lambda text: catalogue.find_place(text, country=country, geocoder=geocoder),
        find_here=lambda text: catalogue.find_place(text, country=country), asks=house.settings.geocoder if geocoder else "",
        exact=(lambda text: exact_point(geocoder, text)) if geocoder else None, landmarks=catalogue.landmarks, taken=edited.taken, base=edited.base,
        others=edited.others,
        ours=cache(lambda: _ours(reading, edited)), take=lambda key: _take(reading, edited, draft, key),
    )  # fmt: skip


def mark(section: Section, sheet: Sheet, around: Around) -> str:
    """A mark of what a section says, to see whether it was saved elsewhere since a page was drawn."""
    views = section.show(sheet, around)
    said = [{name: value for name, value in view.items() if name not in DRAWN_ONLY} | _rows(view) for view in views]
    return hashlib.sha256(msgspec.json.encode(said, order="sorted")).hexdigest()[:16]


def edit_page(
    request: Asked, house: House, visit: Visit, edited: Edited, *, posted: PostedForm | None = None, at_section: str = "", errors: Errors | None = None,
    status: int = 200, said: str = "", overtaken: bool = False,
) -> Template:
    """The whole form. The section ``at_section`` shows what was typed, with what is the matter."""
    known, wrong = around(house, visit, edited), errors or {}
    parts = [_part(section, edited, known, posted if section.code == at_section else None) for section in SECTIONS]
    return page(
        visit, "desk/editing/edit.html", status=status, edited=edited, parts=parts, errors=wrong, at_section=at_section, said=said, overtaken=overtaken,
        **_standing(visit, edited), same=_same(house, edited), warnings=edited.warnings, **_wording(edited.sheet),
    )  # fmt: skip


def same_as(session: Session, house: House, draft: Draft, sheet: Sheet) -> list[Same]:
    """Listings that may be the same as a new one, without those of which somebody has said that they are others."""
    organization = session.get(Organization, sheet.service.organization_id) if sheet.service.organization_id else None
    row, without = row_of(sheet, organization.name if organization else ""), said_others(session, draft)
    return house.asking.same_as(session, row, house.catalogue.state().index, without=without)


def _same(house: House, edited: Edited) -> list[Same]:
    if edited.draft is None or edited.service_id is not None:
        return []
    with house.storage.reading() as session:
        return same_as(session, house, edited.draft, edited.sheet)


def saved(request: Asked, house: House, visit: Visit, edited: Edited, section: Section, form: PostedForm) -> Response[Any]:
    """The answer after a section was saved: a line with htmx, the page again without, where somebody was."""
    if "hx-request" in request.headers:
        seen = mark(section, edited.sheet, around(house, visit, edited))
        return page(
            visit, "desk/editing/_saved.html", code=section.code, seen=seen, clock=_clock(house), errors={}, draft=edited.draft,
            **_standing(visit, edited), **_wording(edited.sheet),
        )  # fmt: skip
    moved = next((str(place.id) for place in edited.sheet.places if str(form.get("move") or "").startswith(f"{place.id}:")), "")
    return Redirect(f"{edited.path}?said=saved&part={section.code}#{f'pin-{moved}' if moved else f'in-{section.code}'}", status_code=303)


def not_saved(section: Section, errors: Mapping[str, str], seen: str) -> Template:
    """The line in place of "saved" where something typed does not fit."""
    return Template("desk/editing/_saved.html", context={"code": section.code, "seen": seen, "errors": errors, "clock": None, "draft": None})


def _opened(session: Session, house: House, visit: Visit, draft: Draft, path: str) -> Edited:
    opened = drafts.opened(draft, sealer=house.sealer)
    close_again(session, opened.sheet, visit.actor)
    opened.sheet.shared = shared_now(session, opened.sheet)
    return Edited(
        path=path, base=opened.base, sheet=opened.sheet, service_id=draft.service_id, draft=draft, warnings=_warnings(session, house, opened.sheet),
        taken=taken_on(session, opened.base, opened.sheet), others=others_at(session, opened.sheet),
    )  # fmt: skip


def _ours(reading: Reading, edited: Edited) -> list[OwnPlace]:
    with reading() as session:
        return own_places(session, edited.sheet.service.organization_id, without={place.id for place in edited.sheet.places})


def _take(reading: Reading, edited: Edited, draft: UUID, key: UUID) -> ServiceAtLocation | None:
    """A place of the organization for this listing; one that it had when the draft was begun comes back as it was there."""
    had = next((at for at in edited.base.service.service_at_locations if at.location is not None and at.location.id == key), None)
    with reading() as session:
        place = own_place(session, edited.sheet.service.organization_id, key)
    if place is None or had is not None:
        return had if place is not None else None
    return ServiceAtLocation(
        id=id_in(draft, "service_at_location", str(key)), location=place, location_id=key, service_id=edited.sheet.service.id
    )  # fmt: skip


def _warnings(session: Session, house: House, sheet: Sheet) -> tuple[Care, ...]:
    return tuple(warnings_of(session, sheet, sealer=house.sealer))


def _part(section: Section, edited: Edited, around: Around, posted: Posted | None) -> dict[str, Any]:
    return {"section": section, "fields": section.show(edited.sheet, around, posted), "seen": mark(section, edited.sheet, around)}


def _rows(view: Mapping[str, Any]) -> dict[str, Any]:
    rows = [[field["value"] for field in row["fields"]] for row in view.get("rows", ()) if row["is_there"]]
    return {"rows": rows}


def _standing(visit: Visit, edited: Edited) -> dict[str, Any]:
    """Whether what they hand in goes live at once, and whether it waits because others are at a place that it changes; of no draft, neither."""
    draft = edited.draft
    is_trusted = draft is not None and drafts.goes_live(drafts.Page(draft=draft, base=edited.base, sheet=edited.sheet), visit.actor)
    return {"is_trusted": is_trusted, "is_shared": draft is not None and bool(decided_by_curators(edited.base, edited.sheet))}


def _wording(sheet: Sheet) -> dict[str, Any]:
    return {"pointers": pointers_in(sheet), "reading": reading_age(sheet.service.description or "")}


def _clock(house: House) -> str:
    """The time of day where the house is."""
    here = house.now().astimezone(ZoneInfo(house.settings.timezone))
    return clock_words(here.hour * 60 + here.minute, country=house.settings.region)
