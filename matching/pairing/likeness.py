"""Whether what somebody wrote may mean a person who is called otherwise: another spelling, a short form, another order. It finds too many rather than too few.

Nothing follows from it by itself but that two are kept apart until somebody who knows both has looked.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from rapidfuzz.distance import OSA, JaroWinkler

from matching.pairing.short_names import are_forms_of_one
from matching.words import plain

Likeness = Literal["", "near", "same"]
LONGEST: Final = 200
"""Characters that are looked at of either."""
ALIKE: Final = 0.92
TELLING: Final = frozenset({"of", "from", "at", "who", "my", "is", "with", "the", "in"})
"""With one of these among them, what stands beside a name is no surname but says more of the person."""
SMALL: Final = TELLING | {
    "a", "an", "and", "el", "la", "los", "las", "de", "del", "da", "di", "von", "van", "der", "den", "al", "bin", "ibn",
    "mr", "mrs", "ms", "dr", "sir", "don", "dona", "sra", "sr",
}  # fmt: skip
"""Words that are no name themselves."""
_SOUNDS: Final = (("ph", "f"), ("th", "t"), ("ck", "k"), ("sch", "s"), ("ch", "k"), ("sh", "s"), ("ou", "u"))
_ONE_LETTER: Final = str.maketrans({"c": "k", "q": "k", "z": "s", "w": "v", "j": "y", "x": "k"})


def may_mean(words: str, name: str) -> Likeness:
    """``same``: the words of the shorter one are all in the other; ``near``: they may be; else nothing."""
    ours, theirs = plain(words[:LONGEST]).split(), plain(name[:LONGEST]).split()
    is_told = bool(TELLING & {*ours, *theirs})
    one, other = ([word for word in both if word not in SMALL] for both in (ours, theirs))
    if not one or not other:
        return ""
    short, long = sorted((one, other), key=len)
    if set(short) <= set(long) and any(len(word) > 1 for word in short):
        return "same"
    if _is_slip("".join(short), "".join(long)) or _is_slip("".join(sorted(short)), "".join(sorted(long))):
        return "near"
    found = [best for word in short if (best := max(_near(word, theirs) for theirs in long))]
    needed = 1 if is_told else min(2, len(short))
    return "near" if len(found) >= needed and 2 in found else ""


def _near(one: str, other: str) -> int:
    """2: may be the same word; 1: one may stand for the other as its first letter; 0: neither."""
    if 1 in (len(one), len(other)):
        return int(one[0] == other[0]) if one != other else 1
    starts = min(len(one), len(other)) >= 3 and (one.startswith(other) or other.startswith(one))
    alike = _is_slip(one, other) or JaroWinkler.similarity(one, other) >= ALIKE
    return 2 if starts or alike or are_forms_of_one(one, other) or _sounds_alike(one, other) else 0


def _is_slip(one: str, other: str) -> bool:
    """Whether a slip or two make one of the other: the longer, the more."""
    shorter = min(len(one), len(other))
    allowed = 0 if shorter < 4 else 1 if shorter < 7 else 2
    return one == other or OSA.distance(one, other, score_cutoff=allowed) <= allowed


def _sounds_alike(one: str, other: str) -> bool:
    bones = _bones(one)
    return bones == _bones(other) and len(bones) >= (2 if min(len(one), len(other)) >= 6 else 3)


def _bones(word: str) -> str:
    """A word without its vowels, as it may be heard: the first letter and what is written in several ways made one."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    word = word.translate(_ONE_LETTER)
    return re.sub(r"(.)\1+", r"\1", word[:1] + re.sub("[aeiouyh]", "", word[1:]))
