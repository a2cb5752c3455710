"""Languages in words: each is named once, in the way it is used there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.exchange.hsds.words import ROLES as IN_FEEDS
from directory.exchange.records import Language
from directory.languages import ROLES, language_label, use_in_words
from tests.make import make_id

GROUPS = [
    ({"es": "spoken"}, ("Meets in Spanish",)),
    ({"es": "spoken", "en": "spoken"}, ("Meets in English and Spanish",)),
    ({"es": "bilingual", "en": "bilingual"}, ("English and Spanish side by side",)),
    ({"es": "bilingual"}, ("Spanish side by side with another language",)),
    ({"so": "interpreted"}, ("Interpreter for Somali, ask ahead",)),
    ({"ase": "signed"}, ("In American Sign Language",)),
    ({"en": "signed"}, ("English signed",)),
    ({"es": None, "hmn": None}, ("Hmong, Spanish",)),
    ({"es": "spoken", "so": "interpreted", "ase": "signed", "hmn": None}, (
        "Hmong", "Meets in Spanish", "Interpreter for Somali, ask ahead", "In American Sign Language",
    )),
    ({}, ()),
]


def rows(used: dict[str, str | None]) -> list[Language]:
    return [Language(id=make_id(code), code=code, name=language_label(code), role=role) for code, role in used.items()]


@pytest.mark.parametrize(("used", "words"), GROUPS)
def test_of_a_group(used: dict[str, str | None], words: tuple[str, ...]) -> None:
    assert use_in_words(rows(used), language_label, is_group=True) == words


def test_of_a_place_that_does_not_meet() -> None:
    assert use_in_words(rows({"es": "spoken", "en": "spoken"}), language_label, is_group=False) == ("English and Spanish spoken",)


@given(st.dictionaries(st.sampled_from(["es", "so", "ase", "hmn", "cy"]), st.sampled_from([None, *ROLES, "sung"])), st.booleans())
def test_every_language_is_named_once_whatever_its_role(used: dict[str, str | None], is_group: bool) -> None:
    said = " | ".join(use_in_words(rows(used), language_label, is_group=is_group))
    assert all(said.count(language_label(code)) == (1 if code in used else 0) for code in ("es", "so", "ase", "hmn", "cy"))


def test_the_order_of_the_rows_says_nothing() -> None:
    one = rows({"es": "bilingual", "en": "bilingual", "so": "interpreted"})
    assert use_in_words(one, language_label, is_group=True) == use_in_words(one[::-1], language_label, is_group=True)


def test_feeds_have_words_for_every_role() -> None:
    assert set(IN_FEEDS) == set(ROLES)
