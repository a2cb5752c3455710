"""Fields of what is used by oneself: what it is, and what makes it easy to take in, each yes, no, or not said."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

from directory.editing.sheet import Sheet
from directory.facts import NO
from directory.media import FORMS, KIND, TAXONOMY
from web.forms.fields import Posted
from web.forms.listing.base import Around, Errors
from web.forms.listing.terms import Terms, write_terms

ANSWERS: Final = (("", "Nobody has said"), ("yes", "Yes"), (NO, "No"))


class Answer(Struct, frozen=True, kw_only=True):
    """One term that is so, is not so, or is not said, of listings that are used by oneself."""

    name: str
    label: str
    taxonomy: str
    hint: str = ""

    def show(self, sheet: Sheet, posted: Posted | None, _around: Around) -> dict[str, Any]:
        """The answer that holds; nothing to see on other kinds of listing."""
        typed = posted.get(self.name) if posted is not None else None
        return {"kind": "choice" if is_asked(sheet) else "none", "field": self, "options": ANSWERS, "value": self._said(sheet) if typed is None else typed}

    def read(self, sheet: Sheet, posted: Posted, around: Around) -> Errors:
        """The answer that was chosen."""
        value = posted.get(self.name)
        if value is None or value == self._said(sheet) or not is_asked(sheet):
            return {}
        if value not in dict(ANSWERS):
            return {self.name: f"{self.label}: choose one of the list."}
        write_terms(sheet, self._terms.is_mine, {self.name: value == NO} if value else {}, self._terms, around)
        return {}

    @property
    def _terms(self) -> Terms:
        return Terms(name=self.name, label=self.label, taxonomy=self.taxonomy, link_type=self.taxonomy, codes=(self.name,), with_no=True)

    def _said(self, sheet: Sheet) -> str:
        stated = {one.value for one in sheet.service.attributes if self._terms.is_mine(one)}
        return NO if NO in stated else "yes" if stated else ""


class Forms(Terms, frozen=True, kw_only=True):
    """What it is, by ticks, of listings that are used by oneself."""

    def show(self, sheet: Sheet, posted: Posted | None, around: Around) -> dict[str, Any]:
        """The ticks; nothing to see on other kinds of listing."""
        view = super().show(sheet, posted, around)
        return view if is_asked(sheet) else {**view, "kind": "none"}


def is_asked(sheet: Sheet) -> bool:
    """Whether the listing is of the kind that is used by oneself."""
    return any(one.code == KIND and one.value != NO for one in sheet.terms("kinds", "kinds"))


MEDIA: Final = (
    Forms(name="media", label="What is it to use?", taxonomy=TAXONOMY, link_type=TAXONOMY, all=True, codes=FORMS),
    Answer(name="captions", label="Does what is said have captions?", taxonomy="access", hint="A clear no helps as much as a yes."),
    Answer(name="transcript", label="Is all that is said there in writing?", taxonomy=TAXONOMY),
    Answer(name="plain_words", label="Is it in plain words?", taxonomy=TAXONOMY, hint="Short sentences and everyday words."),
)
