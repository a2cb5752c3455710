"""Phones, web addresses, e-mail and postcodes in one spelling."""

from __future__ import annotations

import re

from directory.duplicates.text import plain
from directory.duplicates.wordlists import WORDS

EXTENSION = re.compile(r"(?:\bext(?:ension)?\b|\bx|#)[\s.:]*\d+", re.I)
NUMBER = re.compile(r"\+?\(?\d[\d\s().–-]*\d")
TRUNK = re.compile(r"\(0\)")
DIGITS = re.compile(r"\d+")
SCHEME = re.compile(r"^[a-z]+:?/+")
HOST = re.compile(r"(?:[a-z0-9_-]+\.)+[a-z]{2,}")
FEWEST_DIGITS, MOST_DIGITS = 6, 15
AMERICAN_DIGITS = 11
"""With the country code: 1 312 555 0100."""


def phones_in(text: str) -> list[str]:
    """The numbers in a cell as digits, without extension, leading noughts and the American 1; numbers of one digit repeated are nobody's."""
    whole = TRUNK.sub("", EXTENSION.sub(" ", text.strip().removesuffix(".0")))   # a spreadsheet took it for a number
    return [number for found in NUMBER.findall(whole) if (number := _number(found))]


def _number(text: str) -> str | None:
    digits = "".join(DIGITS.findall(text)).lstrip("0")
    if len(digits) == AMERICAN_DIGITS and digits[0] == "1":
        digits = digits[1:]
    return digits if FEWEST_DIGITS <= len(digits) <= MOST_DIGITS and len(set(digits[-FEWEST_DIGITS:])) > 1 else None


def same_phone(one: str, other: str) -> bool:
    """Whether one number is the other, or the other without its area code."""
    return one == other or one.endswith(other) or other.endswith(one)


def site_of(text: str) -> str | None:
    """Host and path of a web address without scheme, ``www`` and what follows a question mark; None where there is no host."""
    address = SCHEME.sub("", plain(text).strip()).split("?")[0].split("#")[0].removeprefix("www.").rstrip("/")
    return address if HOST.match(address) else None


def domain_of(site: str) -> str | None:
    """The host of a site where it is its owner's own."""
    host = site.split("/")[0].split(":")[0]
    return None if host in WORDS.everybodys or ".".join(host.split(".")[-2:]) in WORDS.everybodys else host


def mail_domain(email: str) -> str | None:
    """The host of a mailbox where it is its owner's own."""
    return domain_of(email.rpartition("@")[2])


def postcode_of(text: str) -> str | None:
    """A postcode without blanks; of American codes the first five digits, also where a spreadsheet took the leading nought off."""
    code = "".join(plain(text).split()).removesuffix(".0")
    if code.replace("-", "").isdigit():
        code = code.split("-")[0]
        return code[:5].zfill(5) if len(code) in (4, 5, 9) else code or None
    return code or None
