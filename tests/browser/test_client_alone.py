"""A client alone: strengths first, what each answer brings, papers that are kept, planned, printed and loaded again; with and without script."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.steps import ask, storage_of
from tests.browser.talking import answer_all, go_on, open_papers, papers_in

ALONE = pytest.mark.parametrize("js", [True, False])


@ALONE
def test_a_client_alone_goes_from_strengths_to_a_plan_and_takes_it_away(open_page: Open, tmp_path: Path, js: bool) -> None:
    page, witness = open_page("/strengths", js=js)
    answer_all(page)
    expect(page.locator("h1")).to_have_text("What you bring")
    page.get_by_role("button", name="Show all that fits").click()
    expect(page.locator(".result")).to_have_count(10)
    name = page.locator(".result h3").first.inner_text()
    page.get_by_role("button", name=f"Keep {name}").click()
    expect(page.get_by_role("button", name=f"Kept ✓ {name}")).to_be_visible()
    open_papers(page)
    expect(page.locator("section:has(#kept-h) h3")).to_have_text(name)
    page.get_by_label("A new goal, in own words").fill("sing with others again")
    page.get_by_label("Why it matters").last.fill("it gives me breath")
    page.get_by_role("button", name="Take it into my papers").click()
    page.get_by_role("button", name="Take this step").click()
    page.get_by_role("button", name="I did it").click()
    expect(page.locator("section:has(#done-h) li").first).to_contain_text(re.compile("Call|Go and|Write|Read|Talk"))
    sections = page.locator("form.papers > section h2").all_inner_texts()
    assert sections[:2] == ["What I have done", "What I bring"], "row 9: strengths come first"
    saved = save_file(page, tmp_path)
    page.goto(witness.base + "/papers")
    page.set_input_files("#file", saved)
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_label("The goal")).to_have_value("sing with others again")
    assert json.loads(papers_in(page)) == json.loads(saved.read_text())
    assert not [url for url in witness.urls if "?" in url or "sing" in url]


def save_file(page: Page, folder: Path) -> Path:
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Save to a file").click()
    path = folder / downloading.value.suggested_filename
    downloading.value.save_as(path)
    assert path.name == "notes.json"
    return path


@ALONE
def test_row_5_and_6_a_search_ends_without_one_problem_named(open_page: Open, js: bool) -> None:
    page, _ = open_page("/strengths", js=js)
    for _ in range(10):
        assert not re.search(r"problem|need help|difficult|symptom|diagnos|struggl", page.locator("main").inner_text(), re.IGNORECASE)
        go_on(page, "Skip")
    expect(page.locator("h1")).to_have_text("What you bring")
    page.get_by_role("button", name="Show all that fits").click()
    expect(page.locator(".result")).to_have_count(10)


@ALONE
def test_a_friend_as_helper_is_asked_nothing_about_themselves(open_page: Open, js: bool) -> None:
    page, _ = open_page("/strengths", js=js)
    page.get_by_text("I am looking for somebody else").click()
    page.fill("[id='own_words.went_well']", "she fixed her bike")
    go_on(page, "Next")
    for _ in range(9):
        heading = page.locator("h1").inner_text()
        assert " you" not in heading.lower(), f"row 23: {heading}"
        go_on(page, "Skip")
    expect(page.locator("h1")).to_have_text("What they bring")
    open_papers(page)
    expect(page.locator("h1")).to_have_text("Their papers")
    expect(page.get_by_text("she fixed her bike")).to_be_visible()


def test_row_19_and_24_an_answer_moves_what_it_brings_while_it_is_given(open_page: Open) -> None:
    page, _ = open_page("/strengths")
    expect(page.get_by_text("Nothing is asked yet")).to_be_visible()
    go_on(page, "Skip")
    page.get_by_text("Or choose from a list").click()
    page.locator(".asked summary").nth(1).click()
    page.locator(".asked .fold .fold input").first.check()
    expect(page.locator("#brings ol li")).to_have_count(3)
    expect(page.locator("#brings [role=status]")).to_contain_text("These come first")


@ALONE
def test_words_of_crisis_bring_urgent_help_on_every_page(open_page: Open, js: bool) -> None:
    page, _ = open_page("/strengths", js=js)
    page.fill("[id='own_words.went_well']", "I want to die")
    go_on(page, "Next")
    expect(page.get_by_text("You can reach someone right now")).to_be_visible()
    open_papers(page)
    expect(page.get_by_text("You can reach someone right now")).to_be_visible()


def test_row_33_no_request_carries_what_somebody_wants_to_raise(open_page: Open, tmp_path: Path) -> None:
    page, witness = open_page("/papers/raise")
    sent: list[str] = []
    page.context.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    page.fill("#raise-whom", "Zebracanary whom")
    page.fill("#raise-1", "zebracanary line")
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Save this sheet").click()
    saved = tmp_path / "sheet.json"
    downloading.value.save_as(saved)
    assert json.loads(saved.read_text())["to_raise"]["lines"][0] == "zebracanary line"
    page.get_by_role("link", name="My papers").first.click()
    expect(page).to_have_url(witness.base + "/papers")
    page.set_input_files("#file", saved)
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_role("status")).to_contain_text("Your file is open")
    page.get_by_role("link", name="A sheet of things to raise").click()
    expect(page.locator("#raise-1")).to_have_value("zebracanary line")
    assert len(sent) > 3
    assert [one for one in sent if "zebracanary" in one.lower()] == []


def test_row_33_without_script_the_sheet_is_blank_paper(open_page: Open) -> None:
    page, _ = open_page("/papers/raise", js=False)
    assert page.locator("main form").count() == 0
    assert page.locator("main [name]").count() == 0
    page.emulate_media(media="print")
    assert page.locator("textarea:visible").count() == 6


def test_row_74_nothing_is_kept_unless_the_switch_says_so_and_one_tap_clears(open_page: Open) -> None:
    page, witness = open_page("/strengths")
    page.fill("[id='own_words.went_well']", "zebra morning")
    go_on(page, "Next")
    open_papers(page)
    assert storage_of(page) == [0, 0, 0, 0]
    page.goto(witness.base + "/papers")
    expect(page.get_by_text("zebra morning")).to_have_count(0)
    page.get_by_label("Good at, in own words").fill("zebra songs")
    page.get_by_role("button", name="Take it into my papers").click()
    page.get_by_label("Keep my papers on this device").check()
    assert storage_of(page)[0] == 1
    page.goto(witness.base + "/papers")
    expect(page.get_by_label("Good at, in own words")).to_have_value("zebra songs")
    page.get_by_role("button", name="Clear everything now").click()
    expect(page.get_by_label("Good at, in own words")).to_have_value("")
    assert storage_of(page) == [0, 0, 0, 0]
    page.reload()
    expect(page.get_by_label("Good at, in own words")).to_have_value("")


def test_leave_now_takes_what_was_kept_on_the_device(open_page: Open) -> None:
    page, witness = open_page("/papers")
    page.get_by_label("Good at, in own words").fill("zebra songs")
    page.get_by_role("button", name="Take it into my papers").click()
    page.get_by_label("Keep my papers on this device").check()
    assert storage_of(page)[0] == 1
    page.get_by_role("link", name="Leave now", exact=True).click()
    page.wait_for_url("**/healthz")
    page.goto(witness.base + "/papers")
    assert storage_of(page) == [0, 0, 0, 0]
    assert "zebra" not in page.content()


def test_papers_stay_open_when_somebody_reads_other_pages_and_goes_back(open_page: Open) -> None:
    page, _ = open_page("/papers")
    page.get_by_label("Good at, in own words").fill("I can find anything")
    page.get_by_role("button", name="Take it into my papers").click()
    expect(page.get_by_role("status")).to_be_visible()
    page.get_by_role("link", name="Urgent help").first.click()
    expect(page.locator("h1")).not_to_have_text("My papers")
    page.get_by_role("link", name="My papers").last.click()
    expect(page.get_by_label("Good at, in own words")).to_have_value("I can find anything")
    page.get_by_role("link", name="Start again").click()
    page.fill("#text", "company")
    page.get_by_role("button", name="Show what fits").first.click()
    expect(page.locator("#found")).to_be_visible()
    open_papers(page)
    expect(page.get_by_label("Good at, in own words")).to_have_value("I can find anything")


def test_two_results_kept_in_a_hurry_are_both_kept(open_page: Open) -> None:
    page, _ = open_page()
    ask(page)
    names = page.locator(".result h3").all_inner_texts()[:4]
    page.evaluate("document.querySelectorAll('button[name=keep]').forEach((one, at) => { if (at < 4) one.click(); })")
    expect(page.locator("button[name=let_go]")).to_have_count(4)
    open_papers(page)
    assert page.locator("section:has(#kept-h) h3").all_inner_texts() == names
