"""Words of crisis: found before anything else is read from a text, so that urgent help comes first and nothing is made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct
from rapidfuzz.distance import OSA

from matching.stems import root
from matching.words import words

_SHORTEST_MISSPELT = 6
"""Letters under which a word of crisis has to be spelt right: "tape" must not be read as something else."""
_SOUND_ALIKE = frozenset(map(frozenset, ("sc", "sz", "cz", "ck", "ie", "iy", "ey", "ea", "fv", "ou")))


class UrgentPhrase(Struct, frozen=True, kw_only=True):
    """A phrase that means somebody may be in danger now; ``topic`` names the help that is shown, ``language`` is a BCP 47 tag.

    A full stop at its end means: where nothing else was written ("suicide.", which many say in calm beside other words).
    """

    topic: str
    phrase: str
    language: str = "en"


class UrgentWords:
    """The phrases of crisis in every language at once, each matched as a run of neighbouring words."""

    def __init__(self, phrases: Iterable[UrgentPhrase], is_ordinary: Callable[[str], bool]) -> None:
        """``is_ordinary`` says whether a word is known for something else, so that it is never taken for a misspelt word of crisis."""
        self._is_ordinary = is_ordinary
        self._runs: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        self._alone: dict[tuple[str, ...], int] = {}
        self._topics: list[str] = []
        self._spelt: dict[str, str] = {}
        for phrase in phrases:
            self._add(phrase)

    def topics(self, text: str) -> tuple[str, ...]:
        """Return the topics whose phrases are in ``text``, in the order in which the phrases were given, each once."""
        if not self._topics:
            return ()
        read = [self._root(word) for word in words(text)]
        found = {order for at, first in enumerate(read) for run, order in self._runs.get(first, ()) if tuple(read[at : at + len(run)]) == run}
        if (order := self._alone.get(tuple(read))) is not None:
            found.add(order)
        return tuple(dict.fromkeys(self._topics[order] for order in sorted(found)))

    def _add(self, phrase: UrgentPhrase) -> None:
        spelt = words(phrase.phrase)
        if not spelt:
            raise ValueError(f"The urgent phrase {phrase.phrase!r} holds no word, so it could never be found. Write at least one word.")
        run = tuple(map(root, spelt))
        if phrase.phrase.endswith("."):
            self._alone[run] = len(self._topics)
        else:
            self._runs.setdefault(run[0], []).append((run, len(self._topics)))
        self._topics.append(phrase.topic)
        self._spelt.update((word, root(word)) for word in spelt)

    def _root(self, word: str) -> str:
        if word in self._spelt or len(word) < _SHORTEST_MISSPELT or self._is_ordinary(word):
            return root(word)
        return next((meant_root for meant, meant_root in self._spelt.items() if is_slip(word, meant)), root(word))


def is_slip(written: str, meant: str) -> bool:
    """Say whether ``written`` is one likely slip away from ``meant``: a letter left out, put in or swapped, or one that sounds alike.

    Any letter changed for any other would be too much: "amused" and "buttered" are ordinary words.
    """
    if written[0] != meant[0] or len(meant) < _SHORTEST_MISSPELT or OSA.distance(written, meant, score_cutoff=1) != 1:
        return False
    if len(written) != len(meant):
        return True
    changed = [frozenset(pair) for pair in zip(written, meant, strict=True) if pair[0] != pair[1]]
    return len(changed) == 2 or changed[0] in _SOUND_ALIKE
