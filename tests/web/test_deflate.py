"""Packing: what either library packed unpacks to what went in, whole or piece by piece."""

from __future__ import annotations

import gzip
import zlib
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from web import deflate
from web.deflate import GZIP, QUICK, RAW, SMALL, crc32, packer

isal_zlib = pytest.importorskip("isal.isal_zlib")


@pytest.fixture(params=[None, isal_zlib], ids=["zlib", "isal"])
def library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(deflate, "isal_zlib", request.param)
    return request.param


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=2_000), st.sampled_from((QUICK, SMALL)), st.lists(st.integers(0, 2_000), max_size=4))
def test_what_was_packed_in_pieces_unpacks_to_all_of_them(library: Any, content: bytes, level: int, cuts: list[int]) -> None:
    ours, raw = packer(level, GZIP), packer(level, RAW)
    pieces = [content[low:high] for low, high in pairwise(sorted((0, *cuts, len(content) + 2_000)))]
    assert gzip.decompress(b"".join(ours.compress(piece) for piece in pieces) + ours.flush()) == content
    blocks = [raw.compress(piece) + raw.flush(zlib.Z_FULL_FLUSH) for piece in pieces]
    assert zlib.decompress(b"".join(blocks) + raw.flush(), RAW) == content
    assert crc32(content) == zlib.crc32(content)
