"""A small vocabulary and a small text index: just enough of what matching asks of them, and simple enough to be obviously right."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import numpy as np
from rapidfuzz.distance import OSA

from matching.arrays import Floats, Ints
from matching.names import Named, Typed
from matching.reading import Word
from matching.telling import Phrase
from matching.values import Listing
from matching.weights import NAME_BY_SLIPS

PARENTS = {
    "strengths": {"making": "", "cooking": "making", "sewing": "making", "people": "", "listening": "people", "driving": ""},
    "supports": {"food": "", "food_bank": "food", "hot_meals": "food", "legal": "", "housing_advice": "legal", "company": ""},
    "interests": {"music": "", "choir": "music", "drums": "music", "gardening": "", "football": ""},
    "life_domains": {"home": "", "leisure": "", "learning": ""},
    "communities": {"east_african": "", "somali": "east_african", "eritrean": "east_african", "roma": "", "deaf_community": ""},
    "faiths": {"muslim": "", "sikh": "", "christian": "", "quaker": "christian"},
    "access": {"step_free": "", "quiet_room": "", "hearing_loop": ""},
    "formats": {"in_person": "", "online": "", "phone": "", "text": ""},
    "entry": {"drop_in": "", "self_refer": "", "referral": ""},
    "audiences": {"carers": "", "young_carers": "carers", "women": "", "men": "", "veterans": "", "older_adults": "", "everyone": ""},
    "settings": {"library": "", "park": "", "allotment": "park"},
    "kinds": {"service": "", "peer_group": "", "activity": "", "therapy": "", "group_therapy": "therapy", "give": ""},
    "group_facts": {"peer_led": "", "shared": "", "professional_led": "", "open": "", "closed": "", "someone_meets_you": "", "may_just_listen": ""},
    "languages": {"so": "", "en": "", "es": "", "es-MX": "", "pl": "", "ase": ""},
}
LABELS = {"so": "Somali", "en": "English", "es": "Spanish", "es-MX": "Mexican Spanish", "pl": "Polish", "step_free": "Step-free"}
LABELS["ase"] = "American Sign Language"
IMPLIED = {"hungry": (("food_bank", 0.9),), "lonely": (("company", 0.8),), "eviction": (("housing_advice", 0.7),)}
PEOPLE = {"carer": (("carers", 0.8),), "veteran": (("veterans", 0.6),)}
"""Words that name people."""
LOVED = {"garden": ("gardening", 0.9), "drum": ("drums", 0.8)}
"""Words that stand for interests."""
SEE_ALSO = {"legal": "company", "food_bank": "housing_advice"}
"""Kinds of support that would still deal with what another is for, though they stand elsewhere."""
CALLED = {"soomaali": "Somali"}
"""Other names of communities, with the label."""
FOR_WHOM = {"legal": ("veterans",), "housing_advice": ("young_carers", "women"), "company": ("carers",)}
"""Kinds of support that are there for certain people by their nature."""
POINTING = {"garden": "food", "desk": "legal"}
"""Words from which a kind of support is only guessed."""

TELLING = 0.8
"""How plainly words tell of most terms here, wherever they have its code."""
LESS_TELLING = {"company": 0.7, "legal": 0.5}


class SmallVocabulary:
    """The taxonomies above."""

    def label(self, taxonomy: str, code: str) -> str:
        return LABELS.get(code, code.replace("_", " ").capitalize())

    def similarity(self, taxonomy: str, a: str, b: str) -> float:
        parents = PARENTS.get(taxonomy, {})
        if a == b:
            return 1.0
        if parents.get(a) == b or parents.get(b) == a:
            return 0.6
        if taxonomy == "supports" and (SEE_ALSO.get(a) == b or SEE_ALSO.get(b) == a):
            return 0.4
        return 0.3 if parents.get(a) and parents.get(a) == parents.get(b) else 0.0

    def descendants(self, taxonomy: str, code: str) -> frozenset[str]:
        below = {child for child, parent in PARENTS.get(taxonomy, {}).items() if parent == code}
        return frozenset({code}).union(*(self.descendants(taxonomy, child) for child in below))

    def recognise(self, text: str, is_word: object = None) -> tuple[tuple[str, float], ...]:
        return tuple(hit for word in sorted(set(text.lower().split())) for hit in IMPLIED.get(word, ()))

    def meant(self, text: str, is_word: object = None) -> tuple[tuple[str, float], ...]:
        guessed = tuple((code, 0.2) for word, code in POINTING.items() if word in text.lower().split())
        return *self.recognise(text), *guessed

    def loved(self, text: str, is_word: object = None) -> tuple[tuple[str, float], ...]:
        return tuple(LOVED[word] for word in sorted(set(text.lower().split())) if word in LOVED)

    def whom(self, text: str) -> tuple[tuple[str, float], ...]:
        return tuple(hit for word in sorted(set(text.lower().split())) for hit in PEOPLE.get(word, ()))

    def communities_called(self, text: str) -> tuple[str, ...]:
        return tuple(CALLED[word] for word in sorted(set(text.lower().split())) if word in CALLED)

    def people_of(self, code: str) -> tuple[str, ...]:
        return FOR_WHOM.get(code, ())

    def kinds_for(self, people: str | None) -> frozenset[str]:
        near = {code for code, groups in FOR_WHOM.items() if any(people and self.similarity("audiences", one, people) >= 0.5 for one in groups)}
        return frozenset(FOR_WHOM if people is None else near)


class SmallTexts:
    """A listing's score is the share of the question's words that are in its name, keywords or description."""

    def __init__(self, listings: Sequence[Listing]) -> None:
        self.names = [one.name for one in listings]
        self.words = [frozenset(f"{one.name} {one.description} {' '.join(one.keywords)}".lower().split()) for one in listings]

    def reading_with(self, others: Sequence[SmallTexts]) -> SmallTexts:
        return self

    def has(self, word: str) -> bool:
        return any(word in held for held in self.words)

    def read(self, query: str) -> tuple[Word, ...]:
        return tuple(Word(word) for word in sorted(set(query.lower().split())))

    def hits(self, asked: Sequence[Word], bounds: Ints | None = None) -> tuple[Ints, Floats]:
        wanted = {word.text for word in asked}
        inside = range(len(self.words)) if bounds is None else [row for start, end in bounds.reshape(-1, 2).tolist() for row in range(start, end)]
        found = {row: len(wanted & self.words[row]) / len(wanted) for row in inside if wanted & self.words[row]}
        return np.array(list(found), np.int64), np.array(list(found.values()), np.float64)

    def name_in(self, text: str) -> Typed:
        return Typed(text, frozenset())

    def named(self, typed: Typed, bounds: Ints | None = None) -> Named:
        inside = range(len(self.words)) if bounds is None else [row for start, end in bounds.reshape(-1, 2).tolist() for row in range(start, end)]
        found = {row: slips for row in inside if (slips := slips_slowly(typed.key, self.names[row])) is not None}
        return Named(np.array(list(found), np.int64), np.array(list(found.values()), np.int64))

    def scores(self, query: str) -> Floats:
        """One number a listing, in the order given."""
        rows, found = self.hits(self.read(query))
        everywhere = np.zeros(len(self.words))
        everywhere[rows] = found
        return everywhere

    def matched(self, asked: Sequence[Word], rows: Ints) -> list[tuple[str, ...]]:
        return [tuple(sorted({word.text for word in asked} & self.words[row])) for row in rows.tolist()]

    def phrases(self, taxonomy: str, code: str) -> tuple[Phrase, ...]:
        return (Phrase(tuple(code.split("_")), LESS_TELLING.get(code, TELLING)),)

    def told(self, phrases: Sequence[Phrase], bounds: Ints | None = None) -> tuple[Ints, Floats]:
        inside = range(len(self.words)) if bounds is None else [row for start, end in bounds.reshape(-1, 2).tolist() for row in range(start, end)]
        found = {row: [phrase.weight for phrase in phrases if self.words[row] >= set(phrase.stems)] for row in inside}
        rows = {row: max(weights) for row, weights in found.items() if weights}
        return np.array(list(rows), np.int64), np.array(list(rows.values()), np.float64)

    def plainest(self, phrases: Sequence[Phrase], row: int) -> Phrase | None:
        return max((phrase for phrase in phrases if self.words[row] >= set(phrase.stems)), key=lambda phrase: phrase.weight, default=None)

    def tells(self, code: str, row: int) -> float:
        """How plainly one row's words tell of a term."""
        return LESS_TELLING.get(code, TELLING) if self.words[row] >= set(code.split("_")) else 0.0


def slips_slowly(typed: str, name: str) -> int | None:
    """How many slips lie between two names of as many words, whichever words are paired; None when they are too many."""
    wanted, spelt = name.lower().split(), typed.lower().split()
    if len(wanted) != len(spelt):
        return None
    least = min(sum(OSA.distance(a, b) for a, b in zip(some, wanted, strict=True)) for some in permutations(spelt))
    return least if least < len(NAME_BY_SLIPS) else None


VOCABULARY = SmallVocabulary()
