"""A marker in every field of a person, journeys over HTTP, and then everything that could keep a word is searched: not one hit (point 4; rule P6)."""

from __future__ import annotations

import logging
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx import Response

from directory.clients.forgetting import forget
from directory.outbox import deliver_due
from tests.clients import ALDER
from tests.trust.test_canaries import Everything
from tests.web.clients.people import MARK, make_whole_rosa, marker
from tests.web.clients.test_caseload import HOME
from tests.web.clients.test_record import ALL
from tests.web.second_door import SecondDoor
from web.mailing import deliverer


@pytest.fixture
def logged() -> Iterator[Everything]:
    """All logging of every library, at its most talkative."""
    root, handler = logging.getLogger(), Everything()
    before = root.level
    root.setLevel(logging.DEBUG)
    root.addHandler(handler)
    yield handler
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files of this process."""
    made = tmp_path / "temporary"
    made.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    return made


def journeys(door: SecondDoor) -> Iterator[Response]:
    """Everything that a person, their caseworker, a colleague and the lead do, with a marker in each field that they can fill."""
    client, rosa, nia = make_whole_rosa(door), door.as_("rosa"), door.as_("nia")
    path = f"{HOME}/clients/{client}"
    yield rosa.post(f"/my/sharing/agencies/{ALDER}", {**ALL, "language": marker("language"), "parts": [marker("a part")]})
    yield rosa.post(f"/my/sharing/agencies/{ALDER}", ALL)
    yield nia.post(f"{path}/take")
    for kind in ("note", "professional", "noticed", "goal", marker("kind")):
        yield nia.post(f"{path}/notes", {"kind": kind, "words": marker(f"{kind} words"), "why": marker(f"{kind} why")})
    yield nia.get(path)
    yield nia.get(HOME)
    yield door.as_("omar").get(f"{path}?reason={marker('query')}")
    yield door.as_("omar").post(f"{path}/look", {"reason": marker("reason")})
    yield door.as_("lena").get(f"{HOME}/looks")
    yield door.as_("lena").get(f"{HOME}/supervision")
    for where in re.findall(r'action="(/my/notes/[^"]+)"', rosa.get("/my/notes").text):
        yield rosa.post(where, {"into": marker("into"), "words": marker("own")})
        yield rosa.post(where, {"into": "achievements", "words": marker("own")})
    new = nia.post(f"{HOME}/clients/new", {**ALL, "how": "spoken", "label": marker("new label")})
    yield new
    other = new.headers["location"].partition("?")[0]
    yield nia.post(f"{other}/plain", {"label": marker("label"), "contact": marker("contact")})
    yield nia.post(f"{other}/link")
    for page in ("sharing", "notes", "looked", "copy/file.json", "copy/file.html", "erase"):
        yield rosa.get(f"/my/{page}")
    yield nia.post(f"{path}/work", {"do": marker("do"), "follow_up_on": marker("day")})
    yield nia.post(f"{path}/work", {"do": "end"})
    yield nia.post(f"{path}/notes/{client}", {"into": "goals", "words": marker("nowhere")})


def test_no_word_of_a_person_is_left_where_it_may_not_be(door: SecondDoor, logged: Everything, folder: Path) -> None:
    answers = list(journeys(door))
    assert len(answers) > 25
    assert {answer.status_code for answer in answers} >= {200, 303, 403, 404, 422}
    assert not any(answer.status_code >= 500 for answer in answers)
    assert sum(MARK in answer.text for answer in answers) > 5, "the markers do reach the pages"
    assert [str(answer.headers) for answer in answers if MARK in str(answer.headers)] == []
    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}
    assert [title for answer in answers for title in re.findall(r"<title>(.*?)</title>", answer.text) if MARK in title] == []
    deliver_due(door.storage, deliverer(door.settings), at=door.at, sealer=door.sealer)
    door.catalogue.refresh()
    forget(door.storage, at=door.at, sealer=door.sealer)
    asker = ("httpx ", "httpcore")   # the browser of this test, which knows what it asks for
    assert [line for line in logged.lines if MARK in line and not line.startswith(asker)] == []
    kept = [*door.settings.data_dir.rglob("*"), *folder.rglob("*")]
    assert [path.name for path in kept if path.is_file() and MARK.encode() in path.read_bytes()] == []


def test_a_marker_that_is_kept_is_found(door: SecondDoor, logged: Everything, folder: Path) -> None:
    logging.getLogger("some.library").info("asked for %s", MARK)
    (folder / "left").write_text(MARK)
    assert [line for line in logged.lines if MARK in line]
    assert [path.name for path in folder.rglob("*") if MARK.encode() in path.read_bytes()] == ["left"]
