"""Print every figure of ranking quality beside its baselines; ends with 1 when one is below its floor."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from time import monotonic

from tests.relevance.everyday import everyday_words
from tests.relevance.explained import explained
from tests.relevance.fair import fair
from tests.relevance.figures import Figure, Section
from tests.relevance.judged.section import judged
from tests.relevance.known_item import known_item
from tests.relevance.metamorphic import metamorphic
from tests.relevance.missing import missing
from tests.relevance.mix import mix
from tests.relevance.mutations import mutations
from tests.relevance.never_wrong import never_wrong
from tests.relevance.strengths import own_words_to_strengths

SECTIONS: tuple[Section, ...] = (
    judged,
    known_item,
    own_words_to_strengths,
    everyday_words,
    missing,
    fair,
    mix,
    never_wrong,
    explained,
    metamorphic,
    mutations,
)


def line(figure: Figure) -> str:
    """One figure as a line of text."""
    bound = "".join(f" {word} {bound:.{figure.decimals}f}" for word, bound in (("at least", figure.least), ("at most", figure.most)) if bound is not None)
    beside = ", ".join(f"{name} {value:.{figure.decimals}f}" for name, value in figure.beside.items())
    parts = [f"{figure.value:.{figure.decimals}f}{bound}", beside, figure.note]
    return f"{'ok  ' if figure.holds else 'FAIL'} {figure.name}: " + " | ".join(part for part in parts if part)


def main(sections: Sequence[Section] = SECTIONS) -> int:
    """Measure every section, print it with the seconds it took."""
    fine = True
    for section in sections:
        began = monotonic()
        figures = section()
        print(f"\n{(section.__doc__ or section.__name__).splitlines()[0]}  [{monotonic() - began:.0f} s]")
        for figure in figures:
            print(" ", line(figure))
        fine = fine and all(figure.holds for figure in figures)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
