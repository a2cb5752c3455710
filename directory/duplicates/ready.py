"""A row made ready to compare: words of its names, digits of its phones, doors, sites; worked out once for each row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

from msgspec import Struct

from directory.duplicates.reach import domain_of, mail_domain, phones_in, postcode_of, site_of
from directory.duplicates.rows import Row
from directory.duplicates.streets import Street, read_street
from directory.duplicates.text import name_words, plain

T = TypeVar("T")
PHONE_IN_NAME = re.compile(r"\(?\b\d{3}\)?[\s.-]*\d{3}[\s.-]\d{4}\b")

MOST_DOORS = 30
"""An organization may have hundreds; comparing them all with all others would take long and tell no more."""


class Ready(Struct, frozen=True, gc=False, array_like=True):
    """A row in comparable form. ``phones`` are digits without leading noughts; ``sites`` are hosts and paths, ``domains`` hosts that are one's own."""

    words: tuple[str, ...]
    others: tuple[tuple[str, ...], ...]
    organization: tuple[str, ...]
    phones: tuple[str, ...]
    sites: tuple[str, ...]
    domains: tuple[str, ...]
    emails: tuple[str, ...]
    doors: tuple[Street, ...]
    postcodes: tuple[str, ...]
    city: str
    point: tuple[float, float] | None


def make_ready(row: Row) -> Ready:
    """Normalise a row; what cannot be read is left out."""
    name, inside = _without_phones(row.name)
    sites = _unique(site_of(text) for text in row.websites)
    emails = _unique(plain(text).strip().removeprefix("mailto:") for text in row.emails if "@" in text)
    return Ready(
        words=name_words(name),
        others=_unique(name_words(text) for text in row.other_names),
        organization=name_words(row.organization),
        phones=_unique(phone for text in (*row.phones, *inside) for phone in phones_in(text)),
        sites=sites,
        domains=_unique((*map(domain_of, sites), *map(mail_domain, emails))),
        emails=emails,
        doors=_unique(read_street(text) for text in row.streets)[:MOST_DOORS],
        postcodes=_unique(postcode_of(text) for text in row.postcodes),
        city=" ".join(name_words(row.city)),
        point=None if row.latitude is None or row.longitude is None else (row.latitude, row.longitude),
    )


def _unique(values: Iterable[T | None]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _without_phones(name: str) -> tuple[str, list[str]]:
    """Some lists write the number into the name; it is a number there too."""
    found = [match[0] for match in PHONE_IN_NAME.finditer(name)]
    return (PHONE_IN_NAME.sub(" ", name), found) if found else (name, found)
