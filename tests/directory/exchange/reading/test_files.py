"""Broken files are named by file, line and what to do, and never fill the memory."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from directory.errors import UnreadableInput
from directory.exchange.reading.files import LINE_LIMIT, read_header, read_lines, read_objects, read_rows


def write(tmp_path: Path, content: bytes, name: str = "elm.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    assert read_header(write(tmp_path, b"\xef\xbb\xbfname, town \nElm,Ash\n")) == ["name", "town"]


def test_rows_carry_the_line_they_start_on_when_cells_run_over_lines(tmp_path: Path) -> None:
    rows = read_rows(write(tmp_path, b'name,note\nA,"one\ntwo\nthree"\n\nB,x\n'))
    assert list(rows) == [(2, ["A", "one\ntwo\nthree"]), (6, ["B", "x"])]


@pytest.mark.parametrize(("content", "line", "words"), [
    ("name\nCaf\u00e9\n".encode("latin-1"), 2, "UTF-8"),
    ("name\nElm\n".encode("utf-16"), 1, "UTF-16"),
    (b'name,note\nA,b\nB,"never closed\nC,d\n', 3, "quotation mark"),
    (b'name\nA\n"B"x\n', 3, "CSV"),
])
def test_a_table_that_is_no_utf8_csv_names_its_line(tmp_path: Path, content: bytes, line: int, words: str) -> None:
    with pytest.raises(UnreadableInput, match=words) as raised:
        list(read_rows(write(tmp_path, content)))
    assert (raised.value.file, raised.value.line) == ("elm.csv", line)


@pytest.mark.parametrize(("heading", "columns"), [
    ("name;town", ["name", "town"]), ("name\ttown", ["name", "town"]), ('"name, full";town', ["name, full", "town"]),
    ("name; or names,town", ["name; or names", "town"]), ('"name;\nor names",town', ["name;\nor names", "town"]), ("name", ["name"]),
])  # fmt: skip
def test_the_headings_say_what_parts_the_columns(tmp_path: Path, heading: str, columns: list[str]) -> None:
    assert read_header(write(tmp_path, f"{heading}\n".encode())) == columns


def test_an_empty_table_has_no_header(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="empty"):
        read_header(write(tmp_path, b""))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"nowhere\.csv.*cannot be opened"):
        list(read_lines(tmp_path / "nowhere.csv"))


@pytest.mark.parametrize(("content", "line"), [
    (b'{"name": "A"}\n{"name": "B", "urls": ["http', 2),
    (b'{"name": "A"}\n\n[1, 2]\n', 3),
    (b'{"name": "half \\ud800"}\n', 1),
    (b"[" * 100_000 + b"\n", 1),
])
def test_a_line_that_is_no_whole_object_is_named(tmp_path: Path, content: bytes, line: int) -> None:
    with pytest.raises(UnreadableInput) as raised:
        list(read_objects(write(tmp_path, content)))
    assert raised.value.line == line


def test_a_line_of_two_hundred_megabytes_is_refused_without_being_held(tmp_path: Path) -> None:
    path = tmp_path / "endless.jsonl"
    with path.open("wb") as file:
        file.write(b'{"name": "A"}\n{"name": "')
        file.seek(200_000_000, 1)   # a hole: it takes no room on the disk and reads as zeros
        file.write(b'"}\n')
    tracemalloc.start()
    with pytest.raises(UnreadableInput, match="longer than 1,000,000 bytes") as raised:
        list(read_objects(path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert raised.value.line == 2
    assert peak < 5 * LINE_LIMIT


def test_a_line_at_the_limit_is_read(tmp_path: Path) -> None:
    line = b'{"name": "' + b"a" * (LINE_LIMIT - 13) + b'"}\n'
    assert len(line) == LINE_LIMIT
    assert next(read_objects(write(tmp_path, line)))[0] == 1
