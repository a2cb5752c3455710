"""Values that cannot be meant are refused before anything is worked out with them: which field it is, and what it may be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec
from msgspec import inspect

from matching.errors import NotAllowed
from matching.values import Inquiry, Listing, Opening, Slot

DAY: Final = 1440
LONGEST: Final = 2 * DAY
_AT = re.compile(r"^(?P<what>.*?)(?: - at (?:`key` in )?`\$\.?(?P<where>[^`]*)`)?$", re.DOTALL)
_EXPECTED = re.compile(r"Expected `(?P<kind>[^`]+)`(?: (?P<bound>of length <=|>=|<=|>|<) (?P<number>[\d.-]+))?")
_KINDS: Final = {
    "int": "a whole number", "float": "a number", "str": "text", "bool": "true or false", "object": "an object", "array": "a list", "null": "nothing",
}
_BOUNDS: Final = {">=": "of {} or more", "<=": "of {} or less", ">": "above {}", "<": "below {}", "of length <=": "no longer than {}"}


def check_inquiry(inquiry: Inquiry) -> None:
    """Raise ``NotAllowed`` for the first field of a question that its type does not allow. It takes some microseconds, whatever the size of the directory."""
    try:
        msgspec.convert(msgspec.to_builtins(inquiry, enc_hook=_plain), Inquiry)
    except msgspec.ValidationError as error:
        raise _in_words(str(error)) from None
    for number, slot in enumerate(inquiry.profile.times):
        check_slot(slot, f"profile.times[{number}]")


def check_slot(slot: Slot, field: str) -> None:
    """A slot ends after it starts; an earlier hour is that hour of the day after (``matching.openings.spans``)."""
    if slot.starts == slot.ends or slot.ends + DAY <= slot.starts:
        raise NotAllowed(f"{field}.ends", "a time after starts; an earlier hour is read as that hour of the day after")


def check_listings(listings: Iterable[Listing]) -> None:
    """Raise ``NotAllowed`` for a place that is not on the earth: nothing could be said of how far it is. Nothing of a confidential place is kept or told."""
    for one in listings:
        if (place := one.place) is None or one.confidential:
            continue
        if not abs(place.latitude) <= 90:   # written so that what is no number at all is refused too
            raise NotAllowed(f"listing {one.id}: place.latitude", "a number from -90 to 90")
        if not abs(place.longitude) <= 180:
            raise NotAllowed(f"listing {one.id}: place.longitude", "a number from -180 to 180")


def check_openings(openings: Iterable[Opening], listing_id: str) -> None:
    """Raise ``NotAllowed`` for a stretch of time that is on no day of the week, or that is over before it begins."""
    for number, one in enumerate(openings):
        field = f"listing {listing_id}: openings[{number}]"
        if not 0 <= one.weekday <= 6:
            raise NotAllowed(f"{field}.weekday", "a whole number from 0 (Monday) to 6")
        for name, minutes in (("opens", one.opens), ("closes", one.closes)):
            if not 0 <= minutes <= LONGEST:
                raise NotAllowed(f"{field}.{name}", f"minutes after midnight, from 0 to {LONGEST}")
        if one.closes + DAY <= one.opens:
            raise NotAllowed(f"{field}.closes", "a time after opens; an earlier hour is read as that hour of the day after")


def _plain(value: Any) -> Any:
    """What numpy made is a number or text like any other."""
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"A question holds no {type(value).__name__}.")


def _in_words(message: str) -> NotAllowed:
    found = _AT.match(message)
    what, where = (found["what"], found["where"] or "") if found else (message, "")
    if what.startswith("Invalid enum value"):
        return NotAllowed(where, f"one of {', '.join(map(str, _choices(where)))}")
    expected = _EXPECTED.match(what)
    if expected is None:
        return NotAllowed(where, what)
    kind = " or ".join(_KINDS.get(part.strip(), part.strip()) for part in expected["kind"].split("|"))
    bound = _BOUNDS[expected["bound"]].format(expected["number"].removesuffix(".0")) if expected["bound"] else ""
    return NotAllowed(where, f"{kind} {bound}".strip())


def _choices(where: str) -> Iterator[str]:
    """What a field of words may be, found by the way to it."""
    shape: Any = inspect.type_info(Inquiry)
    for name in re.findall(r"\w+", re.sub(r"\[[^\]]*\]", "", where)):
        shape = next(field.type for field in _innermost(shape).fields if field.name == name)
    yield from _innermost(shape).values


def _innermost(shape: Any) -> Any:
    """The kind of thing that a list, a mapping's keys or "or nothing" is about."""
    while not isinstance(shape, inspect.LiteralType | inspect.StructType):
        if isinstance(shape, inspect.UnionType):
            shape = next(one for one in shape.types if not isinstance(one, inspect.NoneType))
        elif isinstance(shape, inspect.DictType):
            shape = shape.key_type
        else:
            shape = shape.item_type
    return shape
