"""The page that shows what two people changed at once, and asks field by field which is to hold."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.editing.applying import Clash, Overtaken
from directory.editing.differences import contested
from directory.editing.sheet import sheet_of
from directory.exchange.intake.upsert import Key
from web.desk import page
from web.forms.posted import PostedForm
from web.house import House
from web.views.desk.changed import plain_words
from web.views.desk.edited import find_draft

MOST: Final = 500
"""Things on one page: more than a form has."""


def clash_page(house: House, visit: Visit, draft_id: UUID, error: Overtaken, action: str) -> Template:
    """The page, with everything that was written kept in the draft. What is not to be known is not told here either: ``now`` is read with these eyes."""
    with house.storage.reading() as session:
        edited = find_draft(session, house, visit, draft_id)
        now = edited.base if edited.service_id is None else sheet_of(session, edited.service_id, sealer=house.sealer, actor=visit.actor)
    things = contested(error.clashes, now, edited.sheet, words=plain_words(house))
    lines = [(str(number), one, [_code(clash) for clash in one.clashes]) for number, one in enumerate(things, 1)]
    return page(visit, "desk/editing/clash.html", status=409, title=edited.name, lines=lines, action=action)


def theirs_of(form: PostedForm) -> frozenset[tuple[Key, str | None]]:
    """The clashes in which somebody lets the others win: those of each thing (``clash-1``, ...) for which that was chosen (``keep-1``)."""
    found: set[tuple[Key, str | None]] = set()
    for number in range(1, MOST + 1):
        codes = form.getall(f"clash-{number}", [])
        for code in codes if form.get(f"keep-{number}") == "theirs" else ():
            table, _, rest = str(code).partition("|")
            key, _, field = rest.partition("|")
            if len(key) == 36:
                found.add(((table, _uuid(key)), field or None))
    return frozenset(found)


def _code(clash: Clash) -> str:
    return f"{clash.key[0]}|{clash.key[1]}|{clash.field or ''}"


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
