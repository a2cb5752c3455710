"""The words of a state: whoever reads the same ones shares one vocabulary, and nobody is handed another's."""

from __future__ import annotations

import gc
from datetime import UTC, datetime
from weakref import ref

from directory.states import Reader
from directory.storage import Storage
from directory.vocabularies import load_terms
from matching.values import Term

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
READER = Reader(timezone="UTC", country="US")


def add(storage: Storage, code: str) -> None:
    with storage.writing() as session:
        terms = [Term(taxonomy="strengths", code=code, label=code.title())]
        load_terms(session, taxonomy="strengths", name="Strengths", description="", version="1", terms=terms, by="tests", at=AT)


def test_who_reads_the_same_words_shares_one_vocabulary(storage: Storage) -> None:
    add(storage, "patience")
    with storage.reading() as session:
        first, again = READER.words(session), Reader(timezone="Europe/Rome", country="IT").words(session)
    assert first.vocabulary is again.vocabulary
    assert first.digest != again.digest, "an index hangs on more than the words"


def test_a_word_more_makes_another_vocabulary_and_leaves_the_one_that_is_held_as_it_was(storage: Storage) -> None:
    add(storage, "patience")
    with storage.reading() as session:
        before = READER.words(session).vocabulary
    add(storage, "humour")
    with storage.reading() as session:
        after = READER.words(session).vocabulary
    assert after is not before
    assert after.term("strengths", "humour")
    assert not before.term("strengths", "humour")
    assert after.term("strengths", "patience") == before.term("strengths", "patience")


def test_what_nobody_holds_is_let_go(storage: Storage) -> None:
    add(storage, "a word of this test alone")
    with storage.reading() as session:
        gone = ref(READER.words(session).vocabulary)
    gc.collect()
    assert gone() is None
