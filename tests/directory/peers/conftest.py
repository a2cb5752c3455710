"""A circle with the cast, on both databases."""

from __future__ import annotations

import pytest

from directory.sealing import Sealer
from directory.storage import Storage
from tests.cast import make_town
from tests.peers import AT, Circle, circle_of


@pytest.fixture
def circle(storage: Storage, sealer: Sealer) -> Circle:
    """The circle of Alder House, with nobody in it yet."""
    town = make_town(storage, at=AT, sealer=sealer)
    return circle_of(storage, sealer, town)
