"""Papers to a file and back: nothing is lost, and what does not fit is named."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from directory.papers import BLANK, MOST_BYTES, PARTS, Papers, Problem, UnreadablePapers, load, save
from tests.directory.papers.shapes import values_of

SOME_PAPERS = values_of(Papers)


@settings(max_examples=150, deadline=None)
@given(SOME_PAPERS)
def test_what_was_saved_loads_again_as_it_was(papers: Papers) -> None:
    saved = save(papers)
    assert load(saved) == papers
    assert save(load(saved)) == saved


@settings(max_examples=60, deadline=None)
@given(SOME_PAPERS)
def test_equal_papers_are_the_same_bytes(papers: Papers) -> None:
    rebuilt = msgspec.convert(json.loads(msgspec.json.encode(papers)), Papers)
    emptied = replace(papers, **{name: PARTS[name]() for name in PARTS if getattr(papers, name) == PARTS[name]()})
    assert save(rebuilt) == save(emptied) == save(papers)


@settings(max_examples=100, deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_any_other_json_is_refused_with_words_or_loads(given_value: Any) -> None:
    _refused_or_read(json.dumps({"version": 1, "goals": given_value}).encode())
    _refused_or_read(json.dumps(given_value).encode())


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_refused_with_words(body: bytes) -> None:
    _refused_or_read(body)


@settings(max_examples=60, deadline=None)
@given(SOME_PAPERS, st.sampled_from(sorted(PARTS)), st.text(min_size=1, max_size=12))
def test_an_unknown_field_is_named_and_never_dropped(papers: Papers, part: str, name: str) -> None:
    plain = json.loads(save(papers))
    known = set(PARTS[part].__struct_fields__)
    plain.setdefault(part, {})[name if name not in known else f"{name}x"] = 1
    with pytest.raises(UnreadablePapers) as refused:
        load(json.dumps(plain).encode())
    assert part in {problem.field.partition(".")[0] for problem in refused.value.problems} or "cannot be kept" in str(refused.value)


def _refused_or_read(body: bytes) -> None:
    refused: tuple[Problem, ...] = ()
    try:
        papers = load(body)
    except UnreadablePapers as error:
        refused, papers = error.problems or (Problem("", ""),), BLANK
    assert all(len(problem.words.split()) > 2 for problem in refused)
    assert load(save(papers)) == papers


def test_blank_papers_are_a_line() -> None:
    assert load(save(BLANK)) == BLANK
    assert len(save(BLANK)) < 30


def test_the_parts_are_exactly_what_papers_hold() -> None:
    fields = {field.name: field.type for field in msgspec.structs.fields(Papers)}
    assert {name: fields[name] for name in PARTS} == PARTS
    assert set(fields) - set(PARTS) == {"version", "for_somebody"}


@pytest.mark.parametrize(
    ("given_text", "field", "words"),
    [
        ('{"version": 1, "goals": {"goals": [{"key": "g1"}]}}', "goals.goals[0]", "“words” is missing"),
        ('{"version": 1, "goals": {"goals": [{"key": "g1", "words": 7}]}}', "goals.goals[0].words", "must be text"),
        ('{"version": 1, "scales": {"scales": [{"about": "hope", "value": 11}]}}', "scales.scales[0].value", "not be above 10"),
        ('{"version": 1, "hopes": {"more_of": "%s"}}' % ("x" * 2001), "hopes.more_of", "at most 2000 letters"),
        ('{"version": 1, "domains": {"answers": {"home": "bad"}}}', "domains.answers[...]", "none of the choices"),
        ('{"version": 1, "achievements": {"achievements": [{"words": "a", "on": "soon"}]}}', "achievements.achievements[0].on", "no date"),
        ('{"version": 1, "shoes": {}}', "shoes", "no such part"),
        ('{"version": 2}', "version", "another version"),
        ('{"version": true}', "version", "another version"),
        ('{"hello": 1}', "version", "does not say"),
        ('{"version": 1, "hopes": {}, "hopes": {}}', "hopes", "there twice"),
        ('{"version": 1, "hopes": {"more_of": "\\ud800"}}', "hopes", "cannot be kept"),
        ('{"version": 1, "about": {"must_haves": {"most_cost": NaN}}}', "", "not a number"),
        ("[1]", "", "not Homeground papers"),
        ('{"version": 1, "hopes"', "", "cannot be read at line 1"),
        ("[" * 5000, "", "too large"),
    ],
)
def test_what_is_wrong_is_named_by_its_field_in_plain_words(given_text: str, field: str, words: str) -> None:
    with pytest.raises(UnreadablePapers) as refused:
        load(given_text.encode())
    (problem,) = refused.value.problems
    assert (problem.field, words in problem.words) == (field, True), problem


def test_every_part_that_is_wrong_is_named_at_once() -> None:
    with pytest.raises(UnreadablePapers) as refused:
        load(b'{"version": 1, "goals": 3, "hopes": [], "circle": {}, "shoes": 1}')
    assert {problem.field for problem in refused.value.problems} == {"goals", "hopes", "shoes"}


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    with pytest.raises(UnreadablePapers, match="larger than 200 KB"):
        load(b" " * (MOST_BYTES + 1))


def test_a_byte_order_mark_does_no_harm() -> None:
    assert load(b"\xef\xbb\xbf" + save(BLANK)) == BLANK
