"""One-tap changes to the form: what a button posts as ``set``, what it does to the fields, and which buttons a changed question needs."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import fields, replace

from matching.values import Inquiry
from web.forms.fields import InquiryForm, choice

AND = "|"
"""Between the changes of one button that has to make several."""
MOST_TOKENS = 5


def changed(form: InquiryForm, posted: Iterable[str]) -> InquiryForm:
    """Apply tokens such as ``minutes=45``, ``free=`` (empties) and ``kinds-=event`` (takes one choice out); unknown names change nothing."""
    for token in [token for text in posted for token in text.split(AND)][:MOST_TOKENS]:
        form = _apply(form, token)
    return form


def tokens(before: Inquiry, after: Inquiry) -> str:
    """What a button sets so that the form asks ``after`` instead of ``before``; empty when the form has no field for it.

    A wish that need not be met any more may go altogether: which listings are found is the same, and only that was promised.
    """
    return AND.join([*_travel(before, after), *_musts(before, after), *_words(before, after), *_people(before, after)])


def _apply(form: InquiryForm, token: str) -> InquiryForm:
    name, _, value = token.partition("=")
    key = name.rstrip("-")
    if key not in DEFAULTS or key == "weights":
        return form
    old = getattr(form, key)
    if name.endswith("-"):
        return replace(form, **{key: tuple(one for one in old if one != value)}) if isinstance(old, tuple) else form
    if isinstance(old, str):
        return replace(form, **{key: choice(key, value)})
    return replace(form, **{key: bool(value) if isinstance(old, bool) else tuple(filter(None, [value]))})


def _travel(before: Inquiry, after: Inquiry) -> list[str]:
    return [f"minutes={after.travel.minutes or ''}"] if after.travel.minutes != before.travel.minutes else []


def _musts(before: Inquiry, after: Inquiry) -> list[str]:
    names = [name for field, name in MUST_FIELDS if getattr(after.must, field) != getattr(before.must, field)]
    names += [name for limit, name in CONFIRMED_FIELDS if limit in before.must.confirmed - after.must.confirmed]
    gone = set(before.must.access) - set(after.must.access)
    facts = [f"group_needs-={code}" for code in before.must.group if code not in after.must.group]
    facts = facts if after.must.group else ["group_needs="] * bool(facts)
    one_by_one = [f"access-={code}" for code in sorted(gone)] if after.must.access else ["access_must="] * bool(gone)
    return [f"{name}=" for name in dict.fromkeys(names)] + one_by_one + facts


def _words(before: Inquiry, after: Inquiry) -> list[str]:
    return [f"{name}=" for name in ("text", "supports") if getattr(before, name) and not getattr(after, name)]


def _people(before: Inquiry, after: Inquiry) -> list[str]:
    gone = set(before.profile.steer_clear) - set(after.profile.steer_clear)
    giving = ["give=1"] if after.profile.give and not before.profile.give else []
    giving += ["with_way="] * (before.profile.there_and_back and not after.profile.there_and_back)
    return giving + [f"steer_clear-={code}" for code in sorted(gone)]


DEFAULTS = {field.name: field.default for field in fields(InquiryForm)}
MUST_FIELDS = (
    ("languages", "language_must"), ("without_interpreter", "language_direct"),
    ("formats", "format_must"), ("entry", "open_door"), ("free", "free"), ("in_my_times", "only_times"),
    ("not_faith_based", "no_faith"), ("kinds", "kinds"), ("kinds", "show"), ("company", "company_must"), ("communities", "culture_must"),
    ("focus", "focus_must"),
)  # fmt: skip
CONFIRMED_FIELDS = (("community", "culture_must"), ("focus", "focus_must"))
