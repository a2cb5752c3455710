"""What is used by oneself, on the form: asked of that kind alone, three answers each, and what nobody touched stays to the letter."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.editing.sheet import Sheet, copied
from directory.exchange.records import Attribute, Service
from directory.media import FORMS
from matching import Vocabulary
from seeds.words import terms_of
from tests.make import make_id
from tests.web.forms.body import Body
from web.forms.listing.base import Around, Errors
from web.forms.listing.media import MEDIA, Answer

AROUND = Around(vocabulary=Vocabulary([*terms_of("media"), *terms_of("access")]), country="US", today=date(2026, 11, 24), draft=UUID(int=5))
ANSWERS = tuple(field for field in MEDIA if isinstance(field, Answer))
STATED = st.lists(
    st.tuples(st.sampled_from([*(("media", code) for code in (*FORMS, "transcript", "plain_words")), ("access", "captions"), ("access", "ramp")]),
              st.sampled_from([None, "yes", "no"])), unique_by=lambda one: one[0],
)  # fmt: skip


def sheet_of(stated: list[tuple[tuple[str, str], str | None]], kind: str = "self_help") -> Sheet:
    said = [(("kinds", kind), None), *stated]
    rows = [Attribute(id=make_id(f"{taxonomy}/{code}"), link_type=taxonomy, taxonomy=taxonomy, code=code, value=value) for (taxonomy, code), value in said]
    return Sheet(service=Service(id=make_id("a film"), name="Film", attributes=rows))


def shown(sheet: Sheet) -> dict[str, str]:
    return {field.name: field.show(sheet, None, AROUND)["value"] for field in ANSWERS}


def save(sheet: Sheet, body: Body) -> Errors:
    return {name: words for field in MEDIA for name, words in field.read(sheet, body, AROUND).items()}


@given(STATED)
def test_a_page_that_is_sent_as_it_was_shown_changes_nothing(stated: list[tuple[tuple[str, str], str | None]]) -> None:
    sheet = sheet_of(stated)
    before, ticked = copied(sheet), MEDIA[0].show(sheet, None, AROUND)["yes"]
    assert save(sheet, Body(("has-media", "1"), *(("media", code) for code in ticked), *shown(sheet).items())) == {}
    assert sheet == before


@given(STATED, st.sampled_from([field.name for field in ANSWERS]), st.sampled_from(["", "yes", "no"]))
def test_an_answer_is_the_one_that_was_chosen_and_touches_no_other(stated: list[tuple[tuple[str, str], str | None]], name: str, chosen: str) -> None:
    sheet = sheet_of(stated)
    before = {one.code: one.value for one in sheet.service.attributes if one.code != name}
    was = shown(sheet)
    assert save(sheet, Body((name, chosen))) == {}
    assert shown(sheet) == {**was, name: chosen}
    assert {one.code: one.value for one in sheet.service.attributes if one.code != name} == before


@given(STATED, st.sets(st.sampled_from(FORMS)))
def test_what_is_ticked_is_what_it_is(stated: list[tuple[tuple[str, str], str | None]], forms: set[str]) -> None:
    sheet = sheet_of([one for one in stated if one[1] != "no"])
    was = shown(sheet)
    assert save(sheet, Body(("has-media", "1"), *(("media", code) for code in sorted(forms)))) == {}
    assert set(MEDIA[0].show(sheet, None, AROUND)["yes"]) == forms
    assert shown(sheet) == was


@pytest.mark.parametrize("kind", ["service", "peer_group"])
def test_other_kinds_are_not_asked_and_not_answered(kind: str) -> None:
    sheet = sheet_of([(("access", "captions"), None)], kind)
    assert {field.show(sheet, None, AROUND)["kind"] for field in MEDIA} == {"none"}
    before = copied(sheet)
    assert save(sheet, Body(("captions", "no"), ("transcript", "yes"))) == {}
    assert sheet == before


def test_an_answer_that_is_none_of_the_three_is_refused() -> None:
    sheet = sheet_of([])
    assert list(save(sheet, Body(("captions", "perhaps")))) == ["captions"]
    assert shown(sheet)["captions"] == ""
