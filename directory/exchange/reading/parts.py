"""Small values that every reader meets: web addresses, postcodes, points, ages, and the words that say "none"."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from directory.exchange.reading.row import fold

NO_FEE = {"no fees", "no fee", "free", "no charge", "no cost"}
NOTHING = {"none", "no requirements", "no requirement", "no restrictions", "no eligibility requirements", *NO_FEE}
UNKNOWN = {"n/a", "na", "not applicable", "unknown", "unspecified", "undefined", "null", "-", "?"}
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?\.)+[a-z]{2,}", re.I)
SCHEME = re.compile(r"^(https?)(?::/{0,2}|/{1,2})(?=\w)", re.I)
EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.I)
AGE_FROM = re.compile(r"\bages? (\d{1,2})(?: years)? (?:or|and) (?:over|older|above|up)\b|\bat least (\d{1,2}) years", re.I)
AGE_TO = re.compile(r"\b(?:under age|under the age of|younger than age) (\d{1,2})\b|\bage (\d{1,2}) (?:or|and) (?:under|younger)\b", re.I)
AGE_BETWEEN = re.compile(r"\bages? (\d{1,2}) ?(?:-|–|to|through) ?(\d{1,2})\b", re.I)
LOOSENS = re.compile(
    r"\bor\b|/|\bspouses?\b|\bany age\b|\bparents?\b|\bfamil|\bexcept|\bunless|\bvar(?:y|ies)|\bsome\b|\bmost\b|;|\bdepend|\bprograms?:", re.I
)
ZIP = re.compile(r"(\d{5})(?:-?\d{4})?")


def web_address(text: str) -> str | None:
    """A web address made whole: ``www.x.org`` and ``https//x.org`` get their scheme; None where the text is no address."""
    address = text.strip(" `'\"<>,;")
    scheme = SCHEME.match(address)
    if scheme:
        address = f"{scheme[1].lower()}://{address[scheme.end() :].lstrip('/')}"
    elif "://" not in address:
        address = f"http://{address}"
    if any(letter.isspace() or letter in '()<>"{}|\\^`' for letter in address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    host = parts.hostname or ""
    return address if parts.scheme in ("http", "https") and "@" not in parts.netloc and HOST.fullmatch(host) else None


def email_address(text: str) -> str | None:
    """An e-mail address without stray marks around it; None where the text is none."""
    address = text.strip(" `'\"<>,;.").removeprefix("mailto:")
    return address if EMAIL.fullmatch(address) else None


def postal_code(value: str, country: str | None) -> str | None:
    """A postcode in its country's form; in the US five digits, padded (spreadsheets lose the zeros) or cut; None where it is no code there."""
    text = value.strip().upper()
    if country != "US":
        return text or None
    if text.isdigit() and 3 <= len(text) < 5:
        text = text.zfill(5)
    found = ZIP.fullmatch(text)
    return found[1] if found and found[1] != "00000" else None


def point(longitude: Any, latitude: Any) -> tuple[float, float] | None:
    """Latitude and longitude in degrees, in that order; None where the numbers are no point, or the point 0, 0 that stands for nothing known."""
    try:
        north, east = float(latitude), float(longitude)
    except (TypeError, ValueError):
        return None
    if not (-90 <= north <= 90 and -180 <= east <= 180) or (north == 0 and east == 0):
        return None
    return north, east


def is_none(text: str) -> bool:
    """True for the words by which a source states that there is nothing: no fee, no requirement."""
    return fold(text).strip(" .") in NOTHING


def is_unknown(text: str) -> bool:
    """True for the words that stand for a missing value."""
    return fold(text).strip(" .") in UNKNOWN


def ages(text: str) -> tuple[int | None, int | None]:
    """The lowest and highest age that a requirement states. Only where it is one condition: an "or", a spouse or an exception makes it unclear."""
    found = [match for pattern in (AGE_FROM, AGE_TO, AGE_BETWEEN) for match in pattern.finditer(text)]
    if len(found) != 1:
        return None, None
    match = found[0]
    if LOOSENS.search(text[: match.start()] + " " + text[match.end() :]):
        return None, None
    numbers = [int(number) for number in match.groups() if number]
    if match.re is AGE_BETWEEN:
        return (numbers[0], numbers[1]) if numbers[0] < numbers[1] else (None, None)
    if match.re is AGE_FROM:
        return numbers[0], None
    return None, numbers[0] - (1 if "under age" in match[0].lower() or "under the" in match[0].lower() or "than" in match[0].lower() else 0)
