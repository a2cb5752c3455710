"""What an import did, for a program as JSON and for a person as a few lines that say what to look at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from msgspec import Struct, field

from directory.exchange.records import Refusal, Repair

EXAMPLES = 3
REASONS = 30
"""Different reasons that are kept of an import."""


class ImportReport(Struct, kw_only=True):
    """The counts of one import and everything that was refused or repaired.

    ``records_in`` is always ``added + changed + unchanged + kept + refused``; ``refused`` is the number of ``refusals``, ``kept`` that of ``keeps``:
    records of which nothing was taken, because something that was decided here stands against them. ``conflicts`` are fields that were changed
    here and by the source; ``vanished`` are records that the source no longer has, and ``warning`` says why none was believed to have vanished.
    """

    source: str
    dry_run: bool = False
    records_in: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0
    refused: int = 0
    conflicts: int = 0
    vanished: int = 0
    warning: str = ""
    held_places: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    keeps: list[Repair] = field(default_factory=list)

    def refuse(self, refusal: Refusal) -> None:
        """Count a record that could not be taken."""
        self.refused += 1
        self.refusals.append(refusal)

    def keep(self, note: Repair) -> None:
        """Count a record that stays as it is here."""
        self.kept += 1
        self.keeps.append(note)

    def summary(self) -> dict[str, Any]:
        """The counts, and how often each reason was given; no value, since some may have to be forgotten."""
        numbers = ("records_in", "added", "changed", "unchanged", "kept", "refused", "conflicts", "vanished", "held_places")
        reasons = {name: _reasons(getattr(self, name)) for name in ("refusals", "repairs", "keeps")}
        return {**{name: getattr(self, name) for name in numbers}, "warning": self.warning, **reasons}

    def to_json(self) -> bytes:
        """The report for a program: UTF-8 JSON with an indent of two."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2)

    def to_text(self) -> str:
        """The report for a person."""
        return "\n".join(_lines(self))


def _lines(report: ImportReport) -> Iterator[str]:
    would = " (a trial: nothing was changed)" if report.dry_run else ""
    yield f"{report.source}{would}: {_records(report.records_in)} read"
    kept = f", {report.kept:,} kept as they are here" if report.kept else ""
    yield f"  {report.added:,} added, {report.changed:,} changed, {report.unchanged:,} unchanged{kept}, {report.refused:,} refused"
    if report.conflicts:
        yield f"  {report.conflicts:,} changed here and in the source: ours stand until a curator decides"
    if report.vanished:
        yield f"  {report.vanished:,} no longer in the source: flagged for a curator, and still listed"
    if report.warning:
        yield f"  {report.warning}"
    if report.held_places:
        yield f"  {report.held_places:,} places held back: their address is sealed until somebody has looked at them"
    if wrong := [refusal for refusal in report.refusals if not refusal.withdrawn]:
        yield ""
        yield "Refused, and not in the directory. Correct these in the file and import it again:"
        yield from _grouped(wrong)
    if withdrawn := [refusal for refusal in report.refusals if refusal.withdrawn]:
        yield ""
        yield "Left out, as their source asks:"
        yield from _grouped(withdrawn)
    if report.keeps:
        yield ""
        yield "Not taken, because of what was decided here:"
        yield from _grouped(report.keeps)
    if report.repairs:
        yield ""
        yield "Taken, with something to look at:"
        yield from _grouped(report.repairs)


def _grouped(items: Iterable[Refusal | Repair]) -> Iterator[str]:
    groups: dict[tuple[str, str], list[Refusal | Repair]] = defaultdict(list)
    for item in items:
        groups[item.field, item.reason].append(item)
    for (name, reason), group in sorted(groups.items(), key=lambda entry: (-len(entry[1]), entry[0])):
        yield f"  {len(group):,} x {name}: {reason}" if name else f"  {len(group):,} x {reason}"
        yield from (f"      {_where(item)}" for item in group[:EXAMPLES])
        if len(group) > EXAMPLES:
            yield f"      and {len(group) - EXAMPLES:,} more"


def _reasons(items: Iterable[Refusal | Repair]) -> list[list[str | int]]:
    counts = Counter((item.field, item.reason) for item in items)
    return [[name, reason, count] for (name, reason), count in counts.most_common(REASONS)]


def _where(item: Refusal | Repair) -> str:
    value = item.value if len(item.value) <= 60 else item.value[:57] + "..."
    return f"{item.file}, line {item.line}" + (f": {value}" if value else "")


def _records(count: int) -> str:
    return "1 record" if count == 1 else f"{count:,} records"
