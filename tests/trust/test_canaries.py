"""What a person writes is nowhere afterwards: markers in every field are in no log, header, cookie, address or file."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any, get_args

import msgspec
import pytest
from msgspec.structs import fields

from matching.values import MustHaves, Profile, SignalName, Travel
from tests.trust.asking import Ask, ask, get, post_form, post_json
from tests.trust.worlds import World
from web.api.asked import MatchRequest
from web.forms.fields import WEIGHED, InquiryForm

MARK = "Xyzzyqua"
"""The beginning of every marker; it stands in no file of ours and in no data."""
KEPT_NOWHERE = "no-store"


class Markers:
    """Gives a new marker each time, so that a hit names the field."""

    def __init__(self) -> None:
        self.given: dict[str, str] = {}

    def __call__(self, field: str) -> str:
        """A marker for a field."""
        marker = f"{MARK}{len(self.given):03d}"
        self.given[marker] = field
        return marker


class Everything(logging.Handler):
    """Keeps every record that any logger writes, with its arguments and its traceback."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(logging.Formatter("%(name)s %(message)s %(pathname)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{self.format(record)} {record.args!r} {record.__dict__!r}")


@pytest.fixture
def logged() -> Iterator[Everything]:
    """All logging of every library, at its most talkative."""
    root, handler = logging.getLogger(), Everything()
    loggers = [root, *(found for found in logging.Logger.manager.loggerDict.values() if isinstance(found, logging.Logger))]
    before = [(logger, logger.level, logger.disabled, logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
        logger.disabled, logger.propagate = False, True
    root.addHandler(handler)
    yield handler
    root.removeHandler(handler)
    for logger, level, disabled, propagate in before:
        logger.setLevel(level)
        logger.disabled, logger.propagate = disabled, propagate


def whole_form(marker: Markers) -> list[tuple[str, str]]:
    """A marker in every field of the form, in fields it does not have, and among real answers."""
    names = [field.name for field in fields(InquiryForm)] + ["set", "name", "email", "nonsense", *(f"weight_{name}" for name in WEIGHED)]
    return [(name, marker(name)) for name in names] + [(marker("a name"), "1"), ("set", f"text={marker('set text')}")]


def plain_form(marker: Markers) -> list[tuple[str, str]]:
    """Markers only where words are free, so that the search runs to its end."""
    return [("text", f"food {marker('text')}"), ("own_strengths", f"cooking, {marker('own_strengths')}"), ("place", "54911"), ("age", marker("age"))]


def whole_request(marker: Markers) -> dict[str, Any]:
    """A marker in every text of the body of POST /api/match."""
    lists = {field.name: [marker(f"profile.{field.name}")] for field in fields(Profile) if field.name in _lists(Profile)}
    must = {field.name: [marker(f"must_haves.{field.name}")] for field in fields(MustHaves) if field.name in _lists(MustHaves)}
    profile = {**lists, "strengths": [{"code": marker("profile.strengths")}]}
    travel = {"modes": [marker("travel.modes")]}
    return {"text": marker("text"), "place": marker("place"), "supports": [marker("supports")], "profile": profile, "must_haves": must, "travel": travel}


def _lists(kind: type[msgspec.Struct]) -> set[str]:
    return {field.name for field in fields(kind) if field.default in ((), frozenset())} - {"strengths", "times", "near_to"}


def asks_of(marker: Markers) -> list[Ask]:
    """Every way in which words of a person reach us."""
    words, profile = {"text": f"I cook {marker('text of strengths')}"}, whole_request(marker)
    asks = [
        post_form("/search", whole_form(marker)), post_form("/search", plain_form(marker)), post_form("/search", plain_form(marker), hx_request="true"),
        post_form("/search/week", whole_form(marker)), post_form("/search/week", plain_form(marker), hx_request="true"),
        post_form("/papers/dates", whole_form(marker)), post_form("/papers/dates", plain_form(marker)),
        post_form("/search/around", whole_form(marker)), post_form("/search/around", plain_form(marker), hx_request="true"),
        post_json("/api/match", profile), post_json("/api/strengths", words),
        post_json("/api/match", {"text": f"food {marker('plain text')}", "place": "54911"}),
        post_json("/api/match", {"text": "food", "place": marker("a place alone")}),
        post_json("/api/match", {"text": "food", marker("a field"): marker("its value")}),
        post_json("/api/match", {"text": "food", "profile": {"importance": {marker("a weight"): 1}}}),
        post_json("/api/match", {"text": [marker("a wrong type")]}),
        post_json("/api/hsds/services", {"search": marker("search of services"), "organization_id": marker("an id")}),
        post_json("/api/hsds/services", {"search": marker("search that works")}),
    ]
    asks += [post_json("/api/match", {"text": "food", part: value}) for part, value in _parts(profile)]
    asks += [Ask("POST", path, b'{"text": "' + marker("a broken body").encode() + b'\xff', (("content-type", "application/json"),)) for path in POSTED]
    asks += [Ask("POST", path, f"text={marker('another type')}".encode(), (("content-type", "text/plain"),)) for path in POSTED]
    asks += [Ask("PUT", path, f"text={marker('another verb')}".encode(), (("content-type", "text/plain"),)) for path in POSTED]
    asks += [Ask("POST", path, marker("too long").encode() * 200_000, (("content-type", "application/json"),)) for path in POSTED]
    asks += [get(f"{path}?q={marker('a query')}&{marker('a name of a query')}=1") for path in READ]
    asks += [get("/", referer=f"https://example.org/{marker('a referrer')}", cookie=f"a={marker('a cookie')}", user_agent=marker("a browser"))]
    return asks


POSTED = ("/search", "/search/around", "/search/week", "/api/match", "/api/strengths", "/api/hsds/services")
READ = (
    "/", "/browse", "/browse/food", "/urgent", "/leave", "/listings/none", "/api/hsds/services", "/api/vocabularies/strengths", "/none", "/api/none",
    "/metrics",
)


def _parts(profile: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for part in ("profile", "must_haves", "travel"):
        for name, value in profile[part].items():
            yield part, {name: value}


@pytest.fixture(scope="module")
def marker() -> Markers:
    return Markers()


def test_nothing_that_a_person_writes_is_left_anywhere(world: World, logged: Everything, marker: Markers) -> None:
    before = files(world)
    asked = [(one, ask(world.app, one)) for one in asks_of(marker)]
    assert len(marker.given) > 120
    assert {answer.status for _, answer in asked} >= {200, 400, 404, 405, 413, 415, 422}
    assert not any(answer.status >= 500 for _, answer in asked)
    for one, answer in asked:
        told = [f"{name.decode()}: {value.decode('latin-1')}" for name, value in answer.headers]
        assert hits("\n".join(told), marker) == [], f"{one.method} {one.path}"
        assert answer.header("set-cookie") == ""
        assert KEPT_NOWHERE in answer.header("cache-control") or MARK not in answer.text, f"{one.method} {one.path} echoes and may be kept"
    assert len(logged.lines) >= len(asked)
    assert hits("\n".join(logged.lines), marker) == []
    assert [hits(content, marker) for content in files(world).values()] == [[]] * len(files(world))
    assert set(files(world)) == set(before)


def test_the_markers_do_reach_the_pages(world: World) -> None:
    marker = Markers()
    answer = ask(world.app, post_form("/search", plain_form(marker)))
    assert sorted(set(hits(answer.text, marker))) == ["age", "own_strengths", "text"]


def test_our_own_fault_tells_nothing_of_the_person(world: World, logged: Everything, monkeypatch: pytest.MonkeyPatch) -> None:
    marker = Markers()

    def broken(inquiry: Any, **_: Any) -> Any:
        raise RuntimeError(f"could not rank {inquiry!r}") from ValueError(inquiry.text)

    monkeypatch.setattr(world.catalogue, "search", broken)
    asks = [post_json("/api/match", {"text": marker("text")}), post_form("/search", plain_form(marker))]
    for one, answer in [(one, ask(world.app, one)) for one in asks]:
        assert answer.status == 500
        assert hits(f"{answer.headers!r}{answer.text}", marker) == [], one.path
        assert KEPT_NOWHERE in answer.header("cache-control")
    assert any("RuntimeError" in line for line in logged.lines)
    assert hits("\n".join(logged.lines), marker) == []


def test_a_marker_that_is_logged_or_stored_is_found(world: World, logged: Everything) -> None:
    marker = Markers()
    logging.getLogger("some.library").debug("asked for %s", marker("logged"))
    (world.settings.data_dir / "left.txt").write_text(marker("left"))
    try:
        assert set(hits("\n".join(logged.lines), marker)) == {"logged"}
        assert [found for content in files(world).values() if (found := hits(content, marker))] == [["left"]]
    finally:
        (world.settings.data_dir / "left.txt").unlink()


def test_the_request_covers_every_text_of_the_interface() -> None:
    said = set(whole_request(Markers())) | {"latitude", "longitude", "max_km", "limit", "offset", "around"}
    assert said == {field.name for field in fields(MatchRequest)}
    others = {"strengths", "times", "near_to", "age", "give", "size", "tone", "newness", "importance", "there_and_back", "ordinary_places"}
    assert _lists(Profile) | others == {field.name for field in fields(Profile)}
    said_or_not = {"free", "most_cost", "in_my_times", "not_faith_based", "company", "without_interpreter"}
    assert _lists(MustHaves) | said_or_not == {field.name for field in fields(MustHaves)}
    assert {field.name for field in fields(Travel)} == {"modes", "minutes", "max_km"}
    assert set(WEIGHED) <= set(get_args(SignalName))


def files(world: World) -> dict[str, str]:
    """Every file that this Homeground keeps, as text: the database, its WAL and whatever else there is."""
    return {path.name: path.read_bytes().decode("latin-1") for path in world.settings.data_dir.rglob("*") if path.is_file()}


def hits(text: str, marker: Markers) -> list[str]:
    """The fields whose markers stand in a text."""
    pieces = text.split(MARK)[1:]
    return [marker.given.get(MARK + piece[:3], "a marker of another test") for piece in pieces]
