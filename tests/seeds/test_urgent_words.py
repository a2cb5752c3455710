"""The words of crisis are clean and cover every topic in every language, and each topic leads to somebody who answers."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

URGENT = tomllib.loads((Path(__file__).parents[2] / "seeds" / "vocabularies" / "urgent.toml").read_text(encoding="utf-8"))
TOPICS = frozenset(topic["code"] for topic in URGENT["topics"])
KNOWN_NUMBERS = [
    ("US", "911"), ("US", "988"), ("US", "1-800-799-7233"), ("GB", "999"), ("GB", "116 123"), ("AU", "000"), ("AU", "13 11 14"),
    ("CA", "911"), ("CA", "988"), ("NZ", "111"), ("NZ", "1737"), ("IE", "112"), ("IE", "116 123"), ("EU", "112"),
]  # fmt: skip


def test_phrases_cover_every_topic_in_every_language() -> None:
    by_language: dict[str, set[str]] = {}
    for table in URGENT["phrases"]:
        by_language.setdefault(table["language"], set()).add(table["topic"])
    assert {"en", "es", "ar", "vi", "zh-Hans", "so", "fr"} <= by_language.keys()
    assert {language for language, covered in by_language.items() if covered != TOPICS} == set()


def test_phrases_are_clean_and_told_once() -> None:
    texts = [text for table in URGENT["phrases"] for text in table["texts"]]
    assert [text for text in texts if not text or text != " ".join(text.split())] == []
    told = Counter((table["language"], text.casefold()) for table in URGENT["phrases"] for text in table["texts"])
    assert [key for key, times in told.items() if times > 1] == []


def test_phrases_are_not_so_short_that_calm_words_would_meet_them() -> None:
    """The English lists hold no word alone, but for a few that are hardly ever said in another sense, and what is meant where nothing else was written."""
    bare = [text for table in URGENT["phrases"] if table["language"] == "en" for text in table["texts"] if len(text.split()) == 1 and not text.endswith(".")]
    assert set(bare) <= {"self-harm", "selfharm", "molesting", "suicidal"}


def test_phrases_say_whether_a_second_reader_saw_them() -> None:
    assert all(isinstance(table["reviewed"], bool) for table in URGENT["phrases"])


def test_each_topic_leads_to_a_line_in_each_region_the_most_pressing_first() -> None:
    for region in {line["region"] for line in URGENT["lines"]}:
        lines = [line for line in URGENT["lines"] if line["region"] == region]
        assert {topic for line in lines for topic in line["topics"]} == TOPICS, region
        assert lines[0]["code"].endswith("_emergency"), region


def test_lines_can_be_reached_and_say_when() -> None:
    codes = Counter(line["code"] for line in URGENT["lines"])
    assert max(codes.values()) == 1
    for line in URGENT["lines"]:
        assert {"call", "text", "chat"} & line.keys(), line["code"]
        assert line["hours"] in {"always", "ask"}, line["code"]
        assert set(line["topics"]) <= TOPICS, line["code"]
        assert line["name"], line["code"]
        assert line["when"], line["code"]
        assert re.fullmatch(r"[0-9][0-9 -]*", line.get("call", "0")), line["code"]
        assert re.fullmatch(r"[0-9]+", line.get("text", "0")), line["code"]
        assert line.get("chat", "https://").startswith("https://"), line["code"]
        assert "text_word" not in line or "text" in line, line["code"]


@pytest.mark.parametrize(("region", "number"), KNOWN_NUMBERS)
def test_lines_hold_the_numbers_that_everyone_must_find(region: str, number: str) -> None:
    assert number in {line.get("call") for line in URGENT["lines"] if line["region"] == region}
