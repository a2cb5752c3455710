"""A small gazetteer to ask: five countries, with a name in several states, a name twice in one state, and towns of the same code."""

from __future__ import annotations

from pathlib import Path

from directory.places.atlas import Atlas
from directory.places.gazetteer import Gazetteer
from directory.places.rows import COLUMNS, Row

US = [
    Row("us", "94063", "Redwood City", "California", "CA", "San Mateo", 37.48, -122.21),
    Row("us", "94061", "Redwood City", "California", "CA", "San Mateo", 37.46, -122.23),
    Row("us", "94061", "Woodside", "California", "CA", "San Mateo", 37.46, -122.23, True),
    Row("us", "94027", "Atherton", "California", "CA", "San Mateo", 37.46, -122.20),
    Row("us", "92618", "Irvine", "California", "CA", "Orange", 33.66, -117.76),
    Row("us", "32801", "Orlando", "Florida", "FL", "Orange", 28.54, -81.37),
    Row("us", "37064", "Franklin", "Tennessee", "TN", "Williamson", 35.92, -86.87),
    Row("us", "37067", "Franklin", "Tennessee", "TN", "Williamson", 35.90, -86.80),
    Row("us", "28734", "Franklin", "North Carolina", "NC", "Macon", 35.18, -83.38),
    Row("us", "16323", "Franklin", "Pennsylvania", "PA", "Venango", 41.40, -79.83),
    Row("us", "15909", "Franklin", "Pennsylvania", "PA", "Cambria", 40.34, -78.88),
    Row("us", "02139", "Cambridge", "Massachusetts", "MA", "Middlesex", 42.36, -71.10),
    Row("us", "63101", "Saint Louis", "Missouri", "MO", "St. Louis (city)", 38.63, -90.19),
    Row("us", "63011", "Ballwin", "Missouri", "MO", "St. Louis", 38.60, -90.56),
    Row("us", "20001", "Washington", "District of Columbia", "DC", "District of Columbia", 38.91, -77.02),
    Row("us", "98101", "Seattle", "Washington", "WA", "King", 47.61, -122.33),
    Row("us", "10001", "New York", "New York", "NY", "New York", 40.75, -73.99),
    Row("us", "11201", "Brooklyn", "New York", "NY", "Kings", 40.69, -73.99),
    Row("us", "11354", "Flushing", "New York", "NY", "Queens", 40.77, -73.82),
    Row("us", "12054", "Delmar", "New York", "NY", "Albany", 42.62, -73.83),
]
GB = [
    Row("gb", "M21", "Chorlton-cum-Hardy", "England", "ENG", "Greater Manchester", 53.44, -2.28),
    Row("gb", "M1", "Manchester", "England", "ENG", "Greater Manchester", 53.48, -2.24),
    Row("gb", "W1", "Mayfair", "England", "ENG", "Greater London", 51.51, -0.15),
    Row("gb", "TF10", "Newport", "England", "ENG", "Shropshire", 52.77, -2.38),
    Row("gb", "PO30", "Newport", "England", "ENG", "Isle of Wight", 50.70, -1.29),
]
AU = [
    Row("au", "2600", "Barton", "Australian Capital Territory", "ACT", "Canberra", -35.31, 149.13),
    Row("au", "0800", "Darwin", "Northern Territory", "NT", "Darwin", -12.46, 130.84),
    Row("au", "6021", "Stirling", "Western Australia", "WA", "Stirling", -31.88, 115.81),
]
NZ = [
    Row("nz", "6021", "Newtown", "Wellington", "G2", "", -41.31, 174.78),
    Row("nz", "0112", "Otaika", "Northland", "F6", "", -35.77, 174.31),
    Row("nz", "0602", "Newtown", "Wellington", "G2", "", -40.80, 175.60),
]
CA = [Row("ca", "M5A", "Toronto", "Ontario", "ON", "Toronto", 43.65, -79.36), Row("ca", "H2S", "Montréal", "Quebec", "QC", "Montreal", 45.54, -73.61)]
IE = [Row("ie", "D02", "Dublin 2", "Leinster", "L", "", 53.34, -6.25), Row("ie", "D04", "Dublin 4", "Leinster", "L", "", 53.33, -6.23)]
EVERYWHERE = {"us": US, "gb": GB, "au": AU, "nz": NZ, "ca": CA, "ie": IE}


def gazetteer(*countries: str) -> Gazetteer:
    """The gazetteer of some of the countries, of all when none is named."""
    return Gazetteer({country: Atlas(country, EVERYWHERE[country]) for country in countries or EVERYWHERE})


def write_csv(path: Path, rows: list[Row], *further_lines: str) -> Path:
    """A postal file with a header, the rows, and lines as given."""
    lines = [f"{row.country.upper()},{row.code},{row.name},{row.state},{row.state_code},{row.county},,,,{row.latitude},{row.longitude}"
             for row in rows]  # fmt: skip
    path.write_text("\n".join([",".join(COLUMNS), *lines, *further_lines]) + "\n", encoding="utf-8")
    return path
