"""A language gets a tag only where it is certain; what is none goes where it belongs."""

from __future__ import annotations

import langcodes
import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from directory.exchange.reading.languages import Tongue, read_languages
from directory.exchange.reading.shipped import shipped

ENGLISH_NAMES = sorted({name for tag, name in Locale("en").languages.items() if tag not in ("mul", "und", "zxx")})


def tags(*written: str, country: str | None = "US") -> list[str | None]:
    return [tongue.code for tongue in read_languages(written, country=country).languages]


@pytest.mark.parametrize(("written", "tag"), [
    ("Spanish", "es"), ("  spanish ", "es"), ("HINDI", "hi"), ("Filipino (Tagalog)", "tl"), ("Chinese (Mandarin)", "cmn"), ("chinese-cantonese", "yue"),
    ("Chinese (Taiwanese)", "nan"), ("Persian (Farsi)", "fa"), ("Bengali", "bn"), ("Filipino (IIongo)", "hil"), ("Cambodian", "km"), ("Panjabi", "pa"),
    ("Assyrian", "aii"), ("Chinese (Hmong)", "hmn"), ("haitian creole", "ht"), ("American sign language", "ase"), ("Vietnamese", "vi"),
])
def test_names_as_directories_write_them_get_their_tag(written: str, tag: str) -> None:
    assert tags(written) == [tag]


def test_every_tag_of_the_alias_table_is_a_real_language() -> None:
    table = shipped("languages")
    given_tags = {*table["tags"].values(), *(tag for tag, _ in table["notes"].values()), *(t for c in table["by_country"].values() for t in c.values())}
    assert [tag for tag in sorted(given_tags) if not langcodes.get(tag).is_valid()] == []


def test_no_word_is_both_certain_and_to_be_asked() -> None:
    table = shipped("languages")
    assert set(table["tags"]) & set(table["ask"]) == set()
    assert set(table["tags"]) & set(table["notes"]) == set()


def test_sign_language_is_that_of_the_country_and_otherwise_asked() -> None:
    assert (tags("Sign Languages"), tags("Sign language", country="GB"), tags("Sign language", country=None)) == (["ase"], ["bfi"], [None])


@pytest.mark.parametrize("written", ["Gaelic", "Creole", "Serbo-Croatian", "Hindu", "Chinese (Nin Bounese)", "Elvish", "Spanish and Elvish"])
def test_what_is_not_certain_is_kept_as_written_without_a_tag(written: str) -> None:
    spoken = read_languages([written], country="US")
    assert spoken.languages == [Tongue(written)]
    assert [text for text, _ in spoken.unsure] == [written]


@pytest.mark.parametrize("written", [
    "Interpreter", "Interpreter Service", "AT&T Language Line", "Language line available", "Translation services available 24/7 for 100+ languages",
    "others available upon request",
])
def test_interpreting_is_no_language(written: str) -> None:
    spoken = read_languages([written])
    assert (spoken.languages, spoken.interpreting) == ([], [written])


def test_a_text_phone_is_no_language() -> None:
    spoken = read_languages(["English; Spanish; TDD"])
    assert [tongue.code for tongue in spoken.languages] == ["en", "es"]
    assert spoken.text_phone == ["TDD"]


@pytest.mark.parametrize(("written", "expected"), [
    ("English and Spanish", [("en", None), ("es", None)]), ("Farsi, Dari", [("fa", None), ("prs", None)]),
    ("Spanish (limited)", [("es", "limited")]), ("English only", [("en", "only")]), ("Toishanese", [("yue", "Taishanese")]),
])
def test_compounds_are_split_and_limits_are_kept_as_notes(written: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(tongue.code, tongue.note) for tongue in read_languages([written], country="US").languages] == expected


@pytest.mark.parametrize("name", [pytest.param(name, id=name) for name in ENGLISH_NAMES])
def test_every_english_name_of_the_cldr_gives_one_entry_with_that_name(name: str) -> None:
    [tongue] = read_languages([name]).languages
    assert tongue.name == name
    assert tongue.code is None or langcodes.get(tongue.code).is_valid() or names_alike(tongue.code, name)


def names_alike(code: str, name: str) -> bool:
    """The CLDR can be newer than the registry that langcodes carries (``tok``, Toki Pona): then the tag must give that very name back."""
    return Locale("en").languages.get(code.replace("-", "_")) == name


@given(st.lists(st.sampled_from(["Spanish", "Tagalog", "Korean", "Gaelic"]), max_size=6))
def test_a_language_named_twice_stands_once_in_the_order_written(written: list[str]) -> None:
    assert [tongue.name for tongue in read_languages(written).languages] == list(dict.fromkeys(written))


@given(st.text(max_size=30))
def test_no_text_is_lost(text: str) -> None:
    spoken = read_languages([text])
    assert not text.strip() or text.isprintable() is False or spoken.languages or spoken.interpreting or spoken.text_phone
