"""One row of an index read by the names of a listing: what words are made of, taken from the columns only when they are asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime

from matching.columns import ASSURERS, COSTS, NO_DAY, SIZES, SPACES, TONES, Columns
from matching.lazy import lazy
from matching.values import AssuredBy, Cost, Size, Space, Stated, Tone


class Row:
    """A listing as the index holds it. Names and meanings are those of ``values.Listing``; texts that are only searched are not kept.

    What was read once is remembered: an index never changes, and what many people are shown is read for the first of them only.
    """

    def __init__(self, columns: Columns, number: int) -> None:
        self.columns = columns
        self.number = number
        self._codes: dict[str, frozenset[str]] = {}
        self._stated: dict[str, Stated] = {}

    @lazy
    def id(self) -> str:
        return self.columns.texts["ids"][self.number]

    @lazy
    def name(self) -> str:
        return self.columns.texts["names"][self.number]

    @lazy
    def service_id(self) -> str:
        return self.columns.texts["services"][int(self.columns.service[self.number])]

    @lazy
    def organization_id(self) -> str:
        return self.columns.texts["organizations"][int(self.columns.organization[self.number])]

    @lazy
    def kind(self) -> str:
        return self.columns.kind_names[int(self.columns.kind[self.number])]

    def codes(self, column: str) -> frozenset[str]:
        """The set of codes in one column."""
        if (known := self._codes.get(column)) is None:
            known = self._codes[column] = self.columns.codes[column].held(self.number)
        return known

    def stated(self, column: str) -> Stated:
        """A set of which yes and no are kept apart."""
        if (known := self._stated.get(column)) is None:
            known = self._stated[column] = Stated(yes=self.codes(column), no=self.codes(f"not_{column}"))
        return known

    def flag(self, name: str) -> bool:
        """One of the yes-or-no facts."""
        return bool(self.columns.flags[name][self.number])

    @lazy
    def supports(self) -> frozenset[str]:
        return self.codes("supports")

    @lazy
    def domains(self) -> frozenset[str]:
        return self.codes("domains")

    @lazy
    def interests(self) -> frozenset[str]:
        return self.codes("interests")

    @lazy
    def settings(self) -> frozenset[str]:
        return self.codes("settings")

    @lazy
    def wants(self) -> frozenset[str]:
        return self.codes("wants")

    @lazy
    def for_communities(self) -> frozenset[str]:
        return self.codes("for_communities")

    @lazy
    def led_by(self) -> frozenset[str]:
        return self.codes("led_by")

    @lazy
    def welcomes(self) -> frozenset[str]:
        return self.codes("welcomes")

    @lazy
    def faiths(self) -> frozenset[str]:
        return self.codes("faiths")

    @lazy
    def only_for(self) -> frozenset[str]:
        return self.codes("only_for")

    @lazy
    def formats(self) -> Stated:
        return self.stated("formats")

    @lazy
    def languages(self) -> Stated:
        return self.stated("languages")

    @lazy
    def builds_on(self) -> Stated:
        return self.stated("builds_on")

    @lazy
    def access(self) -> Stated:
        return self.stated("access")

    @lazy
    def entry(self) -> Stated:
        return self.stated("entry")

    @lazy
    def group(self) -> Stated:
        return self.stated("group")

    @lazy
    def has_place(self) -> bool:
        """It has a public place."""
        return self.flag("has_place")

    @lazy
    def confidential(self) -> bool:
        return self.flag("confidential")

    @lazy
    def languages_only(self) -> bool:
        return self.flag("languages_only")

    @lazy
    def interpreting(self) -> bool:
        return self.flag("interpreting")

    @lazy
    def interpreted(self) -> frozenset[str]:
        return self.codes("interpreted")

    @lazy
    def always_open(self) -> bool:
        return self.flag("always_open")

    @lazy
    def reported_wrong(self) -> bool:
        return self.flag("reported_wrong")

    @lazy
    def cost(self) -> Cost | None:
        return COSTS[int(self.columns.cost[self.number])]

    @lazy
    def size(self) -> Size | None:
        return SIZES[int(self.columns.size[self.number])]

    @lazy
    def tone(self) -> Tone | None:
        return TONES[int(self.columns.tone[self.number])]

    @lazy
    def space(self) -> Space | None:
        return SPACES[int(self.columns.space[self.number])]

    @lazy
    def space_updated(self) -> datetime | None:
        at = float(self.columns.space_updated[self.number])
        return None if at != at else datetime.fromtimestamp(at, UTC)

    @lazy
    def assured_on(self) -> date | None:
        day = int(self.columns.assured_on[self.number])
        return None if day == NO_DAY else date.fromordinal(day)

    @lazy
    def assured_by(self) -> AssuredBy | None:
        return ASSURERS[int(self.columns.assurer[self.number])]
