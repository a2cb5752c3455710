"""One row of an index read by the names of a listing: what words are made of, taken from the columns only when they are asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime

from matching.columns import ASSURERS, COSTS, NO_DAY, SIZES, SPACES, TONES, Columns
from matching.values import AssuredBy, Cost, Size, Space, Stated, Tone


class Row:
    """A listing as the index holds it. Names and meanings are those of ``values.Listing``; texts that are only searched are not kept."""

    def __init__(self, columns: Columns, number: int) -> None:
        self.columns = columns
        self.number = number

    @property
    def id(self) -> str:
        return self.columns.texts["ids"][self.number]

    @property
    def name(self) -> str:
        return self.columns.texts["names"][self.number]

    @property
    def service_id(self) -> str:
        return self.columns.texts["services"][int(self.columns.service[self.number])]

    @property
    def organization_id(self) -> str:
        return self.columns.texts["organizations"][int(self.columns.organization[self.number])]

    @property
    def kind(self) -> str:
        return self.columns.kind_names[int(self.columns.kind[self.number])]

    def codes(self, column: str) -> frozenset[str]:
        """The set of codes in one column."""
        return self.columns.codes[column].held(self.number)

    def stated(self, column: str) -> Stated:
        """A set of which yes and no are kept apart."""
        return Stated(yes=self.codes(column), no=self.codes(f"not_{column}"))

    def flag(self, name: str) -> bool:
        """One of the yes-or-no facts."""
        return bool(self.columns.flags[name][self.number])

    @property
    def supports(self) -> frozenset[str]:
        return self.codes("supports")

    @property
    def domains(self) -> frozenset[str]:
        return self.codes("domains")

    @property
    def interests(self) -> frozenset[str]:
        return self.codes("interests")

    @property
    def settings(self) -> frozenset[str]:
        return self.codes("settings")

    @property
    def wants(self) -> frozenset[str]:
        return self.codes("wants")

    @property
    def for_communities(self) -> frozenset[str]:
        return self.codes("for_communities")

    @property
    def led_by(self) -> frozenset[str]:
        return self.codes("led_by")

    @property
    def welcomes(self) -> frozenset[str]:
        return self.codes("welcomes")

    @property
    def faiths(self) -> frozenset[str]:
        return self.codes("faiths")

    @property
    def only_for(self) -> frozenset[str]:
        return self.codes("only_for")

    @property
    def formats(self) -> Stated:
        return self.stated("formats")

    @property
    def languages(self) -> Stated:
        return self.stated("languages")

    @property
    def builds_on(self) -> Stated:
        return self.stated("builds_on")

    @property
    def access(self) -> Stated:
        return self.stated("access")

    @property
    def entry(self) -> Stated:
        return self.stated("entry")

    @property
    def group(self) -> Stated:
        return self.stated("group")

    @property
    def has_place(self) -> bool:
        """It has a public place."""
        return self.flag("has_place")

    @property
    def confidential(self) -> bool:
        return self.flag("confidential")

    @property
    def languages_only(self) -> bool:
        return self.flag("languages_only")

    @property
    def interpreting(self) -> bool:
        return self.flag("interpreting")

    @property
    def interpreted(self) -> frozenset[str]:
        return self.codes("interpreted")

    @property
    def always_open(self) -> bool:
        return self.flag("always_open")

    @property
    def reported_wrong(self) -> bool:
        return self.flag("reported_wrong")

    @property
    def cost(self) -> Cost | None:
        return COSTS[int(self.columns.cost[self.number])]

    @property
    def size(self) -> Size | None:
        return SIZES[int(self.columns.size[self.number])]

    @property
    def tone(self) -> Tone | None:
        return TONES[int(self.columns.tone[self.number])]

    @property
    def space(self) -> Space | None:
        return SPACES[int(self.columns.space[self.number])]

    @property
    def space_updated(self) -> datetime | None:
        at = float(self.columns.space_updated[self.number])
        return None if at != at else datetime.fromtimestamp(at, UTC)

    @property
    def assured_on(self) -> date | None:
        day = int(self.columns.assured_on[self.number])
        return None if day == NO_DAY else date.fromordinal(day)

    @property
    def assured_by(self) -> AssuredBy | None:
        return ASSURERS[int(self.columns.assurer[self.number])]
