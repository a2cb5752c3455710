"""What a listing states of a group and of the ways to take part, as the ranking reads it: three-valued, and drawn only from what was said."""

from __future__ import annotations

import re

from directory.facts import Facts
from directory.models import Location
from matching.company import HEADINGS
from matching.values import HYBRID, Stated
from matching.weights import REMOTE_FORMATS

COMPANY = frozenset({"small", "medium", "large", "quiet", "lively"})
"""Facts of a group that the ranking knows by themselves, as its size and tone."""
SAYS_NO = re.compile(r"(no|not|never|nobody|none)\b", re.IGNORECASE)
"""How an answer in words begins that says no: "No, come alone the first time"."""


def group_of(facts: Facts) -> Stated:
    """The facts of a group. Who says who leads, or who may come when, has said that it is none of the others under that heading."""
    said = facts.stated("group_facts")
    refused = {fact.code for fact in facts.within("group_facts") if SAYS_NO.match(fact.value)}
    yes = said.yes - refused - COMPANY
    others = {code for heading in HEADINGS if yes & set(heading) for code in heading}
    return Stated(yes=yes, no=frozenset((said.no | refused | others) - yes - COMPANY))


def formats_of(facts: Facts, location: Location | None) -> Stated:
    """The ways to take part; a public place nobody said more about is somewhere to go to. Both in person and online is hybrid.

    What says how one takes part, all of it from afar, and has no place is nowhere to meet: a phone line is not "in person".
    """
    stated = facts.stated("formats")
    if location is None and stated.yes and stated.yes <= REMOTE_FORMATS:
        stated = Stated(yes=stated.yes, no=stated.no | {"in_person"})
    if not stated.yes and location is not None:
        implied = {"virtual": {"online"}, "physical": {"in_person"}}.get(location.location_type, set())
        stated = Stated(yes=frozenset(implied), no=stated.no - implied)
    both = {"in_person", "online"}
    if both <= stated.yes:
        return Stated(yes=stated.yes | {HYBRID}, no=stated.no)
    return Stated(yes=stated.yes, no=stated.no | {HYBRID}) if both & stated.no else stated
