"""Secrets that we mint and hand out: 256 bits, kept as their SHA-256 only."""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256


def new_token() -> str:
    """A new secret, safe to stand in an address or a cookie."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is kept of a secret. No salt is needed: nobody can guess 256 bits."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def stamp(key: str, words: str) -> str:
    """A mark that only the holder of the key can make of these words (HMAC-SHA256)."""
    return hmac.new(key.encode(), words.encode(), sha256).hexdigest()


def is_stamp(key: str, words: str, given: str) -> bool:
    """Whether a mark is the one, in constant time."""
    return hmac.compare_digest(stamp(key, words).encode(), given.encode("utf-8", "replace"))
