"""Whether words as a whole sound like danger, by sentences of people in danger and of people at ease: most who are in danger say it in their own way."""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from matching.arrays import Floats, Ints
from matching.files import Arrays
from matching.lazy import once
from matching.neighbours import Known, Numbers, found_among, speaking
from matching.sayings import Small, Speaking, weighed
from matching.stems import gist
from matching.words import words

SMOOTHING = 0.1
"""What is added to each count, as for sayings."""
AT_EASE = 10
"""What a sentence of people at ease that was written to be told apart from danger counts, in the mean, against any other that people would say."""
MOST = 450
"""The most that one word or pair may count for or against, in hundredths: less than LEAST, so that no word alone is an alarm."""
LEAST, SURE = 5.0, 8.0
"""The sums of evidence (natural logarithms) from which on words sound like danger, and from which on nothing else is made of them; chosen on sentences
held back (README.md)."""
AS_WELL = 0.7
"""A topic that has this share of the evidence of the likeliest one is named beside it."""
OFTEN = 3
"""Times that what nobody said in danger has to be said at ease, to count."""
_ENDS = re.compile(r"[.!?;\n。！？；؟؛]+")


class UrgentSayings(Struct, frozen=True, kw_only=True):
    """Sentences that people say in danger; ``topic`` names the help they call for, "" that they are at ease though they sound like it."""

    topic: str
    sentences: tuple[str, ...]
    language: str = "en"


Said = tuple[Ints, int]
"""The words and pairs of some sentences, once a sentence, and the number of sentences."""


class Table(NamedTuple):
    """Words and pairs, rising, with what each counts for danger, in hundredths; and what tells topics apart."""

    known: Known
    keys: Ints
    values: Small
    telling: Speaking

    def arrays(self) -> Arrays:
        """The same by name, to be kept in a file."""
        return {**self.known._asdict(), "for danger": self.keys, "by": self.values, **self.telling._asdict()}

    @classmethod
    def of(cls, arrays: Arrays) -> Table:
        """What was kept; nothing is copied."""
        telling = Speaking(*(arrays[name] for name in Speaking._fields))
        return cls(Known(*(arrays[name] for name in Known._fields)), arrays["for danger"], arrays["by"], telling)


class Danger:
    """Weighs texts by example. Nothing is worked out before the first text is read."""

    def __init__(self, sayings: Iterable[UrgentSayings], calm: Iterable[str]) -> None:
        """``calm`` are other sentences that people would say, of anything. ``kept``, once it is set, gives what ``weigh`` has worked out before."""
        held = tuple(sayings)
        self.kept: Callable[[], Arrays] | None = None
        self.is_empty = not any(one.topic for one in held)
        self._topics = tuple(dict.fromkeys(one.topic for one in held if one.topic))
        self._held, self._calm = held, tuple(calm)

    def topics(self, text: str, bound: float = LEAST) -> tuple[str, ...]:
        """Return the topics of help that the words call for, the likeliest first; empty where they do not sound like danger.

        Each sentence of the text is read by itself, and the whole: ``evidence`` of one of them is ``bound`` or more. Of the topics the one is named for
        which the words and pairs of that sentence speak most (pointwise mutual information, as in ``Sayings``), and any that comes near.
        """
        if self.is_empty:
            return ()
        most, spelt = max((self._weight(spelt), spelt) for spelt in map(words, {text, *_ENDS.split(text)}))
        return self._about(spelt) if most >= bound else ()

    def evidence(self, text: str) -> float:
        """Return how much the words of a text speak for danger: the sum of ln P(f | danger) / P(f | at ease) over its words and neighbouring pairs f."""
        return 0.0 if self.is_empty else self._weight(words(text))

    def prepare(self) -> None:
        """Have at once what the first text would wait for."""
        _ = None if self.is_empty else self._table

    def _weight(self, spelt: Sequence[str]) -> float:
        return float(self._table.values[found_among(self._table.keys, self._said(spelt))].sum(dtype=np.int64)) / 100

    def _about(self, spelt: Sequence[str]) -> tuple[str, ...]:
        sums = self._table.telling.for_terms(self._said(spelt))
        order = sorted(sums, key=lambda at: (-sums[at], at))
        return tuple(self._topics[at] for at in order if sums[at] >= AS_WELL * sums[order[0]]) or self._topics

    def _said(self, spelt: Sequence[str]) -> set[int]:
        return speaking(spelt, self._table.known.of(map(gist, spelt)))

    @once
    def _table(self) -> Table:
        return Table.of(self.kept()) if self.kept else self.weigh()

    def weigh(self) -> Table:
        """Work out what each word and pair counts."""
        numbers = Numbers()
        alarming = [_read(numbers, (text for one in self._held if one.topic == topic for text in one.sentences)) for topic in self._topics]
        others = _read(numbers, self._calm)
        danger = np.concatenate([keys for keys, _ in alarming])
        keys, values = _apart(danger, sum(count for _, count in alarming), [*self._at_ease(numbers), (others, 1)])
        places = np.repeat(np.arange(len(alarming)), [len(held) for held, _ in alarming])
        return Table(numbers.known(), keys, values, weighed(danger, places, np.array([count for _, count in alarming], np.int64)))

    def _at_ease(self, numbers: Numbers) -> Iterator[tuple[Said, float]]:
        """What was written to be told apart from danger, by language, and what a sentence counts: in all languages as much, together, against a sentence
        in danger. Else the words of a language with fewer of them would all sound a little like danger, and ten such words are an alarm."""
        shares = {language: self._share(language) for language in dict.fromkeys(one.language for one in self._held)}
        usual = self._share()
        for language, share in shares.items():
            said = _read(numbers, (text for one in self._held if not one.topic and one.language == language for text in one.sentences))
            yield said, AT_EASE * share / usual

    def _share(self, language: str | None = None) -> float:
        """Sentences in danger to one at ease, in a language or in all."""
        counts = [0, 0]
        for one in self._held:
            counts[not one.topic] += len(one.sentences) if language in (None, one.language) else 0
        return counts[0] / max(counts[1], 1)


def _read(numbers: Numbers, sentences: Iterable[str]) -> Said:
    """The words and pairs of some sentences, once a sentence, and the number of sentences."""
    keys, count = array("q"), 0
    for sentence in sentences:
        spelt = words(sentence)
        keys.extend(speaking(spelt, numbers.take_in(spelt)))
        count += 1
    return np.array(keys, np.int64), count


def _apart(danger: Ints, sentences: int, at_ease: Sequence[tuple[Said, float]]) -> tuple[Ints, Small]:
    """What each word or pair counts for danger, in hundredths, of those that are said in danger, or often at ease; the sentences at ease with how often
    each of them counts."""
    calm = sum(weight * count for (_, count), weight in at_ease)
    said = np.concatenate([danger, *(keys for (keys, _), _ in at_ease)])
    weights = np.concatenate([np.zeros(len(danger)), *(np.full(len(keys), float(weight)) for (keys, _), weight in at_ease)])
    keys, number = np.unique(said, return_inverse=True)
    in_danger, else_ = np.bincount(number[: len(danger)], minlength=len(keys)), np.bincount(number, weights, minlength=len(keys))
    telling = (in_danger > 0) | (else_ >= OFTEN)
    share = SMOOTHING * calm / max(sentences, 1)
    among = _log((in_danger[telling] + SMOOTHING) / (sentences + 2 * SMOOTHING))
    values = np.rint(100 * (among - _log((else_[telling] + share) / (calm + 2 * share))))
    return keys[telling], np.clip(values, -MOST, MOST).astype(np.int16)


def _log(values: NDArray[np.floating[Any]]) -> Floats:
    """Natural logarithms by the C library: numpy's own may differ in the last bit from one processor to the next."""
    distinct, number = np.unique(values, return_inverse=True)
    return np.array([math.log(value) for value in distinct.tolist()], np.float64)[number]
