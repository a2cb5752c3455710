"""Papers as a code: what it holds comes back to the letter and asks the same question, and what does not fit is named."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import fields, replace

from directory.papers import BLANK, Papers, UnreadablePapers, code, load
from directory.papers.asking import inquiry_of
from directory.papers.code import KEPT, MARK, PIECES, compact, pieces_of, read, write
from directory.papers.parts import About, Helped, Hopes, Kept, OwnWords, Reframe, Reframes, Shortlist
from matching.values import MustHaves, Profile, Strength
from tests.directory.papers.shapes import values_of

SOME_PAPERS = values_of(Papers)
AMPLE = 50_000
ID = "6f9619ff-8b86-4d01-b42d-00cf4fc964{:02x}"
OLD = "HG1-Z2ZGQJNLI3ROQIGMQSNJLHERT5MQJNEURQQIZLNNVUCQA"


def cook() -> Papers:
    """Somebody who cooks, with a little of everything that a code holds and much that it does not."""
    profile = Profile(strengths=(Strength(code="cooking", enjoy=3), Strength(code="finding_things")), interests=("music",), languages=("es", "en"))
    about = About(text="people to cook with", place="54911", must_haves=MustHaves(free=True), profile=profile)
    return replace(
        BLANK, about=about, shortlist=Shortlist(kept=tuple(Kept(listing=ID.format(n), name="The long table", note="ask Ana") for n in range(6))),
        own_words=OwnWords(good_at="my soup", helped=(Helped(words="by the sea", activities=("walking",)),)), hopes=Hopes(more_of="music"),
        reframes=Reframes(reframes=(Reframe(strength="finds anything", codes=("finding_things",), supports=("housing_search",), steer_clear=("gambling",)),)),
    )  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(SOME_PAPERS)
def test_what_a_code_holds_is_read_as_it_was(papers: Papers) -> None:
    made = write(papers, most=AMPLE)
    assert read(made.text) == compact(papers)
    assert (made.holds, made.left) == (pieces_of(papers), ())


@settings(max_examples=150, deadline=None)
@given(SOME_PAPERS)
def test_a_code_asks_the_question_that_its_papers_ask(papers: Papers) -> None:
    usual = replace(papers, about=replace(papers.about, profile=replace(papers.about.profile, near_to=())))
    assert inquiry_of(read(write(papers, most=AMPLE).text)) == inquiry_of(usual)


@settings(max_examples=150, deadline=None)
@given(SOME_PAPERS, st.integers(60, 400))
def test_a_code_is_as_short_as_it_has_to_be_and_names_what_was_left_out(papers: Papers, most: int) -> None:
    made, whole = write(papers, most=most), compact(papers)
    assert len(made.text) <= most
    assert sorted((*made.holds, *made.left)) == sorted(pieces_of(papers))
    back = read(made.text)
    for name, paths in PIECES.items():
        expected = whole.about if name in made.holds else About()
        assert [_field(back.about, path) for path in paths] == [_field(expected, path) for path in paths]
    assert back.shortlist.kept == whole.shortlist.kept[: made.kept]
    assert made.of_kept == len(whole.shortlist.kept)


@settings(max_examples=60, deadline=None)
@given(SOME_PAPERS, st.sets(st.sampled_from([*PIECES, KEPT])))
def test_only_what_somebody_ticked_is_in_it(papers: Papers, only: set[str]) -> None:
    made = write(papers, only=only, most=AMPLE)
    assert set(made.holds) == only & set(pieces_of(papers))
    assert pieces_of(read(made.text)) == made.holds


@settings(max_examples=150, deadline=None)
@given(st.text() | st.from_regex(r"HG1-[A-Z2-7 \n]{0,90}", fullmatch=True))
def test_any_other_text_is_refused_with_words(text: str) -> None:
    with pytest.raises(UnreadablePapers) as refused:
        read(text)
    assert len(str(refused.value).split()) > 4


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_one_letter_that_changed_is_noticed(data: st.DataObject) -> None:
    text = write(cook()).text
    at = data.draw(st.integers(len(MARK), len(text) - 2))   # of the last letter some bits say nothing
    letter = data.draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567").filter(lambda one: one != text[at]))
    with pytest.raises(UnreadablePapers, match="Scan it again"):
        read(text[:at] + letter + text[at + 1 :])


def test_words_around_it_line_breaks_and_small_letters_do_no_harm() -> None:
    text = write(cook()).text
    wrapped = "\n".join(text[at : at + 40] for at in range(0, len(text), 40))
    for given_text in (f"Paste this: {text}", wrapped, text.lower(), f"  {text}\r\n", f"{text[:50]} {text[50:]}"):
        assert read(given_text) == compact(cook())


def test_what_to_steer_clear_of_and_what_helped_come_along_and_own_words_do_not() -> None:
    profile = read(write(cook()).text).about.profile
    assert (profile.steer_clear, profile.helped_before, [one.code for one in profile.strengths]) == (("gambling",), ("walking",), ["cooking"])
    plain = zlib.decompressobj(-15, code._KNOWN).decompress(_body(write(cook()).text)).decode()
    assert not [words for words in ("soup", "Ana", "by the sea", "finds anything", "long table") if words in plain]


def test_everyday_papers_fit_whole() -> None:
    made = write(cook())
    assert (made.left, made.kept, made.of_kept) == ((), 6, 6)


def test_what_has_to_be_so_is_left_out_last() -> None:
    long = replace(cook(), about=replace(cook().about, text="choir " * 60))
    tight = write(long, most=len(write(long, only=("limits",), most=AMPLE).text))
    assert tight.holds == ("limits",)


def test_every_field_of_the_question_is_in_one_piece() -> None:
    named = [path for paths in PIECES.values() for path in paths]
    every = {one.name for one in fields(About)} - {"profile"} | {f"profile.{one.name}" for one in fields(Profile)} - {"profile.near_to"}
    assert len(named) == len(set(named))
    assert set(named) == every


def test_a_code_of_the_first_day_is_read_for_ever() -> None:
    """Of a code on somebody's wall nobody can ask for another: its bytes are held here."""
    papers = load(b'{"version":1,"about":{"text":"choir","profile":{"strengths":[{"code":"cooking"}]}}}')
    assert read(OLD) == papers


def test_a_code_that_would_unfold_to_more_than_papers_may_hold_is_refused() -> None:
    import base64

    maker = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, code._KNOWN)
    body = maker.compress(b" " * 900_000) + maker.flush()
    with pytest.raises(UnreadablePapers, match="not made here"):
        read(MARK + base64.b32encode(zlib.crc32(body).to_bytes(4) + body).decode().rstrip("="))


def _field(about: About, path: str) -> object:
    first, _, then = path.partition(".")
    return getattr(getattr(about, first), then) if then else getattr(about, first)


def _body(text: str) -> bytes:
    import base64

    letters = text.removeprefix(MARK)
    return base64.b32decode(letters + "=" * (-len(letters) % 8))[4:]
