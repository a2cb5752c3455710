"""Canaries in every personal field of somebody's papers (rows 33 and 74): after the whole journey they are in no log, header, cookie, address or file."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from msgspec import inspect

from directory.papers import NEVER_SENT, PARTS, Papers, code, load, pack
from tests.trust.asking import Ask, ask, post_form
from tests.trust.test_canaries import MARK, Everything, Markers, files, hits, logged
from tests.trust.worlds import World

__all__ = ["logged"]
KEY = "g1"


def marked(marker: Markers, info: inspect.Type, path: str) -> Any:
    """A value of a shape with one row in every list and a marker in every text."""
    if isinstance(info, inspect.StructType):
        return {one.encode_name: made for one in info.fields if (made := marked(marker, one.type, f"{path}.{one.name}")) is not None}
    if isinstance(info, inspect.VarTupleType):
        return [made] if (made := marked(marker, info.item_type, path)) is not None else []
    if isinstance(info, inspect.DictType):
        return {}
    if isinstance(info, inspect.UnionType):
        return next((made for kind in info.types if (made := marked(marker, kind, path)) is not None), None)
    if isinstance(info, inspect.StrType):
        return KEY if info.pattern else marker(path)
    return {inspect.IntType: 3, inspect.FloatType: 1.0, inspect.BoolType: True, inspect.DateType: "2026-11-24"}.get(type(info)) or (
        info.values[0] if isinstance(info, inspect.LiteralType) else None
    )


def papers_with(marker: Markers) -> Papers:
    """Papers with a marker in every text of every part that travels."""
    whole = {name: marked(marker, inspect.type_info(shape), name) for name, shape in PARTS.items() if name not in NEVER_SENT}
    whole["about"]["profile"] |= {"importance": {}, "near_to": [], "times": [], "size": None, "tone": None}
    whole["about"]["travel"] = {}
    whole["about"]["must_haves"] = {"free": True}
    whole["domains"] = {"answers": {marker("domains.answers"): "more"}}
    return load(msgspec.json.encode({"version": 1, **whole}))


def asks_of(marker: Markers, papers: Papers) -> list[Ask]:
    """Every page that papers travel through, with words typed into it and with its buttons pressed."""
    text = pack(papers)
    typed = [(path, marker(f"typed {path}")) for path in TYPED]
    odd = [("yes", f"strengths:{marker('tick')}"), *((name, marker(name)) for name in BUTTONS)]
    asks = [post_form(path, [("papers", text), *typed, *more]) for path in PATHS for more in ([], odd)]
    asks += [post_form(path, [("papers", text), *typed], hx_request="true") for path in PATHS]
    asks += [post_form(path, [("papers", text + marker("broken papers"))]) for path in PATHS]
    asks += [post_form("/search", [("papers", text), ("from_papers", "1")]), post_form("/search", [("papers", text), ("starts", "1")])]
    acts = ("done g1 1", "reached g1", "turn 1")
    asks += [post_form("/papers", [("papers", text), ("do", act)]) for act in acts]
    scanned = code.write(papers, most=20_000).text
    asks += [post_form("/papers/scan", [("papers", text), ("code", one)]) for one in (scanned, f"{scanned} {marker('broken code')}")]
    asks += [upload(text.encode()), upload(text.encode() + marker("broken file").encode())]
    return asks


TYPED = ("own_words.good_at", "goals.goals.1.words", "circle.people.1.name", "about.place", "shortlist.kept.0.note")
BUTTONS = ("do", "keep", "worked", "page", "go", "sheet", "part", "compare", "shown", "take_step")
PATHS = (
    "/strengths", "/strengths/brings", "/papers", "/papers/keep", "/papers/file", "/papers/sheet", "/papers/dates", "/papers/code", "/papers/scan", "/search",
    "/search/around", "/search/week",
)  # fmt: skip


def upload(content: bytes) -> Ask:
    """The same papers as a file."""
    head = b'--q\r\nContent-Disposition: form-data; name="file"; filename="notes.json"\r\nContent-Type: application/json\r\n\r\n'
    return Ask("POST", "/papers/open", head + content + b"\r\n--q--\r\n", (("content-type", "multipart/form-data; boundary=q"),))


def test_rows_33_and_74_nothing_of_anybodys_papers_is_left_anywhere(world: World, logged: Everything) -> None:
    marker = Markers()
    papers = papers_with(marker)
    before = files(world)
    asked = [(one, ask(world.app, one)) for one in asks_of(marker, papers)]
    assert len(marker.given) > 60
    assert {answer.status for _, answer in asked} == {200, 422}
    assert sum(answer.status == 200 for _, answer in asked) >= 24
    for one, answer in asked:
        told = [f"{name.decode()}: {value.decode('latin-1')}" for name, value in answer.headers]
        assert hits("\n".join(told), marker) == [], one.path
        assert answer.header("set-cookie") == ""
        assert "no-store" in answer.header("cache-control"), one.path
    assert len(logged.lines) >= len(asked)
    assert hits("\n".join(logged.lines), marker) == []
    assert [hits(content, marker) for content in files(world).values()] == [[]] * len(files(world))
    assert set(files(world)) == set(before)


def test_the_markers_do_reach_the_pages_and_only_where_text_belongs(world: World) -> None:
    marker = Markers()
    papers = papers_with(marker)
    answer = ask(world.app, post_form("/papers", [("papers", pack(papers))]))
    reached = set(hits(answer.text, marker))
    assert {"goals.goals.words", "shortlist.kept.note", "own_words.good_at", "achievements.achievements.words"} <= reached
    assert not re.search(rf'(href|action|src|formaction|hx-[a-z]+)="[^"]*{MARK}', answer.text)
