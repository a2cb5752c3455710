"""What people write is text on every page of editing, and a form writes only what it has fields for."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import cycle
from typing import Any

from sqlalchemy import select

from directory.accounts.actors import actor_of
from directory.editing import drafts
from directory.exchange.records import Contact, CostOption, Phone, RequiredDocument, Schedule
from directory.exchange.shapes import walk
from directory.models import Account, Base, Draft, Service
from tests.cast import LISTINGS
from tests.make import make_id
from tests.trust.payloads import PAYLOADS
from tests.trust.test_listings_are_text import Look
from tests.web.desk.test_editing import LUNCH, draft_of, save, seen
from tests.web.second_door import SecondDoor
from web.forms.listing.sections import SECTIONS

KEPT = ("id", "status", "location_type", "visibility", "point_precision", "timezone_name", "opens_at", "closes_at", "valid_from", "valid_to", "freq", "byday")

TEXTS = (
    "alternate_name", "url", "email", "application_process", "fees_description", "wait_time", "eligibility_description", "interpretation_services", "alert",
)  # fmt: skip
OTHERS = ("kind", "find", "move", "seen")


def hostile_draft(door: SecondDoor, payloads: Iterator[str]) -> str:
    """Ben's draft in which every text is a payload, handed in."""
    with door.storage.writing() as session:
        ben = actor_of(session, session.get_one(Account, door.town.accounts["ben"]), level=1, confirmed_at=door.at)
        draft = drafts.open_or_resume(session, session.get_one(Service, LISTINGS["lunch"]), ben, at=door.at, sealer=door.sealer)
        sheet = drafts.opened(draft, sealer=door.sealer).sheet
        service = sheet.service
        service.phones.append(Phone(id=make_id("bad phone"), number="1"))
        service.contacts.append(Contact(id=make_id("bad contact")))
        service.required_documents.append(RequiredDocument(id=make_id("bad paper")))
        service.cost_options.append(CostOption(id=make_id("bad cost")))
        service.schedules.append(Schedule(id=make_id("bad hours"), description="x"))
        for item in walk(service):
            for name in item.__struct_fields__:
                if name not in KEPT and (isinstance(getattr(item, name), str) or (item is service and name in TEXTS)):
                    setattr(item, name, next(payloads))
        service.description = " ".join(PAYLOADS)
        drafts.save(session, draft, sheet, ben, at=door.at, sealer=door.sealer)
        drafts.hand_in(session, draft, ben, at=door.at, sealer=door.sealer, why=next(payloads))
        return str(draft.id)


def test_payloads_in_every_text_show_as_text_on_every_page(door: SecondDoor) -> None:
    draft = hostile_draft(door, cycle(PAYLOADS))
    ben, cora = door.as_("ben"), door.as_("cora")
    pages = {path: ben.get(path) for path in (LUNCH, f"/desk/drafts/{draft}", f"/desk/drafts/{draft}/edit", f"/desk/drafts/{draft}/preview")}
    pages |= {path: cora.get(path) for path in ("/desk/curator/drafts", f"/desk/curator/drafts/{draft}", f"/desk/drafts/{draft}/preview")}
    assert cora.post(f"/desk/curator/drafts/{draft}/approve", {"version": "1"}).status_code == 303
    pages[f"/listings/{LISTINGS['lunch']}"] = door.as_("anyone").get(f"/listings/{LISTINGS['lunch']}")
    assert {path: answer.status_code for path, answer in pages.items() if answer.status_code != 200} == {}
    assert {path: bad for path, answer in pages.items() if (bad := Look(answer.text).bad)} == {}
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in pages[f"/listings/{LISTINGS['lunch']}"].text


def test_a_form_writes_only_what_it_has_fields_for(door: SecondDoor) -> None:
    """Every column of every table is sent with every section; all but the fields of the section change nothing."""
    ana = door.as_("ana")
    columns = {column.name: "1" for table in Base.metadata.sorted_tables for column in table.columns}
    prefixed = {f"{table.name}.{column.name}": "1" for table in Base.metadata.sorted_tables for column in table.columns}
    for section in SECTIONS:
        mine = {getattr(field, "name", "") for field in section.fields} | {"minimum_age", "maximum_age"}
        sent: dict[str, Any] = {name: value for name, value in {**columns, **prefixed}.items() if name not in (*mine, *OTHERS)}
        answer = ana.post(f"{LUNCH}/{section.code}", {"seen": seen(ana, LUNCH, section.code), **sent})
        assert answer.status_code == 303, section.code
    with door.storage.reading() as session:
        page = drafts.opened(session.get_one(Draft, draft_of(door)), sealer=door.sealer)
    assert drafts.changes_nothing(page)


def test_what_is_not_sent_is_not_changed_and_what_is_sent_empty_is_cleared(door: SecondDoor) -> None:
    ana = door.as_("ana")
    assert save(ana, LUNCH, "offer", alert="We have moved.", alternate_name="Soup table") == 303
    assert save(ana, LUNCH, "offer", alert="") == 303
    with door.storage.reading() as session:
        sheet = drafts.opened(session.scalars(select(Draft)).one(), sealer=door.sealer).sheet
    assert (sheet.service.alert, sheet.service.alternate_name, sheet.service.name) == (None, "Soup table", "Community lunch")


def test_a_draft_is_sealed(door: SecondDoor) -> None:
    save(door.as_("ana"), LUNCH, "offer", description="Nobody has read this yet.")
    with door.storage.reading() as session:
        draft = session.scalars(select(Draft)).one()
    assert "Nobody has read" not in draft.content
    assert "River Street" not in draft.content + draft.base


def test_saving_what_was_not_touched_changes_nothing(door: SecondDoor) -> None:
    """Every section is sent back exactly as its page shows it."""


    class Fields(HTMLParser):
        """The values a browser would send of each form of a page, by its address."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.forms: dict[str, dict[str, list[str]]] = {}
            self._form = self._area = self._select = ""
            self.feed(text)

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            said = {name: value or "" for name, value in attrs}
            fields = self.forms.setdefault(self._form, {})
            if tag == "form":
                self._form = said.get("action", "")
            elif tag == "textarea":
                self._area = said["name"]
                fields.setdefault(self._area, [""])
            elif tag == "select":
                self._select = said["name"]
            elif tag == "option" and "selected" in said:
                fields[self._select] = [said["value"]]
            elif tag == "input" and said.get("name") and (said.get("type") not in ("checkbox", "radio") or "checked" in said):
                fields.setdefault(said["name"], []).append(said.get("value", ""))

        def handle_data(self, data: str) -> None:
            if self._area:
                self.forms[self._form][self._area] = [self.forms[self._form][self._area][0] + data]

        def handle_endtag(self, tag: str) -> None:
            self._area = "" if tag == "textarea" else self._area

    ana = door.as_("ana")
    forms = {path: fields for path, fields in Fields(ana.get(LUNCH).text).forms.items() if path.startswith(LUNCH)}
    assert len(forms) == len(SECTIONS)
    for path, fields in forms.items():
        assert ana.post(path, fields).status_code == 303, path
    with door.storage.reading() as session:
        page = drafts.opened(session.get_one(Draft, draft_of(door)), sealer=door.sealer)
    assert drafts.changes_nothing(page)
