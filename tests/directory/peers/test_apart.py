"""Those who must never meet: no graph, no side and no round brings them together; and nobody is found by probing."""

from __future__ import annotations

import random
from pathlib import Path
from uuid import uuid4

from directory.models import PeerBlock, PeerProfile
from directory.peers.cards import card_for
from directory.peers.kept import Kept
from directory.peers.naming import coarse_area
from directory.peers.pool import pool_of
from directory.places import Found, find_place, open_gazetteer
from directory.storage import Storage, sqlite_url
from matching.pairing import deferred_acceptance, suggest, weigh
from matching.pairing.values import Peer, Side
from matching.values import Slot
from tests.peers import AT, Circle, said_by

GRAPHS = 10_000
PROBES = 1_000
ALWAYS = (Slot(weekday=1, starts=0, ends=1440),)


def test_in_ten_thousand_random_graphs_nobody_is_suggested_or_paired_across_a_block() -> None:
    dice, suggested, across = random.Random(6), 0, 0
    for number in range(GRAPHS):
        seekers, supporters = _people(dice, "seeker"), _people(dice, "supporter")
        blocked = frozenset((one.id, other.id) for one in seekers for other in supporters if dice.random() < 0.3)
        blocked = frozenset(pair if dice.random() < 0.5 else pair[::-1] for pair in blocked)
        if number % 10:   # nine of ten by the piece, the tenth in a round
            person = dice.choice([*seekers, *supporters])
            pairs = {(one.seeker, one.supporter) for one in suggest(person, supporters if person.side == "seeker" else seekers, on=AT.date(), blocked=blocked)}
        else:
            outcome = deferred_acceptance(weigh(seekers, supporters, on=AT.date(), blocked=blocked))
            pairs = {(pair.seeker, pair.supporter) for pair in outcome.pairs}
        suggested += len(pairs)
        across += len([pair for pair in pairs if pair in blocked or pair[::-1] in blocked])
    assert across == 0
    assert suggested > GRAPHS, "most graphs have pairs that may meet"


def test_a_block_holds_whoever_asked_for_it(circle: Circle) -> None:
    found = circle.gather("rosa", "wen", "sol", "farah")
    with circle.storage.writing() as session:
        session.add(PeerBlock(client_id=found["rosa"], other_id=found["sol"], at=circle.at))
        session.add(PeerBlock(client_id=found["farah"], other_id=found["wen"], at=circle.at))
    assert {name: circle.cards(name) for name in found} == {"rosa": ["Bluebird"], "wen": ["Marigold"], "sol": ["Sesame"], "farah": ["Quilt"]}
    with circle.storage.reading() as session:
        pool = pool_of(session, circle.scheme, on=circle.on, at=circle.at, sealer=circle.sealer)
        assert len(pool.apart) == 2


def test_a_thousand_probes_locate_nobody_better_than_the_area_on_their_card(ground_file: Path) -> None:
    storage, dice = Storage(sqlite_url(ground_file)), random.Random(21)
    with storage.reading() as session:
        gazetteer = open_gazetteer(session)
        codes = [f"{number:05d}" for number in range(54100, 54999)]
        areas = {code: coarse_area(gazetteer, answer.areas) for code in codes if isinstance(answer := find_place(gazetteer, code, country="us"), Found)}
    storage.close()
    home = areas["54911"]
    probes = [dice.choice(list(areas.values())) for _ in range(PROBES)]
    answers = {code: _probed(area, probes) for code, area in areas.items()}
    alike = {code for code, told in answers.items() if told == answers["54911"]}
    assert alike == {code for code, area in areas.items() if area == home}, "every postcode of the county answers alike: none can be told from another"
    assert len(alike) >= 10
    assert {band for band, _ in answers["54911"]} == {"same", "other"}


def _probed(area: str, probes: list[str]) -> list[tuple[str, str]]:
    """What a seeker reads of a supporter in an area, from each place that they say they are in."""
    row = PeerProfile(id=uuid4(), client_id=uuid4(), scheme_id=uuid4(), side="supporter")
    kept = Kept(row=row, said=said_by("sol", area=area))
    cards = (card_for(said_by("rosa", area=probe), kept, "seeker") for probe in probes)
    return [(card.band, card.area) for card in cards]


def _people(dice: random.Random, side: Side) -> list[Peer]:
    return [
        Peer(
            id=f"{side}{number}", side=side, about=frozenset({"life_domains/people"}), languages=frozenset(dice.sample(["en", "es", "so"], 2)),
            ways=frozenset({"phone"}), slots=ALWAYS, places=dice.randint(1, 3), vouched=True, organizations=frozenset({"none"}),
        )
        for number in range(dice.randint(1, 6))
    ]
