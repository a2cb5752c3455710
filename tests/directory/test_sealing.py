"""A seal opens only with its key and on its own row."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.errors import UnsafeSetting
from directory.sealing import BrokenSeal, Sealer, key_file

KEYS = {"one": b"1" * 32}
ROW = "location_private|sealed|7"


@given(st.text(max_size=300))
def test_what_was_sealed_opens_again(text: str) -> None:
    assert Sealer(KEYS).open(Sealer(KEYS).seal(text, bound_to=ROW), bound_to=ROW) == text


def test_a_seal_moved_to_another_row_does_not_open() -> None:
    sealed = Sealer(KEYS).seal("14 Elm Row", bound_to=ROW)
    with pytest.raises(BrokenSeal):
        Sealer(KEYS).open(sealed, bound_to="location_private|sealed|8")


@pytest.mark.parametrize("broken", ["", "v1.one.x", "v2.one.AA.AA", "v1.two.AAAAAAAAAAAAAAAA.AAAA", "plain text"])
def test_what_is_no_seal_does_not_open(broken: str) -> None:
    with pytest.raises(BrokenSeal):
        Sealer(KEYS).open(broken, bound_to=ROW)


def test_an_older_key_still_opens_and_the_newest_seals() -> None:
    old = Sealer(KEYS).seal("text", bound_to=ROW)
    both = Sealer({**KEYS, "two": b"2" * 32})
    assert both.open(old, bound_to=ROW) == "text"
    assert both.seal("text", bound_to=ROW).startswith("v1.two.")


def test_a_short_key_is_refused_in_words() -> None:
    with pytest.raises(UnsafeSetting, match="32 bytes"):
        Sealer({"one": b"short"})


def test_the_key_file_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    assert key_file(path) == key_file(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
