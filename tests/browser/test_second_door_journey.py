"""The life of a listing in a real browser: claimed, edited, approved, confirmed a year later, imported over, found twice, made one, and taken apart again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, expect

from directory.exchange.records import SourceInfo, SourceRecord
from directory.imports import import_records
from tests.browser.guide import BULLETIN, FIRST_WORDS, GUIDE, LISTED, tools
from tests.browser.steps import ask
from tests.browser.story import Story, open_part, press, said
from tests.cast import PASSWORD
from tests.web.second_door import SecondDoor
from web.app import create_app
from web.serving import free_port, running

TOOLS, TWIN = (tools(source).content.id for source in (GUIDE, BULLETIN))
LISTING, HISTORY = f"/listings/{TOOLS}", f"/desk/listings/{TOOLS}/history"
NOOR, TOMAS = "noor@people.example", "tomas@people.example"
OURS = "Borrow tools and learn to mend your bicycle with neighbours who like to show how."
THEIRS = "Borrow a drill, a ladder, a sewing machine or a projector."


@pytest.fixture
def story(request: pytest.FixtureRequest, tmp_path: Path, ground_file: Path, chromium: Browser) -> Iterator[Story]:
    """The cast's house, served, into which the guide has brought the tool library a day ago."""
    door = SecondDoor(tmp_path / "house", ground_file)
    port = free_port()
    door.settings = replace(door.settings, base_url=f"http://localhost:{port}", port=port)
    bring(door, GUIDE, tools(), days_ago=1)
    app = create_app(door.settings, door.storage, door.catalogue, lambda: door.at)
    with running(app, door.settings):
        made = Story(door, door.settings.base_url, app.state.house, chromium, js=request.param == "script")
        yield made
        made.close()
    door.close()


@pytest.mark.parametrize("story", ["script"], indirect=True)
def test_a_listing_is_claimed_edited_approved_confirmed_imported_over_made_one_and_taken_apart(story: Story) -> None:
    noor, tomas, anybody = story.browser(), story.browser(), story.browser()
    signs_up(story, noor, NOOR, "Noor")
    claims(story, noor)
    invites(story, noor, tomas)
    edits(story, tomas)
    assert FIRST_WORDS in reads(story, anybody), "what waits is not shown"
    cora = story.curator()
    approves(story, cora)
    assert OURS in reads(story, anybody)
    finds(story, anybody)
    story.door.later(days=366)
    confirms(story, story.browser())
    assert "Confirmed by the organization on" in reads(story, anybody)
    bring(story.door, GUIDE, tools(words=THEIRS, phone="920-555-0161"))
    assert OURS in reads(story, anybody), "ours stands until somebody decides"
    cora = story.curator()
    decides_the_conflicts(story, cora)
    assert THEIRS in reads(story, anybody)
    expect(anybody.get_by_text("920-555-0188").first).to_be_visible()
    bring(story.door, BULLETIN, tools(BULLETIN, name="Northside Tool Library", words="Tools for everybody.", phone="920-555-0188"))
    merges(story, cora)
    story.see(anybody, f"/listings/{TWIN}")
    assert anybody.url == story.base + LISTING
    takes_the_merge_back(story, cora)
    story.see(anybody, f"/listings/{TWIN}")
    expect(anybody.get_by_role("heading", level=1)).to_have_text("Northside Tool Library")
    assert THEIRS in reads(story, anybody)
    assert anybody.context.cookies() == []
    assert not story.wrong, "\n".join(story.wrong)


@pytest.mark.parametrize("story", ["no script"], indirect=True)
def test_without_script_a_newcomer_claims_an_editor_edits_and_a_curator_approves(story: Story) -> None:
    noor, tomas, anybody = story.browser(), story.browser(), story.browser()
    signs_up(story, noor, NOOR, "Noor")
    claims(story, noor)
    invites(story, noor, tomas)
    edits(story, tomas)
    assert FIRST_WORDS in reads(story, anybody), "what waits is not shown"
    approves(story, story.curator())
    assert OURS in reads(story, anybody)
    finds(story, anybody)
    assert not story.wrong, "\n".join(story.wrong)


def signs_up(story: Story, page: Page, address: str, name: str) -> None:
    """A newcomer asks for an account, and makes it by the link in the mail."""
    story.see(page, LISTING, wide_too=True)
    page.get_by_role("link", name="Is this yours? Keep it up to date").click()
    story.see(page).get_by_role("link", name="I have no account yet").click()
    story.see(page).get_by_label("E-mail address").fill(address)
    press(page, "Send me the link")
    said(story.see(page), "a message is on its way to it")
    story.see(page, story.link_in_mail(address, "/account/join/"))
    page.get_by_label("Your name").fill(name)
    page.get_by_label("A password").fill(PASSWORD)
    press(page, "Make my account")
    expect(story.see(page).get_by_label("h•••@northside.example")).to_be_visible()   # where she wanted to go before she had an account


def claims(story: Story, page: Page) -> None:
    """She claims the organization by the link that goes to the address it lists."""
    page.goto(story.base + LISTING)
    page.get_by_role("link", name="Is this yours? Keep it up to date").click()
    story.see(page).get_by_label("h•••@northside.example").check()
    press(page, "Send the link")
    said(story.see(page), "Sent.")
    story.see(page, story.link_in_mail(LISTED, "/desk/claims/use/"))
    press(page, "Yes, I look after it")
    expect(page.get_by_role("heading", name="Northside Neighbours")).to_be_visible()
    story.see(page, wide_too=True)


def invites(story: Story, owner: Page, editor: Page) -> None:
    """She invites somebody to edit with her, who comes by the link in his mail."""
    owner.get_by_role("link", name="People: invite, trust").click()
    story.see(owner).get_by_label("Their e-mail address").fill(TOMAS)
    press(owner, "Send the invitation")
    said(story.see(owner), "Sent.")
    story.see(editor, story.link_in_mail(TOMAS, "/desk/invitations/"))
    editor.get_by_role("link", name="I have none yet: make one").click()
    story.see(editor).get_by_label("Your name").fill("Tomas")
    editor.get_by_label("A password").fill(PASSWORD)
    press(editor, "Yes, go on")
    said(story.see(editor), "Welcome, Tomas")


def edits(story: Story, page: Page) -> None:
    """He changes words, phone and hours, and hands them in: he is not trusted yet, so they wait."""
    page.get_by_role("link", name="Northside tool library").first.click()
    story.see(page, wide_too=True)
    open_part(page, "offer").get_by_label("What happens there").fill(OURS)
    keeps(story, page, "offer")
    contact = open_part(page, "contact")
    contact.get_by_label("Number", exact=True).first.fill("920-555-0188")
    keeps(story, page, "contact")
    when = open_part(page, "when")
    when.locator("#hours-weekly-0-closes").fill("13:30")
    keeps(story, page, "when")
    story.see(page, page.url)
    page.get_by_label("Why, in a few words").fill("We lend longer on Saturdays")
    press(page, "Hand it in")
    said(story.see(page), "Handed in.")


def keeps(story: Story, page: Page, code: str) -> None:
    """What was typed in a part is saved: by itself with script, by its button without."""
    part = page.locator(f"#part-{code}")
    if story.js:
        page.keyboard.press("Tab")
        expect(part.locator(".saved [role=status]")).to_contain_text("Saved at")
    else:
        press(part, "Save this part")
        expect(page.get_by_text("Saved.", exact=True)).to_be_visible()


def approves(story: Story, page: Page) -> None:
    """A curator looks at what differs, and puts it live."""
    story.see(page, "/desk/curator/drafts", wide_too=True).get_by_role("link", name="Northside tool library").click()
    story.see(page, wide_too=True)
    for before, after in ((FIRST_WORDS, OURS), ("920-555-0160", "920-555-0188"), ("noon", "1:30 pm")):
        expect(page.locator(".change .before").filter(has_text=before)).to_have_count(1)
        expect(page.locator(".change .after").filter(has_text=after)).to_have_count(1)
    press(page, "Approve: put it live")
    said(story.see(page), "Approved.")


def reads(story: Story, page: Page) -> str:
    """What the public page says."""
    return story.see(page, LISTING).locator("main").inner_text()


def finds(story: Story, page: Page) -> None:
    """A search by the new words finds it: the index follows within a second."""
    page.wait_for_timeout(1_000)
    page.goto(story.base)
    ask(page, "mend my bicycle")
    story.see(page, wide_too=True)
    expect(page.locator(".result", has_text="Northside tool library")).to_be_visible()


def confirms(story: Story, page: Page) -> None:
    """A year later a mail asks the owner, and one press answers it without a password, once."""
    assert "not confirmed" not in reads(story, page)
    story.work("remind")
    link = story.link_in_mail(NOOR, "/confirm/")
    story.see(page, link, wide_too=True)
    press(page, "Everything is still right")
    expect(story.see(page).get_by_role("heading", name="Thank you")).to_be_visible()
    expect(story.see(page, link).get_by_role("heading", name="This link is not good any more")).to_be_visible()


def bring(door: SecondDoor, source: SourceInfo, record: SourceRecord, *, days_ago: int = 0) -> None:
    """A source is imported, whole and without a refusal."""
    report = import_records(door.storage, source, [record], by="tests", at=door.at - timedelta(days=days_ago), sealer=door.sealer)
    assert (report.records_in, report.refused) == (1, 0), report


def decides_the_conflicts(story: Story, page: Page) -> None:
    """What both sides changed waits for a curator: the source's words are taken, our number is kept."""
    story.see(page, "/desk/curator/conflicts", wide_too=True)
    said(page, "2 wait for you")
    press(page.locator("article.act", has_text=THEIRS), "Take the source’s")
    said(story.see(page), "1 waits for you")
    press(page.locator("article.act", has_text="920-555-0188"), "Keep ours")
    said(story.see(page), "0 wait for you")


def merges(story: Story, page: Page) -> None:
    """The whole directory is compared, and the pair made one: the listing that has lived here is kept."""
    story.see(page, "/desk/curator/duplicates")
    press(page, "Compare now")
    story.see(page, wide_too=True).get_by_role("link", name="Northside tool library and Northside Tool Library").click()
    if page.locator("main .lead").inner_text() != "Northside tool library and Northside Tool Library":
        page.get_by_role("link", name="Keep the other instead").click()
    story.see(page, wide_too=True).get_by_label("Why they are the same").fill("One workshop, told of twice")
    press(page, "Make them one")
    said(story.see(page), "The two are one now.")
    assert HISTORY in page.url


def takes_the_merge_back(story: Story, page: Page) -> None:
    """From the history of the listing that was kept, the whole merge is undone."""
    story.see(page, HISTORY, wide_too=True)
    act = page.locator("article.act", has_text="One workshop, told of twice").first
    act.get_by_text("Take it back", exact=True).click()
    act.get_by_label("Why is it taken back?").fill("They are two workshops")
    act.get_by_role("button", name="Take back the whole change").or_(act.get_by_role("button", name="Take back all of it")).click()
    said(story.see(page), "takes a change back")
