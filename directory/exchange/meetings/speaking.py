"""How the languages of a meeting are used, in words: what the code tables of feeds cannot say."""

from __future__ import annotations

from collections.abc import Iterable

from directory.exchange.meetings.meeting import Meeting
from directory.languages import language_label
from matching.signs import is_signed


def both_in_words(meeting: Meeting) -> tuple[str, ...]:
    """That it runs in two languages side by side; nothing where that was not said."""
    names = [language_label(tag) for tag in meeting.languages if not is_signed(tag)]
    return (f"{' and '.join(names)} side by side",) if meeting.is_bilingual and len(names) > 1 else ()


def interpreted_in_words(meeting: Meeting) -> tuple[str, ...]:
    """For which languages there is an interpreter; nothing where that was not said."""
    return (f"Interpreter for {' and '.join(map(language_label, meeting.interpreted))}, ask ahead",) if meeting.interpreted else ()


def before(notes: str, said: Iterable[str]) -> str:
    """The notes of a record with what is said of its languages first; what the notes say already is not said again."""
    sentences = [f"{one}." for one in said]
    return " ".join(filter(None, (*(one for one in sentences if one not in notes), notes)))


def spoken_in_words(tags: Iterable[str]) -> tuple[str, ...]:
    """Languages that a programme has no code for."""
    names = [language_label(tag) for tag in tags]
    return (f"{' and '.join(names)} spoken",) if names else ()


def signed_by_others(meeting: Meeting) -> tuple[str, ...]:
    """Signed languages that somebody interprets: feeds have one code for a language that is signed, by whomever."""
    return tuple(tag for tag in meeting.interpreted if is_signed(tag))
