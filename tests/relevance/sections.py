"""A section of the report as pieces of work that any process may do, and the measuring of many sections on all cores at once."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import pairwise
from time import process_time
from typing import Any, NamedTuple

from tests.relevance.figures import Figure

Piece = Callable[[], Any]
"""A part of the work that hangs on nothing but its own fixed seeds; it can be sent to another process."""
Made = Mapping[str, Sequence[Any]]
"""What came of the pieces, in their order, under the names of their groups."""
SHARES = 8
"""Into how many pieces a long row of numbers is cut: never by the machine, so that the figures are the same on any."""


class Section(NamedTuple):
    """A heading, the pieces of work by name, and how figures are made of what came of them."""

    heading: str
    pieces: Mapping[str, Sequence[Piece]]
    figures: Callable[[Made], Sequence[Figure]]


class Measured(NamedTuple):
    """The figures of a section, and the seconds of work that they took, of all processes together."""

    section: Section
    figures: Sequence[Figure]
    seconds: float


def whole(measure: Callable[[], Sequence[Figure]]) -> Section:
    """A section that is one piece of work: its docstring's first line is the heading."""
    return Section((measure.__doc__ or measure.__name__).splitlines()[0], {"all": (measure,)}, lambda made: list(made["all"][0]))


def shares(work: Callable[[range], Any], count: int, parts: int = SHARES) -> Sequence[Piece]:
    """``work`` on the numbers below ``count``, in so many pieces."""
    edges = [count * part // parts for part in range(parts + 1)]
    return [partial(work, range(start, stop)) for start, stop in pairwise(edges)]


def measured(sections: Sequence[Section], processes: int, ready: Callable[[], object] = lambda: None) -> Iterator[Measured]:
    """Each section in its order, as soon as it and those before it are done. ``ready`` is done once, before there is more than one process."""
    ready()
    gc.freeze()  # what is there by now is read by all, and need not be looked through for garbage again and again
    with ProcessPoolExecutor(processes) as pool:
        begun = [{name: [pool.submit(timed, piece) for piece in pieces] for name, pieces in section.pieces.items()} for section in sections]
        for section, groups in zip(sections, begun, strict=True):
            done = {name: [future.result() for future in futures] for name, futures in groups.items()}
            began = process_time()
            figures = section.figures({name: [made for made, _ in results] for name, results in done.items()})
            seconds = sum(seconds for results in done.values() for _, seconds in results)
            yield Measured(section, figures, seconds + process_time() - began)


def timed(piece: Piece) -> tuple[Any, float]:
    """What comes of a piece, and the seconds of work that it took: of this process alone, however busy the machine is."""
    began = process_time()
    made = piece()
    return made, process_time() - began
