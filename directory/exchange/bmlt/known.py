"""What a BMLT server says beside its meetings: its formats, which are known by world id and else by name, and its service bodies."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from directory.errors import UnreadableInput
from directory.exchange.meetings.codes import Programme, Said, read_codes
from directory.exchange.meetings.discretion import plain
from directory.exchange.meetings.document import read_text
from directory.exchange.meetings.heard import Feed
from directory.exchange.meetings.meeting import Keeper
from directory.exchange.reading.languages import read_languages
from directory.exchange.reading.parts import email_address, web_address
from directory.exchange.reading.row import Row, fold
from directory.exchange.reading.wordrules import Tally

FORMATS: Final = "GetFormats.json"
BODIES: Final = "GetServiceBodies.json"
NO_FORMATS: Final = "kept as written: without the formats of its server (GetFormats) a key says nothing, since keys differ from server to server"
BARE: Final = "key "
"""Before a key whose format is not known, so that nobody takes it for the world id that reads the same."""
NOT_ONE: Final = "kept as written: more than one format of its server has this key"


class Format(Struct, frozen=True):
    """One format: its name in one language, and what it is in the vocabulary (empty where nothing is known of it)."""

    name: str
    code: str
    languages: tuple[str, ...] = ()


class Known(Struct, frozen=True):
    """The formats of a server by id and language, and by key and language, and its service bodies by id."""

    programme: Programme
    by_id: Mapping[str, Format]
    by_key: Mapping[tuple[str, str], tuple[Format, ...]]
    bodies: Mapping[str, Keeper]

    def read(self, row: Row, tally: Tally) -> Said:
        """What the formats of a record say; those that are not known stand under their names."""
        codes, languages = dict[str, None](), dict[str, None]()
        for written, format_ in self._formats(row):
            code = format_.code if format_ else ""
            tally.count("format", format_.name if format_ else written, understood=bool(code))
            codes[code or (format_.name if format_ else f"{BARE}{written}")] = None
            languages.update(dict.fromkeys(format_.languages if format_ else ()))
            if format_ and not code:
                row.repair("formats", format_.name, "kept by its name: neither its world id nor its name is in the vocabulary")
        spoken = [code for code in codes if code == "LANG"]
        said = read_codes(self.programme, [code for code in codes if code not in spoken])
        return Said(
            codes=said.codes, unknown=said.unknown, terms=said.terms, does=said.does, languages=tuple(dict.fromkeys((*languages, *said.languages)))
        )

    def _formats(self, row: Row) -> list[tuple[str, Format | None]]:
        ids = [part for part in plain(row.raw("format_shared_id_list")).split(",") if part.strip()]
        if ids and all(part.strip() in self.by_id for part in ids):
            row.raw("formats")
            return [(part, self.by_id[part.strip()]) for part in ids]
        keys = [part.strip() for part in plain(row.raw("formats")).split(",") if part.strip()]
        return [(key, self._by_key(row, key)) for key in keys]

    def _by_key(self, row: Row, key: str) -> Format | None:
        """The format that a key stands for in the language of the record, or in any where all agree."""
        found = self.by_key.get((key, plain(row.raw("lang_enum")))) or self.by_key.get((key, ""), ())
        meant = {(one.code or one.name, one.languages): one for one in found}
        if len(meant) != 1:
            row.repair("formats", key, NOT_ONE if meant else NO_FORMATS)
            return None
        return next(iter(meant.values()))


def read_known(path: Path, feed: Feed) -> Known:
    """What stands beside the meetings: in the same answer, or in the other files of a folder."""
    formats = _list(path / FORMATS, "formats") if path.is_dir() else _list(path, "formats", beside=True)
    bodies = _list(path / BODIES, "service_bodies") if path.is_dir() else []
    by_id: dict[str, Format] = {}
    by_key: dict[tuple[str, str], list[Format]] = {}
    for value in sorted(formats, key=lambda value: plain(value.get("lang")) != "en"):
        format_ = _format(value, feed)
        by_id.setdefault(plain(value.get("id")), format_)
        for language in (plain(value.get("lang")), ""):
            by_key.setdefault((plain(value.get("key_string")), language), []).append(format_)
    return Known(feed.programme, by_id, {key: tuple(found) for key, found in by_key.items()}, {body.key: body for body in _bodies(bodies)})


def _list(path: Path, name: str, *, beside: bool = False) -> list[dict[str, Any]]:
    """The list in a file, or under a name in it; with ``beside`` a file that is a bare list has none."""
    if not path.is_file():
        return []
    try:
        value = json.loads(read_text(path).lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise UnreadableInput(f"this is not whole JSON ({error}). Perhaps the file was cut short; fetch it again.", file=path.name) from error
    found = value.get(name, []) if isinstance(value, dict) else [] if beside else value
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _format(value: Mapping[str, Any], feed: Feed) -> Format:
    name = plain(value.get("name_string")) or plain(value.get("key_string"))
    world = plain(value.get("world_id")) or plain(value.get("worldid_mixed"))
    if world == "LANG" and "LANG" in feed.programme.types:
        spoken = read_languages([_language_name(name)], country=feed.country or None)
        tags = tuple(one.code for one in spoken.languages if one.code)
        return Format(name, "LANG" if tags and not spoken.unsure else "", tags if not spoken.unsure else ())
    code = world if world in feed.programme.types else _by_name(feed.programme, name)
    return Format(name, code)


def _by_name(programme: Programme, name: str) -> str:
    """The code of a format without a world id, by its name alone: never by a name that reads like another's key."""
    named = {fold(spelling): type_.code for type_ in programme.types.values() for spelling in type_.names}
    return named.get(fold(name), "")


def _language_name(name: str) -> str:
    """"English speaking" and "Lithuanian/Russian" as the names of languages."""
    return fold(name).removesuffix(" speaking").removesuffix(" meeting").removesuffix(" language").replace("/", ", ").title()


def _bodies(values: Iterable[Mapping[str, Any]]) -> Iterable[Keeper]:
    """Service bodies; a helpline is a number of the body, an address of theirs is for those who keep the server."""
    for value in values:
        if (key := plain(value.get("id"))) and (name := plain(value.get("name"))):
            url, email = plain(value.get("url")), plain(value.get("contact_email_public"))
            parent = plain(value.get("parent_id"))
            yield Keeper(
                key=key, name=name, url=(web_address(url) or "") if url else "", phone=plain(value.get("helpline")), email=email_address(email) or "",
                words=plain(value.get("description")), parent_key=parent if parent != "0" else "",
            )
