"""What the tests of the views share: every listing of the demonstration as a card."""

from __future__ import annotations

import pytest

from directory.catalogue import Catalogue
from directory.listings import Card
from matching.values import Inquiry
from tests.web.conftest import MOMENT


@pytest.fixture(scope="session")
def cards(web_catalogue: Catalogue) -> list[Card]:
    """Every listing that a search can show."""
    found = [web_catalogue.search(Inquiry(limit=100, offset=offset), at=MOMENT) for offset in (0, 100, 200, 300)]
    return [card for page in found for card in page.cards]
