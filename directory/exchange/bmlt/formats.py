"""Formats of a BMLT feed: the types of the programme by world id, and a format of its own for each language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from typing import Final

from msgspec import Struct

from directory.exchange.meetings.codes import BILINGUAL, Programme, Type, load_programme
from directory.exchange.meetings.meeting import Meeting
from directory.exchange.meetings.speaking import signed_by_others
from directory.languages import language_label

LANGUAGE: Final = "LANG"
ONLINE: Final = "VM"
HYBRID: Final = "HYBR"
CLOSED: Final = "TC"
LANGUAGE_IDS: Final = 1_000
"""Formats of types are numbered below this, in the order of the table; those of languages above, by their tag."""


class Format(Struct, frozen=True, kw_only=True):
    """A format. ``world_id`` is what programs go by, ``key`` what people see in a list of letters."""

    id: str
    key: str
    name: str
    description: str
    group: str
    world_id: str = ""


def formats_of(meeting: Meeting, programme: Programme) -> list[Format]:
    """The formats of a meeting: its codes, how it meets, and its languages, each once."""
    codes = dict.fromkeys((*(code for code in meeting.codes if code in programme.types), *_of_life(meeting)))
    signed = {type_.language: type_ for type_ in programme.types.values() if type_.language}
    types = [type_format(programme.code, code) for code in codes]
    types += [type_format(programme.code, signed[tag].code) for tag in (*meeting.languages, *signed_by_others(meeting)) if tag in signed]
    types += [type_format(programme.code, BILINGUAL)] if meeting.is_bilingual and BILINGUAL in programme.types else []
    spoken = [language_format(tag) for tag in meeting.languages if tag not in signed]
    return list(dict.fromkeys((*types, *spoken)))


def _of_life(meeting: Meeting) -> Iterator[str]:
    if "online" in meeting.attendance:
        yield HYBRID if "in_person" in meeting.attendance else ONLINE
    if meeting.is_paused:
        yield CLOSED


def all_formats(programme: Programme) -> list[Format]:
    """Every format of the table but that of languages, which has one for each language in use."""
    return [type_format(programme.code, code) for code in programme.types if code != LANGUAGE]


@cache
def type_format(programme: str, code: str) -> Format:
    """The format of a type."""
    types = load_programme(programme).types
    type_: Type = types[code]
    number, world = list(types).index(code) + 1, code if code.isupper() else ""
    return Format(id=str(number), key=type_.key or code, name=type_.label, description=f"{type_.label}.", group=type_.group, world_id=world)


@cache
def language_format(tag: str) -> Format:
    """The format of a language: ``LANG`` to programs, its tag in a list of letters, its name to people."""
    name = language_label(tag)
    number = LANGUAGE_IDS + int.from_bytes(sha256(tag.encode()).digest()[:4], "big")
    return Format(id=str(number), key=tag, name=name, description=f"{name} is spoken.", group=LANGUAGE, world_id=LANGUAGE)


def to_records(formats: Iterable[Format], *, root: str, language: str = "en") -> list[dict[str, str]]:
    """Formats as the interface answers them, in the order of their ids."""
    return [
        {
            "key_string": one.key, "name_string": one.name, "description_string": one.description, "lang": language, "id": one.id,
            "world_id": one.world_id, "format_type_enum": one.group, "root_server_uri": root,
        }
        for one in sorted(formats, key=lambda one: int(one.id))
    ]
