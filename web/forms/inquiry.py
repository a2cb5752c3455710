"""The one form of the client's door: what was posted, as fields; fields to an ``Inquiry``; and a single change to a field.

Every page of results carries the whole form, so that each button keeps every answer and nothing of a person is in an address.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, get_args

import msgspec
from msgspec import Struct
from msgspec.structs import fields, replace

from matching.values import Inquiry, Mode, MustHaves, Place, Profile, SignalName, Slot, Strength, Travel

LONGEST = {"text": 400, "own_strengths": 400, "place": 120}
MOST_CHOICES = 40
PARTS_OF_DAY = {"m": (7 * 60, 12 * 60), "a": (12 * 60, 17 * 60), "e": (17 * 60, 22 * 60)}
MINUTES = ("15", "30", "45", "60", "90", "120")
IMPORTANCES = ("0", "1", "2", "4")
WEIGHED: tuple[SignalName, ...] = ("strengths", "reach", "language", "belonging", "times", "cost", "access", "format", "interests", "helped_before")


class Posted(Protocol):
    """What a form body offers: one value, or all values of a name."""

    def get(self, key: str, /) -> Any: ...

    def getall(self, key: str, default: list[Any], /) -> list[Any]: ...


class InquiryForm(Struct, frozen=True, kw_only=True):
    """The fields of the form as text, in the order of the page. A choice that is not offered is left out and named in ``notes`` by ``read``."""

    text: str = ""
    supports: tuple[str, ...] = ()
    place: str = ""
    own_strengths: str = ""
    strengths: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    give: bool = False
    helped_before: tuple[str, ...] = ()
    steer_clear: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    language_must: bool = False
    communities: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    access_must: bool = False
    modes: tuple[str, ...] = ()
    minutes: str = ""
    times: tuple[str, ...] = ()
    only_times: bool = False
    formats: tuple[str, ...] = ()
    format_must: bool = False
    free: bool = False
    no_faith: bool = False
    open_door: bool = False
    kinds: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    age: str = ""
    size: str = ""
    tone: str = ""
    newness: str = ""
    weights: tuple[str, ...] = ()
    offset: str = ""


class Filled(Struct, frozen=True, kw_only=True):
    """A form that was read: its fields, errors beside their fields, and notes on what could not be used."""

    form: InquiryForm
    errors: Mapping[str, str] = {}


def read(posted: Posted) -> Filled:
    """Read a posted form. Nothing typed is lost: a field in error keeps its text."""
    values = {field.name: _value(posted, field.name, field.default) for field in fields(InquiryForm)}
    values["weights"] = tuple(f"{name}={posted.get('weight_' + name)}" for name in WEIGHED if posted.get("weight_" + name) in IMPORTANCES)
    form = _changed(InquiryForm(**values), [str(change) for change in posted.getall("set", [])[:5]])
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
        newness={"same": 0.0, "new": 1.0}.get(form.newness),
        importance=importance,   # type: ignore[arg-type]
    )
    must = MustHaves(
        languages=form.languages if form.language_must else (),
        access=form.access if form.access_must else (),
        formats=form.formats if form.format_must else (),
        entry=("drop_in", "self_refer") if form.open_door else (),
        kinds=form.kinds,
        free=form.free,
        in_my_times=form.only_times and bool(form.times),
        not_faith_based=form.no_faith,
    )
    modes: tuple[Mode, ...] = tuple(mode for mode in get_args(Mode) if mode in form.modes)
    travel = Travel(modes=modes, minutes=int(form.minutes) if form.minutes else None)
    return Inquiry(
        text=form.text, supports=form.supports, place=place, areas=areas, travel=travel, must=must, profile=profile, offset=int(form.offset or 0)
    )


def changes(before: Inquiry, after: Inquiry) -> tuple[str, ...]:
    """What to set in the form so that it asks ``after`` instead of ``before``; empty when the form has no field for it."""
    found: list[str] = []
    if after.travel.minutes != before.travel.minutes:
        found.append(f"minutes={after.travel.minutes or ''}")
    for field, name in (("languages", "language_must"), ("access", "access_must"), ("formats", "format_must"), ("entry", "open_door")):
        if getattr(after.must, field) != getattr(before.must, field):
            found.append(f"{name}=")
    for field, name in (("free", "free"), ("in_my_times", "only_times"), ("not_faith_based", "no_faith"), ("kinds", "kinds")):
        if getattr(after.must, field) != getattr(before.must, field):
            found.append(f"{name}=")
    gone = set(before.profile.steer_clear) - set(after.profile.steer_clear)
    return (*found, *(f"steer_clear-={code}" for code in sorted(gone)))


def _changed(form: InquiryForm, tokens: Iterable[str]) -> InquiryForm:
    """Apply tokens such as ``minutes=45``, ``free=`` (empties) and ``kinds-=event`` (takes one choice out)."""
    defaults = {field.name: field.default for field in fields(InquiryForm)}
    for token in tokens:
        name, _, value = token.partition("=")
        key = name.rstrip("-")
        if key not in defaults:
            continue
        old = getattr(form, key)
        if name.endswith("-") and isinstance(old, tuple):
            form = replace(form, **{key: tuple(one for one in old if one != value)})
        elif isinstance(defaults[key], str):
            form = replace(form, **{key: _choice(key, value)})
        else:
            form = replace(form, **{key: bool(value) if isinstance(old, bool) else tuple(filter(None, [value]))})
    return form


def _value(posted: Posted, name: str, default: object) -> Any:
    if isinstance(default, tuple):
        return tuple(dict.fromkeys(kept for one in posted.getall(name, [])[:MOST_CHOICES] if (kept := _clean(str(one)[:80]))))
    if isinstance(default, bool):
        return bool(posted.get(name))
    return _choice(name, _clean(_clean(posted.get(name) or "")[: LONGEST.get(name, 20)]))


def _choice(name: str, value: str) -> str:
    """A value of a list of choices, or nothing when the list does not offer it (somebody changed the page)."""
    offered = {"minutes": MINUTES, "size": ("small", "medium", "large"), "tone": ("quiet", "lively"), "newness": ("same", "new")}
    if name == "offset":
        return value if value.isascii() and value.isdigit() and int(value) <= 1000 else ""
    return value if name not in offered or value in offered[name] else ""


def _clean(value: object) -> str:
    return " ".join(str(value).replace("\x00", "").split())


def _errors(form: InquiryForm) -> dict[str, str]:
    errors: dict[str, str] = {}
    if form.age and _number(form.age) is None:
        errors["age"] = "Write the age in years as a number, for example 34, or leave it empty."
    if bad := [mode for mode in form.modes if mode not in get_args(Mode)]:
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
