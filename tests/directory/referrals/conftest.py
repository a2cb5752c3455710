"""Rosa's record with some of her papers, in the cast's town; on both engines."""

from __future__ import annotations

import pytest

from directory.sealing import Sealer
from directory.storage import Storage
from tests.cast import make_town
from tests.referred import AT, Loop, loop_of


@pytest.fixture
def loop(storage: Storage, sealer: Sealer) -> Loop:
    """Rosa, who works with Nia and lets Alder House see some of it."""
    return loop_of(storage, sealer, make_town(storage, at=AT, sealer=sealer), at=AT)
