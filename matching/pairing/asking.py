"""What must hold between two and what nobody has said: the coordinator asks first, and until then it is neither a yes nor a no."""

from __future__ import annotations

from collections.abc import Iterator

from matching.pairing.values import Ask, Peer, Question, Wish
from matching.pairing.wishes import kind_of, said_of


def asks(one: Peer, other: Peer) -> tuple[Ask, ...]:
    """What is to be asked of either side of a pair, in a fixed order; empty where all is known."""
    return (*_of(other, one), *_of(one, other))


def _of(asked: Peer, wishing: Peer) -> Iterator[Ask]:
    """What to ask ``asked`` for the sake of ``wishing``."""
    if wishing.not_areas and not asked.area:
        yield _ask(asked, "area", wishing.not_areas)
    if wishing.not_organizations and not asked.organizations:
        yield _ask(asked, "organization", wishing.not_organizations)
    for wish in wishing.wishes:
        if wish.must and is_open(wish, asked):
            yield _ask(asked, "wish", wish.codes)
    if not asked.languages:
        yield _ask(asked, "language", wishing.languages)
    if not asked.ways:
        yield _ask(asked, "way", wishing.ways)
    if not asked.slots:
        yield _ask(asked, "hours", frozenset())


def is_open(wish: Wish, peer: Peer) -> bool:
    """Whether nobody knows if a person meets a wish: none of its codes was said, and of at least one kind nothing was."""
    said = said_of(peer)
    kinds = {kind_of(code) for code in said}
    return not wish.codes & said and any(kind_of(code) not in kinds for code in wish.codes)


def _ask(asked: Peer, about: Question, codes: frozenset[str]) -> Ask:
    return Ask(of=asked.side, about=about, codes=tuple(sorted(codes)))
