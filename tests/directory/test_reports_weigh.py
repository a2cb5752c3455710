"""An open report of weight lowers the trust in its listing a little, once, until somebody answers it; a stranger cannot bury anything with it."""

from __future__ import annotations

from uuid import uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from directory.catalogue import Catalogue
from directory.models import Change, Report, Service
from directory.moves import moves_since
from directory.reports import ABOUT, answer, make_report
from directory.sealing import Sealer
from directory.storage import Storage
from matching.values import Inquiry
from matching.weights import SOURCE, SOURCE_REPORTED_WRONG, TRUST_FLOOR
from tests.cast import LISTINGS, make_town
from tests.make import NOON

LUNCH = LISTINGS["lunch"]


@pytest.fixture
def town(storage: Storage, sealer: Sealer) -> Catalogue:
    make_town(storage, at=NOON, sealer=sealer)
    with storage.writing() as session:
        service = session.get_one(Service, LUNCH)
        service.assured_date, service.assured_by = NOON.date(), "organization"
    return Catalogue(storage, clock=lambda: float("inf"))


def tell(storage: Storage, sealer: Sealer, about: str) -> Report:
    with storage.writing() as session:
        return make_report(session, LUNCH, about=about, words="Look at it.", email="", network=str(uuid4()), at=NOON, sealer=sealer)


def score(catalogue: Catalogue) -> tuple[float, bool]:
    """Of the lunch, read anew, and whether it is known to be reported wrong."""
    index = catalogue.refresh().index
    found = next(match for match in catalogue.search(Inquiry(text="lunch"), at=NOON).ranking.matches if match.service_id == str(LUNCH))
    row = index.find(found.id)
    return found.score, row is not None and row.reported_wrong


@pytest.mark.parametrize("about", sorted(ABOUT))
def test_what_sends_people_astray_weighs_and_nothing_else_does(town: Catalogue, storage: Storage, sealer: Sealer, about: str) -> None:
    before = score(town)
    tell(storage, sealer, about)
    after = score(town)
    weighs = about in ("phone_wrong", "closed", "moved")
    assert (after[0] < before[0], after[1]) == (weighs, weighs)
    assert after[0] >= 0.9 * before[0] - 1e-9


def test_ten_reports_weigh_as_much_as_one(town: Catalogue, storage: Storage, sealer: Sealer) -> None:
    tell(storage, sealer, "closed")
    once = score(town)
    for about in ["closed", "moved", "phone_wrong"] * 3:
        tell(storage, sealer, about)
    assert score(town) == once


@pytest.mark.parametrize("state", ["mended", "declined"])
def test_an_answer_of_either_kind_gives_the_trust_back_when_it_is_the_last(town: Catalogue, storage: Storage, sealer: Sealer, state: str) -> None:
    before, reports = score(town), [tell(storage, sealer, "closed"), tell(storage, sealer, "moved")]
    seen = []
    for report in reports:
        with storage.writing() as session:
            answer(session, session.get_one(Report, report.id), state=state, words="We looked.", by="account:1", at=NOON, sealer=sealer)
        seen.append(score(town) == before)
    assert seen == [False, True]


def test_every_index_hears_of_a_report_and_of_its_answer_as_of_a_small_change_that_hides_nothing(town: Catalogue, storage: Storage, sealer: Sealer) -> None:
    state = town.open()
    report = tell(storage, sealer, "closed")
    with storage.reading() as session:
        told = moves_since(session, state.seq, state.index)
    with storage.writing() as session:
        answer(session, session.get_one(Report, report.id), state="declined", words="It is open.", by="account:1", at=NOON, sealer=sealer)
    with storage.reading() as session:
        answered = moves_since(session, told.seq, state.index)
    assert [(moves.services, moves.is_small, moves.hides) for moves in (told, answered)] == [(frozenset({LUNCH}), True, False)] * 2


def test_the_log_says_nothing_of_what_was_written(town: Catalogue, storage: Storage, sealer: Sealer) -> None:
    report = tell(storage, sealer, "moved")
    with storage.reading() as session:
        (line,) = session.scalars(select(Change).where(Change.entity_id == report.id))
        assert msgspec.json.decode(line.after or "") == {"service_id": str(LUNCH), "about": "moved"}


@given(st.sampled_from(sorted(SOURCE.values())), st.floats(0, 1))
def test_a_report_takes_a_tenth_of_a_score_at_most(source: float, freshness: float) -> None:
    trust = [TRUST_FLOOR + (1 - TRUST_FLOOR) * freshness * weight for weight in (source, SOURCE_REPORTED_WRONG)]
    assert 0.9 * trust[0] - 1e-9 <= trust[1] <= trust[0]
