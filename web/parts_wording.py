"""The parts of a record as people read them: each part a list of lines, never the JSON it is kept as."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from msgspec import Struct

from directory.clients.parts import FIRST
from directory.clients.wording import words
from directory.papers import PARTS
from directory.papers import parts as papers

Label = Callable[[str, str], str]
"""What a person reads for a code of a taxonomy (``Vocabulary.label``)."""
DOMAINS = {"well": "going well", "so_so": "so so", "more": "I would like more of it"}
WAYS = {"myself": "by myself", "together": "with someone", "refer": "with a referral"}
STATES = {"open": "", "resting": "resting for now", "reached": "reached"}
OWN_TITLES = {"scales": "My 0 to 10 answers", "gratitude": "My lines of gratitude", "notes": "Notes of caseworkers", "peers": "What I wrote for peer support",
              "peers_name": "The name I chose for peer support"}  # fmt: skip
UNREADABLE = "This was written in a way that cannot be shown here."


class Line(Struct, frozen=True, kw_only=True):
    """One line: what it says first, then what belongs to it."""

    words: str
    more: tuple[str, ...] = ()


class Shown(Struct, frozen=True, kw_only=True):
    """One part of a record: open and written, open and still empty, or not open."""

    part: str
    title: str
    is_open: bool
    lines: tuple[Line, ...] = ()


def title_of(part: str) -> str:
    """The name of a part."""
    return words("en").labels.get(part) or OWN_TITLES.get(part, part)


def shown(texts: dict[str, str], open_parts: Iterable[str], label: Label, parts: Iterable[str] = FIRST) -> list[Shown]:
    """The parts in the order of a record, strengths first."""
    is_open = set(open_parts)
    return [Shown(part=part, title=title_of(part), is_open=part in is_open, lines=lines_of(part, texts.get(part, ""), label)) for part in parts]


def lines_of(part: str, text: str, label: Label) -> tuple[Line, ...]:
    """What stands in a part, in lines; nothing for one that is not written yet."""
    if not text:
        return ()
    if part in ("label", "contact"):
        said = msgspec.json.decode(text).get("words", "")
        return (Line(words=str(said)),) if said else ()
    try:
        value = msgspec.json.decode(text, type=PARTS[part])
    except msgspec.ValidationError:
        return (Line(words=UNREADABLE),)
    return tuple(_LINES[part](value, label))


def _own_words(part: papers.OwnWords, label: Label) -> list[Line]:
    said = (("I am good at", part.good_at), ("What went well", part.went_well), ("What came easily", part.was_easy), ("My culture", part.culture))
    helped = tuple(_and(one.words, _named(one.activities, label, "supports")) for one in part.helped)
    return [Line(words=name, more=(text,)) for name, text in said if text] + ([Line(words="What helped before", more=helped)] if helped else [])


def _circle(part: papers.Circle, _: Label) -> list[Line]:
    people = [Line(words=one.name, more=_some(one.brings, one.phone)) for one in part.people]
    return people + [Line(words=one.name, more=_some(one.brings, one.where)) for one in part.places]


def _domains(part: papers.Domains, label: Label) -> list[Line]:
    order = {"well": 0, "so_so": 1, "more": 2}
    answers = sorted(part.answers.items(), key=lambda one: order[one[1]])
    return [Line(words=f"{label('life_domains', code)}: {DOMAINS[answer]}") for code, answer in answers]


def _hopes(part: papers.Hopes, _: Label) -> list[Line]:
    return [Line(words=name, more=(text,)) for name, text in (("More of", part.more_of), ("It was a little like that when", part.already)) if text]


def _scales(part: papers.Scales, _: Label) -> list[Line]:
    return [
        Line(words=one.about if one.value is None else f"{one.about}: {one.value} of 10", more=_some(_after("It holds: ", one.holds),
             _after("One more would be: ", one.one_more)))
        for one in part.scales
    ]  # fmt: skip


def _reframes(part: papers.Reframes, label: Label) -> list[Line]:
    return [
        Line(words=one.strength, more=_some(_after("Wanted: ", one.wanted), _after("It gets in the way: ", one.bites),
             _after("Toward: ", _named(one.supports, label, "supports")), _after("Steer clear of: ", _named(one.steer_clear, label, "supports"))))
        for one in part.reframes
    ]  # fmt: skip


def _goals(part: papers.Goals, label: Label) -> list[Line]:
    return [
        Line(words=_and(goal.words, STATES[goal.state]), more=_some(
            _after("Why: ", goal.why), _after("With: ", _named(goal.strengths, label, "strengths")),
            "" if goal.confidence is None else f"How sure I am, for me alone: {goal.confidence} of 10",
            *(_and(step.words, f"done on {step.done_on}" if step.done_on else f"by {step.by}" if step.by else "") for step in goal.steps),
        ))
        for goal in part.goals
    ]  # fmt: skip


def _achievements(part: papers.Achievements, _: Label) -> list[Line]:
    return [Line(words=one.words, more=_some(f"on {one.on}" if one.on else "")) for one in reversed(part.achievements)]


def _came_through(part: papers.CameThrough, _: Label) -> list[Line]:
    return [Line(words=one.words, more=_some(one.how)) for one in part.cards]


def _gratitude(part: papers.Gratitude, _: Label) -> list[Line]:
    return [Line(words=one.words, more=_some(f"on {one.on}" if one.on else "")) for one in part.lines]


def _resilience(part: papers.Resilience, _: Label) -> list[Line]:
    said = (("My strengths", part.strengths), ("My people", part.people), ("My places", part.places), ("What helps", part.helps))
    return [Line(words=name, more=tuple(lines)) for name, lines in said if lines]


def _shortlist(part: papers.Shortlist, _: Label) -> list[Line]:
    return [Line(words=one.name or one.listing, more=_some(one.note, WAYS[one.way] if one.way else "")) for one in part.kept]


def _about(part: papers.About, label: Label) -> list[Line]:
    profile = part.profile
    lists: tuple[tuple[str, str, Iterable[str]], ...] = (
        ("I am good at", "strengths", [one.code for one in profile.strengths]), ("I like", "interests", profile.interests),
        ("Looking for", "supports", part.supports), ("What helped before", "supports", profile.helped_before),
        ("Languages", "languages", profile.languages), ("Communities", "communities", profile.communities), ("Faith", "faiths", profile.faiths),
        ("What makes it easier to take part", "access", profile.access), ("In the form of", "formats", profile.formats),
        ("More of", "life_domains", profile.domains), ("Rather not", "supports", profile.steer_clear), ("About me", "audiences", profile.about),
    )  # fmt: skip
    told = [Line(words=name, more=(_named(codes, label, taxonomy),)) for name, taxonomy, codes in lists if tuple(codes)]
    plain = (("In my words", part.text), ("Near", part.place), ("My age", f"{profile.age:g}" if profile.age is not None else ""))
    return told + [Line(words=name, more=(text,)) for name, text in plain if text]


def _named(codes: Iterable[str], label: Label, taxonomy: str) -> str:
    return ", ".join(label(taxonomy, code) for code in codes)


def _some(*said: str) -> tuple[str, ...]:
    return tuple(one for one in said if one)


def _after(start: str, text: str) -> str:
    return start + text if text else ""


def _and(said: str, more: str) -> str:
    return f"{said} ({more})" if more else said


_LINES: dict[str, Callable[[Any, Label], list[Line]]] = {
    "about": _about, "own_words": _own_words, "circle": _circle, "domains": _domains, "hopes": _hopes, "scales": _scales, "reframes": _reframes,
    "goals": _goals, "achievements": _achievements, "came_through": _came_through, "gratitude": _gratitude, "resilience": _resilience,
    "shortlist": _shortlist,
}  # fmt: skip
