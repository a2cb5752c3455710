"""The words that the finder knows, read from ``words.toml`` beside this file."""

from __future__ import annotations

from importlib.resources import files

import msgspec
from msgspec import Struct


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    empty: str
    legal: str
    common: str
    units: str
    everybodys: str
    short: dict[str, str]
    directions: dict[str, str]
    kinds: dict[str, str]
    ordinals: dict[str, str]


class WordLists(Struct, frozen=True):
    """Words of no weight, and what short forms stand for."""

    empty: frozenset[str]
    legal: frozenset[str]
    common: frozenset[str]
    units: frozenset[str]
    everybodys: frozenset[str]
    short: dict[str, str]
    directions: dict[str, str]
    kinds: dict[str, str]
    ordinals: dict[str, str]


def _read() -> WordLists:
    written = msgspec.toml.decode((files("directory.duplicates") / "words.toml").read_bytes(), type=_File)
    return WordLists(
        empty=frozenset(written.empty.split()),
        legal=frozenset(written.legal.split()),
        common=frozenset(written.common.split()),
        units=frozenset(written.units.split()),
        everybodys=frozenset(written.everybodys.split()),
        short=_by_short_form(written.short),
        directions=_by_short_form(written.directions),
        kinds=_by_short_form(written.kinds),
        ordinals=_by_short_form(written.ordinals),
    )


def _by_short_form(table: dict[str, str]) -> dict[str, str]:
    return {short: whole for whole, shorts in table.items() for short in shorts.split()}


WORDS = _read()
