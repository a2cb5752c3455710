"""Peer support in words: what the form offers to choose from, what a code is called, and how things stand."""

from __future__ import annotations

from functools import lru_cache
from typing import Final
from zoneinfo import available_timezones

from msgspec import Struct

from directory.hours import DAY_NAMES
from directory.languages import language_label
from matching.pairing import in_words
from matching.pairing.values import Because, Side
from matching.values import Term
from web.forms.choices import COMMON_LANGUAGES, PARTS, Group, Option, grouped, tokened
from web.house import Vocabulary

TOPICS: Final = (
    "newcomer_support", "parenting", "carers_family", "grief_support", "find_work", "school_qualification", "keep_home", "reentry", "recovery_support",
    "identity_community", "older_people", "long_term_condition_support", "independent_living", "veterans_support",
)  # fmt: skip
"""Beside the parts of life, what people most often wish company with. Nobody is asked for a condition."""
AGES: Final = ("young_people", "young_adults", "adults", "older_adults")
OWN: Final = {"gender": ("women", "men", "trans_and_nonbinary"), "age": AGES}
"""Kinds of their own, out of the one list of audiences: whoever says an age has said nothing of their gender."""
ASKED_WORDS: Final = {"gender": "Gender", "age": "Age", "communities": "Culture and community", "faiths": "Faith"}
WAYS: Final[tuple[Option, ...]] = (
    ("messages", "Messages here"), ("phone", "By phone"), ("video", "By video"), ("in_person", "In person, in a public place"),
)
VOUCHED: Final = {
    "training": "Training", "checks": "Background checks", "supervision": "Supervision", "checks_for_minors": "Checks for being with people under 18",
    "guardian": "A guardian’s consent",
}  # fmt: skip
FIRST_CONTACT: Final = {
    "here": "They write to each other here first", "public_place": "They meet in a public place, and staff come along if they like",
    "with_staff": "They meet in a public place, and staff are there",
}  # fmt: skip
FIRST_OF_YOU: Final = {
    "here": "You write to each other here first", "public_place": "You meet in a public place, and staff come along if you like",
    "with_staff": "You meet in a public place, and staff are there",
}  # fmt: skip
"""The same, said to one of the two."""
STATES: Final = {
    "waiting": "You said yes. You will read here what becomes of it.",
    "both": "You both said yes. You will be introduced soon; until then no name passes.",
    "introduced": "You are introduced.", "over": "This did not become an introduction.", "passed": "Not for you.",
}  # fmt: skip


class Choices(Struct, frozen=True, kw_only=True):
    """What the form offers."""

    about: tuple[Option, ...]
    interests: tuple[Group, ...]
    strengths: tuple[Group, ...]
    asked: tuple[tuple[str, str, tuple[Group, ...]], ...]
    languages: tuple[Option, ...] = tuple((code, language_label(code)) for code in COMMON_LANGUAGES)
    ways: tuple[Option, ...] = WAYS
    days: tuple[tuple[int, str], ...] = tuple(enumerate(DAY_NAMES))
    parts: tuple[Option, ...] = PARTS
    timezones: tuple[str, ...] = tuple(sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix/", "right/"))))

    def offered(self) -> dict[str, frozenset[str]]:
        """Every code that may be chosen, by field."""
        asked = frozenset(code for _, _, groups in self.asked for code in codes_of(groups))
        about = frozenset(code for code, _ in self.about)
        strengths = codes_of(self.strengths)
        return {
            "about": about, "not_about": about, "interests": codes_of(self.interests), "strengths": strengths, "hopes": strengths, "traits": asked,
            "wishes": asked, "languages": frozenset(code for code, _ in self.languages),
        }  # fmt: skip


@lru_cache(2)
def choices_of(vocabulary: Vocabulary) -> Choices:
    """What this directory's vocabularies offer."""
    domains = tuple((f"life_domains/{term.code}", term.label) for term in vocabulary.terms("life_domains") if not term.group)
    topics = tuple((f"supports/{code}", vocabulary.label("supports", code)) for code in TOPICS if vocabulary.term("supports", code))
    asked = tuple((kind, words, _asked(vocabulary, kind)) for kind, words in ASKED_WORDS.items())
    return Choices(about=domains + topics, interests=_all(vocabulary, "interests"), strengths=_all(vocabulary, "strengths"), asked=asked)


def label_of(vocabulary: Vocabulary, code: str) -> str:
    """What people read for a code: ``taxonomy/code``, or a language."""
    taxonomy, _, rest = code.partition("/")
    if not rest:
        return dict(WAYS).get(code) or language_label(code)
    return vocabulary.label("audiences" if taxonomy in OWN else taxonomy, rest)


def area_words(area: str) -> str:
    """The name of an area, such as San Mateo County."""
    return area.rpartition("/")[2].title() if "/" in area else area.upper()


def reason_words(vocabulary: Vocabulary, reason: Because, side: Side) -> str:
    """Why somebody is suggested, said to one side."""
    return in_words(reason, side=side, labels={code: label_of(vocabulary, code) for code in reason.codes})


def _all(vocabulary: Vocabulary, taxonomy: str) -> tuple[Group, ...]:
    return tokened(grouped(vocabulary.terms(taxonomy)), f"{taxonomy}/")


def _asked(vocabulary: Vocabulary, kind: str) -> tuple[Group, ...]:
    if kind not in OWN:
        return _all(vocabulary, kind)
    terms: list[Term | None] = [vocabulary.term("audiences", code) for code in OWN[kind]]
    return ((ASKED_WORDS[kind], tuple((f"{kind}/{term.code}", term.label) for term in terms if term)),)


def codes_of(groups: tuple[Group, ...]) -> frozenset[str]:
    """Every code in some groups."""
    return frozenset(code for _, options in groups for code, _ in options)
