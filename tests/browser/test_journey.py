"""From the first page to a listing and back, on a phone, with and without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.steps import ask, open_first, storage_of


@pytest.mark.parametrize("js", [True, False])
def test_three_answers_lead_to_a_listing_with_something_to_press(open_page: Open, js: bool) -> None:
    page, _ = open_page(js=js)
    ask(page)
    expect(page).to_have_title("What fits you: Homeground")
    expect(page.locator(".result")).to_have_count(10)
    expect(page.locator(".result .why").first).to_be_visible()
    listing = open_first(page)
    expect(listing).to_have_title(f"{listing.locator('article h1').inner_text()}: Homeground")
    assert listing.locator("a.button[href^='tel:'], a.button[href^='mailto:'], a.button[href^='sms:'], a.button[href^='http']").count()


@pytest.mark.parametrize("js", [True, False])
def test_the_question_the_place_and_the_button_are_near_the_top_on_a_phone(open_page: Open, js: bool) -> None:
    page, _ = open_page(js=js)
    for selector, within in (("#text", 330), ("#place", 640), (".wide button.main >> nth=0", 850)):
        box = page.locator(selector).bounding_box()
        assert box
        assert box["y"] < within, selector


def test_results_take_the_focus_and_the_way_back_restores_every_answer(open_page: Open) -> None:
    page, witness = open_page()
    page.get_by_text("Food", exact=True).first.click()
    ask(page, own_strengths="I fix bikes")
    expect(page.locator("#found")).to_be_focused()
    page.go_back()
    expect(page).to_have_title("Homeground: find what fits you")
    expect(page.locator("#text")).to_have_value("company")
    expect(page.locator("#own_strengths")).to_have_value("I fix bikes")
    expect(page.get_by_label("Food", exact=True).first).to_be_checked()
    page.go_forward()
    expect(page.locator(".result")).to_have_count(10)
    assert len([url for url in witness.urls if url.endswith("/search")]) == 1, "going back and on asks nothing again"


def test_back_from_a_listing_finds_the_results_where_they_were(open_page: Open) -> None:
    page, _ = open_page()
    ask(page)
    page.locator(".result h3 a").nth(4).scroll_into_view_if_needed()
    before, names = page.evaluate("scrollY"), page.locator(".result h3").all_inner_texts()
    page.locator(".result h3 a").nth(4).click()
    expect(page.locator("article h1")).to_be_focused()
    assert page.evaluate("scrollY") < 200
    page.go_back()
    expect(page.locator(".result")).to_have_count(10)
    assert page.locator(".result h3").all_inner_texts() == names
    assert abs(page.evaluate("scrollY") - before) < 5


def test_without_script_the_results_stay_in_their_tab(open_page: Open) -> None:
    page, _ = open_page(js=False)
    ask(page)
    listing = open_first(page)
    assert listing is not page
    listing.close()
    expect(page.locator(".result")).to_have_count(10)


@pytest.mark.parametrize("js", [True, False])
def test_a_button_of_the_results_changes_them_and_keeps_the_answers(open_page: Open, js: bool) -> None:
    page, _ = open_page(js=js)
    ask(page)
    names = page.locator(".result h3").all_inner_texts()
    page.get_by_role("button", name="Show more").click()
    expect(page.get_by_role("button", name="Earlier ones")).to_be_visible()
    assert not set(names) & set(page.locator(".result h3").all_inner_texts())
    page.get_by_text("Change your answers").click()
    expect(page.locator("#text")).to_have_value("company")


@pytest.mark.parametrize("js", [True, False])
def test_a_tick_confirms_a_strength(open_page: Open, js: bool) -> None:
    page, _ = open_page(js=js)
    ask(page, own_strengths="I fix bikes")
    page.get_by_role("group", name="is this you?").get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Use what I ticked").click()
    expect(page.get_by_role("group", name="is this you?")).to_have_count(0)
    page.get_by_text("Change your answers").click()
    expect(page.get_by_role("group", name="You said you are good at").get_by_role("checkbox")).to_be_checked()


def test_the_browser_keeps_nothing(open_page: Open) -> None:
    page, _ = open_page()
    ask(page, "zebra company", own_strengths="I fix bikes")
    open_first(page)
    assert storage_of(page) == [0, 0, 0, 0]


def test_enter_in_a_field_of_the_results_searches_and_presses_no_other_button(open_page: Open) -> None:
    page, _ = open_page()
    ask(page, own_strengths="I fix bikes")
    page.get_by_text("Change your answers").click()
    page.fill("#text", "food")
    page.press("#text", "Enter")
    expect(page.get_by_text("Change your answers")).to_contain_text("food")


@pytest.mark.parametrize("js", [True, False])
def test_what_is_not_shown_opens_when_asked_and_its_buttons_keep_the_answers(open_page: Open, js: bool) -> None:
    page, witness = open_page(js=js)
    page.get_by_text("Food", exact=True).first.click()
    ask(page, text="", own_strengths="I fix bikes")
    page.get_by_role("button", name="Not shown").click()
    expect(page.get_by_text(re.compile("Not shown: .* and why"))).to_be_visible()
    expect(page.locator(".result")).to_have_count(10 if js else 0)
    if js:
        expect(page.locator("#around :focus")).to_have_count(1)
    page.locator("#around button[name=set]").first.click()
    expect(page.locator("#found")).to_be_visible()
    expect(page.locator("#own_strengths")).to_have_value("I fix bikes")
    assert not [url for url in witness.urls if "?" in url]
