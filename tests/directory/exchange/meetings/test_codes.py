"""Codes of meeting feeds: what they mean in one programme, never in another, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.exchange.meetings.codes import TABLES, codes_for, label_of, language_codes, load_programme, read_codes
from directory.exchange.reading.wordrules import LINKS, Term, read_term
from seeds.words import codes_of

AA, GENERAL, BMLT, NONE = (load_programme(code) for code in ("aa", "general", "bmlt", "none"))
LANGUAGES = {  # written by hand, as a check of the table
    "S": "es", "ASL": "ase", "ITA": "it", "POL": "pl", "KOR": "ko", "POR": "pt", "PUN": "pa", "TUR": "tr", "RUS": "ru", "UK": "uk", "SL": "sl", "FR": "fr",
    "AF": "af", "AM": "am", "AR": "ar", "BG": "bg", "DA": "da", "DE": "de", "EL": "el", "EN": "en", "FA": "fa", "FI": "fi", "HE": "he", "HI": "hi", "HR": "hr",
    "HU": "hu", "IS": "is", "JA": "ja", "KA": "ka", "LT": "lt", "ML": "ml", "MT": "mt", "NE": "ne", "NL": "nl", "NO": "no", "SK": "sk", "SV": "sv", "TH": "th",
    "TL": "tl",
}  # fmt: skip


@pytest.mark.parametrize(("code", "tag"), LANGUAGES.items())
def test_a_language_code_is_a_tag_and_back(code: str, tag: str) -> None:
    assert read_codes(AA, [code]).languages == (tag,)
    assert language_codes(AA, [tag]) == ((code,), ())


def test_every_language_of_the_table_is_checked_here() -> None:
    assert AA.languages == LANGUAGES


@pytest.mark.parametrize("tag", ["vi", "zh-Hans", "so", "ht", "ur", "bn"])
def test_a_language_without_a_code_is_left_for_words(tag: str) -> None:
    assert language_codes(AA, ["es", tag]) == (("S",), (tag,))


@pytest.mark.parametrize(("tag", "code"), [("es-MX", "S"), ("fil", "TL"), ("nb", "NO"), ("pt-BR", "POR")])
def test_a_region_or_another_name_of_a_language_finds_its_code(tag: str, code: str) -> None:
    assert language_codes(AA, [tag]) == ((code,), ())


@pytest.mark.parametrize(
    ("code", "programmes"),
    [
        ("T", {"aa": "communities.trans", "al-anon": "communities.trans", "aca": "", "na": None, "bmlt": None, "none": None}),
        ("A", {"aa": "faiths.secular", "aca": "audiences.adults", "general": None, "bmlt": None, "none": None}),
        ("POA", {"aa": "", "al-anon": "audiences.parents", "general": None, "none": None}),
        ("B", {"aa": "", "bmlt": None, "general": None, "none": None}),
        ("Y", {"aa": "audiences.young_adults", "aca": "", "bmlt": "audiences.young_adults", "none": None}),
        ("X", {"aa": "access.wheelchair", "bmlt": None, "none": None}),
    ],
)
def test_colliding_codes_do_not_mix(code: str, programmes: dict[str, str | None]) -> None:
    """None: not known there; empty: known, and none of our terms."""
    for name, term in programmes.items():
        said = read_codes(load_programme(name), [code])
        assert said.unknown == ((code,) if term is None else ()), name
        assert [f"{found.taxonomy}.{found.code}" for found in said.terms[:1]] == ([term] if term else []), name


def test_sl_is_slovenian_in_one_table_and_nothing_in_the_other() -> None:
    assert read_codes(AA, ["SL"]).languages == ("sl",)
    assert read_codes(BMLT, ["SL"]).unknown == ("SL",)
    assert read_codes(BMLT, ["ASL"]).languages == ("ase",)


def test_two_letters_change_places_from_one_programme_to_the_other() -> None:
    aca = load_programme("aca")
    assert (read_codes(aca, ["SP"]).languages, read_codes(AA, ["S"]).languages) == (("es",), ("es",))
    assert read_codes(aca, ["S"]).terms == read_codes(AA, ["SP"]).terms


def test_a_programme_without_a_table_understands_no_type() -> None:
    said = read_codes(load_programme("grief circles"), ["T", "O", "X", "M"])
    assert said.unknown == ("T", "O", "X", "M")
    assert not said.terms
    assert not said.codes


@pytest.mark.parametrize(
    ("written", "code"),
    [("ASBI", "ABSI"), ("x", "X"), ("Men", "M"), ("men only", "M"), ("Spanish", "S"), ("Big Book", "B"), ("12x12", "12x12"), ("onl", "ONL")],
)
def test_names_lower_case_and_misspelt_codes_are_known(written: str, code: str) -> None:
    assert read_codes(AA, [written]).codes == (code,)


def test_unknown_codes_are_kept_as_written_and_blanks_say_nothing() -> None:
    said = read_codes(AA, ["", " ", "BS", "O", "BS", "o"])
    assert (said.codes, said.unknown) == (("O",), ("BS",))
    assert label_of(AA, "BS") == "BS"
    assert label_of(AA, "O") == "Open to anybody"


@pytest.mark.parametrize(("code", "does"), [("ONL", "online"), ("TC", "place_closed")])
def test_what_a_code_says_of_the_meetings_life(code: str, does: str) -> None:
    assert read_codes(AA, [code]).does == {does}
    assert not read_codes(AA, [code]).terms


def test_closed_is_for_those_who_come_for_themselves_and_no_closed_round() -> None:
    terms = {(term.taxonomy, term.code, term.link_type) for term in read_codes(AA, ["C", "BE"]).terms}
    assert terms == {("audiences", "in_recovery", "only_for")}


@pytest.mark.parametrize("name", TABLES)
def test_every_term_of_every_table_is_one_of_ours(name: str) -> None:
    """And is linked as terms on listings are."""
    programme = load_programme(name)
    used = [*programme.terms, *(term for type_ in programme.types.values() for term in (*type_.terms, *type_.back))]
    assert all(term.code in codes_of(term.taxonomy) for term in used)
    assert all(term.link_type in {LINKS.get(term.taxonomy, term.taxonomy), "only_for"} for term in used)


@pytest.mark.parametrize("name", TABLES)
def test_no_two_types_of_a_table_have_one_name_or_key(name: str) -> None:
    programme = load_programme(name)
    keys = [type_.key for type_ in programme.types.values() if type_.key]
    assert len(keys) == len(set(keys))
    for type_ in programme.types.values():
        assert programme.find(type_.code) == type_.code
        assert all(programme.find(written) in programme.types or programme.find(written) in programme.languages for written in type_.names)


@given(st.lists(st.sampled_from(sorted(GENERAL.types)), unique=True))
def test_what_we_export_of_a_group_says_what_its_terms_say(codes: list[str]) -> None:
    """Codes to terms to codes and terms again: nothing is added to what was said."""
    said = read_codes(GENERAL, codes)
    again = read_codes(GENERAL, (*codes_for(GENERAL, said.terms), *language_codes(GENERAL, said.languages)[0]))
    assert set(again.terms) <= set(said.terms) or {"lgbtq"} & {term.code for term in said.terms}
    assert {code for code in codes if GENERAL.types[code].terms} <= set(again.codes)


def test_a_term_of_many_does_not_become_each_of_them() -> None:
    assert codes_for(AA, [read_term("audiences.lgbtq")]) == ("LGBTQ",)


def test_what_is_stated_not_to_be_so_is_no_code_and_a_fact_in_words_is_one() -> None:
    assert codes_for(AA, [read_term("access.wheelchair=no")]) == ()
    assert codes_for(AA, [Term("group_facts", "children_welcome", "group_facts", "There is a corner with toys.")]) == ("CF",)


def test_sign_language_somewhere_is_not_american_sign_language() -> None:
    """Which one it is, the language says; the access feature does not."""
    assert codes_for(GENERAL, [read_term("access.sign_language")]) == ()
    assert language_codes(GENERAL, ["ase", "bfi"]) == (("ASL",), ("bfi",))
