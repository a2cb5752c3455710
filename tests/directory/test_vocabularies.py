"""A vocabulary loads once, follows its file, and comes back to matching as it was written."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs
from sqlalchemy import func, select

from directory.models import Change, Taxonomy, TaxonomyTerm
from directory.storage import Storage
from directory.vocabularies import load_terms, read_vocabulary, term_id
from matching.values import Term
from tests.directory.conftest import empty
from tests.directory.exchange.make import AT, LATER

TERMS = (
    Term(taxonomy="strengths", code="making_things", label="Making things", group=True),
    Term(taxonomy="strengths", code="cooking", label="Cooking", description="Food for others.", parent="making_things", cues=("I cook",)),
    Term(
        taxonomy="strengths", code="baking", label="Baking", parent="cooking", cues=("bread", "cakes"), sayings=("flour up to my elbows",),
        strengths=("cooking",),
    ),
)


def load(storage: Storage, terms: tuple[Term, ...] = TERMS, *, taxonomy: str = "strengths", at=AT) -> int:
    with storage.writing() as session:
        return load_terms(session, taxonomy=taxonomy, name=taxonomy.title(), description="Words.", version="1", terms=terms, by="seeds", at=at)


def read(storage: Storage) -> list[Term]:
    with storage.reading() as session:
        return read_vocabulary(session)


def changes(storage: Storage) -> list[tuple[str, str | None, str | None, str | None]]:
    with storage.reading() as session:
        rows = session.scalars(select(Change).order_by(Change.seq)).all()
        return [(row.action, row.field, row.before, row.after) for row in rows]


def test_what_was_loaded_comes_back_in_order(storage: Storage) -> None:
    assert load(storage) == 4
    assert read(storage) == list(TERMS)


def test_loading_again_changes_nothing(storage: Storage) -> None:
    load(storage)
    before = changes(storage)
    assert load(storage, at=LATER) == 0
    assert changes(storage) == before


def test_a_new_label_is_one_change(storage: Storage) -> None:
    load(storage)
    renamed = (*TERMS[:2], structs.replace(TERMS[2], label="Baking bread"))
    assert load(storage, renamed, at=LATER) == 1
    assert changes(storage)[-1] == ("changed", "name", "Baking", "Baking bread")


def test_a_term_that_is_no_longer_listed_stays(storage: Storage) -> None:
    load(storage)
    load(storage, TERMS[:2], at=LATER)
    assert {term.code for term in read(storage)} == {"making_things", "cooking", "baking"}


def test_ids_are_the_same_in_every_directory(storage: Storage) -> None:
    load(storage)
    with storage.reading() as session:
        assert session.scalars(select(TaxonomyTerm.id).where(TaxonomyTerm.code == "cooking")).one() == term_id("strengths", "cooking")


def test_vocabularies_of_others_are_not_read(storage: Storage) -> None:
    with storage.writing() as session:
        session.add(Taxonomy(id=term_id("other", "x"), name="Someone's words"))
        session.flush()
        session.add(TaxonomyTerm(taxonomy_id=term_id("other", "x"), code="food", name="Food"))
    assert read(storage) == []


def test_a_failing_load_keeps_nothing(storage: Storage) -> None:
    twice = (TERMS[0], TERMS[0])
    with pytest.raises(Exception, match=r"UNIQUE|unique|duplicate"):
        load(storage, twice)
    with storage.reading() as session:
        assert session.scalar(select(func.count()).select_from(Taxonomy)) == 0


CODES = st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), unique=True, max_size=8)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(codes=CODES, cues=st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12), max_size=3))
def test_any_vocabulary_comes_back_as_it_was_written(storage: Storage, codes: list[str], cues: list[str]) -> None:
    terms = tuple(
        Term(taxonomy="t", code=code, label=code.title(), parent=codes[index - 1] if index else "", cues=tuple(cues), group=index == 0)
        for index, code in enumerate(codes)
    )
    empty(storage)
    load(storage, terms, taxonomy="t")
    stored = {term.code: term for term in read(storage) if term.taxonomy == "t"}
    assert {code: stored[code] for code in codes} == {term.code: term for term in terms}
