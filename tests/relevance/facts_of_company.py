"""What is known not to be so of the company somebody needs, and of the way to it: as plain as ``facts.py``, and without a look at the engine."""

from __future__ import annotations

from collections.abc import Sequence

from matching.values import Inquiry, Listing

KNOWN_NO, NOT_KNOWN = "no", "not known"
ONE_OF_EACH = (("peer_led", "professional_led", "shared"), ("open", "closed", "invitation"))
MEETS = ("peer_group", "group_therapy", "activity", "event", "training")
LONGEST_MEETING, LONG_ENOUGH = 240, 30
Stretch = tuple[float, float]


def group_said(one: Listing, asked: Inquiry) -> str | None:
    """The worst that is said of any fact that is needed."""
    needed, worst = set(asked.must.group), None
    for alike in (*ONE_OF_EACH, *((code,) for code in needed if not any(code in heading for heading in ONE_OF_EACH))):
        wanted = needed & set(alike)
        if wanted and not wanted & one.group.yes:
            worst = KNOWN_NO if worst == KNOWN_NO or not wanted - one.group.no else NOT_KNOWN
    return worst


def company_said(one: Listing, asked: Inquiry) -> str | None:
    if not asked.must.company:
        return None
    wanted = ((asked.profile.size, one.size), (asked.profile.tone, one.tone))
    said = [KNOWN_NO if held and held != wish else NOT_KNOWN for wish, held in wanted if wish and held != wish]
    return KNOWN_NO if KNOWN_NO in said else NOT_KNOWN if said else None


def has_room(held: Stretch, free: Stretch, all_free: Sequence[Stretch], minutes: float, kind: str) -> bool:
    """Whether somebody can go, stay and come back, in free time that may go on into the next."""
    begins, ends = free
    while wider := [one for one in all_free if one[0] <= ends and one[1] >= begins and (one[0] < begins or one[1] > ends)]:
        begins, ends = min(begins, wider[0][0]), max(ends, wider[0][1])
    length = held[1] - held[0]
    if kind in MEETS and length <= LONGEST_MEETING:
        return begins + minutes <= held[0] and held[1] + minutes <= ends
    arrives, leaves = max(held[0], begins + minutes), min(held[1], ends - minutes)
    return leaves - arrives >= LONG_ENOUGH
