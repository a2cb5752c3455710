"""What a signal is: whether the person said anything about it, how well each row meets it, and the words for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from math import prod
from typing import NamedTuple

import numpy as np

from matching.arrays import Floats, Rows
from matching.part import TAXONOMY
from matching.question import Question
from matching.row import Row

SAME_STEP = 0.6
"""How near, against the nearest, a code must be to be named beside it: one step in the tree of terms (``Vocabulary.similarity``)."""
MOST_CODES = 3


class Measured(NamedTuple):
    """For each row, how well it meets the wish (0 to 1), and what it would be worth if nobody had said anything of it."""

    met: Floats
    unknown: Floats


class Because(NamedTuple):
    """Why a listing meets a wish, in words, with the codes that the words are about; empty words are not worth saying."""

    text: str
    codes: tuple[str, ...] = ()


class Signal(NamedTuple):
    """One wish. ``because`` is used only where ``met`` is above unknown; ``question`` is what to ask when the directory cannot tell, else None.

    ``gained`` is how much of what the person brings or loves is met, from 0 to ``most``: for the wishes that a person who asks for nothing comes with.
    """

    takes_part: Callable[[Question], bool]
    measure: Callable[[Question, Rows], Measured]
    because: Callable[[Question, Row], Because]
    question: Callable[[Question, Row], str | None]
    gained: Callable[[Question, Rows], Floats] | None = None
    most: Callable[[Question], float] = lambda q: 0.0


def no_question(q: Question, listing: Row) -> None:
    """For wishes that only ever add: a tag that is not there is nothing to ask about."""


def gain(parts: Iterable[Floats], length: int) -> Floats:
    """How much several partial yeses come to together: 1 - prod(1 - part), so that each adds and none takes away."""
    missing = np.ones(length)
    for part in parts:
        missing = missing * (1 - part)
    return 1 - missing


def together(cares: Iterable[float]) -> float:
    """The most that several partial yeses can come to."""
    return 1 - prod(1 - care for care in cares)


def lift(unknown: Floats, gained: Floats) -> Floats:
    """Raise what is worth ``unknown`` towards 1 by the share ``gained``."""
    return unknown + (1 - unknown) * gained


def mean(values: list[Floats]) -> Floats:
    """The plain mean, row by row; summed in the given order."""
    return np.asarray(sum(values[1:], start=values[0]) / len(values))


def unsaid(q: Question, aspect: str, codes: Iterable[str], rows: Rows) -> Floats:
    """What "not stated" is worth on average over some codes: it hangs on the kind of listing alone."""
    return q.by_kind(mean([q.part.unknown(aspect, code) for code in codes]), rows)


def stated(q: Question, column: str, code: str, rows: Rows, otherwise: Floats) -> Floats:
    """1 where a column says yes to a code, 0 where it says no, ``otherwise`` where it says neither."""
    yes, no = q.columns.codes[column], q.columns.codes[f"not_{column}"]
    return np.where(yes.any({code}, rows), 1.0, np.where(no.any({code}, rows), 0.0, otherwise) if no.codes else otherwise)


def length_of(q: Question, rows: Rows) -> int:
    """How many rows are meant."""
    return len(q.columns.kind[rows])


def constant(q: Question, rows: Rows, value: float) -> Floats:
    """The same value for every row."""
    return np.full(length_of(q, rows), value)


def listed(labels: Iterable[str]) -> str:
    """Labels as a person would list them: "a", "a and b", "a, b and c"; the first letters small where they are ordinary words.

    Labels that hold an "and" or a comma of their own are kept apart by a comma before the last "and", or by semicolons.
    """
    words = [inside(label) for label in labels]
    if len(words) == 1:
        return words[0]
    if any("," in word for word in words):
        return "; ".join(words)
    comma = "," if any(f" {small} " in word for word in words for small in ("and", "or")) else ""
    return f"{', '.join(words[:-1])}{comma} and {words[-1]}"


def inside(label: str) -> str:
    """A label as it stands inside a sentence: "A bed tonight" begins small, "ID papers" and "LGBTQ+ community" do not."""
    first = label.split(" ", 1)[0]
    return label if len(first) > 1 and first[:2].isupper() else label[:1].lower() + label[1:]


def near_codes(q: Question, column: str, wanted: Iterable[str], held: frozenset[str], least: float = 0.0) -> tuple[str, ...]:
    """The codes in ``held`` that are near something wanted, by ``least`` or more, nearest first.

    Beside a near one, none that only stands under the same heading.
    """
    wishes = tuple(wanted)
    levels = q.kept("near", (column, wishes), lambda: levels_of(q, column, wishes))
    near = {code: level for code in held if (level := levels.get(code, 0.0)) > 0 and level >= least}
    beside = SAME_STEP * max(near.values(), default=0.0)
    return tuple(sorted((code for code in near if near[code] >= beside), key=lambda code: (-near[code], code)))


def levels_of(q: Question, column: str, wanted: Iterable[str]) -> dict[str, float]:
    """How near each code of a column is to the nearest of what is wanted."""
    levels: dict[str, float] = {}
    for want in wanted:
        for level, codes in q.part.closeness(column, want):
            levels.update({code: max(level, levels.get(code, 0.0)) for code in codes})
    return levels


def own_codes(q: Question, column: str, wanted: Iterable[str], held: frozenset[str]) -> tuple[str, ...]:
    """The codes in ``held`` that are truly the person's: what they named, or something broader that holds it; what they named first."""
    named = frozenset(wanted)
    own = [code for code in held if code in named or q.kept("own", (column, code, named), partial(is_within, q, column, code, named))]
    return tuple(sorted(own, key=lambda code: (code not in named, code)))


def is_within(q: Question, column: str, code: str, named: frozenset[str]) -> bool:
    """Is something named held by ``code``."""
    return bool(named & q.part.with_narrower(column, {code}))


class Phrasing(NamedTuple):
    """How to begin: of what is truly the person's, of what comes near it, and of what a listing only speaks of (nothing where that does not count)."""

    own: str
    near: str
    spoken: str = ""


def own_or_near(q: Question, column: str, wanted: Iterable[str], listing: Row, say: Phrasing, least: float = 0.0) -> Because:
    """Words that claim no more than is so: ``say.own`` for tags that are truly the person's, else ``say.spoken`` for what its own words tell of, else
    ``say.near`` for tags that come near by ``least``.

    No words at all where nothing does.
    """
    wishes, held = tuple(wanted), listing.codes(column)
    own: Because = q.kept(say.own, (held, wishes), lambda: said_of(q, column, own_codes(q, column, wishes, held), say.own))
    if own.text:
        return own
    if say.spoken and (spoken := said_of(q, column, spoken_of(q, column, wishes, listing), say.spoken)).text:
        return spoken
    found: Because = q.kept(say.near, (held, wishes), lambda: said_of(q, column, near_codes(q, column, wishes, held, least), say.near))
    return found


def spoken_of(q: Question, column: str, wanted: Iterable[str], listing: Row) -> tuple[str, ...]:
    """What is wanted and a listing's own words tell of, most plainly first."""
    row = np.array([listing.number])
    plainly = {code: float(q.told(column, code, row)[0]) for code in wanted}
    return tuple(sorted((code for code, value in plainly.items() if value > 0), key=lambda code: (-plainly[code], code)))


def telling_words(q: Question, column: str, code: str, listing: Row) -> str:
    """The label or cue of a term by which a listing's own words tell most plainly of it, to be quoted; empty where none does."""
    phrase = q.part.texts.plainest(q.phrases(TAXONOMY[column], code), listing.number)
    return phrase.said if phrase else ""


def said_of(q: Question, column: str, codes: Iterable[str], words: str) -> Because:
    """The first few of some codes with the words before them; nothing where there are none."""
    few = tuple(codes)[:MOST_CODES]
    return Because(f"{words}: {listed(q.part.label(TAXONOMY[column], code) for code in few)}" if few else "", few)
