"""Passwords, hashed with Argon2id; checking one takes the same time whether there is an account or not.

Two at a time at most are worked out in a process, whoever asks: each takes 19 MiB and a core, and a storm of tries must leave room for everybody else.
"""

from __future__ import annotations

import threading
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 10, 256
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""OWASP's setting for Argon2id: 19 MiB, two passes, one lane; 18 to 33 ms here."""

_TWO = threading.BoundedSemaphore(2)


def hash_password(password: str) -> str:
    """The hash to keep of a password."""
    with _TWO:
        return HASHER.hash(_plain(password))


def is_password(password: str, kept: str | None) -> bool:
    """Whether a password is the one whose hash is kept; without a hash it takes as long, and is not."""
    against = kept or _of_nobody()
    try:
        with _TWO:
            HASHER.verify(against, _plain(password[:LONGEST]))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def needs_new_hash(kept: str) -> bool:
    """Whether a hash was made with an older setting."""
    return HASHER.check_needs_rehash(kept)


@cache
def _of_nobody() -> str:
    return HASHER.hash("the password of nobody")


def _plain(password: str) -> str:
    """The same password whatever keyboard typed it (NFKC, as RFC 8265 has it)."""
    return unicodedata.normalize("NFKC", password)
