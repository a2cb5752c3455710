"""The demonstration place in a house of its own, for proofs of privacy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.directory.conftest import bring  # noqa: F401   # a fixture of the directory's tests, for imports by strangers
from tests.trust.worlds import World, make_world


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, ground_file: Path) -> Iterator[World]:
    """A world of this module alone, with the secrets that the demonstration ships."""
    made = make_world(tmp_path_factory.mktemp("world"), ground_file)
    yield made
    made.storage.close()
