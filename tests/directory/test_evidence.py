"""What sentences are evidence of, on disk: a second process works nothing out, and what is damaged, old or cannot be written costs time and nothing else."""

from __future__ import annotations

import random
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from directory.catalogue import Catalogue
from directory.evidence import KeptEvidence
from directory.keeping import alone
from directory.states import Reader
from directory.storage import Storage
from directory.vocabularies import load_terms
from matching.files import Arrays, begun_at
from matching.values import Inquiry, Term
from tests.make import NOON, make_service

ARRAYS: Arrays = {"supports/keys": np.arange(40), "supports/values": np.arange(40, dtype=np.int16), "danger/keys": np.arange(0)}


def never() -> Arrays:
    """What nobody has to make."""
    raise AssertionError("It was made again.")


def same(found: Arrays) -> bool:
    return found.keys() == ARRAYS.keys() and all((found[name] == one).all() and found[name].dtype == one.dtype for name, one in ARRAYS.items())


def test_what_one_process_made_the_next_one_reads(tmp_path: Path) -> None:
    assert KeptEvidence(tmp_path / "index", "words 1")(lambda: ARRAYS) is ARRAYS
    assert same(KeptEvidence(tmp_path / "index", "words 1")(never))


def test_of_other_words_it_is_made_anew(tmp_path: Path) -> None:
    KeptEvidence(tmp_path, "words 1")(lambda: {"supports/keys": np.arange(3)})
    assert KeptEvidence(tmp_path, "words 2").read() is None
    assert same(KeptEvidence(tmp_path, "words 2")(lambda: ARRAYS))
    assert same(KeptEvidence(tmp_path, "words 2")(never))


def test_it_is_for_its_owner_only(tmp_path: Path) -> None:
    kept = KeptEvidence(tmp_path / "index", "words")
    kept(lambda: ARRAYS)
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.path.parent.stat().st_mode) == 0o700


def test_damage_is_always_found_and_mended(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    kept, dice = KeptEvidence(tmp_path, "words"), random.Random(7)
    kept(lambda: ARRAYS)
    whole = kept.path.read_bytes()
    for place in [0, len(whole) - 1, *(dice.randrange(len(whole)) for _ in range(200))]:
        damaged = bytearray(whole)
        damaged[place] ^= 1 << dice.randrange(8)
        kept.path.write_bytes(damaged)
        assert kept.read() is None
    assert "damaged" in caplog.text
    assert same(kept(lambda: ARRAYS))
    assert same(KeptEvidence(tmp_path, "words")(never))


@pytest.mark.parametrize("length", [0, 1, 30, 200])
def test_a_file_that_was_cut_short_is_made_anew(tmp_path: Path, length: int) -> None:
    kept = KeptEvidence(tmp_path, "words")
    kept(lambda: ARRAYS)
    kept.path.write_bytes(kept.path.read_bytes()[:length])
    assert same(kept(lambda: ARRAYS))
    assert same(kept(never))


def test_who_cannot_write_works_it_out_and_says_so(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "a file").write_bytes(b"")
    assert KeptEvidence(tmp_path / "a file" / "index", "words")(lambda: ARRAYS) is ARRAYS
    assert "cannot be kept on disk" in caplog.text


def test_what_a_stopped_writer_left_is_taken_away(tmp_path: Path) -> None:
    kept = KeptEvidence(tmp_path, "words")
    begun_at(kept.path).write_bytes(b"half")
    kept(lambda: ARRAYS)
    assert not begun_at(kept.path).exists()
    assert same(kept(never))


def test_while_another_one_writes_nobody_waits(tmp_path: Path) -> None:
    kept = KeptEvidence(tmp_path, "words")
    with alone(tmp_path / "evidence.lock", wait_seconds=0.0) as held:
        assert held
        assert kept(lambda: ARRAYS) is ARRAYS
        assert not kept.path.exists()
    kept(lambda: ARRAYS)
    assert same(kept(never))


def test_many_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    started, found = threading.Barrier(8), list[Arrays]()

    def work() -> None:
        started.wait()
        found.append(KeptEvidence(tmp_path, "words")(lambda: ARRAYS))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=30)
    assert len(found) == 8
    assert all(map(same, found))
    assert same(KeptEvidence(tmp_path, "words")(never))


# --- in a directory


def says(*sentences: str) -> Callable[[Storage], None]:
    """Put a kind of support with sentences into a directory."""
    term = Term(taxonomy="supports", code="rescue", label="Rescue", sayings=sentences)
    quiet = Term(taxonomy="supports", code="quiet", label="Quiet", sayings=("a calm room to sit in", "tea and no talk"))

    def put(storage: Storage) -> None:
        with storage.writing() as session:
            load_terms(session, taxonomy="supports", name="Supports", description="", version="1", terms=[term, quiet], by="test", at=NOON)

    return put


def meant(storage: Storage, folder: Path | None, text: str) -> dict[str, float]:
    """What a process that starts now reads in a text."""
    with storage.reading() as session:
        return dict(Reader(timezone="UTC", country="US", folder=folder).words(session).vocabulary.meant(text))


def test_a_directory_keeps_it_beside_its_index(storage: Storage, tmp_path: Path) -> None:
    says("the boat went down", f"pull us out of the river {uuid4().hex}")(storage)   # nobody in this process has read these words
    with storage.writing() as session:
        make_service(session, "Harbour House")
    catalogue = Catalogue(storage, folder=tmp_path / "index")
    catalogue.open()
    catalogue.search(Inquiry(text="the boat went down"), at=NOON)
    assert (tmp_path / "index" / "evidence").exists()


def test_words_read_from_disk_say_what_they_said(storage: Storage, tmp_path: Path) -> None:
    says("the boat went down", "pull us out of the river")(storage)
    first = meant(storage, tmp_path, "our boat went down")
    assert first["rescue"] > 0
    assert meant(storage, tmp_path, "our boat went down") == first == meant(storage, None, "our boat went down")


def test_when_the_sentences_change_so_does_what_they_say(storage: Storage, tmp_path: Path) -> None:
    says("the boat went down", "pull us out of the river")(storage)
    before = meant(storage, tmp_path, "the wall is burning")
    says("the wall is burning", "a ladder against the wall")(storage)
    assert before == {}
    assert meant(storage, tmp_path, "the wall is burning")["rescue"] > 0
