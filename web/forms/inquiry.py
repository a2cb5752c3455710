"""The one form of the client's door: what was posted, as fields, and fields to an ``Inquiry``.

Every page of results carries the whole form, so that each button keeps every answer and nothing of a person is in an address.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

import msgspec
from msgspec import Struct

from directory.papers import BLANK, Papers
from matching.values import Inquiry, LimitName, Mode, MustHaves, Place, Profile, Slot, Strength, Travel
from web.forms.fields import IMPORTANCES, LONGEST, MOST_CHOICES, PARTS_OF_DAY, PER_PAGE, SHARED, SHOWN, WEIGHED, InquiryForm, Posted, choice
from web.forms.tokens import DEFAULTS, changed

MODES: tuple[Mode, ...] = get_args(Mode)


class Filled(Struct, frozen=True, kw_only=True):
    """A form that was read: its fields, errors beside their fields, and notes on what could not be used."""

    form: InquiryForm
    errors: Mapping[str, str] = {}
    papers: Papers = BLANK
    """What else travels along, with what the form says in it."""


def read(posted: Posted) -> Filled:
    """Read a posted form. Nothing typed is lost: a field in error keeps its text."""
    values = {name: _value(posted, name, default) for name, default in DEFAULTS.items()}
    values["weights"] = tuple(f"{name}={posted.get('weight_' + name)}" for name in WEIGHED if posted.get("weight_" + name) in IMPORTANCES)
    values["language_must"] = values["language_must"] or values["language_direct"]
    form = changed(InquiryForm(**values), [_clean(change)[:300] for change in posted.getall("set", [])[:1]])
    return Filled(form=form, errors=_errors(form))


def to_inquiry(form: InquiryForm, *, place: Place | None = None, areas: frozenset[str] = frozenset()) -> Inquiry:
    """The question that the form asks. A field in error takes no part; choices of one among few were checked by ``read``."""
    importance = {name: float(value) for name, _, value in (weight.partition("=") for weight in form.weights)}
    profile = Profile(
        strengths=tuple(Strength(code=code) for code in form.strengths),
        interests=form.interests,
        helped_before=form.helped_before,
        steer_clear=form.steer_clear,
        languages=form.languages,
        communities=form.communities,
        access=form.access,
        formats=form.formats,
        times=tuple(slot for code in form.times if (slot := _slot(code))),
        age=_number(form.age),
        about=form.about,
        give=form.give,
        size=form.size or None,   # type: ignore[arg-type]
        tone=form.tone or None,   # type: ignore[arg-type]
        group=form.group,
        focus=tuple(one for one in SHARED if one in form.focus),
        there_and_back=form.with_way,
        ordinary_places=form.ordinary,
        newness={"same": 0.0, "new": 1.0}.get(form.newness),
        importance=importance,   # type: ignore[arg-type]
    )
    must = MustHaves(
        languages=form.languages if form.language_must else (),
        without_interpreter=form.language_must and form.language_direct and bool(form.languages),
        access=form.access if form.access_must else (),
        formats=form.formats if form.format_must else (),
        entry=("drop_in", "self_refer") if form.open_door else (),
        kinds=_kinds(form),
        free=form.free,
        in_my_times=form.only_times and bool(form.times),
        not_faith_based=form.no_faith,
        group=form.group_needs,
        company=form.company_must and bool(form.size or form.tone),
        communities=form.communities if form.culture_must else (),
        focus=tuple(one for one in SHARED if one in form.focus) if form.focus_must else (),
        confirmed=frozenset(_confirmed(form)),
    )
    modes: tuple[Mode, ...] = tuple(mode for mode in MODES if mode in form.modes)
    travel = Travel(modes=modes, minutes=int(form.minutes or 0) or None)
    return Inquiry(
        text=form.text, supports=form.supports, place=place, areas=areas, travel=travel, must=must, profile=profile,
        limit=PER_PAGE, offset=int(form.offset or 0),
    )


def _kinds(form: InquiryForm) -> tuple[str, ...]:
    """The kinds that may be shown: those that were ticked, as far as they are in the part of the list that was chosen, else all of that part."""
    if form.show not in SHOWN:
        return form.kinds
    _, part = SHOWN[form.show]
    return tuple(kind for kind in form.kinds if kind in part) or part


def _confirmed(form: InquiryForm) -> Iterator[LimitName]:
    """Culture, and what people share, are hardly ever denied: who needs them needs them said."""
    if form.culture_must and form.communities:
        yield "community"
    if form.focus_must and form.focus:
        yield "focus"


def _value(posted: Posted, name: str, default: object) -> Any:
    if isinstance(default, tuple):
        return tuple(dict.fromkeys(kept for one in posted.getall(name, [])[:MOST_CHOICES] if (kept := _clean(str(one)[:80]))))
    if isinstance(default, bool):
        return bool(posted.get(name))
    return choice(name, _clean(_clean(posted.get(name) or "")[: LONGEST.get(name, 20)]))


def _clean(value: object) -> str:
    return " ".join(str(value).replace("\x00", "").split())


def _errors(form: InquiryForm) -> dict[str, str]:
    errors: dict[str, str] = {}
    if form.age and _number(form.age) is None:
        errors["age"] = "Write the age in years as a number, for example 34, or leave it empty."
    if bad := [mode for mode in form.modes if mode not in MODES]:
        errors["modes"] = f"'{bad[0]}' is not a way to travel that we know. Choose from the list."
    return errors


def _number(text: str) -> float | None:
    try:
        number = msgspec.convert(text.strip(), float, strict=False)
    except msgspec.ValidationError:
        return None
    return number if 0 <= number <= 130 else None


def _slot(code: str) -> Slot | None:
    day, part = code[:1], code[1:]
    if not (day.isascii() and day.isdigit()) or int(day) > 6 or part not in PARTS_OF_DAY:
        return None
    starts, ends = PARTS_OF_DAY[part]
    return Slot(weekday=int(day), starts=starts, ends=ends)
