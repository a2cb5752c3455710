"""What a feed tells of single people, out of a record before anything is made of it: their names, numbers and addresses, and what lets somebody in.

A contact's name, phone or e-mail address is dropped with its field, and wherever else in the same record it stands. Words that people wrote freely lose
every telephone number and e-mail address: whose they are, nobody can tell. The group's own number and address have fields of their own and stay.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from directory.exchange.meetings.passwords import text_without_passwords
from directory.exchange.reading.parts import EMAIL
from directory.exchange.reading.row import Row, clean

PRIVATE: Final = re.compile(
    r"contact_.*|.*_contact|feedback_emails?|feedback_url|edit_url|author|admin_notes|venmo|square|paypal|homegroup_online|last_contact|email_contact.*"
    r"|import_hash|user_.*|entity_email_private"
)
"""Fields that no page and no table of ours has: people, payments, and what only whoever keeps the feed may see."""
PERSONAL: Final = re.compile(r"contact_.*|email_contact.*|.*_contact|author|venmo|square|paypal")
"""Of those, the ones whose value may stand elsewhere in the record too."""
SHORTEST: Final = 3
"""Letters of a name that is looked for in the words: "Al" stands in too many of them."""
TAG: Final = re.compile(r"</?[a-z!][^<>]{0,500}>", re.IGNORECASE)
BREAK: Final = re.compile(r"<(?:br|/p|/li|/div)\b[^<>]{0,50}>", re.IGNORECASE)
NUMBER: Final = re.compile(r"(?<![\w/.$#-])\+?\(?\d(?:[\s().+-]{0,2}\d){6,14}(?![\w/]|\.\d)")
"""Seven to fifteen digits with what stands between them in a telephone number."""


def take_out_people(row: Row) -> tuple[str, ...]:
    """Mark the private fields of a record as taken, and give the values that may stand in its other texts too."""
    found: dict[str, None] = {}
    for field in [name for name in row.values if PRIVATE.fullmatch(name)]:
        value = row.raw(field)
        for part in value if isinstance(value, list) else [value]:
            if (text := clean(part)) and PERSONAL.fullmatch(field) and len(text) >= SHORTEST:
                found[text] = None
    return tuple(sorted(found, key=len, reverse=True))


def is_private(field: str) -> bool:
    """Whether a field tells of people or of what only whoever keeps the feed may see."""
    return PRIVATE.fullmatch(field) is not None


def plain(value: Any) -> str:
    """A value as plain text: entities read, tags gone, lines kept, blanks single."""
    text = html.unescape(html.unescape(clean(value) or ""))
    text = TAG.sub(" ", BREAK.sub("\n", text)).replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line for part in text.split("\n") if (line := clean(part)))


def discreet(value: Any, people: Iterable[str] = ()) -> str:
    """Words that were freely written, without passwords, people, telephone numbers and e-mail addresses."""
    text = text_without_passwords(plain(value))
    for person in people:
        text = re.sub(rf"(?<!\w){re.escape(person)}(?!\w)", "", text, flags=re.IGNORECASE)
    text = NUMBER.sub("", EMAIL.sub("", text))
    return "\n".join(line for part in text.split("\n") if (line := _tidy(part)))


def without_people(value: Any, people: Iterable[str]) -> str:
    """A name or a line of an address: plain, and without what the record says is private."""
    text = text_without_passwords(plain(value))
    for person in people:
        text = re.sub(rf"(?<!\w){re.escape(person)}(?!\w)", "", text, flags=re.IGNORECASE)
    return _tidy(EMAIL.sub("", text).replace("\n", " "))


def _tidy(text: str) -> str:
    """A line after something was taken out of it, without empty brackets and doubled marks."""
    text = re.sub(r"\(\s*[,;:/]*\s*\)|\[\s*\]", "", text)
    text = re.sub(r"\s+([,.;:!?)])", r"\1", re.sub(r"\s{2,}", " ", text)).strip()
    return text.strip(" ,;:|/-–") if re.search(r"\w", text) else ""


def withheld(before: Mapping[str, Any], after: Iterable[str]) -> bool:
    """Whether the words of a record lost something on the way."""
    return len("".join(after)) < sum(len(plain(value)) for value in before.values())
