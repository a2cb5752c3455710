"""Two people and a coordinator do whatever they like, in any order: nothing that one says alone is ever on a page, in a letter or a name of the other's."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete, update

from directory.errors import DirectoryError, NotFound
from directory.models import Introduction, Mail, PeerBlock, PeerProfile
from directory.outbox import list_letters
from directory.peers.profiles import set_state
from tests.peers import AT, CARDS, NAMES, SIDES, Circle

OTHER = {"rosa": "sol", "sol": "rosa"}
WHO = st.sampled_from(["rosa", "sol"])


class Two(RuleBasedStateMachine):
    """Rosa and Sol. What should be seen is kept here, in a model of a few lines that knows what each said."""

    circle: Circle

    def __init__(self) -> None:
        super().__init__()
        circle = self.circle
        circle.at = AT
        self.said = {"rosa": "", "sol": ""}
        self.away = {"rosa": False, "sol": False}
        self.over = {"rosa": False, "sol": False}
        self.blocked, self.introduced, self.letters = False, False, 0
        self.ended_on: date | None = None
        self.key: UUID | None = None
        with circle.storage.writing() as session:
            for table in (Introduction, PeerBlock, Mail):
                session.execute(delete(table))
            session.execute(update(PeerProfile).values(state="open"))

    @property
    def is_both(self) -> bool:
        return set(self.said.values()) == {"yes"} and self.ended_on is None

    @property
    def may_meet(self) -> bool:
        return not any(self.away.values()) and not self.blocked

    @property
    def fits(self) -> bool:
        return self.may_meet and self.ended_on is None

    def stands(self, who: str) -> bool:
        """Whether what somebody answered is theirs to change: a no always, a yes until its end is told."""
        until = {"yes": self.ended_on in (None, self.circle.on), "no": True, "": False}
        return until[self.said[who]] and not self.introduced

    def take_up(self, who: str) -> None:
        """After an end somebody thinks again: the other, where they read that it is over, is asked anew."""
        other = OTHER[who]
        if self.blocked:
            return   # what has ended stays so
        if self.ended_on is not None and self.said[other] == "yes" and self.circle.on > self.ended_on:
            self.said[other], self.over[other] = "", True
        self.ended_on = None

    @rule(who=WHO, said=st.sampled_from(["yes", "yes", "no", ""]))
    def answer(self, who: str, said: str) -> None:
        is_same = said != "" and said == self.said[who] and (self.stands(who) or self.introduced)
        again = self.stands(who) and (said != "yes" or (self.may_meet and not self.is_both))
        is_allowed = is_same or (not self.introduced and ((self.fits and self.said[who] == "") or again) and not (self.is_both and said != "no"))
        try:
            self.key = self.circle.answer(who, OTHER[who], said)
        except NotFound:
            assert not is_allowed
            return
        assert is_allowed
        if is_same:
            return
        self.take_up(who)
        was_both = self.is_both
        self.said[who] = said
        theirs = self.said[OTHER[who]]
        self.letters += 3 if self.is_both and not was_both else 0
        if was_both or (said == "no" and theirs) or (theirs == "no" and said):
            self.ended_on = self.circle.on

    @rule(who=WHO, is_away=st.booleans())
    def pause(self, who: str, is_away: bool) -> None:
        with self.circle.storage.writing() as session:
            state = "paused" if is_away else "open"
            set_state(session, self.circle.actor(session, who), self.circle.scheme.id, SIDES[who], state, at=self.circle.at)
        self.away[who] = is_away

    @rule(who=WHO)
    def block(self, who: str) -> None:
        if not self.blocked:
            with self.circle.storage.writing() as session:
                one, other = self.circle.client_id(who), self.circle.client_id(OTHER[who])
                session.add_all(PeerBlock(client_id=mine, other_id=theirs, at=self.circle.at) for mine, theirs in ((one, other), (other, one)))
        self.blocked = True

    @rule()
    def introduce(self) -> None:
        if self.key is None:
            return
        is_allowed = self.is_both and self.fits and not self.introduced
        try:
            self.circle.introduce(self.key)
        except DirectoryError:
            assert not is_allowed
            return
        assert is_allowed
        self.introduced = True
        self.letters += 2

    @rule()
    def next_day(self) -> None:
        self.circle.at += timedelta(days=1)

    @invariant()
    def nobody_hears_what_one_says_alone(self) -> None:
        for who, other in OTHER.items():
            board = self.circle.board(who)
            assert [card.pseudonym for card in board.cards] == ([CARDS[other]] if self.fits and self.said[who] == "" else [])
            assert {(one.pseudonym, one.state) for one in board.answered} == self._hears(who, other)

    @invariant()
    def letters_go_out_on_two_yeses_only(self) -> None:
        with self.circle.storage.reading() as session:
            assert len(list_letters(session, sealer=self.circle.sealer)) == self.letters

    @invariant()
    def names_pass_with_the_introduction_only(self) -> None:
        if self.key is None:
            return
        for who, other in OTHER.items():
            try:
                assert self.circle.name_for(who, self.key) == NAMES[other]
                assert self.introduced
            except NotFound:
                assert not self.introduced

    def _hears(self, who: str, other: str) -> set[tuple[str, str]]:
        if self.ended_on is not None:
            state = {"yes": "over" if self.circle.on > self.ended_on else "waiting", "no": "passed", "": ""}[self.said[who]]
        else:
            state = "introduced" if self.introduced else "both" if self.is_both else {"yes": "waiting", "no": "passed", "": ""}[self.said[who]]
        return {(CARDS[other], one) for one in (state, "over" if self.over[who] else "") if one}


def test_nothing_of_one_side_alone_is_ever_disclosed(circle: Circle) -> None:
    for name in ("rosa", "sol"):
        circle.join(name, days=365)
    circle.vouch("sol")
    checks = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    Two.circle = circle
    run_state_machine_as_test(
        Two, settings=settings(max_examples=25, stateful_step_count=14, deadline=None, suppress_health_check=checks),
    )
