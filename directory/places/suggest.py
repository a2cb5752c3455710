"""Near spellings of a name that is not known: offered to the person, never taken without asking."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory.places.answers import Choice
from directory.places.atlas import Atlas
from directory.places.gazetteer import Gazetteer
from directory.places.own import OwnTown
from directory.places.spelling import fold

MOST_SUGGESTIONS = 5
LIKE_ENOUGH = 0.74
"""Share of letters that must agree (optimal string alignment): one slip in four letters, two in eight, three in twelve."""


def near_spellings(gazetteer: Gazetteer, text: str, own: Sequence[OwnTown] = ()) -> tuple[Choice, ...]:
    """At most five known towns whose name is spelt nearly as the first part of the text, in the state it names if it names one.

    ``own`` are the towns of the directory itself. Of names that are spelt as nearly, theirs come first: that is where it has something to show.
    """
    name, _, rest = text.partition(",")
    if sum(letter.isalpha() for letter in name) < 3:
        return ()
    scored: dict[str, tuple[float, int]] = {}
    for atlas in gazetteer.atlases.values():
        state = atlas.state_of(rest.split(",")[0]) if rest else None
        for found, alike in _alike(atlas, name, state):
            for label, codes in _labels(atlas, found, state):
                scored[label] = max(scored.get(label, (0.0, 0)), (alike, codes))
    near_own = _own_alike(name, rest, own)
    scored |= near_own
    ordered = sorted(scored, key=lambda label: (-scored[label][0], label not in near_own, -scored[label][1], label))
    return tuple(Choice(label=label, text=label) for label in ordered[:MOST_SUGGESTIONS])


def _alike(atlas: Atlas, name: str, state: str | None) -> list[tuple[str, float]]:
    here = atlas.names if state is None else [known for known, numbers in atlas.named.items() if any(atlas.towns[n].state == state for n in numbers)]
    found = process.extract(fold(name), here, scorer=OSA.normalized_similarity, score_cutoff=LIKE_ENOUGH, limit=MOST_SUGGESTIONS * 2)
    return [*((known, float(alike)) for known, alike, _ in found), *((known, 0.0) for known in _inside(name) if known in here)]


def _own_alike(name: str, rest: str, own: Sequence[OwnTown]) -> dict[str, tuple[float, int]]:
    """Towns of the directory by their label, with how nearly they are spelt and how many places they have; a state that is named has to be theirs."""
    here = [town for town in own if not rest.strip() or fold(rest.split(",")[0]) == fold(town.state)]
    spelt = {fold(text) for text in (name, f"{name} {rest}")}   # "Alder Fals WI" names the state without a comma
    found: dict[str, tuple[float, int]] = {}
    for town in here:
        names = (fold(town.name), fold(f"{town.name} {town.state}"))
        alike = max(float(OSA.normalized_similarity(one, other)) for one in spelt for other in names)
        if alike >= LIKE_ENOUGH:
            found[town.label] = (alike, town.count)
    return found


def _inside(name: str) -> list[str]:
    """Names of two words and more inside a longer one: East Palo Alto is by Palo Alto."""
    words = fold(name).split()
    return [" ".join(words[start:end]) for start in range(len(words)) for end in range(start + 2, len(words) + 1)]


def _labels(atlas: Atlas, found: str, state: str | None) -> list[tuple[str, int]]:
    """The name with its state where it is in one, else the bare name, which then asks which one."""
    towns = [atlas.towns[number] for number in atlas.named[found] if state in (None, atlas.towns[number].state)]
    states = {town.state for town in towns}
    name = max(towns, key=lambda town: len(town.codes)).name
    label = f"{name}, {atlas.states[towns[0].state]}" if len(states) == 1 and towns[0].state in atlas.states else name
    return [(label, sum(len(town.codes) for town in towns))]
