"""The vocabularies hold together: codes, broader terms, everyday words, and wording that respects the people it is about."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from matching.words import plain
from tests.relevance.judged.profiles import people

FOLDER = Path(__file__).parents[2] / "seeds" / "vocabularies"
PHRASES = Path(__file__).parents[1] / "relevance" / "phrases"
MEASURED = {phrase["text"] for path in PHRASES.glob("*.*.toml") for phrase in tomllib.loads(path.read_text(encoding="utf-8"))["phrase"]}
MEASURED |= {person.inquiry.text for person in people() if person.inquiry.text}
READ = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))}
FILES = {stem: table for stem, table in READ.items() if "." not in stem}
OTHER_LANGUAGES = {stem: table for stem, table in READ.items() if "." in stem}
TAXONOMIES = sorted(FILES.keys() - {"urgent"})

# How many terms that can be chosen, and how many cues each has at least.
EXPECTED = {
    "access": (35, 5), "audiences": (50, 5), "communities": (120, 4), "entry": (10, 5), "faiths": (25, 4), "formats": (6, 6),
    "give": (25, 6), "group_facts": (12, 5), "interests": (60, 4), "kinds": (10, 6), "life_domains": (7, 8), "media": (7, 5), "settings": (20, 4),
    "strengths": (48, 40), "supports": (110, 8),
}  # fmt: skip

# In a file of another language: how many terms have how many cues.
ENOUGH = {"strengths": (48, 20), "supports": (80, 5), "interests": (60, 4), "communities": (120, 3)}
PLAIN_WORDS = {f"supports.{language}": (60, 2) for language in ("fil", "fr", "pt", "ru", "uk")}
"""Of languages whose sentences carry most of it: the plainest words for the commonest kinds, beside them."""

DEFICIT = re.compile(
    r"\b(addict\w*|alcoholic\w*|junkie\w*|abusers?|substance abuse|mentally ill|mental illness\w*|disorder\w*|diagnos\w*|patholog\w*|"
    r"dysfunction\w*|deficits?|deficien\w*|suffer\w*|afflicted|victims?|needy|vulnerable|at[- ]risk|high[- ]risk|disadvantaged|"
    r"underprivileged|deprived|the poor|homeless|vagrants?|handicap\w*|wheelchair[- ]bound|confined to|cripple\w*|"
    r"retarded|special needs|abnormal|crazy|insane|offenders?|convicts?|felons?|inmates?|illegal (?:immigrants?|aliens?)|non-?compliant|"
    r"troubled|hard to reach|problem (?:child|famil|behaviou?r)\w*|broken (?:home|famil)\w*|illitera\w*|schizophreni\w*|psychotic\w*)\b",
    re.IGNORECASE,
)
ILL_WORDED = (
    "help for addicts", "alcoholics", "the mentally ill", "people with mental illness", "eating disorder patients",
    "diagnosed with", "suffering from", "victims of crime", "needy families", "vulnerable adults", "at-risk youth",
    "disadvantaged areas", "the homeless", "handicapped parking", "wheelchair-bound", "special needs children", "ex-offenders",
    "inmates", "illegal immigrants", "non-compliant", "troubled teens", "illiterate adults",
)  # fmt: skip
HSDS_ACCESSIBILITY = (
    "cd", "deaf_interpreter", "disabled_parking", "elevator", "ramp", "restroom", "tape_braille", "tty", "wheelchair", "wheelchair_van",
)  # fmt: skip


def terms_of(taxonomy: str) -> list[dict[str, Any]]:
    terms: list[dict[str, Any]] = FILES[taxonomy]["terms"]
    return terms


def choosable(taxonomy: str) -> list[dict[str, Any]]:
    return [term for term in terms_of(taxonomy) if not term.get("group")]


def codes_of(taxonomy: str) -> set[str]:
    if taxonomy == "urgent":
        return {topic["code"] for topic in FILES["urgent"]["topics"]} | {"calm"}
    return {term["code"] for term in choosable(taxonomy)}


def line_above(term: dict[str, Any], by_code: dict[str, dict[str, Any]]) -> list[str]:
    """The codes of the broader terms, nearest first; stops where it comes back to a code it has met."""
    line = [term["code"]]
    while (parent := by_code[line[-1]].get("parent")) and parent not in line:
        line.append(parent)
    return line[1:] + ([parent] if parent else [])


def phrases_of(term: dict[str, Any]) -> list[str]:
    return [term["label"], term["description"], *term.get("cues", [])]


def test_every_vocabulary_is_there_and_no_other() -> None:
    assert sorted(EXPECTED) == TAXONOMIES


def test_the_readme_counts_every_vocabulary_rightly() -> None:
    rows = re.findall(r"^\| `(\w+)` \|.*\| (\d+) \|$", (FOLDER / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert {taxonomy: int(count) for taxonomy, count in rows} == {taxonomy: len(choosable(taxonomy)) for taxonomy in TAXONOMIES}


@pytest.mark.parametrize("taxonomy", TAXONOMIES)
class TestEveryVocabulary:
    def test_has_its_file_name_as_code_and_says_what_it_is(self, taxonomy: str) -> None:
        head = FILES[taxonomy]
        assert head["code"] == taxonomy
        assert head["name"]
        assert head["description"].endswith(".")
        assert head["version"]
        assert set(head) == {"code", "name", "description", "version", "terms"}

    def test_has_terms_of_the_agreed_shape(self, taxonomy: str) -> None:
        known = {"code", "label", "description", "parent", "group", "domain", "strengths", "related", "cues", "urgent", "people"}
        assert [sorted(term.keys() - known) for term in terms_of(taxonomy) if term.keys() - known] == []

    def test_has_codes_that_are_plain_and_unique(self, taxonomy: str) -> None:
        counted = Counter(term["code"] for term in terms_of(taxonomy))
        assert [code for code, times in counted.items() if times > 1 or not re.fullmatch(r"[a-z0-9_]+", code)] == []

    def test_has_labels_that_differ(self, taxonomy: str) -> None:
        counted = Counter(term["label"] for term in choosable(taxonomy))
        assert [label for label, times in counted.items() if times > 1] == []

    def test_has_broader_terms_that_exist_and_never_come_round(self, taxonomy: str) -> None:
        by_code = {term["code"]: term for term in terms_of(taxonomy)}
        assert [term["code"] for term in by_code.values() if term.get("parent", term["code"]) not in by_code] == []
        assert [code for code, term in by_code.items() if code in line_above(term, by_code)] == []

    def test_names_what_is_related_once_and_beside_the_broader_terms(self, taxonomy: str) -> None:
        by_code, codes = {term["code"]: term for term in terms_of(taxonomy)}, codes_of(taxonomy)
        pairs = [(term["code"], other) for term in choosable(taxonomy) for other in term.get("related", ())]
        assert [pair for pair in pairs if pair[1] not in codes or pair[0] == pair[1]] == []
        assert [pair for pair, times in Counter(tuple(sorted(pair)) for pair in pairs).items() if times > 1] == []
        assert [(a, b) for a, b in pairs if b in line_above(by_code[a], by_code) or a in line_above(by_code[b], by_code)] == []

    def test_has_headings_with_something_under_each(self, taxonomy: str) -> None:
        parents = {term.get("parent") for term in terms_of(taxonomy)}
        assert [term["code"] for term in terms_of(taxonomy) if term.get("group") and term["code"] not in parents] == []

    def test_has_as_many_terms_as_it_should(self, taxonomy: str) -> None:
        assert len(choosable(taxonomy)) >= EXPECTED[taxonomy][0]

    def test_has_enough_everyday_words_for_each_term(self, taxonomy: str) -> None:
        counts = {term["code"]: len(term.get("cues", [])) for term in choosable(taxonomy)}
        assert {code: count for code, count in counts.items() if count < EXPECTED[taxonomy][1]} == {}

    def test_repeats_no_cue_within_a_term(self, taxonomy: str) -> None:
        counted = {term["code"]: Counter(cue.casefold() for cue in term.get("cues", [])) for term in terms_of(taxonomy)}
        assert {code: cues.most_common(1) for code, cues in counted.items() if max(cues.values(), default=0) > 1} == {}

    def test_has_only_phrases_that_say_something(self, taxonomy: str) -> None:
        phrases = [phrase for term in terms_of(taxonomy) for phrase in phrases_of(term)]
        assert [phrase for phrase in phrases if not phrase or phrase != " ".join(phrase.split())] == []

    def test_has_labels_with_a_capital_and_descriptions_that_are_sentences(self, taxonomy: str) -> None:
        ill_formed = [
            term["code"]
            for term in terms_of(taxonomy)
            if term["label"][0] != term["label"][0].upper() or len(term["label"]) > 60 or not term["description"].endswith(".")
        ]
        assert ill_formed == []

    def test_says_nothing_about_people_that_is_a_deficit_or_a_diagnosis(self, taxonomy: str) -> None:
        read = {term["code"]: f"{term['label']} {term['description']}" for term in terms_of(taxonomy)}
        assert {code: found.group() for code, text in read.items() if (found := DEFICIT.search(text))} == {}


@pytest.mark.parametrize("wording", ILL_WORDED)
def test_the_wording_check_finds_what_we_would_not_write(wording: str) -> None:
    assert DEFICIT.search(wording)


@pytest.mark.parametrize("taxonomy", ["strengths", "supports"])
def test_own_words_are_understood_in_the_languages_that_were_agreed(taxonomy: str) -> None:
    assert {f"{taxonomy}.{language}" for language in ("ar", "es", "vi", "zh-Hans")} <= OTHER_LANGUAGES.keys()


@pytest.mark.parametrize("stem", sorted(OTHER_LANGUAGES))
class TestCuesInAnotherLanguage:
    def test_say_what_they_belong_to(self, stem: str) -> None:
        table = OTHER_LANGUAGES[stem]
        assert set(table) == {"taxonomy", "language", "reviewed", "cues"}
        assert f"{table['taxonomy']}.{table['language']}" == stem

    def test_are_enough(self, stem: str) -> None:
        table = OTHER_LANGUAGES[stem]
        terms, least = PLAIN_WORDS.get(stem) or ENOUGH[table["taxonomy"]]
        assert table["cues"].keys() <= codes_of(table["taxonomy"])
        assert sum(len(cues) >= least for cues in table["cues"].values()) >= terms

    def test_repeat_nothing_and_are_phrases(self, stem: str) -> None:
        for cues in OTHER_LANGUAGES[stem]["cues"].values():
            assert len({cue.casefold() for cue in cues}) == len(cues)
            assert all(cue and cue == " ".join(cue.split()) for cue in cues)


SAYINGS = {path.stem: path.read_text(encoding="utf-8").splitlines() for path in sorted((FOLDER / "sayings").glob("*.tsv"))}
MOST_TERMS_OF_A_SAYING = 3


@pytest.mark.parametrize("stem", sorted(SAYINGS))
class TestSayings:
    def said(self, stem: str) -> list[tuple[list[str], str]]:
        parted = [line.partition("\t") for line in SAYINGS[stem] if not line.startswith("#")]
        return [(codes.split(","), sentence) for codes, _, sentence in parted]

    def test_are_of_terms_that_can_be_chosen(self, stem: str) -> None:
        codes = codes_of(stem.partition(".")[0])
        assert [(held, sentence) for held, sentence in self.said(stem) if not (sentence and set(held) <= codes)] == []
        assert max(len(held) for held, _ in self.said(stem)) <= MOST_TERMS_OF_A_SAYING
        assert {code for held, _ in self.said(stem) for code in held} == codes, "somebody would say each of them"

    def test_stand_there_once_and_tidily(self, stem: str) -> None:
        times = Counter(sentence.casefold().strip(" .!?") for _, sentence in self.said(stem))
        assert times.most_common(1)[0][1] == 1
        assert [sentence for _, sentence in self.said(stem) if sentence != " ".join(sentence.split())] == []

    def test_name_no_number_page_or_mail(self, stem: str) -> None:
        assert [sentence for _, sentence in self.said(stem) if re.search(r"https?:|www\.|@|\d{6}", sentence)] == []

    def test_are_no_phrase_that_is_measured_by(self, stem: str) -> None:
        said = {plain(sentence) for _, sentence in self.said(stem)}
        assert {text for text in MEASURED if plain(text) in said} == set()


@pytest.mark.parametrize("taxonomy", ["strengths", "supports", "interests"])
def test_a_cue_belongs_to_one_term_only(taxonomy: str) -> None:
    holders: dict[str, set[str]] = {}
    tables = [{term["code"]: term["cues"] for term in choosable(taxonomy)}]
    tables += [table["cues"] for table in OTHER_LANGUAGES.values() if table["taxonomy"] == taxonomy]
    for code, cues in (item for table in tables for item in table.items()):
        for cue in cues:
            holders.setdefault(cue.casefold(), set()).add(code)
    assert {cue: codes for cue, codes in holders.items() if len(codes) > 1} == {}


@pytest.mark.parametrize("taxonomy", ["strengths", "supports"])
def test_every_term_lies_in_a_life_domain_and_every_domain_has_some(taxonomy: str) -> None:
    assert {term.get("domain") for term in choosable(taxonomy)} == codes_of("life_domains")
    assert [term["code"] for term in terms_of(taxonomy) if term.get("group") and "domain" in term] == []


def test_every_strength_stands_under_a_heading_beside_others() -> None:
    headings = {term["code"] for term in terms_of("strengths") if term.get("group")}
    under = Counter(term.get("parent") for term in choosable("strengths"))
    assert set(under) == headings
    assert min(under.values()) >= 2


def test_strengths_and_supports_are_as_many_as_were_agreed() -> None:
    assert len(choosable("strengths")) == 48
    assert 110 <= len(choosable("supports")) <= 140


def test_the_kinds_and_formats_are_those_the_ranking_knows() -> None:
    kinds = {"service", "therapy", "group_therapy", "peer_group", "one_to_one", "activity", "self_help", "event", "training", "give"}
    assert codes_of("kinds") == kinds
    assert codes_of("formats") == {"in_person", "online", "phone", "text", "outreach", "home_visit"}


def test_every_way_to_give_asks_for_strengths_that_exist() -> None:
    asked = {role["code"]: role.get("strengths", []) for role in terms_of("give")}
    assert [code for code, strengths in asked.items() if not strengths or len(set(strengths)) != len(strengths)] == []
    assert {strength for strengths in asked.values() for strength in strengths} <= codes_of("strengths")
    assert [term["code"] for taxonomy in TAXONOMIES if taxonomy != "give" for term in terms_of(taxonomy) if "strengths" in term] == []


def test_nearly_every_strength_is_asked_for_somewhere() -> None:
    asked = {strength for role in terms_of("give") for strength in role["strengths"]}
    assert len(codes_of("strengths") - asked) <= 5


@pytest.mark.parametrize("word", HSDS_ACCESSIBILITY)
def test_each_word_of_older_hsds_leads_to_one_access_feature(word: str) -> None:
    assert sum(word in term["cues"] for term in choosable("access")) == 1


def test_ways_in_without_a_threshold_say_so_first() -> None:
    free = {term["code"] for term in terms_of("entry") if term["description"].startswith("No threshold")}
    assert {"drop_in", "self_refer"} <= free
    assert not free & {"referral", "doctor_referral", "waiting_list", "application", "membership"}


def test_every_danger_but_a_medical_one_is_answered_by_a_kind_of_support() -> None:
    answered = {topic for term in choosable("supports") for topic in term.get("urgent", [])}
    assert answered == codes_of("urgent") - {"calm", "medical"}
    assert all(not term.get("urgent") for taxonomy in TAXONOMIES if taxonomy != "supports" for term in terms_of(taxonomy))
