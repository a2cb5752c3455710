"""Put me in touch, and an organization that answers by a link: with script and without, axe clean, at the width of a small phone and wide, on paper too."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from sqlalchemy import delete

from directory.models import Role
from tests.browser.served import SIZES, Served, context_of, opened
from tests.browser.steps import too_wide
from tests.browser.test_access import faults, unfold
from tests.cast import LISTINGS, ORGANIZATIONS
from tests.clients import ALDER
from tests.referred import LUNCH, Loop, loop_of
from tests.web.second_door import SecondDoor
from web.rounds import follow_referrals

KITCHEN = f"/desk/organizations/{ORGANIZATIONS['kitchen']}/referrals"
AGENCY = f"/desk/agencies/{ALDER}/referrals"


class Inn(Served):
    """The cast's house, served, with Rosa's record in it."""

    def __init__(self, door: SecondDoor, base: str) -> None:
        super().__init__(door, base)
        self.loop: Loop = loop_of(door.storage, door.sealer, door.town, at=door.at)


@pytest.fixture
def inn(tmp_path: Path, ground_file: Path, chromium: Browser) -> Iterator[Inn]:
    with opened(tmp_path, ground_file) as (door, base):
        yield Inn(door, base)


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def js(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_put_me_in_touch(chromium: Browser, inn: Inn, js: bool) -> None:
    page = inn.enter(context_of(chromium, js=js), "rosa")
    page.goto(f"{inn.base}/listings/{LUNCH}")
    page.get_by_role("link", name="Put me in touch").click()
    page.get_by_label("What I like to be called").check()
    page.get_by_label("How to reach me safely").check()
    page.get_by_role("button", name="Show me what they would see").click()
    expect(page.get_by_role("button", name="Yes, send exactly this")).to_be_visible()
    shown = page.locator(".packet").inner_html()
    assert "Rosa M." in shown
    assert "crowd" not in shown
    page.get_by_role("button", name="Yes, send exactly this").click()
    expect(page.get_by_role("status")).to_have_text("It is on its way. You can take it back at any time.")
    ana = inn.enter(context_of(chromium, js=js), "ana")
    ana.goto(inn.base + KITCHEN)
    ana.get_by_role("link", name="Community lunch").click()
    expect(ana.get_by_role("button", name="Yes, gladly")).to_be_visible()
    assert ana.locator(".packet").inner_html() == shown
    ana.get_by_label("If yes: when and where do you meet first?").fill("Tuesday at 10, ask for Sam")
    ana.get_by_role("button", name="Yes, gladly").click()
    expect(ana.get_by_role("status")).to_have_text("Your answer has arrived. Thank you.")
    page.reload()
    expect(page.get_by_text("First meeting: Tuesday at 10, ask for Sam")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Yes ?: Did you get to use your strength")).click()
    page.get_by_role("button", name="We are in touch").click()
    page.get_by_label("In your own words").fill("I cook there every week now")
    page.get_by_label("I am more in touch with people").check()
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_text("I cook there every week now")).to_be_visible()
    expect(page.get_by_text("What we told them, and when")).to_be_visible()


def test_an_organization_answers_by_a_link(chromium: Browser, inn: Inn, js: bool) -> None:
    with inn.door.storage.writing() as session:
        session.execute(delete(Role).where(Role.account_id == inn.door.town.accounts["emil"]))
    key = inn.loop.draft("label", service_id=LISTINGS["reading"], at=inn.door.at)
    inn.loop.send(key, at=inn.door.at)
    path = inn.loop.letters()[0].text.partition("https://home.example")[2].split()[0]
    context = context_of(chromium, js=js)
    page = context.new_page()
    page.goto(inn.base + path)
    assert "Rosa M." not in page.content()
    page.get_by_role("button", name="Open it").click()
    expect(page.locator(".packet")).to_contain_text("Rosa M.")
    page.get_by_role("button", name="We cannot").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a reason.")
    page.get_by_label("It is not for what is asked").check()
    page.get_by_role("button", name="We cannot").click()
    expect(page.get_by_role("heading", name="Does your listing say whom it is for?")).to_be_visible()
    page.get_by_label("What should it say?").fill("For readers under thirty.")
    page.get_by_role("button", name="Send it to a curator").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert context.cookies() == []
    rosa = inn.enter(context_of(chromium, js=js), "rosa")
    rosa.goto(f"{inn.base}/my/referrals/{key}")
    expect(rosa.get_by_role("button", name="What else fits me?")).to_be_visible()


@pytest.mark.parametrize("look", ["light", "dark", "rtl"])
def test_axe_finds_nothing_and_nothing_overflows(chromium: Browser, inn: Inn, look: str) -> None:
    pages = _pages(inn)
    wrong = [fault for size in SIZES for name in ("anyone", "rosa", "nia", "ana") for fault in _walk(chromium, inn, name, pages, size, look)]
    assert wrong == []


def _pages(inn: Inn) -> list[tuple[str, str]]:
    """Every page in every state that looks different."""
    at, loop = inn.door.at, inn.loop
    draft, prepared = loop.draft("label", "own_words", "contact", note="I can bring a pot.", at=at), loop.draft("label", by="nia", at=at)
    sent = loop.sent(at=at)
    said, no, over, back = (loop.sent("label", "own_words", at=at) for _ in range(4))
    loop.answer(said, "accepted", at=at)
    loop.answer(no, "declined", code="does_not_serve", at=at)
    loop.answer(over, "accepted", at=at)
    loop.go_on(over, "closed", seen=3, words="I cook there now", heading="meaning", at=at)
    loop.send(prepared, at=at)
    inn.door.later(days=8)
    late = loop.sent("label", at=inn.door.at)
    follow_referrals(inn.door.app.state.house, inn.door.at)
    with inn.door.storage.writing() as session:
        session.execute(delete(Role).where(Role.account_id == inn.door.town.accounts["emil"]))
    loop.send(loop.draft("label", service_id=LISTINGS["reading"], at=inn.door.at), at=inn.door.at)
    link = next(found[0] for letter in loop.letters() if (found := re.search(r"/referral/[\w-]+", letter.text)))
    own = [f"/my/referrals/{key}" for key in (draft, sent, said, no, over, back)]
    again = loop.draft("label", by="nia", at=inn.door.at)
    return [
        ("anyone", f"/listings/{LUNCH}"), ("anyone", link), ("anyone", f"{link}#open"), ("anyone", "/referral/thanks"),
        ("rosa", "/my/referrals"), ("rosa", f"/my/referrals/new/{LUNCH}"), *(("rosa", path) for path in own),
        ("nia", AGENCY), ("nia", f"{AGENCY}/new/{LUNCH}"), ("nia", f"{AGENCY}/new/{LUNCH}/{loop.client_id}"), ("nia", f"{AGENCY}/{again}"),
        ("nia", f"{AGENCY}/{prepared}"), ("ana", KITCHEN), ("ana", f"{KITCHEN}/{late}"), ("ana", f"{KITCHEN}/{no}"), ("ana", f"{KITCHEN}/{said}"),
    ]  # fmt: skip


def _walk(chromium: Browser, inn: Inn, who: str, pages: list[tuple[str, str]], size: ViewportSize, look: str) -> list[str]:
    """What is wrong with the pages of one person."""
    scheme = "dark" if look == "dark" else "light"
    context = chromium.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")   # type: ignore[arg-type]  # named by the test
    page = context.new_page() if who == "anyone" else inn.enter(context, who)
    found: list[str] = []
    for number, path in enumerate(path for name, path in pages if name == who):
        page.goto(inn.base + path.partition("#")[0])
        if path.endswith("#open"):
            page.get_by_role("button", name="Open it").click()
        assert page.locator("h1").inner_text() not in ("Sign in", "That is not open to you", "There is no such page here"), path
        if look == "rtl":
            page.evaluate("document.documentElement.setAttribute('dir', 'rtl')")
        unfold(page)
        found += faults(page, scheme) + [f"{path}: {wide}" for wide in too_wide(page)]
        _picture(page, f"{size['width']}-{look}-{who}-{number}", paper=size["width"] == 1280 and look == "light")
    context.close()
    return found


def _picture(page: Page, name: str, *, paper: bool) -> None:
    """Pictures to look at, where somebody asked for them."""
    if folder := os.environ.get("HOMEGROUND_TESTS_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
        if paper:
            page.emulate_media(media="print")
            page.screenshot(path=f"{folder}/print-{name}.png", full_page=True)
            page.emulate_media(media="screen")
