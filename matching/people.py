"""Which people words name: groups of people, and communities by any of their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from matching.everyday import NAMED_LEAST, EverydayWords
from matching.lexicon import Lexicon
from matching.smallwords import EVERY_SMALL, SMALL, STOP
from matching.stems import root
from matching.words import words

EVERYONE = "everyone"


class People:
    """Groups by the words for them, communities by what they are called."""

    def __init__(
        self, groups: Lexicon, communities: Lexicon, used: Callable[[Sequence[str]], Mapping[str, object]], knows: Callable[[str], bool]
    ) -> None:
        """``used`` gives the words among some that stand for a kind of support; ``knows`` says of a word that a vocabulary has it."""
        self._groups, self._used, self._knows = groups, used, knows
        self._of_groups = EverydayWords(groups)
        self._communities, self._labels = communities, {term.code: term.label for term in communities.terms}
        self._of_names = EverydayWords(communities, with_labels=False)

    def prepare(self) -> None:
        """Have at once what the first text would wait for."""
        self._of_groups.prepare()
        self._of_names.prepare()

    def named(self, text: str) -> tuple[tuple[str, float], ...]:
        """Return the groups of people whom a text names, each with a weight in (0, 1], surest first; only words that are written as they are known.

        A word in another form may be anything ("teach" is not said of teachers), and everyone is nobody in particular. Words that stand for a kind of
        support ("childcare for my toddler") have had their say: that kind is asked for, and need not be said of listings twice.
        """
        said = words(text)
        spelt = [word for word in said if word in EVERY_SMALL or self._groups.knows(word)]
        if STOP.issuperset(spelt):
            return ()  # nearly always: whoever names nobody is not read twice
        used = self._used(said)
        left = [word for word in spelt if word in EVERY_SMALL or word not in used]
        found = () if STOP.issuperset(left) else self._of_groups.recognise(left, self._knows)
        return tuple((code, weight) for code, weight in found if code != EVERYONE)

    def called(self, text: str) -> tuple[str, ...]:
        """Return the labels of the communities that a text calls by another name ("Soomaali", "українці"): listings that are theirs have the label among
        their words, as whoever writes a word of it finds. Only by names that hardly mean anything else, as they are known."""
        said = words(text)
        spelt = [word for word in said if word in SMALL or self._communities.knows(word)]
        if SMALL.issuperset(spelt):
            return ()
        labels = (self._labels[code] for code, weight in self._of_names.recognise(spelt, self._knows) if weight >= NAMED_LEAST)
        roots = set(map(root, said))
        return tuple(label for label in labels if roots.isdisjoint(map(root, words(label))))
