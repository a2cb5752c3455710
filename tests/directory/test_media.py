"""What is used by oneself, in words: each thing said is told once, a no is never a silence, and nobody's silence is a no."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.exchange.hsds import writer
from directory.exchange.hsds.reader import SOURCE, read_hsds
from directory.facts import Facts
from directory.listings import Fact
from directory.media import FORMS, media_words
from directory.models import Service
from directory.shelf import Shelf
from directory.storage import Storage
from seeds.load import vocabularies
from tests.directory.conftest import Bring, empty
from tests.make import NOON, make_attribute, make_service

THREE = st.sampled_from([True, False, None])
SAID = {"captions": "access", "transcript": "media", "plain_words": "media"}


def label(_taxonomy: str, code: str) -> str:
    return code.capitalize()


def facts(said: Mapping[str, bool | None], kind: str = "self_help") -> Facts:
    stated = [Fact(taxonomy=SAID.get(code, "media"), code=code, label=code, stated=is_so) for code, is_so in said.items() if is_so is not None]
    return Facts((Fact(taxonomy="kinds", code=kind, label=kind), *stated))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"video": True, "captions": True}, "Video, with captions"),
        ({"video": True, "captions": False}, "Video, no captions"),
        ({"video": True}, "Video; captions: nobody has said"),
        ({"audio": True, "video": True, "captions": False}, "Video and audio, no captions; transcript: nobody has said"),
        ({"course": True, "plain_words": True}, "Course, in plain words"),
        ({"audio": True, "transcript": False}, "Audio, no transcript"),
        ({"article": True, "plain_words": False}, "Article, not in plain words"),
        ({"video": False, "captions": None}, ""),
        ({"captions": True}, "With captions"),
    ],
)
def test_row_71_what_it_is_and_whether_it_has_captions_is_told_in_plain_words(said: dict[str, bool | None], words: str) -> None:
    assert media_words(facts(said), label) == words


@given(st.fixed_dictionaries(dict.fromkeys((*FORMS, *SAID), THREE)))
def test_a_yes_a_no_and_a_silence_are_three_things(said: dict[str, bool | None]) -> None:
    words = media_words(facts(said), label).lower()
    assert {form for form in FORMS if form in words} == {form for form in FORMS if said[form]}
    for code, yes, no in (("captions", "with captions", "no captions"), ("transcript", "with a transcript", "no transcript")):
        assert (yes in words, no in words) == (said[code] is True, said[code] is False)
        told_of = said["video"] if code == "captions" else said["audio"]
        assert (f"{code}: nobody has said" in words) == (said[code] is None and told_of is True)
    assert ("in plain words" in words, "not in plain words" in words) == (said["plain_words"] is not None, said["plain_words"] is False)


@given(st.sampled_from(["service", "peer_group", "event"]), st.fixed_dictionaries(dict.fromkeys((*FORMS, *SAID), THREE)))
def test_other_kinds_of_listing_tell_nothing_of_it(kind: str, said: dict[str, bool | None]) -> None:
    assert media_words(facts(said, kind), label) == ""


def test_what_was_said_both_ways_is_not_known() -> None:
    both = [Fact(taxonomy="access", code="captions", label="Captions", stated=is_so) for is_so in (True, False)]
    assert media_words(Facts((*facts({"video": True}).all, *both)), label) == "Video; captions: nobody has said"


def words_of(storage: Storage, key: UUID) -> str:
    with storage.reading() as session:
        shelf = Shelf(session, {key})
        return media_words(Facts.of(shelf, session.get_one(Service, key), None), label)


def test_it_goes_out_as_hsds_and_comes_back_as_it_was(storage: Storage, bring: Bring, tmp_path: Path) -> None:
    vocabularies(storage, at=NOON)
    with storage.writing() as session:
        service = make_service(session, "Slow river")
        for taxonomy, code, value in (("kinds", "self_help", ""), ("media", "video", ""), ("media", "transcript", "no"), ("access", "captions", "no")):
            make_attribute(session, service, taxonomy, code, value=value)
    assert words_of(storage, service.id) == "Video, no captions, no transcript"
    with storage.reading() as session:
        out = writer.service_json(session, service.id)
    file = tmp_path / "service.json"
    file.write_text(json.dumps(out), encoding="utf-8")
    empty(storage)
    vocabularies(storage, at=NOON)
    assert bring(*read_hsds(file, SOURCE), source=SOURCE).added == 1
    assert words_of(storage, service.id) == "Video, no captions, no transcript"
    with storage.reading() as session:
        assert writer.service_json(session, service.id)["attributes"] == out["attributes"]
