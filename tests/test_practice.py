"""Every row of practice is shown by a test that exists, or says plainly what it lacks."""

from __future__ import annotations

import ast
import tomllib
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROWS: dict[str, dict[str, object]] = tomllib.loads((HERE / "practice.toml").read_text(encoding="utf-8"))
PEERS = {"38", "39", "40", "41", "48", "59", "60", "61", "62"}
"""Rows that may wait for peer support."""
UNSHOWN: set[str] = set()
"""Rows that nothing shows yet: whoever closes one takes it out of here, and none is added."""


@cache
def named_in(path: str) -> frozenset[str]:
    tree = ast.parse((HERE / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"))


def test_no_row_is_left_out() -> None:
    assert list(ROWS) == [str(number) for number in range(1, 76)]


@pytest.mark.parametrize("row", list(ROWS))
def test_what_a_row_names_is_there(row: str) -> None:
    named, lacks = ROWS[row]["tests"], ROWS[row].get("lacks", "")
    assert isinstance(named, list)
    assert isinstance(lacks, str)
    for one in named:
        path, _, name = one.partition("::")
        assert (HERE / path).is_file(), one
        assert name in named_in(path), one
    assert bool(named) == (row not in UNSHOWN)
    assert named or len(lacks) > 20
    assert not lacks.startswith("peer support") or row in PEERS
