"""A code from one phone to another in a real browser: shown, looked at, opened; by photo where a browser reads codes, by paste where not, on paper too."""

from __future__ import annotations

import base64
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from directory.papers import code, load
from tests.browser.conftest import Open
from tests.browser.steps import too_wide
from tests.browser.talking import papers_in
from tests.browser.test_access import faults
from tests.browser.test_papers_on_paper import opened, pages_of
from tests.scanned import seen

DETECTOR = """
window.BarcodeDetector = class {
    async detect(bitmap) {
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height), at = canvas.getContext("2d");
        at.drawImage(bitmap, 0, 0);
        const dots = at.getImageData(0, 0, bitmap.width, bitmap.height).data;
        let greys = "";
        for (let dot = 0; dot < dots.length; dot += 4) greys += String.fromCharCode(dots[dot + 1]);
        const text = await window.reads(btoa(greys), bitmap.width, bitmap.height);
        return text ? [{ rawValue: text }] : [];
    }
};
"""
"""What phones bring and Chromium on this machine does not: it hands the dots of a photo to a decoder of codes."""


def reads(greys: str, width: int, height: int) -> str:
    return seen(np.frombuffer(base64.b64decode(greys), np.uint8).reshape(height, width))


def shown_code(page: Page) -> bytes:
    """Open full papers, press the button, and take a photo of the screen."""
    page.get_by_role("button", name="A code to scan").click()
    expect(page.locator("figure.picture svg")).to_be_visible()
    return page.locator("figure.picture .qr-frame").screenshot()


def test_a_code_goes_from_one_phone_to_another_by_a_photo_that_is_never_sent(open_page: Open, tmp_path: Path) -> None:
    page, _ = open_page("/papers")
    opened(page, tmp_path)
    papers = load(papers_in(page).encode())
    photo = shown_code(page)
    other, witness = open_page("/papers/scan")
    expect(other.locator("[data-photo]")).to_be_hidden()
    other.expose_function("reads", reads)
    other.add_init_script(DETECTOR)
    other.reload()
    other.set_input_files("#photo", {"name": "photo.png", "mimeType": "image/png", "buffer": photo})
    expect(other.get_by_role("status")).to_contain_text("The code is open.")
    back = load(papers_in(other).encode())
    assert code.compact(back) == code.compact(papers)
    assert [one.name for one in back.shortlist.kept] == [one.name for one in papers.shortlist.kept]
    assert not [url for url in witness.urls if "HG1" in url or "#" in url]


def test_a_photo_without_a_code_says_so_and_sends_nothing(open_page: Open) -> None:
    page, witness = open_page("/papers/scan")
    page.expose_function("reads", reads)
    page.add_init_script(DETECTOR)
    page.reload()
    page.set_input_files("#photo", {"name": "photo.png", "mimeType": "image/png", "buffer": page.screenshot()})
    expect(page.locator("#photo-error")).to_be_visible()
    assert [url for url in witness.urls if "/static/" not in url] == [f"{witness.base}/papers/scan"] * 2


@pytest.mark.parametrize("js", [True, False])
def test_a_code_is_pasted_or_typed_by_a_scanner_with_and_without_script(open_page: Open, js: bool) -> None:
    page, _ = open_page("/papers/scan", js=js, errors_allowed=True)
    page.locator("#code").fill("Paste all of this at http://x/papers/scan HG1-HODNPBFLI3ROQ")
    page.keyboard.press("Enter")
    expect(page.locator("#code-error")).to_contain_text("Scan it again")
    page.locator("#code").fill(OPENS)
    page.locator("#code").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The code is open.")
    assert load(papers_in(page).encode()).about.text == "choir"


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_it_is_read_off_every_screen_and_off_paper(open_page: Open, tmp_path: Path, width: int, scheme: str, direction: str) -> None:
    page, witness = open_page("/papers", viewport={"width": width, "height": 740}, color_scheme=scheme)
    opened(page, tmp_path)
    page.evaluate(f"document.documentElement.dir = '{direction}'")
    photo = shown_code(page)
    assert too_wide(page) == []
    assert faults(page, scheme) == []
    assert pages_of(page) == 1
    page.expose_function("reads", reads)
    page.add_init_script(DETECTOR)
    page.goto(witness.base + "/papers/scan")
    assert too_wide(page) == []
    assert faults(page, scheme) == []
    page.set_input_files("#photo", {"name": "photo.png", "mimeType": "image/png", "buffer": photo})
    expect(page.get_by_role("status")).to_contain_text("The code is open.")


OPENS = code.write(load(b'{"version":1,"about":{"text":"choir"}}')).text
