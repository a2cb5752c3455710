"""What the form offers to choose from: the vocabularies, in groups, with their plain labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct

from directory.hours import DAY_NAMES
from directory.languages import language_label
from matching.values import HYBRID, SignalName, Term
from web.forms.fields import IMPORTANCES, MINUTES, WEIGHED, InquiryForm
from web.house import Vocabulary

Option = tuple[str, str]
Group = tuple[str, tuple[Option, ...]]
OTHER = "More"

MODES: tuple[Option, ...] = (
    ("walk", "On foot"), ("wheel", "With a wheelchair"), ("cycle", "By bicycle"), ("bus", "By bus or train"), ("car", "By car"),
)
PARTS: tuple[Option, ...] = (("m", "morning"), ("a", "afternoon"), ("e", "evening"))
SIZES: tuple[Option, ...] = (("", "No matter"), ("small", "Small, up to 8"), ("medium", "Medium, 9 to 20"), ("large", "Large, more than 20"))
FOCUS: tuple[Option, ...] = (
    ("topic", "What I am looking for"), ("interests", "What I enjoy"), ("community", "My culture and community"), ("experience", "What I live with"),
    ("strengths", "What I am good at"),
)
"""What people may have in common, in the words of the form; each goes by answers given elsewhere in it."""
GROUP_WISHES = (
    "peer_led", "shared", "professional_led", "open", "closed", "someone_meets_you", "bring_someone", "may_just_listen", "camera_optional",
    "children_welcome",
)
"""Facts of a group that the form offers to wish for."""
TONES: tuple[Option, ...] = (("", "No matter"), ("quiet", "Quiet"), ("lively", "Lively"))
NEWNESS: tuple[Option, ...] = (("", "No matter"), ("same", "Like what I know"), ("new", "Something new"))
IMPORTANCE_WORDS = dict(zip(IMPORTANCES, ("Not at all", "As usual", "More", "Most"), strict=True))
SIGNAL_WORDS: dict[SignalName, str] = {
    "strengths": "What I am good at", "reach": "How near it is", "language": "My languages", "belonging": "My culture and community",
    "times": "My times", "cost": "What it costs", "access": "What makes it easy to take part", "format": "How I like to meet",
    "social": "Size and feel of a group", "group": "What a group is like", "focus": "What people there share with me",
    "interests": "What I enjoy", "helped_before": "What helped before",
}
COMMON_LANGUAGES = (
    "en", "es", "zh", "yue", "cmn", "vi", "ar", "tl", "so", "ru", "fr", "pt", "ko", "ht", "hi", "pa", "ur", "fa", "prs", "ps", "sw", "am", "ti",
    "hmn", "km", "my", "ne", "pl", "uk", "ja", "sm", "to", "mix", "ase",
)
"""Languages that the form offers; any other can be written in the search words. A directory's own come first when it names them."""


class Choices(Struct, frozen=True, kw_only=True):
    """Everything that the form offers, as (code, label) pairs and groups of them."""

    first: tuple[Option, ...]
    first_codes: tuple[str, ...]
    supports: tuple[Group, ...]
    strengths: tuple[Group, ...]
    interests: tuple[Group, ...]
    communities: tuple[Group, ...]
    languages: tuple[Option, ...]
    access: tuple[Group, ...]
    formats: tuple[Option, ...]
    audiences: tuple[Group, ...]
    kinds: tuple[Option, ...]
    group: tuple[Option, ...]
    focus: tuple[Option, ...] = FOCUS
    helped: tuple[Option, ...]
    modes: tuple[Option, ...] = MODES
    minutes: tuple[Option, ...] = (("", "As far as it takes"), *((minutes, f"{minutes} minutes") for minutes in MINUTES))
    days: tuple[tuple[int, str], ...] = tuple(enumerate(DAY_NAMES))
    parts: tuple[Option, ...] = PARTS
    sizes: tuple[Option, ...] = SIZES
    tones: tuple[Option, ...] = TONES
    newness: tuple[Option, ...] = NEWNESS
    weighed: tuple[Option, ...] = tuple((name, SIGNAL_WORDS[name]) for name in WEIGHED)
    importances: tuple[Option, ...] = (("", "As usual"), *((code, words) for code, words in IMPORTANCE_WORDS.items() if code != "1"))


@lru_cache(2)
def choices_of(vocabulary: Vocabulary) -> Choices:
    """What this directory's vocabularies offer; made again when the directory brings new ones."""
    supports = {term.code: term.label for term in vocabulary.terms("supports")}
    return Choices(
        first=tuple((code, words) for code, words in FIRST_TOPICS if code in supports),
        first_codes=tuple(code for code, _ in FIRST_TOPICS if code in supports),
        supports=grouped(vocabulary.terms("supports")),
        strengths=grouped(vocabulary.terms("strengths")),
        interests=grouped(vocabulary.terms("interests")),
        communities=grouped(vocabulary.terms("communities")),
        languages=tuple((code, language_label(code)) for code in COMMON_LANGUAGES),
        access=grouped(vocabulary.terms("access")),
        formats=(*_flat(vocabulary.terms("formats")), (HYBRID, "Both in person and online (hybrid)")),
        audiences=grouped(vocabulary.terms("audiences")),
        kinds=_flat(vocabulary.terms("kinds")),
        group=tuple((code, vocabulary.label("group_facts", code)) for code in GROUP_WISHES if vocabulary.term("group_facts", code)),
        helped=_flat(term for term in vocabulary.terms("supports") if term.code in HELPED),
    )


FIRST_TOPICS: tuple[Option, ...] = (
    ("togetherness", "Company"), ("mind", "Feelings"), ("joy", "Joy"), ("food_help", "Food"), ("housing_help", "A home"),
    ("money_help", "Money"), ("work_help", "Work"), ("health", "Health"), ("learning_help", "Learning"),
)
"""The topics that the first screen offers for one tap: the broadest, in the fewest words, the good things of life among them."""
HELPED = frozenset((
    "peer_group", "one_to_one_peer", "talking_therapy", "group_therapy", "medication_support", "self_care_mind", "self_care_body", "self_care_spirit",
    "company", "advocacy", "arts", "sport_movement", "nature", "faith_life",
))
"""Kinds of support that the form offers for "this has helped me before" and "please leave these out": the ones that differ most as experiences."""


@lru_cache(16)
def tokened(groups: tuple[Group, ...], prefix: str) -> tuple[Group, ...]:
    """The same groups with a prefix before each code: what a tick means that stands among others."""
    return tuple((heading, tuple((f"{prefix}{code}", label) for code, label in options)) for heading, options in groups)


def minutes_offered(form: InquiryForm, choices: Choices) -> tuple[Option, ...]:
    """The times on the way to choose from; one that a button made ("15 more minutes") is among them."""
    if not form.minutes or form.minutes in MINUTES:
        return choices.minutes
    return (*choices.minutes, (form.minutes, f"{form.minutes} minutes"))


def chosen_strengths(form: InquiryForm, vocabulary: Vocabulary) -> tuple[Option, ...]:
    """The strengths a person confirmed, with their labels."""
    return tuple((code, vocabulary.label("strengths", code)) for code in form.strengths)


def _flat(terms: Iterable[Term]) -> tuple[Option, ...]:
    return tuple((term.code, term.label) for term in terms if not term.group)


def grouped(terms: Sequence[Term]) -> tuple[Group, ...]:
    """Terms under their top heading; terms without one come last, together."""
    parents = {term.code: term.parent for term in terms}
    labels = {term.code: term.label for term in terms}
    groups: dict[str, list[Option]] = {}
    for term in terms:
        if not term.group:
            top = _top(term.code, parents)
            heading = labels[top] if top != term.code or _has_children(term.code, parents) else OTHER
            groups.setdefault(heading, []).append((term.code, term.label))
    return tuple((heading, tuple(options)) for heading, options in sorted(groups.items(), key=lambda group: group[0] == OTHER))


def _top(code: str, parents: dict[str, str]) -> str:
    while parents.get(code):
        code = parents[code]
    return code


def _has_children(code: str, parents: dict[str, str]) -> bool:
    return code in parents.values()
