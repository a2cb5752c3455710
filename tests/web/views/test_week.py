"""A week that fits, and the parts of the list: by a form post alone, exact, and never told of what is not known."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from directory.catalogue import Catalogue
from directory.listings import Card
from directory.meetings.coming import coming
from directory.papers import pack
from tests.web.conftest import MOMENT
from tests.web.views.papered import HTMX, Talk
from tests.web.views.reading import CODE, buttons_of, main_of, names_of, total_of
from tests.web.views.test_papers import ids_of
from web.forms.choices import GROUP_WISHES
from web.forms.fields import SHOWN

TIMES = [f"{day}e" for day in range(7)]
CHICAGO = ZoneInfo("America/Chicago")


@pytest.fixture
def talk(client: Any) -> Talk:
    return Talk(client)


def entries_of(page: str) -> list[tuple[str, str]]:
    """When and who, of every meeting on a page of a week, in the order of the page."""
    pattern = r'<li class="meeting(?: off)?"><p class="when"><time datetime="([^"]*)">.*?<bdi>(.*?)</bdi>'
    return [(when, unescape(name)) for when, name in re.findall(pattern, page, re.DOTALL)]


def test_every_meeting_of_the_week_is_one_that_its_own_page_knows(client: Any, web_catalogue: Catalogue) -> None:
    page = client.post("/search/week", data={"text": "company", "place": CODE}).text
    found = entries_of(page)
    assert len(found) > 20
    keys = re.findall(r'<li class="meeting(?: off)?">.*?/listings/([\w-]+)"', page, re.DOTALL)
    for (when, _), key in list(zip(found, keys, strict=True))[:40]:
        listing = web_catalogue.listing_page(UUID(key), at=MOMENT)
        ahead = [one for _, one in zip(range(80), coming(listing.timetable, zone=listing.timezone, after=MOMENT), strict=False)]
        match = next(one for one in ahead if one.starts.isoformat() == when)
        assert match.starts < MOMENT + timedelta(days=7)


def test_days_are_headings_in_order_and_the_zone_is_said_once(client: Any) -> None:
    page = client.post("/search/week", data={"text": "company", "place": CODE}).text
    days = re.findall(r'<h2 id="yes-(\d{4}-\d\d-\d\d)">(\w+) (\d+) November', page) + re.findall(r'<h2 id="yes-(\d{4}-\d\d-\d\d)">(\w+) (\d+) Dec', page)
    assert [day for day, _, _ in days] == sorted(day for day, _, _ in days)
    assert days[0][1] == "Tuesday"
    assert page.count("Times are Central Time (Chicago).") == 1


def test_only_what_is_in_my_times_and_the_rest_stays_within_reach(client: Any) -> None:
    asked = {"text": "music", "place": CODE, "times": TIMES}
    page = client.post("/search/week", data=asked).text
    mine, others = (entries_of(part) for part in page.split("At other times:"))
    assert mine
    assert others
    assert len(mine) + len(others) == len(entries_of(client.post("/search/week", data={"text": "music", "place": CODE}).text))
    for when, _ in mine:
        assert "T16:30" <= when[10:16] <= "T21:30" or when[10:16] < "T16:30", when
    assert "in the times you named" in page


def test_with_the_way_there_and_back_there_is_less(client: Any) -> None:
    asked = {"text": "music", "place": CODE, "times": TIMES, "modes": "walk"}
    whole, with_way = (client.post("/search/week", data=data).text.split("At other times:")[0] for data in (asked, {**asked, "with_way": "1"}))
    assert set(entries_of(with_way)) < set(entries_of(whole))
    assert "with the way there and back" in with_way


def test_the_week_keeps_every_answer_and_leads_back_to_the_same_results(talk: Talk) -> None:
    results = talk.post("/search", text="company", place=CODE, size="small", tone="quiet", group="peer_led", group_needs="open", times="1e")
    week = talk.post("/search/week", text="company", place=CODE, size="small", tone="quiet", group="peer_led", group_needs="open", times="1e")
    assert '<input type="hidden" name="from_papers" value="1">' in week
    assert names_of(talk.post("/search", from_papers="1")) == names_of(results)


def test_a_part_for_script_is_the_whole_page_without_its_frame(client: Any) -> None:
    asked = {"text": "company", "place": CODE}
    part, whole = client.post("/search/week", data=asked, headers=HTMX).text, client.post("/search/week", data=asked)
    assert main_of(whole.text) in part
    assert whole.headers["cache-control"] == "no-store"


def test_nothing_found_ends_in_a_way_back(client: Any) -> None:
    page = client.post("/search/week", data={"text": "xyzzyq"}).text
    assert "0 meetings from" in page
    assert "Back to the results" in page


def test_the_address_out_of_a_history_leads_to_the_questions(client: Any) -> None:
    answer = client.get("/search/week", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_every_kind_is_in_one_part_of_the_list(web_catalogue: Catalogue) -> None:
    parts = [kind for _, kinds in SHOWN.values() for kind in kinds]
    assert len(parts) == len(set(parts))
    assert {*parts} == {term.code for term in web_catalogue.vocabulary.terms("kinds") if not term.group}


@pytest.mark.parametrize("part", SHOWN)
def test_a_part_of_the_list_holds_its_kinds_and_all_of_them(client: Any, cards: list[Card], part: str) -> None:
    whole = client.post("/search", data={"place": CODE, "show": ""}).text
    page = client.post("/search", data={"place": CODE, "set": f"show={part}"}).text
    assert f'name="show" value="{part}"' in page
    assert (f"show={part}", SHOWN[part][0]) in [(value, words) for value, words in pressed_of(page)]
    kinds = {card.name: card.kind for card in cards}
    assert all(kinds.get(name, "give") in SHOWN[part][1] for name in names_of(page))   # who asks for nothing is not shown ways to give
    assert total_of(page) < total_of(whole) or part == "give"
    assert total_of(client.post("/search", data={"place": CODE, "show": part, "set": "show="}).text) == total_of(whole)


def pressed_of(page: str) -> list[tuple[str, str]]:
    """The buttons that stand pressed."""
    return re.findall(r'<button type="submit" name="set" value="([^"]*)" aria-pressed="true">(.*?)</button>', page)


def test_a_wish_for_a_group_is_told_and_a_need_keeps_out_what_says_no(client: Any) -> None:
    wished = client.post("/search", data={"text": "support group", "group": "peer_led", "show": "groups"}).text
    assert "As you like a group: led by peers" in unescape(wished)
    needed = client.post("/search/around", data={"text": "support group", "group_needs": "peer_led"}).text
    assert "the sort of group you need" in needed
    tokens = [token for token, words in buttons_of(needed) if "only a wish" in words]
    assert tokens == ["group_needs="]
    freed = client.post("/search", data={"text": "support group", "group_needs": "peer_led", "set": tokens[0]}).text
    assert total_of(freed) == total_of(client.post("/search", data={"text": "support group"}).text) > total_of(needed)


def test_every_fact_that_the_form_offers_has_a_label(client: Any) -> None:
    page = client.get("/").text
    assert all(f'name="group" value="{code}"' in page for code in GROUP_WISHES)


def kept_groups(talk: Talk, count: int) -> list[str]:
    ids = ids_of(talk.post("/search", text="company", place=CODE, show="groups"))[:count]
    for one in ids:
        talk.post("/papers/keep", text="company", place=CODE, show="groups", keep=one)
    return ids


def test_the_dates_of_what_was_kept_are_a_file_that_says_nothing_of_anyone(talk: Talk) -> None:
    ids = kept_groups(talk, 3)
    answer = talk.client.post("/papers/dates", data={"papers": pack(talk.papers)})
    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.headers["content-disposition"] == 'attachment; filename="dates.ics"'
    assert answer.headers["cache-control"] == "no-store"
    calendar = Calendar.from_ical(answer.content)
    assert str(calendar["x-wr-calname"]) == "Dates"
    named = {str(event["url"]).rpartition("/")[2] for event in calendar.walk("VEVENT")}
    assert named
    assert named <= set(ids)
    assert all(event.get("rrule") or event.get("dtstart") for event in calendar.walk("VEVENT"))
    assert not calendar.walk("VALARM")
    assert b"ATTENDEE" not in answer.content
    assert b"ORGANIZER" not in answer.content


def test_nothing_kept_that_meets_gives_no_empty_file(talk: Talk) -> None:
    answer = talk.client.post("/papers/dates", data={})
    assert answer.headers["content-type"].startswith("text/html")
    assert "Nothing that you kept has dates that are known here." in answer.text


@pytest.mark.parametrize("listing", ["not-a-listing", "00000000-0000-0000-0000-000000000000"])
def test_a_kept_thing_that_is_not_here_is_passed_over(talk: Talk, listing: str) -> None:
    papers = f'{{"version": 1, "shortlist": {{"kept": [{{"listing": "{listing}", "name": "Gone"}}]}}}}'
    answer = talk.client.post("/papers/dates", data={"papers": papers})
    assert answer.status_code == 200
    assert "Nothing that you kept has dates" in answer.text

