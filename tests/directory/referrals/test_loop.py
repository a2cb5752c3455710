"""The loop closes: sent with a consent for exactly its parts, answered, taken back at any moment, never forgotten; and no letter says anything of anybody."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
import pytest
from sqlalchemy import select

from directory.clients.consents import give_consent, withdraw
from directory.clients.keys import locker_of
from directory.clients.opening import open_record, write_part
from directory.clients.records import begin_with
from directory.clients.watching import broken_at, list_views
from directory.errors import Invalid, NotFound, NotPermitted, Stale
from directory.models import Client, ClientEvent, Consent, Mail, Referral, ReferralLetter, Role
from directory.outbox import deliver_due
from directory.referrals import lists
from directory.referrals.due import Round, follow_due
from directory.referrals.letters import SUBJECT, referral_of
from directory.referrals.moving import steps_of
from directory.referrals.reaching import OVER, TAKEN_BACK, Gone, agency_referral, own_referral, received
from directory.referrals.withdrawing import withdraw_referral
from tests.cast import LISTINGS, ORGANIZATIONS
from tests.clients import ALDER, NORTH, actor
from tests.referred import AT, KITCHEN, PAPERS, Loop

BASE = "https://home.example"


def run(loop: Loop, at: datetime) -> Round:
    return follow_due(loop.storage, at=at, sealer=loop.sealer, base_url=BASE)


def test_sending_makes_a_consent_for_exactly_what_was_sent(loop: Loop) -> None:
    key = loop.sent("label", "contact")
    with loop.storage.reading() as session:
        referral = session.get_one(Referral, key)
        consent = session.get_one(Consent, referral.consent_id)
        kinds = session.scalars(select(ClientEvent.kind).where(ClientEvent.ref == str(key))).all()
    assert (consent.purpose, consent.organization_id, msgspec.json.decode(consent.parts), consent.how) == ("referral", KITCHEN, ["label", "contact"], "self")
    assert (referral.state, referral.answer_by, list(kinds)) == ("sent", (AT + timedelta(days=7)).date(), ["referred"])


def test_letters_say_nothing_of_anybody(loop: Loop) -> None:
    loop.sent(*PAPERS.keys() - {"scales"})
    loop.draft(service_id=LISTINGS["reading"], note="A secret of mine")
    run(loop, AT + timedelta(days=4))
    letters = loop.letters()
    assert len(letters) == 2
    for letter in letters:
        without_link = re.sub(r"https://[^ ]+", "", letter.text)
        assert letter.subject == SUBJECT
        assert re.search("rosa|lunch|kitchen|cook|secret|alder|referral", f"{letter.subject} {without_link}", re.IGNORECASE) is None


def test_every_opening_is_in_the_clients_log(loop: Loop) -> None:
    key = loop.sent("label")
    loop.read(key)
    loop.read(key, at=AT + timedelta(hours=1))
    with loop.storage.reading() as session:
        locker = locker_of(session, loop.client_id, sealer=loop.sealer)
        entries = [entry for entry in list_views(session, locker) if entry.role == "organization"]
        assert broken_at(session, locker) is None
    assert [(entry.organization, entry.name, entry.parts, entry.purpose) for entry in entries] == [("Riverside Kitchen", "Ana", ("label",), "referral")] * 2


def test_nobody_else_finds_it(loop: Loop) -> None:
    own, draft = loop.sent(), loop.draft("label", by="nia")
    with loop.storage.writing(counting=True) as session:
        who = {name: actor(session, loop.town, name, at=AT) for name in ("rosa", "nia", "omar", "lena", "teo", "ana")}
        assert own_referral(session, draft, who["rosa"], at=AT, sealer=loop.sealer)[0].agency_id == ALDER
        assert agency_referral(session, draft, ALDER, who["nia"], at=AT, sealer=loop.sealer)[0].id == draft
        for key, agency, name in ((own, ALDER, "nia"), (draft, ALDER, "omar"), (draft, ALDER, "lena"), (draft, NORTH, "teo"), (draft, ALDER, "teo")):
            with pytest.raises(NotFound):
                agency_referral(session, key, agency, who[name], at=AT, sealer=loop.sealer)
        for name in ("nia", "ana", "teo"):
            with pytest.raises(NotFound):
                own_referral(session, own, who[name], at=AT, sealer=loop.sealer)
        with pytest.raises(NotFound):
            received(session, own, ORGANIZATIONS["library"])
        with pytest.raises(NotFound):
            received(session, draft, KITCHEN)
        assert received(session, own, KITCHEN).id == own


@pytest.mark.parametrize("steps", [(), ("accepted",), ("waitlisted",), ("accepted", "connected")])
@pytest.mark.parametrize("how", ["the referral", "the consent"])
def test_taking_back_works_at_once_from_anywhere(loop: Loop, steps: tuple[str, ...], how: str) -> None:
    key = loop.sent()
    for seen, becomes in enumerate(steps, 2):
        loop.answer(key, becomes, seen=seen) if becomes != "connected" else loop.go_on(key, becomes, seen=seen)
    assert b"Rosa M." in loop.read(key)
    take_back(loop, key, how, AT + timedelta(seconds=1))
    with pytest.raises(Gone, match="taken this back"):
        loop.read(key, at=AT + timedelta(seconds=2))
    with loop.storage.reading() as session:
        referral = session.get_one(Referral, key)
        assert (referral.state, referral.packet) == ("withdrawn", None)
        assert session.scalars(select(Mail.id)).all() == []
        consent = session.get_one(Consent, referral.consent_id)
        assert consent.withdrawn_at


def take_back(loop: Loop, key: UUID, how: str, at: datetime) -> None:
    with loop.storage.writing(counting=True) as session:
        referral, client = session.get_one(Referral, key), session.get_one(Client, loop.client_id)
        assert referral.consent_id
        if how == "the referral":
            withdraw_referral(session, referral, seen=referral.seq, side="client", by="account:x", at=at)
        else:
            withdraw(session, client, referral.consent_id, at=at)


def test_nothing_queued_is_sent_after_it_was_taken_back(loop: Loop) -> None:
    key = loop.sent()
    take_back(loop, key, "the consent", AT)
    handed: list[object] = []
    deliver_due(loop.storage, lambda *given: handed.append(given), at=AT + timedelta(hours=1), sealer=loop.sealer)
    assert handed == []


def test_an_answer_reaches_the_client_sealed_in_between(loop: Loop) -> None:
    key = loop.sent()
    loop.answer(key, "accepted", meeting="Tuesday at 10, ask for Sam")
    loop.go_on(key, "connected", seen=3)
    loop.go_on(key, "followed_up", seen=4, words="They were kind")
    loop.go_on(key, "closed", seen=5, words="I cook there now", heading="connectedness")
    with loop.storage.reading() as session:
        locker = locker_of(session, loop.client_id, sealer=loop.sealer)
        steps = steps_of(session, key, locker)
    assert [step.becomes for step in steps] == ["draft", "sent", "accepted", "connected", "followed_up", "closed"]
    assert (steps[2].said.meeting, steps[5].said.words, steps[5].code) == ("Tuesday at 10, ask for Sam", "I cook there now", "connectedness")


def test_an_answer_needs_what_it_promises(loop: Loop) -> None:
    key = loop.sent()
    for becomes, said in (("accepted", {"words": " "}), ("declined", {"code": ""}), ("declined", {"code": "too odd"}), ("closed", {"words": "x"})):
        with pytest.raises(Invalid):
            loop.answer(key, becomes, **said)
    with pytest.raises(Stale):
        loop.answer(key, "accepted", seen=1)
    with pytest.raises(NotPermitted):
        loop.go_on(key, "connected", seen=2)
    assert loop.state(key) == "sent"


def test_what_was_closed_is_read_for_thirty_days_and_what_was_declined_no_more(loop: Loop) -> None:
    key, other = loop.sent(), loop.sent("label")
    loop.answer(key, "accepted")
    loop.go_on(key, "closed", seen=3)
    assert loop.read(key, at=AT + timedelta(days=29))
    with pytest.raises(Gone, match=OVER.partition(",")[0]):
        loop.read(key, at=AT + timedelta(days=30))
    loop.answer(other, "declined", code="full")
    with pytest.raises(Gone):
        loop.read(other)


def test_nothing_left_unanswered_disappears(loop: Loop) -> None:
    key = loop.sent()
    assert run(loop, AT + timedelta(days=3)) == Round(reminded=0, unanswered=0, ended=0, forgotten=0)
    assert run(loop, AT + timedelta(days=4)).reminded == 1
    assert run(loop, AT + timedelta(days=5)).reminded == 0
    assert run(loop, AT + timedelta(days=6)).reminded == 1
    assert run(loop, AT + timedelta(days=7)).unanswered == 0
    assert run(loop, AT + timedelta(days=8)).unanswered == 1
    assert run(loop, AT + timedelta(days=9)) == Round(reminded=0, unanswered=0, ended=0, forgotten=0)
    with loop.storage.reading() as session:
        rosa = actor(session, loop.town, "rosa", at=AT)
        (line,) = lists.own_lines(session, rosa, at=AT + timedelta(days=8))
    assert (line.state, line.is_due) == ("no_answer", True)
    loop.answer(key, "accepted", seen=3, at=AT + timedelta(days=10))
    assert loop.state(key) == "accepted", "a late answer is an answer"


def test_what_is_due_comes_up_for_the_caseworker_by_a_mark_that_tells_nothing(loop: Loop) -> None:
    key = loop.draft("label", by="nia")
    loop.send(key)
    run(loop, AT + timedelta(days=8))
    with loop.storage.reading() as session:
        who = {name: actor(session, loop.town, name, at=AT) for name in ("nia", "omar", "teo")}
        (line,) = lists.agency_lines(session, ALDER, who["nia"], at=AT + timedelta(days=8))
        assert [lists.agency_lines(session, ALDER, who[name], at=AT) for name in ("omar", "teo")] == [[], []]
        assert lists.count_due(session, ALDER, at=AT + timedelta(days=8)) == {loop.town.accounts["nia"]: 1}
    assert (line.state, line.is_due, len(line.reference)) == ("no_answer", True, 6)


def test_an_agency_sees_no_referral_once_it_may_see_nothing_else(loop: Loop) -> None:
    key = loop.draft("label", by="nia")
    loop.send(key)
    loop.answer(key, "accepted")
    with loop.storage.writing(counting=True) as session:
        client, nia = session.get_one(Client, loop.client_id), actor(session, loop.town, "nia", at=AT)
        assert len(lists.agency_lines(session, ALDER, nia, at=AT)) == len(lists.people_of(session, ALDER, nia, at=AT, sealer=loop.sealer)) == 1
        for consent in session.scalars(select(Consent.id).where(Consent.organization_id == ALDER)).all():
            withdraw(session, client, consent, at=AT)
    with loop.storage.writing(counting=True) as session:
        assert (lists.agency_lines(session, ALDER, nia, at=AT), lists.people_of(session, ALDER, nia, at=AT, sealer=loop.sealer)) == ([], [])
        with pytest.raises(NotFound):
            agency_referral(session, key, ALDER, nia, at=AT, sealer=loop.sealer)
    assert loop.state(key) == "accepted", "what she herself agreed to with the organization goes on"


def test_a_consent_that_ends_by_itself_ends_what_rests_on_it(loop: Loop) -> None:
    key = loop.sent()
    loop.answer(key, "waitlisted")
    assert run(loop, AT + timedelta(days=91)).ended == 1
    with pytest.raises(Gone, match=TAKEN_BACK.partition(".")[0]):
        loop.read(key, at=AT + timedelta(days=90))
    assert loop.state(key) == "withdrawn"


def test_a_draft_that_nobody_sent_is_forgotten_after_thirty_days(loop: Loop) -> None:
    loop.draft()
    assert run(loop, AT + timedelta(days=30)).forgotten == 0
    assert run(loop, AT + timedelta(days=31)).forgotten == 1
    with loop.storage.reading() as session:
        assert session.scalars(select(Referral.id)).all() == []


def test_somebody_without_an_account_says_yes_to_their_caseworker(loop: Loop) -> None:
    with loop.storage.writing() as session:
        nia = actor(session, loop.town, "nia", at=AT)
        client, _ = begin_with(session, nia, ALDER, at=AT, sealer=loop.sealer)
        give_consent(session, client, ALDER, purpose="together", parts=("label",), language="es", how="spoken", by=nia.by, at=AT)
        opened = open_record(session, client.id, nia, organization_id=ALDER, at=AT, sealer=loop.sealer)
        write_part(session, opened, "label", '{"words":"Mr. Otero"}', version=0, by=nia.by, at=AT)
    other = Loop(loop.storage, loop.sealer, loop.town, client.id)
    key = other.draft("label", by="nia")
    with pytest.raises(Invalid):
        other.send(key, by="nia", how="self")
    other.send(key, by="nia", how="written")
    assert b"Otero" in other.read(key)
    with loop.storage.reading() as session:
        consent = session.get_one(Consent, session.get_one(Referral, key).consent_id)
    assert (consent.how, consent.recorded_by) == ("written", nia.by)


def test_an_organization_without_an_account_answers_by_a_link_until_the_date(loop: Loop) -> None:
    with loop.storage.writing() as session:
        session.delete(session.scalars(select(Role).where(Role.account_id == loop.town.accounts["emil"])).one())
    key = loop.draft(service_id=LISTINGS["reading"])
    loop.send(key)
    (letter,) = loop.letters()
    found = re.search(BASE + r"/referral/([\w-]+)", letter.text)
    assert letter.to == "hello@kitchen.example", "the address that the listing shows"
    assert found
    with loop.storage.reading() as session:
        for days in (0, 3, 7):
            assert referral_of(session, found[1], at=AT + timedelta(days=days), sealer=loop.sealer)[0].id == key
        with pytest.raises(NotFound):
            referral_of(session, found[1], at=AT + timedelta(days=9), sealer=loop.sealer)
        assert session.scalars(select(ReferralLetter.referral_id)).all() == [key]


def test_a_link_dies_when_somebody_keeps_the_organization(loop: Loop) -> None:
    with loop.storage.writing() as session:
        role = session.scalars(select(Role).where(Role.account_id == loop.town.accounts["emil"])).one()
        session.delete(role)
    loop.send(loop.draft(service_id=LISTINGS["reading"]))
    token = loop.letters()[0].text.partition("/referral/")[2].split()[0]
    with loop.storage.writing() as session:
        session.add(Role(account_id=loop.town.accounts["emil"], role="owner", organization_id=ORGANIZATIONS["library"], granted_by="x", granted_at=AT))
    with loop.storage.reading() as session, pytest.raises(NotFound):
        referral_of(session, token, at=AT, sealer=loop.sealer)


def test_editors_whose_changes_wait_are_told_of_nobody(loop: Loop) -> None:
    loop.sent()
    assert [letter.to for letter in loop.letters()] == ["ana@people.example"]


def test_what_was_declined_stays_gone_when_the_person_closes_it(loop: Loop) -> None:
    key = loop.sent("label")
    loop.answer(key, "declined", code="full")
    loop.go_on(key, "closed", seen=3)
    with pytest.raises(Gone):
        loop.read(key)
