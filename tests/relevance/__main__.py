"""Print every figure of ranking quality beside its baselines; ends with 1 when one is below its floor. ``--section NAME`` measures one part alone."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence

from tests.relevance.everyday import everyday_words
from tests.relevance.explained import EXPLAINED
from tests.relevance.fair import FAIR
from tests.relevance.figures import Figure
from tests.relevance.judged.section import judged
from tests.relevance.known_item import known_item
from tests.relevance.metamorphic import METAMORPHIC
from tests.relevance.missing import MISSING_DATA
from tests.relevance.mix import mix
from tests.relevance.mutations import MUTATIONS
from tests.relevance.never_wrong import NEVER_WRONG
from tests.relevance.sections import Section, measured, whole
from tests.relevance.strengths import own_words_to_strengths
from tests.relevance.town import by_town

PROCESSES = 2
SECTIONS: dict[str, Section] = {
    "judged": whole(judged),
    "known_item": whole(known_item),
    "strengths": whole(own_words_to_strengths),
    "everyday": whole(everyday_words),
    "missing": MISSING_DATA,
    "fair": FAIR,
    "mix": whole(mix),
    "never_wrong": NEVER_WRONG,
    "explained": EXPLAINED,
    "metamorphic": METAMORPHIC,
    "mutations": MUTATIONS,
}
"""In the order of the report. Mutants come last: what is broken on purpose may leave something behind in the process where it was."""


def line(figure: Figure) -> str:
    """One figure as a line of text."""
    bound = "".join(f" {word} {bound:.{figure.decimals}f}" for word, bound in (("at least", figure.least), ("at most", figure.most)) if bound is not None)
    beside = ", ".join(f"{name} {value:.{figure.decimals}f}" for name, value in figure.beside.items())
    parts = [f"{figure.value:.{figure.decimals}f}{bound}", beside, figure.note]
    return f"{'ok  ' if figure.holds else 'FAIL'} {figure.name}: " + " | ".join(part for part in parts if part)


def report(sections: Sequence[Section], processes: int) -> int:
    """Measure the sections, print each with the seconds of work that it took; 1 when a figure is below its floor, else 0."""
    fine, seconds = True, 0.0
    for section, figures, took in measured(sections, processes, ready=by_town):
        print(f"\n{section.heading}  [{took:.0f} s of work]")
        for figure in figures:
            print(" ", line(figure), flush=True)
        fine, seconds = fine and all(figure.holds for figure in figures), seconds + took
    print(f"\n{seconds:.0f} s of work in all, by {processes} processes")
    return 0 if fine else 1


def main(arguments: Sequence[str]) -> int:
    """What the command line asks for."""
    parser = ArgumentParser(prog="python -m tests.relevance", description=__doc__)
    parser.add_argument("--section", action="append", choices=[*SECTIONS], help="only this one; may be given several times")
    parser.add_argument("--processes", type=int, default=PROCESSES, help="the figures are the same whatever their number (default %(default)s)")
    asked = parser.parse_args(arguments)
    return report([section for name, section in SECTIONS.items() if name in (asked.section or SECTIONS)], asked.processes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
