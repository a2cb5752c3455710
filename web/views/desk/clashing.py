"""The page that shows what two people changed at once, and asks field by field which is to hold."""

from __future__ import annotations

from uuid import UUID

from litestar.response import Template
from msgspec import Struct

from directory.accounts.sign_ins import Visit
from directory.changes import as_text
from directory.editing.applying import Overtaken
from directory.editing.differences import clash_words
from directory.exchange.intake.upsert import Key
from web.desk import page
from web.forms.posted import PostedForm
from web.house import House
from web.views.desk.edited import find_draft


class ClashLine(Struct, frozen=True, kw_only=True):
    """One clash as the page asks about it: ``code`` is its name in the form."""

    code: str
    label: str
    now: str
    mine: str


def clash_page(house: House, visit: Visit, draft_id: UUID, error: Overtaken, action: str) -> Template:
    """The page, with everything that was written kept in the draft."""
    with house.storage.reading() as session:
        edited = find_draft(session, house, visit, draft_id)
    name = house.catalogue.vocabulary.label
    lines = [
        ClashLine(
            code=f"{clash.key[0]}|{clash.key[1]}|{clash.field or ''}", label=clash_words(clash, edited.sheet, label=name),
            now=as_text(clash.now) or "", mine=as_text(clash.mine) or "",
        )
        for clash in error.clashes
    ]  # fmt: skip
    return page(visit, "desk/editing/clash.html", status=409, title=edited.name, lines=lines, action=action)


def theirs_of(form: PostedForm) -> frozenset[tuple[Key, str | None]]:
    """The clashes in which somebody lets the others win."""
    found: set[tuple[Key, str | None]] = set()
    for code in form.getall("clash", []):
        table, _, rest = str(code).partition("|")
        key, _, field = rest.partition("|")
        if form.get(f"keep-{code}") == "theirs" and len(key) == 36:
            found.add(((table, _uuid(key)), field or None))
    return frozenset(found)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
