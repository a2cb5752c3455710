"""What is not shown, and why: every hidden service is in at least one of these lists, with the limits that keep it out."""

from __future__ import annotations

from typing import Final

import numpy as np

from matching.arrays import Bools, Ints
from matching.index import Index
from matching.limits import BIT
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
    TOPIC: ("1 is about something else", "{} are about something else"),
}
UNCONFIRMED: Final = " or has not confirmed it", " or have not confirmed it"


def not_shown(index: Index, fail: Ints, on_topic: Bools, confirmed: frozenset[LimitName]) -> tuple[NotShown, ...]:
    """Hidden services by limit, most first; each stands for its row that is nearest to being shown.

    What is about something else is only said to be that: nobody who asks for food needs to hear which choirs are too far away.
    """
    barriers = np.where(on_topic, fail, OFF_TOPIC)
    hidden = nearest_rows(index, barriers)
    nearest_first = hidden[np.lexsort((index.columns.id_rank[hidden], np.bitwise_count(barriers[hidden])))]
    lists = [listed(index, limit, nearest_first[barriers[nearest_first] & bit != 0], limit in confirmed) for limit, bit in BIT.items()]
    lists.append(listed(index, TOPIC, nearest_first[barriers[nearest_first] == OFF_TOPIC], False))
    return tuple(sorted((one for one in lists if one.total), key=lambda one: -one.total))


def nearest_rows(index: Index, barriers: Ints) -> Ints:
    """For each service with no row to show, the row with the fewest barriers; being about something else counts as more than all others."""
    columns = index.columns
    weight = np.where(barriers == OFF_TOPIC, len(BIT) + 1, np.bitwise_count(barriers))
    ranked = np.lexsort((columns.id_rank, weight, columns.service))
    first = ranked[np.flatnonzero(np.diff(columns.service[ranked], prepend=-1))]
    return np.asarray(first[barriers[first] != 0])


def listed(index: Index, limit: str, rows: Ints, unconfirmed: bool) -> NotShown:
    """One limit's list in words."""
    one, many = ONE_AND_MANY[limit]
    text = one if len(rows) == 1 else many.format(len(rows))
    text += UNCONFIRMED[len(rows) != 1] if unconfirmed else ""
    return NotShown(limit=limit, text=text, ids=tuple(index.listings[row].id for row in rows[:MOST_IDS]), total=len(rows))
