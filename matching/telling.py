"""What listings say of a term in words of their own, tagged with it or not: "rose society" tells of gardening."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np

from matching.arrays import Bools, Floats, Ints
from matching.postings import UNIT, Postings
from matching.smallwords import SMALL
from matching.stems import stem
from matching.values import Term
from matching.weights import SAID_ALONE, TAG_ALONE
from matching.words import words

MOST_WORDS: Final = 2
"""Telling words in a phrase: what is longer is how people speak of themselves, not what a listing would say."""
LEAST_TELLING: Final = 0.25
"""Phrases under this are passed over: too many listings have such a word."""
SATURATION: Final = 1.2
"""As for the words of a question (``text.SATURATION``)."""
NO_END: Final = np.iinfo(np.int64).max
Held = dict[str, tuple[Ints, Floats]]


class Phrase(NamedTuple):
    """Stems that have to stand in a listing together, how telling that is (0 to 1), and the label or cue that they are of, to be quoted."""

    stems: tuple[str, ...]
    weight: float
    said: str = ""


def phrases_of(term: Term | None, rarity: Callable[[str], float]) -> tuple[Phrase, ...]:
    """The label and cues of a term, as far as listings could have them and they tell something.

    ``rarity`` of a stem: 1 where one listing has it, towards 0 where all have, 0 where none has. A phrase weighs the rarities of its words, at most 1.
    """
    many = spoken_of(term)
    rare = {base: rarity(base) for base in stems_in(many)}
    few = [Phrase(stems, min(1.0, sum(rare[base] for base in stems)), many[stems]) for stems in sorted(many) if 0 < len(stems) <= MOST_WORDS]
    return tuple(phrase for phrase in few if phrase.weight >= LEAST_TELLING and all(rare[base] for base in phrase.stems))


def spoken_of(term: Term | None) -> dict[tuple[str, ...], str]:
    """The telling stems of the label and the cues of a term, of each that listings could have, with the shortest that has them. A cue with small words is
    how people speak of themselves: "he hits me" would be told by whatever hits."""
    cues = [cue for cue in term.cues if not SMALL.intersection(words(cue))] if term else []
    said = sorted((term.label, *cues) if term else (), key=lambda text: (-len(text), text))
    return {tuple(sorted({stem(word) for word in words(text) if word not in SMALL})): text for text in said}


def stems_in(many: Iterable[tuple[str, ...]]) -> frozenset[str]:
    """Every stem of some phrases."""
    return frozenset(base for stems in many for base in stems)


def told(postings: Postings, phrases: Sequence[Phrase]) -> tuple[Ints, Floats]:
    """The rows, rising, whose words have one of the phrases, and for each how plainly (0 to 1): the best over the phrases of w t / (k1 + t).

    w is the weight of the phrase, t the weighted count of its least frequent word in the listing (once in the name counts three times).
    """
    held: Held = {}
    found = [one for phrase in phrases if len((one := told_by(postings, phrase, held))[0])]
    if len(found) <= 1:
        return found[0] if found else (np.zeros(0, np.int64), np.zeros(0))
    rows, place = np.unique(np.concatenate([rows for rows, _ in found]), return_inverse=True)
    best = np.zeros(len(rows))
    np.maximum.at(best, place, np.concatenate([values for _, values in found]))
    return rows, best


def told_by(postings: Postings, phrase: Phrase, held: Held) -> tuple[Ints, Floats]:
    """The same for one phrase; ``held`` keeps what was read for others."""
    for base in phrase.stems:
        if base not in held:
            found, halves = postings.get(base)
            held[base] = found.astype(np.int64), halves / UNIT
    rows, counts = held[phrase.stems[0]]
    for base in phrase.stems[1:]:
        others, more = held[base]
        here, there = shared(rows, others)
        rows, counts = rows[here], np.minimum(counts[here], more[there])
    return rows, phrase.weight * counts / (SATURATION + counts)


def plainest(postings: Postings, phrases: Sequence[Phrase], row: int) -> Phrase | None:
    """The phrase by which the words of one row tell most plainly, by the measure of ``told``, the longest of equals; None where none does.

    Only that row is read of each word: what a page quotes for twenty listings costs the same in a directory of any size.
    """
    counts = {base: count_in(postings, base, row) for base in stems_in(phrase.stems for phrase in phrases)}
    least = [(min(counts[base] for base in phrase.stems), phrase) for phrase in phrases]
    told = [(phrase.weight * count / (SATURATION + count), len(phrase.said), phrase.said, phrase) for count, phrase in least if count]
    return max(told)[-1] if told else None


def count_in(postings: Postings, base: str, row: int) -> float:
    """The weighted count of a stem in one row; 0 where it does not stand there."""
    rows, halves = postings.get(base)
    at = int(rows.searchsorted(rows.dtype.type(row)))
    return float(halves[at]) / UNIT if at < len(rows) and rows[at] == row else 0.0


def shared(rows: Ints, others: Ints) -> tuple[Bools, Ints]:
    """Which of some rising rows are among others, and where each of those lies there."""
    if not len(others):
        return np.zeros(len(rows), np.bool_), np.zeros(0, np.int64)
    at = np.minimum(others.searchsorted(rows), len(others) - 1)
    here = np.asarray(others[at] == rows)
    return here, at[here]


class Told(NamedTuple):
    """Places among some rows, rising, and for each how plainly the row there tells of something."""

    places: Ints
    values: Floats


def told_among(rows: Ints, values: Floats, among: Ints | slice) -> Told:
    """Those of ``rows`` (rising) that are ``among`` others (rising as well, or a run), by their places there."""
    if isinstance(among, slice):
        first, last = rows.searchsorted((among.start or 0, NO_END if among.stop is None else among.stop)).tolist()
        return Told(rows[first:last] - (among.start or 0), values[first:last])
    if len(rows) < len(among):
        here, places = shared(rows, among)
        return Told(places, values[here])
    here, there = shared(among, rows)
    return Told(here.nonzero()[0], values[there])


def borne_out(near: Floats, told: Told) -> Floats:
    """``related`` where hardly any row tells of a term."""
    found = near * TAG_ALONE
    if len(told.places):
        found[told.places] = related(near[told.places], told.values)
    return found


def related(near: Floats, told: Floats, tag_alone: float = TAG_ALONE) -> Floats:
    """How far something has to do with a term: by the nearness of its tags, which are worth ``tag_alone`` where its words do not bear them out, and by
    how plainly its words tell."""
    return np.maximum(near * (tag_alone + (1 - tag_alone) * told), SAID_ALONE * told)
