"""Never wrong: nobody is shown what is known not to be for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from tests.relevance.facts import FACTS, violations
from tests.relevance.figures import Figure
from tests.relevance.ordering import ordered, without_words
from tests.relevance.remembered import remembered_days
from tests.relevance.sections import Made, Section, shares
from tests.relevance.town import AT, Person, by_id, by_town, towns

PROFILES = 100_000
PAGE = 10


def wrongs(numbers: range) -> Counter[str]:
    """Of the people with these numbers: how many listings were looked at, what was wrong with them, and how often each limit was in force at all.

    Each asks the directory of one town; each of the first ten listings is checked against every must-have.
    """
    found: Counter[str] = Counter()
    directories = by_town()
    with without_words(), remembered_days():
        for number in numbers:
            town = number % len(towns())
            asked, at = Person(number).inquiry(towns()[town]), AT + timedelta(hours=number % 168)
            for match in ordered(asked, directories[town], at, PAGE):
                found["looked at"] += 1
                found.update(violations(by_id()[match.id], asked, at))
    return found


def figures(made: Made) -> Sequence[Figure]:
    """What was found in all shares together."""
    found = sum(made["people"], Counter())
    wrong = sum(found[name] for name in FACTS)
    looked = f"{found['looked at']:,} listings shown to {PROFILES:,} people, each checked for {len(FACTS)} limits"
    return (
        Figure(name="listings shown against a must-have", value=wrong, most=0, decimals=0, note=looked),
        Figure(name="listings looked at", value=found["looked at"], least=PROFILES, decimals=0),
    )


NEVER_WRONG = Section("Never wrong: hard limits over 100,000 random people in the invented town", {"people": shares(wrongs, PROFILES)}, figures)
