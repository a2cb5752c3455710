"""A fact that is told in words."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from directory.editing.sheet import Sheet
from directory.exchange.records import Attribute
from web.forms.fields import Posted
from web.forms.listing.base import Around, Errors, new_id, prose, tidy_prose


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
