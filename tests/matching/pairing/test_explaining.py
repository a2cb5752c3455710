"""What each side hears, and what it can never hear; and what a coordinator has to ask first."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from matching.pairing import card_of, explain, in_words, suggest
from matching.pairing.asking import asks
from matching.pairing.values import Card, Peer, Wish
from tests.matching.pairing import oracle
from tests.matching.pairing.crowd import ON
from tests.matching.pairing.people import SHARED, peers

LABELS = {"grief": "Grief and loss", "1": "Walking", "chess": "Chess"}


def words(mine: Peer, other: Peer) -> list[str]:
    """All that one side reads about a suggestion."""
    return [in_words(reason, side=mine.side, labels=LABELS) for reason in explain(mine, card_of(other))]


@settings(deadline=None)
@given(peers("seeker", "a"), peers("supporter", "b"), peers("supporter", "b"))
def test_whatever_is_not_on_the_card_changes_no_word(mine: Peer, other: Peer, world: Peer) -> None:
    """Two worlds with the same card: times, areas, traits, wishes, boundaries, checks, waiting, and whatever is not shared, are another's."""
    shown = {name: getattr(other, name) for name in other.shares}
    elsewhere = replace(world, shares=other.shares, **shown)
    assert card_of(elsewhere) == card_of(other)
    assert words(mine, elsewhere) == words(mine, other)


@settings(deadline=None)
@given(peers("seeker", "a"), peers("supporter", "b"))
def test_a_card_shows_what_is_shared_and_nothing_else(mine: Peer, other: Peer) -> None:
    for name in SHARED:
        assert getattr(card_of(other), name) == (getattr(other, name) if name in other.shares else frozenset())
    assert set(Card.__struct_fields__) == set(SHARED)
    closed = replace(other, shares=frozenset())
    assert words(mine, closed) == []


@settings(deadline=None)
@given(peers("seeker", "a"), peers("supporter", "b"))
def test_a_reason_names_only_what_both_said(mine: Peer, other: Peer) -> None:
    for side, them in ((mine, other), (other, mine)):
        for reason in explain(side, card_of(them)):
            ours = set(side.hopes) if reason.kind == "hopes" else set(getattr(side, reason.kind))
            assert reason.codes
            assert set(reason.codes) <= ours & set(getattr(them, "strengths" if reason.kind == "hopes" else reason.kind))


def test_reasons_are_sentences_for_either_side() -> None:
    seeker = Peer(id="a", side="seeker", about=frozenset({"grief"}), interests=frozenset({"chess", "1"}), hopes=frozenset({"1"}))
    supporter = Peer(id="b", side="supporter", about=frozenset({"grief", "work"}), interests=frozenset({"chess", "1"}), strengths=frozenset({"1"}))
    assert words(seeker, supporter) == [
        "Can be there for what you would like company with: Grief and loss",
        "Is good at what you hoped for: Walking",
        "You both like: Walking and Chess",
    ]
    assert words(supporter, seeker)[0] == "Would like company with what you can be there for: Grief and loss"


@settings(deadline=None)
@given(peers("seeker", "a"), peers("supporter", "b"))
def test_whatever_must_hold_and_is_unknown_is_asked_first(seeker: Peer, supporter: Peer) -> None:
    """Every must that nobody knows of becomes a question, and one that is known does not."""
    asked = asks(seeker, supporter)
    for one, other in ((seeker, supporter), (supporter, seeker)):
        open_wishes = {tuple(sorted(wish.codes)) for wish in one.wishes if wish.must and oracle.verdict(wish, other) is None}
        assert {ask.codes for ask in asked if ask.of == other.side and ask.about == "wish"} == open_wishes
        for kind, field in (("language", "languages"), ("way", "ways"), ("hours", "slots")):
            assert ((other.side, kind) in {(ask.of, ask.about) for ask in asked}) is not bool(getattr(other, field))
        assert ((other.side, "area") in {(ask.of, ask.about) for ask in asked}) is (bool(one.not_areas) and not other.area)
    if found := suggest(seeker, [supporter], on=ON):
        assert found[0].asks == asked


@settings(deadline=None)
@given(peers("seeker", "a"), peers("supporter", "b"), st.booleans())
def test_an_answer_settles_a_must(seeker: Peer, supporter: Peer, yes: bool) -> None:
    """Asked and answered, a must is a yes or a veto, and no question any more."""
    seeker = replace(seeker, wishes=(Wish(codes=frozenset({"community/1"}), must=True),))
    answered = replace(supporter, traits=frozenset({"community/1"} if yes else {"community/2"}))
    assert not any(ask.about == "wish" and ask.of == "supporter" for ask in asks(seeker, answered))
    assert ("wish" in oracle.vetoes(seeker, replace(answered, wishes=()), on=ON)) is not yes
