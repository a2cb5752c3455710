"""Two people to their first check-in, and a moderator with a report after a block: with script and without, axe clean, small and wide."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.browser.served import SIZES, Served, context_of, opened
from tests.browser.steps import too_wide
from tests.browser.test_access import faults, unfold
from tests.talked import DESK, Talk, talk_in
from tests.web.second_door import SecondDoor
from web.rounds import follow_peers


class Meeting(Served):
    """The cast's house, served, with Rosa and Sol introduced in it."""

    def __init__(self, door: SecondDoor, base: str) -> None:
        super().__init__(door, base)
        self.talk: Talk = talk_in(door)

    def later(self, **span: float) -> None:
        """So much later, and what is done beside the requests is done."""
        self.door.later(**span)
        self.talk.circle.at = self.door.at
        follow_peers(self.door.app.state.house, self.door.at)


@pytest.fixture
def meeting(tmp_path: Path, ground_file: Path, chromium: Browser) -> Iterator[Meeting]:
    with opened(tmp_path, ground_file) as (door, base):
        yield Meeting(door, base)


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def js(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_two_people_to_their_first_check_in(chromium: Browser, meeting: Meeting, js: bool) -> None:
    rosa, sol = (meeting.enter(context_of(chromium, js=js), name) for name in ("rosa", "sol"))
    rosa.goto(f"{meeting.base}/my")
    rosa.get_by_role("link", name="Somebody to talk with").click()
    rosa.get_by_role("link", name="Soledad Reyes", exact=True).click()
    rosa.get_by_label("Write to Soledad Reyes").fill("Hello! Shall we talk on Tuesday?")
    rosa.get_by_role("button", name="Send").click()
    expect(rosa.get_by_role("status")).to_have_text("Sent.")
    sol.goto(f"{meeting.base}/my/peers")
    sol.get_by_role("link", name="Rosa M.", exact=True).click()
    expect(sol.get_by_text("Shall we talk on Tuesday?")).to_be_visible()
    sol.get_by_label("Write to Rosa M.").fill("Gladly. Call me: 920-555-0142")
    sol.get_by_role("button", name="Send").click()
    expect(sol.get_by_text("Not sent yet")).to_be_visible()
    sol.get_by_label("Write to Rosa M.").fill("Gladly, here at five.")
    sol.get_by_role("button", name="Send it now").click()
    rosa.get_by_role("link", name="Look for new messages").click()
    expect(rosa.get_by_text("Gladly, here at five.")).to_be_visible()
    expect(rosa.get_by_text("920-555-0142")).to_have_count(0)
    rosa.get_by_label("Write to Soledad Reyes").fill("I want to kill myself")
    rosa.get_by_role("button", name="Send").click()
    expect(rosa.get_by_role("heading", name="You can reach someone right now")).to_be_visible()
    expect(rosa.get_by_label("Write to Soledad Reyes")).to_have_value("I want to kill myself")
    meeting.later(hours=49)
    rosa = meeting.enter(context_of(chromium, js=js), "rosa")
    rosa.goto(f"{meeting.base}/my/peers")
    rosa.get_by_role("link", name="How is it going?").click()
    rosa.get_by_label("It goes well").check()
    rosa.get_by_label("In your own words").fill("We talk on Tuesdays now.")
    rosa.get_by_role("button", name="Send").click()
    expect(rosa.get_by_role("status")).to_have_text("Thank you. The coordinator reads it.")
    imani = meeting.enter(context_of(chromium, js=js), "imani")
    imani.goto(meeting.base + DESK)
    imani.get_by_role("link", name="How people say it goes").click()
    expect(imani.get_by_text("We talk on Tuesdays now.")).to_be_visible()


def test_a_moderator_with_a_report_after_a_block(chromium: Browser, meeting: Meeting, js: bool) -> None:
    meeting.talk.write("sol", "Where do you live?")
    rosa = meeting.enter(context_of(chromium, js=js), "rosa")
    rosa.goto(f"{meeting.base}/my/peers/{meeting.talk.key}/talk")
    rosa.get_by_role("link", name="Change or end this").click()
    rosa.get_by_role("button", name="Block Soledad Reyes").click()
    expect(rosa.get_by_role("heading", name="This has come to its end")).to_be_visible()
    rosa.get_by_role("link", name="Something was not right").click()
    rosa.get_by_label("What happened?").fill("He asked three times where I live.")
    rosa.get_by_role("button", name="Send to the moderator").click()
    expect(rosa.get_by_text("Not answered yet.")).to_be_visible()
    sol = meeting.enter(context_of(chromium, js=js), "sol")
    sol.goto(f"{meeting.base}/my/peers/{meeting.talk.key}/talk")
    expect(sol.get_by_role("heading", name="This has come to its end")).to_be_visible()
    imani = meeting.enter(context_of(chromium, js=js), "imani")
    imani.goto(meeting.base + DESK)
    imani.get_by_role("link", name="Messages to moderators").click()
    imani.locator("main ul.lines a").first.click()
    expect(imani.get_by_text("He asked three times where I live.")).to_be_visible()
    expect(imani.get_by_text("Where do you live?")).to_have_count(0)
    imani.get_by_role("button", name="Pause Soledad Reyes").click()
    imani.get_by_label("Write to Rosa M.").fill("Thank you. He meets nobody new until we have talked.")
    imani.get_by_role("button", name="Send the answer").click()
    expect(imani.get_by_text("you paused the person")).to_be_visible()
    rosa.reload()
    expect(rosa.get_by_text("He meets nobody new until we have talked.")).to_be_visible()


def test_a_seeker_who_is_uneasy_about_a_card_tells_the_moderator_and_never_sees_it_again(chromium: Browser, meeting: Meeting, js: bool) -> None:
    wen = meeting.enter(context_of(chromium, js=js), "wen")
    wen.goto(f"{meeting.base}/my/peers")
    wen.get_by_role("link", name="Alder Circle", exact=True).click()
    wen.get_by_role("article").filter(has_text="Bluebird").get_by_role("link", name="Not right?").click()
    expect(wen.get_by_text("You do not know each other’s names, and this changes nothing about that.")).to_be_visible()
    wen.get_by_label("What is not right?").fill("I think this is my neighbour, and I would rather not.")
    wen.get_by_label("And never suggest this person again").check()
    wen.get_by_role("button", name="Send to the moderator").click()
    expect(wen.get_by_text("Not answered yet.")).to_be_visible()
    wen.get_by_role("link", name="Somebody to talk with").first.click()
    wen.get_by_role("link", name="Alder Circle", exact=True).click()
    expect(wen.get_by_role("heading", name="Change it")).to_be_visible()
    expect(wen.get_by_text("Bluebird")).to_have_count(0)
    farah = meeting.enter(context_of(chromium, js=js), "farah")
    farah.goto(f"{meeting.base}/my/peers")
    farah.get_by_role("link", name="Alder Circle", exact=True).click()
    expect(farah.get_by_role("heading", name="Change it")).to_be_visible()
    expect(farah.get_by_text("Sesame")).to_have_count(0)
    imani = meeting.enter(context_of(chromium, js=js), "imani")
    imani.goto(meeting.base + DESK)
    imani.get_by_role("link", name="Messages to moderators").click()
    imani.locator("main ul.lines a").first.click()
    expect(imani.get_by_text("neither knows the other’s name")).to_be_visible()
    expect(imani.get_by_text("Bluebird: Bluebird likes company.")).to_be_visible()
    imani.get_by_label("Write to Sesame").fill("Thank you for saying so. You two are not suggested to each other any more.")
    imani.get_by_role("button", name="Send the answer").click()
    expect(imani.get_by_text("you answered")).to_be_visible()
    wen.goto(f"{meeting.base}/my/peers/reports")
    expect(wen.get_by_text("You two are not suggested to each other any more.")).to_be_visible()


@pytest.mark.parametrize("look", ["light", "dark", "rtl"])
def test_axe_finds_nothing_and_nothing_overflows(chromium: Browser, meeting: Meeting, look: str) -> None:
    pages = _pages(meeting)
    wrong = [fault for size in SIZES for name in ("rosa", "wen", "imani") for fault in _walk(chromium, meeting, name, pages, size, look)]
    assert wrong == []


def _pages(meeting: Meeting) -> list[tuple[str, str]]:
    """Every page in every state that looks different."""
    talk, circle = meeting.talk, meeting.talk.circle
    for name, words in (("rosa", "Hello!\nHow are you?"), ("sol", "أهلا وسهلا"), ("rosa", "long " * 90), ("sol", "https://example.org/" + "x" * 90)):
        talk.write(name, words)
    over = Talk(circle, circle.introduced("wen", "farah"), "wen", "farah")
    told = over.report("wen", "Something was said that hurt.")
    over.end("farah")
    talk.report("rosa", "He asked where I live.", 2, 4)
    circle.join("juno")
    circle.join("wen", not_people="Farah Nour")
    circle.vouch("farah", "checks", ends_on=circle.on + timedelta(days=9))
    mine, scheme = f"/my/peers/schemes/{circle.scheme.id}", f"{DESK}/{circle.scheme.id}"
    with meeting.door.storage.reading() as session:
        card = circle.kept(session, "sol").row.id
    boards = [("wen", f"{mine}/seeker"), ("wen", f"{mine}/seeker/cards/{card}/not-right"), ("imani", scheme), ("imani", f"{scheme}/named")]
    meeting.later(hours=49)
    own = [f"/my/peers/{talk.key}/{which}" for which in ("talk", "end", "report", "check-in")] + ["/my/peers", "/my/peers/reports"]
    theirs = [f"/my/peers/{over.key}/{which}" for which in ("talk", "end", "report", "check-in")] + ["/my/peers/reports"]
    return [
        *boards, *(("rosa", path) for path in own), *(("wen", path) for path in theirs), ("imani", DESK), ("imani", f"{DESK}/reports"),
        ("imani", f"{DESK}/check-ins"), ("imani", f"{DESK}/reports/{told}"), ("imani", f"{DESK}/reports/{_other(meeting, told)}"),
    ]  # fmt: skip


def _other(meeting: Meeting, told: object) -> object:
    with meeting.door.storage.reading() as session:
        return next(row.id for row in meeting.talk.reports(session) if row.id != told)


def _walk(chromium: Browser, meeting: Meeting, who: str, pages: list[tuple[str, str]], size: ViewportSize, look: str) -> list[str]:
    """What is wrong with the pages of one person."""
    scheme = "dark" if look == "dark" else "light"
    context = chromium.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")   # type: ignore[arg-type]  # named by the test
    page, found = meeting.enter(context, who), list[str]()
    for number, path in enumerate(path for name, path in pages if name == who):
        page.goto(meeting.base + path)
        assert page.locator("h1").inner_text() not in ("Sign in", "That is not open to you", "There is no such page here"), path
        if look == "rtl":
            page.evaluate("document.documentElement.setAttribute('dir', 'rtl')")
        unfold(page)
        found += faults(page, scheme) + [f"{path}: {wide}" for wide in too_wide(page)]
        if folder := os.environ.get("HOMEGROUND_TESTS_PICTURES"):
            page.screenshot(path=f"{folder}/{size['width']}-{look}-{who}-{number}.png", full_page=True)
    context.close()
    return found
