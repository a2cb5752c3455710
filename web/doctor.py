"""``homeground doctor``: what is unsafe or missing in this installation, and how to mend it."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator

from msgspec import Struct

from directory.errors import DirectoryError
from directory.storage import Storage, sqlite_is_safe, sqlite_module
from web.settings import Settings

LEAST_FREE_BYTES = 64_000_000


class Finding(Struct, frozen=True, kw_only=True):
    """One thing looked at: whether it is well, and in words what was found or what to do."""

    about: str
    is_good: bool
    text: str


def findings(settings: Settings) -> Iterator[Finding]:
    """Look at everything, in the order in which it would have to be mended. Makes nothing and changes nothing."""
    for about, look in _LOOKS.items():
        try:
            is_good, text = look(settings)
        except Exception as error:   # a look that fails is a finding, not the end of the others
            is_good, text = False, _words(error)
        yield Finding(about=about, is_good=is_good, text=text)


def _words(error: Exception) -> str:
    if isinstance(error, DirectoryError):
        return str(error)
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0] if lines else 'no more is known'}"


def _sqlite(settings: Settings) -> tuple[bool, str]:
    version = tuple(int(part) for part in sqlite_module().sqlite_version.split("."))
    text = ".".join(map(str, version))
    if not settings.database_url.startswith("sqlite"):
        return True, f"{text}, not used with this database"
    if sqlite_is_safe(version):
        return True, f"{text}, free of the fault that damages databases with several writers"
    return False, f"{text} can damage a database with several writers. Install the package pysqlite3, or SQLite 3.51.3 or later."


def _data_dir(settings: Settings) -> tuple[bool, str]:
    folder = settings.data_dir
    if not folder.exists():
        return True, f"{folder} is not there yet; it is made at the first start"
    if not folder.is_dir():
        return False, f"{folder} is no folder. Move it away, or set HOMEGROUND_DATA_DIR."
    mode = stat.S_IMODE(folder.stat().st_mode)
    if mode & 0o077:
        return False, f"{folder} can be read by other accounts of this machine. Run: chmod 700 '{folder}'"
    return True, f"{folder}, for its owner only"


def _disk(settings: Settings) -> tuple[bool, str]:
    folder = next(path for path in (settings.data_dir, *settings.data_dir.parents) if path.exists())
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE_BYTES:
        return False, f"only {free / 1e6:,.0f} MB are free; below {LEAST_FREE_BYTES / 1e6:,.0f} MB writing may fail. Make room."
    return True, f"{free / 1e9:,.1f} GB free"


def _key(settings: Settings) -> tuple[bool, str]:
    path = settings.data_dir / "secret.key"
    if settings.secret_key:
        settings.sealer()
        return True, "from HOMEGROUND_SECRET_KEY"
    if not path.exists():
        return True, f"{path} is not there yet; it is made at the first start. Keep a copy of it apart from the database."
    settings.sealer()
    return True, f"{path}, for its owner only"


def _database(settings: Settings) -> tuple[bool, str]:
    from directory.migrations import is_current

    file = settings.database_url.partition(":///")[2] if settings.database_url.startswith("sqlite") else ""
    if file and not (settings.data_dir.parent / file).exists():
        return True, "not there yet; it is made at the first start"
    if file and not os.access(settings.data_dir.parent / file, os.W_OK):
        return False, f"{file} cannot be written by this account. Give it to the account that runs Homeground."
    storage = Storage(settings.database_url)
    try:
        if is_current(storage):
            return True, "answers, and has the tables of this version"
        return False, "answers, but has not the tables of this version. They are made at the next start; copy the database first."
    finally:
        storage.close()


def _address(settings: Settings) -> tuple[bool, str]:
    settings.refuse_open_door()
    return True, settings.base_url


def _seals(settings: Settings) -> tuple[bool, str]:
    from directory.migrations import is_current
    from directory.placing import unopened_places

    key = settings.data_dir / "secret.key"
    file = settings.database_url.partition(":///")[2] if settings.database_url.startswith("sqlite") else ""
    if file and not (settings.data_dir.parent / file).exists():
        return True, "none yet"
    storage = Storage(settings.database_url)
    try:
        if not is_current(storage):
            return True, "not looked at before the database has the tables of this version"
        with storage.reading() as session:
            has_key = bool(settings.secret_key) or key.exists()
            sealed, closed = unopened_places(session, sealer=settings.sealer() if has_key else None)
    finally:
        storage.close()
    if closed:
        return False, f"{closed} of {sealed} places that are not public cannot be opened: the key at hand is not theirs. Put the copy of the key back."
    return True, f"{sealed} places that are not public, and the key opens them"


def _places(settings: Settings) -> tuple[bool, str]:
    if settings.geocoder == "none":
        return True, "found in the gazetteer here; nobody outside is asked"
    from directory.places import online_geocoder

    online_geocoder(settings.geocoder)
    return True, f"found in the gazetteer here, then by asking {settings.geocoder}, to which goes what people type"


def _mail(settings: Settings) -> tuple[bool, str]:
    is_open = settings.base_url.startswith("https://")
    if not settings.smtp_url:
        where = f"written to {settings.outbox_dir}, and reaches nobody"
        return not is_open, f"{where}. Set HOMEGROUND_SMTP_URL and HOMEGROUND_MAIL_FROM, so that people can sign up and are told." if is_open else where
    if not settings.mail_from:
        return False, f"goes out from {settings.sender}. Set HOMEGROUND_MAIL_FROM to an address that somebody reads."
    if not is_open:
        return False, f"links in it lead to {settings.base_url}. Set HOMEGROUND_BASE_URL to the https address that people use."
    return True, f"goes out from {settings.sender}" + _waiting(settings)


def _waiting(settings: Settings) -> str:
    from directory.migrations import is_current
    from directory.outbox import count_waiting

    file = settings.database_url.partition(":///")[2] if settings.database_url.startswith("sqlite") else ""
    if file and not (settings.data_dir.parent / file).exists():
        return ""
    storage = Storage(settings.database_url)
    try:
        if not is_current(storage):
            return ""
        with storage.reading() as session:
            waiting, given_up = count_waiting(session)
    finally:
        storage.close()
    return f"; {waiting} letters wait, {given_up} could not be delivered"


_LOOKS: dict[str, Callable[[Settings], tuple[bool, str]]] = {
    "data folder": _data_dir,
    "disk": _disk,
    "SQLite": _sqlite,
    "secret key": _key,
    "database": _database,
    "sealed places": _seals,
    "address": _address,
    "places": _places,
    "mail": _mail,
}
