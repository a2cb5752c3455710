"""Counts of people: nothing that is shown, and no difference of two figures that are shown, is one to nine, and no hidden cell can be worked out."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from directory.coverage.hiding import LEAST, Shown, head_rows, hide

TABLES = st.dictionaries(st.tuples(st.sampled_from("abcde"), st.sampled_from("vwxyz")), st.one_of(st.integers(0, 12), st.integers(0, 60)), max_size=25)
Cell = tuple[str, str]


def pieces(counts: dict[Cell, int], shown: Shown) -> list[tuple[frozenset[Cell], int]]:
    """Every figure that the table shows, with the cells that it is the sum of."""
    hidden = {key for key, count in counts.items() if 0 < count < LEAST}
    found = [(frozenset({key}), count) for key, count in shown.cells.items()]
    found += [(frozenset(key for key in hidden if key[0] == row), count) for row, count in shown.rest.items()]
    if shown.elsewhere:
        found.append((frozenset(key for key in hidden if key[0] not in shown.rest), shown.elsewhere))
    rows = [(frozenset().union(*(cells for cells, _ in found if cells and {key[0] for key in cells} == {row})), shown.row_total(row)) for row in shown.rows]
    return [*found, *rows, (frozenset().union(*(cells for cells, _ in found)), shown.total)]


@given(TABLES)
def test_every_figure_is_the_sum_of_what_it_says(counts: dict[Cell, int]) -> None:
    for cells, figure in pieces(counts, hide(counts)):
        assert sum(counts[cell] for cell in cells) == figure


@given(TABLES)
def test_no_figure_and_no_difference_of_two_is_one_to_nine(counts: dict[Cell, int]) -> None:
    figures = pieces(counts, hide(counts))
    assert all(not 0 < figure < LEAST for _, figure in figures)
    for (one, less), (other, more) in combinations(sorted(figures, key=lambda pair: len(pair[0])), 2):
        if one <= other:
            assert more - less == 0 or more - less >= LEAST


@given(TABLES)
def test_every_hidden_cell_could_still_be_nought(counts: dict[Cell, int]) -> None:
    shown = hide(counts)
    singles = {cell for cells, _ in pieces(counts, shown) if len(cells) == 1 for cell in cells}
    assert singles == set(shown.cells)
    for cells, figure in pieces(counts, shown):
        if not cells & set(shown.cells):
            assert figure <= (LEAST - 1) * (len(cells) - 1) or not cells   # the others can hold all of it


@given(TABLES)
def test_rows_and_columns_of_small_counts_alone_are_not_even_named(counts: dict[Cell, int]) -> None:
    shown = hide(counts)
    assert set(shown.columns) == {column for _, column in shown.cells}
    assert set(shown.rows) == {row for row, _ in shown.cells} | set(shown.rest)
    _, lines = head_rows(shown, {}, {})
    assert all(value is None or isinstance(value, str) or value == 0 or value >= LEAST for line in lines for value in line)   # type: ignore[operator]


@given(TABLES)
def test_all_that_can_be_told_in_one_cell_is_told(counts: dict[Cell, int]) -> None:
    assert hide(counts).cells == {key: count for key, count in counts.items() if count >= LEAST}


def test_a_rest_of_two_nines_is_not_told_because_both_would_be_known() -> None:
    assert hide({("a", "v"): 9, ("a", "w"): 9}).total == 0
    assert hide({("a", "v"): 5, ("a", "w"): 5, ("a", "x"): 5}).rest == {"a": 15}
    assert hide({("a", "v"): 5, ("b", "w"): 5, ("c", "x"): 5}).elsewhere == 15
