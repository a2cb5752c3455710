"""The page of a listing tells its hours in sentences, with the dates that differ, and "open now" says the same."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from litestar.testing import TestClient

from directory.catalogue import Catalogue
from directory.models import Schedule
from directory.storage import Storage
from directory.timetable.values import SpecialDays
from directory.timetable.writing import schedules_of
from tests.directory.timetable.made import make_id
from tests.directory.timetable.test_rows import FULL
from tests.ground import KEY
from tests.make import NOON, make_service
from web.app import create_app
from web.settings import read_settings

YESTERDAY = NOON.date() - timedelta(days=1)
HELD = msgspec.structs.replace(FULL, specials=(*FULL.specials, SpecialDays(first=YESTERDAY, last=YESTERDAY), SpecialDays(first=NOON.date(), last=NOON.date())))


@pytest.fixture
def listing(storage: Storage) -> UUID:
    with storage.writing() as session:
        service = make_service(session, "Bike Kitchen")
        for position, row in enumerate(schedules_of(HELD, make_id, on=NOON.date())):
            said = {name: value for name, value in msgspec.structs.asdict(row).items() if name != "attributes"}
            session.add(Schedule(**said, service_id=service.id, position=position))
        return service.id


def test_the_page_says_every_line_and_what_is_over_no_more(storage: Storage, listing: UUID, tmp_path: Path) -> None:
    settings = read_settings({"HOMEGROUND_DATA_DIR": str(tmp_path), "HOMEGROUND_BASE_URL": "https://home.example", "HOMEGROUND_SECRET_KEY": KEY})
    app = create_app(settings, storage, Catalogue(storage), lambda: NOON + timedelta(hours=6))   # ten in the morning in Los Angeles
    with TestClient(app) as client:
        page = client.get(f"/listings/{listing}").text
    for line in (
        "Monday to Thursday 9:00 am to 12:30 pm and 1:30 pm to 5:00 pm",
        "Second and last Tuesday of the month 6:30 pm to 8:00 pm",
        "Every year from 1 June to 31 August also Saturday 10:00 am to noon",
        "Closed on Monday 23 November 2026",
        "Closed on Friday 25 December 2026 (Christmas Day)",
        "Closed on public holidays (California, United States)",
    ):
        assert f"<li>{line}</li>" in page
    assert "22 November" not in page
    assert "Times are those of Los Angeles." in page
    assert "<strong>Closed now, next open tomorrow 9:00 am</strong>" in page
    assert "In their words: Ring the lower bell." in page
