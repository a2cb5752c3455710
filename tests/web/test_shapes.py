"""However many ask first, at the same moment, nobody's question ends the server."""

from __future__ import annotations

import subprocess
import sys

import pytest
from msgspec import Struct
from msgspec.json import decode

from tests.web.second_door import SecondDoor
from web.shapes import SIGNATURE, _below, _known, know_shapes

AT_ONCE = """
import sys, threading, msgspec
sys.setswitchinterval(1e-6)
from web.api.asked import MatchRequest
from web.shapes import know_shapes
know_shapes()
gate = threading.Barrier(8)

def ask():
    gate.wait()
    msgspec.json.decode(b'{"text": "tea", "profile": {"languages": ["en"]}, "must_haves": {"free": true}}', type=MatchRequest)

asking = [threading.Thread(target=ask) for _ in range(8)]
for one in asking:
    one.start()
for one in asking:
    one.join()
"""


class New(Struct, frozen=True):
    """A shape that nobody has read yet."""

    words: tuple[str, ...] = ()


class Either(Struct, frozen=True):
    """A shape that can only be written: nothing in JSON tells its two sorts apart."""

    one: New | OtherNew


class OtherNew(Struct, frozen=True):
    """The other sort."""


def test_eight_who_ask_first_at_once_are_all_answered() -> None:
    ended = [subprocess.run([sys.executable, "-c", AT_ONCE], capture_output=True, check=False).returncode for _ in range(6)]
    assert ended == [0] * 6


def test_every_shape_of_the_house_is_known_when_there_is_an_application(door: SecondDoor) -> None:
    assert door.as_("anyone").get("/").status_code == 200
    found = {shape for shape in _below(Struct) if shape.__module__.partition(".")[0] in ("web", "directory", "matching")}
    ours = {shape for shape in found if not shape.__name__.endswith(SIGNATURE) and shape.__module__ != "directory.plain"}   # rows, never read from JSON
    assert len(ours) > 200
    assert ours <= _known


def test_what_was_added_since_is_made_known_and_what_can_only_be_written_is_passed_over() -> None:
    know_shapes()
    assert {New, Either, OtherNew} <= _known
    assert decode(b'{"words": ["tea"]}', type=New) == New(words=("tea",))
    with pytest.raises(TypeError, match="tagged"):
        decode(b"{}", type=Either)
