"""A report adds up, reads well, and carries everything for a program."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from directory.exchange.records import Refusal, Repair
from directory.exchange.report import EXAMPLES, ImportReport

WORDS = st.text(st.characters(categories=["Ll", "Zs"]), max_size=80)
REPAIRS = st.lists(st.builds(Repair, file=st.just("elm.csv"), line=st.integers(1, 99), field=WORDS, value=WORDS, reason=WORDS), max_size=12)


def a_refusal(line: int = 1, value: str = "odd", reason: str = "it must be one of: active, inactive") -> Refusal:
    return Refusal(file="elm.csv", line=line, field="service.status", value=value, reason=reason)


def test_refusing_counts_and_keeps() -> None:
    report = ImportReport(source="elm")
    report.refuse(a_refusal())
    assert (report.refused, len(report.refusals)) == (1, 1)


def test_the_json_has_the_counts_and_both_lists() -> None:
    report = ImportReport(source="elm", records_in=3, added=1, unchanged=1)
    report.refuse(a_refusal(7))
    said = json.loads(report.to_json())
    assert {"records_in", "added", "changed", "unchanged", "refused", "refusals", "repairs"} <= set(said)
    assert said["refusals"] == [{
        "file": "elm.csv", "line": 7, "field": "service.status", "value": "odd", "reason": "it must be one of: active, inactive",
    }]


def test_the_text_groups_counts_and_shows_the_first_examples() -> None:
    report = ImportReport(source="elm", records_in=9)
    for line in range(1, 10):
        report.refuse(a_refusal(line))
    text = report.to_text()
    assert "9 x service.status: it must be one of: active, inactive" in text
    assert text.count("elm.csv, line") == EXAMPLES
    assert "and 6 more" in text


def test_a_trial_says_that_nothing_was_changed() -> None:
    assert "nothing was changed" in ImportReport(source="elm", dry_run=True).to_text()
    assert "nothing was changed" not in ImportReport(source="elm").to_text()


def test_a_clean_import_is_two_lines() -> None:
    assert ImportReport(source="elm", records_in=1, added=1).to_text().splitlines() == [
        "elm: 1 record read", "  1 added, 0 changed, 0 unchanged, 0 refused",
    ]


def test_a_long_value_is_cut_on_screen_and_whole_in_the_json() -> None:
    report = ImportReport(source="elm")
    report.refuse(a_refusal(value="v" * 500))
    assert "v" * 58 not in report.to_text()
    assert "v" * 500 in report.to_json().decode()


@given(REPAIRS)
def test_every_repair_is_counted_once_whatever_it_says(repairs: list[Repair]) -> None:
    text = ImportReport(source="elm", repairs=repairs).to_text()
    counted = [line for line in text.split("\n") if line.startswith("  ") and " x " in line[:8] and not line.startswith("      ")]
    assert sum(int(line.split(" x ")[0].replace(",", "")) for line in counted) == len(repairs)
