"""Going through the strengths conversation and the papers, the same with and without script."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.steps import settled

ANSWERS = {
    "own_words.went_well": "I cooked for my neighbours", "own_words.good_at": "I fix bikes, people tell me things",
    "own_words.helped.0.words": "walking by the sea",
    "circle.people.0.name": "Ines", "circle.places.0.name": "the library", "circle.places.0.where": "54911", "hopes.more_of": "singing with others",
    "scales.scales.0.holds": "my sister calls", "reframes.reframes.0.strength": "I can find anything", "reframes.reframes.0.wanted": "find a place to live",
    "about.place": "54911",
}  # fmt: skip
"""An answer for every text of the conversation that matters, by its name."""


def go_on(page: Page, button: str) -> None:
    """Press a button of the conversation, and wait for the page that it leads to."""
    heading = page.locator("h1").inner_text()
    page.locator(".buttons").get_by_role("button", name=button, exact=True).click()
    expect(page.locator("h1")).not_to_have_text(heading, timeout=30_000)   # the first search of a house reads its index
    settled(page)


def answer_all(page: Page) -> None:
    """Answer every page with what is in ``ANSWERS``, tick what is offered, and go to the end."""
    for _ in range(10):
        for name, text in ANSWERS.items():
            field = page.locator(f"[id='{name}']")
            if field.count():
                field.fill(text)
        for offer in page.locator(".note:not(.have) input[name=yes]").all()[:2]:
            offer.check()
        if page.locator("[name='domains.answers.home']").count():
            page.locator("[name='domains.answers.home'][value=well]").check()
            page.locator("[name='domains.answers.play'][value=more]").check()
        go_on(page, "Next")


def open_papers(page: Page) -> None:
    """Press the button that leads to my papers."""
    page.locator("form.talk, form#ask").get_by_role("button", name="My papers").first.click()
    expect(page.locator("form.papers")).to_be_visible()


def papers_in(page: Page) -> str:
    """The papers that travel in the form."""
    return page.locator("form.papers input[name=papers]").input_value()
