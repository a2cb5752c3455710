"""From everyday words to kinds of support, without guessing: "I am hungry" means food only because a cue says so."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from matching.lazy import once
from matching.lexicon import Lexicon
from matching.smallwords import ASKING, SMALL
from matching.stems import root
from matching.words import words

SURE, FAIRLY_SURE = 1.0, 0.85
"""How far a phrase of several telling words is trusted, and one of a single word."""
OVERSHADOWED = 0.7
"""What is left of a phrase whose words all stand in a longer one that is met: "talk to someone at night" is hardly about talks."""
NAMED_LEAST = 0.8
"""How surely words must stand for an interest or a people to be taken for it: "ride" may be about horses, a lift or a bicycle."""
LEAST = 0.35
"""Under this nothing is said."""
SHORT = 2
"""Words in a phrase that may be met by its only telling one ("no food")."""
_NEUTRAL = "the my our i im am m need needed needs want help el la los las un una unos unas mi mis les des une mon mes je se"
NEUTRAL = frozenset(_NEUTRAL.split())
"""Small words without which a short phrase says the same by its only telling word: "my taxes", "tax help". Of others it does not: "NA meeting" is no meeting,
"lost someone" not lost, and no syllable of Vietnamese is small because a Spanish word is written like it."""
TURNING = frozenset(("no", "not", "without", "in", "off", "on", "out", "up", "down", "me", "him", "her", "us", "them"))
"""Small words that turn the one beside them into something else: "no breaks" is not a break, "sign on" not a sign, "beats me" no music."""


class Phrases(NamedTuple):
    """What the phrases of a vocabulary are met by: the codes of each, all the words of the phrases, small ones as well, those that small words alone may
    meet, and each by its rarest root."""

    codes: dict[frozenset[str], set[str]]
    whole: dict[frozenset[str], set[str]]
    of_small: set[frozenset[str]]
    by_rarest: dict[str, list[frozenset[str]]]


class EverydayWords:
    """The labels and cues of a vocabulary as sets of roots; a phrase is met when a text holds all of its telling words, in any order."""

    def __init__(self, lexicon: Lexicon, *, with_labels: bool = True) -> None:
        """Nothing is read before the first text is; ``with_labels`` is False where cues alone are looked for."""
        self._lexicon, self._with_labels = lexicon, with_labels
        self._broader = {term.code: term.parent or term.code for term in lexicon.terms}

    def prepare(self) -> None:
        """Have at once what the first text would wait for."""
        _ = self._phrases

    @once
    def _phrases(self) -> Phrases:
        said = [(term.code, words(phrase)) for term in self._lexicon.terms for phrase in (*([term.label] if self._with_labels else ()), *term.cues)]
        found = Phrases(defaultdict(set), defaultdict(set), set(), defaultdict(list))
        roots = [frozenset(map(root, spelt)) for _, spelt in said]
        owners: dict[frozenset[str], set[str]] = defaultdict(set)
        for (code, _), all_of_it in zip(said, roots, strict=True):
            owners[all_of_it].add(self._broader[code])
        for (code, spelt), all_of_it in zip(said, roots, strict=True):
            if content := _content(spelt, owners, self._broader[code]):
                found.codes[content].add(code)
                found.whole[content].update(all_of_it)
                if SMALL.issuperset(spelt):
                    found.of_small.add(content)   # "can" is no canning, though they share a root
        for content in found.codes:
            found.by_rarest[max(sorted(content), key=self._lexicon.rarity)].append(content)
        return found

    def by_word(self, spelt: Sequence[str], is_known: Callable[[str], bool]) -> dict[str, dict[str, float]]:
        """Return, for each word that helped, the codes it stands for and how surely (0 to 1)."""
        meant = {word: {root(word): 1.0} if word in SMALL else self._lexicon.meant(word, is_known) for word in spelt}
        trust: dict[str, float] = defaultdict(float)
        for forms in meant.values():
            for base, certain in forms.items():
                trust[base] = max(trust[base], certain)
        weights: dict[str, dict[str, float]] = defaultdict(dict)
        small = frozenset(map(root, SMALL.intersection(spelt))) - {base for word in spelt if word not in SMALL for base in meant[word]}
        met = [content for content in self._met(trust) if not content <= small or content in self._phrases.of_small]
        for content in met:
            whole = OVERSHADOWED if any(content < self._phrases.whole[other] for other in met if other != content) else 1.0
            weight = whole * self._weight(content) * min(trust[base] for base in content)
            for base in content if weight >= LEAST else ():
                for code in self._phrases.codes[content]:
                    weights[base][code] = max(weight, weights[base].get(code, 0.0))
        return {word: found for word, forms in meant.items() if (found := _most(weights[base] for base in forms if base in weights))}

    def recognise(self, spelt: Sequence[str], is_known: Callable[[str], bool]) -> tuple[tuple[str, float], ...]:
        """Return the codes that the words stand for, surest first."""
        return surest(self.by_word(spelt, is_known))

    def _met(self, trust: dict[str, float]) -> list[frozenset[str]]:
        return [content for base in trust for content in self._phrases.by_rarest.get(base, ()) if content <= trust.keys()]

    def _weight(self, content: frozenset[str]) -> float:
        """A single word counts less, less again when many terms use it, and is shared out when it is a cue of several.

        Terms under one broader term are no doubt about what is meant ("hungry" is a meal and groceries alike), so they share nothing out.
        """
        shares = math.sqrt(len({self._broader[code] for code in self._phrases.codes[content]}))
        if len(content) > 1:
            return SURE / shares
        (base,) = content
        return FAIRLY_SURE * (1 + self._lexicon.rarity(base)) / 2 / shares


def _content(spelt: Sequence[str], owners: Mapping[frozenset[str], Set[str]], own: str) -> frozenset[str]:
    """The roots by which a phrase of some words is met; ``owners`` are the broader terms under which a phrase is said, by all of its roots.

    Small words and words of asking are left out where two others remain, or where there were hardly any. A longer phrase that would shrink to one
    word needs all of its words: "someone to talk to" is more than "talk". So does a short one with a small word that turns its meaning, and one
    that would shrink, by such a word or one of asking, to all that another term says: "help out at the food bank" is no "food bank".
    """
    telling = [word for word in spelt if word not in SMALL]
    is_short = len(spelt) <= SHORT and NEUTRAL.issuperset(word for word in spelt if word in SMALL)
    roots = frozenset(map(root, telling if len(telling) > 1 or (telling and is_short) else spelt))
    is_of_others = len(telling) > 1 and (TURNING | ASKING) & set(spelt) and owners.get(roots, set()) - {own}
    return frozenset(map(root, spelt)) if is_of_others else roots


def surest(found: dict[str, dict[str, float]]) -> tuple[tuple[str, float], ...]:
    """The codes of all words together, surest first."""
    return tuple(sorted(_most(found.values()).items(), key=lambda item: (-item[1], item[0])))


def _most(many: Iterable[dict[str, float]]) -> dict[str, float]:
    most: dict[str, float] = {}
    for found in many:
        for code, weight in found.items():
            most[code] = max(weight, most.get(code, 0.0))
    return most
