"""Rules map words to our terms, point at words that our vocabularies have, and say honestly how far they reach."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import seeds
from directory.exchange.reading.shipped import FOLDER
from directory.exchange.reading.wordrules import Tally, Term, load_rules, one_kind, parse_rules, read_term, share_mapped, single_kind, to_terms

RULES = parse_rules("""
[keywords.words]
"Food Pantries" = ["supports.food_pantry"]
"committees" = []
"women" = ["audiences.women"]
[[keywords.patterns]]
match = 'support groups?'
terms = ["supports.peer_group", "kinds.peer_group"]
[[keywords.patterns]]
match = 'food'
terms = ["supports.food"]
[[keywords.patterns]]
match = 'choirs?'
terms = ["interests.choir", "kinds.activity"]
""")["keywords"]
VOCABULARIES = Path(seeds.__file__).parent / "vocabularies"
SOURCES = ("ohana", "nyc")


def codes(*words: str) -> list[str]:
    return [term.code for term in to_terms(RULES, words, kind="keyword")]


def test_an_exact_word_wins_over_patterns_and_case_does_not_matter() -> None:
    assert codes("FOOD  pantries") == ["food_pantry"]


def test_patterns_stand_between_word_boundaries() -> None:
    assert codes("Seafood") == []
    assert codes("Food and support groups") == ["peer_group", "peer_group", "food"]


def test_links_are_the_usual_ones_unless_a_rule_says_otherwise() -> None:
    assert read_term("audiences.men").link_type == "meant_for"
    assert read_term("audiences.men@only_for").link_type == "only_for"
    assert read_term("communities.latino").link_type == "for"
    assert read_term("access.lift") == Term("access", "lift", "access")
    attribute = read_term("access.wheelchair=no").attribute()
    assert (attribute.taxonomy, attribute.code, attribute.link_type, attribute.value) == ("access", "wheelchair", "access", "no")


@pytest.mark.parametrize("text", ["food", "supports.", "supports.Food", "supports.food@", "supports.food=maybe", "a.b.c"])
def test_what_is_no_term_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="is no term"):
        read_term(text)


def test_the_share_counts_mentions_and_knows_unknown_words_from_those_set_aside() -> None:
    tally = Tally()
    to_terms(RULES, ["women", "women", "committees", "elephants"], kind="keyword", tally=tally)
    assert share_mapped(tally, "keyword") == "mapped 50 % of 4 keyword mentions"
    assert dict(tally.unknown["keyword"]) == {"elephants": 1}


@given(st.integers(0, 3000), st.integers(0, 3000))
def test_a_share_of_a_hundred_means_all(mapped: int, unmapped: int) -> None:
    tally = Tally()
    tally.mentions["x"], tally.mapped["x"] = mapped + unmapped, mapped
    assert ("mapped 100 %" in share_mapped(tally, "x")) == (mapped > 0 and unmapped == 0)


@given(st.lists(st.sampled_from(["women", "food pantries", "choir", "support group", "committees", "elephants"])))
def test_terms_stand_once_and_more_words_never_take_one_away(words: list[str]) -> None:
    terms = to_terms(RULES, words, kind="keyword")
    assert len(terms) == len(set(terms))
    assert set(to_terms(RULES, words[:-1], kind="keyword")) <= set(terms)


def kind_of(*words: str) -> list[str]:
    return [term.code for term in one_kind(to_terms(RULES, words, kind="keyword"), RULES, words) if term.taxonomy == "kinds"]


def test_a_record_is_a_peer_group_when_its_words_say_so_and_not_for_one_of_many_offers() -> None:
    assert kind_of("support group", "women") == ["peer_group"]
    assert kind_of("support group", "food pantries", "food", "food bank", "food bus") == []
    assert kind_of("choir", "support group", "choirs") == ["activity"]
    assert kind_of("choir", "support group") == ["peer_group"]


def test_what_is_several_things_has_no_kind() -> None:
    peer, activity, food = read_term("kinds.peer_group"), read_term("kinds.activity"), read_term("supports.food")
    assert single_kind([peer, food]) == [peer, food]
    assert single_kind([peer, activity, food]) == [food]


def terms_of_file(name: str) -> set[Term]:
    rules = load_rules(name).values()
    return {term for words in rules for terms in [*words.exact.values(), *(terms for _, terms in words.patterns)] for term in terms}


@pytest.mark.parametrize("name", [path.stem for path in sorted(FOLDER.glob("*.toml")) if path.stem != "languages"])
def test_every_term_of_a_rule_is_one_that_a_listing_can_have(name: str) -> None:
    shipped = {path.stem: tomllib.loads(path.read_text("utf-8")).get("terms", []) for path in VOCABULARIES.glob("*.toml")}
    choosable = {(taxonomy, term["code"]) for taxonomy, terms in shipped.items() for term in terms if not term.get("group")}
    assert [term for term in sorted(terms_of_file(name)) if (term.taxonomy, term.code) not in choosable] == []


@pytest.mark.parametrize("name", SOURCES)
def test_no_source_speaks_for_what_people_are_good_at(name: str) -> None:
    assert {term.taxonomy for term in terms_of_file(name)} & {"strengths", "faiths"} == set()


@pytest.mark.parametrize(("keyword", "expected"), [
    ("Support Groups", {"supports.peer_group", "kinds.peer_group"}), ("Self-Help", {"supports.peer_group", "kinds.peer_group"}),
    ("Individual Counseling", {"supports.talking_therapy", "kinds.therapy"}), ("Older Adults", {"audiences.older_adults"}),
    ("Environment Volunteer Opportunities", {"supports.volunteering", "kinds.give"}), ("Food Pantries", {"supports.food_pantry"}),
    ("Hispanic/Latino Community", {"communities.latino", "supports.cultural_community"}), ("Drug Abuse Counseling", {"supports.substance_use_care"}),
    ("Horticultural Societies", {"interests.gardening", "supports.nature", "kinds.activity"}), ("Mental Health Issues", {
        "supports.psychiatric_care", "audiences.mental_health_experience"}),
    ("Adult Day Care", {"supports.independent_living", "audiences.adults"}), ("Planning Commissions", set()), ("Group Support", set()),
])
def test_keywords_of_the_san_mateo_kind_go_where_a_reader_would_look(keyword: str, expected: set[str]) -> None:
    assert {f"{term.taxonomy}.{term.code}" for term in load_rules("ohana")["keywords"].terms(keyword) or ()} == expected


@pytest.mark.parametrize(("name", "expected"), [
    ("Northfield Bicycle Club", {"interests.cycling"}), ("Lakeside Garden Railway Friends", {"interests.gardening", "interests.models"}),
    ("Sports Car Owners of the Valley", {"interests.cars_bikes"}), ("Women's Chorus of the Lakes", {"interests.choir", "communities.women"}),
    ("Ferry Street Mothers' Club", {"communities.parents"}), ("Rosemary Battle Lodge No. 4", set()), ("Category Managers' Guild", set()),
])
def test_what_a_club_is_about_is_read_from_its_name_by_whole_words(name: str, expected: set[str]) -> None:
    assert {f"{term.taxonomy}.{term.code}" for term in load_rules("ohana")["name"].terms(name) or ()} == expected


@pytest.mark.parametrize(("sentence", "expected"), [
    ("Walk in or apply by phone", {"drop_in", "phone_first"}), ("Apply by phone. Appointment necessary", {"phone_first", "appointment"}),
    ("No appointment necessary", {"drop_in"}), ("Referral from community agency necessary", {"referral"}), ("Visit Web site", set()),
])
def test_how_to_apply_is_read_as_the_first_step(sentence: str, expected: set[str]) -> None:
    assert {term.code for term in load_rules("ohana")["how_to_apply"].terms(sentence) or ()} == expected
