"""The strict reader: every mistake in a hand-written file is told with its file, its line, its entry and its field."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from directory.errors import UnreadableInput
from directory.exchange.records import Service
from seeds.demonstration import demonstration

ORGANIZATION = '[[organization]]\nkey = "hall"\nname = "The Hall"\ntext = "A hall."\nphone = "(920) 555-0101 ext 3"\n'
VENUE = (
    '[[venue]]\nkey = "room"\nname = "The room"\nstreet = "1 Street"\ntown = "Town"\npostcode = "54911"\n'
    'latitude = 44.2\nlongitude = -88.4\naccess = ["ramp"]\n'
)
LISTING = '[[listing]]\nkey = "tea"\norganization = "hall"\nname = "Tea"\nkind = "activity"\ntext = "Tea for all."\n'


def place(folder: Path, *, listing: str = LISTING, venue: str = VENUE, organization: str = ORGANIZATION) -> Path:
    """A demonstration of one organization, one venue and the listings given."""
    (folder / "listings").mkdir()
    (folder / "organizations.toml").write_text(organization, encoding="utf-8")
    (folder / "venues.toml").write_text(venue, encoding="utf-8")
    (folder / "listings" / "play.toml").write_text(listing, encoding="utf-8")
    return folder


def read(folder: Path) -> Service:
    """The one listing of a folder."""
    content = demonstration(on=date(2026, 11, 22), folder=folder)[-1].content
    assert isinstance(content, Service)
    return content


def refusal(folder: Path, **files: str) -> str:
    with pytest.raises(UnreadableInput) as refused:
        demonstration(on=date(2026, 11, 22), folder=place(folder, **files))
    return str(refused.value)


def terms(content: Any, link_type: str) -> dict[str, str | None]:
    return {attribute.code: attribute.value for attribute in content.attributes if attribute.link_type == link_type}


def test_a_listing_that_states_little_gets_nothing_added(tmp_path: Path) -> None:
    found = read(place(tmp_path))
    assert (found.name, found.description, found.status) == ("Tea", "Tea for all.", "active")
    assert [*found.languages, *found.schedules, *found.cost_options, *found.capacities, *found.service_at_locations] == []
    assert (found.minimum_age, found.maximum_age, found.assured_date, found.assured_by) == (None, None, None, None)
    assert {attribute.code for attribute in found.attributes} == {"activity"}


def test_yes_and_no_are_kept_apart(tmp_path: Path) -> None:
    found = read(place(tmp_path, listing=LISTING + 'entry = ["drop_in"]\nno_entry = ["referral"]\n'))
    assert terms(found, "entry") == {"drop_in": None, "referral": "no"}


def test_life_domains_come_with_the_supports(tmp_path: Path) -> None:
    found = read(place(tmp_path, listing=LISTING + 'supports = ["food_pantry"]\ndomains = ["play"]\n'))
    assert terms(found, "life_domains").keys() == {"home", "play"}


def test_days_ago_count_back_from_the_day(tmp_path: Path) -> None:
    found = read(place(tmp_path, listing=LISTING + 'assured_days_ago = 21\nassured_by = "steward"\nadded_days_ago = 30\n'))
    assert (found.assured_date, found.assured_by, found.added_on) == (date(2026, 11, 1), "steward", date(2026, 10, 23))


def test_no_days_ago_is_today(tmp_path: Path) -> None:
    assert read(place(tmp_path, listing=LISTING + "added_days_ago = 0\n")).added_on == date(2026, 11, 22)


@pytest.mark.parametrize(("written", "range_"), [("16-25", (16.0, 25.0)), ("18+", (18.0, None)), ("all", (0.0, None))])
def test_ages_are_read(tmp_path: Path, written: str, range_: tuple[float, float | None]) -> None:
    found = read(place(tmp_path, listing=LISTING + f'ages = "{written}"\n'))
    assert (found.minimum_age, found.maximum_age) == range_


@pytest.mark.parametrize(("written", "option", "amount"), [
    ('cost = "free"', "free", 0.0), ('cost = "paid"\nprice = 4', "paid", 4.0), ('cost = "donation"', "donation", None),
    ('cost = "sliding"\nprice = 0', "sliding", 0.0),
])  # fmt: skip
def test_costs_are_read(tmp_path: Path, written: str, option: str, amount: float | None) -> None:
    (cost,) = read(place(tmp_path, listing=LISTING + written + "\n")).cost_options
    assert (cost.option, cost.amount, cost.currency) == (option, amount, None if amount is None else "USD")


def test_hours_of_a_place_stand_at_that_place_only(tmp_path: Path) -> None:
    found = read(place(tmp_path, listing=LISTING + 'at = ["room"]\nhours_at.room = ["Mon 10:00-12:00"]\n'))
    assert found.schedules == []
    assert [span.byday for span in found.service_at_locations[0].schedules] == ["MO"]


def test_an_extension_is_told_from_its_number(tmp_path: Path) -> None:
    organization = demonstration(on=date(2026, 11, 22), folder=place(tmp_path))[0].content
    (phone,) = organization.phones   # type: ignore[union-attr]
    assert (phone.number, phone.extension) == ("(920) 555-0101", "3")


@pytest.mark.parametrize(("line", "field", "says"), [
    ("nmae = 'x'", "nmae", "no such field"),
    ("supports = ['no_such_thing']", "supports", "'no_such_thing' is not one of its codes"),
    ("supports = ['food_help']", "supports", "'food_help' is not one of its codes"),   # a heading
    ("supports = ['food', 'food']", "supports", "twice"),
    ("builds_on = 'cooking'", "builds_on", "a list of texts"),
    ("hours = ['Tuesdays at six']", "hours", "not understood"),
    ("hours_at.nowhere = ['Mon 10:00-12:00']", "hours_at", "not among its places"),
    ("at = ['nowhere']", "at", "'nowhere'"),
    ("languages = ['Spanish']", "languages", "not a language tag"),
    ("ages = 'adults'", "ages", "16-25"),
    ("ages = '25-16'", "ages", "16-25"),
    ("cost = 'cheap'", "cost", "donation"),
    ("price = 3", "price", "no such field"),   # a price without a sort of cost
    ("everyone = 'yes'", "everyone", "true or false"),
    ("assured_days_ago = 3", "assured_by", "go together"),
    ("assured_days_ago = -1\nassured_by = 'import'", "assured_days_ago", "whole number of days"),
    ("space = { left = 9, of = 3 }", "space", "between 0 and all"),
    ("space = { left = 'few', of = 3 }", "left", "a number"),
    ("facts.nonsense = 'x'", "facts", "'nonsense'"),
    ("entry = ['drop_in']\nno_entry = ['drop_in']", "no_entry", "so and not to be so"),
    ("access = ['ramp']\nno_access = ['ramp']", "no_access", "so and not to be so"),
    ("status = 'sleeping'", "status", "temporarily closed"),
    ("web = ''", "web", "a text in quotes"),
])  # fmt: skip
def test_a_mistake_names_file_line_entry_and_field(tmp_path: Path, line: str, field: str, says: str) -> None:
    told = refusal(tmp_path, listing="# A comment\n\n" + LISTING + line + "\n")
    assert told.startswith("play.toml, line 3: 'tea', field ")
    assert f"field '{field}'" in told
    assert says in told


@pytest.mark.parametrize("field", ["organization", "name", "kind", "text"])
def test_what_must_be_there_is_asked_for(tmp_path: Path, field: str) -> None:
    listing = "\n".join(line for line in LISTING.splitlines() if not line.startswith(field + " "))
    assert f"'tea', field '{field}'" in refusal(tmp_path, listing=listing + "\n")


def test_a_key_may_stand_once_only(tmp_path: Path) -> None:
    assert "play.toml, line 7: 'tea', field 'key'" in refusal(tmp_path, listing=LISTING + LISTING)


@pytest.mark.parametrize(("venue", "says"), [
    (VENUE + 'no_access = ["ramp"]\n', "so and not to be so"),
    (VENUE + 'visibility = "area_only"\n', "chosen by hand"),
    (VENUE + 'visibility = "secret"\n', "area_only"),
    (VENUE.replace("latitude = 44.2\n", ""), "field 'latitude'"),
])  # fmt: skip
def test_a_mistake_in_a_venue_is_told(tmp_path: Path, venue: str, says: str) -> None:
    told = refusal(tmp_path, venue=venue)
    assert told.startswith("venues.toml, line 1: 'room'")
    assert says in told


def test_what_is_not_toml_or_not_ours_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path, listing="[[listing]\n").startswith("play.toml: this is not TOML")
    (tmp_path / "listings" / "play.toml").write_text(LISTING.replace("listing", "lisitng"), encoding="utf-8")
    with pytest.raises(UnreadableInput, match="entries and nothing else"):
        demonstration(on=date(2026, 11, 22), folder=tmp_path)
    (tmp_path / "listings" / "play.toml").write_text("[[listing]]\nname = 'x'\n", encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"play\.toml, line 1: this entry has no 'key'"):
        demonstration(on=date(2026, 11, 22), folder=tmp_path)
