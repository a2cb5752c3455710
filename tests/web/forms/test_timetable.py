"""The form of hours: what is stored can be typed, what is typed is read or told apart by field, and nothing typed is lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

import web
from directory.exchange.records import Schedule
from directory.timetable.values import Holidays, Line, SpecialDays, Timetable, While, Yearly
from tests.directory.timetable.made import make_id, timetables
from tests.directory.timetable.test_rows import FULL
from tests.web.forms.body import Body
from web.forms.timetable import LONGEST_NOTE, Errors, read_timetable
from web.forms.timetable_fields import MOST_ROWS, SECTIONS, SINGLE, TIMES, Row, TimetableForm, form_of, form_of_post, is_only_shown
from web.forms.timetable_view import TEMPLATE, TimetableView, timetable_view

TODAY = date(2026, 11, 22)
CHRISTMAS = date(2026, 12, 25)
ROW_FIELDS = (*TIMES, "first", "last", "state", "reason")


def posted(form: TimetableForm, *more: tuple[str, str]) -> Body:
    """What the page of a form posts."""
    pairs = list(more)
    for section in SECTIONS:
        for number, row in enumerate(form.rows(section)):
            at = f"hours-{section}-{number}"
            pairs += [(f"{at}-{name}", getattr(row, name)) for name in ROW_FIELDS]
            pairs += [(f"{at}-{name}", code) for name in ("days", "weeks") for code in getattr(row, name)]
            pairs += [(f"{at}-yearly", "1")] if row.yearly else []
    pairs += [(f"hours-{name}", getattr(form, name)) for name in SINGLE]
    return Body(*pairs, *(("hours-remove", one) for one in form.remove))


def read(form: TimetableForm, *, country: str = "GB", before: Timetable | None = None) -> tuple[Timetable, Errors]:
    return read_timetable(form, country=country, today=TODAY, before=before)


def errors_of(**fields: Any) -> Errors:
    return read(TimetableForm(**fields))[1]


def in_order(timetable: Timetable) -> Timetable:
    """Two lists of lines that say the same are the same in this order."""
    lines = sorted(timetable.lines, key=repr)
    return msgspec.structs.replace(timetable, lines=tuple(lines), specials=tuple(sorted(timetable.specials, key=repr)))


@settings(deadline=None)
@given(timetables(), st.sampled_from(["US", "GB"]))
def test_what_is_stored_can_be_typed(timetable: Timetable, country: str) -> None:
    form = form_of_post(posted(form_of(timetable, country=country)))
    found, errors = read(form, country=country, before=timetable)
    assume_sayable(timetable, errors)
    assert errors == {}
    assert in_order(found) == in_order(timetable)


def assume_sayable(timetable: Timetable, errors: Errors) -> None:
    """Stored rows may overlap or speak of the same dates twice, which the form asks people to put right."""
    from hypothesis import assume

    dates = [(one.first, one.last) for one in timetable.specials]
    assume(len(set(dates)) == len(dates) and not any("overlap" in words for words in errors.values()))


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_a_day_may_have_any_number_of_stretches(count: int) -> None:
    spans = tuple((hour * 60, hour * 60 + 30) for hour in range(9, 9 + count))
    lines = tuple(Line(days=(0, 2), opens=opens, closes=closes) for opens, closes in spans)
    stored = Timetable(lines=lines, specials=(SpecialDays(first=CHRISTMAS, last=CHRISTMAS, state="other", spans=spans),))
    form = form_of(stored, country="GB", spare=False)
    assert len(form.weekly) == len(form.date) == (count + 1) // 2
    assert read(form) == (stored, {})


values = st.one_of(st.text(max_size=12), st.sampled_from(["9", "5pm", "25 Dec", "closed", "other", "0", "6", "-1", "US", "CA", "add=weekly", "drop=date-0"]))
names = st.one_of(
    st.sampled_from([f"hours-{name}" for name in (*SINGLE, "set", "remove")]),
    st.builds(
        "hours-{}-{}-{}".format, st.sampled_from(SECTIONS), st.integers(0, 2), st.sampled_from([*ROW_FIELDS, "days", "weeks", "yearly"])
    ),
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.tuples(names, values), max_size=30))
def test_whatever_is_posted_is_read_and_drawn_and_posted_again_unchanged(pairs: list[tuple[str, str]]) -> None:
    form = form_of_post(Body(*pairs))
    timetable, errors = read(form)
    assert form_of_post(posted(form)) == form
    html = drawn(form, timetable, errors)
    assert all(f'id="{name}"' in html for name in errors)


def drawn(form: TimetableForm, timetable: Timetable, errors: Errors, before: Timetable | None = None) -> str:
    """The fragment in a page of its own."""
    folder = Path(web.__file__).parent / "templates"
    engine = Environment(loader=FileSystemLoader(folder), undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    page = engine.from_string(f'{{% from "{TEMPLATE}" import timetable %}}{{{{ timetable(view) }}}}')
    return page.render(view=timetable_view(form, timetable, errors=errors, country="GB", today=TODAY, before=before))


WEEK = ("0", "1", "2", "3", "4")
TYPED = [
    ({"weekly": (Row(days=WEEK, opens="9", closes="12:30", opens_again="13:30", closes_again="5pm"),)},
     Timetable(lines=(Line(days=(0, 1, 2, 3, 4), opens=540, closes=750), Line(days=(0, 1, 2, 3, 4), opens=810, closes=1020)))),
    ({"weekly": (Row(days=("4",), opens="10 pm", closes="2 am"),)}, Timetable(lines=(Line(days=(4,), opens=1320, closes=1560),))),
    ({"monthly": (Row(days=("1",), weeks=("2", "-1"), opens="18.30", closes="20.00"),)},
     Timetable(lines=(Line(days=(1,), opens=1110, closes=1200, weeks=(2, -1)),))),
    ({"season": (Row(days=("5",), opens="10am", closes="noon", first="1 June", last="31 Aug 2027", yearly=True),)},
     Timetable(lines=(Line(days=(5,), opens=600, closes=720, season=Yearly(first=(6, 1), last=(8, 31))),))),
    ({"season": (Row(days=("5",), opens="10am", closes="noon", last="2027-01-31"),)},
     Timetable(lines=(Line(days=(5,), opens=600, closes=720, season=While(last=date(2027, 1, 31))),))),
    ({"date": (Row(first="25 December", reason="Christmas Day"), Row(first="24 December", last="2 January", state="other", opens="9am", closes="noon"))},
     Timetable(specials=(
         SpecialDays(first=CHRISTMAS, last=CHRISTMAS, reason="Christmas Day"),
         SpecialDays(first=date(2026, 12, 24), last=date(2027, 1, 2), state="other", spans=((540, 720),)),
     ))),
    ({"holidays": "closed", "country": "GB", "region": "SCT"}, Timetable(holidays=Holidays(state="closed", country="GB", region="SCT"))),
    ({"holidays": "usual"}, Timetable(holidays=Holidays(state="usual"))),
    ({"holidays": "other", "country": "US", "holidays_opens": "10 am", "holidays_closes": "2 pm"},
     Timetable(holidays=Holidays(state="other", country="US", spans=((600, 840),)))),
    ({"note": " Ring first in August \n\n In the yard ", "timezone": "Europe/London"},
     Timetable(note="Ring first in August\nIn the yard", timezone="Europe/London")),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "expected"), TYPED)
def test_what_people_type_is_what_it_says(fields: dict[str, Any], expected: Timetable) -> None:
    assert read(TimetableForm(**fields)) == (expected, {})


DAY = {"days": ("0",)}
WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"weekly": (Row(**DAY),)}, "hours-weekly-0-opens", "untick the days"),
    ({"weekly": (Row(), Row(opens="9am", closes="5pm"))}, "hours-weekly-1-days", "Tick the days"),
    ({"weekly": (Row(**DAY, opens="9am", closes="later"),)}, "hours-weekly-0-closes", "“later” is no time"),
    ({"weekly": (Row(**DAY, opens="9am", closes="noon", opens_again="1pm"),)}, "hours-weekly-0-closes_again", "when it closes"),
    ({"weekly": (Row(**DAY, opens="9am", closes="5pm", opens_again="4pm", closes_again="6pm"),)}, "hours-weekly-0-opens_again", "overlap"),
    ({"monthly": (Row(**DAY, opens="9am", closes="5pm"),)}, "hours-monthly-0-weeks", "Tick the weeks"),
    ({"season": (Row(**DAY, opens="9am", closes="5pm"),)}, "hours-season-0-first", "from when"),
    ({"season": (Row(**DAY, opens="9am", closes="5pm", first="1 June", last="31 August"),)}, "hours-season-0-first", "every year"),
    ({"season": (Row(**DAY, opens="9am", closes="5pm", first="1 June", yearly=True),)}, "hours-season-0-last", "last day of the season"),
    ({"season": (Row(**DAY, opens="9am", closes="5pm", first="1 June 2027", last="1 May 2027"),)}, "hours-season-0-last", "before the first"),
    ({"season": (Row(**DAY, opens="9am", closes="5pm", first="summer"),)}, "hours-season-0-first", "“summer” is no date"),
    ({"date": (Row(reason="Staff day"),)}, "hours-date-0-first", "Write the date"),
    ({"date": (Row(first="3/4/2027"),)}, "hours-date-0-first", "month as a word"),
    ({"date": (Row(first="3 April 2027", last="1 April 2027"),)}, "hours-date-0-last", "before the first"),
    ({"date": (Row(first="3 April 2027", last="3 May 2029"),)}, "hours-date-0-last", "more than a year"),
    ({"date": (Row(first="3 April 2027", opens="9am", closes="5pm"),)}, "hours-date-0-state", "“other hours”"),
    ({"date": (Row(first="3 April 2027", state="other"),)}, "hours-date-0-opens", "hours of that day"),
    ({"date": (Row(first="3 April 2027"), Row(first="2027-04-03", state="usual"))}, "hours-date-1-first", "same dates"),
    ({"date": (Row(first="3 April 2027", reason="x" * 81),)}, "hours-date-0-reason", "80 letters"),
    ({"holidays": "closed"}, "hours-country", "Choose the country"),
    ({"holidays": "closed", "country": "GB", "region": "CA"}, "hours-region", "region again"),
    ({"holidays": "other", "country": "GB"}, "hours-holidays_opens", "hours of public holidays"),
    ({"holidays": "closed", "country": "GB", "holidays_opens": "9am", "holidays_closes": "5pm"}, "hours-holidays", "“other hours”"),
    ({"note": "x" * (LONGEST_NOTE + 1)}, "hours-note", "room for 1000"),
    ({"timezone": "Mars/Olympus"}, "hours-timezone", "no time zone"),
    ({"weekly": (Row(),) * MOST_ROWS}, f"hours-weekly-{MOST_ROWS - 1}-opens", "as a note"),
]


@pytest.mark.parametrize(("fields", "name", "words"), WRONG)
def test_what_is_the_matter_is_said_beside_its_field_and_what_was_typed_stays(fields: dict[str, Any], name: str, words: str) -> None:
    form = TimetableForm(**fields)
    timetable, errors = read(form)
    assert list(errors) == [name]
    assert words in errors[name]
    html = drawn(form, timetable, errors)
    assert f'id="{name}"' in html
    assert f'id="{name}-error"' in html
    assert form_of_post(posted(form)) == form


def test_a_line_with_a_slip_does_not_hide_what_the_others_say() -> None:
    good, bad = Row(days=("0",), opens="9am", closes="5pm"), Row(days=("1",), opens="9am", closes="?")
    timetable, errors = read(TimetableForm(weekly=(good, bad)))
    assert (timetable.lines, len(errors)) == ((Line(days=(0,), opens=540, closes=1020),), 1)


def test_buttons_add_and_take_away_a_line_and_keep_the_rest() -> None:
    form = TimetableForm(weekly=(Row(opens="9"), Row(opens="?")), note="hm")
    added = form_of_post(posted(form, ("hours-set", "add=weekly")))
    assert added == msgspec.structs.replace(form, weekly=(*form.weekly, Row()))
    dropped = form_of_post(posted(form, ("hours-set", "drop=weekly-0")))
    assert dropped == msgspec.structs.replace(form, weekly=(Row(opens="?"),))
    assert [is_only_shown(posted(form, *more)) for more in ((), (("hours-set", "show"),))] == [False, True]


def test_rows_that_the_page_cannot_edit_stay_and_are_shown_in_words() -> None:
    row = Schedule(id=make_id("theirs"), freq="WEEKLY", interval=2, byday="MO", opens_at="09:00", closes_at="12:00")
    link = Schedule(id=make_id("link"), freq="WEEKLY", byday="TU", opens_at="09:00", closes_at="12:00", schedule_link="https://book.example/")
    stored = Timetable(kept=(row, link))
    form = form_of(stored, country="GB")
    assert read(form, before=stored)[0] == stored
    html = drawn(form, stored, {}, stored)
    assert "freq WEEKLY; interval 2; byday MO; opens at 09:00; closes at 12:00" in html
    assert "Tuesday 09:00 to 12:00; schedule link https://book.example/" in html
    gone = msgspec.structs.replace(form, remove=(str(row.id),))
    assert read(gone, before=stored)[0].kept == (link,)


def test_the_fragment_says_everything_in_sentences_and_offers_empty_lines() -> None:
    form = form_of(FULL, country="GB")
    html = drawn(form, FULL, {})
    assert "<li>Monday to Friday 09:00 to 12:30 and 13:30 to 17:00</li>" not in html   # Friday has a night too
    assert "<li>Monday to Thursday 09:00 to 12:30 and 13:30 to 17:00</li>" in html
    assert "<li>Thursday 26 November 2026: Thanksgiving Day</li>" in html
    assert "California" in html
    for section in SECTIONS:
        assert f'value="add={section}"' in html
        assert any(row.is_empty for row in form.rows(section))


def test_what_few_need_is_folded_until_it_is_asked_for() -> None:
    fresh = form_of(Timetable(), country="GB")
    asked = form_of_post(posted(fresh, ("hours-set", "add=season")))
    filled = form_of(FULL, country="GB")
    folded = [{section.code for section in view_of(form).sections if section.is_folded} for form in (fresh, asked, filled)]
    assert folded == [{"monthly", "season", "date"}, {"monthly", "date"}, set()]


def view_of(form: TimetableForm) -> TimetableView:
    timetable, errors = read(form)
    return timetable_view(form, timetable, errors=errors, country="GB", today=TODAY)


def test_every_field_has_a_label_and_names_are_used_once_a_row() -> None:
    html = drawn(form_of(FULL, country="US"), FULL, {})
    import re

    texts = re.findall(r'<(?:input type="text"|select|textarea) id="([^"]+)"', html)
    assert len(texts) == len(set(texts)) > 50
    assert all(f'<label class="label" for="{name}">' in html for name in texts)
    assert len(re.findall(r'\bid="([^"]+)"', html)) == len(set(re.findall(r'\bid="([^"]+)"', html)))


def test_what_people_typed_is_shown_as_text() -> None:
    form = TimetableForm(weekly=(Row(opens='"><script>alert(1)</script>', days=("0",)),), note="</textarea><b>", timezone="<i>")
    timetable, errors = read(form)
    html = drawn(form, timetable, errors)
    assert "<script>" not in html
    assert "</textarea><b>" not in html
    assert "&lt;script&gt;" in html
