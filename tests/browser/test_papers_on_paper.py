"""Papers and the conversation for every eye and on paper: axe, narrow, wide, dark, right to left; each sheet is one page of A4."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from directory.papers import BLANK, Papers, save
from directory.papers.parts import Achievement, Achievements, Circle, Goal, Goals, OwnPlace, OwnWords, Person, Reframe, Reframes, Resilience, Step
from tests.browser.conftest import Open
from tests.browser.steps import too_wide
from tests.browser.talking import answer_all, open_papers
from tests.browser.test_access import faults, unfold

KEPT = 4


def full_papers() -> Papers:
    """A person with as much on their papers as a plan for one page may hold."""
    steps = (Step(words="call the choir and ask for Thursday"), Step(words="walk there once, only to see the door"))
    goal = Goal(key="g1", words="sing, cook and mend with others", why="it gives me breath and people", steps=steps)
    goals = tuple(replace(goal, key=f"g{number}") for number in range(1, 5))
    lines = tuple(f"line {n} in my own words, long enough to be one" for n in range(1, 7))
    people = tuple(Person(name=f"Ines {n}", brings="makes me laugh", phone="(920) 555-0100") for n in range(6))
    return replace(
        BLANK, goals=Goals(goals=goals), resilience=Resilience(strengths=lines, people=lines, places=lines, helps=lines),
        circle=Circle(people=people, places=(OwnPlace(name="the library", where="54911"),)), own_words=OwnWords(good_at="I fix bikes. " * 8),
        achievements=Achievements(achievements=tuple(Achievement(words=f"did the thing number {n}") for n in range(6))),
        reframes=Reframes(reframes=(Reframe(strength="I can find anything", wanted="a home"),)),
    )  # fmt: skip


def opened(page: Page, folder: Path) -> None:
    """Open full papers out of a file, and keep four results."""
    path = folder / "notes.json"
    path.write_bytes(save(full_papers()))
    page.set_input_files("#file", path)
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_role("status")).to_be_visible()
    page.get_by_role("button", name="Show what fits").click()
    expect(page.locator(".result")).to_have_count(10)
    for kept in range(1, KEPT + 1):
        page.locator("button[name=keep]").first.click()
        expect(page.locator("button[name=let_go]")).to_have_count(kept)   # until then the first button is the same one
    open_papers(page)


def pages_of(page: Page) -> int:
    page.emulate_media(media="print")
    count = len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(format="A4", prefer_css_page_size=True)))
    page.emulate_media(media="screen")
    return count


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_every_sheet_is_one_page_of_a4(open_page: Open, tmp_path: Path, direction: str) -> None:
    page, witness = open_page("/papers")
    opened(page, tmp_path)
    counts = {}
    for button in ("My plan on one page", "The plan for hard days", "What I kept", "My goals", "Put up to four side by side"):
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.locator("article.sheet")).to_be_visible()
        page.evaluate(f"document.documentElement.dir = '{direction}'")
        assert too_wide(page) == [], button
        counts[button] = pages_of(page)
        page.get_by_role("button", name="Back to my papers").click()
        expect(page.locator("form.papers")).to_be_visible()
    page.goto(witness.base + "/papers/raise")
    page.evaluate(f"document.documentElement.dir = '{direction}'")
    counts["raise"] = pages_of(page)
    assert counts == dict.fromkeys(counts, 1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_full_papers_and_their_sheets(open_page: Open, tmp_path: Path, scheme: str) -> None:
    page, _ = open_page("/papers", color_scheme=scheme)
    opened(page, tmp_path)
    unfold(page)
    found = faults(page, scheme)
    for button in ("My plan on one page", "The plan for hard days", "Put up to four side by side"):
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.locator("article.sheet")).to_be_visible()
        found += faults(page, scheme)
        page.get_by_role("button", name="Back to my papers").click()
        expect(page.locator("form.papers")).to_be_visible()
    assert found == []


def test_axe_finds_nothing_in_the_conversation_on_one_page(open_page: Open) -> None:
    page, _ = open_page("/strengths")
    answer_all(page)
    assert faults(page) == []
    page.get_by_role("button", name="Everything on one page").click()
    expect(page.locator("h1")).to_have_text("All questions")
    unfold(page)
    assert faults(page) == []


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_reaches_past_the_edge_of_full_papers(open_page: Open, tmp_path: Path, width: int, direction: str) -> None:
    page, _ = open_page("/papers", viewport={"width": width, "height": 740})
    opened(page, tmp_path)
    page.evaluate(f"document.documentElement.dir = '{direction}'")
    unfold(page)
    assert too_wide(page) == []
    page.get_by_role("button", name="Go through the questions").click()
    expect(page.locator("form.talk")).to_be_visible()
    page.get_by_role("button", name="Everything on one page").click()
    expect(page.locator("h1")).to_have_text("All questions")
    unfold(page)
    assert too_wide(page) == []


def test_what_can_be_pressed_is_large_enough_for_a_thumb(open_page: Open, tmp_path: Path) -> None:
    page, _ = open_page("/papers")
    opened(page, tmp_path)
    small = page.evaluate("""() => [...document.querySelectorAll('button, .button, .chip, summary, select, input[type=text], textarea, .leave')]
        .filter((e) => e.checkVisibility() && !e.closest('.visually-hidden'))
        .filter((e) => e.getBoundingClientRect().height < 43.5 && e.getBoundingClientRect().width > 1)
        .map((e) => e.outerHTML.slice(0, 80))""")
    assert small == []


def test_the_conversation_goes_by_keyboard(open_page: Open) -> None:
    page, _ = open_page("/strengths")
    page.locator("[id='own_words.went_well']").focus()
    page.keyboard.type("I cooked")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("What are you good at?")
    expect(page.locator("h1")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".note input[name=yes]").first).to_be_checked()
