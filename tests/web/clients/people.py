"""Rosa with real papers in every part, each with a word of its own, and what a test needs of her record over HTTP."""

from __future__ import annotations

import re
from uuid import UUID

import msgspec

from directory.clients.opening import open_own, write_part
from directory.clients.parts import PARTS
from directory.clients.records import begin_own, take_on
from directory.models import Client
from directory.papers import PARTS as PAPERS
from directory.papers import parts as papers
from tests.clients import ALDER, actor
from tests.web.second_door import SecondDoor

MARK = "Quillon"


def marker(part: str) -> str:
    """A word that stands in this part and nowhere else."""
    return f"{MARK}-{part.replace('_', '-')}-end"


def texts() -> dict[str, str]:
    """Every part of a record as people write it."""
    word = marker
    said: dict[str, papers.Part] = {
        "about": papers.About(text=word("about"), place="54911"), "own_words": papers.OwnWords(good_at=word("own_words"), went_well="the bus came"),
        "circle": papers.Circle(people=(papers.Person(name=word("circle"), brings="makes me laugh"),)),
        "domains": papers.Domains(answers={word("domains").lower(): "well"}), "hopes": papers.Hopes(more_of=word("hopes")),
        "scales": papers.Scales(scales=(papers.Scale(about=word("scales"), value=7),)),
        "reframes": papers.Reframes(reframes=(papers.Reframe(strength=word("reframes")),)),
        "goals": papers.Goals(goals=(papers.Goal(key="g1", words=word("goals"), confidence=3),)),
        "achievements": papers.Achievements(achievements=(papers.Achievement(words=word("achievements")),)),
        "came_through": papers.CameThrough(cards=(papers.Card(words=word("came_through")),)),
        "gratitude": papers.Gratitude(lines=(papers.Thanks(words=word("gratitude")),)),
        "resilience": papers.Resilience(strengths=(word("resilience"),)),
        "shortlist": papers.Shortlist(kept=(papers.Kept(listing="x", name=word("shortlist")),)),
    }  # fmt: skip
    assert set(said) == set(PAPERS) - {"to_raise"}
    plain = {part: {"words": word(part)} for part in ("label", "contact")}
    return {part: msgspec.json.encode(value).decode() for part, value in {**plain, **said}.items()}


def make_whole_rosa(door: SecondDoor, *, name: str = "rosa") -> UUID:
    """A record of one of the cast with every part written; gives its id."""
    with door.storage.writing() as session:
        who = actor(session, door.town, name, at=door.at, level=1)
        client = begin_own(session, who, at=door.at, sealer=door.sealer)
        opened = open_own(session, client, who, at=door.at, sealer=door.sealer)
        for part, text in texts().items():
            write_part(session, opened, part, text, version=opened.versions.get(part, 0), by=who.by, at=door.at)
        return client.id


def with_alder(door: SecondDoor, client_id: UUID, worker: str = "nia") -> None:
    """The person is with Alder House, in somebody's caseload."""
    with door.storage.writing() as session:
        take_on(session, session.get_one(Client, client_id), ALDER, account_id=door.town.accounts[worker], at=door.at)


def seen(text: str) -> set[str]:
    """The parts whose words stand in a page, in whatever case the page shows them."""
    found = {piece.lower() for piece in re.findall(rf"{MARK}-([a-z-]+?)-end", text, re.IGNORECASE)}
    return {part for part in PARTS if part.replace("_", "-") in found} | {part for part in ("domains",) if "quillon domains end" in text.lower()}
