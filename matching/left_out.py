"""What is not shown, and why: every hidden service is in at least one of these lists, with the limits that keep it out."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import merge
from itertools import islice
from typing import Final

import numpy as np

from matching.arrays import Ints
from matching.limits import BIT
from matching.survey import Survey
from matching.values import LimitName, NotShown

MOST_IDS: Final = 200
TOPIC: Final = "topic"
OFF_TOPIC: Final = 1 << 62
ONE_AND_MANY: Final[dict[str, tuple[str, str]]] = {
    "travel": ("1 is further than you can travel", "{} are further than you can travel"),
    "area": ("1 serves other areas", "{} serve other areas"),
    "language": ("1 does not speak your languages", "{} do not speak your languages"),
    "access": ("1 does not have the access you need", "{} do not have the access you need"),
    "cost": ("1 costs more than you can pay", "{} cost more than you can pay"),
    "times": ("1 is not open at your times", "{} are not open at your times"),
    "age": ("1 is for other ages", "{} are for other ages"),
    "audience": ("1 is only for other people", "{} are only for other people"),
    "format": ("1 is not given in a way you can take part", "{} are not given in a way you can take part"),
    "faith": ("1 is faith-based", "{} are faith-based"),
    "entry": ("1 cannot be entered the way you can", "{} cannot be entered the way you can"),
    "kind": ("1 is of another kind", "{} are of other kinds"),
    "give": ("1 asks people to give their time", "{} ask people to give their time"),
    "steer_clear": ("1 is something you steer clear of", "{} are something you steer clear of"),
    "group": ("1 is not the sort of group you need", "{} are not the sort of group you need"),
    "company": ("1 is not of the size and feel you need", "{} are not of the size and feel you need"),
    "community": ("1 does not say that it is for your community", "{} do not say that they are for your community"),
    "focus": ("1 does not say that people there share what you chose", "{} do not say that people there share what you chose"),
    TOPIC: ("1 is about something else", "{} are about something else"),
}
UNCONFIRMED: Final = " or has not confirmed it", " or have not confirmed it"


def not_shown(surveys: Sequence[Survey], confirmed: frozenset[LimitName]) -> tuple[NotShown, ...]:
    """Hidden services by limit, most first; each stands for its row that is nearest to being shown.

    What is about something else is only said to be that: nobody who asks for food needs to hear which choirs are too far away.
    """
    if not surveys:
        return ()
    nearest = [(one, *nearest_rows(one)) for one in surveys]
    held = int(np.bitwise_or.reduce(np.concatenate([barriers for _, _, barriers in nearest])))
    lists = [listed(nearest, limit, limit in confirmed) for limit, bit in (*BIT.items(), (TOPIC, OFF_TOPIC)) if held & bit]
    return tuple(sorted(lists, key=lambda one: -one.total))


def nearest_rows(one: Survey) -> tuple[Ints, Ints]:
    """For each service with no row to show, the row with the fewest barriers, and these; nearest to being shown first. Being about something else
    counts as more than all others."""
    part, columns = one.question.part, one.question.columns
    barriers, weight = np.full(len(columns), OFF_TOPIC), np.full(len(columns), len(BIT) + 1, np.uint8)
    barriers[one.rows], weight[one.rows] = one.fail, np.bitwise_count(one.fail)
    by_id = columns.arrays["by_id"] if part.alive is None else columns.arrays["by_id"][part.alive[columns.arrays["by_id"]]]
    rows = by_id[np.argsort(weight[by_id], kind="stable")]  # small numbers are sorted in one go
    service, first = columns.service[rows], np.empty(part.service_numbers, rows.dtype)
    first[service[::-1]] = rows[::-1]  # of several rows of a service the one that comes last here stays: its nearest
    hidden = rows[(first[service] == rows) & ~one.shown[service]]
    return hidden, barriers[hidden]


def listed(nearest: Sequence[tuple[Survey, Ints, Ints]], limit: str, unconfirmed: bool) -> NotShown:
    """One limit's list in words."""
    bit = OFF_TOPIC if limit == TOPIC else BIT[limit]  # type: ignore[index]
    total, found = 0, list[list[tuple[int, str]]]()
    for one, rows, barriers in nearest:
        kept_out = np.flatnonzero(barriers & bit != 0)
        total += len(kept_out)
        few = kept_out[:MOST_IDS]
        names = one.question.columns.texts["ids"].many(rows[few])
        found.append([*zip(np.bitwise_count(barriers[few]).tolist(), names, strict=True)])
    ids = tuple(listing_id for _, listing_id in islice(merge(*found), MOST_IDS))
    one_text, many = ONE_AND_MANY[limit]
    text = (one_text if total == 1 else many.format(total)) + (UNCONFIRMED[total != 1] if unconfirmed else "")
    return NotShown(limit=limit, text=text, ids=ids, total=total)
