"""Languages on the form: ticked with the way each is used, and what nobody touched stays to the letter."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.editing.sheet import Sheet, copied
from directory.exchange.records import Language, Service
from directory.languages import NO_OTHERS, ROLES, language_terms
from matching import Vocabulary
from tests.make import make_id
from tests.web.forms.body import Body
from web.forms.listing.base import Around
from web.forms.listing.languages import Languages, uses_of, usual

AROUND = Around(vocabulary=Vocabulary(language_terms(), []), country="US", today=date(2026, 11, 24), draft=UUID(int=5))   # type: ignore[arg-type]
FIELD = Languages()
ROWS = st.lists(
    st.builds(
        Language, id=st.uuids(), code=st.sampled_from(["es", "so", "ase", "en", None]), name=st.sampled_from(["Spanish", "Creole"]),
        note=st.sampled_from([None, NO_OTHERS, "limited"]), role=st.sampled_from([None, *ROLES]),
    ),
    max_size=4, unique_by=lambda row: row.code or row.name,
)  # fmt: skip


def sheet_of(rows: list[Language]) -> Sheet:
    return Sheet(service=Service(id=make_id("a circle"), name="Circle", languages=rows))


def sent(sheet: Sheet, *more: tuple[str, str], without: str = "", posted: Body | None = None) -> Body:
    """What the page sends as it is shown, and what somebody chose after it."""
    shown = FIELD.show(sheet, posted, AROUND)
    pairs = [("has-languages", "1"), *([("languages_only", "1")] if shown["only"] else [])]
    pairs += [("languages", one.code) for one in shown["uses"] if one.is_ticked and one.code != without]
    chosen = dict(more)
    pairs += [(f"role-{one.code}", chosen.pop(f"role-{one.code}", one.role)) for one in shown["uses"]]
    return Body(*pairs, *chosen.items())


@given(ROWS)
def test_a_page_that_is_sent_as_it_was_shown_changes_nothing(rows: list[Language]) -> None:
    sheet = sheet_of(rows)
    for row in rows if any(row.note == NO_OTHERS for row in rows) else []:
        row.note = NO_OTHERS
    before = copied(sheet)
    assert FIELD.read(sheet, sent(sheet), AROUND) == {}
    assert sheet == before


@given(ROWS.filter(bool), st.sampled_from(["", *ROLES]))
def test_the_way_that_is_chosen_is_the_way_it_is_used(rows: list[Language], way: str) -> None:
    sheet = sheet_of(rows)
    key = rows[0].code or f"named:{rows[0].name}"
    FIELD.read(sheet, sent(sheet, (f"role-{key}", way)), AROUND)
    assert sheet.service.languages[0].role == (way or None)
    assert FIELD.show(sheet, None, AROUND)["uses"][0].role == way


@pytest.mark.parametrize(("code", "role"), [("es", "spoken"), ("ase", "signed")])
def test_a_language_that_is_ticked_is_used_in_the_usual_way_until_another_is_chosen(code: str, role: str) -> None:
    sheet = sheet_of([])
    FIELD.read(sheet, Body(("has-languages", "1"), ("languages", code)), AROUND)
    assert [(row.code, row.role) for row in sheet.service.languages] == [(code, role)]
    other = sheet_of([])
    FIELD.read(other, Body(("has-languages", "1"), ("languages", code), (f"role-{code}", "interpreted")), AROUND)
    assert [(row.code, row.role) for row in other.service.languages] == [(code, "interpreted")]


@pytest.mark.parametrize("way", ["sung", "ROLE", "spoken "])
def test_a_way_that_no_page_offers_is_not_taken(way: str) -> None:
    sheet = sheet_of([Language(id=UUID(int=1), code="es", name="Spanish", role="bilingual")])
    FIELD.read(sheet, sent(sheet, ("role-es", way)), AROUND)
    assert sheet.service.languages[0].role == "bilingual"


def test_a_signed_language_is_not_offered_as_spoken_nor_a_spoken_one_as_signed() -> None:
    offered = {one.code: {way for way, _ in one.ways} for one in uses_of([("ase", "American Sign Language"), ("es", "Spanish")])}
    assert "spoken" not in offered["ase"]
    assert "signed" not in offered["es"]
    assert all(usual(code) in ways for code, ways in offered.items())
    odd = FIELD.show(sheet_of([Language(id=UUID(int=1), code="en", name="English", role="signed")]), None, AROUND)["uses"][0]
    assert "signed" in dict(odd.ways)   # what stands there can stay


def test_what_is_typed_stays_on_a_page_that_came_back() -> None:
    sheet = sheet_of([Language(id=UUID(int=1), code="es", name="Spanish")])
    posted = Body(
        ("has-languages", "1"), ("languages", "es"), ("languages", "so"), ("role-es", "interpreted"), ("role-so", "bilingual"), ("find", "languages"),
        ("q-languages", "hmong"),
    )  # fmt: skip
    shown = FIELD.show(sheet, posted, AROUND)
    assert [(one.code, one.role, one.is_ticked) for one in shown["uses"]] == [("es", "interpreted", True), ("so", "bilingual", True)]
    assert shown["found"][0].code == "hmn"
    assert not {"es", "so"} & {one.code for one in shown["found"]}


def test_a_language_that_is_unticked_goes() -> None:
    sheet = sheet_of([Language(id=UUID(int=1), code="es", role="spoken"), Language(id=UUID(int=2), code="so", role="interpreted")])
    FIELD.read(sheet, sent(sheet, without="so"), AROUND)
    assert [row.code for row in sheet.service.languages] == ["es"]


def test_no_others_needs_one() -> None:
    assert set(FIELD.read(sheet_of([]), Body(("has-languages", "1"), ("languages_only", "1")), AROUND)) == {"languages"}
