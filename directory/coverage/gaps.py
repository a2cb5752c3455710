"""Where there is no answer: kinds of support by the counties in which nobody gives one, for everybody or for one language or community."""

from __future__ import annotations

from msgspec import Struct

from directory.coverage.counting import EVERYBODY, Counted


class Gap(Struct, frozen=True, kw_only=True):
    """One kind of support: the areas where nothing fits, those where it is only by phone, online or for the whole area, and in how many it is near."""

    code: str
    label: str
    nowhere: tuple[str, ...]
    far_only: tuple[str, ...]
    near: int


def gaps(counted: Counted, tag: str = EVERYBODY) -> list[Gap]:
    """Every kind of support, those that are missing in most areas first."""
    found = [_gap(counted, need, label, tag) for need, label in counted.needs.items()]
    return sorted(found, key=lambda gap: (-len(gap.nowhere), -len(gap.far_only), gap.label))


def _gap(counted: Counted, need: str, label: str, tag: str) -> Gap:
    cells = counted.found.get(need, {})
    by_area = {area: cells.get(area, {}).get(tag, [0, 0]) for area in counted.areas}
    nowhere = tuple(name for area, name in counted.areas.items() if by_area[area] == [0, 0])
    far_only = tuple(name for area, name in counted.areas.items() if by_area[area][0] == 0 and by_area[area][1])
    return Gap(code=need, label=label, nowhere=nowhere, far_only=far_only, near=len(by_area) - len(nowhere) - len(far_only))


def table(counted: Counted, tag: str = EVERYBODY) -> tuple[list[str], list[list[object]]]:
    """Everything as a table: a line for each kind of support and area, with the answers near, and those by phone, online or for the whole area."""
    head = ["Kind of support", "Area", "Answers within reach", "By phone, online or for the whole area"]
    lines: list[list[object]] = []
    for need, label in counted.needs.items():
        for area, name in counted.areas.items():
            lines.append([label, name, *counted.found.get(need, {}).get(area, {}).get(tag, [0, 0])])
    return head, lines
