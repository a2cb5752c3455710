"""Which columns of a table say what, told by their headings alone; a column that is not recognised takes no part.

A number that a source gives to its own records tells two of them apart and never makes them one, so a heading with "id", "key", "code" (but for
post codes) or "source" in it is passed over, whatever else it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from directory.duplicates.text import plain

PART = re.compile(r"[a-z]+|\d+")
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
NEVER = frozenset(
    ["class", "cluster", "code", "codes", "count", "date", "description", "entity", "ext", "extension", "guid", "hours", "id", "identifier", "ids", "key",
     "notes", "rank", "source", "time", "type", "uid", "url_type", "uuid"]
)  # fmt: skip
POSTCODE_WORDS = frozenset(["eircode", "pin", "plz", "post", "postal", "postcode", "zip", "zipcode"])
PHONE_WORDS = frozenset(
    ["cell", "fax", "faxes", "freephone", "helpline", "hotline", "mobile", "phone", "phones", "tel", "telephone", "telephones", "tollfree", "tty"]
)  # fmt: skip
SITE_WORDS = frozenset(["homepage", "link", "site", "uri", "url", "urls", "web", "webpage", "website", "websites", "www"])
MAIL_WORDS = frozenset(["email", "emails", "mail", "mailbox"])
STREET_WORDS = frozenset(["addr", "address", "addresses", "street", "streetaddress", "strasse"])
CITY_WORDS = frozenset(["city", "locality", "municipality", "suburb", "town"])
NAMES = (
    "site name", "name", "listing name", "service name", "facility name", "location name", "place name", "venue name", "business name", "restaurant name",
    "school name", "center name", "centre name", "group name", "branch name", "full name", "display name", "title", "site", "facility", "venue", "service",
    "business", "restaurant", "school", "program name", "program", "project name",
)  # fmt: skip
"""Headings of the name people call an entry by, the surest first."""
OTHER_NAMES = frozenset(
    ["acronym", "aka", "alias", "aliases", "also known as", "alternate name", "alternate names", "alternative name", "dba", "doing business as", "former name",
     "long name", "nickname", "other name", "other names", "previous name", "short name"]
)  # fmt: skip
OWNERS = frozenset(
    ["agency", "agency name", "charity", "charity name", "company", "company name", "operator", "org", "org name", "organisation", "organisation name",
     "organization", "organization name", "parent organisation", "parent organization", "provider", "provider name"]
)  # fmt: skip
PERSON = (("first name", "given name", "forename"), ("last name", "surname", "family name"))


class Columns(Struct, frozen=True):
    """The places of the columns that say something. ``streets`` are groups whose cells make one line; ``names`` are joined, too."""

    names: tuple[int, ...] = ()
    other_names: tuple[int, ...] = ()
    organization: int | None = None
    phones: tuple[int, ...] = ()
    websites: tuple[int, ...] = ()
    emails: tuple[int, ...] = ()
    streets: tuple[tuple[int, ...], ...] = ()
    postcodes: tuple[int, ...] = ()
    city: int | None = None
    latitude: int | None = None
    longitude: int | None = None

    @property
    def say_something(self) -> bool:
        """Whether there is anything to compare."""
        return bool(self.names or self.phones or self.websites or self.emails or self.streets)


def recognise(headings: Sequence[str], *, leave_out: int | None = None) -> Columns:
    """What each column says; the one at ``leave_out`` says nothing."""
    words = {at: " ".join(_words(heading)) for at, heading in enumerate(headings) if at != leave_out}
    words = {at: heading for at, heading in words.items() if heading and not _is_a_number(heading)}
    owner = next((at for at, heading in words.items() if heading in OWNERS), None)
    names = _names(words)
    if not names and owner is not None:
        names, owner = (owner,), None
    streets = tuple(_streets({at: heading for at, heading in words.items() if at not in names}))
    used = {*names, *(at for group in streets for at in group)} | ({owner} if owner is not None else set())
    rest = {at: heading for at, heading in words.items() if at not in used}
    return Columns(
        names=names,
        other_names=tuple(at for at, heading in rest.items() if heading in OTHER_NAMES),
        organization=owner,
        phones=tuple(_having(rest, PHONE_WORDS)),
        websites=tuple(at for at in _having(rest, SITE_WORDS) if rest[at].split()[-1] in SITE_WORDS | {"address", "page"}),
        emails=tuple(_having(rest, MAIL_WORDS)),
        streets=streets,
        postcodes=tuple(_having(rest, POSTCODE_WORDS)),
        city=next((at for at, heading in rest.items() if heading.split()[-1] in CITY_WORDS), None),
        latitude=_one(rest, "latitude", "lat"),
        longitude=_one(rest, "longitude", "lon", "lng", "long"),
    )


def _words(heading: str) -> list[str]:
    return PART.findall(plain(HUMP.sub(" ", heading)).replace("e-mail", "email").replace("e mail", "email").replace("web site", "website"))


def _is_a_number(heading: str) -> bool:
    words = heading.split()
    return any(word in NEVER for word in words) and not (words[-1] in ("code", "codes") and POSTCODE_WORDS & set(words))


def _names(words: dict[int, str]) -> tuple[int, ...]:
    for name in NAMES:
        if found := [at for at, heading in words.items() if heading == name]:
            return (found[0],)
    person = [next((at for at, heading in words.items() if heading in part), None) for part in PERSON]
    return tuple(at for at in person if at is not None)


def _streets(words: dict[int, str]) -> Iterator[tuple[int, ...]]:
    """Columns of one address ("address 1", "address 2"; "street number", "street") make one line, the number first."""
    groups: dict[str, list[int]] = {}
    for at, heading in words.items():
        parts = heading.split()
        if not set(parts) & (STREET_WORDS | {"number"}) or set(parts) & (MAIL_WORDS | SITE_WORDS | PHONE_WORDS | {"ip"}):
            continue
        before = [part for part in parts if part not in STREET_WORDS and part not in ("line", "number", "house", "name", "full") and not part.isdigit()]
        if set(parts) & STREET_WORDS or parts[0] == "house":
            groups.setdefault(" ".join(before), []).append(at)
    for group in groups.values():
        yield tuple(sorted(group, key=lambda at: ("number" not in words[at], at)))


def _having(words: dict[int, str], any_of: frozenset[str]) -> list[int]:
    return [at for at, heading in words.items() if any_of & set(heading.split())]


def _one(words: dict[int, str], *names: str) -> int | None:
    return next((at for at, heading in words.items() if heading in names), None)
