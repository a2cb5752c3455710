"""Why two entries may be the same, in words a curator can check against the two records."""

from __future__ import annotations

from directory.duplicates.around import DoorIs, Is
from directory.duplicates.findings import Findings, NameIs

DOORS = {
    DoorIs.SAME: "same house number and street",
    DoorIs.NEAR: "a few numbers apart in the same street",
    DoorIs.STREET_ONLY: "same street, one without a number",
    DoorIs.STREET: "same street, far apart",
    DoorIs.NUMBER: "same house number, another street",
    DoorIs.OTHER: "another address",
}
PHONES = {Is.SAME: "same phone", Is.NEAR: "phones differ in the last digits", Is.OTHER: "another phone"}
SITES = {Is.SAME: "same web page", Is.NEAR: "same web site"}


def reason(found: Findings) -> str:
    """What speaks for it first, then "but" and what speaks against it, parted by semicolons."""
    speaks = list(filter(None, (*_for(found), *_place(found, near=True))))
    against = list(filter(None, (*_against(found), *_place(found, near=False))))
    return "; ".join((*speaks, *(("but " + against[0], *against[1:]) if against else ())))


def _for(found: Findings) -> list[str]:
    return [
        _shared(PHONES.get(found.around.phone, ""), found.around.phone_spread, "addresses") if found.around.phone is Is.SAME else "",
        _shared(DOORS.get(found.around.door, ""), found.around.door_spread, "phone numbers") if found.around.door is DoorIs.SAME else "",
        "" if found.name in (NameIs.NONE, NameIs.LITTLE, NameIs.UNSAID) else _names(found),
        _shared(SITES.get(found.around.site, ""), found.around.site_spread, "addresses"),
        "same e-mail address" if found.around.email is Is.SAME else "",
        "same organization" if found.organization is Is.SAME else "",
        PHONES[Is.NEAR] if found.around.phone is Is.NEAR else "",
        DOORS[found.around.door] if found.around.door in (DoorIs.NEAR, DoorIs.STREET_ONLY) else "",
    ]


def _against(found: Findings) -> list[str]:
    return [
        DOORS[found.around.door] if found.around.door in (DoorIs.STREET, DoorIs.NUMBER, DoorIs.OTHER) else "",
        PHONES[Is.OTHER] if found.around.phone is Is.OTHER else "",
        _names(found) if found.name in (NameIs.NONE, NameIs.LITTLE) else "",
        "numbers or sides in the names differ" if found.alike.numbers_differ else "",
        "one runs the other" if found.organization is Is.NEAR and found.name is not NameIs.SAME else "",
        "another organization" if found.organization is Is.OTHER else "",
    ]


def _names(found: Findings) -> str:
    if found.name is NameIs.SAME:
        return _shared("same name", found.name_spread, "addresses")
    if found.name is NameIs.WITHIN:
        return f"one name is within the other ({found.alike.percent} % alike)"
    return f"names {found.alike.percent} % alike" if found.alike.shared else "nothing in common in the names"


def _shared(words: str, spread: int, others: str) -> str:
    return f"{words} (which goes with {spread} {others} here)" if words and spread > 1 else words


def _place(found: Findings, *, near: bool) -> list[str]:
    said = []
    if found.around.postcode is not Is.UNKNOWN and (found.around.postcode is Is.SAME) == near:
        said.append("same postcode" if near else "another postcode" if found.around.postcode is Is.NEAR else "a postcode far from it")
    elif found.around.distance_km is None and found.around.postcode is Is.UNKNOWN and found.around.city is Is.OTHER and not near:
        said.append("another town")
    if found.around.distance_km is not None and near == (found.around.distance_km <= 1) and not (near and found.around.door is DoorIs.SAME):
        said.append(f"{found.around.distance_km * 1000:.0f} m apart" if near else f"{found.around.distance_km:.1f} km apart")
    return said
