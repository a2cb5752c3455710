"""Rows of a gazetteer: read line by line from a postal file, or taken from the US package that ships with Homeground."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from directory.errors import UnreadableInput
from directory.exchange.records import Refusal
from directory.places.codes import LONGEST_CODE, stored_code
from directory.places.regions import US_STATES
from directory.places.spelling import LONGEST_TEXT, clean

COLUMNS = ("country_code", "zipcode", "place", "state", "state_code", "province", "province_code", "community", "community_code",
           "latitude", "longitude")  # fmt: skip
_NEEDED = ("country_code", "zipcode", "place", "latitude", "longitude")
_LONGEST_LINE = 10_000


class Row(NamedTuple):
    """One place that a code reaches; ``country`` is the lower-case ISO code, ``latitude`` and ``longitude`` are WGS84 degrees."""

    country: str
    code: str
    name: str
    state: str
    state_code: str
    county: str
    latitude: float
    longitude: float
    is_alias: bool = False


def read_rows(path: Path) -> Iterator[Row | Refusal]:
    """The rows of a GeoNames postal file: a CSV with a header, or the tab-separated file as GeoNames gives it out.

    A line that is no place comes as a ``Refusal`` with its line number; a file that is no such file at all raises ``UnreadableInput``.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = _lines(file, path.name)
        first = next(lines, "")
        if not first.strip():
            raise UnreadableInput("the file is empty, so there are no places in it", file=path.name)
        if "\t" in first:
            yield from _read(csv.reader(_chain(first, lines), delimiter="\t", quoting=csv.QUOTE_NONE), list(COLUMNS), path.name, 1)
        else:
            yield from _read(csv.reader(lines), _header(first, path.name), path.name, 2)


def _lines(file: IO[str], name: str) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        try:
            line = file.readline(_LONGEST_LINE)
        except UnicodeDecodeError:
            raise UnreadableInput("this is not UTF-8 text; save the file as UTF-8 and try again", file=name, line=number) from None
        if not line:
            return
        if len(line) == _LONGEST_LINE:
            raise UnreadableInput(f"the line is longer than {_LONGEST_LINE} letters; this is not a postal file", file=name, line=number)
        yield line


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _header(line: str, name: str) -> list[str]:
    header = [cell.strip().lower() for cell in next(csv.reader([line]))]
    missing = [column for column in _NEEDED if header.count(column) != 1]
    if missing:
        raise UnreadableInput(f"a postal file needs the columns {', '.join(_NEEDED)}; here is not exactly one of: {', '.join(missing)}", file=name)
    return header


def _read(cells_of: Iterator[list[str]], columns: list[str], name: str, first_line: int) -> Iterator[Row | Refusal]:
    try:
        for line, cells in enumerate(cells_of, first_line):
            if any(cells):
                yield _row(dict(zip(columns, cells, strict=False)), name, line)
    except csv.Error as error:
        raise UnreadableInput(f"the rows cannot be told apart ({error})", file=name) from None


def _row(cells: dict[str, str], file: str, line: int) -> Row | Refusal:
    def refused(field: str, reason: str) -> Refusal:
        return Refusal(file=file, line=line, field=field, value=cells.get(field, "")[:80], reason=reason)

    text = {column: clean(cells.get(column, "")) for column in COLUMNS}
    country = text["country_code"].lower()
    if not (len(country) == 2 and country.isascii() and country.isalpha()):
        return refused("country_code", "a country is two letters, such as US")
    code = stored_code(country, text["zipcode"])
    if not code:
        return refused("zipcode", f"a code is up to {LONGEST_CODE} letters and digits, in the form its country uses")
    if not 0 < len(text["place"]) <= LONGEST_TEXT:
        return refused("place", "the row names no place")
    point = {side: _degrees(text[side], most) for side, most in (("latitude", 90), ("longitude", 180))}
    for side, degrees in point.items():
        if degrees is None:
            return refused(side, "this is no number of degrees on the earth; the row may be cut off")
    latitude, longitude = point["latitude"] or 0.0, point["longitude"] or 0.0
    if not (latitude or longitude):
        return refused("latitude", "the point 0, 0 stands for a place that is not known")
    return Row(country, code, text["place"], text["state"], text["state_code"], text["province"] or text["community"], latitude, longitude)


def _degrees(text: str, most: int) -> float | None:
    try:
        degrees = float(text)
    except ValueError:
        return None
    return degrees if math.isfinite(degrees) and abs(degrees) <= most else None


def package_rows() -> Iterator[Row]:
    """The US rows of the ``zipcodes`` package, one state at a time: all at once would take 80 MB more."""
    import zipcodes  # here, because it takes memory from everybody who imports it

    for state_code, state in US_STATES.items():
        for entry in zipcodes.filter_by_state(state_code):   # type: ignore[no-untyped-call]
            latitude, longitude = float(entry["lat"]), float(entry["long"])
            if latitude or longitude:
                names = [entry["city"], *entry["acceptable_cities"]]
                county = entry["county"]
                for name in names:
                    yield Row("us", entry["zip_code"], name, state, state_code, county, latitude, longitude, name != names[0])


def package_content() -> str:
    """A name for what the package holds, which changes with its version."""
    import zipcodes

    return f"zipcodes {zipcodes.__version__}"
