"""Rule P19: how somebody may safely be reached is kept to by the one place where mail is made, whoever writes and whenever it was written."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import select

import directory
from directory.accounts.joining import WISHES, ask_for_address, ask_for_link
from directory.accounts.people import get_account
from directory.clients.opening import open_own, write_part
from directory.clients.planning import ask_to_remind, remind_due
from directory.clients.records import begin_own
from directory.clients.safety import CHANNELS, Contact, contact_from, only_closes, read_contact, stop_mail, write_contact
from directory.errors import Invalid, NotSafe
from directory.members import invite
from directory.models import Mail, Organization
from directory.outbox import Letter, deliver_due, list_letters, post, post_where_safe
from directory.sealing import Sealer
from directory.storage import Session, Storage
from tests.cast import ORGANIZATIONS, Town, address_of, make_town
from tests.clients import actor
from tests.ground import MOMENT

LETTER = Letter(to=address_of("rosa"), subject="You have a message", text="Your page is here.")
ANSWERS = st.sampled_from(["", "safe", "not safe"])
contacts = st.builds(Contact, words=st.sampled_from(["", "at the shop"]), times=st.sampled_from(["", "mornings"]), **dict.fromkeys(CHANNELS, ANSWERS))


@pytest.fixture
def town(storage: Storage, sealer: Sealer) -> Town:
    return make_town(storage, at=MOMENT, sealer=sealer)


def say(session: Session, town: Town, sealer: Sealer, contact: Contact) -> None:
    rosa = actor(session, town, "rosa", at=MOMENT)
    opened = open_own(session, begin_own(session, rosa, at=MOMENT, sealer=sealer), rosa, at=MOMENT, sealer=sealer)
    write_part(session, opened, "contact", write_contact(contact), version=opened.versions.get("contact", 0), by=rosa.by, at=MOMENT)


def test_mail_that_is_not_safe_is_refused_and_nothing_is_written(storage: Storage, town: Town, sealer: Sealer) -> None:
    with storage.writing() as session:
        post(session, LETTER, at=MOMENT, sealer=sealer)
        say(session, town, sealer, Contact(email="not safe"))
        for address in (LETTER.to, LETTER.to.upper()):
            with pytest.raises(NotSafe):
                post(session, replace(LETTER, to=address), at=MOMENT, sealer=sealer)
            assert post_where_safe(session, replace(LETTER, to=address), at=MOMENT, sealer=sealer) is None
        assert len(session.scalars(select(Mail)).all()) == 1
        post(session, replace(LETTER, to=address_of("stella")), at=MOMENT, sealer=sealer)


@pytest.mark.parametrize("contact", [Contact(), Contact(email="safe"), Contact(call="not safe", voicemail="not safe", texting="not safe", post="not safe")])
def test_other_ways_say_nothing_of_mail(storage: Storage, town: Town, sealer: Sealer, contact: Contact) -> None:
    with storage.writing() as session:
        say(session, town, sealer, contact)
        assert post(session, LETTER, at=MOMENT, sealer=sealer)


def test_what_was_written_before_does_not_go_out_after(storage: Storage, town: Town, sealer: Sealer) -> None:
    """The wish is asked again when a letter is handed on, for it may be younger than the letter, which may name no account."""
    sent: list[str] = []
    with storage.writing() as session:
        post(session, LETTER, at=MOMENT, sealer=sealer)
        say(session, town, sealer, Contact(email="not safe"))
    assert deliver_due(storage, lambda _, letter, __: sent.append(letter.to), at=MOMENT, sealer=sealer) == 0
    assert sent == []
    with storage.reading() as session:
        assert session.scalars(select(Mail.failed)).all() == ["not a safe way to reach them"]


def every_letter(session: Session, town: Town, sealer: Sealer) -> list[Callable[[], object]]:
    """Whatever this house writes to somebody's account by itself or by another's wish."""
    account, nia = get_account(session, town.accounts["rosa"]), actor(session, town, "nia", at=MOMENT)
    alder = session.get_one(Organization, ORGANIZATIONS["alder"])

    def linked(purpose: str, token: str) -> str:
        return f"https://home.example/{purpose}/{token}"

    return [
        *(lambda wish=wish: ask_for_link(session, LETTER.to, wish, at=MOMENT, sealer=sealer, addressed=linked) for wish in WISHES),
        lambda: ask_for_address(session, account, LETTER.to, at=MOMENT, sealer=sealer, addressed=linked),
        lambda: invite(session, alder, LETTER.to, "caseworker", actor=nia, at=MOMENT, sealer=sealer, addressed=lambda path: path),
        lambda: remind_due(session, at=MOMENT + timedelta(days=8), sealer=sealer, base_url="https://home.example"),
    ]


@pytest.mark.parametrize("is_safe", [True, False])
def test_no_letter_of_any_kind_goes_to_an_address_that_is_not_safe_and_none_says_how_to_reach_somebody(
    storage: Storage, town: Town, sealer: Sealer, is_safe: bool,
) -> None:  # fmt: skip
    with storage.writing() as session:
        rosa = actor(session, town, "rosa", at=MOMENT)
        opened = open_own(session, begin_own(session, rosa, at=MOMENT, sealer=sealer), rosa, at=MOMENT, sealer=sealer)
        ask_to_remind(session, opened, town.accounts["rosa"], 7, at=MOMENT)
        say(session, town, sealer, Contact(words="canary at the shop", times="canary mornings", voicemail="not safe", email="safe" if is_safe else "not safe"))
        acts = every_letter(session, town, sealer)
        for act in acts:
            act()
        letters = [letter for _, letter in list_letters(session, sealer=sealer)]
    assert len(letters) == (len(acts) if is_safe else 0)
    assert not [letter for letter in letters if "canary" in letter.subject + letter.text or "voicemail" in letter.text]


def test_there_is_one_place_where_mail_is_made() -> None:
    made = [path.name for path in Path(directory.__file__).parent.rglob("*.py") for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Mail"]  # fmt: skip
    assert made == ["outbox.py"]


@pytest.mark.parametrize(("has_password", "refused"), [(True, False), (False, True)])
def test_nobody_shuts_themselves_out(storage: Storage, town: Town, sealer: Sealer, has_password: bool, refused: bool) -> None:
    """Without mail there is no link to sign in: whoever says that mail is not safe needs another way."""
    with storage.writing() as session:
        account = get_account(session, town.accounts["rosa"])
        account.password = account.password if has_password else None
        post(session, LETTER, at=MOMENT, sealer=sealer, account_id=account.id)
        if refused:
            with pytest.raises(Invalid):
                stop_mail(session, account)
        else:
            stop_mail(session, account)
        assert len(session.scalars(select(Mail)).all()) == int(refused), "what waits is taken back"


def test_a_reminder_is_not_promised_where_it_would_not_come(storage: Storage, town: Town, sealer: Sealer) -> None:
    with storage.writing() as session:
        say(session, town, sealer, Contact(email="not safe"))
        rosa = actor(session, town, "rosa", at=MOMENT)
        opened = open_own(session, begin_own(session, rosa, at=MOMENT, sealer=sealer), rosa, at=MOMENT, sealer=sealer)
        with pytest.raises(Invalid):
            ask_to_remind(session, opened, UUID(int=0), 7, at=MOMENT)


@given(contacts, contacts)
def test_closing_is_closing_and_nothing_else(before: Contact, after: Contact) -> None:
    closed = all(getattr(after, name) in (getattr(before, name), "not safe") for name in CHANNELS)
    assert only_closes(before, after) == (closed and (before.words, before.times) == (after.words, after.times))


@given(contacts)
def test_what_was_said_is_what_is_read(contact: Contact) -> None:
    said = {name: getattr(contact, name) for name in Contact.__struct_fields__}
    assert read_contact(write_contact(contact_from(said))) == contact
    assert contact_from({}) == read_contact("")


@pytest.mark.parametrize("wrong", [{"email": "perhaps"}, {"words": "x" * 601}, {"times": "x" * 201}])
def test_what_does_not_fit_is_told_by_its_field(wrong: dict[str, str]) -> None:
    with pytest.raises(Invalid) as told:
        contact_from(wrong)
    assert list(told.value.errors) == [{"words": "contact"}.get(*wrong, *wrong)]
