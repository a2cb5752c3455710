"""Sealing of private fields with AES-256-GCM: every seal names its key and is bound to the row it belongs to."""

from __future__ import annotations

import base64
import os
import stat
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from directory.errors import DirectoryError, UnsafeSetting

KEY_BYTES = 32


class BrokenSeal(DirectoryError):
    """Sealed text that was changed, moved to another row, or sealed with a key that is not at hand."""


class Sealer:
    """Seals with the newest key and opens with any it has: ``v1.<key id>.<nonce>.<text>``, each part in URL-safe base64."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        if not keys:
            raise UnsafeSetting("There is no key to seal private fields with.")
        self._keys = {key_id: _derive(key) for key_id, key in keys.items()}
        self._newest = list(keys)[-1]

    @classmethod
    def of(cls, *keys: bytes) -> Sealer:
        """A sealer with these keys, the oldest first. A key is named after itself, so that it stays the same whatever stands before or after it."""
        return cls({_mark(_derive(key), b"key id")[:12]: key for key in keys})

    @property
    def newest(self) -> str:
        """The id of the key that seals are made with."""
        return self._newest

    @property
    def names(self) -> frozenset[str]:
        """What the keys at hand are called."""
        return frozenset(self._keys)

    def seal(self, text: str, *, bound_to: str) -> str:
        """Seal a text; ``bound_to`` (``table|column|row id``) must be given again to open it, so that a seal cannot be moved."""
        nonce = os.urandom(12)
        body = AESGCM(self._keys[self._newest]).encrypt(nonce, text.encode(), bound_to.encode())
        return ".".join(("v1", self._newest, _pack(nonce), _pack(body)))

    def open(self, sealed: str, *, bound_to: str) -> str:
        """The text that was sealed, or ``BrokenSeal``."""
        try:
            version, key_id, nonce, body = sealed.split(".")
            if version != "v1":
                raise BrokenSeal("This private field was sealed in a way that this version does not know.")
            return AESGCM(self._keys[key_id]).decrypt(_unpack(nonce), _unpack(body), bound_to.encode()).decode()
        except (ValueError, KeyError, InvalidTag) as error:
            raise BrokenSeal("A private field could not be opened: it was changed, or its key is not at hand.") from error

    def fingerprints(self, data: bytes) -> list[str]:
        """Marks of some data (HMAC-SHA256, hexadecimal), one for each key, the newest first: useless for trying out guesses without the key."""
        return [_mark(key, data) for key in reversed(self._keys.values())]


def key_file(path: Path) -> bytes:
    """The key kept in a file that only its owner can read; made at the first call, whole or not at all. ``UnsafeSetting`` when it cannot be used."""
    if not path.exists():
        _make_key(path)
    if not path.is_file():
        raise UnsafeSetting(f"{path} must be a file that holds the secret key, and is none.")
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise UnsafeSetting(f"{path} holds the secret key and can be read by other accounts of this machine. Run: chmod 600 '{path}'")
    try:
        key = base64.b64decode(path.read_bytes().strip().translate(_TO_STANDARD), validate=True)
    except ValueError:
        key = b""
    if len(key) < KEY_BYTES:
        raise UnsafeSetting(
            f"{path} is damaged: it must hold at least {KEY_BYTES} bytes in base64. Put your copy of it back. Only if there is none and no place was "
            "sealed yet, delete it, and a new one is made."
        )
    return key


def begin_new_key(path: Path) -> Path:
    """Lay the key aside as an older one and make a new one; gives where the older is. ``UnsafeSetting`` while an older one is there still."""
    older = older_key(path)
    if older.exists():
        raise UnsafeSetting(f"{older} is there still. Run `homeground rotate-keys`, then delete it; after that another key can be made.")
    key_file(path)
    os.rename(path, older)   # a crash here leaves the older one, and the next start makes a new key
    key_file(path)
    return older


def older_key(path: Path) -> Path:
    """Where the key before the one in a file is kept while seals of it are left."""
    return path.with_name(f"{path.name}.old")


def _make_key(path: Path) -> None:
    handle, name = tempfile.mkstemp(prefix=".key-", dir=path.parent)   # mode 600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(base64.urlsafe_b64encode(os.urandom(KEY_BYTES)))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):   # another process was first: its key is the key
            os.link(name, path)
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)   # a key that a power cut takes away takes every seal with it
        os.close(folder)
    finally:
        os.unlink(name)


_TO_STANDARD = bytes.maketrans(b"-_", b"+/")


def _derive(key: bytes) -> bytes:
    if len(key) < KEY_BYTES:
        raise UnsafeSetting(f"The secret key must be at least {KEY_BYTES} bytes long. Make one with: openssl rand -base64 48")
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"homeground seal v1").derive(key)


def _mark(key: bytes, data: bytes) -> str:
    code = HMAC(key, SHA256())
    code.update(b"homeground fingerprint v1|" + data)
    return code.finalize().hex()


def _pack(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _unpack(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
