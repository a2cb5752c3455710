"""Rounds: nothing is told before they are confirmed, and then both sides are told at once; vetoes are absolute, for coordinators too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from directory.clients.keys import locker_of
from directory.clients.watching import broken_at, list_views
from directory.errors import Invalid, NotFound, Stale
from directory.models import Introduction, PeerBlock, PeerRound
from directory.outbox import list_letters
from directory.peers.profiles import set_state
from directory.peers.rounds.deciding import change, confirm, drop, propose, step_of
from directory.peers.rounds.kept import find_open, get_open, list_confirmed, read
from directory.peers.rounds.shown import Shown, show
from directory.peers.rounds.values import Proposal, Told
from directory.peers.schemes import get_public, list_public
from directory.rotating import rotate
from directory.sealing import Sealer
from directory.storage import Storage
from matching.pairing.values import Wish
from matching.values import Slot
from tests.cast import make_town
from tests.peers import AT, NAMES, TUESDAY, Circle, circle_of

WEDNESDAY = Slot(weekday=2, starts=17 * 60, ends=22 * 60)


class Round:
    """A round of a circle, and what its coordinator does, each in a transaction of its own."""

    def __init__(self, circle: Circle) -> None:
        self.circle = circle
        with circle.storage.writing(counting=True) as session:
            self.key = propose(session, circle.scheme, circle.actor(session, "imani"), **self._now()).id

    def proposal(self) -> Proposal:
        """What it holds."""
        with self.circle.storage.reading() as session:
            return read(get_open(session, self.circle.scheme, self.key), sealer=self.circle.sealer)

    def pairs(self) -> dict[str, str]:
        """Who is with whom, by the names of the cast."""
        names = {self.circle.client_id(name): name for name in NAMES if self._is_there(name)}
        return {names[pair.seeker]: names[pair.supporter] for pair in self.proposal().pairs}

    def say(self, do: str, seeker: str, supporter: str) -> Proposal:
        """Fix or forbid a pair."""
        step = step_of(do, self.circle.client_id(seeker), self.circle.client_id(supporter))
        return self._change(add=step)

    def unsay(self, seeker: str, supporter: str) -> Proposal:
        """Take a word back."""
        return self._change(without=(self.circle.client_id(seeker), self.circle.client_id(supporter)))

    def again(self) -> Proposal:
        """Work it out again."""
        return self._change()

    def confirm(self, *asked: str, version: int = 0) -> Told:
        """Tell everybody."""
        with self.circle.storage.writing(counting=True) as session:
            row = get_open(session, self.circle.scheme, self.key)
            return confirm(
                session, self.circle.scheme, row, self.circle.actor(session, "imani"), version=version or row.version,
                asked={self.circle.client_id(name) for name in asked}, base_url="https://home.example", **self._now(),
            )  # fmt: skip

    def shown(self) -> Shown:
        """What the coordinator reads."""
        with self.circle.storage.writing(counting=True) as session:
            row, imani = get_open(session, self.circle.scheme, self.key), self.circle.actor(session, "imani")
            return show(session, self.circle.scheme, read(row, sealer=self.circle.sealer), imani, **self._now())

    def _change(self, version: int = 0, **what: Any) -> Proposal:
        with self.circle.storage.writing(counting=True) as session:
            row = get_open(session, self.circle.scheme, self.key)
            return change(session, self.circle.scheme, row, version=version or row.version, **what, **self._now())

    def _now(self) -> dict[str, Any]:
        return {"on": self.circle.on, "at": self.circle.at, "sealer": self.circle.sealer}

    def _is_there(self, name: str) -> bool:
        try:
            return bool(self.circle.client_id(name))
        except AssertionError:
            return False


def told(circle: Circle) -> tuple[set[tuple[UUID, UUID, str, str]], int]:
    """Every suggestion with what both said, and how many letters wait."""
    with circle.storage.reading() as session:
        rows = session.scalars(select(Introduction)).all()
        return {(row.seeker_id, row.supporter_id, row.seeker_said, row.supporter_said) for row in rows}, len(list_letters(session, sealer=circle.sealer))


def full(circle: Circle) -> None:
    """Three who look for company, and two who have a place each."""
    circle.gather()
    for name in ("sol", "farah"):
        circle.join(name, places=1)


def test_nothing_is_told_before_a_round_is_confirmed_and_then_both_sides_are(circle: Circle) -> None:
    full(circle)
    before = {name: circle.board(name) for name in NAMES}
    made = Round(circle)
    made.say("forbid", *next(iter(made.pairs().items())))
    made.shown()
    assert told(circle) == (set(), 0)
    assert {name: circle.board(name) for name in NAMES} == before
    pairs = made.pairs()
    counts = made.confirm()
    rows, letters = told(circle)
    assert rows == {(circle.client_id(seeker), circle.client_id(supporter), "", "") for seeker, supporter in pairs.items()}
    assert (counts.pairs, counts.unmatched, letters) == (2, 1, 4)


def test_a_letter_of_a_round_names_nobody_and_no_scheme(circle: Circle) -> None:
    circle.gather("sol", "rosa")
    Round(circle).confirm()
    with circle.storage.reading() as session:
        texts = {letter.subject + letter.text for _, letter in list_letters(session, sealer=circle.sealer)}
    [text] = texts
    assert not [word for word in ("marigold", "quilt", "sol", "rosa", "alder", "peer", "round") if word in text.lower()]


def test_a_pair_of_a_round_is_the_first_card_of_both(circle: Circle) -> None:
    full(circle)
    made = Round(circle)
    pairs = made.pairs()
    made.confirm()
    cards = {"sol": "Marigold", "farah": "Bluebird", "rosa": "Quilt", "wen": "Sesame", "juno": "Knight"}
    for seeker, supporter in pairs.items():
        assert circle.cards(seeker)[0] == cards[supporter]
        assert circle.cards(supporter)[0] == cards[seeker]
        circle.both(seeker, supporter)
        assert circle.heard(seeker) == {cards[supporter]: "both"}


def test_among_equals_the_longest_waiting_has_the_place(circle: Circle) -> None:
    circle.gather("wen")
    circle.later(days=30)
    circle.gather("rosa", "sol")
    circle.join("sol", places=1)
    assert Round(circle).pairs() == {"wen": "sol"}


def test_forbidding_a_pair_tells_what_it_costs_and_can_be_taken_back(circle: Circle) -> None:
    circle.gather("sol", "rosa")
    made = Round(circle)
    first = made.proposal()
    forbidden = made.say("forbid", "rosa", "sol")
    assert (forbidden.pairs, [one.seeker for one in forbidden.unmatched]) == ((), [circle.client_id("rosa")])
    assert forbidden.steps[0].cost.unmatched == 1
    assert forbidden.steps[0].cost.fit == pytest.approx(first.fit)
    assert made.unsay("rosa", "sol") == first


def test_fixing_a_pair_makes_it_stand_and_shows_who_loses(circle: Circle) -> None:
    circle.gather("wen")
    circle.later(days=60)
    circle.gather("rosa", "sol")
    circle.join("sol", places=1)
    made = Round(circle)
    assert made.pairs() == {"wen": "sol"}
    fixed = made.say("fix", "rosa", "sol")
    assert made.pairs() == {"rosa": "sol"}
    assert set(fixed.steps[0].cost.others) == {str(circle.client_id(name)) for name in ("rosa", "wen")}
    assert made.say("forbid", "rosa", "sol").steps[0].do == "forbid", "the last word about a pair is the one that counts"


APART: dict[str, Callable[[Circle], object]] = {
    "boundary": lambda circle: circle.join("sol", not_about=("life_domains/people",), about=("supports/grief_support",)),
    "area": lambda circle: circle.join("rosa", not_my_area=True),
    "hours": lambda circle: circle.join("rosa", slots=(WEDNESDAY,)),
    "named": lambda circle: circle.join("rosa", not_people="Soledad Reyes"),
    "blocked": lambda circle: _block(circle),
    "refused": lambda circle: circle.answer("sol", "rosa", "no"),
}


@pytest.mark.parametrize("why", sorted(APART))
def test_whatever_stands_against_a_pair_no_coordinator_overrules_and_none_is_told_why(circle: Circle, why: str) -> None:
    circle.gather("sol", "rosa")
    APART[why](circle)
    made = Round(circle)
    assert made.pairs() == {}
    with pytest.raises(Invalid) as invalid:
        made.say("fix", "rosa", "sol")
    assert invalid.value.errors == {"pair": "Something stands against this pair, or there is no place left. It cannot be kept together."}


def _block(circle: Circle) -> None:
    sol, rosa = circle.client_id("sol"), circle.client_id("rosa")   # the other way round than pairs are: a block has no direction
    with circle.storage.writing() as session:
        session.add(PeerBlock(client_id=sol, other_id=rosa, at=circle.at))


def test_a_minor_is_in_a_round_only_with_a_guardian_and_checks(circle: Circle) -> None:
    circle.gather("sol", "juno")
    assert Round(circle).pairs() == {"juno": "sol"}
    circle.later(days=364)
    circle.join("juno", days=365)
    circle.join("sol", days=365)
    assert Round(circle).pairs() == {"juno": "sol"}
    circle.later(days=1)
    circle.vouch("sol")
    circle.vouch("juno", "guardian")
    assert Round(circle).pairs() == {}, "the checks for being with minors ended that day"


@pytest.mark.parametrize("why", ["boundary", "area", "hours", "named", "blocked", "refused", "paused", "full"])
def test_whatever_changed_since_stops_a_confirmation_and_nothing_is_sent(circle: Circle, why: str) -> None:
    circle.gather("sol", "rosa")
    made = Round(circle)
    if why == "paused":
        with circle.storage.writing() as session:
            set_state(session, circle.actor(session, "sol"), circle.scheme.id, "supporter", "paused", at=circle.at)
    elif why == "full":
        circle.join("sol", places=0)
    else:
        APART[why](circle)
    before = told(circle)
    with pytest.raises(Stale):
        made.confirm()
    assert told(circle) == before
    made.again()
    assert made.pairs() == {}


def test_what_is_to_be_asked_keeps_a_pair_waiting_until_its_coordinator_asked(circle: Circle) -> None:
    circle.gather("sol", "rosa")
    circle.join("rosa", wishes=(Wish(codes=frozenset({"gender/women"}), must=True),))
    made = Round(circle)
    assert [(ask.of, ask.about, ask.codes) for ask in made.proposal().pairs[0].asks] == [("supporter", "wish", ("gender/women",))]
    assert made.confirm() == Told(pairs=0, unmatched=0, waiting=1)
    assert told(circle) == (set(), 0)
    assert Round(circle).confirm("rosa") == Told(pairs=1, unmatched=0, waiting=0)
    assert circle.cards("rosa") == ["Marigold"]
    assert circle.cards("sol") == ["Quilt"]


def test_somebody_without_a_match_is_told_of_with_what_would_help(circle: Circle) -> None:
    circle.gather("sol", "rosa")
    circle.join("rosa", slots=(WEDNESDAY,))
    [left] = Round(circle).proposal().unmatched
    [help] = left.helps
    assert (left.seeker, help.kind) == (circle.client_id("rosa"), "hour")
    assert help.slot is not None
    assert (help.slot.weekday, TUESDAY.starts <= help.slot.starts <= help.slot.ends <= TUESDAY.ends) == (1, True)


def test_whoever_can_still_answer_an_earlier_round_is_not_in_the_next(circle: Circle) -> None:
    circle.gather("sol", "rosa", "wen")
    circle.join("sol", places=1)
    first = Round(circle)
    (taken,) = first.pairs()
    first.confirm()
    assert Round(circle).pairs() == {}
    circle.later(days=15)
    assert set(Round(circle).pairs().values()) == {"sol"}, "after two weeks without an answer"
    circle.answer("sol", taken, "no")
    assert taken not in Round(circle).pairs()


def test_a_second_window_does_not_confirm_what_the_first_changed(circle: Circle) -> None:
    circle.gather("sol", "rosa")
    made = Round(circle)
    made.again()
    with pytest.raises(Stale):
        made.confirm(version=1)
    made.confirm(version=2)
    with pytest.raises(NotFound):
        made.confirm(version=3)
    assert told(circle)[1] == 2


def test_a_new_round_lets_the_open_one_go_and_a_dropped_one_is_not_there(circle: Circle) -> None:
    circle.gather("sol", "rosa")
    first, second = Round(circle), Round(circle)
    with pytest.raises(NotFound):
        first.proposal()
    with circle.storage.writing() as session:
        drop(session, get_open(session, circle.scheme, second.key), at=circle.at, sealer=circle.sealer)
    with circle.storage.reading() as session:
        assert find_open(session, circle.scheme.id) is None
        texts = [circle.sealer.open(row.sealed, bound_to=f"peer_round|sealed|{row.id}") for row in session.scalars(select(PeerRound))]
    assert not [text for text in texts if str(circle.client_id("rosa")) in text]
    assert told(circle) == (set(), 0)


def test_of_a_confirmed_round_only_counts_are_left(circle: Circle) -> None:
    full(circle)
    Round(circle).confirm()
    with circle.storage.reading() as session:
        assert [counts for _, counts in list_confirmed(session, circle.scheme.id, sealer=circle.sealer)] == [Told(pairs=2, unmatched=1, waiting=0)]
        row = session.scalars(select(PeerRound)).one()
        text = circle.sealer.open(row.sealed, bound_to=f"peer_round|sealed|{row.id}")
    assert not [name for name in NAMES if str(circle.client_id(name)) in text]


def test_a_coordinator_reads_what_cards_call_people_and_nothing_closer(circle: Circle) -> None:
    circle.gather("sol", "rosa")
    circle.join("rosa", not_people="Walter", traits=("gender/women",))
    shown = Round(circle).shown()
    assert [(line.seeker.pseudonym, line.supporter.pseudonym, line.seeker.weeks) for line in shown.lines] == [("Quilt", "Marigold", 0)]
    assert not [word for word in ("Rosa M.", "Soledad", "Walter", "gender", "outagamie", "likes company") if word in str(shown)]


def test_whoever_is_shown_reads_it_in_their_log_once_a_day(circle: Circle) -> None:
    circle.gather("sol", "rosa")
    made = Round(circle)
    for _ in range(3):
        made.shown()
    with circle.storage.reading() as session:
        locker = locker_of(session, circle.client_id("rosa"), sealer=circle.sealer)
        assert [(one.name, one.role, one.parts, one.purpose) for one in list_views(session, locker)] == [("Imani", "coordinator", ("peers",), "peers")]
        assert broken_at(session, locker) is None
    circle.later(days=1)
    made.shown()
    with circle.storage.reading() as session:
        assert len(list_views(session, locker_of(session, circle.client_id("rosa"), sealer=circle.sealer))) == 2


def test_somebody_who_left_is_missed_and_what_was_said_of_them_is_lost(circle: Circle) -> None:
    circle.gather("sol", "rosa", "wen")
    made = Round(circle)
    made.say("fix", "rosa", "sol")
    with circle.storage.writing() as session:
        set_state(session, circle.actor(session, "rosa"), circle.scheme.id, "seeker", "ended", at=circle.at)
    assert made.shown().gone == 1
    assert made.again().lost == 1
    assert made.pairs() == {"wen": "sol"}


def test_the_same_people_and_words_give_the_same_bytes(circle: Circle) -> None:
    full(circle)
    circle.later(seconds=1)
    texts = {Round(circle).proposal() for _ in range(3)}
    assert len(texts) == 1


def test_a_round_is_sealed_anew_with_a_new_key(storage: Storage) -> None:
    old, new = b"an older key of thirty-two bytes!", b"a newer key, also of thirty-two b."
    circle = circle_of(storage, Sealer.of(old), make_town(storage, at=AT, sealer=Sealer.of(old)))
    circle.gather("sol", "rosa")
    made = Round(circle)
    before = made.proposal()
    assert rotate(storage, at=AT, sealer=Sealer.of(old, new)).broken == []
    circle.sealer = Sealer.of(new)
    assert made.proposal() == before


def test_the_rounds_of_an_internal_scheme_are_as_others_and_the_scheme_is_nowhere_else(circle: Circle) -> None:
    """For staff and volunteers of one organization: in no public list, and not there by its id."""
    inside = circle_of(circle.storage, circle.sealer, circle.town, is_internal=True)
    for name in ("sol", "rosa"):
        inside.join(name)
    inside.vouch("sol")
    made = Round(inside)
    assert made.pairs() == {"rosa": "sol"}
    made.confirm()
    assert inside.cards("rosa") == ["Marigold"]
    with circle.storage.reading() as session:
        assert inside.scheme.id not in {one.id for one in list_public(session)}
        with pytest.raises(NotFound):
            get_public(session, inside.scheme.id)
        with pytest.raises(NotFound):
            get_open(session, circle.scheme, made.key)
