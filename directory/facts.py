"""What a listing states in coded terms, gathered from the service, its place, and the two together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Self, TypeVar

from directory.listings import Fact
from directory.models import Service, ServiceAtLocation
from directory.shelf import Said, Shelf
from matching.values import Stated

NO = "no"   # the value of an attribute that is stated not to be so
Choice = TypeVar("Choice")


class Facts:
    """The terms on one listing. The three-valued rule: a term is yes, no, or, when nobody said, absent."""

    def __init__(self, facts: tuple[Fact, ...]) -> None:
        self.all = facts
        self._by_taxonomy: dict[tuple[str, bool], list[Fact]] = defaultdict(list)
        for fact in facts:
            self._by_taxonomy[fact.taxonomy, fact.stated].append(fact)

    @classmethod
    def of(cls, shelf: Shelf, service: Service, link: ServiceAtLocation | None) -> Self:
        """Gather the facts, once for a shelf; what is said of the service at this place comes first."""
        return shelf.once((cls, service.id, link and link.id), lambda: cls._of(shelf, service, link))

    @classmethod
    def _of(cls, shelf: Shelf, service: Service, link: ServiceAtLocation | None) -> Self:
        owners = (link.id, service.id, link.location_id) if link else (service.id,)
        rows = [row for owner in owners for row in shelf.attributes.get(owner, [])]
        return cls(tuple(dict.fromkeys(fact for row in rows if (fact := _fact(shelf, row)))))

    def yes(self, taxonomy: str, link_type: str = "") -> frozenset[str]:
        """The codes stated to be so."""
        return self._codes(taxonomy, link_type, stated=True)

    def stated(self, taxonomy: str, link_type: str = "") -> Stated:
        """The codes stated to be so and not to be so; where both were said, nothing is certain and the code is in neither."""
        yes, no = self._codes(taxonomy, link_type, stated=True), self._codes(taxonomy, link_type, stated=False)
        return Stated(yes=yes - no, no=no - yes)

    @property
    def kind(self) -> str:
        """What kind of listing it is; one that does not say is help from an organisation."""
        return min(self.yes("kinds"), default="service")

    def text(self, taxonomy: str, code: str) -> str:
        """The text that a term carries, or nothing."""
        return next((fact.value for fact in self.all if (fact.taxonomy, fact.code) == (taxonomy, code)), "")

    def choice(self, taxonomy: str, options: Mapping[str, Choice]) -> Choice | None:
        """The one of several options that is stated; None when none or more than one is."""
        found = [option for code, option in options.items() if code in self.yes(taxonomy)]
        return found[0] if len(found) == 1 else None

    @property
    def foreign(self) -> tuple[str, ...]:
        """Labels of terms that are not ours, such as the keywords of a source: people may search by them."""
        return tuple(fact.label for fact in self.all if not fact.taxonomy and fact.stated)

    def _codes(self, taxonomy: str, link_type: str, *, stated: bool) -> frozenset[str]:
        return frozenset(fact.code for fact in self._by_taxonomy.get((taxonomy, stated), ()) if link_type in ("", fact.link_type))


def _fact(shelf: Shelf, row: Said) -> Fact | None:
    found = shelf.terms.get(row.taxonomy_term_id)
    if found is None:
        return None
    taxonomy, term = found
    stated = row.value != NO
    return Fact(
        taxonomy=taxonomy,
        code=term.code or "",
        label=row.label or term.name,
        link_type=row.link_type or "",
        stated=stated,
        value=(row.value or "") if stated else "",
    )
