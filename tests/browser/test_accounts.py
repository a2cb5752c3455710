"""The second door in a real browser, on this machine over http: the cookie, signing in without script, passkeys, codes, axe, and a small phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyotp
import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, BrowserContext, Page, expect

from directory.accounts.people import grant, make_account
from tests.browser.conftest import PHONE
from tests.browser.steps import too_wide
from tests.browser.test_access import faults, unfold
from tests.cast import PASSWORD, address_of
from tests.web.second_door import SecondDoor
from web.app import create_app
from web.serving import free_port, running

PAGES = ("/account", "/account/security", "/account/authenticator", "/account/password", "/account/confirm", "/desk", "/account/second-step")
BEFORE = ("/account/sign-in", "/account/link", "/account/join", "/demo", "/outbox")


class Lodge:
    """The cast's house, served, with a browser that may look at it under either name of this machine."""

    def __init__(self, door: SecondDoor, port: int) -> None:
        self.door, self.port = door, port
        self.number, self.name = f"http://127.0.0.1:{port}", f"http://localhost:{port}"


@pytest.fixture(scope="module")
def lodge(tmp_path_factory: pytest.TempPathFactory, ground_file: Path, chromium: Browser) -> Iterator[Lodge]:
    door = SecondDoor(tmp_path_factory.mktemp("lodge") / "house", ground_file)
    port = free_port()
    settings = replace(door.settings, base_url=f"http://127.0.0.1:{port}", port=port, is_demo=True)
    door.settings = settings
    with door.storage.writing() as session:
        marisol = make_account(session, name="Marisol", email="marisol@people.example", password=None, at=door.at, sealer=door.sealer)
        grant(session, marisol, "administrator", by="seeds", at=door.at)
    app = create_app(settings, door.storage, door.catalogue, lambda: door.at)
    with running(app, settings):
        yield Lodge(door, port)
    door.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(viewport=PHONE, reduced_motion="reduce")
    made.set_default_timeout(30_000)
    yield made
    made.close()


def sign_in(page: Page, base: str, name: str) -> None:
    page.goto(f"{base}/account/sign-in")
    page.fill("#email", address_of(name))
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def with_key(page: Page) -> Any:
    """A device of this browser that keeps passkeys and knows who holds it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
               "automaticPresenceSimulation": True}   # fmt: skip
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


@pytest.mark.parametrize("script", [True, False])
def test_signing_in_and_out_works_over_http_on_this_machine(chromium: Browser, lodge: Lodge, script: bool) -> None:
    context = chromium.new_context(viewport=PHONE, java_script_enabled=script)
    page = context.new_page()
    sign_in(page, lodge.number, "ana")
    expect(page.get_by_role("heading", name="Welcome, Ana")).to_be_visible()
    (cookie,) = context.cookies()
    assert (cookie["name"], cookie["secure"], cookie["httpOnly"], cookie["sameSite"], cookie["expires"]) == ("__Host-sid", True, True, "Lax", -1)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    assert context.cookies() == []
    page.go_back()
    page.reload()
    expect(page.get_by_role("heading", name="Welcome, Ana")).to_have_count(0)
    context.close()


def test_what_comes_before_signing_in_sets_no_cookie_and_axe_finds_nothing(context: BrowserContext, lodge: Lodge) -> None:
    page = context.new_page()
    for path in BEFORE:
        page.goto(lodge.number + path)
        assert faults(page) == [], path
        assert too_wide(page) == [], path
    assert context.cookies() == []


def test_axe_finds_nothing_on_the_pages_of_an_account(context: BrowserContext, lodge: Lodge) -> None:
    page = context.new_page()
    sign_in(page, lodge.number, "ben")
    for path in PAGES:
        page.goto(lodge.number + path)
        unfold(page)
        assert faults(page) == [], path
        page.set_viewport_size({"width": 320, "height": 640})
        assert too_wide(page) == [], path
        page.set_viewport_size(PHONE)   # type: ignore[arg-type]
        page.emulate_media(color_scheme="dark")
        assert faults(page, "dark") == [], path
        page.emulate_media(color_scheme="light")


def test_an_app_that_makes_codes_is_set_up_and_asked_for(context: BrowserContext, lodge: Lodge) -> None:
    page = context.new_page()
    sign_in(page, lodge.number, "kofi")
    page.goto(f"{lodge.number}/account/authenticator")
    box = page.locator(".qr-frame svg").bounding_box()
    assert box
    assert box["width"] > 180, "a phone has to read it"
    secret = page.locator("code").inner_text().replace(" ", "")
    page.fill("#code", pyotp.TOTP(secret).at(lodge.door.at))
    page.get_by_role("button", name="Keep this app").click()
    page.get_by_role("button", name=re.compile("Make")).click()
    expect(page.locator(".codes code")).to_have_count(10)
    codes = page.locator(".codes code").all_inner_texts()
    assert len(set(codes)) == 10
    assert faults(page) == []
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, lodge.number, "kofi")
    expect(page.get_by_role("heading", name="Your second factor")).to_be_visible()
    assert faults(page) == []
    page.goto(f"{lodge.number}/desk")
    expect(page.get_by_role("heading", name="Your second factor")).to_be_visible()
    page.fill("#code", codes[0])
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Welcome, Kofi")).to_be_visible()


def test_a_passkey_is_added_and_signs_in_with_both_factors(context: BrowserContext, lodge: Lodge) -> None:
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    device, key = with_key(page)
    sign_in(page, lodge.name, "emil")
    page.goto(f"{lodge.name}/account/security")
    page.fill("#passkey_name", "My phone")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("My phone", exact=True)).to_be_visible()
    assert len(device.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]) == 1
    assert faults(page) == []
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Welcome, Emil")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, lodge.name, "emil")
    expect(page.get_by_role("heading", name="Your second factor")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Welcome, Emil")).to_be_visible()
    lodge.door.later(minutes=29)
    page.goto(f"{lodge.name}/desk")
    lodge.door.later(minutes=2)
    page.goto(f"{lodge.name}/account/security")
    expect(page.get_by_role("heading", name="Is it still you?")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="A second thing that only you have")).to_be_visible()
    assert errors == []


def test_a_device_that_does_not_know_who_holds_it_is_refused(context: BrowserContext, lodge: Lodge) -> None:
    page = context.new_page()
    device, key = with_key(page)
    sign_in(page, lodge.name, "stella")
    page.goto(f"{lodge.name}/account/security")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.locator(".lines bdi", has_text="A passkey")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    device.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("[data-problem]")).to_be_visible()


def test_a_number_is_no_place_for_passkeys_and_the_page_says_where(context: BrowserContext, lodge: Lodge) -> None:
    page = context.new_page()
    sign_in(page, lodge.number, "ben")
    page.goto(f"{lodge.number}/account/security")
    expect(page.get_by_role("link", name=f"{lodge.name}/account/security")).to_be_visible()


def test_a_link_from_the_outbox_makes_an_account(context: BrowserContext, lodge: Lodge) -> None:
    page = context.new_page()
    lodge.door.later(seconds=5)
    page.goto(f"{lodge.number}/account/join")
    page.fill("#email", "nadia@people.example")
    page.get_by_role("button", name="Send me the link").click()
    expect(page.get_by_text("a message is on its way")).to_be_visible()
    page.goto(f"{lodge.number}/outbox")
    page.locator("a[href^='/account/join/']").first.click()
    expect(page.locator("#name")).to_be_visible()
    assert faults(page) == []
    page.fill("#name", "Nadia")
    page.fill("#password", "seven geese over water")
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_role("heading", name="Welcome, Nadia")).to_be_visible()


def test_the_demonstration_signs_one_in_by_a_button_and_administrators_pages_are_good_on_a_small_phone(context: BrowserContext, lodge: Lodge) -> None:
    page = context.new_page()
    page.goto(f"{lodge.number}/demo")
    expect(page.get_by_text("This page is only in the demonstration")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Sign in as Marisol").click()
    page.get_by_role("link", name="Accounts").click()
    expect(page.get_by_role("heading", name="Accounts")).to_be_visible()
    assert faults(page) == []
    assert too_wide(page) == []
    page.get_by_role("link", name="Stella").click()
    expect(page.get_by_role("heading", name="Stella")).to_be_visible()
    assert faults(page) == []
    assert too_wide(page) == []
