"""How one may safely be reached: closing a way works at once, anything else asks for a factor that was shown lately."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Template

from directory.accounts.people import get_account
from directory.accounts.sign_ins import Visit
from directory.clients.opening import write_part
from directory.clients.safety import ANSWERS, CHANNELS, only_closes, read_contact, stop_mail, write_contact
from directory.errors import Invalid
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.forms.reaching import contact_in, said_in
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
        after, version = contact_in(form), form.get("version") or ""
        if after is None or not version.isdecimal() or len(version) > 9:
            raise Invalid(contact="Something is missing. Open the page again.")
        with house.storage.writing() as session:
            opened = opened_own(session, house, visit)
            before = read_contact(opened.texts.get("contact", ""))
            if not only_closes(before, after):
                recently(house, visit)
            if after.email == "not safe" and before.email != "not safe":
                stop_mail(session, get_account(session, visit.actor.account_id))
            write_part(session, opened, "contact", write_contact(after), version=int(version), by=visit.actor.by, at=house.now())
    except Invalid as invalid:
        return _shown(house, visit, errors=invalid.errors, typed=said_in(form))
    return on_to("/my/contact", "saved")


def _shown(house: House, visit: Visit, *, said: str = "", errors: dict[str, str] | None = None, typed: dict[str, str] | None = None) -> Template:
    with house.storage.reading() as session:
        opened = opened_own(session, house, visit)
    return page(
        visit, "my/contact.html", status=422 if errors else 200, contact=typed or read_contact(opened.texts.get("contact", "")), channels=CHANNELS,
        answers=ANSWERS, errors=errors or {}, version=opened.versions.get("contact", 0), said=said,
    )  # fmt: skip


router = private_router("/my/contact", [show, change])
