"""The commands over what is kept of people: forgetting, checking the logs, a new key, and the first caseworker of an agency."""

from __future__ import annotations

import csv
import re
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from directory.accounts.actors import actor_of
from directory.accounts.people import find_account
from directory.clients.agencies import find_organization
from directory.clients.caseloads import end
from directory.clients.consents import give_consent
from directory.clients.opening import open_record
from directory.clients.records import begin_with
from directory.models import Account, Client
from directory.storage import Session, Storage
from tests.cast import ROLES, address_of, make_town
from tests.clients import ALDER, actor
from tests.ground import put_into
from web.cli import main
from web.settings import Settings, read_settings
from web.verbs import now


@pytest.fixture
def settings(tmp_path: Path, ground_file: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A house with its key in a file, and the cast in it; the commands find it by the environment."""
    monkeypatch.setenv("HOMEGROUND_DATA_DIR", str(tmp_path / "data"))
    put_into(tmp_path / "data", ground_file)
    made = read_settings()
    storage = Storage(made.database_url)
    town = make_town(storage, at=now(), sealer=made.sealer())
    long_ago = now() - timedelta(days=400)
    with storage.writing(counting=True) as session:
        nia = actor(session, town, "nia", at=now())
        for ends in (True, False):
            client, _ = begin_with(session, nia, ALDER, at=long_ago, sealer=made.sealer())
            give_consent(session, client, ALDER, purpose="together", parts=("label",), language="en", how="spoken", by=nia.by, at=long_ago)
            open_record(session, client.id, nia, organization_id=ALDER, at=long_ago, sealer=made.sealer())
            if ends:
                end(session, client.id, nia, ALDER, at=long_ago)
    storage.close()
    return made


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def count(settings: Settings) -> int:
    storage = Storage(settings.database_url)
    with storage.reading() as session:
        found = session.query(Client).count()
    storage.close()
    return found


def test_a_dry_run_counts_and_changes_nothing(settings: Settings) -> None:
    said = run("clients", "forget", "--dry-run")
    assert (said.exit_code, "1 records of people whom nobody works with, closed for as long as their agency" in said.output) == (0, True), said.output
    assert count(settings) == 2
    assert "1 records of people" in run("clients", "forget").output
    assert count(settings) == 1
    assert "0 records of people" in run("clients", "forget").output


def test_a_log_that_was_tampered_with_fails_the_check(settings: Settings) -> None:
    assert run("clients", "verify").output.strip() == "2 logs are whole"
    storage = Storage(settings.database_url)
    with storage.writing() as session:
        session.connection().exec_driver_sql("update client_view set role = 'lead'")
    storage.close()
    said = run("clients", "verify")
    assert said.exit_code == 1
    assert said.output.count("BROKEN") == 2


def test_a_new_key_takes_over_and_the_older_may_go(settings: Settings) -> None:
    assert "There is a new key" in run("rotate-keys", "--new-key").output
    assert "secret.key.old is there still" in run("rotate-keys", "--new-key").output
    said = run("rotate-keys")
    assert said.exit_code == 0, said.output
    assert int(re.findall(r"(\d+) seals were made anew", said.output)[0]) == len(ROLES) + 2
    assert "0 seals" in run("rotate-keys").output
    (settings.data_dir / "secret.key.old").unlink()
    assert address_of("ana") in run("user", "list").output
    assert run("clients", "verify").exit_code == 0


def test_a_key_that_is_set_is_changed_where_it_is_set(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOMEGROUND_SECRET_KEY", "n" * 40)
    said = run("rotate-keys", "--new-key")
    assert (said.exit_code, "HOMEGROUND_OLD_SECRET_KEYS" in said.output) == (1, True)
    said = run("rotate-keys")
    assert said.exit_code == 1
    assert f"No key at hand opens {len(ROLES) + 2} seals" in said.output


@pytest.mark.parametrize("named", ["Alder House", str(ALDER)])
def test_the_first_caseworker_is_made_from_the_command_line(settings: Settings, named: str) -> None:
    assert run("user", "role", address_of("stella"), "caseworker", "--organization", named).exit_code == 0
    storage = Storage(settings.database_url)
    with storage.reading() as session:
        account = find_account(session, address_of("stella"), sealer=settings.sealer())
        assert account
        assert actor_of(session, account, level=2, confirmed_at=now()).casework == {find_organization(session, "Alder House").id}
    storage.close()
    assert run("user", "role", address_of("stella"), "caseworker", "--organization", named, "--take").exit_code == 0
    assert "caseworker" not in next(line for line in run("user", "list").output.splitlines() if "stella" in line)


@pytest.mark.parametrize("words", [("caseworker",), ("curator", "--organization", "Alder House"), ("lead", "--organization", "Nowhere")])
def test_a_role_in_the_wrong_place_is_not_given(settings: Settings, words: tuple[str, ...]) -> None:
    assert run("user", "role", address_of("stella"), *words).exit_code != 0


def test_a_break_in_is_listed_by_address_by_id_and_by_key(settings: Settings) -> None:
    """Rule P22: whose data could have been read, and whose was; at one organization, in one period."""
    at, storage, sealer = now(), Storage(settings.database_url), settings.sealer()
    with storage.writing(counting=True) as session:
        nia = actor_of(session, found_account(session, settings), level=2, confirmed_at=at)
        client, _ = begin_with(session, nia, ALDER, at=at, sealer=sealer)
        give_consent(session, client, ALDER, purpose="together", parts=("label",), language="en", how="spoken", by=nia.by, at=at)
        open_record(session, client.id, nia, organization_id=ALDER, at=at, sealer=sealer)
    storage.close()
    soon = ("--from", f"{at - timedelta(days=1):%Y-%m-%d}", "--to", f"{at + timedelta(days=1):%Y-%m-%d}")
    told = run("clients", "exposed", address_of("nia"), *soon)
    assert (told.exit_code, told.output.splitlines()[-1]) == (0, "1 records could be read, 1 of them were opened.")
    assert re.search(r"[A-Z2-9]{6}  holds; opened 1 times", told.output)
    found = msgspec.json.decode(run("clients", "exposed", str(nia.account_id), *soon, "--as", "json").stdout)
    assert [way["parts"] for one in found for way in one["ways"]] == [["label"]]
    rows = list(csv.reader(run("clients", "exposed", address_of("nia"), *soon, "--as", "csv").stdout.lstrip("\ufeff").splitlines()))
    assert (rows[0][2], [row[2] for row in rows[1:]]) == ("way", ["holds", "opened"])
    assert "0 records" in run("clients", "exposed", address_of("nia"), *soon, "--organization", "Northgate Advice").output
    assert "0 records" in run("clients", "exposed", address_of("nia"), *soon[:3], soon[1]).output
    key = run("clients", "exposed", f"key:{sealer.newest}", *soon)
    assert "3 records could be read, 0 of them were opened." in key.output
    before = run("clients", "exposed", address_of("nia"), "--from", f"{at - timedelta(days=500):%Y-%m-%d}", "--to", soon[1])
    assert before.output.count("no way that is on record; opened 1 times") == 2, "what was opened is told whatever is on record"


def found_account(session: Session, settings: Settings) -> Account:
    account = find_account(session, address_of("nia"), sealer=settings.sealer())
    assert account
    return account


@pytest.mark.parametrize(("words", "said", "code"), [
    (("key:none", "--from", "2026-01-01", "--to", "2026-02-01"), "There is no key 'none'", 1),
    (("nia@people.example", "--from", "2026-02-01", "--to", "2026-01-01"), "cannot end before it begins", 2),
])  # fmt: skip
def test_a_slip_in_the_question_is_never_answered_with_nobody(settings: Settings, words: tuple[str, ...], said: str, code: int) -> None:
    told = run("clients", "exposed", *words)
    assert (told.exit_code, said in told.output) == (code, True), told.output


def test_a_break_in_of_nobody_is_an_error(settings: Settings) -> None:
    told = run("clients", "exposed", "nobody@people.example", "--from", "2026-01-01", "--to", "2026-02-01")
    assert (told.exit_code, "There is no account" in told.output) == (1, True)
