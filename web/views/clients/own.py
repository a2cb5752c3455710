"""One's own pages: what waits for one's yes and what was written, who looked, a copy of everything, and erasing it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template

from directory.accounts.people import get_account
from directory.accounts.sign_ins import Visit
from directory.accounts.throttle import EXPORT, count_try
from directory.clients import notes
from directory.clients.copies import Copied, copies_of, to_json
from directory.clients.erasing import erase_account, erase_client, scrub
from directory.clients.keys import locker_of
from directory.clients.opening import open_own
from directory.clients.parts import FIRST, OWN
from directory.clients.records import get_own, own_records
from directory.clients.watching import broken_at, list_views
from directory.clients.wording import words
from directory.errors import Invalid, NotPermitted
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.parts_wording import shown, title_of
from web.peers_wording import VOUCHED, area_words, label_of
from web.views.account.entering import recently
from web.visits import Asked, private_router, unsigned

ROLES = {
    "organization": "somebody", "caseworker": "caseworker", "lead": "team lead", "coordinator": "coordinator of peer support",
}  # fmt: skip
PURPOSES = {
    "together": "to work together with you", "writing": "to write something down with you or for you", "list": "saw your name in their list of people that day",
    "supervision": "to support your caseworker", "peers": "to keep the peer support that you take part in",
    "introduced": "gave it to the person whom you both said yes to", "check_in": "to read how you say it goes",
}  # fmt: skip


@get("/notes", name="my.notes", sync_to_thread=True)
def show_notes(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """What caseworkers wrote for one to read, and what waits for one's yes."""
    return _notes(house, visit, said=words_of(request.query_params.get("said", "")))


@post("/notes/{client_id:uuid}/{note_id:uuid}", name="my.notes.answer", sync_to_thread=True)
def answer(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], client_id: FromPath[UUID], note_id: FromPath[UUID],
) -> Response[Any] | Template:
    """Yes, in one's own words, into the part one chooses; or no, and it is gone."""
    into, at, by = form.get("into") or "", house.now(), visit.actor.by
    try:
        with house.storage.writing() as session:
            opened = open_own(session, get_own(session, visit.actor, client_id), visit.actor, at=at, sealer=house.sealer)
            if into == "no":
                notes.decline(session, opened, note_id, by=by, at=at)
            else:
                notes.accept(session, opened, note_id, into=into, words=form.get("words") or "", by=by, at=at)
    except Invalid as invalid:
        return _notes(house, visit, errors=invalid.errors)
    return on_to("/my/notes", "note-answered")


@get("/looked", name="my.looked", sync_to_thread=True)
def looked(house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """Who else looked, when, at which parts and why; and whether the log is whole."""
    with house.storage.reading() as session:
        lockers = [locker_of(session, one.id, sealer=house.sealer) for one in own_records(session, visit.actor)]
        views = [view for locker in lockers for view in list_views(session, locker)]
        is_whole = all(broken_at(session, locker) is None for locker in lockers)
    views.sort(key=lambda view: view.at, reverse=True)
    return page(visit, "clients/looked.html", views=views, is_whole=is_whole, title_of=title_of, roles=ROLES, purposes=PURPOSES)


@get("/copy", name="my.copy", sync_to_thread=False)
def ask_copy(house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """The two ways to take everything along."""
    recently(house, visit)
    return page(visit, "clients/copy.html")


@get("/copy/file.json", name="my.copy.json", sync_to_thread=True)
def copy_for_programs(house: NamedDependency[House], visit: NamedDependency[Visit]) -> Response[bytes]:
    """Everything, for programs."""
    body = to_json(_copies(house, visit), at=house.now())
    return Response(body, media_type="application/json", headers={"Content-Disposition": 'attachment; filename="papers.json"'})


@get("/copy/file.html", name="my.copy.html", sync_to_thread=True)
def copy_to_read(house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """Everything, to read and to print: one file that needs nothing else."""
    label = house.catalogue.vocabulary.label
    records = [(one, shown(one.texts, one.texts, label, (*FIRST, *sorted(OWN)))) for one in _copies(house, visit)]
    context = {
        "records": records, "title_of": title_of, "words": words, "at": house.now(), "roles": ROLES, "kinds": notes.KINDS, "purposes": PURPOSES,
        "vouched": VOUCHED, "area": area_words, "label": lambda code: label_of(house.catalogue.vocabulary, code),
    }  # fmt: skip
    return Template("clients/copy_file.html", context=context, headers={"Content-Disposition": 'attachment; filename="papers.html"'})


@get("/erase", name="my.erase", sync_to_thread=True)
def ask_erase(house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """What erasing does, and what stays."""
    recently(house, visit)
    return _erase(house, visit)


@post("/erase", name="my.erase.do", sync_to_thread=True)
def erase(house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm]) -> Response[Any] | Template:
    """Erase everything; with a tick the account, too."""
    recently(house, visit)
    if form.get("sure") != "yes":
        return _erase(house, visit, errors={"sure": "Tick the box if you are sure."})
    try:
        with house.storage.writing() as session:
            for client in own_records(session, visit.actor):
                erase_client(session, client, at=house.now(), sealer=house.sealer)
            if form.get("account") == "yes":
                erase_account(session, get_account(session, visit.actor.account_id))
    except NotPermitted as refused:
        return _erase(house, visit, errors={"account": str(refused)})
    is_whole = scrub(house.storage)
    if form.get("account") == "yes":
        return unsigned(Redirect("/account/sign-in?said=erased", status_code=303))
    return on_to("/my/sharing", "erased" if is_whole else "erased-soon")


def _notes(house: House, visit: Visit, *, said: str = "", errors: dict[str, str] | None = None) -> Template:
    at = house.now()
    with house.storage.reading() as session:
        opened = [open_own(session, one, visit.actor, parts=(), at=at, sealer=house.sealer) for one in own_records(session, visit.actor)]
        found = [(one.client.id, note) for one in opened for note in notes.list_notes(session, one, visit.actor, at=at)]
    return page(
        visit, "clients/notes.html", status=422 if errors else 200, waiting=[one for one in found if one[1].waits],
        read=[note for _, note in found if not note.waits], errors=errors or {}, said=said,
    )  # fmt: skip


def _copies(house: House, visit: Visit) -> list[Copied]:
    recently(house, visit)
    count_try(house.storage, ((EXPORT, f"copy|{visit.actor.account_id}"),), at=house.now(), sealer=house.sealer)
    with house.storage.reading() as session:
        return copies_of(session, visit.actor, at=house.now(), sealer=house.sealer)


def _erase(house: House, visit: Visit, *, errors: dict[str, str] | None = None) -> Template:
    with house.storage.reading() as session:
        count = len(own_records(session, visit.actor))
    return page(visit, "clients/erase.html", status=422 if errors else 200, count=count, errors=errors or {})


router = private_router("/my", [show_notes, answer, looked, ask_copy, copy_for_programs, copy_to_read, ask_erase, erase])
