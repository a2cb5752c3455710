"""Every order of messages, ends, blocks, reports, waits and erasures against a model of a few lines: who reads what, and what is left of it.

The invariants: a third person never reads; nobody reads after the end, or what is too old; what went is in no row and in no byte of the files.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace
from sqlalchemy import select

from directory.clients.erasing import erase_client, scrub
from directory.errors import NotFound, Stale
from directory.models import Base, Client, IntroductionKey
from directory.peers.ending import forget_traces
from directory.peers.reports.kept import open_report
from directory.peers.talking.forgetting import forget_due
from directory.peers.talking.messages import DAYS, keep_for
from directory.sealing import Sealer
from directory.storage import Storage, sqlite_url
from tests.cast import make_town
from tests.peers import AT, Circle
from tests.talked import Talk, talk_of

SEALER = Sealer({"test": b"k" * 32})
PAIR = st.sampled_from(("rosa", "sol"))
OTHER = {"rosa": "sol", "sol": "rosa"}
MADE: dict[str, Any] = {}


@pytest.fixture(scope="module", autouse=True)
def made(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Rosa and Sol, introduced, in a file to copy for every run."""
    path = tmp_path_factory.mktemp("machine") / "start.sqlite3"
    shutil.copy(migrated_file, path)
    storage = Storage(sqlite_url(path))
    talk = talk_of(storage, SEALER, make_town(storage, at=AT, sealer=SEALER), at=AT)
    storage.close()
    MADE.update(path=path, talk=talk)


class Machine(RuleBasedStateMachine):
    """The real thing and its model: what was written (who, words, when), how long each keeps, what has ended and who is gone."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(MADE["path"], self.folder / "run.sqlite3")
        before: Talk = MADE["talk"]
        storage = Storage(sqlite_url(self.folder / "run.sqlite3"))
        circle = Circle(storage, SEALER, replace(before.circle.town, storage=storage), before.circle.scheme, AT)
        self.talk = Talk(circle, before.key)
        self.ids = {name: circle.client_id(name) for name in OTHER}
        self.written: list[tuple[str, str, Any]] = []
        self.days = dict.fromkeys(OTHER, 30)
        self.told: dict[str, list[str]] = {name: [] for name in OTHER}
        self.gone: set[str] = set()
        self.over = False
        self.shredded: list[str] = []

    def alive(self, name: str) -> bool:
        return name not in self.gone

    def expect(self, name: str, error: type[Exception] | None, act: Any) -> Any:
        """Do it; an end refuses it kindly, and where a record is erased there is nothing."""
        wanted = NotFound if self.gone else error
        if wanted is None:
            return act()
        with pytest.raises(wanted):
            act()
        return None

    @rule(name=PAIR, number=st.integers(0, 5))
    def write(self, name: str, number: int) -> None:
        words = f"zebra-{name}-{number}"
        last = self.readable()[-1:]
        self.expect(name, Stale if self.over else None, lambda: self.talk.write(name, words))
        twice = last and last[0][:2] == (name, words) and self.talk.circle.at - last[0][2] < timedelta(minutes=2)
        if not self.over and not self.gone and not twice:
            self.written.append((name, words, self.talk.circle.at))

    @rule(name=PAIR, how=st.sampled_from(("end", "block")))
    def part(self, name: str, how: str) -> None:
        self.note_seals()
        self.expect(name, None, lambda: getattr(self.talk, how)(name))
        self.over = True
        assert forget_traces(self.talk.storage)

    @rule(name=PAIR)
    def tell(self, name: str) -> None:
        shown = (1, 2, 3)
        self.expect(name, None, lambda: self.talk.report(name, f"zebra-report-{name}", *shown))
        if not self.gone:
            self.told[name].append(f"zebra-report-{name}")

    @rule(name=PAIR, days=st.sampled_from(DAYS))
    def keep(self, name: str, days: int) -> None:
        def act() -> None:
            with self.talk.storage.writing(counting=True) as session:
                keep_for(session, self.talk.between(session, name, hold=True), days, at=self.talk.circle.at)

        self.note_seals()
        self.expect(name, Stale if self.over else None, act)
        if not self.over and not self.gone:
            self.days[name] = days
            self.written = self.readable()
            assert forget_traces(self.talk.storage)

    @rule(hours=st.sampled_from((0.01, 1, 30, 24 * 6, 24 * 29)))
    def wait(self, hours: float) -> None:
        self.talk.circle.later(hours=hours)

    @rule()
    def forget(self) -> None:
        self.note_seals()
        forget_due(self.talk.storage, at=self.talk.circle.at)
        self.written = self.readable()

    @rule(name=PAIR)
    @precondition(lambda self: len(self.gone) < 2)
    def erase(self, name: str) -> None:
        if not self.alive(name):
            return
        self.note_seals(everything=True)
        with self.talk.storage.writing() as session:
            erase_client(session, session.get_one(Client, self.ids[name]), at=self.talk.circle.at, sealer=SEALER)
        assert scrub(self.talk.storage)
        self.gone.add(name)
        self.told[name] = []
        self.over = True

    def readable(self) -> list[tuple[str, str, Any]]:
        """What the model says that both may read."""
        kept = timedelta(days=min(self.days.values()))
        return [] if self.over else [one for one in self.written if one[2] > self.talk.circle.at - kept]

    def note_seals(self, *, everything: bool = False) -> None:
        """Remember the seals of what is there, to look for them afterwards."""
        with self.talk.storage.reading() as session:
            self.seals = {row.sealed for row in self.talk.rows(session)}
            row = session.get(IntroductionKey, self.talk.key)
            self.seals |= {row.wrapped} if row else set()
            self.seals |= {report.passages for report in self.talk.reports(session) if report.passages} if everything else set()
            self.shredded += sorted(self.seals)

    @invariant()
    def each_reads_exactly_what_the_model_says(self) -> None:
        for name in OTHER:
            if self.gone:
                with pytest.raises(NotFound):
                    self.talk.read(name)
                continue
            assert [(one.is_mine, one.words) for one in self.talk.read(name)] == [(who == name, words) for who, words, _ in self.readable()]

    @invariant()
    def a_third_person_never_reads(self) -> None:
        for name in ("farah", "wen", "imani", "stella"):
            with pytest.raises(NotFound):
                self.talk.read(name)

    @invariant()
    def what_went_is_nowhere(self) -> None:
        with self.talk.storage.reading() as session:
            rows = "\n".join(str(value) for table in Base.metadata.sorted_tables for row in session.execute(select(table)) for value in row)
        files = b"".join(path.read_bytes() for path in self.folder.iterdir())
        assert "zebra" not in rows
        assert b"zebra" not in files
        left = [seal for seal in self.shredded if seal not in rows]
        assert not [seal for seal in left if seal.encode() in files], "what no row holds, no byte of the files does"
        assert not self.over or not [seal for seal in self.shredded if seal in rows and not self._is_of_a_report(seal)]

    @invariant()
    def reports_hold_what_their_writers_told(self) -> None:
        with self.talk.storage.reading() as session:
            for row in self.talk.reports(session):
                words, _, passages = open_report(row, sealer=SEALER)
                name = words.rpartition("-")[2]
                assert self.alive(name)
                assert all(passage.words.startswith(f"zebra-{OTHER[name] if passage.is_theirs else name}") for passage in passages)
                assert self.alive(OTHER[name]) or not any(passage.is_theirs for passage in passages)

    def _is_of_a_report(self, seal: str) -> bool:
        with self.talk.storage.reading() as session:
            return any(seal == row.passages for row in self.talk.reports(session))

    def teardown(self) -> None:
        if hasattr(self, "talk"):
            self.talk.storage.close()
            shutil.rmtree(self.folder)


Machine.TestCase.settings = settings(max_examples=15, stateful_step_count=14, deadline=None)
TestTalking = Machine.TestCase
