"""What is not shown, and why: every hidden service is in at least one of these lists, with the limits that keep it out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

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


class Hidden(NamedTuple):
    """A service that is not shown, by its row that is nearest to being shown: what keeps it out, and its listing's id."""

    barriers: int
    id: str


def not_shown(surveys: Sequence[Survey], confirmed: frozenset[LimitName]) -> tuple[NotShown, ...]:
    """Hidden services by limit, most first; each stands for its row that is nearest to being shown.

    What is about something else is only said to be that: nobody who asks for food needs to hear which choirs are too far away.
    """
    if not surveys:
        return ()
    nearest = [(one, *nearest_rows(one)) for one in surveys]
    lists = [listed(nearest, limit, limit in confirmed) for limit in (*BIT, TOPIC)]
    return tuple(sorted((one for one in lists if one.total), key=lambda one: -one.total))


def nearest_rows(one: Survey) -> tuple[Ints, Ints]:
    """For each service with no row to show, the row with the fewest barriers, and these; nearest to being shown first. Being about something else
    counts as more than all others."""
    columns, barriers = one.question.columns, np.where(one.on_topic, one.fail, OFF_TOPIC)
    weight = np.where(barriers == OFF_TOPIC, len(BIT) + 1, np.bitwise_count(barriers))
    service, by_id = columns.service[one.rows], columns.id_rank[one.rows]
    ranked = np.lexsort((by_id, weight, service))
    first = ranked[np.flatnonzero(np.diff(service[ranked], prepend=-1))]
    hidden = first[barriers[first] != 0]
    hidden = hidden[np.lexsort((by_id[hidden], weight[hidden]))]
    return one.rows[hidden], barriers[hidden]


def listed(nearest: Sequence[tuple[Survey, Ints, Ints]], limit: str, unconfirmed: bool) -> NotShown:
    """One limit's list in words."""
    bit = OFF_TOPIC if limit == TOPIC else BIT[limit]  # type: ignore[index]
    total, found = 0, list[Hidden]()
    for one, rows, barriers in nearest:
        kept_out = np.flatnonzero(barriers & bit != 0)
        total += len(kept_out)
        few = kept_out[:MOST_IDS]
        found += [Hidden(held, one.question.part.row(row).id) for held, row in zip(barriers[few].tolist(), rows[few].tolist(), strict=True)]
    found.sort(key=lambda hidden: (hidden.barriers.bit_count(), hidden.id))
    one_text, many = ONE_AND_MANY[limit]
    text = (one_text if total == 1 else many.format(total)) + (UNCONFIRMED[total != 1] if unconfirmed else "")
    return NotShown(limit=limit, text=text, ids=tuple(hidden.id for hidden in found[:MOST_IDS]), total=total)
