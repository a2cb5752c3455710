"""Tests of ``homeground user``: the first administrator, roles, closing, a lost second factor, and one plain line for what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from directory.accounts.people import check_sign_in
from directory.sealing import Sealer, key_file
from directory.storage import Storage, sqlite_url
from tests.ground import put_into
from web.cli import main

EMAIL = "dov@people.example"
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, ground_file: Path) -> Run:
    put_into(tmp_path / "data", ground_file)
    environ = {"HOMEGROUND_DATA_DIR": str(tmp_path / "data"), "HOMEGROUND_BASE_URL": "https://home.example"}
    return lambda *words, said="": CliRunner().invoke(main, ["user", *words], env=environ, input=said)


def may_sign_in(tmp_path: Path, password: str) -> bool:
    storage = Storage(sqlite_url(tmp_path / "data" / "homeground.sqlite3"))
    with storage.reading() as session:
        found = check_sign_in(session, EMAIL, password, sealer=Sealer.of(key_file(tmp_path / "data" / "secret.key")))
    storage.close()
    return found is not None


def test_the_first_administrator_is_made_with_a_password_that_no_list_of_processes_shows(run: Run, tmp_path: Path) -> None:
    done = run("add", EMAIL, "--name", "Dov", "--role", "administrator", "--password-stdin", said="seven geese over water\n")
    assert (done.exit_code, done.output) == (0, "Dov may sign in\n")
    assert may_sign_in(tmp_path, "seven geese over water")
    assert "dov@people.example  Dov  administrator  no second factor" in run("list").output


def test_without_a_password_there_is_a_link_to_sign_in_with(run: Run) -> None:
    assert "https://home.example/account/enter/" in run("add", EMAIL, "--name", "Dov", "--role", "administrator").output
    assert run("link", EMAIL).output.startswith("https://home.example/account/enter/")


def test_roles_are_given_and_taken_and_accounts_closed_and_opened(run: Run) -> None:
    run("add", EMAIL, "--name", "Dov", "--role", "administrator")
    run("add", "cora@people.example", "--name", "Cora")
    assert run("role", "cora@people.example", "curator").exit_code == 0
    assert "Cora  curator" in run("list").output
    assert run("role", "cora@people.example", "curator", "--take").exit_code == 0
    assert run("deactivate", "cora@people.example").exit_code == 0
    assert "closed" in run("list").output
    assert run("deactivate", "cora@people.example", "--undo").exit_code == 0
    assert "closed" not in run("list").output
    assert run("reset-second-factor", "cora@people.example").exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "no address", "--name", "x"), "e-mail address"), (("add", "a@people.example", "--name", ""), "name"),
        (("add", EMAIL, "--name", "Dov again"), "already"), (("role", "nobody@people.example", "curator"), "no account"),
        (("deactivate", EMAIL), "last administrator"), (("role", EMAIL, "administrator", "--take"), "last administrator"),
        (("link", "nobody@people.example"), "no account"),
    ],
)
def test_what_cannot_be_done_is_one_plain_line(run: Run, words: tuple[str, ...], said: str) -> None:
    run("add", EMAIL, "--name", "Dov", "--role", "administrator")
    done = run(*words)
    assert done.exit_code == 1
    assert said in done.output
    assert done.output.startswith("Error: ")
    assert done.output.count("\n") == 1


def test_a_password_that_others_would_try_is_refused(run: Run) -> None:
    done = run("add", EMAIL, "--name", "Dov", "--password-stdin", said="password123\n")
    assert done.exit_code == 1
    assert "a few words in a row" in done.output.lower()
    assert "no account yet" in run("list").output
