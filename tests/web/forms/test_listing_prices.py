"""Prices on the form: added, changed and taken away, and what nobody touched stays to the letter."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.editing.sheet import Sheet, copied
from directory.exchange.records import CostOption, Service
from directory.prices import SORTS, is_for_some_only, option_of, people_of, price_words, sort_of
from matching import Vocabulary
from tests.make import make_id
from tests.web.forms.body import Body
from web.forms.listing.base import Around, Errors
from web.forms.listing.prices import Prices

AROUND = Around(vocabulary=Vocabulary([], []), country="US", today=date(2026, 11, 24), draft=UUID(int=5))   # type: ignore[arg-type]
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Z")), min_size=1, max_size=20)
AMOUNTS = st.none() | st.integers(0, 99_999).map(lambda cents: cents / 100)
ROWS = st.builds(
    CostOption, id=st.uuids(),
    option=st.none() | st.sampled_from([*SORTS, "Sliding scale by income", "paid, Members", "DONATION", " Adults  over 60 "]) | WORDS,
    amount=AMOUNTS, currency=st.none() | st.sampled_from(["USD", "eur"]), amount_description=st.none() | WORDS,
)  # fmt: skip


def sheet_of(*rows: CostOption) -> Sheet:
    return Sheet(service=Service(id=make_id("a class"), name="Class", cost_options=list(rows)))


def sent(sheet: Sheet, **changes: str) -> Body:
    """What the page sends: every field as it shows it, and what somebody typed; ``first_amount`` is the amount of the first row."""
    fields = [(one["name"], one["value"]) for row in Prices().show(sheet, None, AROUND)["rows"] for one in row["fields"]]
    keys = list(dict.fromkeys(name[: name.rindex("-")] for name, _ in fields))
    typed = {f"{keys[0 if name.startswith('first') else -1]}-{name.split('_')[1]}": value for name, value in changes.items()}
    return Body(*((name, value) for name, value in {**dict(fields), **typed}.items()))


def read(sheet: Sheet, **changes: str) -> Errors:
    return Prices().read(sheet, sent(sheet, **changes), AROUND)


@given(st.lists(ROWS, max_size=4, unique_by=lambda row: row.id))
def test_a_page_that_is_sent_as_it_was_shown_changes_nothing(rows: list[CostOption]) -> None:
    sheet = sheet_of(*rows)
    before = copied(sheet)
    assert read(sheet) == {}
    assert sheet == before


PEOPLE = st.from_regex(r"[a-z]{1,8}( [0-9]{1,2})?", fullmatch=True).filter(lambda text: not any(one in text for one in SORTS))


@given(st.sampled_from([*SORTS, ""]), PEOPLE, AMOUNTS)
def test_what_is_written_of_a_price_is_read_again(sort: str, people: str, amount: float | None) -> None:
    amount = 0.0 if sort == "free" else amount or None
    row = CostOption(id=UUID(int=1), option=option_of(sort, people, amount), amount=amount)
    assert people_of(row) == people
    assert sort_of(row) == (sort or ("paid" if amount else ""))


def test_a_second_price_is_added_for_some_people() -> None:
    sheet = sheet_of(CostOption(id=make_id("five"), option="paid", amount=5.0, currency="USD"))
    assert read(sheet, new_sort="free", new_people="under 18", new_words="bring a friend") == {}
    assert [price_words(row) for row in sheet.service.cost_options] == ["5 USD", "under 18: Free, bring a friend"]
    assert is_for_some_only(sheet.service.cost_options)


def test_an_amount_alone_means_that_it_costs_money() -> None:
    sheet = sheet_of()
    assert read(sheet, new_amount="2,50", new_currency="usd") == {}
    (row,) = sheet.service.cost_options
    assert (sort_of(row), row.amount, row.currency) == ("paid", 2.5, "USD")


def test_the_same_new_price_sent_twice_is_one() -> None:
    sheet = sheet_of()
    typed = sent(sheet, new_amount="4", new_people="members")
    assert Prices().read(sheet, typed, AROUND) == Prices().read(sheet, typed, AROUND) == {}
    assert [price_words(row) for row in sheet.service.cost_options] == ["members: 4"]


@pytest.mark.parametrize("how", [{"first_remove": "1"}, {"first_sort": "", "first_amount": "", "first_people": "", "first_words": ""}])
def test_a_price_is_taken_away_by_its_tick_or_by_emptying_it(how: dict[str, str]) -> None:
    sheet = sheet_of(CostOption(id=make_id("one"), option="Members", amount=3.0, currency="USD"), CostOption(id=make_id("two"), amount=6.0))
    assert read(sheet, **how) == {}
    assert [row.amount for row in sheet.service.cost_options] == [6.0]


def test_a_price_that_was_taken_away_comes_back_when_its_tick_is_undone() -> None:
    sheet = sheet_of(CostOption(id=make_id("one"), option="Members", amount=3.0, currency="USD"))
    around, page = msgspec.structs.replace(AROUND, base=copied(sheet)), sent(sheet)
    before = copied(sheet)
    ticked = Body(*page.pairs, (f"price-{make_id('one')}-remove", "1"))
    for typed, count in ((ticked, 0), (ticked, 0), (page, 1), (page, 1)):
        assert Prices().read(sheet, typed, around) == {}
        assert len(sheet.service.cost_options) == count
    assert sheet == before


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"amount": "cheap"}, "amount"), ({"sort": "free", "amount": "3"}, "amount"), ({"sort": "paid", "amount": "0"}, "amount"),
        ({"amount": "3", "currency": "dollar"}, "currency"), ({"sort": "cheap"}, "sort"), ({"amount": "3", "people": "by donation"}, "people"),
        ({"amount": "3", "people": "x" * 121}, "people"), ({"amount": "3", "people": "free"}, "people"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_beside_its_field_and_not_taken(typed: dict[str, str], field: str) -> None:
    sheet = sheet_of()
    assert list(read(sheet, **{f"new_{name}": value for name, value in typed.items()})) == [f"price-1-{field}"]
    assert sheet.service.cost_options == []


def test_only_what_was_touched_of_a_foreign_row_is_written() -> None:
    sheet = sheet_of(CostOption(id=make_id("one"), option="  Sliding scale,  by income", amount=3.333, currency="usd", amount_description="two\nlines"))
    assert read(sheet, first_words="a meal") == {}
    (row,) = sheet.service.cost_options
    assert (row.option, row.amount, row.currency, row.amount_description) == ("  Sliding scale,  by income", 3.333, "usd", "a meal")
