"""Porch Pals, the peer support of the demonstration: invented people who are there for others or look for company, two of whom wait to be introduced."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import Session

from directory.accounts.actors import actor_of
from directory.accounts.people import find_account
from directory.errors import NotFound
from directory.models import Account, Organization
from directory.peers.answering import answer
from directory.peers.profiles import save_profile
from directory.peers.schemes import Scheme, get_kept, list_kept, make_scheme
from directory.peers.values import IN_NONE, VOUCHED, Said
from directory.peers.vouching import vouch
from directory.sealing import Sealer
from directory.storage import Storage
from matching.values import Slot
from seeds.demonstration import FOLDER
from seeds.towns import read_town

ORGANIZATION: Final = "porch"
COORDINATOR: Final = "wanjiru@people.example.org"
NAME: Final = "Porch Pals"
WORDS: Final = "Two people on a porch, or on the phone, about once a week for half a year. Everybody who is there for you has been through things themselves."
AREA: Final = "us/wi/outagamie county"
DAYS: Final = 365
EVENING, MORNING = (17 * 60, 22 * 60), (7 * 60, 12 * 60)


def _times(*days: int, span: tuple[int, int]) -> tuple[Slot, ...]:
    return tuple(Slot(weekday=day, starts=span[0], ends=span[1]) for day in days)


PALS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "teodoro@people.example.org": ("supporter", {
        "pseudonym": "Lantern", "called": "Teo", "words": "I fix radios and take my time. I know what it is to begin again in a new town.",
        "about": ("supports/newcomer_support", "supports/find_work", "life_domains/people"), "not_about": ("supports/grief_support",),
        "interests": ("interests/listening_music",), "strengths": ("strengths/listening", "strengths/making_fixing"), "languages": ("es", "en"),
        "ways": ("messages", "phone", "in_person"), "slots": _times(1, 3, span=EVENING),
    }),
    "hawa@people.example.org": ("supporter", {
        "pseudonym": "Cardamom", "called": "Hawa", "words": "Tea, a walk by the river, and no hurry. I brought up four children here.",
        "about": ("supports/parenting", "life_domains/people", "supports/carers_family"), "interests": ("interests/walking",),
        "strengths": ("strengths/listening", "strengths/cooking"), "languages": ("so", "en"), "ways": ("phone", "in_person"),
        "slots": _times(0, 2, 5, span=MORNING), "traits": ("gender/women",), "shows_traits": True,
    }),
    "priya@people.example.org": ("seeker", {
        "pseudonym": "Monsoon", "called": "Priya", "words": "New mother, far from my sisters. I would like to laugh with somebody.",
        "about": ("supports/parenting", "life_domains/people"), "interests": ("interests/walking",), "hopes": ("strengths/cooking",),
        "languages": ("en",), "ways": ("phone", "in_person"), "slots": _times(0, 2, span=MORNING), "traits": ("gender/women",), "shows_traits": True,
    }),
    "caleb@people.example.org": ("seeker", {
        "pseudonym": "Kestrel", "called": "Caleb", "words": "Learning Spanish, looking for work with my hands.",
        "about": ("supports/find_work", "life_domains/people"), "hopes": ("strengths/making_fixing",), "interests": ("interests/listening_music",),
        "languages": ("en",), "ways": ("messages", "phone"), "slots": _times(1, span=EVENING),
    }),
}  # fmt: skip
AGREED: Final = ("priya@people.example.org", "hawa@people.example.org")


def pals(storage: Storage, *, sealer: Sealer, at: datetime) -> bool:
    """Make the scheme with its people, unless it is there or its organization or coordinator is not; whether it was made."""
    organization_id = read_town(FOLDER).organizations[ORGANIZATION].id
    with storage.writing() as session:
        coordinator = find_account(session, COORDINATOR, sealer=sealer)
        organization = session.get(Organization, organization_id)
        if coordinator is None or organization is None or any(one.name == NAME for one in list_kept(session, organization_id)):
            return False
        row = make_scheme(session, organization, name=NAME, words=WORDS, moderator_id=coordinator.id, is_internal=False, at=at)
        scheme = get_kept(session, organization_id, row.id)
        ids = {email: _join(session, scheme, email, coordinator, at=at, sealer=sealer) for email in PALS}
        seeker, supporter = (ids[email] for email in AGREED)
        for side, mine, other in (("seeker", seeker, supporter), ("supporter", supporter, seeker)):
            answer(session, scheme, side, mine, other, "yes", at=at, sealer=sealer, base_url="")
        return True


def _join(session: Session, scheme: Scheme, email: str, coordinator: Account, *, at: datetime, sealer: Sealer) -> UUID:
    account = find_account(session, email, sealer=sealer)
    if account is None:
        raise NotFound(f"{email} is not in the cast of the demonstration.")
    who, (side, words) = actor_of(session, account, level=1, confirmed_at=at), PALS[email]
    said = Said(**words, timezone="America/Chicago", area=AREA, organizations=(IN_NONE,), is_minor=False)
    profile = save_profile(session, who, scheme, side, said, version=0, places=2 if side == "supporter" else 1, days=DAYS, at=at, sealer=sealer)
    for kind in sorted(VOUCHED) if side == "supporter" else ():
        vouch(
            session, scheme, profile.client_id, kind, ends_on=at.date() + timedelta(days=DAYS), by=f"account:{coordinator.id}", on=at.date(), at=at,
            sealer=sealer,
        )  # fmt: skip
    return profile.client_id

