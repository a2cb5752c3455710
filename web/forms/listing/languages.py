"""The languages of a listing: which, how each is used there, and whether they are all there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from msgspec import Struct

from directory.editing.sheet import Sheet
from directory.exchange.records import Language
from directory.languages import BILINGUAL, INTERPRETED, NO_OTHERS, ROLES, SIGNED, SPOKEN, language_label
from matching.signs import is_signed
from web.forms.choices import Option
from web.forms.fields import Posted
from web.forms.listing.base import Around, Errors, new_id
from web.forms.listing.terms import found_terms

MOST: Final = 40
WORDS: Final = {
    SPOKEN: "Spoken there", SIGNED: "Signed there", BILINGUAL: "Side by side", INTERPRETED: "Interpreter", "": "Not said",
}  # fmt: skip


class Use(Struct, frozen=True, kw_only=True):
    """One language as the page offers it: how it is used now, and the ways that there are to choose from."""

    code: str
    label: str
    role: str
    ways: tuple[Option, ...]
    is_ticked: bool


class Languages(Struct, frozen=True, kw_only=True):
    """The languages, each with the way it is used, and whether others are spoken."""

    name: str = "languages"
    label: str = "Languages"

    def show(self, sheet: Sheet, posted: Posted | None, around: Around) -> dict[str, Any]:
        """The languages as ticked, and what was searched for."""
        rows = {_code(row): row for row in sheet.service.languages}
        only, ticked = any(row.note == NO_OTHERS for row in rows.values()), list(rows)
        if posted is not None and posted.get("has-languages") is not None:
            ticked, only = posted.getall("languages", []), bool(posted.get("languages_only"))
        asked, words = posted is not None and posted.get("find") == "languages", str(posted.get("q-languages") or "") if posted is not None else ""
        found = found_terms(around.vocabulary, "languages", words) if asked else ()
        offered = dict.fromkeys([*rows, *ticked])
        return {
            "kind": "languages", "field": self, "only": only, "q": words, "is_found": asked, "found": uses_of(one for one in found if one[0] not in offered),
            "uses": [_use(code, rows.get(code), _posted(posted, code), is_ticked=code in ticked) for code in offered],
        }  # fmt: skip

    def read(self, sheet: Sheet, posted: Posted, around: Around) -> Errors:
        """The languages that are ticked; one that nobody could name in our list stays while it is ticked."""
        if posted.get("has-languages") is None:
            return {}
        ticked, only = list(dict.fromkeys(posted.getall("languages", []))), bool(posted.get("languages_only"))
        if only and not ticked:
            return {"languages": "Languages: choose those that are used, or untick “no others”."}
        kept = [row for row in sheet.service.languages if _code(row) in ticked]
        there = {row.code for row in kept}
        known = [code for code in ticked[:MOST] if code not in there and around.vocabulary.term("languages", code) is not None]
        kept += [Language(id=new_id(around, "language", code), code=code, name=language_label(code), role=usual(code)) for code in known]
        for row in kept:
            if only or row.note == NO_OTHERS:
                row.note = NO_OTHERS if only else None
            if (role := _posted(posted, _code(row))) is not None:
                row.role = role or None
        sheet.service.languages = kept
        return {}


def uses_of(found: Iterable[Option]) -> list[Use]:
    """Languages to tick, which nobody has said anything of: each would be used in the usual way."""
    return [Use(code=code, label=label, role=usual(code), ways=_ways(code, ""), is_ticked=False) for code, label in found]


def usual(code: str) -> str:
    """How a language is used where it is simply named."""
    return SIGNED if is_signed(code) else SPOKEN


def _use(code: str, row: Language | None, posted: str | None, *, is_ticked: bool) -> Use:
    now = (row.role or "") if row is not None else usual(code)
    label = (row.name if row is not None else "") or language_label(code)
    return Use(code=code, label=label, role=now if posted is None else posted, ways=_ways(code, now), is_ticked=is_ticked)


def _ways(code: str, now: str) -> tuple[Option, ...]:
    """The ways to choose from. A spoken language is not signed, nor the other way round; what stands there can stay."""
    ways = (usual(code), BILINGUAL, INTERPRETED, "")
    return tuple((way, WORDS[way]) for way in (*ways, *((now,) if now in ROLES and now not in ways else ())))


def _posted(posted: Posted | None, code: str) -> str | None:
    """The way that was chosen for a language; None where the page did not ask, or was changed."""
    said = posted.get(f"role-{code}") if posted is not None else None
    return said if said in WORDS else None


def _code(row: Language) -> str:
    return row.code or f"named:{row.name}"
