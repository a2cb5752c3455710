"""Lists to choose from: each option is drawn once as it stands and once chosen, and put together for what somebody chose. Nothing of the choice is kept."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

from web.still import Group, Html, Stills

MOST_KEPT: Final = 1_000
"""Lists that are remembered; a directory has some hundreds, and they are drawn again when its vocabularies change."""

Options = tuple[tuple[str, str], ...]
Draw = Callable[[str, str, str, bool], str]
"""The name of the field, a code, its label, and whether it is chosen, to HTML."""


class Ticks:
    """Draws lists that a directory offers. A list has to be the directory's own, never one that was made for a person: it is remembered as it is."""

    def __init__(self, stills: Stills) -> None:
        self._stills = stills
        self._drawn: dict[tuple[int, str, Draw], tuple[Options, tuple[tuple[str, str, str], ...]]] = {}

    def options(self, draw: Draw, name: str, options: Options, chosen: Collection[str]) -> Html:
        """Every option in its order, those in ``chosen`` as chosen; for templates."""
        drawn = self._pieces(draw, name, options)
        return Html("".join([there if code in chosen else plain for code, plain, there in drawn]))

    def _pieces(self, draw: Draw, name: str, options: Options) -> tuple[tuple[str, str, str], ...]:
        kept = self._drawn.get((id(options), name, draw))
        if kept is None or kept[0] is not options:
            kept = options, tuple((code, str(draw(name, code, words, False)), str(draw(name, code, words, True))) for code, words in options)
            if len(self._drawn) >= MOST_KEPT:
                self._drawn.clear()
            self._drawn[id(options), name, draw] = kept
        return kept[1]

    def folds(
        self, fold: Callable[..., str], name: str, groups: Collection[Group], chosen: Collection[str], passed_over: Collection[str] = ()
    ) -> Html:
        """A long list, one fold a heading, drawn by ``fold``; those without an answer in them are still. For templates."""
        return Html("".join([self._fold(fold, name, group, chosen, passed_over) for group in groups]))

    def _fold(self, fold: Callable[..., str], name: str, group: Group, chosen: Collection[str], passed_over: Collection[str]) -> str:
        """One of them. What is left where something is passed over may say what a person chose elsewhere, so it is drawn for them alone."""
        heading, options = group
        if passed_over and any_of(options, passed_over):
            return fold(name, heading, tuple(option for option in options if option[0] not in passed_over), chosen)
        if chosen and any_of(options, chosen):
            return fold(name, heading, options, chosen, True)
        return self._stills.still(options, f"fold {name}", fold, name, heading, options)


def any_of(options: Options, codes: Collection[str]) -> bool:
    """Whether any of the codes is among the options; for templates."""
    return any(code in codes for code, _ in options)
