"""A code of papers: shown, scanned and opened again; it holds what is ticked, leads to no address, and is refused in words when it is not right."""

from __future__ import annotations

import re
from hashlib import sha256
from html import unescape
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from directory.papers import BLANK, Papers, code, pack
from directory.papers.parts import About, Kept, OwnWords, Shortlist
from matching.values import MustHaves, Profile, Strength
from tests.directory.papers.shapes import values_of
from tests.scanned import scanned, side_of
from tests.web.views.papered import HTMX, Talk, papers_of
from tests.web.views.test_papers import GONE, kept_three
from web.views.coded import NOTHING, PIECES, drawn, words_of

LARGEST = 89
"""Squares a side with the quiet ones around: eight centimetres of paper give each nine tenths of a millimetre."""


@pytest.fixture
def talk(client: Any) -> Talk:
    made = Talk(client)
    profile = Profile(strengths=(Strength(code="cooking"),), languages=("es",), steer_clear=("gambling",))
    about = About(text="company", place="54911", must_haves=MustHaves(free=True), profile=profile)
    made.papers = replace(BLANK, about=about, own_words=OwnWords(good_at="my soup"))
    return made


def test_what_is_scanned_from_the_page_opens_as_the_same_papers(talk: Talk) -> None:
    kept = kept_three(talk)
    papers = talk.papers
    text = scanned(talk.post("/papers/code"))
    talk.papers = BLANK
    page = talk.post("/papers/scan", code=text)
    whole = code.compact(papers)
    assert talk.papers.about == whole.about
    assert [one.listing for one in talk.papers.shortlist.kept] == kept
    assert [one.name for one in talk.papers.shortlist.kept] == [one.name for one in papers.shortlist.kept], "names come from the directory of now"
    assert "The code is open. Nothing of it is kept here." in page


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(papers=values_of(Papers))
def test_whatever_papers_say_the_picture_is_read_as_the_code_says(client: Any, papers: Papers) -> None:
    made = code.write(papers)
    page = drawn(words_of(client.app.state.house, made.text))
    assert code.read(scanned(page)) == code.read(made.text)
    assert side_of(page) <= LARGEST


@settings(max_examples=25, deadline=None)
@given(letters=st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", min_size=code.MOST_LETTERS, max_size=code.MOST_LETTERS), host=st.integers(1, 40))
def test_the_longest_code_is_a_picture_for_an_old_phone(letters: str, host: int) -> None:
    text = f"Paste all of this at https://{'h' * host}.org/papers/scan HG1-{letters[4:]}"
    assert scanned(drawn(text)) == text
    assert side_of(drawn(text)) <= LARGEST


def test_the_picture_is_text_whose_only_address_is_the_same_for_everybody(talk: Talk) -> None:
    text = scanned(talk.post("/papers/code"))
    addresses = re.findall(r"https?://\S+", text)
    assert addresses == [f"{talk.client.app.state.house.settings.base_url}/papers/scan"]
    assert not re.search(r"\s#|[?#]", text), "nothing of anybody stands in an address, not even behind its #"
    assert "HG1-" not in talk.client.get("/papers/scan").text


def test_only_what_is_ticked_is_in_it_and_the_page_says_what_is(talk: Talk) -> None:
    page = talk.post("/papers/code", chosen="1", piece=["strengths", "languages"])
    assert code.pieces_of(code.read(scanned(page))) == ("strengths", "languages")
    inside = page.split("<h2>In it</h2>")[1].split("</ul>")[0]
    assert re.findall(r"<li>(.*?)</li>", inside) == [PIECES["strengths"], PIECES["languages"]]
    assert re.findall(r'name="piece" value="(\w+)" checked', page) == ["strengths", "languages"]
    assert re.findall(r'name="piece" value="(\w+)">', page) == ["limits", "wanted", "place"]


def test_with_nothing_ticked_there_is_no_picture(talk: Talk) -> None:
    page = talk.post("/papers/code", chosen="1")
    assert "Nothing is ticked, so there is no picture." in page
    assert "<svg" not in page.split("<article")[1].split("</article>")[0]


def test_blank_papers_say_that_there_is_nothing_to_show(client: Any) -> None:
    assert NOTHING in Talk(client).post("/papers/code")


def test_what_did_not_fit_is_named(talk: Talk) -> None:
    ids = tuple(f"{number:08x}-8b86-4d01-b42d-{number * 977_777:012x}" for number in range(1, 60))
    talk.papers = replace(talk.papers, shortlist=Shortlist(kept=tuple(Kept(listing=one, name="x") for one in ids)))
    page = unescape(talk.post("/papers/code"))
    inside = code.read(scanned(page)).shortlist.kept
    assert 5 < len(inside) < len(ids)
    assert f"What I kept: the first {len(inside)} of {len(ids)}" in page
    assert f"{len(ids) - len(inside)} of what I kept" in page.split("Too much for one picture.")[1].split("</p>")[0]


def test_a_piece_that_did_not_fit_is_named(talk: Talk) -> None:
    profile = replace(talk.papers.about.profile, interests=tuple(sha256(bytes([number])).hexdigest() for number in range(40)))
    talk.papers = replace(talk.papers, about=replace(talk.papers.about, profile=profile))
    page = unescape(talk.post("/papers/code"))
    assert PIECES["interests"] in page.split("Too much for one picture.")[1].split("</p>")[0]


def test_own_words_are_on_no_code_page(talk: Talk) -> None:
    page = talk.post("/papers/code")
    assert "soup" not in page.replace(unescape(re.findall(r'name="papers" value="([^"]*)"', page)[0]), "").split('name="papers"')[0]


def test_a_listing_that_is_gone_is_said_to_be(talk: Talk) -> None:
    talk.papers = replace(BLANK, shortlist=Shortlist(kept=(Kept(listing=GONE, name="gone"),)))
    text = scanned(talk.post("/papers/code"))
    assert "Something that is not listed here" in talk.post("/papers/scan", code=text)


@pytest.mark.parametrize("typed", ["", "hello", "HG1-", "HG1-AAAA", "HG1-" + "A" * 4000, "\x00HG1-ME", "<script>HG1-ME"])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_is_no_code_is_refused_in_words_and_what_was_open_stays(talk: Talk, typed: str, headers: dict[str, str]) -> None:
    answer = talk.client.post("/papers/scan", data={"code": typed, "papers": pack(talk.papers)}, headers=headers)
    assert answer.status_code == 422
    assert 'id="code-error"' in answer.text
    assert "<script>HG1" not in answer.text
    assert papers_of(answer.text) == talk.papers


def test_things_to_raise_in_a_code_are_not_taken_from_it(client: Any) -> None:
    import base64
    import zlib

    maker = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, code._KNOWN)
    body = maker.compress(b'{"version":1,"to_raise":{"whom":"the doctor"},"about":{"text":"choir"}}') + maker.flush()
    text = "HG1-" + base64.b32encode(zlib.crc32(body).to_bytes(4) + body).decode().rstrip("=")
    page = client.post("/papers/scan", data={"code": text}).text
    assert papers_of(page).about.text == "choir"
    assert "the doctor" not in page


@pytest.mark.parametrize("verb", ["PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/papers/code", "/papers/scan"])
def test_a_code_is_read_or_posted(client: Any, path: str, verb: str) -> None:
    assert client.request(verb, path).status_code == 405


def test_neither_page_is_kept_by_a_browser(talk: Talk) -> None:
    for path in ("/papers/code", "/papers/scan"):
        answer = talk.client.post(path, data={"papers": pack(talk.papers), "code": code.write(talk.papers).text})
        assert answer.headers["cache-control"] == "no-store"
