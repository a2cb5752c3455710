"""What the person would like a group to be like: who leads, who may come and when, what eases a first visit."""

from __future__ import annotations

import numpy as np

from matching.arrays import Rows
from matching.company import asked_together
from matching.question import Question
from matching.row import Row
from matching.signals.base import Because, Measured, Signal, listed, mean, stated


def measure(q: Question, rows: Rows) -> Measured:
    """The mean over the facts wished for of: so 1, not stated u, not so 0; under one heading the best of those named."""
    met, unknown = [], []
    for wanted in asked_together(q.group):
        unsaid = [q.unknown("group", code, rows) for code in wanted]
        found = [stated(q, "group", code, rows, u) for code, u in zip(wanted, unsaid, strict=True)]
        met.append(np.max(found, axis=0))
        unknown.append(np.max(unsaid, axis=0))
    return Measured(mean(met), mean(unknown))


def because(q: Question, listing: Row) -> Because:
    """What is so of what was wished for."""
    codes = tuple(code for wanted in asked_together(q.group) for code in wanted if code in listing.group.yes)
    return Because(f"As you like a group: {listed(q.part.label('group_facts', code) for code in codes)}", codes)


def question(q: Question, listing: Row) -> str | None:
    """Ask about what nobody has said, where no other of its heading is known to be so."""
    said = listing.group
    open_ = [wanted for wanted in asked_together(q.group) if not said.yes & set(wanted)]
    unsaid = [code for wanted in open_ for code in wanted if code not in said.no]
    return f"Not known: {listed(q.part.label('group_facts', code) for code in unsaid)}. Ask first" if unsaid else None


SIGNAL = Signal(lambda q: bool(q.group), measure, because, question)
