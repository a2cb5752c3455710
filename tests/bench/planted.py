"""Invented listings with duplicates planted among them, as people make them: shortened, misspelt, half filled in, with phones written otherwise."""

from __future__ import annotations

from random import Random

from msgspec.structs import replace

from directory.duplicates import Row
from matching.values import Listing
from tests.bench.data import listings

SHARE = 0.03
STREETS = ("Mill", "Oak", "Church", "Station", "Park", "High", "Maple", "Cedar", "River", "Market", "Chestnut", "Washington", "Elm", "Lake", "Hill", "Union",
           "Spring", "Bridge", "School", "Garden", "Victoria", "Queen", "Orchard", "Prospect", "Harbour", "Forest", "Sunset", "Walnut", "Jefferson",
           "Franklin")  # fmt: skip
KINDS = {"Street": "St.", "Avenue": "Ave", "Road": "Rd", "Lane": "Ln", "Boulevard": "Blvd"}
SHORT = {"Community": "Comm.", "Center": "Ctr", "Association": "Assn", "Support": "Supp.", "Services": "Svcs", "Group": "Grp", "and": "&", "Family": "Fam."}


def planted(count: int, *, seed: int = 5) -> tuple[list[Row], list[tuple[int, int]]]:
    """So many rows in shuffled order, three in a hundred of them a copy of another; and the true pairs, by place, the smaller first."""
    dice = Random(seed)
    rows = [row_of(listing, dice) for listing in listings(count - int(count * SHARE))]
    originals = dice.sample(range(len(rows)), count - len(rows))
    rows += [varied(rows[at], dice, key=f"copy {number}") for number, at in enumerate(originals)]
    order = list(range(count))
    dice.shuffle(order)
    place = {old: new for new, old in enumerate(order)}
    pairs = [(place[at], place[count - len(originals) + number]) for number, at in enumerate(originals)]
    return [rows[old] for old in order], [(min(pair), max(pair)) for pair in pairs]


def row_of(listing: Listing, dice: Random) -> Row:
    """A listing with invented reach: a door in nine of ten, a phone in eight, often its organization's; a site in half."""
    owner = Random(listing.organization_id)
    switchboard = f"({owner.randint(201, 989)}) {owner.randint(200, 999)}-{owner.randint(0, 9999):04d}"
    own = f"{switchboard[:6]}{dice.randint(200, 999)}-{dice.randint(0, 9999):04d}"
    place, town = listing.place, listing.organization_name.split()[0]
    street = f"{dice.randint(1, 9999)} {dice.choice(STREETS)} {dice.choice(tuple(KINDS))}"
    return Row(
        key=listing.id,
        name=listing.name,
        organization=listing.organization_name,
        phones=((switchboard if dice.random() < 0.4 else own),) if dice.random() < 0.8 else (),
        websites=(f"https://www.{listing.organization_name.replace(' ', '').lower()}.org",) if dice.random() < 0.5 else (),
        streets=(street,) if place and dice.random() < 0.9 else (),
        postcodes=(f"{sum(map(ord, town)) * 37 % 99_999:05d}",) if place else (),
        city=town if place else "",
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
    )


def varied(row: Row, dice: Random, *, key: str) -> Row:
    """The same entry as somebody else would write it down."""
    name = _name(row.name, dice)
    changes = {
        "phones": tuple(_phone(phone, dice) for phone in row.phones) if dice.random() < 0.8 else (),
        "streets": tuple(_street(street, dice) for street in row.streets) if dice.random() < 0.85 else (),
        "websites": row.websites if dice.random() < 0.5 else (),
        "postcodes": row.postcodes if dice.random() < 0.7 else (),
        "organization": row.organization if dice.random() < 0.6 else "",
        "latitude": row.latitude + dice.uniform(-0.0004, 0.0004) if row.latitude is not None else None,
    }
    return replace(row, key=key, name=name, **changes)


def _name(name: str, dice: Random) -> str:
    words = name.replace(":", " -" if dice.random() < 0.5 else "").split()
    words = [SHORT.get(word, word) if dice.random() < 0.5 else word for word in words]
    if dice.random() < 0.3:
        at = dice.randrange(len(words))
        words[at] = _slip(words[at], dice)
    if dice.random() < 0.15 and len(words) > 3:
        del words[dice.randrange(2, len(words))]
    written = " ".join(words)
    return written.upper() if dice.random() < 0.2 else written


def _slip(word: str, dice: Random) -> str:
    if len(word) < 5:
        return word
    at = dice.randrange(1, len(word) - 1)
    return dice.choice((word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], word[:at] + word[at + 1] + word[at] + word[at + 2 :]))


def _phone(phone: str, dice: Random) -> str:
    digits = "".join(filter(str.isdigit, phone))
    if dice.random() < 0.1:
        return f"{digits[:6]}{dice.randint(0, 9999):04d}"   # another number altogether
    area, local = digits[:3], digits[3:]
    return dice.choice((f"{area}-{local[:3]}-{local[3:]}", f"+1 {area} {local}", local, f"{phone} ext. 4", f"{area}.{local}"))


def _street(street: str, dice: Random) -> str:
    number, name, kind = street.partition(",")[0].split()
    kind = KINDS.get(kind, kind) if dice.random() < 0.6 else kind
    suite = dice.choice(("", "", f", Suite {dice.randint(1, 40)}"))
    return f"{number} {_slip(name, dice) if dice.random() < 0.08 else name} {kind}{suite}"

