"""What one wishes to be called, and how one may safely be reached: closing a way works at once, anything else asks for a factor that was shown lately."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Template

from directory.accounts.people import get_account
from directory.accounts.sign_ins import Visit
from directory.clients.opening import Opened, write_part
from directory.clients.safety import ANSWERS, CHANNELS, only_closes, read_contact, stop_mail, write_contact
from directory.errors import Invalid
from directory.storage import Session
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.forms.reaching import contact_in, name_in, name_of, said_in, version_in
from web.house import House
from web.views.account.entering import recently
from web.views.my.own import opened_own
from web.visits import Asked, private_router


@get("/", name="my.contact", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """What one has said of it."""
    return _shown(house, visit, said=words_of(request.query_params.get("said", "")))


@post("/", name="my.contact.change", sync_to_thread=True)
def change(house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm]) -> Response[Any] | Template:
    """Say it anew."""
    try:
        with house.storage.writing() as session:
            opened = opened_own(session, house, visit)
            _reach(session, house, visit, form, opened)
            _name(session, house, visit, form, opened)
    except Invalid as invalid:
        return _shown(house, visit, errors=invalid.errors, typed=said_in(form), name=form.get("label"))
    return on_to("/my/contact", "saved")


def _reach(session: Session, house: House, visit: Visit, form: PostedForm, opened: Opened) -> None:
    """Write how one may be reached, where that changed."""
    after, version = contact_in(form), version_in(form, "version")
    if after is None:
        raise Invalid(contact="Something is missing. Open the page again.")
    before = read_contact(opened.texts.get("contact", ""))
    if not only_closes(before, after):
        recently(house, visit)
    if after.email == "not safe" and before.email != "not safe":
        stop_mail(session, get_account(session, visit.actor.account_id))
    if after != before:
        write_part(session, opened, "contact", write_contact(after), version=version, by=visit.actor.by, at=house.now())


def _name(session: Session, house: House, visit: Visit, form: PostedForm, opened: Opened) -> None:
    """Write what one wishes to be called, where that changed: it opens no way to anybody, so no factor is asked for."""
    name = name_in(form)
    if name is not None and name != name_of(opened.texts):
        text = msgspec.json.encode({"words": name}).decode()
        write_part(session, opened, "label", text, version=version_in(form, "label_version"), by=visit.actor.by, at=house.now())


def _shown(
    house: House, visit: Visit, *, said: str = "", errors: dict[str, str] | None = None, typed: dict[str, str] | None = None, name: str | None = None,
) -> Template:  # fmt: skip
    with house.storage.reading() as session:
        opened = opened_own(session, house, visit)
    return page(
        visit, "my/contact.html", status=422 if errors else 200, contact=typed or read_contact(opened.texts.get("contact", "")), channels=CHANNELS,
        answers=ANSWERS, errors=errors or {}, version=opened.versions.get("contact", 0), said=said,
        name=name_of(opened.texts) if name is None else name, name_version=opened.versions.get("label", 0),
    )  # fmt: skip


router = private_router("/my/contact", [show, change])
