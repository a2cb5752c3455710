"""Two worlds that differ only in what is sealed answer every public request byte for byte alike; so does one whose secrets are gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import replace

from directory import candidates
from directory.plain import id_text
from matching.values import Listing, Place
from tests.trust.asking import Answer, Ask, ask_all
from tests.trust.questions import Known, Stranger, know
from tests.trust.worlds import Secret, World, make_world, open_world, without_secrets
from web.exported import write

ASKED = 2_000
SEED = 20_261_124
HERE = (
    Secret(latitude=44.33127, longitude=-88.40853, street="4417 Nightjar Hollow", town="Alder Falls", postcode="54913", words="quillwort lantern"),
    Secret(latitude=44.26433, longitude=-88.40217, street="86 Pepperpot Alley", town="Alder Falls", postcode="54911", words="saffron weir"),
)
THERE = (
    Secret(latitude=44.27718, longitude=-88.33961, street="9 Corncrake Rise", town="Orchard Ridge", postcode="54942", words="vermilion thicket"),
    Secret(latitude=44.31409, longitude=-88.45282, street="2203 Bitternut Quay", town="Marsh Crossing", postcode="54170", words="obsidian culvert"),
)
SECRETS = (*HERE, *THERE)
CANARIES = tuple(text for secret in SECRETS for text in secret.canaries)


class Asked(Struct):
    """What was asked of both worlds, and what each said."""

    here: World
    there: World
    known: Known
    asks: list[Ask]
    answers: list[Answer]
    others: list[Answer]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory, ground_file: Path) -> Iterator[Asked]:
    here = make_world(tmp_path_factory.mktemp("here"), ground_file, HERE)
    there = make_world(tmp_path_factory.mktemp("there"), ground_file, THERE)
    known = know(here, SECRETS)
    asks = Stranger(known, SEED).asks(ASKED)
    yield Asked(here, there, known, asks, ask_all(here.app, asks), ask_all(there.app, asks))
    here.storage.close()
    there.storage.close()


def differing(asks: list[Ask], answers: list[Answer], others: list[Answer]) -> list[str]:
    return [f"{ask.method} {ask.path} {ask.body[:300]!r}" for ask, one, other in zip(asks, answers, others, strict=True) if one != other]


def test_the_secrets_of_the_two_worlds_are_really_others(asked: Asked) -> None:
    assert asked.here.places() == {key: (secret.latitude, secret.longitude) for key, secret in zip(sorted(asked.here.places()), HERE, strict=True)}
    assert asked.there.places() == {key: (secret.latitude, secret.longitude) for key, secret in zip(sorted(asked.here.places()), THERE, strict=True)}


def test_two_worlds_that_differ_in_secrets_answer_alike(asked: Asked) -> None:
    assert differing(asked.asks, asked.answers, asked.others) == []


def test_the_indexes_on_disk_are_the_same_to_the_last_byte_and_hold_no_word_of_a_secret(asked: Asked) -> None:
    here, there = ((world.settings.index_dir / "current").read_bytes() for world in (asked.here, asked.there))
    assert here == there
    assert b"Tamarack Door" in here, "cards lie in it as they are shown"
    assert [text for text in CANARIES if text.encode() in here] == []


def test_the_questions_are_worth_asking(asked: Asked) -> None:
    statuses = Counter(answer.status for answer in asked.answers)
    assert statuses[200] > ASKED * 0.6, statuses
    assert {303, 400, 404, 405, 415, 422} <= set(statuses), statuses
    assert not any(status >= 500 for status in statuses), statuses
    found = [answer for ask, answer in zip(asked.asks, asked.answers, strict=True) if ask.path in ("/search", "/api/match")]
    assert sum("Tamarack Door" in answer.text for answer in found) > 50
    assert len({answer.body for answer in found}) > 400


def test_no_answer_holds_a_word_of_a_secret(asked: Asked) -> None:
    for ask, answer in zip(asked.asks, asked.answers, strict=True):
        said = f"{answer.headers!r}\n{answer.text}".casefold()
        found = [text for text in CANARIES if text.casefold() in said and text.casefold() not in ask.written.casefold().replace("+", " ")]
        assert found == [], f"{ask.method} {ask.path}"


def test_nothing_is_different_once_the_secrets_are_deleted(asked: Asked, tmp_path: Path) -> None:
    emptied = without_secrets(asked.here, tmp_path)
    try:
        assert emptied.places() == {}
        part = slice(None, None, 8)
        assert differing(asked.asks[part], asked.answers[part], ask_all(emptied.app, asked.asks[part])) == []
        assert export(emptied, tmp_path) == export(asked.here, tmp_path)
    finally:
        emptied.storage.close()


def test_exports_are_alike_and_hold_no_word_of_a_secret(asked: Asked, tmp_path: Path) -> None:
    here, there = export(asked.here, tmp_path), export(asked.there, tmp_path)
    assert here == there
    assert [text for text in CANARIES if any(text.casefold() in content.decode().casefold() for content in here)] == []
    assert all(b"Tamarack Door" in content for content in here)


def export(world: World, folder: Path) -> list[bytes]:
    contents = []
    for name in ("out.json", "out.ndjson"):
        assert write(world.storage, folder / name, progress=lambda _done, _all: None) > 150
        contents.append((folder / name).read_bytes())
    return contents


def leaky(world: World, monkeypatch: pytest.MonkeyPatch, *, marked: bool) -> World:
    """The mistake that the proof is there for: the hidden points reach the index, still ``marked`` as confidential or not even that."""
    points = {str(key): point for key, point in world.places().items()}
    honest = candidates._listing

    def leak(*given: Any) -> Listing:
        listing, link = honest(*given), given[2]
        if link is None or id_text(link.location_id) not in points:
            return listing
        latitude, longitude = points[id_text(link.location_id)]
        return replace(listing, place=Place(latitude=latitude, longitude=longitude), confidential=marked)

    with monkeypatch.context() as patched:
        patched.setattr(candidates, "_listing", leak)
        return open_world(world.settings, world.storage)


def test_this_proof_finds_a_leak(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    part = [ask for ask in asked.asks if ask.path == "/api/match"][:40]
    here, there = (leaky(world, monkeypatch, marked=False) for world in (asked.here, asked.there))
    assert len(differing(part, ask_all(here.app, part), ask_all(there.app, part))) > 5


def test_a_point_in_the_index_is_not_used_while_its_listing_is_marked(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    part = [ask for ask in asked.asks if ask.path == "/api/match"][:40]
    here = leaky(asked.here, monkeypatch, marked=True)
    there = leaky(asked.there, monkeypatch, marked=True)
    assert differing(part, ask_all(here.app, part), ask_all(there.app, part)) == []
