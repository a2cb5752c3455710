"""A curator decides a conflict in a real browser: import, conflict, decision, undo; axe finds nothing on any of the pages, light or dark, large or small."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from directory.models import Service
from tests.browser.steps import too_wide
from tests.browser.test_access import faults, unfold
from tests.cast import LISTINGS, ORGANIZATIONS
from tests.web.imported import BENCH, THEIRS, an_import
from tests.web.second_door import BASE, SecondDoor
from tests.web.second_door import Browser as Asking

DESK = "/desk/curator"
SHEET = f"/desk/organizations/{ORGANIZATIONS['kitchen']}/spreadsheet"


@pytest.fixture
def door(tmp_path: Path, ground_file: Path) -> Iterator[SecondDoor]:
    made = SecondDoor(tmp_path / "house", ground_file)
    yield made
    made.close()


def answered(route: Route, who: Asking) -> None:
    """What a page asks for is answered by the house of this test, as to one of the cast; a move is followed here, as a browser would."""
    asked = route.request
    path, kind = asked.url.removeprefix(BASE), asked.headers.get("content-type", "")
    if asked.method == "GET":
        answer = who.get(path)
    else:
        answer = who.post(path, stamped=False, content=asked.post_data_buffer or b"", headers={"content-type": kind, "origin": "null"})
    headers = {name: value for name, value in answer.headers.items() if name not in ("content-encoding", "content-length", "transfer-encoding")}
    route.fulfill(status=answer.status_code, headers=headers, body=answer.content)


def opened(chromium: Browser, door: SecondDoor, name: str, *, scheme: str = "light", js: bool = True) -> Page:
    context = chromium.new_context(
        base_url=BASE, color_scheme=scheme, viewport={"width": 320, "height": 740}, reduced_motion="reduce", java_script_enabled=js,   # type: ignore[arg-type]
    )
    context.set_default_timeout(30_000)
    page = context.new_page()
    who = door.as_(name)
    page.route("**/*", lambda route: answered(route, who))
    return page


def test_a_curator_takes_what_the_source_says(chromium: Browser, door: SecondDoor) -> None:
    an_import(door)
    page = opened(chromium, door, "cora", js=False)
    page.goto(f"{DESK}/conflicts")
    expect(page.get_by_role("heading", level=1)).to_have_text("Conflicts")
    page.get_by_role("button", name="Take the source’s").click()
    expect(page.get_by_role("status")).to_have_text("Saved.")
    expect(page.get_by_text("0 wait for you")).to_be_visible()
    with door.storage.reading() as session:
        assert session.get_one(Service, BENCH).name == THEIRS
    page.goto(f"{DESK}/vanished")
    page.get_by_role("button", name="Keep Repair bench 3").click()
    expect(page.get_by_text("Every listing is still in its source.")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_desks_of_imports_and_nothing_is_too_wide(chromium: Browser, door: SecondDoor, scheme: str) -> None:
    an_import(door)
    page, found = opened(chromium, door, "cora", scheme=scheme), list[str]()
    for path in (f"{DESK}/conflicts", f"{DESK}/imports", f"{DESK}/vanished", f"{DESK}/sources"):
        page.goto(path)
        unfold(page)
        found += [*faults(page, scheme), *too_wide(page)]
    page.goto(f"{DESK}/imports")
    page.locator("summary", has_text="Undo this import").last.click()
    page.locator("form.narrow").last.get_by_role("button").click()
    found += faults(page, scheme)
    expect(page.get_by_role("alert")).to_contain_text("Say in a few words why it is undone")
    page.context.close()
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_table_is_looked_at_and_confirmed(chromium: Browser, door: SecondDoor, scheme: str) -> None:
    page, found = opened(chromium, door, "ana", scheme=scheme), list[str]()
    page.goto(SHEET)
    found += [*faults(page, scheme), *too_wide(page)]
    _show(page, door, f'id,Name,What it is\r\n{LISTINGS["lunch"]},Lunch for all,"Eat together.\n\nAll cook."\r\n')
    expect(page.get_by_role("heading", level=1)).to_have_text("What the table changes")
    found += [*faults(page, scheme), *too_wide(page)]
    page.get_by_role("button", name="Change 2 cells").click()
    expect(page.get_by_text("1 listing was changed.")).to_be_visible()
    with door.storage.reading() as session:
        service = session.get_one(Service, LISTINGS["lunch"])
        assert (service.name, service.description) == ("Lunch for all", "Eat together.\n\nAll cook.")
    _show(page, door, f"id,Name\r\n{LISTINGS['lunch']},\r\n")
    expect(page.get_by_role("alert")).to_contain_text("Row 2, Name: This may not be empty.")
    found += [*faults(page, scheme), *too_wide(page)]
    page.context.close()
    assert found == []


def _show(page: Page, door: SecondDoor, table: str) -> None:
    """The page that comes when a file is sent; a browser whose requests are answered by a test hands no files on."""
    answer = door.as_("ana").post(SHEET, files={"file": ("listings.csv", table.encode("utf-8-sig"), "text/csv")})
    headers = {name: value for name, value in answer.headers.items() if name not in ("content-encoding", "content-length", "transfer-encoding")}
    page.route(f"{BASE}/desk/sent", lambda route: route.fulfill(status=answer.status_code, headers=headers, body=answer.content))
    page.goto("/desk/sent")
