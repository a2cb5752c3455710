"""Who may see what, against a slow model of it that is written from the sentences of the house and not from the code."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as some

from directory.clients.consents import Agreed
from directory.clients.parts import OWN, PARTS
from directory.clients.rules import Standing, may_know, may_write, parts_open

AT = datetime(2026, 11, 24, 17, tzinfo=UTC)
AGENCIES = [UUID(int=1), UUID(int=2)]
moments = some.integers(-3, 3).map(lambda hours: AT + timedelta(hours=hours))
consents = some.builds(
    Agreed, id=some.uuids(), client_id=some.just(UUID(int=9)), organization_id=some.sampled_from(AGENCIES),
    purpose=some.sampled_from(["together", "supervision", "referral", "peers"]),
    parts=some.lists(some.sampled_from(PARTS), max_size=6).map(tuple), how=some.just("self"), language=some.just("en"), starts_at=moments, ends_at=moments,
    withdrawn_at=some.none() | moments,
)  # fmt: skip
standings = some.builds(
    Standing, organization_id=some.none() | some.sampled_from(AGENCIES), is_self=some.booleans(), is_caseworker=some.booleans(), is_lead=some.booleans(),
    in_caseload=some.booleans(), in_agency=some.booleans(), reason=some.sampled_from(["", "  ", "ill today"]),
)  # fmt: skip


def model(standing: Standing, given_consents: list[Agreed], part: str) -> bool:
    if standing.is_self:
        return True
    if part in OWN or standing.organization_id is None:
        return False
    for one in given_consents:
        ended = one.ends_at <= AT or (one.withdrawn_at is not None and one.withdrawn_at <= AT)
        if one.organization_id != standing.organization_id or part not in one.parts or one.starts_at > AT or ended:
            continue
        if one.purpose == "together" and standing.is_caseworker and (standing.in_caseload or (standing.in_agency and standing.reason.strip() != "")):
            return True
        if one.purpose == "supervision" and standing.is_lead and standing.in_agency:
            return True
    return False


@settings(max_examples=2_000, deadline=None)
@given(standings, some.lists(consents, max_size=5))
def test_a_part_is_open_just_when_a_living_consent_covers_it(standing: Standing, agreed: list[Agreed]) -> None:
    assert list(parts_open(standing, agreed, PARTS, AT)) == [part for part in PARTS if model(standing, agreed, part)]


@given(standings, some.lists(consents, max_size=5), some.booleans())
def test_nobody_writes_what_they_may_not_see(standing: Standing, agreed: list[Agreed], has_account: bool) -> None:
    for part in PARTS:
        if may_write(standing, agreed, part, has_account=has_account, at=AT):
            assert model(standing, agreed, part)
            assert standing.is_self or not has_account


@given(standings, some.lists(consents, max_size=5))
def test_taking_a_consent_back_never_opens_anything(standing: Standing, agreed: list[Agreed]) -> None:
    for left_out in range(len(agreed)):
        assert set(parts_open(standing, agreed[:left_out] + agreed[left_out + 1:], PARTS, AT)) <= set(parts_open(standing, agreed, PARTS, AT))


@given(standings)
def test_who_may_not_know_of_a_record_sees_nothing_of_it(standing: Standing) -> None:
    everything = [
        Agreed(
            id=UUID(int=1), client_id=UUID(int=9), organization_id=agency, purpose=purpose, parts=PARTS, how="self", language="en", starts_at=AT,
            ends_at=AT + timedelta(days=1), withdrawn_at=None,
        )
        for agency in AGENCIES for purpose in ("together", "supervision")
    ]
    if not may_know(standing) and not standing.in_caseload:   # who has a client at an agency is with that agency
        assert parts_open(standing, everything, PARTS, AT) == ()
