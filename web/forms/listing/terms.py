"""Fields of coded words: chosen from a vocabulary, by ticking or by searching; what is stated not to be so stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from directory.editing.sheet import Sheet
from directory.exchange.records import Attribute
from directory.facts import NO
from web.forms.choices import Group, Option, grouped
from web.forms.fields import Posted
from web.forms.listing.base import Around, Errors, new_id
from web.house import Vocabulary

MOST = 60
FOUND = 12


class Terms(Struct, frozen=True, kw_only=True):
    """Terms of one taxonomy on the service. ``all`` shows them all in folds; else people search. ``codes`` narrows the list; ``with_no`` offers "is not so"."""

    name: str
    label: str
    taxonomy: str
    link_type: str
    hint: str = ""
    all: bool = False
    codes: tuple[str, ...] = ()
    with_no: bool = False

    def show(self, sheet: Sheet, posted: Posted | None, around: Around) -> dict[str, Any]:
        """The chosen ones first, then where to choose more; with ``find`` what was searched for."""
        stated = self._stated(sheet)
        yes = [code for code, value in stated.items() if value != NO]
        no = [code for code, value in stated.items() if value == NO]
        if posted is not None and posted.get(f"has-{self.name}") is not None:
            yes, no = (list(dict.fromkeys(posted.getall(f"{prefix}{self.name}", []))) for prefix in ("", "not-"))
        asked = posted is not None and posted.get("find") == self.name
        words = str(posted.get(f"q-{self.name}") or "") if posted is not None else ""
        found = found_terms(around.vocabulary, self.taxonomy, words) if asked else ()
        return {
            "kind": "terms", "field": self, "yes": sorted(yes), "no": sorted(no), "options": _options(around.vocabulary, self.taxonomy, [*yes, *no]),
            "groups": self._groups(around.vocabulary, yes), "q": words, "found": [one for one in found if one[0] not in yes], "is_found": asked,
        }  # fmt: skip

    def read(self, sheet: Sheet, posted: Posted, around: Around) -> Errors:
        """What is ticked is stated. A term of ours that this field does not offer stays as it is; a fact that carries words keeps them."""
        if posted.get(f"has-{self.name}") is None:
            return {}
        yes, no = (set(posted.getall(f"{prefix}{self.name}", [])) for prefix in ("", "not-"))
        stated = self._stated(sheet)
        offered = {code for code in yes | no if code in stated or self._offers(around.vocabulary, code)}
        if len(offered) > MOST:
            return {self.name: f"{self.label}: choose at most {MOST}."}
        if self.with_no and (both := yes & no & offered):
            label = around.vocabulary.label(self.taxonomy, min(both))
            return {self.name: f"{self.label}: “{label}” is ticked both as so and as not so."}
        write_terms(sheet, self.is_mine, {code: code in no and self.with_no for code in sorted(offered)}, self, around)
        return {}

    def is_mine(self, one: Attribute) -> bool:
        """Whether this field speaks of a term; with ``codes`` only of those, and without "is not so" not of what is stated not to be."""
        if one.taxonomy != self.taxonomy or (one.link_type or "") != self.link_type or (self.codes and one.code not in self.codes):
            return False
        return self.with_no or one.value != NO

    def _stated(self, sheet: Sheet) -> dict[str, str | None]:
        return {one.code or "": one.value for one in sheet.service.attributes if self.is_mine(one)}

    def _offers(self, vocabulary: Vocabulary, code: str) -> bool:
        term = vocabulary.term(self.taxonomy, code)
        return term is not None and not term.group and (not self.codes or code in self.codes)

    def _groups(self, vocabulary: Vocabulary, chosen: list[str]) -> tuple[Group, ...]:
        if not self.all:
            return ()
        terms = [term for term in vocabulary.terms(self.taxonomy) if not self.codes or term.code in self.codes]
        if self.codes:
            return (("", tuple((term.code, term.label) for term in terms if not term.group)),)
        return grouped(terms)


class Kind(Struct, frozen=True, kw_only=True):
    """The kind of listing: one term, and there is always one."""

    name: str = "kind"

    def show(self, sheet: Sheet, posted: Posted | None, around: Around) -> dict[str, Any]:
        """The kinds with the one that holds."""
        value = posted.get(self.name) if posted is not None else None
        if value is None:
            value = min((one.code or "" for one in sheet.terms("kinds", "kinds") if one.value != NO), default="service")
        return {"kind": "kinds", "field": self, "value": value, "options": kinds(around.vocabulary)}

    def read(self, sheet: Sheet, posted: Posted, around: Around) -> Errors:
        """The kind that was chosen, when it is offered."""
        value = posted.get(self.name)
        if value is None or value == self.show(sheet, None, around)["value"]:
            return {}
        if value not in dict(kinds(around.vocabulary)):
            return {self.name: "What it is: choose one of the list."}
        said = Terms(name=self.name, label="", taxonomy="kinds", link_type="kinds")
        write_terms(sheet, said.is_mine, {value: False}, said, around)
        return {}


def write_terms(sheet: Sheet, is_mine: Callable[[Attribute], bool], wanted: dict[str, bool], field: Terms, around: Around) -> None:
    """Make the sheet state exactly these codes, True for "is not so"; what is not the field's stays, and so do the words that a fact carries."""
    left, kept = dict(wanted), []
    for one in sheet.service.attributes:
        if not is_mine(one):
            kept.append(one)
        elif one.code in left:
            is_no = left.pop(one.code)
            one.value = one.value if (one.value == NO) == is_no else NO if is_no else None
            kept.append(one)
    for code, is_no in left.items():
        key = new_id(around, "attribute", f"{field.link_type}|{field.taxonomy}|{code}")
        kept.append(Attribute(id=key, link_type=field.link_type, taxonomy=field.taxonomy, code=code, value=NO if is_no else None))
    sheet.service.attributes = kept


def kinds(vocabulary: Vocabulary) -> tuple[Option, ...]:
    """The kinds of listing."""
    return tuple((term.code, term.label) for term in vocabulary.terms("kinds") if not term.group)


def found_terms(vocabulary: Vocabulary, taxonomy: str, text: str) -> tuple[Option, ...]:
    """Terms to choose from while someone types: by their names and by what everyday words mean."""
    found = [one.code for one in (*vocabulary.find(taxonomy, text, FOUND), *vocabulary.suggest(taxonomy, text, 4))]
    return _options(vocabulary, taxonomy, list(dict.fromkeys(found))[:FOUND])


def _options(vocabulary: Vocabulary, taxonomy: str, codes: list[str]) -> tuple[Option, ...]:
    return tuple((code, vocabulary.label(taxonomy, code)) for code in codes)
