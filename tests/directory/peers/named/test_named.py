"""Whom somebody must never meet: kept apart however it is written until a coordinator says otherwise, and nobody finds out by trying names who is here."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from directory.errors import Invalid, NotFound
from directory.models import Account, ClientView, PeerNamed
from directory.peers.named.deciding import count_maybe, decide, list_maybe
from directory.peers.pool import pool_of
from directory.peers.rounds.pool import crowd_of
from tests.peers import Circle, said_by


def maybe(circle: Circle) -> list[tuple[str, str, str, bool, str]]:
    """What the coordinator reads: who wrote it, who may be meant, in what, whether the card is kept from them, and what was said."""
    with circle.storage.writing() as session:
        found = list_maybe(session, circle.scheme, circle.actor(session, "imani"), at=circle.at, sealer=circle.sealer)
        return [(one.wrote, one.card, one.kind, one.is_hidden, one.said) for one in found]


def say(circle: Circle, said: str) -> None:
    with circle.storage.writing() as session:
        row = session.scalars(select(PeerNamed)).one()
        decide(session, circle.scheme, row.id, said, by=circle.by("imani"), at=circle.at)


def kept_apart(circle: Circle) -> set[tuple[str, str]]:
    """Who is in no round with whom, by name."""
    names = {str(circle.client_id(name)): name for name in ("rosa", "sol", "wen", "farah")}
    with circle.storage.reading() as session:
        _, crowd = crowd_of(session, circle.scheme, on=circle.on, at=circle.at, sealer=circle.sealer)
    return {(names[one], names[other]) for one, other in crowd.blocked}


@pytest.fixture
def gathered(circle: Circle) -> Circle:
    circle.gather("rosa", "wen", "sol", "farah")
    return circle


@pytest.mark.parametrize(("line", "kind"), [
    ("Soledad Reyes", "same"), ("SOLEDÁD  réyes", "same"), ("Reyes, Soledad", "same"), ("Soledat Reies", "near"), ("Sole", "near"),
    ("the one called Marigold", "same"), ("Marygold", "near"), ("he writes from Sol@People.Example", "contact"),
])  # fmt: skip
def test_however_it_is_written_the_one_who_may_be_meant_is_not_shown_the_card(gathered: Circle, line: str, kind: str) -> None:
    gathered.join("rosa", not_people=f"An aunt\n{line}")
    assert maybe(gathered) == [("Quilt", "Marigold", kind, True, "")]
    assert gathered.cards("sol") == ["Sesame"]
    assert kept_apart(gathered) == {("rosa", "sol")}


def test_the_name_of_an_account_and_a_number_count_too(gathered: Circle) -> None:
    with gathered.storage.writing() as session:
        session.get_one(Account, gathered.town.accounts["sol"]).name = "Bartholomew Quince"
    gathered.join("rosa", not_people="Bart Quince\nhe has 920 555 0142")
    assert maybe(gathered) == [("Quilt", "Marigold", "account", True, "")]


def test_whoever_writes_a_name_sees_the_very_same_board_as_without_it(gathered: Circle) -> None:
    """Two worlds: in one Rosa names somebody who is here, in the other somebody who is not. Her board is the same in both, before and after the decision."""
    boards = []
    for name in ("Soledad Reyes", "Nobody Whatsoever"):
        gathered.join("rosa", not_people=name)
        for said in ("", "apart", "another"):
            if said and name == "Soledad Reyes":
                say(gathered, said)
            boards.append(gathered.board("rosa"))
    assert all(replace_times(board) == replace_times(boards[0]) for board in boards)
    assert [card.pseudonym for card in boards[0].cards] == gathered.cards("rosa")
    assert "Marigold" in gathered.cards("rosa")


def replace_times(board: Any) -> tuple[Any, ...]:
    return board.cards, board.answered, board.rests


def test_a_yes_of_whoever_wrote_it_leads_nowhere(gathered: Circle) -> None:
    gathered.join("rosa", not_people="Soledad Reyes")
    gathered.answer("rosa", "sol", "yes")
    with pytest.raises(NotFound):
        gathered.answer("sol", "rosa", "yes")
    assert gathered.heard("rosa") == {"Marigold": "waiting"}


def test_trying_names_for_oneself_takes_no_card_away(gathered: Circle) -> None:
    """Sol could see Quilt under another name. If the card went as Sol types a name, Sol would know whose wish that is."""
    gathered.join("rosa", not_people="Bartholomew Quince")
    assert "Quilt" in gathered.cards("sol")
    gathered.join("sol", called="Bartholomew Quince")
    assert "Quilt" in gathered.cards("sol")
    assert maybe(gathered) == [("Quilt", "Marigold", "same", False, "")], "but the coordinator knows, and nobody introduces them"
    assert kept_apart(gathered) == {("rosa", "sol")}
    key = gathered.both("rosa", "sol")
    with pytest.raises(Invalid):
        gathered.introduce(key)


def test_what_was_noted_stays_when_somebody_is_called_otherwise_later(gathered: Circle) -> None:
    gathered.join("rosa", not_people="Soledad Reyes")
    gathered.join("sol", called="Bartholomew", pseudonym="Heron")
    assert "Quilt" not in gathered.cards("sol")


def test_whoever_comes_later_under_such_a_name_never_sees_the_card(circle: Circle) -> None:
    circle.gather("rosa")
    circle.join("rosa", not_people="Soledad Reyes")
    circle.gather("sol", "farah")
    assert (circle.cards("sol"), circle.cards("farah")) == ([], ["Quilt"])


def test_it_holds_until_somebody_says_that_it_is_another_person(gathered: Circle) -> None:
    gathered.join("rosa", not_people="Soledad Reyes")
    say(gathered, "apart")
    assert ("Quilt" in gathered.cards("sol"), kept_apart(gathered)) == (False, {("rosa", "sol")})
    say(gathered, "another")
    assert ("Quilt" in gathered.cards("sol"), kept_apart(gathered)) == (True, set())
    gathered.join("rosa", not_people="Soledad Reyes\nAnother line")
    assert maybe(gathered) == [("Quilt", "Marigold", "same", True, "another")], "and is not asked again"
    gathered.introduced("rosa", "sol")


def test_whoever_takes_all_such_words_back_is_no_longer_kept_apart(gathered: Circle) -> None:
    gathered.join("rosa", not_people="Soledad Reyes")
    gathered.join("rosa", not_people="")
    assert maybe(gathered) == []
    gathered.join("rosa", not_people="Soledad Reyes")
    say(gathered, "apart")
    gathered.join("rosa", not_people="")
    assert kept_apart(gathered) == {("rosa", "sol")}, "what a coordinator decided, a coordinator takes back"


def test_a_name_that_somebody_took_since_is_found_before_they_are_introduced(gathered: Circle) -> None:
    gathered.join("rosa", not_people="Bartholomew Quince")
    key = gathered.both("rosa", "sol")
    with gathered.storage.writing() as session:
        session.get_one(Account, gathered.town.accounts["sol"]).name = "Bartholomew Quince"
    with pytest.raises(Invalid):
        gathered.introduce(key)


def test_looking_is_noted_for_both_once_a_day(gathered: Circle) -> None:
    gathered.join("rosa", not_people="Soledad Reyes")
    for _ in range(2):
        maybe(gathered)
    with gathered.storage.reading() as session:
        looked = sorted(session.scalars(select(ClientView.client_id).where(ClientView.purpose == "list")))
    assert looked == sorted(gathered.client_id(name) for name in ("rosa", "sol"))


def test_only_the_scheme_where_it_was_written_decides_and_only_in_two_ways(gathered: Circle) -> None:
    gathered.join("rosa", not_people="Soledad Reyes")
    with gathered.storage.writing() as session:
        row = session.scalars(select(PeerNamed)).one()
        other = replace(gathered.scheme, id=UUID(int=7))
        with pytest.raises(NotFound):
            decide(session, other, row.id, "another", by="x", at=gathered.at)
        with pytest.raises(Invalid):
            decide(session, gathered.scheme, row.id, "", by="x", at=gathered.at)
        assert (count_maybe(session, gathered.scheme.id), count_maybe(session, other.id)) == (1, 0)


def test_nobody_is_meant_by_their_own_words_or_by_nothing(gathered: Circle) -> None:
    gathered.join("rosa", not_people="Rosa M.\n \nQuilt")
    assert maybe(gathered) == []
    with gathered.storage.reading() as session:
        pool = pool_of(session, gathered.scheme, on=gathered.on, at=gathered.at, sealer=gathered.sealer)
    assert (pool.named, pool.hidden) == (frozenset(), frozenset())
    assert said_by("rosa").not_people == ""
