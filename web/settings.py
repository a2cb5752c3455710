"""The settings of one installation, read from the environment here and nowhere else."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct
from msgspec.structs import replace

from directory.errors import UnsafeSetting
from directory.fetching.fetch import Limits
from directory.fetching.plan import Fetching
from directory.sealing import KEY_BYTES, Sealer, key_file, older_key
from directory.storage import sqlite_url


class Variable(Struct, frozen=True):
    """One environment variable: its name, what stands when it is not set, and what it is for."""

    name: str
    default: str
    meaning: str


VARIABLES = (
    Variable("HOMEGROUND_DATA_DIR", "~/.local/share/homeground", "The one folder that holds everything Homeground keeps. $XDG_DATA_HOME is heeded."),
    Variable("HOMEGROUND_DATABASE_URL", "homeground.sqlite3 in the data folder", "The database: sqlite:///FILE or postgresql://USER@HOST/NAME."),
    Variable("HOMEGROUND_SECRET_KEY", "secret.key in the data folder", "Seals private fields. At least 32 bytes, the same on every machine."),
    Variable("HOMEGROUND_OLD_SECRET_KEYS", "none", "Keys from before, with spaces between: they open what they sealed, until `homeground rotate-keys` ran."),
    Variable("HOMEGROUND_BASE_URL", "http://HOST:PORT", "The address people use. Absolute links come from it and from nothing a visitor sends."),
    Variable("HOMEGROUND_LEAVE_URL", "https://www.wikipedia.org/", "Where Leave now goes: an ordinary page that needs no explaining."),
    Variable("HOMEGROUND_REGION", "US", "Code of the country (ISO 3166, two letters); chooses the urgent help lines."),
    Variable("HOMEGROUND_TIMEZONE", "UTC", "The zone (IANA name) that times are shown in when a listing names none."),
    Variable("HOMEGROUND_GEOCODER", "none", "A geopy name such as nominatim: asked about unknown places. Pages then say so."),
    Variable("HOMEGROUND_SMTP_URL", "none", "The mail server: smtp://USER:PASSWORD@HOST:587 or smtps://... Without one, mail is written to a folder."),
    Variable("HOMEGROUND_MAIL_FROM", "homeground@ and the host of the base URL", "The address that mail comes from."),
    Variable("HOMEGROUND_PROXIES", "0", "How many servers of yours stand in front. The limits on trying then count the visitors, not those servers."),
    Variable("HOMEGROUND_FETCH", "off", "on: sources may be fetched over the web (by curators, and on their schedules), from the open internet only."),
    Variable("HOMEGROUND_FETCH_PORTS", "80, 443", "The ports that sources may be fetched from."),
    Variable("HOMEGROUND_HOST", "127.0.0.1", "The address to listen on."),
    Variable("HOMEGROUND_PORT", "8000", "The port to listen on."),
)
"""Every variable that is read. The table in web/README.md shows the same, and a test keeps the two alike."""


LOOPBACK = ("127.0.0.1", "::1", "localhost")
"""Names of this machine that nobody else can ask."""


class Settings(Struct, frozen=True, kw_only=True):
    """What an operator may choose. ``secret_key`` is empty when the key file of the data folder is to be used.

    ``is_demo`` is no variable: only the command ``homeground demo`` sets it.
    """

    data_dir: Path
    database_url: str
    secret_key: str = ""
    old_secret_keys: tuple[str, ...] = ()
    base_url: str = "http://127.0.0.1:8000"
    leave_url: str = "https://www.wikipedia.org/"
    region: str = "US"
    timezone: str = "UTC"
    geocoder: str = "none"
    smtp_url: str = ""
    mail_from: str = ""
    proxies: int = 0
    is_demo: bool = False
    fetch: bool = False
    fetch_ports: tuple[int, ...] = (80, 443)
    host: str = "127.0.0.1"
    port: int = 8000

    @property
    def index_dir(self) -> Path:
        """Where the index of the database is kept; it can be deleted at any time, and is made anew."""
        return self.data_dir / "index"

    @property
    def duplicates_dir(self) -> Path:
        """Where it is kept what was compared in search of duplicates; it can be deleted at any time, and everything is compared anew."""
        return self.data_dir / "duplicates"

    @property
    def outbox_dir(self) -> Path:
        """Where mail is written when there is no mail server."""
        return self.data_dir / "outbox"

    @property
    def sender(self) -> str:
        """The address that mail comes from."""
        return self.mail_from or f"homeground@{urlsplit(self.base_url).hostname}"

    @property
    def is_open_demo(self) -> bool:
        """Whether this is the demonstration, which only this machine can ask: then its outbox and its people may be shown."""
        return self.is_demo and self.host in LOOPBACK and urlsplit(self.base_url).hostname in LOOPBACK

    def link(self, path: str) -> str:
        """The whole address of a page, for mail: made of the base URL and nothing that a visitor sends."""
        return self.base_url + path

    @property
    def feeds_dir(self) -> Path:
        """The folder that sources may name files of; nothing outside it is ever read for them."""
        return self.data_dir / "feeds"

    def fetching(self) -> Fetching:
        """How sources are fetched here."""
        return Fetching(folder=self.feeds_dir, web=self.fetch, limits=Limits(ports=self.fetch_ports))

    def sealer(self) -> Sealer:
        """What seals private fields with the newest key and opens with older ones; makes the key file at the first call when no key is set."""
        olds = [key.encode() for key in self.old_secret_keys]
        if self.secret_key:
            return Sealer.of(*olds, self.secret_key.encode())
        self.make_data_dir()
        if (older := older_key(self.key_path)).exists():
            olds.append(key_file(older))
        return Sealer.of(*olds, key_file(self.key_path))

    @property
    def key_path(self) -> Path:
        """The key file, used when no key is set."""
        return self.data_dir / "secret.key"

    def make_data_dir(self) -> None:
        """Make the data folder, readable by its owner only; ``UnsafeSetting`` when others can read the database in it."""
        if self.data_dir.exists() and not self.data_dir.is_dir():
            raise UnsafeSetting(f"HOMEGROUND_DATA_DIR must name a folder, and {self.data_dir} is none.")
        self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.others_can_read():
            raise UnsafeSetting(f"The database in {self.data_dir} can be read by other accounts of this machine. Run: chmod 700 '{self.data_dir}'")

    def others_can_read(self) -> bool:
        """Whether both the data folder and a database in it are open to other accounts."""
        files = [self.data_dir, *self.data_dir.glob("*.sqlite3*")]
        open_ones = [path for path in files if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077]
        return open_ones[:1] == [self.data_dir] and len(open_ones) > 1

    def refuse_open_door(self) -> None:
        """``UnsafeSetting`` when what people write would travel in the open: other machines may ask, and there is no https."""
        if self.host not in LOOPBACK and not self.base_url.startswith("https://"):
            raise UnsafeSetting(
                f"HOMEGROUND_HOST is {self.host}, open to the network, but HOMEGROUND_BASE_URL is not https, so what people write could be read on "
                "the way. Put a server with TLS in front and set HOMEGROUND_BASE_URL to its address."
            )

    def in_folder(self, name: str) -> Settings:
        """The same settings with a data folder of its own inside the data folder, and its SQLite database in it."""
        folder = self.data_dir / name
        return replace(self, data_dir=folder, database_url=sqlite_url(folder / "homeground.sqlite3"))

    def at(self, host: str, port: int) -> Settings:
        """The same settings listening elsewhere; the address people use follows, unless the operator chose one."""
        chosen = self.base_url != _local(self.host, self.port)
        return replace(self, host=host, port=port, base_url=self.base_url if chosen else _local(host, port))


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this environment; ``UnsafeSetting`` says which variable is wrong and what it may be."""
    get = {name: value.strip() for name, value in environ.items() if name.startswith("HOMEGROUND_") and value.strip()}
    _refuse_unknown(get)
    data_dir = _data_dir(get, environ)
    host, port = get.get("HOMEGROUND_HOST", "127.0.0.1"), _port(get.get("HOMEGROUND_PORT", "8000"))
    return Settings(
        data_dir=data_dir,
        database_url=get.get("HOMEGROUND_DATABASE_URL") or sqlite_url(data_dir / "homeground.sqlite3"),
        secret_key=_secret(get.get("HOMEGROUND_SECRET_KEY", "")),
        old_secret_keys=tuple(_secret(key, "HOMEGROUND_OLD_SECRET_KEYS") for key in get.get("HOMEGROUND_OLD_SECRET_KEYS", "").split()),
        base_url=_address("HOMEGROUND_BASE_URL", get.get("HOMEGROUND_BASE_URL") or _local(host, port)).rstrip("/"),
        leave_url=_address("HOMEGROUND_LEAVE_URL", get.get("HOMEGROUND_LEAVE_URL", "https://www.wikipedia.org/")),
        region=_region(get.get("HOMEGROUND_REGION", "US")),
        timezone=_zone(get.get("HOMEGROUND_TIMEZONE", "UTC")),
        geocoder=_geocoder(get.get("HOMEGROUND_GEOCODER", "none")),
        smtp_url=_smtp(get.get("HOMEGROUND_SMTP_URL", "none")),
        mail_from=_mailbox(get.get("HOMEGROUND_MAIL_FROM", "")),
        proxies=_proxies(get.get("HOMEGROUND_PROXIES", "0")),
        fetch=_is_on("HOMEGROUND_FETCH", get.get("HOMEGROUND_FETCH", "off")),
        fetch_ports=tuple(_port(part.strip(), "HOMEGROUND_FETCH_PORTS") for part in get.get("HOMEGROUND_FETCH_PORTS", "80, 443").split(",")),
        host=host,
        port=port,
    )


def _refuse_unknown(given: Mapping[str, str]) -> None:
    # A misspelt name would silently leave the default in place; names that begin with HOMEGROUND_TESTS_ belong to the tests.
    known = {variable.name for variable in VARIABLES}
    unknown = sorted(name for name in set(given) - known if not name.startswith("HOMEGROUND_TESTS_"))
    if unknown:
        raise UnsafeSetting(f"{unknown[0]} is not a setting of Homeground. The settings are: {', '.join(sorted(known))}.")


def _data_dir(given: Mapping[str, str], environ: Mapping[str, str]) -> Path:
    if "HOMEGROUND_DATA_DIR" in given:
        return Path(given["HOMEGROUND_DATA_DIR"]).expanduser().absolute()
    shared = environ.get("XDG_DATA_HOME", "")
    base = Path(shared) if Path(shared).is_absolute() else Path.home() / ".local" / "share"
    return base / "homeground"


def _port(text: str, name: str = "HOMEGROUND_PORT") -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) < 65_536):
        raise UnsafeSetting(f"{name} must be a whole number from 1 to 65535, and is '{text[:40]}'.")
    return int(text)


def _secret(text: str, name: str = "HOMEGROUND_SECRET_KEY") -> str:
    if text and len(text.encode()) < KEY_BYTES:
        raise UnsafeSetting(f"{name} must be at least {KEY_BYTES} bytes long. Make one with: openssl rand -base64 48")
    return text


def _address(name: str, text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or not text.isprintable() or " " in text:
        raise UnsafeSetting(f"{name} must be a web address such as https://example.org, and is '{text[:80]}'.")
    return text


def _region(text: str) -> str:
    if not (len(text) == 2 and text.isascii() and text.isalpha()):
        raise UnsafeSetting(f"HOMEGROUND_REGION must be a country code of two letters such as US or GB, and is '{text[:40]}'.")
    return text.upper()


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnsafeSetting(f"HOMEGROUND_TIMEZONE must be a zone such as America/Los_Angeles, and is '{text[:80]}'.") from error
    return text


def _geocoder(text: str) -> str:
    if not (text.isascii() and text.isalnum()):
        raise UnsafeSetting(f"HOMEGROUND_GEOCODER must be none or one of geopy's names such as nominatim, and is '{text[:40]}'.")
    return text.lower()


def _smtp(text: str) -> str:
    if text.lower() == "none":
        return ""
    parts = urlsplit(text)
    try:
        is_good = parts.scheme in ("smtp", "smtps") and parts.hostname and (parts.port or 1) and parts.path in ("", "/")
    except ValueError:
        is_good = False
    if not is_good or (parts.username is None) != (parts.password is None):   # the text stays out of the words: it holds a password
        raise UnsafeSetting("HOMEGROUND_SMTP_URL must look like smtp://USER:PASSWORD@mail.example.org:587 or smtps://USER:PASSWORD@mail.example.org:465.")
    return text


def _mailbox(text: str) -> str:
    if text and not re.fullmatch(r"[^@\s<>\"',;]+@[^@\s<>\"',;]+", text):
        raise UnsafeSetting(f"HOMEGROUND_MAIL_FROM must be an address such as hello@example.org, and is '{text[:80]}'.")
    return text


def _proxies(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:3]) <= 5):
        raise UnsafeSetting(f"HOMEGROUND_PROXIES must be a whole number from 0 to 5, and is '{text[:40]}'.")
    return int(text)


def _is_on(name: str, text: str) -> bool:
    if text not in ("on", "off"):
        raise UnsafeSetting(f"{name} must be on or off, and is '{text[:40]}'.")
    return text == "on"


def _local(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
