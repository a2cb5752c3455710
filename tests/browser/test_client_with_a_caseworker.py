"""A client with a caseworker, in a real browser (issue 5): Rosa agrees, Nia works with her, a colleague says why, and Rosa reads it, takes it back, erases.

Practice rows 9, 15, 16, 65 and 67 are seen to work on the way. With script and without.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, expect

from tests.browser.story import SHOTS, Story, press, said
from tests.clients import ALDER
from tests.web.clients.people import make_whole_rosa, marker
from tests.web.second_door import SecondDoor
from web.app import create_app
from web.serving import free_port, running

HOME = f"/desk/agencies/{ALDER}"


@pytest.fixture
def story(request: pytest.FixtureRequest, tmp_path: Path, ground_file: Path, chromium: Browser) -> Iterator[Story]:
    """The cast's house, served."""
    door = SecondDoor(tmp_path / "house", ground_file)
    port = free_port()
    door.settings = replace(door.settings, base_url=f"http://localhost:{port}", port=port)
    app = create_app(door.settings, door.storage, door.catalogue, lambda: door.at)
    with running(app, door.settings):
        made = Story(door, door.settings.base_url, app.state.house, chromium, js=request.param == "script")
        yield made
        made.close()
    door.close()


@pytest.mark.parametrize("story", ["script", "no script"], indirect=True)
def test_rosa_and_nia_work_together(story: Story) -> None:
    make_whole_rosa(story.door)
    rosa, nia = story.who("rosa"), story.who("nia")
    agrees(story, rosa)
    takes_on(story, nia)
    notices_and_proposes(story, nia)
    says_yes_and_no(story, rosa)
    sets_a_day(story, nia)
    a_colleague_says_why(story)
    reads_who_looked(story, rosa)
    takes_it_back(story, rosa, nia)
    erases(story, rosa, nia)
    assert not story.wrong, "\n".join(story.wrong)


@pytest.mark.parametrize("story", ["script"], indirect=True)
def test_nia_begins_with_somebody_without_an_account_and_hands_the_record_over(story: Story) -> None:
    nia = story.who("nia")
    story.see(nia, f"{HOME}/clients/new", wide_too=True)
    story.see(nia, f"{HOME}/clients/new?in=ar", wide_too=True)
    story.see(nia, f"{HOME}/clients/new?in=es")
    nia.get_by_label("El nombre con el que quiero que me llamen").check()
    nia.get_by_label("Mis metas").check()
    nia.get_by_label("Lo que se me da bien, en mis propias palabras").check()
    nia.get_by_label("They said it to me").check()
    nia.get_by_label("What would they like to be called here?").fill("Mateo")
    press(nia, "They agreed: begin")
    expect(story.see(nia).get_by_role("heading", level=1)).to_contain_text("Mateo")
    nia.get_by_text("Propose a goal").click()
    nia.get_by_label("The goal, as they would say it").fill("Cook for ten")
    press(nia, "Propose it")
    press(story.see(nia, wide_too=True), "They say yes: a goal")
    expect(nia.get_by_role("heading", name="My goals")).to_be_visible()
    press(nia, "Make a link that hands it over to them")
    link = story.see(nia).locator(".handed").inner_text()
    stella = story.who("stella")
    press(story.see(stella, link), "Yes, it is mine")
    said(story.see(stella), "The record is yours now.")
    story.see(stella, "/my/looked")
    lena = story.who("lena")
    for page in ("", "/supervision", "/looks", "/team"):
        story.see(lena, HOME + page, wide_too=True)
    story.see(lena, "/desk/guide", wide_too=True)
    assert not story.wrong, "\n".join(story.wrong)


@pytest.mark.parametrize("story", ["script"], indirect=True)
def test_the_pages_beside_the_road(story: Story) -> None:
    """How to reach somebody, two records side by side, a copy or erasing for somebody else, the timeline, and how long an agency keeps it."""
    make_whole_rosa(story.door)
    rosa, nia = story.who("rosa"), story.who("nia")
    story.see(nia, f"{HOME}/clients/new")
    nia.get_by_label("The name I wish to be called by").check()
    nia.get_by_label("They said it to me").check()
    nia.locator("input[name=label]").fill("Ms. R.")
    nia.get_by_role("button", name="Begin").click()
    nia.wait_for_url("**/clients/*")
    here = nia.url.partition("?")[0].removeprefix(story.base)
    story.see(nia, f"{here}/rights", wide_too=True)
    nia.goto(f"{story.base}{here}")
    nia.get_by_role("button", name="Make a link").click()
    nia.wait_for_load_state()
    link = re.search(r"/my/join/[^\s<]+", nia.content())
    assert link
    rosa.goto(f"{story.base}{link[0]}")
    rosa.get_by_role("button", name="mine").click()
    rosa.wait_for_url("**/my/one*")
    story.see(rosa, "/my/one", wide_too=True)
    for path in ("/my/contact", "/my/timeline", "/my", "/my/plan", "/my/sharing", "/my/looked"):
        story.see(rosa, path, wide_too=True)
    story.see(story.who("lena"), f"{HOME}/supervision")
    assert not story.wrong, "\n".join(story.wrong)


def agrees(story: Story, rosa: Page) -> None:
    """She reads the words in her language, chooses what, and agrees."""
    story.see(rosa, "/my/sharing", wide_too=True)
    rosa.get_by_role("link", name="Work with an agency").click()
    story.see(rosa).get_by_role("link", name="Alder House").click()
    story.see(rosa, wide_too=True).get_by_role("link", name="العربية").click()
    expect(story.see(rosa, wide_too=True).locator("[dir=rtl] h1")).to_be_visible()
    rosa.get_by_role("link", name="English").click()
    for part in ("The name I wish to be called by", "What I am good at, in my own words", "My goals", "What I did"):
        rosa.get_by_label(part).check()
    rosa.get_by_label("180 days").or_(rosa.get_by_label("Half a year")).check()
    press(rosa, "I agree")
    said(story.see(rosa, wide_too=True), "Agreed. You can take it back here at any time.")


def takes_on(story: Story, nia: Page) -> None:
    """Nia finds a reference, works with whoever it is, and reads what went well first."""
    story.see(nia, "/desk").get_by_role("link", name="People of Alder House").click()
    press(story.see(nia, wide_too=True).locator("li", has_text="A new person, reference"), "Work with them", exact=False)
    story.see(nia, wide_too=True)
    expect(nia.get_by_role("heading", level=1)).to_contain_text(marker("label"))
    assert nia.locator("h2").first.inner_text() == "What I did", "achievements come first"
    expect(nia.locator("#closed")).to_contain_text("Not open to you, as the person wishes")
    nia.locator(".prompts a").first.click()
    expect(story.see(nia, wide_too=True).get_by_role("heading", name="Begin with what went well")).to_be_visible()
    nia.go_back()


def notices_and_proposes(story: Story, nia: Page) -> None:
    """She offers a strength, proposes a goal, and writes a note that Rosa reads."""
    nia.get_by_text("I noticed a strength").click()
    nia.get_by_label("I noticed that you …").fill("You called three places in one morning")
    press(nia, "Offer it to them")
    said(story.see(nia), "Nobody else sees it before the person says yes.")
    nia.get_by_text("Propose a goal").click()
    nia.get_by_label("The goal, as they would say it").fill("Sing with others on Sundays")
    press(nia, "Propose it")
    nia.get_by_text("Write a note", exact=True).click()
    nia.get_by_label("The note").fill("We met at the library and looked at choirs.")
    press(story.see(nia, wide_too=True), "Keep the note")
    said(story.see(nia, wide_too=True), "The note is kept.")
    if SHOTS:
        nia.emulate_media(media="print")
        nia.screenshot(path=f"{SHOTS}/print-record.png", full_page=True)
        nia.emulate_media(media="screen")


def says_yes_and_no(story: Story, rosa: Page) -> None:
    """Rosa says yes to the strength in her own words, and no to the goal."""
    story.see(rosa, "/my/notes", wide_too=True)
    expect(rosa.get_by_text("We met at the library")).to_be_visible()
    strength = rosa.locator("section", has_text="You called three places")
    strength.get_by_label("In your own words, if you like").fill("I called three places in one morning")
    press(strength, "Yes: to what I did")
    said(story.see(rosa), "Your answer counts.")
    press(rosa.locator("section", has_text="Sing with others"), "No, thank you")
    expect(story.see(rosa).get_by_text("Sing with others")).to_have_count(0)


def sets_a_day(story: Story, nia: Page) -> None:
    """Nia sees her words, and sets the next day."""
    story.see(nia, HOME).get_by_role("link", name=marker("label")).first.click()
    expect(story.see(nia).get_by_text("I called three places in one morning")).to_be_visible()
    nia.get_by_role("link", name="Next day, hand over, cover").click()
    story.see(nia, wide_too=True).get_by_label("When do you follow up?").fill("2026-12-01")
    press(nia, "Save the day")
    expect(story.see(nia).get_by_label("When do you follow up?")).to_have_value("2026-12-01")


def a_colleague_says_why(story: Story) -> None:
    """Omar is asked for a reason, which the lead reads."""
    omar = story.who("omar")
    story.see(omar, HOME).get_by_text("With colleagues").click()
    omar.get_by_role("link", name="Open").first.click()
    story.see(omar, wide_too=True).get_by_label("The reason").fill("Nia is ill, and Rosa is at the door")
    press(omar, "Open with this reason")
    said(story.see(omar, wide_too=True), "You look with a reason.")
    expect(story.see(story.who("lena"), f"{HOME}/looks").get_by_text("Nia is ill, and Rosa is at the door")).to_be_visible()


def reads_who_looked(story: Story, rosa: Page) -> None:
    """She reads who looked, and takes a copy."""
    story.see(rosa, "/my/looked", wide_too=True)
    expect(rosa.get_by_text("Nia is ill, and Rosa is at the door")).to_be_visible()
    expect(rosa.get_by_text("This list is whole")).to_be_visible()
    with rosa.expect_download() as taken:
        story.see(rosa, "/my/copy", wide_too=True).get_by_role("link", name="To read and print").click()
    assert taken.value.suggested_filename == "papers.html"
    if SHOTS:
        taken.value.save_as(f"{SHOTS}/papers.html")


def takes_it_back(story: Story, rosa: Page, nia: Page) -> None:
    """In one step, and the next page of Nia's has nothing."""
    press(story.see(rosa, "/my/sharing"), "Take it back now", exact=False)
    said(story.see(rosa), "Taken back. Nobody sees anything under it from now on.")
    nia.go_back()
    nia.goto(nia.url.removesuffix("/work"))
    expect(story.see(nia).get_by_text("Nothing is agreed to at present")).to_be_visible()
    expect(nia.get_by_text(marker("achievements"))).to_have_count(0)


def erases(story: Story, rosa: Page, nia: Page) -> None:
    """Everything goes."""
    story.see(rosa, "/my/erase", wide_too=True).get_by_label("Yes, erase everything I keep here").check()
    press(rosa, "Erase")
    said(story.see(rosa), "Erased. Nothing that you kept here is left")
    expect(story.see(nia, HOME).get_by_text("Nobody yet.")).to_be_visible()
