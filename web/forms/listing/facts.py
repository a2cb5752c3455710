"""Fields of their own kind: a fact in words, and the languages spoken."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from directory.editing.sheet import Sheet
from directory.exchange.records import Attribute, Language
from directory.languages import NO_OTHERS, language_label
from web.forms.fields import Posted
from web.forms.listing.base import Around, Errors, new_id, prose, tidy_prose
from web.forms.listing.terms import found_terms


class FactText(Struct, frozen=True, kw_only=True):
    """A fact that is told in words: the text of a term."""

    name: str
    label: str
    code: str
    hint: str = ""
    rows: int = 4
    most: int = 1200

    def show(self, sheet: Sheet, posted: Posted | None, _around: Around) -> dict[str, Any]:
        """The words."""
        typed = posted.get(self.name) if posted is not None else None
        return {"kind": "area", "field": self, "value": self._said(sheet) if typed is None else typed}

    def read(self, sheet: Sheet, posted: Posted, around: Around) -> Errors:
        """The words; without any, the fact is not stated."""
        text = prose(posted, self.name)
        if text is None or text == tidy_prose(self._said(sheet)):
            return {}
        if len(text) > self.most:
            return {self.name: f"{self.label}: this has {len(text)} letters. There is room for {self.most}."}
        mine = [one for one in sheet.terms("group_facts", "group_facts") if one.code == self.code]
        if not text:
            sheet.service.attributes = [one for one in sheet.service.attributes if one not in mine]
        elif mine:
            mine[0].value = text
        else:
            key = new_id(around, "attribute", f"group_facts|group_facts|{self.code}")
            sheet.service.attributes.append(Attribute(id=key, link_type="group_facts", taxonomy="group_facts", code=self.code, value=text))
        return {}

    def _said(self, sheet: Sheet) -> str:
        return next((one.value or "" for one in sheet.terms("group_facts", "group_facts") if one.code == self.code), "")


class Languages(Struct, frozen=True, kw_only=True):
    """The languages spoken, and whether they are all there are."""

    name: str = "languages"
    label: str = "Languages spoken there"

    def show(self, sheet: Sheet, posted: Posted | None, around: Around) -> dict[str, Any]:
        """The languages as ticked, and what was searched for."""
        rows = sheet.service.languages
        yes = {row.code or f"named:{row.name}": row.name or language_label(row.code or "") for row in rows}
        only = any(row.note == NO_OTHERS for row in rows)
        ticked = list(yes)
        if posted is not None and posted.get("has-languages") is not None:
            ticked, only = posted.getall("languages", []), bool(posted.get("languages_only"))
        asked, words = posted is not None and posted.get("find") == "languages", str(posted.get("q-languages") or "") if posted is not None else ""
        found = found_terms(around.vocabulary, "languages", words) if asked else ()
        options = tuple((code, yes.get(code) or language_label(code)) for code in dict.fromkeys([*yes, *ticked]))
        return {
            "kind": "languages", "field": self, "yes": sorted(ticked), "options": options, "only": only, "q": words, "is_found": asked,
            "found": [one for one in found if one[0] not in ticked],
        }  # fmt: skip

    def read(self, sheet: Sheet, posted: Posted, around: Around) -> Errors:
        """The languages that are ticked; one that nobody could name in our list stays while it is ticked."""
        if posted.get("has-languages") is None:
            return {}
        ticked, only = list(dict.fromkeys(posted.getall("languages", []))), bool(posted.get("languages_only"))
        if only and not ticked:
            return {"languages": "Languages: choose those that are spoken, or untick “no others”."}
        kept = [row for row in sheet.service.languages if (row.code or f"named:{row.name}") in ticked]
        there = {row.code for row in kept}
        known = [code for code in ticked[:40] if code not in there and around.vocabulary.term("languages", code) is not None]
        kept += [Language(id=new_id(around, "language", code), code=code, name=language_label(code)) for code in known]
        for row in kept:
            if only or row.note == NO_OTHERS:
                row.note = NO_OTHERS if only else None
        sheet.service.languages = kept
        return {}
