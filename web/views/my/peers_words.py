"""The form in which somebody says what they wish for, or can be there for, and agrees that the organization sees it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.accounts.throttle import PEERS, count_try
from directory.clients.wording import DAYS, words
from directory.errors import Invalid, NotFound
from directory.peers.kept import Kept
from directory.peers.naming import coarse_area, find_organizations, organization_names
from directory.peers.profiles import own_profile, save_profile
from directory.peers.schemes import NONE, get_for
from directory.peers.talking.care import contacts_in
from directory.peers.values import SIDES, Said
from directory.places import Found
from directory.storage import Session
from web.desk import on_to, page
from web.forms.peers import Typed, cleaned, lines, load_of, read_typed, said_of, typed_of
from web.forms.posted import PostedForm
from web.house import House
from web.peers_wording import area_words, choices_of, codes_of
from web.views.peers.talking import KINDS
from web.visits import private_router

USUAL_DAYS = 90


@get("/schemes/{scheme_id:uuid}/{side:str}/words", name="my.peers.words", sync_to_thread=True)
def ask(house: NamedDependency[House], visit: NamedDependency[Visit], scheme_id: FromPath[UUID], side: FromPath[str]) -> Template:
    """The form, empty or as it was filled in."""
    with house.storage.reading() as session:
        kept = _kept(session, house, visit, scheme_id, side)
        typed = typed_of(kept.said, kept.row, USUAL_DAYS) if kept else Typed(timezone=house.settings.timezone)
        return _page(session, house, visit, scheme_id, side, typed, kept, {})


@post("/schemes/{scheme_id:uuid}/{side:str}/words", name="my.peers.words.save", sync_to_thread=True)
def save(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], scheme_id: FromPath[UUID], side: FromPath[str],
) -> Response[Any] | Template:  # fmt: skip
    """Keep it, sealed. What cannot be understood is asked again, with everything that was typed: no preference is dropped on the way."""
    typed = cleaned(read_typed(form), **choices_of(house.catalogue.vocabulary).offered())
    count_try(house.storage, ((PEERS, f"peers|{visit.actor.account_id}"),), at=house.now(), sealer=house.sealer)
    try:
        with house.storage.writing() as session:
            kept = _kept(session, house, visit, scheme_id, side)
            scheme = get_for(session, visit.actor, scheme_id, also=_own(kept))
            said, (places, rests, days) = _read(session, house, typed, kept), load_of(typed, side)
            if days not in DAYS:
                raise Invalid(days="Choose until when.")
            save_profile(
                session, visit.actor, scheme, side, said, version=int(typed.version or "0") if typed.version.isdecimal() else 0, places=places,
                rests_until=rests, days=days, at=house.now(), sealer=house.sealer,
            )  # fmt: skip
    except Invalid as invalid:
        with house.storage.reading() as session:
            kept = _kept(session, house, visit, scheme_id, side)
            return _page(session, house, visit, scheme_id, side, typed, kept, invalid.errors)
    return on_to(f"/my/peers/schemes/{scheme_id}/{side}", "saved")


def _read(session: Session, house: House, typed: Typed, kept: Kept | None) -> Said:
    """What the form says; ``Invalid`` names each place and organization that is not known here, and what on the card would reach strangers."""
    gazetteer, errors = house.catalogue.state().gazetteer, _contacts(typed, house.settings.region)
    found: dict[str, list[str]] = {}
    for field, texts in (("place", [typed.place.strip()] if typed.place.strip() else []), ("not_places", lines(typed.not_places))):
        answers = [(text, house.catalogue.find_place(text, country=house.settings.region)) for text in texts]
        found[field] = [coarse_area(gazetteer, answer.areas) for _, answer in answers if isinstance(answer, Found)]
        unknown = [text for text, answer in answers if not isinstance(answer, Found)]
        errors |= {field: f"We do not know exactly one place called: {'; '.join(unknown)}. A postcode is surest."} if unknown else {}
    named: dict[str, tuple[str, ...]] = {}
    for field in ("organizations", "not_organizations"):
        named[field], missing = find_organizations(session, lines(getattr(typed, field)))
        errors |= {field: f"No organization here is called: {'; '.join(missing)}. Write its name as its page here does."} if missing else {}
    if errors:
        raise Invalid(**errors)
    return said_of(
        typed, kept.said if kept else None, area=next(iter(found["place"]), ""), areas=found["not_places"], organizations=named["organizations"],
        not_organizations=named["not_organizations"],
    )  # fmt: skip


def _contacts(typed: Typed, region: str) -> dict[str, str]:
    """What is asked again of the two texts that stand on the card: whoever reads them has said nothing of themselves yet."""
    found = {field: contacts_in(getattr(typed, field), region) for field in ("pseudonym", "words")}
    return {
        field: f"Not saved yet. This looks like {' and '.join(KINDS[kind] for kind in kinds)}. Strangers read your card: please write it without."
        for field, kinds in found.items() if kinds
    }  # fmt: skip


def _page(
    session: Session, house: House, visit: Visit, scheme_id: UUID, side: str, typed: Typed, kept: Kept | None, errors: dict[str, str],
) -> Template:  # fmt: skip
    scheme = get_for(session, visit.actor, scheme_id, also=_own(kept))
    said = kept.said if kept else Said()
    return page(
        visit, "my/peers/words.html", status=422 if errors else 200, scheme=scheme, side=side, typed=typed, before=said, errors=errors,
        choices=choices_of(house.catalogue.vocabulary), words=words("en"), days=DAYS, area=area_words, codes_of=codes_of,
        names=organization_names(session, (*said.organizations, *said.not_organizations)), example_town=house.catalogue.example_town,
    )  # fmt: skip


def _kept(session: Session, house: House, visit: Visit, scheme_id: UUID, side: str) -> Kept | None:
    if side not in SIDES:
        raise NotFound(NONE)
    return own_profile(session, visit.actor, scheme_id, side, sealer=house.sealer)


def _own(kept: Kept | None) -> frozenset[UUID]:
    return frozenset({kept.row.scheme_id}) if kept and kept.row.state != "ended" else frozenset()


router = private_router("/my/peers", [ask, save])
