"""A curator decides a conflict in a real browser: import, conflict, decision, undo; axe finds nothing on any of the pages, light or dark, large or small."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from directory.models import Service
from tests.browser.served import Served, opened
from tests.browser.steps import too_wide
from tests.browser.test_access import faults, unfold
from tests.cast import LISTINGS, ORGANIZATIONS
from tests.web.imported import BENCH, THEIRS, an_import

DESK = "/desk/curator"
SHEET = f"/desk/organizations/{ORGANIZATIONS['kitchen']}/spreadsheet"


@pytest.fixture
def served(tmp_path: Path, ground_file: Path) -> Iterator[Served]:
    with opened(tmp_path, ground_file) as (door, base):
        yield Served(door, base)


def entered(chromium: Browser, served: Served, name: str, *, scheme: str = "light", js: bool = True) -> Page:
    """Somebody of the cast on the smallest phone."""
    context = chromium.new_context(
        base_url=served.base, color_scheme=scheme, viewport={"width": 320, "height": 740}, reduced_motion="reduce", java_script_enabled=js,   # type: ignore[arg-type]
    )
    context.set_default_timeout(30_000)
    return served.enter(context, name)


def test_a_curator_takes_what_the_source_says(chromium: Browser, served: Served) -> None:
    an_import(served.door)
    page = entered(chromium, served, "cora", js=False)
    page.goto(f"{DESK}/conflicts")
    expect(page.get_by_role("heading", level=1)).to_have_text("Conflicts")
    page.get_by_role("button", name="Take the source’s").click()
    expect(page.get_by_role("status")).to_have_text("Saved.")
    expect(page.get_by_text("0 wait for you")).to_be_visible()
    with served.door.storage.reading() as session:
        assert session.get_one(Service, BENCH).name == THEIRS
    page.goto(f"{DESK}/vanished")
    page.get_by_role("button", name="Keep Repair bench 3").click()
    expect(page.get_by_text("Every listing is still in its source.")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_desks_of_imports_and_nothing_is_too_wide(chromium: Browser, served: Served, scheme: str) -> None:
    an_import(served.door)
    page, found = entered(chromium, served, "cora", scheme=scheme), list[str]()
    for path in (f"{DESK}/conflicts", f"{DESK}/imports", f"{DESK}/vanished", f"{DESK}/sources"):
        page.goto(path)
        unfold(page)
        found += [*faults(page, scheme), *too_wide(page)]
    page.goto(f"{DESK}/imports")
    page.locator("summary", has_text="Undo this import").last.click()
    page.locator("form.narrow").last.get_by_role("button").click()
    expect(page.get_by_role("alert")).to_contain_text("Say in a few words why it is undone")
    found += faults(page, scheme)
    page.context.close()
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_table_is_looked_at_and_confirmed(chromium: Browser, served: Served, scheme: str) -> None:
    page, found = entered(chromium, served, "ana", scheme=scheme), list[str]()
    page.goto(SHEET)
    found += [*faults(page, scheme), *too_wide(page)]
    _show(page, f'id,Name,What it is\r\n{LISTINGS["lunch"]},Lunch for all,"Eat together.\n\nAll cook."\r\n')
    expect(page.get_by_role("heading", level=1)).to_have_text("What the table changes")
    found += [*faults(page, scheme), *too_wide(page)]
    page.get_by_role("button", name="Change 2 cells").click()
    expect(page.get_by_text("1 listing was changed.")).to_be_visible()
    with served.door.storage.reading() as session:
        service = session.get_one(Service, LISTINGS["lunch"])
        assert (service.name, service.description) == ("Lunch for all", "Eat together.\n\nAll cook.")
    _show(page, f"id,Name\r\n{LISTINGS['lunch']},\r\n")
    expect(page.get_by_role("alert")).to_contain_text("Row 2, Name: This may not be empty.")
    found += [*faults(page, scheme), *too_wide(page)]
    page.context.close()
    assert found == []


def _show(page: Page, table: str) -> None:
    """Hand a table in."""
    page.goto(SHEET)
    page.locator("input[type=file]").set_input_files({"name": "listings.csv", "mimeType": "text/csv", "buffer": table.encode("utf-8-sig")})
    page.get_by_role("button", name="Show what would change").click()
