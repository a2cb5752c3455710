"""Two records of one person become one by their yes: nothing is lost that they did not let go, and nobody sees more than before."""

from __future__ import annotations

from uuid import UUID

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from directory.clients import notes
from directory.clients.consents import give_consent, list_consents
from directory.clients.erasing import erase_client
from directory.clients.forgetting import forget
from directory.clients.joining import hand_link, join_own
from directory.clients.keys import locker_of
from directory.clients.opening import Opened, open_own, open_record, write_part
from directory.clients.planning import papers_of, timeline
from directory.clients.records import begin_own, begin_with, open_caseload, own_records, take_on
from directory.clients.uniting import Two, two_of, unite, united
from directory.clients.uniting_moves import MOVES, STAYS
from directory.clients.watching import broken_at, list_views
from directory.errors import Invalid, NotFound, Stale
from directory.models import Base, Client, ClientEvent
from directory.papers import BLANK, PARTS, load, save
from directory.papers.parts import Achievement, Achievements, Goal, Goals, Kept, OwnWords, Shortlist
from directory.papers.uniting import both, rekeyed
from directory.referrals.drafting import Draft, begin_draft, draft_of
from directory.referrals.reaching import own_referral
from directory.sealing import Sealer
from directory.storage import Session, Storage
from tests.cast import LISTINGS, make_town
from tests.clients import ALDER, NORTH, actor
from tests.directory.papers.shapes import values_of
from tests.ground import MOMENT

MINE = {
    "label": '{"words":"Stella"}', "own_words": OwnWords(good_at="I sing"), "goals": Goals(goals=(Goal(key="g1", words="Sing on Sunday", confidence=4),)),
    "achievements": Achievements(achievements=(Achievement(words="I sang", goal="g1"),)), "contact": '{"texting":"not safe"}',
}  # fmt: skip
THEIRS = {
    "label": '{"words":"Ms. S."}', "own_words": OwnWords(good_at="I cook"), "goals": Goals(goals=(Goal(key="g1", words="Cook for ten"),)),
    "contact": '{"words":"at the shop","voicemail":"not safe"}', "shortlist": Shortlist(kept=(Kept(listing="a", name="A choir"),)),
}  # fmt: skip
SAW = ("label", "own_words", "goals", "contact", "shortlist")
BOTH = {"label": "theirs", "own_words": "both", "goals": "both", "contact": "theirs"}

JOINABLE = st.sampled_from(sorted(set(PARTS) - {"about", "to_raise"}))


class Person:
    """Stella wrote a record of her own; Nia of Alder House began another with her, which is hers as well since today."""

    def __init__(self, storage: Storage, sealer: Sealer) -> None:
        self.storage, self.sealer, self.town = storage, sealer, make_town(storage, at=MOMENT, sealer=sealer)
        with storage.writing(counting=True) as session:
            stella, nia = (actor(session, self.town, name, at=MOMENT) for name in ("stella", "nia"))
            mine = begin_own(session, stella, at=MOMENT, sealer=sealer)
            self._write(session, open_own(session, mine, stella, at=MOMENT, sealer=sealer), MINE)
            theirs, _ = begin_with(session, nia, ALDER, at=MOMENT, sealer=sealer)
            give_consent(session, theirs, ALDER, purpose="together", parts=SAW, language="en", how="spoken", by=nia.by, at=MOMENT)
            opened = open_record(session, theirs.id, nia, organization_id=ALDER, at=MOMENT, sealer=sealer)
            self._write(session, opened, THEIRS)
            notes.write_note(session, opened, nia, "note", "We cooked together", at=MOMENT)
            token = hand_link(session, theirs.id, nia, ALDER, at=MOMENT, sealer=sealer)
            join_own(session, token, stella, at=MOMENT, sealer=sealer)
            joined = open_own(session, theirs, stella, at=MOMENT, sealer=sealer)
            said = Draft(parts=("label",), note="Please call")
            self.referral = begin_draft(session, joined, LISTINGS["lunch"], by=stella.by, at=MOMENT, sealer=sealer, draft=said).id
            self.mine, self.theirs = mine.id, theirs.id

    def _write(self, session: Session, opened: Opened, said: dict[str, object]) -> None:
        for part, value in said.items():
            text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
            write_part(session, opened, part, text, version=0, by="x", at=MOMENT, kind="accepted" if part == "goals" else "", ref="g1")

    def two(self, session: Session) -> Two:
        return two_of(session, actor(session, self.town, "stella", at=MOMENT), at=MOMENT, sealer=self.sealer)

    def unite(self, chosen: dict[str, str] | None = None) -> None:
        with self.storage.writing(counting=True) as session:
            two = self.two(session)
            unite(session, two, BOTH if chosen is None else chosen, mark=two.mark, by="account:stella", at=MOMENT)

    def opened(self, session: Session) -> Opened:
        client = session.get_one(Client, self.mine)
        return open_own(session, client, actor(session, self.town, "stella", at=MOMENT), at=MOMENT, sealer=self.sealer)


@pytest.fixture
def stella(storage: Storage, sealer: Sealer) -> Person:
    return Person(storage, sealer)


def test_what_both_say_is_chosen_part_by_part_and_the_rest_is_there(stella: Person) -> None:
    with stella.storage.reading() as session:
        assert set(stella.two(session).clash) == {"label", "own_words", "goals", "contact"}
    stella.unite()
    with stella.storage.reading() as session:
        opened = stella.opened(session)
        papers = papers_of(opened)
        assert opened.texts["label"] == '{"words":"Ms. S."}'
        assert papers.own_words.good_at == "I sing\nI cook"
        assert [(one.key, one.words, one.confidence) for one in papers.goals.goals] == [("g1", "Sing on Sunday", 4), ("g2", "Cook for ten", None)]
        assert [(one.words, one.goal) for one in papers.achievements.achievements] == [("I sang", "g1")]
        assert [one.name for one in papers.shortlist.kept] == ["A choir"]
        assert msgspec.json.decode(opened.texts["contact"]) == {"words": "at the shop", "voicemail": "not safe", "texting": "not safe"}


def test_notes_referrals_the_timeline_and_the_agency_go_along(stella: Person) -> None:
    stella.unite()
    with stella.storage.writing(counting=True) as session:
        opened, me = stella.opened(session), actor(session, stella.town, "stella", at=MOMENT)
        assert [one.words for one in notes.list_notes(session, opened, me, at=MOMENT)] == ["We cooked together"]
        referral, _ = own_referral(session, stella.referral, me, at=MOMENT, sealer=stella.sealer)
        assert (referral.client_id, draft_of(referral, opened.locker).note) == (stella.mine, "Please call")
        row = open_caseload(session, stella.mine, ALDER)
        assert row is not None
        assert row.account_id == stella.town.accounts["nia"]
        assert timeline(session, opened.locker)[0].kind == "united"
        events = session.scalars(select(ClientEvent).where(ClientEvent.client_id == stella.mine).order_by(ClientEvent.seq)).all()
        assert [row.seq for row in events] == list(range(1, len(events) + 1))
        assert sorted(row.ref for row in events if row.part == "goals") == ["g1", "g2"], "each goal's line follows its goal"


def test_nobody_sees_more_for_it(stella: Person) -> None:
    """Alder House saw five parts of the other record. What says the same as before stays open; what says more now is not."""
    stella.unite()
    with stella.storage.writing(counting=True) as session:
        nia = actor(session, stella.town, "nia", at=MOMENT)
        opened = open_record(session, stella.mine, nia, organization_id=ALDER, at=MOMENT, sealer=stella.sealer)
        assert (set(opened.texts), set(opened.open)) == ({"label", "contact", "shortlist"}, {"label", "contact", "shortlist"})
        assert len([one for one in list_consents(session, stella.mine) if one.withdrawn_at]) == 1, "and what was agreed to first is still on record"
        with pytest.raises(NotFound):
            open_record(session, stella.theirs, nia, organization_id=ALDER, at=MOMENT, sealer=stella.sealer)


def test_who_looked_stays_in_its_chain_and_goes_with_its_last_entry(stella: Person) -> None:
    stella.unite()
    with stella.storage.reading() as session:
        me = actor(session, stella.town, "stella", at=MOMENT)
        lockers = {one.id: locker_of(session, one.id, sealer=stella.sealer) for one in own_records(session, me)}
        assert list(lockers) == [stella.mine, stella.theirs]
        assert [broken_at(session, locker) for locker in lockers.values()] == [None, None]
        assert [one.name for one in list_views(session, lockers[stella.theirs])] == ["Nia"]
    later = MOMENT.replace(year=MOMENT.year + 3)
    forget(stella.storage, at=later, sealer=stella.sealer)
    with stella.storage.reading() as session:
        assert [one.id for one in own_records(session, actor(session, stella.town, "stella", at=MOMENT))] == [stella.mine]


def test_nothing_hangs_on_the_other_record_but_its_log(stella: Person) -> None:
    """Every table that tells of clients has its place here: one that is new and forgotten is found."""
    stella.unite()
    with stella.storage.reading() as session:
        for table in Base.metadata.sorted_tables:
            if "client_id" in table.columns:
                rows = session.execute(select(table.c.client_id).where(table.c.client_id == stella.theirs)).all()
                assert not rows or table.name in STAYS, table.name
    assert len(MOVES) == 6


def test_two_caseloads_at_one_agency_become_one(stella: Person) -> None:
    with stella.storage.writing(counting=True) as session:
        take_on(session, session.get_one(Client, stella.mine), ALDER, account_id=None, at=MOMENT)
        take_on(session, session.get_one(Client, stella.mine), NORTH, account_id=None, at=MOMENT)
    stella.unite()
    with stella.storage.reading() as session:
        row = open_caseload(session, stella.mine, ALDER)
        assert row is not None
        assert row.account_id == stella.town.accounts["nia"], "the one that somebody holds goes on"
        assert open_caseload(session, stella.mine, NORTH) is not None


def test_what_was_not_chosen_or_was_changed_meanwhile_changes_nothing(stella: Person) -> None:
    for chosen in ({}, {**BOTH, "label": "both"}, {**BOTH, "goals": "none"}):
        with pytest.raises(Invalid):
            stella.unite(chosen)
    with stella.storage.reading() as session:
        two = stella.two(session)
    with stella.storage.writing() as session:
        write_part(session, stella.opened(session), "hopes", '{"more_of":"song"}', version=0, by="x", at=MOMENT)
    with pytest.raises(Stale), stella.storage.writing(counting=True) as session:
        unite(session, stella.two(session), BOTH, mark=two.mark, by="x", at=MOMENT)
    with stella.storage.reading() as session:
        assert len([one for one in own_records(session, actor(session, stella.town, "stella", at=MOMENT)) if one.merged_into is None]) == 2


def test_whoever_has_one_record_has_nothing_to_unite(stella: Person) -> None:
    stella.unite()
    with stella.storage.reading() as session, pytest.raises(NotFound):
        stella.two(session)


def test_erasing_takes_both(stella: Person) -> None:
    stella.unite()
    with stella.storage.writing() as session:
        for client in own_records(session, actor(session, stella.town, "stella", at=MOMENT)):
            erase_client(session, client, at=MOMENT, sealer=stella.sealer)
    with stella.storage.reading() as session:
        assert session.scalars(select(Client.id)).all() == []


# --- papers -----------------------------------------------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(values_of(Goals), values_of(Achievements), values_of(Goals), values_of(Achievements))
def test_no_goal_takes_anothers_key(goals: Goals, done: Achievements, other: Goals, others_done: Achievements) -> None:
    mine = msgspec.structs.replace(BLANK, goals=goals, achievements=done)
    theirs, keys = rekeyed(mine, msgspec.structs.replace(BLANK, goals=other, achievements=others_done))
    used = {one.key for one in goals.goals} | {one.goal for one in done.achievements}
    assert used & {one.key for one in theirs.goals.goals} == set()
    assert [keys.get(one.key, one.key) for one in other.goals] == [one.key for one in theirs.goals.goals]
    assert [one.words for one in theirs.achievements.achievements] == [one.words for one in others_done.achievements]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(JOINABLE.flatmap(lambda name: st.tuples(st.just(name), values_of(PARTS[name]), values_of(PARTS[name]))))
def test_both_together_hold_every_line_of_each(said: tuple[str, object, object]) -> None:
    name, mine, theirs = said
    try:
        made = both(name, mine, theirs)  # type: ignore[arg-type]
    except Invalid:
        return
    assert load(save(msgspec.structs.replace(BLANK, **{name: made})))
    for one in (mine, theirs):
        for field in one.__struct_fields__:  # type: ignore[attr-defined]
            value = getattr(one, field)
            if isinstance(value, tuple) and name != "shortlist":
                assert set(map(repr, value)) <= set(map(repr, getattr(made, field)))
            elif isinstance(value, str):
                assert value in getattr(made, field)


def test_what_is_to_be_is_known_before_it_is_done(stella: Person) -> None:
    with stella.storage.reading() as session:
        made = united(stella.two(session), BOTH)
    assert made.as_theirs >= {"label", "shortlist"}
    assert made.keys == {"g1": "g2"}
    assert isinstance(stella.mine, UUID)
