"""Tests of comparing only what has changed: the pairs are those of a comparison of everything, and little is compared."""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from directory.duplicates import Pair, Row, blocking, find, find_duplicates, past, table
from directory.duplicates.score import compare
from directory.duplicates.weights import shipped_weights
from tests.bench.planted import planted, varied
from tests.directory.duplicates.rows import row_like, tables


class Counting:
    """Counts comparisons of the finder."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        def counted(*given: object, **named: object) -> object:
            self.count += 1
            return compare(*given, **named)  # type: ignore[arg-type]

        monkeypatch.setattr(find, "compare", counted)

    def of(self, rows: list[Row], file: Path, *, anew: bool = False) -> tuple[int, list[Pair]]:
        """How many comparisons finding takes, and what is found."""
        self.count = 0
        found = find_duplicates(rows, past=file, anew=anew)
        return self.count, found


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Counting:
    return Counting(monkeypatch)


@pytest.fixture
def small_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers at which a few rows already move what words tell, in steps, and which blocks are taken."""
    monkeypatch.setattr(table, "PRIOR_ROWS", 4)
    monkeypatch.setattr(table, "STEP_DIGITS", 2)
    monkeypatch.setattr(blocking, "BASE_PAIRS", 12)


edits = st.lists(st.tuples(st.sampled_from(("add", "change", "remove", "as another")), st.integers(0, 99), row_like()), max_size=4)


def edited(rows: list[Row], kind: str, at: int, row: Row) -> list[Row]:
    """One edit: a row comes, one changes, goes, or becomes a copy of another but for its key."""
    place = at % max(1, len(rows))
    if kind == "add" or not rows:
        return [*rows[:place], row, *rows[place:]]
    if kind == "remove":
        return rows[:place] + rows[place + 1 :]
    changed = replace(rows[-1], key=rows[place].key) if kind == "as another" else replace(row, key=rows[place].key)
    return [*rows[:place], changed, *rows[place + 1 :]]


@settings(deadline=None, max_examples=150)
@given(tables, st.lists(edits, max_size=4))
def test_after_any_edits_the_pairs_are_those_of_a_comparison_of_everything(rows: list[Row], nights: list[list[tuple[str, int, Row]]]) -> None:
    nightly_is_full(rows, nights)


@pytest.mark.usefixtures("small_numbers")
@settings(deadline=None, max_examples=150)
@given(tables, st.lists(edits, max_size=4))
def test_also_where_words_change_their_worth_and_blocks_their_size(rows: list[Row], nights: list[list[tuple[str, int, Row]]]) -> None:
    nightly_is_full(rows, nights)


def nightly_is_full(rows: list[Row], nights: list[list[tuple[str, int, Row]]]) -> None:
    """Night by night, after that night's edits."""
    with TemporaryDirectory() as folder:
        find_duplicates(rows, past=Path(folder, "kept"))
        for number, night in enumerate(nights):
            for kind, at, row in night:
                rows = edited(rows, kind, at, row)
            assert find_duplicates(rows, past=Path(folder, "kept")) == find_duplicates(rows, past=Path(folder, f"new {number}"))


def test_this_proof_notices_what_the_table_tells(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Two rows that stay as they are, one of a kind at first and like many others afterwards."""
    pair = [Row(key="a", name="Lantern Kettle", phones=("312 555 0143",)), Row(key="b", name="Lantern", phones=("312 555 0143",))]
    monkeypatch.setattr(table.Table, "told_of", lambda _table, _row: [])
    many = [Row(key=str(number), name=f"Oak {number}", phones=("312 555 0143",), streets=(f"{number} Mill Road",)) for number in range(1, 40)]
    assert find_duplicates(pair + many, past=tmp_path / "kept") == []
    assert find_duplicates(pair, past=tmp_path / "new") != find_duplicates(pair, past=tmp_path / "kept")


def test_what_has_not_changed_is_not_compared_again(counting: Counting, tmp_path: Path) -> None:
    rows, _ = planted(1500)
    everything, found = counting.of(rows, tmp_path / "kept")
    again, same = counting.of(rows, tmp_path / "kept")
    assert same == found
    assert again <= 3 * len(found) < everything / 100
    assert counting.of(rows, tmp_path / "kept", anew=True) == (everything, found)


def test_a_few_edits_cost_a_few_comparisons(counting: Counting, tmp_path: Path) -> None:
    rows, true = planted(3000)
    everything, before = counting.of(rows, tmp_path / "kept")
    dice = Random(6)
    one, other = true[0]
    rows[one] = varied(rows[(one + 1) % len(rows)], dice, key=rows[one].key)   # no copy any more, but one of another
    rows[true[1][0]] = replace(rows[true[1][0]], phones=())
    rows.append(replace(varied(rows[true[2][0]], dice, key="new"), city="Elsewhere"))
    some, found = counting.of(rows, tmp_path / "kept")
    assert some < everything / 4
    assert {(pair.first, pair.second) for pair in before} ^ {(pair.first, pair.second) for pair in found} > {(one, other)}
    assert found == find_duplicates(rows, past=tmp_path / "new")


def test_other_weights_another_threshold_and_a_damaged_file_compare_everything(counting: Counting, tmp_path: Path) -> None:
    rows, _ = planted(600)
    kept = tmp_path / "kept"
    everything, found = counting.of(rows, kept)
    weights = shipped_weights()
    for changed in (replace(weights, start=weights.start + 0.5), replace(weights, threshold=0.6)):
        counting.count = 0
        find_duplicates(rows, weights=changed, past=kept)
        assert counting.count >= everything
        counting.of(rows, kept)
    whole = kept.read_bytes()
    for damaged in (b"", b"short", whole[:-3], b"x" + whole[1:]):
        kept.write_bytes(damaged)
        assert counting.of(rows, kept) == (everything, found)
    assert kept.read_bytes() == whole
    assert kept.stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_another_program_compares_everything(counting: Counting, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rows, _ = planted(600)
    everything, found = counting.of(rows, tmp_path / "kept")
    monkeypatch.setattr(past, "_program", lambda: b"another")
    assert counting.of(rows, tmp_path / "kept") == (everything, found)


@given(st.integers(0, 10**9))
def test_steps_never_give_more_and_a_seventeenth_less_at_most(count: int) -> None:
    assert count * 16 / 17 <= table.in_steps(count) <= count
    assert table.in_steps(count + 1) >= table.in_steps(count)
