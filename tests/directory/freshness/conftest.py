"""The cast's town on both engines, with a sealer: Riverside Kitchen is kept by Ana, Hillview Library by Emil."""

from __future__ import annotations

import pytest

from directory.sealing import Sealer
from directory.storage import Storage
from tests.cast import Town, make_town
from tests.ground import MOMENT


@pytest.fixture
def town(storage: Storage, sealer: Sealer) -> Town:
    """Two organizations with three listings, all confirmed on 1 September 2026; the day is 24 November."""
    return make_town(storage, at=MOMENT, sealer=sealer)
