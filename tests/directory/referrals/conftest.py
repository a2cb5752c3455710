"""Rosa's record with some of her papers, in the cast's town; on both engines."""

from __future__ import annotations


import pytest

from directory.clients.consents import give_consent
from directory.clients.records import take_on
from directory.sealing import Sealer
from directory.storage import Storage
from tests.cast import make_town
from tests.clients import ALDER, actor
from tests.referred import AT, Loop, make_papers


@pytest.fixture
def loop(storage: Storage, sealer: Sealer) -> Loop:
    """Rosa, who works with Nia and lets Alder House see what she is called, her own words and how to reach her."""
    town = make_town(storage, at=AT, sealer=sealer)
    with storage.writing() as session:
        client = make_papers(session, town, at=AT, sealer=sealer)
        take_on(session, client, ALDER, account_id=town.accounts["nia"], at=AT)
        by = actor(session, town, "rosa", at=AT).by
        give_consent(session, client, ALDER, purpose="together", parts=("label", "own_words", "contact"), language="en", how="self", by=by, at=AT)
        return Loop(storage, sealer, town, client.id)


