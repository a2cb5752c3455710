"""Counts what the directory has: somebody in the middle of each county asks for each kind of support, and the ranking itself says what they would find."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from math import log2
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.coverage.areas import Area, areas_of
from directory.freshness.confirming import LISTED
from directory.models import Attribute, Service, Taxonomy, TaxonomyTerm
from directory.states import Snapshot, namer
from matching import Index, rank
from matching.row import Row
from matching.values import Inquiry, Match, Travel

ADEQUATE: Final = ("strong", "good")
"""Bands that count as an answer; what is only possible is none."""
TRAVEL: Final = Travel(modes=("walk", "bus"), minutes=60)
"""Within reach: an hour on foot or by bus, since nobody is presumed to have a car."""
LOOKED_AT: Final = 20
SEEN: Final = 10
"""Places of a list that people look at; the attention of place n is 1 / log2(n + 1), as in nDCG (Järvelin and Kekäläinen 2002)."""
EVERYBODY: Final = ""
NEW_DAYS, OLD_DAYS = 90, 365
Cells = dict[str, dict[str, dict[str, list[int]]]]


class Counted(Struct, frozen=True, kw_only=True):
    """One count. ``found[need][area][tag]`` is how many answers there are near and how many by phone, online or for the whole area, up to twenty in all;
    what is not there is 0. ``tag`` is empty for everybody, ``language:es``, ``community:deaf``. ``exposure[what][group]`` is how many listings are in the
    group and how much attention they got."""

    listings: int
    searches: int
    areas: dict[str, str]
    needs: dict[str, str]
    tags: dict[str, str]
    found: Cells
    exposure: dict[str, dict[str, tuple[int, float]]]


def count(session: Session, snapshot: Snapshot, *, at: datetime, most_areas: int = 40) -> Counted:
    """Ask and count, at a moment (aware). The same directory and moment give the same count."""
    areas = areas_of(session, snapshot.gazetteer, most=most_areas)
    needs = {term.code: term.label for term in snapshot.vocabulary.terms("supports") if not term.group}
    groups = Groups(session, at.date())
    found: Cells = {}
    for need in needs:
        for area in areas:
            matches = ask(snapshot.index, need, area, at)
            groups.see(matches[:SEEN])
            if cell := _cell(snapshot.index, matches):
                found.setdefault(need, {})[area.code] = cell
    label = namer(snapshot.vocabulary)
    tags = sorted({tag for cells in found.values() for cell in cells.values() for tag in cell} - {EVERYBODY})
    return Counted(
        listings=snapshot.index.services, searches=len(needs) * len(areas), areas={area.code: area.label for area in areas}, needs=needs,
        tags={tag: label("languages" if tag.startswith("language:") else "communities", tag.partition(":")[2]) for tag in tags},
        found=found, exposure=groups.told(),
    )   # fmt: skip


def ask(index: Index, need: str, area: Area, at: datetime) -> tuple[Match, ...]:
    """What somebody in the middle of an area finds who asks for one kind of support."""
    inquiry = Inquiry(supports=(need,), place=area.place, areas=area.around, travel=TRAVEL, limit=LOOKED_AT)
    return rank(inquiry, index, at=at, around=False).matches


def _cell(index: Index, matches: tuple[Match, ...]) -> dict[str, list[int]]:
    cell: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for match in matches:
        row = index.find(match.id) if match.band in ADEQUATE else None
        for tag in (EVERYBODY, *_tags(row)) if row else ():
            cell[tag][0 if match.distance_km is not None else 1] += 1
    return dict(cell)


def _tags(row: Row) -> Iterator[str]:
    yield from (f"language:{code}" for code in sorted(row.languages.yes))
    yield from (f"community:{code}" for code in sorted(row.for_communities | row.led_by | row.welcomes))


class Groups:
    """Whose listings are seen: by the size of who runs them, by whether a community leads them, by how long they are in the directory."""

    def __init__(self, session: Session, today: date) -> None:
        rows = session.execute(select(Service.id, Service.organization_id, Service.added_on).where(Service.status.in_(LISTED))).all()
        held = Counter(organization for _, organization, _ in rows)
        led = _led_by_a_community(session)
        self._of = {
            str(key): {"size": _size(held[organization] if organization else 1), "led": "community" if key in led else "other", "age": _age(added, today)}
            for key, organization, added in rows
        }
        self._listings = Counter((what, group) for groups in self._of.values() for what, group in groups.items())
        self._attention: dict[tuple[str, str], float] = defaultdict(float)

    def see(self, matches: tuple[Match, ...]) -> None:
        """A list that somebody was shown."""
        for place, match in enumerate(matches, 1):
            for what, group in self._of.get(match.service_id, {}).items():
                self._attention[what, group] += 1 / log2(place + 1)

    def told(self) -> dict[str, dict[str, tuple[int, float]]]:
        """Listings and attention of each group."""
        told: dict[str, dict[str, tuple[int, float]]] = defaultdict(dict)
        for (what, group), listings in sorted(self._listings.items()):
            told[what][group] = (listings, round(self._attention[what, group], 3))
        return dict(told)


def _size(listings: int) -> str:
    return "one" if listings == 1 else "few" if listings <= 5 else "many"


def _age(added: date | None, today: date) -> str:
    days = (today - added).days if added else OLD_DAYS
    return "new" if days < NEW_DAYS else "year" if days < OLD_DAYS else "old"


def _led_by_a_community(session: Session) -> set[Any]:
    terms = select(TaxonomyTerm.id).join(Taxonomy, Taxonomy.id == TaxonomyTerm.taxonomy_id).where(Taxonomy.code == "communities")
    led = select(Attribute.link_id).where(Attribute.link_entity == "service", Attribute.link_type == "led_by", Attribute.taxonomy_term_id.in_(terms))
    return set(session.scalars(led.where(func.coalesce(Attribute.value, "") != "no")))
