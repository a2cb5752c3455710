"""Tests of what the check of a running server reads out of an answer."""

from __future__ import annotations

from web.crawl import found_in

ID = "5a2c1f80-6c1d-4b1f-9d40-0d7c0d6b2f11"
DIGEST = "240f1e7b79e2c37d2c7914b9e98b0354"
CALENDAR = "text/calendar; charset=utf-8"


def calendar(*ids: str) -> bytes:
    return "".join(["BEGIN:VCALENDAR", *(f"\r\nBEGIN:VEVENT\r\nUID:{one}\r\nEND:VEVENT" for one in ids), "\r\nEND:VCALENDAR\r\n"]).encode()


def test_a_date_that_names_its_listing_leads_to_that_listings_calendar() -> None:
    assert found_in("/feeds/groups.ics", CALENDAR, calendar(f"{ID}-20261124T180000@home.example")) == [f"/feeds/groups/{ID}.ics"]


def test_a_discreet_date_leads_nowhere() -> None:
    discreet = f"{DIGEST}-20261124T180000@home.example"
    assert found_in("/feeds/groups.ics", CALENDAR, calendar(discreet)) == []
    assert found_in("/feeds/groups.ics", CALENDAR, calendar(discreet, f"{ID}-1@home.example")) == [f"/feeds/groups/{ID}.ics"]


def test_two_of_a_long_calendar_are_enough() -> None:
    ids = [ID[:-1] + last for last in "0123"]
    assert found_in("/feeds/groups.ics", CALENDAR, calendar(*ids)) == [f"/feeds/groups/{one}.ics" for one in ids[:2]]
