"""An index on disk: written once, mapped by any number of processes, exchanged in one step for a newer one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from numpy.typing import NDArray

from matching.codes import CodeSets
from matching.columns import TAGGED, Columns
from matching.errors import BrokenSnapshot
from matching.files import Arrays, read_arrays, read_meta, under, within, write_arrays
from matching.index import Index
from matching.measures import Measures
from matching.openings import Openings
from matching.part import Part
from matching.postings import Postings
from matching.strings import Blobs, Strings
from matching.text import TextIndex
from matching.vocabulary import Vocabulary


class Meta(Struct, frozen=True):
    """What of an index is not arrays: the codes of each column, time zones, and the counts that rates are made of."""

    made: str
    on: date
    rows: int
    timetables: int
    zones: tuple[str, ...]
    codes: dict[str, tuple[str, ...]]
    stated: tuple[tuple[str, str, int], ...]
    yes: tuple[tuple[str, str, str, int], ...]


def save(index: Index, path: Path, *, made: str = "") -> None:
    """Write an index of one part. ``made`` says of what it was made (a version, a place in a log): ``open_index`` gives it back.

    Raises ValueError for an index with changes beside it: those are folded in by building.
    """
    if len(index.parts) != 1 or index.parts[0].alive is not None:
        raise ValueError("Only an index without changes beside it can be saved: build it anew with the changes in it.")
    columns, texts, attached, measures = index.parts[0].columns, index.parts[0].texts, index.parts[0].attached, index.measures
    if not isinstance(texts, TextIndex):
        raise ValueError("Only an index made by Index.build can be saved.")
    arrays = {
        **within("columns", columns.arrays),
        **{name: one for column, sets in columns.codes.items() for name, one in within(f"codes/{column}", sets.arrays()).items()},
        **within("openings", {"number": columns.openings.number, **columns.openings.arrays}),
        **{name: one for table, held in columns.texts.items() for name, one in within(f"texts/{table}", held.arrays()).items()},
        **{name: one for column, held in columns.tagged.items() for name, one in within(f"tagged/{column}", held.arrays()).items()},
        **within("words", texts.arrays()),
        **within("measures", {"latitude": measures.latitude, "longitude": measures.longitude}),
        **(within("attached", attached.arrays()) if isinstance(attached, Blobs) else {}),
    }
    meta = Meta(
        made=made,
        on=index.on,
        rows=len(columns),
        timetables=columns.openings.timetables,
        zones=columns.openings.zones,
        codes={name: sets.codes for name, sets in columns.codes.items()},
        stated=tuple((*key, count) for key, count in sorted(measures.stated.items())),
        yes=tuple((*key, count) for key, count in sorted(measures.yes.items())),
    )
    write_arrays(path, arrays, msgspec.msgpack.encode(meta))


def open_index(path: Path, vocabulary: Vocabulary, *, language: Callable[[str], str] | None = None) -> tuple[Index, str]:
    """Map an index that ``save`` wrote, and what it was made of. Raises BrokenSnapshot when it is missing or damaged."""
    arrays, raw = read_arrays(path)
    try:
        meta = msgspec.msgpack.decode(raw, type=Meta)
        index = index_of(arrays, meta, vocabulary, language)
    except (msgspec.MsgspecError, KeyError, ValueError, IndexError) as error:
        raise BrokenSnapshot(f"The snapshot {path.name} was written by another version ({error}). It is made anew from the database.") from error
    return index, meta.made


def made_of(path: Path) -> str:
    """What an index on disk was made of, without reading the index. Raises BrokenSnapshot when the head of the file is missing or damaged."""
    try:
        return msgspec.msgpack.decode(read_meta(path), type=Meta).made
    except msgspec.MsgspecError as error:
        raise BrokenSnapshot(f"The snapshot {path.name} was written by another version ({error}). It is made anew from the database.") from error


def index_of(arrays: Arrays, meta: Meta, vocabulary: Vocabulary, language: Callable[[str], str] | None) -> Index:
    """Put an index together from its arrays; nothing is copied."""
    tagged = {column: Postings.of(meta.rows, under(arrays, f"tagged/{column}")) for column in TAGGED}
    hours = under(arrays, "openings")
    openings = Openings(hours.pop("number"), meta.timetables, hours, meta.zones)
    sets = {name: CodeSets.of(under(arrays, f"codes/{name}"), codes) for name, codes in meta.codes.items()}
    texts = {name: Strings.of(under(arrays, f"texts/{name}")) for name in tables(arrays)}
    columns = Columns(under(arrays, "columns"), sets, openings, texts, tagged)
    stated = {(aspect, kind): count for aspect, kind, count in meta.stated}
    yes = {(aspect, kind, code): count for aspect, kind, code, count in meta.yes}
    measures = Measures(stated, yes, arrays["measures/latitude"], arrays["measures/longitude"])
    part = Part(columns, vocabulary, TextIndex.of(under(arrays, "words"), tagged["supports"], vocabulary), measures, language)
    if attached := under(arrays, "attached"):
        part.attached = Blobs.of(attached)
    return Index([part], measures, meta.on)


def tables(arrays: Mapping[str, NDArray[Any]]) -> list[str]:
    """The names of the tables of texts."""
    return sorted({name.split("/")[1] for name in arrays if name.startswith("texts/")})
