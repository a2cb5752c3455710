"""Rosa keeps a record of her own."""

from __future__ import annotations

from collections.abc import Mapping

from directory.clients.records import begin_own
from tests.clients import actor
from tests.web.second_door import SecondDoor


def things(door: SecondDoor) -> Mapping[str, str]:
    with door.storage.writing() as session:
        begin_own(session, actor(session, door.town, "rosa", at=door.at), at=door.at, sealer=door.sealer)
    return {}
