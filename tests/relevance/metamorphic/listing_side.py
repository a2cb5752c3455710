"""A listing's own record changes, all else stays: for the better, for the worse, or in nothing that was asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from matching.values import Inquiry, Listing, Place, Stated
from tests.matching.test_relations_of_listings import BETTER, STATED, refusing, saying, wishes
from tests.relevance.metamorphic.case import Case, Pair, Relation, standing

Change = Callable[[Listing, Inquiry], Listing | None]
REPLACE = msgspec.structs.replace
ADDS = {"builds_on": "strength", "languages": "language", "access": "access feature", "formats": "format", "entry": "way in", "group": "fact of a group"}


def never_lower(change: Change) -> Callable[[Case], Iterator[Pair]]:
    """A change for the better: neither the score nor the place may get worse."""

    def pairs(case: Case) -> Iterator[Pair]:
        for one in case.some():
            changed = change(one, case.inquiry)
            if changed is not None and changed != one:
                (old, above), (new, now_above) = standing(case.before, one.service_id), standing(case.after(case.with_changed(one, changed)), one.service_id)
                yield Pair(new >= old, now_above <= above)

    return pairs


def adding(field: str) -> Change:
    """One more yes of those that the person wants."""

    def change(one: Listing, inquiry: Inquiry) -> Listing | None:
        unsaid = [code for name, code in wishes(inquiry) if name == field and code not in getattr(one, field).yes]
        return saying(one, field, unsaid[-1]) if unsaid else None

    return change


def unknown_to_yes(one: Listing, inquiry: Inquiry) -> Listing | None:
    """The last wish of which nobody has said anything."""
    open_ = [(field, code) for field, code in wishes(inquiry) if code not in getattr(one, field).yes | getattr(one, field).no]
    return saying(one, *open_[-1]) if open_ else None


def no_to_unknown(one: Listing, inquiry: Inquiry) -> Listing | None:
    """Every no is taken back."""
    said = {field: Stated(yes=getattr(one, field).yes) for field in STATED if getattr(one, field).no}
    return REPLACE(one, **said) if said else None


def always_be_open(one: Listing, inquiry: Inquiry) -> Listing:
    return REPLACE(one, always_open=True)


def interpret(one: Listing, inquiry: Inquiry) -> Listing:
    return REPLACE(one, interpreting=True)


def be_led_by_my_people(one: Listing, inquiry: Inquiry) -> Listing | None:
    mine = frozenset(inquiry.profile.communities)
    return REPLACE(one, led_by=one.led_by | mine) if mine else None


def one_more_place(case: Case) -> Iterator[Pair]:
    """A service that also meets somewhere else, near or far, is never worse off."""
    for one in case.some(2):
        near = case.dice.random() < 0.5 and case.inquiry.place
        place = case.inquiry.place if near else Place(latitude=38.2, longitude=-121.9)
        second = REPLACE(one, id=f"{one.id}-second", place=place, added_on=None)
        (old, above), (new, now_above) = standing(case.before, one.service_id), standing(case.after([*case.directory, second]), one.service_id)
        yield Pair(new >= old, now_above <= above)


def unknown_to_no(case: Case) -> Iterator[Pair]:
    """Saying no where nobody had said anything never raises a listing."""
    for one in case.some():
        open_ = [(field, code) for field, code in wishes(case.inquiry) if code not in getattr(one, field).yes | getattr(one, field).no]
        for field, code in open_[:1]:
            old, above = standing(case.before, one.service_id)
            new, now_above = standing(case.after(case.with_changed(one, refusing(one, field, code))), one.service_id)
            yield Pair(new <= old, now_above >= above or new == old)


def unrelated_tags(case: Case) -> Iterator[Pair]:
    """What nobody asked about moves nothing."""
    for one in case.some(2):
        tags = {name: getattr(one, name) | {"beekeeping"} for name in ("supports", "interests", "settings", "domains", "for_communities", "wants")}
        busier = saying(saying(saying(REPLACE(one, **tags), "builds_on", "beekeeping"), "languages", "cy"), "access", "ramp_at_back")
        (old, above), (new, now_above) = standing(case.before, one.service_id), standing(case.after(case.with_changed(one, busier)), one.service_id)
        yield Pair(new == old, now_above == above)


def have_the_company(one: Listing, inquiry: Inquiry) -> Listing | None:
    profile = inquiry.profile
    return REPLACE(one, size=profile.size or one.size, tone=profile.tone or one.tone) if profile.size or profile.tone else None


def not_say_how_many(one: Listing, inquiry: Inquiry) -> Listing | None:
    """A size that is not the one wished for, taken back."""
    wished = inquiry.profile.size
    return REPLACE(one, size=None) if wished and one.size == {"small": "large", "large": "small"}.get(wished) else None


def share_what_i_chose(one: Listing, inquiry: Inquiry) -> Listing | None:
    chosen = {*inquiry.profile.focus, *inquiry.must.focus}
    steered = set(inquiry.profile.steer_clear)
    mine = frozenset({*inquiry.profile.communities, *inquiry.must.communities})
    if "community" in chosen and mine - steered:
        return REPLACE(one, led_by=one.led_by | mine)
    return REPLACE(one, meant_for=one.meant_for | set(inquiry.profile.about)) if "experience" in chosen else None


OWN: dict[str, Change] = {
    **{f"add a wanted {word}": adding(field) for field, word in ADDS.items()},
    "unknown becomes yes": unknown_to_yes,
    "no becomes unknown": no_to_unknown,
    "always be open": always_be_open,
    "interpret": interpret,
    "be led by my people": be_led_by_my_people,
    "have the company wished for": have_the_company,
    "not say how many": not_say_how_many,
    "share what was chosen": share_what_i_chose,
}
RELATIONS = (
    *(Relation("listing", change.__name__.replace("_", " "), never_lower(change)) for change in BETTER),
    *(Relation("listing", name, never_lower(change)) for name, change in OWN.items()),
    Relation("listing", "one more place, or a service split in two", one_more_place),
    Relation("listing", "unknown becomes no", unknown_to_no),
    Relation("listing", "tags nobody asked about", unrelated_tags),
)
