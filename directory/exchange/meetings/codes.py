"""What the type codes of meeting feeds mean, programme by programme: codes to our terms and languages, and back.

The same letter means different things in different programmes, so a table is never read with another's codes, and a programme that has no table
understands no type at all. Tables are TOML files under ``mapping/`` (``meetings_<programme>.toml``)::

    languages = "meeting_guide"   # takes the language codes of Meeting Guide
    terms = ["supports.x"]        # what every meeting of the programme is
    [also]                        # other spellings of a code
    ASBI = "ABSI"
    [types]
    M = { label = "Men", names = ["Men Only"], terms = ["audiences.men"] }

``names`` are what feeds that write types out call them; ``terms`` are as in ``reading/wordrules.py``: the first means the same as the type, so that it leads
back to it (or any of ``back``), the others follow from it; with ``one_way`` none leads back. ``does`` is what a type says of the meeting's life instead of
its people. ``key`` and ``group`` (BMLT) are what a feed of ours calls the format.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, Final, Literal

from babel import Locale
from msgspec import Struct
from msgspec.structs import replace

from directory.exchange.reading.row import fold
from directory.exchange.reading.shipped import shipped
from directory.exchange.reading.wordrules import Term, read_term

Does = Literal["", "online", "hybrid", "place_closed", "not_on_holidays", "language"]
NO_TABLE: Final = "none"
TABLES: Final = ("aa", "aca", "al_anon", "bmlt", "general", "na")
BILINGUAL: Final = "bilingual"
"""The type, in the programmes that have it, of a meeting in two languages; which, only its languages say."""


class Type(Struct, frozen=True, kw_only=True):
    """One type or format of a programme, by its code; ``language`` is the tag that it says the meeting speaks or signs."""

    code: str
    label: str
    names: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    does: Does = ""
    language: str = ""
    key: str = ""
    group: str = ""
    back: tuple[Term, ...] = ()
    one_way: bool = False


class Programme(Struct, frozen=True, kw_only=True):
    """The vocabulary of one programme; ``terms`` hold for all its meetings. One without a table has no types and no terms."""

    code: str
    name: str = ""
    terms: tuple[Term, ...] = ()
    types: dict[str, Type] = {}
    also: dict[str, str] = {}
    languages: dict[str, str] = {}

    def find(self, written: str) -> str | None:
        """The code that a feed means by what it wrote: a code in any case, another spelling of one, or a name; None where it is not known."""
        return _spellings(self.code).get(fold(written))


class Said(Struct, frozen=True, kw_only=True):
    """What some codes say. ``codes`` are those understood, ``unknown`` the others as written; both in the order of the feed, each once."""

    codes: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    languages: tuple[str, ...] = ()
    does: frozenset[str] = frozenset()

    @property
    def is_bilingual(self) -> bool:
        """Whether it is held in two languages and says which."""
        return BILINGUAL in self.codes and len(self.languages) > 1


@cache
def load_programme(code: str) -> Programme:
    """The programme of this code (``aa``, ``al-anon``); one without types where no table is known by it."""
    name = fold(code).replace("-", "_")
    if name not in TABLES:
        return Programme(code=code, languages=dict(shipped("meetings_languages")["codes"]))
    table = shipped(f"meetings_{name}")
    return Programme(
        code=name,
        name=table["name"],
        terms=tuple(read_term(term) for term in table.get("terms", ())),
        types={key: _type(key, said) for key, said in table["types"].items()},
        also=table.get("also", {}),
        languages=dict(shipped("meetings_languages")["codes"]) if table.get("languages") else {},
    )


def _type(code: str, said: dict[str, Any]) -> Type:
    lists = {name: tuple(read_term(term) for term in said.get(name, ())) for name in ("terms", "back")}
    return Type(**{**said, **lists, "code": code, "names": tuple(said.get("names", ()))})


@cache
def _spellings(programme: str) -> dict[str, str]:
    """Everything that a feed of the programme may write, folded, to the code. A code stands before a name that reads like it."""
    found = load_programme(programme)
    spelled = {fold(name): code for code, type_ in found.types.items() for name in (type_.label, *type_.names)}
    spelled |= {fold(Locale("en").languages.get(tag, code)): code for code, tag in found.languages.items()}
    spelled |= {fold(other): code for other, code in found.also.items()}
    return spelled | {fold(code): code for code in (*found.languages, *found.types)}


def read_codes(programme: Programme, written: Iterable[str]) -> Said:
    """What the codes or names of one meeting say; blanks among them say nothing."""
    codes, unknown = dict[str, None](), dict[str, None]()
    for text in written:
        if text := text.strip():
            code = programme.find(text)
            codes.update({code: None}) if code else unknown.update({text: None})
    types = [programme.types[code] for code in codes if code in programme.types]
    spoken = [tag for code in codes if (tag := language_of(programme, code))]
    return Said(
        codes=tuple(codes),
        unknown=tuple(unknown),
        terms=tuple(dict.fromkeys(term for type_ in types for term in type_.terms)),
        languages=tuple(dict.fromkeys(spoken)),
        does=frozenset(type_.does for type_ in types if type_.does),
    )


def language_of(programme: Programme, code: str) -> str:
    """The language tag that a code says the meeting is in; empty where it says none."""
    known = programme.types.get(code)
    return (known.language if known else "") or programme.languages.get(code, "")


def label_of(programme: Programme, code: str) -> str:
    """A code in words for people; the code itself where nothing is known of it."""
    known = programme.types.get(code)
    return known.label if known else code


def codes_for(programme: Programme, terms: Iterable[Term]) -> tuple[str, ...]:
    """The codes that some terms stand for, in the order of the table. A fact in words is the fact; what is stated not to be so is no code."""
    held = {replace(term, value="no" if term.value == "no" else "") for term in terms}
    return tuple(code for code, type_ in programme.types.items() if not type_.one_way and held & {*type_.terms[:1], *type_.back})


def language_codes(programme: Programme, tags: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes for some language tags, and the tags that the programme has no code for, which want saying in words."""
    by_tag = {tag: code for code, tag in programme.languages.items()}
    by_tag |= {type_.language: type_.code for type_ in programme.types.values() if type_.language}
    codes, spoken = dict[str, None](), dict[str, None]()
    for tag in tags:
        plain = shipped("meetings_languages")["same"].get(base := tag.split("-")[0].lower(), base)
        code = by_tag.get(plain)
        codes.update({code: None}) if code else spoken.update({tag: None})
    return tuple(codes), tuple(spoken)
