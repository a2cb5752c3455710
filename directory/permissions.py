"""Who may do what, as a table: an act, and the sentences of which one must be true.

Handlers do not ask here: they fetch through ``get``, which gives a thing only to somebody who may do the act with it. Whoever may not see that the
thing exists is told that it does not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.errors import NotFound, NotPermitted, StepUpNeeded
from directory.models import Base


class Act(StrEnum):
    """What somebody may do with a thing."""

    EDIT_LISTING = "edit a listing"
    """Open its form, save a draft, hand it in, look at its history."""
    ADD_LISTING = "add a listing to an organization"
    """Begin a new listing of an organization."""
    CONFIRM_LISTING = "say that a listing is right"
    """Move its date of confirmation."""
    EDIT_ORGANIZATION = "edit an organization"
    """See its desk, its listings and its reports."""
    BE_MEMBER = "use the workspace of an organization"
    """Its members only: not even a curator sees what they show each other."""
    RECEIVE = "answer people who asked to be put in touch"
    """Read what people let an organization know: its trusted members, nobody else."""
    KEEP_ORGANIZATION = "change what is said of an organization"
    """Its own name, words and addresses, which people trust: at once, so not by an editor whose changes wait."""
    INVITE = "invite people into an organization"
    """Ask others to edit, set whom to trust, let somebody go."""
    CLAIM = "claim an organization"
    """Say: we are this organization."""
    WITHDRAW = "take back what you asked"
    """Take a claim back that nobody has answered yet."""
    SEE_DRAFT = "see a draft"
    """Go on with it, hand it in, throw it away."""
    DECIDE = "decide what waits"
    """Drafts, claims, reports, conflicts, duplicates: everything on a curator's desk."""
    CURATE = "keep the directory"
    """Undo, unpublish, merge, import, call."""
    SEE_HISTORY = "see the history of a listing"
    """Who changed what, and when."""
    SEE_SOURCES = "see the sources"
    """Where records come from, when each was fetched, and what came of it."""
    EXPORT = "take tables out"
    """Tables of what curators see, as files."""
    SEE_CASELOAD = "see who an agency works with"
    """Its caseworkers and the leads of their team. What stands in a record is another question (``clients.rules``)."""
    LEAD_TEAM = "lead the team of an agency"
    """How much each has to do, what is overdue, and the reasons for looking outside a caseload."""
    KEEP_TEAM = "say who is in the team of an agency"
    """Its owners and leads; not curators, who have no business with people's records."""
    COORDINATE = "keep the peer support of an organization"
    """Its schemes, who is vouched for, introductions, rounds and reports. Its coordinators and nobody else: not curators, not owners."""
    CONFIRM_ROUND = "tell people of a round"
    """Its coordinators, with a factor shown just now: whoever finds a browser open must not write to everybody in a scheme."""
    ADMINISTER = "give and take roles"
    """Accounts, roles, keys, sources."""


Says = Callable[[Actor, object], bool]


def is_signed_in(actor: Actor, _thing: object) -> bool:
    """Somebody who has signed in."""
    return not actor.is_anyone


def is_curator(actor: Actor, _thing: object) -> bool:
    """A curator, with a second factor."""
    return actor.has("curator")


def is_administrator(actor: Actor, _thing: object) -> bool:
    """An administrator, with a second factor."""
    return actor.has("administrator")


def edits_it(actor: Actor, thing: object) -> bool:
    """An editor or owner of the organization that the thing is, or belongs to."""
    return organization_of(thing) in actor.edits


def owns_it(actor: Actor, thing: object) -> bool:
    """An owner of the organization that the thing is, or belongs to."""
    return organization_of(thing) in actor.owns


def is_trusted_there(actor: Actor, thing: object) -> bool:
    """An owner or trusted editor of the organization that the thing is, or belongs to."""
    return organization_of(thing) in actor.trusted


def works_there(actor: Actor, thing: object) -> bool:
    """A caseworker of the agency."""
    return organization_of(thing) in actor.casework


def leads_there(actor: Actor, thing: object) -> bool:
    """A lead of the agency's team."""
    return organization_of(thing) in actor.leads


def coordinates_there(actor: Actor, thing: object) -> bool:
    """A coordinator of the organization's peer support."""
    return organization_of(thing) in actor.coordinates


def wrote_it(actor: Actor, thing: object) -> bool:
    """Whoever began the thing."""
    return not actor.is_anyone and getattr(thing, "account_id", None) == actor.account_id


MAY: Final[Mapping[Act, tuple[Says, ...]]] = {
    Act.EDIT_LISTING: (edits_it, is_curator),
    Act.ADD_LISTING: (edits_it, is_curator),
    Act.CONFIRM_LISTING: (edits_it, is_curator),
    Act.EDIT_ORGANIZATION: (edits_it, is_curator),
    Act.BE_MEMBER: (edits_it,),
    Act.RECEIVE: (is_trusted_there,),
    Act.KEEP_ORGANIZATION: (is_trusted_there, is_curator),
    Act.INVITE: (owns_it, is_curator),
    Act.CLAIM: (is_signed_in,),
    Act.WITHDRAW: (wrote_it,),
    Act.SEE_DRAFT: (wrote_it, is_curator),
    Act.DECIDE: (is_curator,),
    Act.CURATE: (is_curator,),
    Act.SEE_HISTORY: (edits_it, is_curator),
    Act.SEE_SOURCES: (is_curator, is_administrator),
    Act.EXPORT: (is_curator,),
    Act.SEE_CASELOAD: (works_there, leads_there),
    Act.LEAD_TEAM: (leads_there,),
    Act.KEEP_TEAM: (owns_it, leads_there),
    Act.COORDINATE: (coordinates_there,),
    Act.CONFIRM_ROUND: (coordinates_there,),
    Act.ADMINISTER: (is_administrator,),
}
"""For each act, the sentences of which one must be true."""

STEP_UP: Final = frozenset({Act.EXPORT, Act.ADMINISTER, Act.CONFIRM_ROUND})
"""Acts of weight: a factor must have been shown within the last half hour."""

SECRET: Final = frozenset({Act.SEE_DRAFT, Act.WITHDRAW})
"""Acts on things of which nobody else may know that they exist. Listings and organizations are public anyway."""

Thing = TypeVar("Thing", bound=Base)


def organization_of(thing: object) -> UUID | None:
    """The organization that a thing is, or belongs to."""
    if getattr(thing, "__tablename__", "") == "organization":
        return getattr(thing, "id", None)
    return getattr(thing, "organization_id", None)


def may(actor: Actor, act: Act, thing: object = None) -> bool:
    """Whether somebody may do an act with a thing."""
    return any(says(actor, thing) for says in MAY[act])


def require(actor: Actor, act: Act, thing: object = None, *, at: datetime) -> None:
    """``NotPermitted`` (``NotFound`` for what is secret) unless somebody may, ``StepUpNeeded`` when a factor has to be shown again first."""
    if not may(actor, act, thing):
        raise NotFound("There is no such page here.") if act in SECRET else NotPermitted(f"You may not {act.value}.")
    if act in STEP_UP and not actor.confirmed_recently(at):
        raise StepUpNeeded("Please show once more that it is you.")


def get(session: Session, kind: type[Thing], key: UUID, actor: Actor, act: Act, *, at: datetime) -> Thing:
    """The thing with this id, for somebody who may do the act with it; else ``NotFound`` or ``NotPermitted``."""
    thing = session.get(kind, key)
    if thing is None:
        raise NotFound("There is no such page here.")
    require(actor, act, thing, at=at)
    return thing
