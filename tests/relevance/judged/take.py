"""Takes in what a judge answered: `python -m tests.relevance.judged.take JUDGE FILE [--second]` checks it and adds it to grades.csv, whole or not at all.

A line is `p001 3 0 1 2 ...`, the grades in the order of the cards; empty lines and lines that begin with # are passed over.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from tests.relevance.judged import pools
from tests.relevance.judged.profiles import HERE, judged_twice, people
from tests.relevance.judged.sheet import shuffled

FILE: Final = HERE / "grades.csv"
HEAD: Final = ("profile", "listing", "judge", "grade")
GRADES: Final = ("0", "1", "2", "3")


class Grade(Struct, frozen=True, order=True):
    """How well a listing fits a person, 0 to 3, in the eyes of one judge."""

    profile: str
    listing: str
    judge: str
    grade: int


class Unusable(ValueError):
    """An answer that cannot be taken in; says which line and why."""


def read(path: Path = FILE) -> list[Grade]:
    """Every grade given so far."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [Grade(row["profile"], row["listing"], row["judge"], int(row["grade"])) for row in csv.DictReader(file)]


def write(grades: Sequence[Grade], path: Path = FILE) -> None:
    """All grades, in order."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(HEAD)
        out.writerows((one.profile, one.listing, one.judge, one.grade) for one in sorted(grades))


def understand(text: str, judge: str, pooled: Mapping[str, Sequence[str]], *, second: bool) -> list[Grade]:
    """The grades in an answer. Raises ``Unusable``."""
    if not re.fullmatch(r"[a-z0-9-]{1,20}", judge):
        raise Unusable(f"'{judge}' is no name for a judge: small letters, digits and hyphens, 20 at most.")
    known = {person.id for person in (judged_twice() if second else people())}
    found: dict[str, list[Grade]] = {}
    for place, line in enumerate(text.splitlines(), 1):
        person, *grades = line.split() or [""]
        if not person or person.startswith("#"):
            continue
        if person not in known or person not in pooled:
            raise Unusable(f"line {place}: nobody on these sheets is called '{person}'.")
        if person in found:
            raise Unusable(f"line {place}: {person} is answered twice.")
        listings = shuffled(person, pooled[person], second=second)
        if len(grades) != len(listings):
            raise Unusable(f"line {place}: {person} has {len(listings)} cards, but {len(grades)} grades.")
        if wrong := [grade for grade in grades if grade not in GRADES]:
            raise Unusable(f"line {place}: {person} has a grade '{wrong[0]}'; grades are 0, 1, 2 and 3.")
        found[person] = [Grade(person, listing, judge, int(grade)) for listing, grade in zip(listings, grades, strict=True)]
    return [grade for grades in found.values() for grade in grades]


def add(before: Sequence[Grade], new: Sequence[Grade]) -> list[Grade]:
    """Both together. Raises ``Unusable`` when a judge has answered for a person before."""
    told = {(one.profile, one.judge) for one in before}
    if again := sorted({one.profile for one in new if (one.profile, one.judge) in told}):
        raise Unusable(f"{new[0].judge} has judged {', '.join(again)} before.")
    return sorted([*before, *new])


def main(arguments: Sequence[str]) -> int:
    """Take an answer in; 1 when it cannot be used, 2 for arguments that say nothing."""
    second, rest = "--second" in arguments, [word for word in arguments if word != "--second"]
    if len(rest) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    judge, path = rest[0], Path(rest[1])
    try:
        new = understand(path.read_text("utf-8"), judge, pools.read(), second=second)
        write(add(read(), new))
    except (Unusable, OSError) as error:
        print(f"Nothing was taken in. {error}", file=sys.stderr)
        return 1
    print(f"{len({one.profile for one in new})} people with {len(new)} grades taken in.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
