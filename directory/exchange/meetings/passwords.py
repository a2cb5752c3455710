"""Join passwords out of links, dial-in numbers and words, whatever the record they stand in: a feed is copied to places that nobody knows."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit, urlunsplit

SECRET_NAMES: Final = frozenset((
    "pwd", "pw", "pass", "passwd", "password", "passcode", "pin", "token", "tk", "tok", "key", "secret", "auth", "access_code", "accesscode", "code",
    "jwt", "hash", "signature", "sig", "p",
))
"""Names of what a link may carry that lets somebody in. A link that works only with it leads to a door with a question."""
_WORDS: Final = (
    r"pass\s?-?\s?(?:words?|codes?|phrases?|wd)|pwd|pw|pin(?:\s?(?:code|number))?|access\s?codes?|security\s?codes?|entry\s?codes?|participant\s?(?:codes?|pin)"
    r"|contrase(?:ñ|n)a|clave(?:\s+de\s+acceso)?|c(?:ó|o)digo(?:\s+de\s+acceso)?|mot\s+de\s+passe|code\s+d['’]acc(?:è|e)s|passwort|kennwort|senha|wachtwoord|hasło"
)
_SAID: Final = re.compile(rf"[\s,;(|/–-]*\b(?:{_WORDS})\b\s*(?:is|es|est|ist|are)?\s*[:=#]+\s*[\"“'‘]?[^\s,;()\"”’]+[\"”']?\)?", re.IGNORECASE)
_SAID_SO: Final = re.compile(rf"[\s,;(|/–-]*\b(?:{_WORDS})\b\s+(?:is\s+|es\s+|est\s+|ist\s+)?[\"“'‘]?(?=\S*[\d*#])[^\s,;()\"”’.]+[\"”']?\)?", re.IGNORECASE)
_SAID_IS: Final = re.compile(rf"[\s,;(|/–-]*\b(?:{_WORDS})\b\s+(?:is|es|est|ist)\s+[\"“'‘]?[^\s,;()\"”’.]+[\"”']?\)?", re.IGNORECASE)
_LINK: Final = re.compile(r"https?://[^\s<>\"'”’)]+", re.IGNORECASE)
_DIALLED: Final = re.compile(r"[,;\s]*\*\d+#?|(?<=#)[,;]+\d+#?$")


def link_without_password(url: str) -> str:
    """The link without name, password, fragment, and without what lets somebody in; empty unless it is http(s) with a host."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host:
        return ""
    kept = "&".join(pair for pair in parts.query.split("&") if pair and pair.partition("=")[0].casefold() not in SECRET_NAMES)
    named = f"[{host}]" if ":" in host else host
    return urlunsplit((parts.scheme.lower(), f"{named}:{port}" if port else named, parts.path, kept, ""))


def number_without_password(number: str) -> str:
    """The number to dial with the meeting's own number, without the participant code after it: ``+13125550100,,86712345678#``."""
    return _DIALLED.sub("", number.strip()).strip(" ,;")


def text_without_passwords(text: str) -> str:
    """The words without the password they tell, and with links that tell none."""
    clean = _LINK.sub(lambda found: _in_text(found[0]), text)
    for said in (_SAID, _SAID_SO, _SAID_IS):
        clean = said.sub("", clean)
    return clean.strip() if clean != text else text


def _in_text(link: str) -> str:
    body = link.rstrip(".,;:!?")
    return (link_without_password(body) or body) + link[len(body):]
