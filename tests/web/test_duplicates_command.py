"""Tests of ``homeground duplicates``: in the directory, in tables, and what it says of files it cannot use."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.bench.planted import planted
from tests.ground import put_into
from web.cli import main

Run = Callable[..., Result]
HEADINGS = ["True Id", "Id", "Source", "Site name", "Address", "Zip", "Phone"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the command without any data folder, which a table does not need."""
    return lambda *words: CliRunner().invoke(main, ["duplicates", *map(str, words)], env={"HOMEGROUND_DATA_DIR": str(tmp_path / "none")})


def lines_of(count: int = 300) -> list[list[str]]:
    """An invented table with its truth in the first column."""
    rows, pairs = planted(count)
    truth = {place: str(number) for number, pair in enumerate(pairs) for place in pair}
    plain = [(row.name, *(next(iter(cell), "") for cell in (row.streets, row.postcodes, row.phones))) for row in rows]
    return [[truth.get(at, f"alone {at}"), str(at + 1000), "a list", *cells] for at, cells in enumerate(plain)]


def write(path: Path, lines: list[list[str]], headings: list[str] = HEADINGS) -> Path:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([headings, *lines])
    return path


def pairs_in(path: Path) -> list[tuple[int, int, float, str]]:
    with path.open(newline="") as file:
        return [(int(row["row_a"]), int(row["row_b"]), float(row["score"]), row["reason"]) for row in csv.DictReader(file)]


def test_pairs_of_a_table_are_written_and_measured(run: Run, tmp_path: Path) -> None:
    lines = lines_of(1000)
    table = write(tmp_path / "table.csv", lines)
    done = run("--csv", table, "--pairs", tmp_path / "out.csv", "--truth", "True Id")
    assert done.exit_code == 0, done.output
    pairs = pairs_in(tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text().splitlines()[0] == "row_a,row_b,score,reason"
    assert all(1 <= one < other <= len(lines) for one, other, _, _ in pairs)
    assert len({pair[:2] for pair in pairs}) == len(pairs)
    assert all(reason and 0.5 <= score <= 1 for _, _, score, reason in pairs)
    right = sum(lines[one - 1][0] == lines[other - 1][0] for one, other, _, _ in pairs)
    precision, recall = right / len(pairs), right / 30
    assert done.output.splitlines()[-1] == f"precision {precision:.4f} recall {recall:.4f} F1 {2 * right / (len(pairs) + 30):.4f}"
    assert right >= 24


@pytest.mark.parametrize("what", ["shuffled", "gone", "all one"])
def test_the_column_of_the_truth_and_ids_change_no_pair(run: Run, tmp_path: Path, what: str) -> None:
    lines = lines_of()
    run("--csv", write(tmp_path / "table.csv", lines), "--pairs", tmp_path / "before.csv", "--truth", "True Id")
    if what == "gone":
        other = write(tmp_path / "other.csv", [line[3:] for line in lines], HEADINGS[3:])
    else:
        labels = [line[0] for line in lines]
        random.Random(1).shuffle(labels)
        changed = [["one", "1", "one", *line[3:]] if what == "all one" else [label, label, label, *line[3:]] for label, line in zip(labels, lines, strict=True)]
        other = write(tmp_path / "other.csv", changed)
    options = [] if what == "gone" else ["--truth", "True Id"]
    assert run("--csv", other, "--pairs", tmp_path / "after.csv", *options).exit_code == 0
    assert (tmp_path / "before.csv").read_bytes() == (tmp_path / "after.csv").read_bytes()
    assert len(pairs_in(tmp_path / "after.csv")) >= 5


def test_a_truth_that_looks_like_a_name_is_not_read_either(run: Run, tmp_path: Path) -> None:
    table = write(tmp_path / "table.csv", [["same", "9 Oak Lane"], ["same", "12 Mill Road"]], ["name", "address"])
    assert run("--csv", table, "--truth", "name").output.splitlines() == ["row_a,row_b,score,reason", "precision 1.0000 recall 0.0000 F1 0.0000"]


def test_a_higher_threshold_gives_fewer_of_the_same_pairs(run: Run, tmp_path: Path) -> None:
    table = write(tmp_path / "table.csv", lines_of())
    found = []
    for threshold in ("0.1", "0.5", "0.999"):
        assert run("--csv", table, "--pairs", tmp_path / "out.csv", "--threshold", threshold).exit_code == 0
        found.append(set(pairs_in(tmp_path / "out.csv")))
    assert found[0] >= found[1] >= found[2]
    assert len(found[0]) > len(found[2])


def test_a_table_of_one_row_and_of_none_have_no_pairs(run: Run, tmp_path: Path) -> None:
    for lines in ([], lines_of()[:1]):
        done = run("--csv", write(tmp_path / "table.csv", lines), "--pairs", tmp_path / "out.csv", "--truth", "True Id")
        assert done.exit_code == 0, done.output
        assert done.output.splitlines()[-1] == "precision 1.0000 recall 1.0000 F1 1.0000"
        assert (tmp_path / "out.csv").read_text() == "row_a,row_b,score,reason\n"


def test_an_old_spreadsheet_is_read_and_json_is_json(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_bytes("name;phone\nCafé Über;555-0143\nCAFE UBER;312 555 0143\n".encode("latin-1"))
    [pair] = json.loads(run("--csv", table, "--json").output)["pairs"]
    assert (pair["row_a"], pair["row_b"], pair["reason"]) == (1, 2, "same phone; same name")


def test_what_cannot_be_used_is_one_plain_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "odd.csv").write_text("a,b\n1,2\n")
    table = write(tmp_path / "table.csv", lines_of()[:3])
    for words, said in {
        ("--csv", tmp_path / "empty.csv"): "the file is empty",
        ("--csv", tmp_path / "odd.csv"): "no column is recognised",
        ("--csv", table, "--truth", "Answer"): "there is no column 'Answer'. The columns are: True Id, Id,",
        ("--csv", table, "--pairs", tmp_path / "no such folder" / "out.csv"): "No such file or directory",
    }.items():
        done = run(*words)
        assert done.exit_code == 1, done.output
        assert done.output.startswith("Error: ")
        assert said in done.output
        assert done.output.count("\n") == 1


@pytest.mark.parametrize("words", [("--csv", "nowhere.csv"), ("--pairs", "out.csv"), ("--truth", "Id"), ("--threshold", "2"), ("--threshold", "half")])
def test_a_command_that_is_written_wrongly_ends_with_2(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


def test_pairs_of_the_directory_are_printed_with_their_reason(tmp_path: Path, ground_file: Path) -> None:
    put_into(tmp_path / "data", ground_file)
    choir = {"id": "0b2b6d3c-6a53-4c6a-9a1b-333333333333", "name": "Riverside Choir Circle", "status": "active", "url": "https://choir.example.org/circle",
             "description": "Everyone sings."}  # fmt: skip
    twice = [choir, {**choir, "id": "0b2b6d3c-6a53-4c6a-9a1b-444444444444", "name": "RIVERSIDE CHOIR CIRCLE"}]
    (tmp_path / "feed.json").write_text(json.dumps(twice))
    environ = {"HOMEGROUND_DATA_DIR": str(tmp_path / "data")}
    assert CliRunner().invoke(main, ["import", str(tmp_path / "feed.json")], env=environ).exit_code == 0
    plain = CliRunner().invoke(main, ["duplicates"], env=environ)
    assert plain.exit_code == 0, plain.output
    assert plain.output.splitlines()[0] == "1 pair that may be the same"
    assert "service: same name; same web page" in plain.output
    [pair] = json.loads(CliRunner().invoke(main, ["duplicates", "--json"], env=environ).output)["pairs"]
    assert {pair["a"]["id"], pair["b"]["id"]} == {one["id"] for one in twice}
    assert pair["kind"] == "service"


def test_anew_fills_the_queue_of_the_curators(tmp_path: Path) -> None:
    data = tmp_path / "data"
    environment = {"HOMEGROUND_DATA_DIR": str(data)}
    assert CliRunner().invoke(main, ["duplicates", "--anew"], env=environment).output == "0 pairs wait for a curator\n"
    assert sorted(path.name for path in (data / "duplicates").iterdir()) == ["organization", "service"]
    refused = CliRunner().invoke(main, ["duplicates", "--anew", "--json"], env=environment)
    assert (refused.exit_code, "goes with no other option" in refused.output) == (2, True)
