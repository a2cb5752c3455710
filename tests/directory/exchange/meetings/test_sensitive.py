"""Groups where being seen could do harm stay out of feeds, by what is stated, by ages and by words; others stay in."""

from __future__ import annotations

import pytest

from directory.storage import Storage
from tests.directory.exchange.meetings.groups import make_group, told
from tests.make import make_attribute


def goes_out(storage: Storage, name: str = "Porch", *, terms: tuple[tuple[str, str, str], ...] = (), **fields: object) -> bool:
    with storage.writing() as session:
        group = make_group(session, name, **fields)
        for taxonomy, code, link_type in terms:
            make_attribute(session, group, taxonomy, code, link_type=link_type)
    return bool(told(storage))


@pytest.mark.parametrize("term", [
    ("supports", "safety_from_violence", ""), ("supports", "sexual_violence_support", ""), ("supports", "refuge", ""), ("supports", "immigration_help", ""),
    ("supports", "trafficking_support", ""), ("audiences", "undocumented", "only_for"), ("audiences", "survivors", "meant_for"),
    ("communities", "survivors", "for"), ("audiences", "children", "only_for"), ("audiences", "young_people", "meant_for"), ("supports", "youth", ""),
])  # fmt: skip
def test_what_is_stated_keeps_it_in(storage: Storage, term: tuple[str, str, str]) -> None:
    assert not goes_out(storage, terms=(term,))


@pytest.mark.parametrize("words", [
    "For survivors of domestic violence.", "Healing after sexual assault.", "Living with HIV, together.", "For people who are undocumented.",
    "Asylum interviews: how others went through them.", "Family abuse, and after.", "Leaving an abusive relationship.",
])  # fmt: skip
def test_words_keep_it_in(storage: Storage, words: str) -> None:
    assert not goes_out(storage, description=words)


@pytest.mark.parametrize("name", ["Teen night", "Youth choir", "Under 18s table", "Girls who code"])
def test_a_name_that_speaks_of_minors_keeps_it_in(storage: Storage, name: str) -> None:
    assert not goes_out(storage, name)


@pytest.mark.parametrize(("minimum", "maximum", "out"), [
    (None, None, True), (18, None, True), (16, None, True), (60, None, True), (11, 19, False), (0, 5, False), (None, 17, False), (13, 18, False),
    (18, 25, True), (16, 99, True), (None, 120, True),
])  # fmt: skip
def test_ages_of_minors_keep_it_in(storage: Storage, minimum: float | None, maximum: float | None, out: bool) -> None:
    assert goes_out(storage, minimum_age=minimum, maximum_age=maximum) is out


@pytest.mark.parametrize("words", [
    "Tea and talk for people who hear voices.", "Hearing aids and how to wear them.", "Parents of teenagers breathe out together.",
    "A bird walk in the wildlife refuge.", "Grief, and soup.", "Sober walks.", "For anybody who was ever called too much.",
])  # fmt: skip
def test_other_groups_go_out(storage: Storage, words: str) -> None:
    assert goes_out(storage, description=words)


def test_what_is_stated_not_to_be_so_counts_for_nothing(storage: Storage) -> None:
    with storage.writing() as session:
        make_attribute(session, make_group(session, "Porch"), "audiences", "children", link_type="meant_for", value="no")
    assert told(storage)
