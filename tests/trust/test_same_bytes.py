"""The same question at the same moment gets the same bytes, from any process: nothing hangs on the order of a set or on a hash seed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.trust.worlds import make_world

ROOT = Path(__file__).parent.parent.parent
ASKED = 40
PROGRAM = """
import hashlib, sys
from directory.storage import Storage
from tests.trust.asking import ask_all
from tests.trust.questions import Stranger, know
from tests.trust.test_two_worlds import SECRETS
from tests.trust.worlds import open_world, settings_in
from pathlib import Path
settings = settings_in(Path(sys.argv[1]))
world = open_world(settings, Storage(settings.database_url))
stranger = Stranger(know(world, SECRETS), 7)
asks = [stranger.match() for _ in range(int(sys.argv[2]))] + [stranger.search() for _ in range(10)] + stranger.asks(30)
for ask, answer in zip(asks, ask_all(world.app, asks), strict=True):
    print(ask.path, answer.status, hashlib.sha256(repr(answer).encode()).hexdigest())
"""


def asked_with(seed: str, folder: Path) -> list[str]:
    command = [sys.executable, "-c", PROGRAM, str(folder), str(ASKED)]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, ground_file: Path) -> Path:
    made = tmp_path_factory.mktemp("bytes")
    make_world(made, ground_file).storage.close()
    return made


def test_two_processes_with_other_hash_seeds_answer_byte_for_byte_alike(folder: Path) -> None:
    first, second = asked_with("1", folder), asked_with("20261122", folder)
    assert len(first) == ASKED + 40
    assert len({line.split()[2] for line in first if line.startswith("/api/match 200")}) > ASKED // 2
    assert first == second
