"""Postcodes as people and spreadsheets write them, in the form the gazetteer keeps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_BRITISH = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})?")
_BRITISH_SECTOR = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?) \d[A-Z]?")
_CANADIAN = re.compile(r"([A-Z]\d[A-Z])(\d[A-Z]\d)?")
_IRISH = re.compile(r"([A-Z]\d[\dW])([A-Z\d]{4})?")
_ANY = re.compile(r"(?=.*\d)[A-Z\d]{2,10}")
LONGEST_CODE = 12


def code_forms(country: str, text: str, *, repair: bool = True) -> tuple[str, ...]:
    """The codes of a country (lower-case ISO code) that this text may mean, the likeliest first; none when it is no code there.

    US: five digits, ZIP+4 cut. UK: the outward part. Canada and Ireland: the first three. Elsewhere: letters and digits without blanks.
    With ``repair`` the zeros that a spreadsheet ate are put back (US, Australia, New Zealand).
    """
    written = " ".join(unicodedata.normalize("NFKC", text).upper().split())
    if len(written) > LONGEST_CODE or not written.isascii():
        return ()
    return _READERS.get(country, _other)(written, repair)


def stored_code(country: str, text: str) -> str:
    """The form in which the gazetteer keeps a code; empty when it is none."""
    return next(iter(code_forms(country, text)), "")


def _american(written: str, repair: bool) -> tuple[str, ...]:
    first, _, more = written.replace(" ", "-").partition("-")
    if not (first.isdigit() and (not more or (more.isdigit() and len(more) == 4))):
        return ()
    if not more and 7 <= len(first) <= 9:
        first, more = first[:-4], first[-4:]
    lost_zeros = repair and 3 <= len(first) < 5
    return (first.zfill(5),) if len(first) == 5 or lost_zeros else ()


def _british(written: str, _repair: bool) -> tuple[str, ...]:
    found = _BRITISH.fullmatch(written.replace(" ", "")) or _BRITISH_SECTOR.fullmatch(written)
    if found is None:
        return ()
    outward = found[1]
    return (outward, outward[:-1]) if outward[-1].isalpha() else (outward,)   # W1D lies in W1, which the file may have alone


def _canadian(written: str, _repair: bool) -> tuple[str, ...]:
    found = _CANADIAN.fullmatch(re.sub("[ -]", "", written))
    return (found[1],) if found else ()


def _irish(written: str, _repair: bool) -> tuple[str, ...]:
    found = _IRISH.fullmatch(re.sub("[ -]", "", written))
    return (found[1],) if found else ()


def _four_digits(written: str, repair: bool) -> tuple[str, ...]:
    fits = written.isdigit() and (len(written) == 4 or (repair and len(written) == 3))
    return (written.zfill(4),) if fits else ()


def _other(written: str, _repair: bool) -> tuple[str, ...]:
    squeezed = re.sub("[ -]", "", written)
    return (squeezed,) if _ANY.fullmatch(squeezed) else ()


_READERS: dict[str, Callable[[str, bool], tuple[str, ...]]] = {
    "us": _american, "gb": _british, "ca": _canadian, "ie": _irish, "au": _four_digits, "nz": _four_digits,
}
