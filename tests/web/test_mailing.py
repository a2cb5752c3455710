"""Tests of mail going out: to a real mail server on this machine, to files, and never in the open to anybody else."""

from __future__ import annotations

import email
import smtplib
import socketserver
import stat
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from email.policy import default
from pathlib import Path
from uuid import uuid4

import pytest

from directory.outbox import Letter, deliver_due, list_letters, post
from directory.sealing import Sealer
from directory.storage import Storage
from web.mailing import deliverer, message
from web.settings import Settings, read_settings

AT = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
LETTER = Letter(to="ana@people.example", subject="Your message from Homeground", text="Hello,\n\nhttps://home.example/account/enter/x\n.\nÅsa says hi\n")


class Talk(socketserver.StreamRequestHandler):
    """One connection to a mail server that takes what RFC 5321 asks of it."""

    server: Post

    def handle(self) -> None:
        """Answer command after command."""
        self.say("220 mail.example")
        while line := self.rfile.readline().decode("ascii", "replace").rstrip("\r\n"):
            verb = line.partition(" ")[0].upper()
            self.server.heard.append(line)
            if verb == "EHLO":
                self.say("250-mail.example\r\n250-8BITMIME\r\n250 AUTH PLAIN" if self.server.asks_who else "250-mail.example\r\n250 8BITMIME")
            elif verb == "DATA":
                self.say("354 go on")
                self.server.taken.append(self.body())
                self.say(self.server.verdict)
            elif verb == "QUIT":
                return self.say("221 bye")
            else:
                self.say("235 welcome" if verb == "AUTH" else "250 ok")

    def body(self) -> bytes:
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(line.removeprefix(b".") for line in lines)

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


class Post(socketserver.ThreadingTCPServer):
    """A mail server on this machine that keeps what it is given."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.heard: list[str] = []
        self.taken: list[bytes] = []
        self.verdict, self.asks_who = "250 taken", False

    @property
    def url(self) -> str:
        """How the settings name it."""
        return f"127.0.0.1:{self.server_address[1]}"


@pytest.fixture
def server() -> Iterator[Post]:
    with Post() as made:
        thread = threading.Thread(target=made.serve_forever, args=(0.02,))
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def settings(tmp_path: Path, **more: str) -> Settings:
    base = {"HOMEGROUND_DATA_DIR": str(tmp_path / "data"), "HOMEGROUND_BASE_URL": "https://home.example", "HOMEGROUND_MAIL_FROM": "hello@home.example"}
    return read_settings({**base, **more})


def test_a_letter_reaches_the_mail_server_as_it_was_written(server: Post, tmp_path: Path) -> None:
    key = uuid4()
    deliverer(settings(tmp_path, HOMEGROUND_SMTP_URL=f"smtp://{server.url}"))(key, LETTER, AT)
    got = email.message_from_bytes(server.taken[0], policy=default)
    assert (got["To"], got["From"], got["Subject"]) == (LETTER.to, "hello@home.example", LETTER.subject)
    assert got["Message-ID"] == f"<{key}@home.example>"
    assert got.get_content_type() == "text/plain"
    assert got.get_content().replace("\r\n", "\n") == LETTER.text
    assert [line.partition(" ")[2].lower() for line in server.heard if line.upper().startswith("RCPT")] == ["to:<ana@people.example>"]


def test_a_name_and_password_are_shown_to_the_mail_server(server: Post, tmp_path: Path) -> None:
    server.asks_who = True
    deliverer(settings(tmp_path, HOMEGROUND_SMTP_URL=f"smtp://post%40home:p%2Fw@{server.url}"))(uuid4(), LETTER, AT)
    assert "AUTH PLAIN AHBvc3RAaG9tZQBwL3c=" in server.heard


def test_nothing_is_said_in_the_open_to_another_machine(server: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    port = server.server_address[1]
    connect = smtplib.SMTP._get_socket   # type: ignore[attr-defined]
    monkeypatch.setattr(smtplib.SMTP, "_get_socket", lambda self, host, _port, timeout: connect(self, "127.0.0.1", port, timeout))
    with pytest.raises(smtplib.SMTPNotSupportedError):
        deliverer(settings(tmp_path, HOMEGROUND_SMTP_URL="smtp://post:secret@mail.example:25"))(uuid4(), LETTER, AT)
    assert not [line for line in server.heard if line.upper().startswith(("AUTH", "MAIL", "RCPT"))]
    assert server.taken == []


def test_a_letter_is_sent_once_and_again_only_when_it_failed(server: Post, tmp_path: Path, storage: Storage, sealer: Sealer) -> None:
    send = deliverer(settings(tmp_path, HOMEGROUND_SMTP_URL=f"smtp://{server.url}"))
    with storage.writing() as session:
        post(session, LETTER, at=AT, sealer=sealer)
    server.verdict = "451 come back later"
    assert deliver_due(storage, send, at=AT, sealer=sealer) == 0
    assert deliver_due(storage, send, at=AT, sealer=sealer) == 0
    assert len(server.taken) == 1, "it is left alone for a while"
    server.verdict = "250 taken"
    later = AT.replace(minute=2)
    assert deliver_due(storage, send, at=later, sealer=sealer) == 1
    assert deliver_due(storage, send, at=later.replace(hour=23), sealer=sealer) == 0
    first, second = (email.message_from_bytes(raw, policy=default) for raw in server.taken)
    assert first["Message-ID"] == second["Message-ID"]


def test_without_a_mail_server_a_letter_is_a_file_for_its_owner_only(tmp_path: Path) -> None:
    made = settings(tmp_path)
    made.make_data_dir()
    key = uuid4()
    for _ in range(2):
        deliverer(made)(key, LETTER, AT)
    (file,) = made.outbox_dir.iterdir()
    assert file.name == f"{key}.eml"
    assert (stat.S_IMODE(made.outbox_dir.stat().st_mode), stat.S_IMODE(file.stat().st_mode)) == (0o700, 0o600)
    assert email.message_from_bytes(file.read_bytes(), policy=default).get_content().replace("\r\n", "\n") == LETTER.text


@pytest.mark.parametrize("to", ["ana@people.example\r\nBcc: eve@evil.example", "ana@people.example\nSubject: x"])
def test_no_header_can_be_written_into_a_letter(tmp_path: Path, to: str) -> None:
    with pytest.raises(ValueError, match="linefeed"):
        message(settings(tmp_path), uuid4(), Letter(to=to, subject="x", text="y"), AT)


def test_a_slow_mail_server_keeps_nobody_from_writing(storage: Storage, sealer: Sealer) -> None:
    with storage.writing() as session:
        post(session, LETTER, at=AT, sealer=sealer)

    def slow(*_: object) -> None:
        with storage.writing(wait_seconds=1) as session:   # fails at once where the letter is sent inside a transaction
            post(session, LETTER, at=AT.replace(hour=23), sealer=sealer)

    assert deliver_due(storage, slow, at=AT, sealer=sealer) == 1


def test_a_letter_that_never_goes_out_is_given_up_and_says_why(storage: Storage, sealer: Sealer) -> None:
    def fails(*_: object) -> None:
        raise ConnectionRefusedError("the words of an error stay out")

    with storage.writing() as session:
        post(session, LETTER, at=AT, sealer=sealer)
    for hours in range(20):
        assert deliver_due(storage, fails, at=AT.replace(day=25 + hours // 24, hour=hours % 24), sealer=sealer) == 0
    with storage.reading() as session:
        ((row, _),) = list_letters(session, sealer=sealer)
    assert (row.tries, row.failed, row.sent_at) == (8, "ConnectionRefusedError", None)


def test_two_who_deliver_at_once_send_each_letter_once(storage: Storage, sealer: Sealer) -> None:
    with storage.writing() as session:
        for _ in range(20):
            post(session, LETTER, at=AT, sealer=sealer)
    sent: list[object] = []
    threads = [threading.Thread(target=deliver_due, args=(storage, lambda key, *_: sent.append(key)), kwargs={"at": AT, "sealer": sealer}) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sent) == len(set(sent)) == 20
