"""Signing in, out, being revoked, writing late and changing roles, in any order: a model says who may answer, and no id that was revoked ever does."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from directory.accounts import registry
from directory.accounts.people import get_account, make_account
from directory.accounts.sign_ins import IDLE, LONGEST, Visit, find_visit, rotate, sign_in, sign_out, sign_out_everywhere, touch
from directory.sealing import Sealer
from directory.storage import Storage, sqlite_url

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SEALER = Sealer({"test": b"k" * 32})
NAMES = ("ana", "ben")


class Browsers(RuleBasedStateMachine):
    """Two people with any number of browsers. ``alive`` holds (whose, made, seen) by id; ``dead`` every id that ended; ``late`` requests under way."""

    file: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="interleave-"))
        shutil.copy(self.file, self.folder / "db.sqlite3")
        self.storage = Storage(sqlite_url(self.folder / "db.sqlite3"))
        self.at = AT
        self.alive: dict[str, tuple[str, datetime, datetime]] = {}
        self.dead: set[str] = set()
        self.late: list[tuple[str, Visit]] = []
        self.level: dict[str, int] = {}

    @initialize()
    def people(self) -> None:
        with self.storage.writing() as session:
            accounts = [make_account(session, name=name, email=f"{name}@people.example", password=None, at=AT, sealer=SEALER) for name in NAMES]
            registry.give_role(session, accounts[0], "curator", by="tests", at=AT)
            self.ids = {name: account.id for name, account in zip(NAMES, accounts, strict=True)}

    def end(self, *tokens: str) -> None:
        for token in tokens:
            self.alive.pop(token, None)
            self.dead.add(token)

    def of(self, name: str) -> list[str]:
        return [token for token, (whose, _, _) in self.alive.items() if whose == name]

    def fresh(self) -> None:
        self.end(*[token for token, (_, made, seen) in self.alive.items() if self.at - made > LONGEST or self.at - seen > IDLE])

    @rule(name=st.sampled_from(NAMES), level=st.sampled_from([1, 2]))
    def login(self, name: str, level: int) -> None:
        with self.storage.writing() as session:
            token = sign_in(session, get_account(session, self.ids[name]), level=level, at=self.at)
        assert token not in self.alive
        assert token not in self.dead
        self.alive[token], self.level[token] = (name, self.at, self.at), level

    @precondition(lambda self: self.alive)
    @rule(data=st.data())
    def logout(self, data: Any) -> None:
        token = list(self.alive)[data.draw(st.integers(0, len(self.alive) - 1))]
        with self.storage.writing() as session:
            sign_out(session, token, at=self.at)
        self.end(token)

    @rule(name=st.sampled_from(NAMES))
    def revoke(self, name: str) -> None:
        with self.storage.writing() as session:
            sign_out_everywhere(session, self.ids[name], at=self.at)
        self.end(*self.of(name))

    @rule(name=st.sampled_from(NAMES), give=st.booleans())
    def change_role(self, name: str, give: bool) -> None:
        with self.storage.writing() as session:
            account = get_account(session, self.ids[name])
            if give or not registry.get_listed(session, account, sealer=SEALER).roles:
                registry.give_role(session, account, "curator", by="tests", at=self.at)
            else:
                registry.take_role(session, account, "curator", by="tests", at=self.at)
        self.end(*self.of(name))

    @precondition(lambda self: self.alive)
    @rule(data=st.data())
    def slow_request_begins(self, data: Any) -> None:
        token = list(self.alive)[data.draw(st.integers(0, len(self.alive) - 1))]
        with self.storage.reading() as session:
            visit = find_visit(session, token, at=self.at)
        assert visit
        self.late.append((token, visit))

    @precondition(lambda self: self.late)
    @rule(data=st.data(), rises=st.booleans())
    def slow_request_writes(self, data: Any, rises: bool) -> None:
        token, visit = self.late.pop(data.draw(st.integers(0, len(self.late) - 1)))
        with self.storage.writing() as session:
            if not rises:
                assert not touch(session, visit, at=self.at) or token in self.alive, "a late request brought a browser back"
                if token in self.alive and (found := find_visit(session, token, at=self.at)):
                    name, made, _ = self.alive[token]
                    self.alive[token] = name, made, found.seen_at
                return
            new = rotate(session, visit, level=2, at=self.at)
        assert new is None or token in self.alive, "a late request brought a browser back"
        if new:
            name, made, _ = self.alive[token]
            self.end(token)
            self.alive[new], self.level[new] = (name, made, self.at), 2

    @rule(minutes=st.integers(1, 40))
    def time_goes_by(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)
        self.fresh()

    @invariant()
    def whoever_answers_is_alive_and_who_they_are(self) -> None:
        with self.storage.reading() as session:
            for token in sorted(self.dead):
                assert find_visit(session, token, at=self.at) is None
            for token, (name, _, _) in self.alive.items():
                visit = find_visit(session, token, at=self.at)
                assert visit, "somebody was signed out for nothing"
                assert (visit.actor.account_id, visit.level) == (self.ids[name], self.level[token])
                assert not (visit.actor.has("curator") and self.level[token] < 2)

    def teardown(self) -> None:
        self.storage.close()
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.mark.parametrize("rounds", [100])
def test_no_id_that_was_revoked_ever_answers(migrated_file: Path, rounds: int) -> None:
    Browsers.file = migrated_file
    often = settings(max_examples=rounds, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))   # 100 stories of up to 20 steps each
    run_state_machine_as_test(Browsers, settings=often)
