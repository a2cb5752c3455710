"""A round in words: who somebody is, what a coordinator's word cost, what would help, what is to be asked first."""

from __future__ import annotations

from typing import Final

from directory.hours import DAY_NAMES
from directory.languages import language_label
from directory.peers.rounds.shown import Person, Word
from matching.pairing import Help
from matching.pairing.values import Ask
from matching.values import Slot
from web.house import Vocabulary
from web.peers_wording import area_words, label_of

WAYS: Final = {"in_person": "in person", "video": "by video", "phone": "by phone", "messages": "by messages"}
ABOUT: Final = {
    "area": "where they live, since the other must not meet somebody from: {}",
    "organization": "which organizations they belong to, since the other must not meet somebody from one of theirs",
    "wish": "whether this is so, since the other asks for it: {}",
    "language": "which languages they speak",
    "way": "how they can be in touch",
    "hours": "when they have time",
}


def person_words(person: Person) -> str:
    """What a coordinator reads of somebody: languages, times, and since when they wait."""
    languages = ", ".join(language_label(code) for code in person.languages) or "no language named"
    times = "; ".join(slot_words(slot) for slot in person.slots) or "no time named"
    return f"{languages}. {times} ({person.timezone.rpartition('/')[2].replace('_', ' ')})."


def waiting_words(weeks: int | None) -> str:
    """How long a seeker has waited; nothing for supporters."""
    if weeks is None:
        return ""
    return "Waits since this week." if weeks == 0 else f"Waits {weeks} week{'s' if weeks > 1 else ''}."


def slot_words(slot: Slot) -> str:
    """A time of the week."""
    return f"{DAY_NAMES[slot.weekday]} {_clock(slot.starts)} to {_clock(slot.ends)}"


def help_words(help: Help) -> str:
    """One change that would give somebody a match: on their side, or on the side of those who are there for others."""
    if help.kind == "language":
        return f"One more language: {language_label(help.code)}, theirs or through somebody who interprets."
    if help.kind == "hour" and help.slot:
        return f"One more hour: {slot_words(help.slot)}, in their own time."
    if help.kind == "way":
        return f"One more way to be in touch: {WAYS.get(help.code, help.code)}."
    return "One more place with somebody who suits them."


def cost_words(word: Word) -> str:
    """What a coordinator's word costs, in people and in fit."""
    more, others = word.cost.unmatched, max(0, len(word.cost.others) - 1)
    parts = [f"{abs(more)} {'more' if more > 0 else 'fewer'} without a match"] if more else []
    parts += [f"the fit of the whole {'falls' if word.fit > 0 else 'rises'} by {abs(word.fit)} of 100"] if word.fit else []
    parts += [f"something changes for {others} other{'s' if others > 1 else ''}"] if others else []
    said = "; ".join(parts) or "nothing changes for anybody"
    return f"{said[0].upper()}{said[1:]}."


def ask_words(ask: Ask, vocabulary: Vocabulary) -> str:
    """What to ask somebody before a pair is suggested."""
    named = "; ".join(area_words(code) if ask.about == "area" else label_of(vocabulary, code) for code in ask.codes)
    return ABOUT[ask.about].format(named)


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
