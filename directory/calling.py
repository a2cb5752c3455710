"""Phone numbers as people dial them: a ``tel:`` address where the number is certain, short crisis numbers as they are."""

from __future__ import annotations

import re

import phonenumbers

from directory.listings import PhoneLine
from directory.models import Phone

NOT_FOR_CALLS = ("fax",)


def phone_line(phone: Phone, *, country: str) -> PhoneLine:
    """A number to show. ``href`` is empty where the text is not certain to be a number: a wrong link costs somebody a call."""
    kind = (phone.type or "voice").casefold()
    href = "" if kind in NOT_FOR_CALLS else tel(phone.number, phone.extension, country=country)
    return PhoneLine(number=_shown(phone), href=href, label=phone.description or "", kind=kind)


def tel(number: str, extension: str | None, *, country: str) -> str:
    """The RFC 3966 address of a number, or nothing."""
    digits = re.sub(r"\D", "", number)
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return f"tel:{digits}" if _is_short(digits, country) else ""
    if _is_short(digits, country):
        return f"tel:{digits}"
    if not phonenumbers.is_possible_number(parsed):
        return ""
    if extension and extension.isascii() and extension.isdigit() and len(extension) <= 11:   # anything else would add to the address
        parsed.extension = extension
    address: str = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.RFC3966)
    return address


def _is_short(digits: str, country: str) -> bool:
    """988 and 111 are real numbers, though no ordinary check of length lets them pass."""
    if not 3 <= len(digits) <= 6:
        return False
    parsed = phonenumbers.PhoneNumber(country_code=phonenumbers.country_code_for_region(country), national_number=int(digits))
    is_valid: bool = phonenumbers.is_valid_short_number_for_region(parsed, country)
    return is_valid or phonenumbers.is_emergency_number(digits, country)


def _shown(phone: Phone) -> str:
    return f"{phone.number.strip()} ext. {phone.extension}" if phone.extension else phone.number.strip()
