"""Porch Pals, the peer support of the demonstration, with something on every page: two in touch, two to introduce, a round, a message to the moderator."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from directory.accounts.actors import Actor, actor_of
from directory.accounts.people import find_account
from directory.errors import NotFound
from directory.models import Account, Organization
from directory.peers.answering import answer
from directory.peers.card_care import Seen, tell_of_card
from directory.peers.checking_in.asking import ask_due
from directory.peers.introducing import introduce
from directory.peers.kept import Kept
from directory.peers.profiles import own_profile, save_profile
from directory.peers.rounds.deciding import propose
from directory.peers.schemes import Scheme, get_kept, list_kept, make_scheme
from directory.peers.talking.between import get_between
from directory.peers.talking.messages import send
from directory.peers.values import IN_NONE, VOUCHED, Said
from directory.peers.vouching import vouch
from directory.sealing import Sealer
from directory.storage import Storage
from seeds.demonstration import FOLDER
from seeds.pals_people import PALS
from seeds.towns import read_town

ORGANIZATION: Final = "porch"
COORDINATOR: Final = "wanjiru@people.example.org"
NAME: Final = "Porch Pals"
WORDS: Final = "Two people on a porch, or on the phone, about once a week for half a year. Everybody who is there for you has been through things themselves."
AREA: Final = "us/wi/outagamie county"
DAYS: Final = 365
JOINED, MET = timedelta(days=24), timedelta(days=3)
"""How long ago everybody came, and two were introduced: long enough for the first question of how it goes."""
AGREED: Final = ("priya@people.example.org", "hawa@people.example.org")
IN_TOUCH: Final = ("caleb@people.example.org", "teodoro@people.example.org")
TALK: Final = (
    (0, "Hello, I am Caleb. I heard you fix radios. I would like to learn."), (1, "Hola Caleb! Bring the one that is broken. Does Tuesday at six suit you?"),
    (0, "Tuesday is good. I have a kitchen radio that only whispers."), (1, "The best kind. We write here until then."),
)  # fmt: skip
TOLD: Final = ("wendell@people.example.org", "hawa@people.example.org", "I think I know her from the market. Is it all right if we meet all the same?")
SOON: Final = ("delphine@people.example.org", "supervision", timedelta(days=12))
"""What has to be renewed within the month."""


def pals(storage: Storage, *, sealer: Sealer, at: datetime) -> bool:
    """Make the scheme with its people, unless it is there or its organization or coordinator is not; whether it was made."""
    organization_id = read_town(FOLDER).organizations[ORGANIZATION].id
    with storage.writing(counting=True) as session:
        coordinator = find_account(session, COORDINATOR, sealer=sealer)
        organization = session.get(Organization, organization_id)
        if coordinator is None or organization is None or any(one.name == NAME for one in list_kept(session, organization_id)):
            return False
        row = make_scheme(session, organization, name=NAME, words=WORDS, moderator_id=coordinator.id, is_internal=False, at=at - JOINED)
        scheme = get_kept(session, organization_id, row.id)
        ids = {email: _join(session, scheme, email, coordinator, at=at - JOINED, sealer=sealer) for email in PALS}
        _both(session, scheme, ids, AGREED, at=at - MET, sealer=sealer)
        _in_touch(session, scheme, ids, coordinator, at=at, sealer=sealer)
        propose(session, scheme, _actor(session, coordinator.id, at), on=at.date(), at=at, sealer=sealer)
        _tell(session, scheme, at=at, sealer=sealer)
        return True


def _join(session: Session, scheme: Scheme, email: str, coordinator: Account, *, at: datetime, sealer: Sealer) -> UUID:
    who, (side, words) = _called(session, email, at, sealer), PALS[email]
    said = Said(**{"timezone": "America/Chicago", "area": AREA, "organizations": (IN_NONE,), "is_minor": False, **words})
    profile = save_profile(session, who, scheme, side, said, version=0, places=2 if side == "supporter" else 1, days=DAYS, at=at, sealer=sealer)
    for kind in sorted(VOUCHED) if side == "supporter" else ():
        left = JOINED + SOON[2] if (email, kind) == SOON[:2] else timedelta(days=DAYS)
        vouch(session, scheme, profile.client_id, kind, ends_on=at.date() + left, by=f"account:{coordinator.id}", on=at.date(), at=at, sealer=sealer)
    return profile.client_id


def _both(session: Session, scheme: Scheme, ids: dict[str, UUID], two: tuple[str, str], *, at: datetime, sealer: Sealer) -> UUID:
    seeker, supporter = (ids[email] for email in two)
    answer(session, scheme, "seeker", seeker, supporter, "yes", at=at, sealer=sealer, base_url="")
    return answer(session, scheme, "supporter", supporter, seeker, "yes", at=at, sealer=sealer, base_url="").id


def _in_touch(session: Session, scheme: Scheme, ids: dict[str, UUID], coordinator: Account, *, at: datetime, sealer: Sealer) -> None:
    """Two who were introduced, what they wrote to each other, and the first question of how it goes."""
    met = at - MET
    key = _both(session, scheme, ids, IN_TOUCH, at=met - MET, sealer=sealer)
    introduce(session, scheme, key, _actor(session, coordinator.id, met), "here", on=met.date(), at=met, sealer=sealer, base_url="")
    for number, (who, words) in enumerate(TALK):
        then = met + timedelta(hours=3 * (number + 1))
        send(session, get_between(session, key, _called(session, IN_TOUCH[who], then, sealer), hold=True), words, at=then, sealer=sealer)
    ask_due(session, at=at, sealer=sealer, base_url="")


def _tell(session: Session, scheme: Scheme, *, at: datetime, sealer: Sealer) -> None:
    """Somebody told the moderator something about a card."""
    mine, theirs = _kept(session, scheme, TOLD[0], at, sealer), _kept(session, scheme, TOLD[1], at, sealer)
    seen = Seen(client_id=theirs.client_id, pseudonym=theirs.said.pseudonym, words=theirs.said.words, stamp="")
    tell_of_card(session, scheme, mine, seen, TOLD[2], at=at, sealer=sealer, base_url="")


def _kept(session: Session, scheme: Scheme, email: str, at: datetime, sealer: Sealer) -> Kept:
    found = own_profile(session, _called(session, email, at, sealer), scheme.id, PALS[email][0], sealer=sealer)
    if found is None:
        raise NotFound(f"{email} takes no part.")
    return found


def _called(session: Session, email: str, at: datetime, sealer: Sealer) -> Actor:
    account = find_account(session, email, sealer=sealer)
    if account is None:
        raise NotFound(f"{email} is not in the cast of the demonstration.")
    return _actor(session, account.id, at)


def _actor(session: Session, account_id: UUID, at: datetime) -> Actor:
    return actor_of(session, session.get_one(Account, account_id), level=2, confirmed_at=at)
