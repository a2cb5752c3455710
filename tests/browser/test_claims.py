"""Telling of a mistake without script, claiming by a link, taking a change back: in a real browser, axe clean, at the width of a small phone and wide."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from sqlalchemy import select, update

from directory.changes import record_change
from directory.models import Report, Role, Service, SignIn
from directory.outbox import list_letters
from directory.reports import make_report
from tests.browser.steps import too_wide
from tests.browser.test_access import faults, unfold
from tests.cast import LEVELS, LISTINGS, ORGANIZATIONS, PASSWORD, address_of
from tests.web.second_door import SecondDoor
from tests.web.things.of_claims import things
from web.app import create_app
from web.serving import free_port, running

KITCHEN, LIBRARY = (f"/desk/organizations/{ORGANIZATIONS[name]}" for name in ("kitchen", "library"))
HISTORY = f"/desk/listings/{LISTINGS['lunch']}/history"
PUBLIC = f"/listings/{LISTINGS['lunch']}/report"
PAGES = (
    ("cora", "/desk/curator/reports"), ("cora", "/desk/curator/claims"), ("cora", HISTORY), ("ana", f"{HISTORY}/compare"), ("ana", KITCHEN),
    ("ana", f"{KITCHEN}/edit"), ("ana", f"{KITCHEN}/members"), ("ana", f"{KITCHEN}/reports"), ("stella", f"{KITCHEN}/claim"),
    ("anyone", PUBLIC), ("anyone", f"{PUBLIC}/thanks"),
)  # fmt: skip
MADE = ("/desk/curator/claims/{claim_id:uuid}", "/desk/claims/use/{token:str}", "/desk/invitations/{token:str}/accept")
SIZES: tuple[ViewportSize, ...] = ({"width": 360, "height": 740}, {"width": 1280, "height": 900})


class Lodge:
    """The cast's house, served."""

    def __init__(self, door: SecondDoor, base: str) -> None:
        self.door, self.base = door, base


@pytest.fixture
def lodge(tmp_path: Path, ground_file: Path, chromium: Browser) -> Iterator[Lodge]:
    door = SecondDoor(tmp_path / "house", ground_file)
    port = free_port()
    door.settings = replace(door.settings, base_url=f"http://localhost:{port}", port=port)
    app = create_app(door.settings, door.storage, door.catalogue, lambda: door.at)
    with running(app, door.settings):
        yield Lodge(door, f"http://localhost:{port}")
    door.close()


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def context(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(viewport=SIZES[0], reduced_motion="reduce", java_script_enabled=request.param)
    made.set_default_timeout(30_000)
    yield made
    made.close()


def enter(page: Page, lodge: Lodge, name: str) -> None:
    """Somebody of the cast signs in, and shows a second factor where they have one."""
    if name == "anyone":
        return
    page.goto(f"{lodge.base}/account/sign-in")
    page.get_by_label("E-mail address").fill(address_of(name))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Welcome")).to_be_visible()
    with lodge.door.storage.writing() as session:
        session.execute(update(SignIn).where(SignIn.account_id == lodge.door.town.accounts[name]).values(level=LEVELS.get(name, 1)))


def fill(lodge: Lodge) -> None:
    """Something to see on every page."""
    with lodge.door.storage.writing() as session:
        for about in ("phone_silent", "unsafe"):
            make_report(session, LISTINGS["lunch"], about=about, words="In the mornings.", email="", network="n", at=lodge.door.at, sealer=lodge.door.sealer)
        service = session.get(Service, LISTINGS["lunch"])
        assert service
        record_change(
            session, entity="service", entity_id=service.id, action="changed", by=f"account:{lodge.door.town.accounts['ben']}", at=lodge.door.at,
            field="description", before=service.description, after="Eat together at noon.", why="Shorter", act=uuid4(),
        )  # fmt: skip
        service.description = "Eat together at noon."


def test_a_mistake_is_told_and_answered(context: BrowserContext, lodge: Lodge) -> None:
    page = context.new_page()
    page.goto(f"{lodge.base}/listings/{LISTINGS['lunch']}")
    page.get_by_role("link", name="Something wrong here? Tell us").click()
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose what is wrong.")
    page.get_by_label("The hours are wrong").check()
    page.get_by_label("In your words").fill("They start at twelve now.")
    lodge.door.later(seconds=10)
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", name="What happens next")).to_be_visible()
    assert context.cookies() == []
    enter(page, lodge, "cora")
    page.goto(f"{lodge.base}/desk/curator/reports")
    page.get_by_role("link", name="The hours are wrong: Community lunch").click()
    page.get_by_label("It was put right").check()
    page.get_by_label("In your words").fill("Thank you.")
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_role("status")).to_have_text("Sent.")
    with lodge.door.storage.reading() as session:
        report = session.scalars(select(Report)).one()
    assert (report.words, report.state) == ("They start at twelve now.", "mended")


def test_an_organization_is_claimed_by_a_link(context: BrowserContext, lodge: Lodge) -> None:
    with lodge.door.storage.writing() as session:
        session.delete(session.scalars(select(Role).where(Role.account_id == lodge.door.town.accounts["emil"])).one())
    page = context.new_page()
    page.goto(f"{lodge.base}/listings/{LISTINGS['reading']}")
    page.get_by_role("link", name="Is this yours? Keep it up to date").click()
    page.get_by_label("E-mail address").fill(address_of("stella"))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Is Hillview Library yours?")).to_be_visible()
    page.get_by_label("d•••@library.example").check()
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("status")).to_have_text("Sent.")
    with lodge.door.storage.reading() as session:
        letters = [letter for _, letter in list_letters(session, sealer=lodge.door.sealer)]
    link = next(found[0] for letter in letters if letter.to == "desk@library.example" and (found := re.search(r"/desk/claims/use/[\w-]+", letter.text)))
    page.goto(lodge.base + link)
    page.get_by_role("button", name="Yes, I look after it").click()
    expect(page.get_by_role("heading", name="Hillview Library")).to_be_visible()
    expect(page.get_by_role("heading", name="Reading circle")).to_be_visible()


def test_a_curator_takes_a_change_back(context: BrowserContext, lodge: Lodge) -> None:
    fill(lodge)
    page = context.new_page()
    enter(page, lodge, "cora")
    page.goto(lodge.base + HISTORY)
    page.get_by_text("Take it back", exact=True).click()
    page.get_by_label("Why is it taken back?").fill("The longer one says more")
    page.get_by_role("button", name="Take back all of it").click()
    expect(page.get_by_text("takes a change back")).to_be_visible()
    with lodge.door.storage.reading() as session:
        service = session.get(Service, LISTINGS["lunch"])
    assert service
    assert service.description == "Eat together at noon. Everybody cooks in turn."


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_overflows(chromium: Browser, lodge: Lodge, scheme: str) -> None:
    fill(lodge)
    made = things(lodge.door)
    claim, link, invitation = (made[path] for path in MADE)
    with lodge.door.storage.reading() as session:
        reports = session.scalars(select(Report.id).order_by(Report.about)).all()
    more = [("cora", claim), ("stella", link), ("stella", invitation), ("anyone", invitation.removesuffix("/accept"))]
    more += [("cora", f"/desk/curator/reports/{key}") for key in reports]
    found = [fault for size in SIZES for name in ("anyone", "stella", "ana", "cora") for fault in _walk(chromium, lodge, name, [*PAGES, *more], size, scheme)]
    assert found == []


def _walk(chromium: Browser, lodge: Lodge, who: str, pages: list[tuple[str, str]], size: ViewportSize, scheme: str) -> list[str]:
    """What is wrong with the pages of one person."""
    context = chromium.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")   # type: ignore[arg-type]  # named by the test
    page = context.new_page()
    enter(page, lodge, who)
    found: list[str] = []
    for path in (path for name, path in pages if name == who):
        page.goto(lodge.base + path)
        assert page.locator("h1").inner_text() not in ("Sign in", "That is not open to you", "There is no such page here"), path
        unfold(page)
        found += faults(page, scheme) + [f"{path}: {wide}" for wide in too_wide(page)]
        _picture(page, f"{size['width']}-{scheme}-{who}-{re.sub('[^a-z]+', '-', path)[-40:]}")
    context.close()
    return found


def _picture(page: Page, name: str) -> None:
    """Pictures to look at, where somebody asked for them."""
    if folder := os.environ.get("HOMEGROUND_TESTS_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
