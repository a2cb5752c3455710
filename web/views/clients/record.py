"""One person's record as their caseworker opens it: strengths first, only what they agreed to, and every look written down where they read it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template
from msgspec import ValidationError
from msgspec.structs import replace

from directory.accounts.sign_ins import Visit
from directory.accounts.throttle import RECORD, count_try
from directory.clients import joining, notes, working
from directory.clients.opening import REASON_NEEDED, Opened, open_record
from directory.clients.parts import FIRST, SHARED
from directory.clients.planning import papers_of
from directory.clients.records import get_known
from directory.clients.retaining import days_kept
from directory.clients.rules import is_outside, purposes_of
from directory.clients.safety import ANSWERS, CHANNELS, read_contact
from directory.clients.wording import DAYS, languages, words
from directory.errors import Invalid
from directory.models import Organization
from directory.papers import BLANK, save
from directory.permissions import Act
from directory.permissions import get as fetch
from directory.referrals import lists
from directory.storage import Session
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.forms.reaching import contact_in, said_in
from web.guide import prompts_at
from web.house import House
from web.parts_wording import shown, title_of
from web.views.clients.caseload import days_of, typed_of
from web.visits import Asked, private_router

LONGEST_REASON = 400
MATCHED_WITH = ("about", "own_words", "domains", "hopes", "reframes", "circle", "shortlist")
"""Parts that a search asks with, and what was kept, to put side by side."""


@get("/", name="desk.client", sync_to_thread=True)
def show(
    request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID], client_id: FromPath[UUID],
) -> Template:
    """Open it. A colleague is asked for a reason first."""
    at = house.now()
    with house.storage.reading() as session:
        agency = fetch(session, Organization, organization_id, visit.actor, Act.SEE_CASELOAD, at=at)
        _, standing = get_known(session, client_id, visit.actor, organization_id, at=at)
    if is_outside(standing) and not standing.is_lead:
        return page(visit, "clients/why.html", status=403, agency=agency, client_id=client_id, errors={}, reason_needed=REASON_NEEDED)
    return _record(house, visit, organization_id, client_id, said=words_of(request.query_params.get("said", "")))


@post("/look", name="desk.client.look", sync_to_thread=True, status_code=200)
def look(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID], client_id: FromPath[UUID],
) -> Template:
    """Open a colleague's person's record with a reason, which their lead and the person read."""
    reason = (form.get("reason") or "").strip()
    with house.storage.reading() as session:
        agency = fetch(session, Organization, organization_id, visit.actor, Act.SEE_CASELOAD, at=house.now())
        get_known(session, client_id, visit.actor, organization_id, at=house.now())
    if not reason or len(reason) > LONGEST_REASON or "\x00" in reason:
        errors = {"reason": f"Write down why, in at most {LONGEST_REASON} characters."}
        return page(visit, "clients/why.html", status=422, agency=agency, client_id=client_id, errors=errors, reason_needed=REASON_NEEDED)
    return _record(house, visit, organization_id, client_id, reason=reason)


@post("/notes", name="desk.client.note", sync_to_thread=True)
def write_note(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID], client_id: FromPath[UUID],
) -> Response[Any] | Template:
    """Write a note, notice a strength, or propose a goal."""
    kind, said, why, at = form.get("kind") or "", form.get("words") or "", form.get("why") or "", house.now()
    try:
        with house.storage.writing(counting=True) as session:
            opened = _open(session, house, visit, organization_id, client_id, parts=())
            notes.write_note(session, opened, visit.actor, kind, said, why=why, at=at)
    except Invalid as invalid:
        typed = {"kind": kind, "words": said, "why": why}
        return _record(house, visit, organization_id, client_id, errors=_at_its_form(kind, invalid.errors), typed=typed)
    return on_to(f"/desk/agencies/{organization_id}/clients/{client_id}", "proposed" if kind in notes.WAITING else "noted")


@post("/notes/{note_id:uuid}", name="desk.client.note.answer", sync_to_thread=True)
def answer(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID], client_id: FromPath[UUID],
    note_id: FromPath[UUID],
) -> Response[Any] | Template:
    """What somebody without an account said to a proposal: yes, in their words, or no."""
    into, at = form.get("into") or "", house.now()
    try:
        with house.storage.writing(counting=True) as session:
            opened = _open(session, house, visit, organization_id, client_id, parts=(into,) if into in SHARED else ())
            if into == "no":
                notes.decline(session, opened, note_id, by=visit.actor.by, at=at)
            else:
                notes.accept(session, opened, note_id, into=into, words=form.get("words") or "", by=visit.actor.by, at=at)
    except Invalid as invalid:
        return _record(house, visit, organization_id, client_id, errors={"notes": " ".join(invalid.errors.values())})
    return on_to(f"/desk/agencies/{organization_id}/clients/{client_id}", "saved")


@post("/plain", name="desk.client.plain", sync_to_thread=True)
def write_plain(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID], client_id: FromPath[UUID],
) -> Response[Any] | Template:
    """How somebody without an account wishes to be called, and how they may be reached."""
    try:
        said, label = contact_in(form), form.get("label")
        with house.storage.writing(counting=True) as session:
            _agency(session, house, visit, organization_id)
            working.write_plain(session, client_id, visit.actor, organization_id, label=label, contact=said, at=house.now(), sealer=house.sealer)
    except Invalid as invalid:
        return _record(house, visit, organization_id, client_id, errors=invalid.errors, typed={"label": form.get("label") or "", "contact": said_in(form)})
    return on_to(f"/desk/agencies/{organization_id}/clients/{client_id}", "saved")


@get("/consent", name="desk.client.consent", sync_to_thread=True)
def ask_consent(
    request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID], client_id: FromPath[UUID],
) -> Template:
    """What holds for somebody without an account, and the words to agree anew. No part is ticked, and no way of agreeing is chosen."""
    typed = {"parts": [], "purpose": "together", "days": "90", "how": ""}
    said = words_of(request.query_params.get("said", ""))
    return _consent(house, visit, organization_id, client_id, request.query_params.get("in", "en"), typed, {}, said=said)


@post("/consent", name="desk.client.consent.do", sync_to_thread=True)
def record_consent(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID], client_id: FromPath[UUID],
) -> Response[Any] | Template:
    """Write down what they said or signed."""
    typed, language = typed_of(form), form.get("language") or ""
    try:
        with house.storage.writing() as session:
            _agency(session, house, visit, organization_id)
            working.record_consent(
                session, client_id, visit.actor, organization_id, how=typed["how"], purpose=typed["purpose"], parts=typed["parts"], language=language,
                days=days_of(typed["days"]), at=house.now(),
            )  # fmt: skip
    except Invalid as invalid:
        return _consent(house, visit, organization_id, client_id, language, typed, invalid.errors)
    return on_to(f"/desk/agencies/{organization_id}/clients/{client_id}", "saved")


@post("/consent/{consent_id:uuid}/take-back", name="desk.client.consent.take_back", sync_to_thread=True)
def take_back(
    house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID], client_id: FromPath[UUID], consent_id: FromPath[UUID],
) -> Response[Any]:
    """Take a consent back because they said so."""
    with house.storage.writing() as session:
        _agency(session, house, visit, organization_id)
        working.take_back_for(session, client_id, consent_id, visit.actor, organization_id, at=house.now())
    return on_to(f"/desk/agencies/{organization_id}/clients/{client_id}/consent", "taken-back")


@post("/link", name="desk.client.link", sync_to_thread=True, status_code=200)
def hand_link(
    house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID], client_id: FromPath[UUID],
) -> Response[Any] | Template:
    """A link with which the record becomes the person's own: shown here once, to be handed over."""
    try:
        with house.storage.writing() as session:
            agency = _agency(session, house, visit, organization_id)
            token = joining.hand_link(session, client_id, visit.actor, organization_id, at=house.now(), sealer=house.sealer)
    except Invalid as invalid:
        return _record(house, visit, organization_id, client_id, errors=invalid.errors)
    return page(visit, "clients/link.html", agency=agency, client_id=client_id, link=house.settings.link(f"/my/join/{token}"))


def _agency(session: Session, house: House, visit: Visit, organization_id: UUID) -> Organization:
    return fetch(session, Organization, organization_id, visit.actor, Act.SEE_CASELOAD, at=house.now())


def _open(session: Session, house: House, visit: Visit, organization_id: UUID, client_id: UUID, *, parts: tuple[str, ...], reason: str = "") -> Opened:
    _agency(session, house, visit, organization_id)
    return open_record(
        session, client_id, visit.actor, parts=parts, organization_id=organization_id, reason=reason, purpose="" if parts == FIRST else "writing",
        also=("notes",) if parts == FIRST else (),
        at=house.now(), sealer=house.sealer,
    )  # fmt: skip


def _record(
    house: House, visit: Visit, organization_id: UUID, client_id: UUID, *, reason: str = "", said: str = "", errors: dict[str, str] | None = None,
    typed: dict[str, Any] | None = None,
) -> Template:  # fmt: skip
    at = house.now()
    count_try(house.storage, ((RECORD, f"{visit.actor.account_id}"),), at=at, sealer=house.sealer)
    with house.storage.writing(counting=True) as session:
        agency = _agency(session, house, visit, organization_id)
        opened = _open(session, house, visit, organization_id, client_id, parts=FIRST, reason=reason)
        read = notes.list_notes(session, opened, visit.actor, at=at)
        line = working.line_of(session, client_id, organization_id)
    standing = opened.standing
    return page(
        visit, "clients/record.html", status=422 if errors else 200, agency=agency, line=line, notes=read, kinds=notes.KINDS, on=at.date(), said=said,
        parts=shown(opened.texts, opened.open, house.catalogue.vocabulary.label), is_held=standing.in_caseload, is_outside=bool(reason),
        has_account=opened.client.account_id is not None, may_note=standing.in_caseload and working.may_note(opened, at), errors=errors or {},
        typed=typed or {}, consents=[one for one in opened.consents if one.is_live(at) and one.purpose in purposes_of(standing)],
        prompts=prompts_at("open", "noticed", "goal", "note", "follow-up"), channels=CHANNELS, answers=ANSWERS,
        contact=read_contact(opened.texts.get("contact", "")), match_with=_match_with(opened) if standing.in_caseload else "",
    )  # fmt: skip


def _at_its_form(kind: str, errors: dict[str, str]) -> dict[str, str]:
    """Errors by the field of the form that was sent: three forms of the page have words, and those of what waits are named after its kind."""
    return {f"{kind}-{field}" if kind in notes.WAITING else field: words for field, words in errors.items()}


def _match_with(opened: Opened) -> str:
    """What a search together asks with, to travel in a body: of the parts that are open, those that are asked with, weights and all. Empty for none."""
    texts = {part: text for part, text in opened.texts.items() if part in MATCHED_WITH}
    try:
        papers = papers_of(replace(opened, texts=texts))
    except ValidationError:   # a part of another shape cannot be asked with; it is read all the same
        return ""
    return "" if papers == BLANK else save(papers).decode()


def _consent(
    house: House, visit: Visit, organization_id: UUID, client_id: UUID, language: str, typed: dict[str, Any], errors: dict[str, str], *, said: str = "",
) -> Template:
    with house.storage.reading() as session:
        agency = _agency(session, house, visit, organization_id)
        live = working.live_consents(session, client_id, visit.actor, organization_id, at=house.now())
        still_out = lists.still_with(session, client_id, organization_id, visit.actor, at=house.now())
        kept = days_kept(session, organization_id)
    return page(
        visit, "clients/consent.html", status=422 if errors else 200, agency=agency, client_id=client_id, live=live, words=words(language), kept=kept,
        languages=languages(), days=DAYS, ways=working.WAYS, typed=typed, errors=errors, title_of=title_of, prompts=prompts_at("first"), parts=SHARED,
        still_out=still_out, said=said,
    )  # fmt: skip


router = private_router(
    "/desk/agencies/{organization_id:uuid}/clients/{client_id:uuid}",
    [show, look, write_note, answer, write_plain, ask_consent, record_consent, take_back, hand_link],
)
