"""How mail goes out: through the mail server that the operator names, or else as files in a folder of the data folder.

A letter is plain text. Its Message-ID is made of its id, so that one which is sent twice is seen once. Passwords and letters travel only under TLS,
unless the mail server is this machine.
"""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from urllib.parse import unquote, urlsplit
from uuid import UUID

from directory.outbox import Deliver, Letter
from web.settings import LOOPBACK, Settings

WAIT_SECONDS = 20.0
TlsContext = Callable[[], ssl.SSLContext]


def deliverer(settings: Settings, *, trust: TlsContext = ssl.create_default_context) -> Deliver:
    """What hands letters on under these settings."""
    if not settings.smtp_url:
        return lambda key, letter, at: write_file(settings.outbox_dir, message(settings, key, letter, at))

    def send(key: UUID, letter: Letter, at: datetime) -> None:
        with _server(settings.smtp_url, trust) as server:
            server.send_message(message(settings, key, letter, at))

    return send


def message(settings: Settings, key: UUID, letter: Letter, at: datetime) -> EmailMessage:
    """A letter as it goes out; the same for the same id, whenever it is made."""
    made = EmailMessage(policy=SMTP)
    made["Message-ID"] = f"<{key}@{urlsplit(settings.base_url).hostname}>"
    made["Date"] = at
    made["From"] = settings.sender
    made["To"] = letter.to
    made["Subject"] = letter.subject
    made["Auto-Submitted"] = "auto-generated"   # RFC 3834: no machine answers a machine
    made.set_content(letter.text)
    return made


def write_file(folder: Path, letter: EmailMessage) -> None:
    """Write a letter as a file that only its owner can read, whole or not at all; the same letter again is the same file."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{str(letter['Message-ID']).strip('<>').partition('@')[0]}.eml"
    handle = os.open(path.with_suffix(".part"), os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(letter.as_bytes())
        file.flush()
        os.fsync(file.fileno())
    os.replace(path.with_suffix(".part"), path)


@contextmanager
def _server(url: str, trust: TlsContext) -> Iterator[smtplib.SMTP]:
    """A connection that is under TLS, or to this machine, and signed in where the address names somebody."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=WAIT_SECONDS, context=trust())
    else:
        server = smtplib.SMTP(host, parts.port or 587, timeout=WAIT_SECONDS)
    with server:
        server.ehlo()
        if parts.scheme == "smtp" and (server.has_extn("starttls") or host not in LOOPBACK):
            server.starttls(context=trust())   # raises where the server has none
            server.ehlo()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server
