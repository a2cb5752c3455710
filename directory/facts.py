"""What a listing states in coded terms, gathered from the service, its place, and the two together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from operator import attrgetter
from typing import Final, Self, TypeVar

from directory.common import MOST_ALIKE
from directory.listings import Fact
from directory.models import Attribute, Service, ServiceAtLocation
from directory.shelf import Shelf
from matching.values import Stated

NO = "no"   # the value of an attribute that is stated not to be so
NOTHING: Final[frozenset[str]] = frozenset()
UNSTATED: Final = Stated()
SAID: Final = attrgetter("taxonomy_term_id", "link_type", "value", "label")
"""What an attribute says, wherever it hangs."""
Choice = TypeVar("Choice")


class Facts:
    """The terms on one listing. The three-valued rule: a term is yes, no, or, when nobody said, absent."""

    def __init__(self, facts: tuple[Fact, ...]) -> None:
        self.all = facts
        self._by_taxonomy: dict[str, list[Fact]] = defaultdict(list)
        for fact in facts:
            self._by_taxonomy[fact.taxonomy].append(fact)
        self.kind = min(self.yes("kinds"), default="service")
        """What kind of listing it is; one that does not say is help from an organization."""

    @classmethod
    def of(cls, shelf: Shelf, service: Service, link: ServiceAtLocation | None) -> Self:
        """Gather the facts, once for a shelf; what is said of the service at this place comes first."""
        return shelf.once((cls, service.id, link and link.id), lambda: cls._of(shelf, service, link))

    @classmethod
    def _of(cls, shelf: Shelf, service: Service, link: ServiceAtLocation | None) -> Self:
        owners = (link.id, service.id, link.location_id) if link else (service.id,)
        rows = [row for owner in owners for row in shelf.attributes.get(owner, ())]
        alike = shelf.common.alike   # one fact for all rows that say the same
        return cls(tuple(dict.fromkeys([fact for row in rows if (fact := alike(SAID(row), partial(_fact, shelf, row)))])))

    def within(self, taxonomy: str) -> Sequence[Fact]:
        """The facts of one taxonomy; the empty one stands for all that are not ours."""
        return self._by_taxonomy.get(taxonomy, ())

    def yes(self, taxonomy: str, link_type: str = "") -> frozenset[str]:
        """The codes stated to be so."""
        held = self._by_taxonomy.get(taxonomy)   # most listings speak of few taxonomies
        return NOTHING if held is None else _codes(held, link_type, True)

    def stated(self, taxonomy: str, link_type: str = "") -> Stated:
        """The codes stated to be so and not to be so; where both were said, nothing is certain and the code is in neither."""
        held = self._by_taxonomy.get(taxonomy)
        if held is None:
            return UNSTATED
        return _stated(_codes(held, link_type, True), _codes(held, link_type, False))

    def text(self, taxonomy: str, code: str) -> str:
        """The text that a term carries, or nothing."""
        return next((fact.value for fact in self.within(taxonomy) if fact.code == code), "")

    def choice(self, taxonomy: str, options: Mapping[str, Choice]) -> Choice | None:
        """The one of several options that is stated; None when none or more than one is."""
        stated = self.yes(taxonomy)
        found = [option for code, option in options.items() if code in stated]
        return found[0] if len(found) == 1 else None

    @property
    def foreign(self) -> tuple[str, ...]:
        """Labels of terms that are not ours, such as the keywords of a source: people may search by them."""
        return tuple([fact.label for fact in self.within("") if fact.stated])


def _codes(facts: list[Fact], link_type: str, is_so: bool) -> frozenset[str]:
    return _set_of(tuple([fact.code for fact in facts if fact.stated is is_so and link_type in ("", fact.link_type)]))


@lru_cache(MOST_ALIKE)
def _set_of(codes: tuple[str, ...]) -> frozenset[str]:
    """One set for all that say the same: an index is made of many listings at once, and each set of its own takes a fifth of a kilobyte."""
    return frozenset(codes)


@lru_cache(MOST_ALIKE)
def _stated(yes: frozenset[str], no: frozenset[str]) -> Stated:
    return Stated(yes=yes - no, no=no - yes)


def _fact(shelf: Shelf, row: Attribute) -> Fact | None:
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
