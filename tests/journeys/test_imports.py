"""Importing as an operator does it: four real directories twice each through the command, and files that are broken in every way people break them."""

from __future__ import annotations

import csv
import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import MetaData, func, select

from directory.exchange.nyc.tables import COLUMNS
from directory.storage import Storage, sqlite_url
from web.cli import main

SAN_MATEO, NEW_YORK, PANTRIES = "smc-ohana-2013/organizations.jsonl", "nyc-funded-services-2021", "losangeles-food/food-pantry.csv"
MARKETS = "losangeles-food/farmers-market.csv"
SECONDS = 60.0
"""The most that one import of a real directory may take on a busy machine; New York takes 9 s."""


class Desk:
    """An operator's terminal with a data folder of its own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, region: str) -> None:
        self.folder = folder / "data"
        monkeypatch.setenv("HOMEGROUND_DATA_DIR", str(self.folder))
        monkeypatch.setenv("HOMEGROUND_REGION", region)
        self.report_file = folder / "report.json"

    def run(self, *words: str | Path) -> tuple[int, str]:
        """A command's exit code and what it printed."""
        done = CliRunner().invoke(main, [str(word) for word in words])
        return done.exit_code, done.output

    def take(self, path: Path, *words: str) -> dict[str, Any]:
        """Import a file that can be read; gives the report as a program reads it. The command fails only where nothing could be taken."""
        code, said = self.run("import", path, "--report", self.report_file, *words)
        report: dict[str, Any] = json.loads(self.report_file.read_text("utf-8"))
        assert code == int(0 < report["records_in"] == report["refused"]), said
        assert f"{report['added']:,} added, {report['changed']:,} changed, {report['unchanged']:,} unchanged, {report['refused']:,} refused" in said
        return report

    def rows(self) -> dict[str, tuple[int, str]]:
        """Every table with its number of rows and a digest of them: two directories that are alike say the same."""
        storage, found, tables = Storage(sqlite_url(self.folder / "homeground.sqlite3")), {}, MetaData()
        tables.reflect(storage.engine)
        with storage.reading() as session:
            for table in tables.sorted_tables:
                digest = hashlib.sha256()
                for row in session.execute(select(table).order_by(*table.primary_key.columns)):
                    digest.update(repr(row).encode())
                found[table.name] = (session.scalar(select(func.count()).select_from(table)) or 0, digest.hexdigest())
        storage.close()
        return found


@pytest.fixture
def desk(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A new one for each test; only those with real directories need the places of a country, which take 2 s to load."""
    return Desk(tmp_path, monkeypatch, "US" if request.node.get_closest_marker("real_data") else "GB")


def adds_up(report: dict[str, Any]) -> bool:
    lists = all({"file", "line", "field", "value", "reason"} <= set(entry) for entry in report["refusals"] + report["repairs"])
    return bool(lists and report["records_in"] == sum(report[name] for name in ("added", "changed", "unchanged", "refused")) == _counted(report))


def _counted(report: dict[str, Any]) -> int:
    return int(report["added"] + report["changed"] + report["unchanged"] + len(report["refusals"]))


def lines_of(path: Path) -> int:
    """The records that a file has, counted without any reader of ours."""
    if path.is_dir():
        return sum(lines_of(path / name) for name in ("providers.csv", "programs.csv", "contracts.csv", "sites.csv"))
    with path.open(newline="", encoding="utf-8-sig") as file:
        return sum(1 for line in file if line.strip()) if path.suffix == ".jsonl" else sum(1 for _ in csv.DictReader(file))


@pytest.mark.real_data
@pytest.mark.parametrize(("name", "records"), [(SAN_MATEO, 1_703), (NEW_YORK, 12_211), (PANTRIES, 343), (MARKETS, 121)])
def test_a_real_directory_is_taken_whole_and_the_second_time_changes_nothing(real_data: Path, desk: Desk, name: str, records: int) -> None:
    assert lines_of(real_data / name) == records
    starts = time.perf_counter()
    first = desk.take(real_data / name)
    took = time.perf_counter() - starts
    assert adds_up(first)
    assert (first["records_in"], first["added"], first["refused"]) == (records, records, 0)
    assert not [repair for repair in first["repairs"] if repair["field"].startswith("attribute")]   # every term of the rules is in the vocabularies
    assert not [repair for repair in first["repairs"] if repair["line"] < 1]
    before = desk.rows()
    second = desk.take(real_data / name)
    assert adds_up(second)
    assert (second["records_in"], second["unchanged"], second["changed"], second["added"], second["refused"]) == (records, records, 0, 0, 0)
    assert _but_last_seen(desk.rows()) == _but_last_seen(before)
    assert took < SECONDS


@pytest.mark.real_data
@pytest.mark.parametrize(("name", "words", "groups", "unpublished"), [
    ("meetingguide-sanjose/meetings.json", ("--as", "meeting-guide", "--programme", "aa", "--timezone", "America/Los_Angeles"), 517, 0),
    ("bmlt-newyork", ("--as", "bmlt", "--programme", "na", "--timezone", "America/New_York"), 1_369, 42),
])
def test_a_real_feed_of_meetings_is_taken_and_the_second_time_changes_nothing(
    real_data: Path, desk: Desk, name: str, words: tuple[str, ...], groups: int, unpublished: int
) -> None:
    starts = time.perf_counter()
    first = desk.take(real_data / name, *words)
    took = time.perf_counter() - starts
    assert adds_up(first)
    assert (first["records_in"], first["added"], first["refused"]) == (groups + unpublished, groups, unpublished)
    assert not [repair for repair in first["repairs"] if repair["field"].startswith("attribute")]   # every term of the tables is in the vocabularies
    before = desk.rows()
    second = desk.take(real_data / name, *words)
    assert (second["unchanged"], second["changed"], second["added"], second["refused"]) == (groups, 0, 0, unpublished)
    assert _but_last_seen(desk.rows()) == _but_last_seen(before)
    assert took < SECONDS


@pytest.mark.parametrize(("words", "said"), [(("--as", "meeting-guide"), "--programme"), (("--as", "bmlt", "--programme", "x"), "--programme")])
def test_a_feed_of_meetings_whose_programme_is_not_told_is_not_read(desk: Desk, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    (tmp_path / "feed.json").write_text("[{}]")
    code, told = desk.run("import", tmp_path / "feed.json", *words)
    assert code != 0
    assert said in told


@pytest.mark.parametrize("version", ["3.1", "3.2.3"])
def test_the_official_examples_are_taken_twice_with_every_count_in_place(hsds: Path, desk: Desk, version: str) -> None:
    taken, paths = 0, sorted((hsds / "examples" / version).glob("*.json"))
    for path in paths:
        first, second = desk.take(path, "--feed", "examples"), desk.take(path, "--feed", "examples")   # parts of one feed
        assert adds_up(first), path.name
        assert adds_up(second), path.name
        taken += first["added"] + first["changed"] + first["unchanged"]
        assert (second["added"], second["changed"], second["refused"]) == (0, 0, first["refused"]), path.name
        assert bool(first["refused"]) == (path.name in ("base.json", "tabular.json")), path.name   # what the API says of itself, and a table
    assert taken >= len(paths) - 2 > 10


def _but_last_seen(rows: dict[str, tuple[int, str]]) -> dict[str, tuple[int, str] | int]:
    """All but the moment at which a source and its records were last seen."""
    return {name: count if name in ("provenance", "source") else (count, digest) for name, (count, digest) in rows.items()}


# --- files that are broken --------------------------------------------------------------------------------------------------------

SERVICE = {
    "id": "5d8d4a35-5aa5-4c41-9c0c-1d0a3d0f1c11", "name": "Thursday Kitchen", "status": "active",
    "organization": {"id": "0e7f4f55-71e5-4c30-8f0e-2f9a0d4c1a22", "name": "Green Door", "description": "A house on the corner."},
}


def write_kitchens(folder: Path) -> Path:
    """A good file, so that there is a directory to lose."""
    path = folder / "kitchens.json"
    path.write_text(json.dumps([SERVICE]), "utf-8")
    return path


def wrong_encoding(folder: Path) -> Path:
    path = folder / "wrong.json"
    path.write_bytes(json.dumps([SERVICE | {"name": "Café"}], ensure_ascii=False).encode("latin-1"))
    return path


def wrong_encoding_by_line(folder: Path) -> Path:
    path = folder / "wrong.jsonl"
    path.write_bytes(b'{"id": "%s", "name": "Good"}\n{"name": "Caf\xe9"}\n' % str(SERVICE["id"]).encode())
    return path


def truncated(folder: Path) -> Path:
    path = folder / "cut.json"
    path.write_text(json.dumps([SERVICE, SERVICE | {"id": "5d8d4a35-5aa5-4c41-9c0c-1d0a3d0f1c12"}])[:-90], "utf-8")
    return path


def truncated_by_line(folder: Path) -> Path:
    path = folder / "cut.jsonl"
    path.write_text(json.dumps(SERVICE | {"name": "Changed"}) + "\n" + json.dumps(SERVICE)[:60], "utf-8")
    return path


def empty(folder: Path) -> Path:
    path = folder / "empty.json"
    path.write_bytes(b"")
    return path


def zeros(folder: Path) -> Path:
    path = folder / "zeros.json"
    path.write_bytes(b"\0" * 4096)
    return path


def deep(folder: Path) -> Path:
    path = folder / "deep.json"
    path.write_text("[" * 200_000)
    return path


def endless_line(folder: Path) -> Path:
    path = folder / "endless.jsonl"
    with path.open("wb") as file:
        file.write(b'{"id": "5d8d4a35-5aa5-4c41-9c0c-1d0a3d0f1c11", "name": "')
        for _ in range(200):
            file.write(b"x" * 1_000_000)
        file.write(b'"}\n')
    return path


def tables(folder: Path, *, without: str = "", site_names: str = "1") -> Path:
    """The four files of a small New York, one site in it, with something wrong."""
    folder = folder / "tables"
    folder.mkdir()
    rows = {
        "providers": {"provider_id": "1", "provider_name": "Green Door"},
        "programs": {"program_id": "7", "program_name": "Kitchen", "agency_name": "DYCD"},
        "contracts": {"contract_id": "3", "provider_id": "1", "program_id": "7"},
        "sites": {"site_id": "9", "provider_id": site_names, "program_id": "7", "contract_id": "3", "fixed_address": "false"},
    }
    for name, row in rows.items():
        kept = {column: row.get(column, "") for column in COLUMNS[name] if column != without}
        (folder / f"{name}.csv").write_text(f"{','.join(kept)}\n{','.join(kept.values())}\n", "utf-8")
    return folder


BROKEN: dict[str, tuple[Callable[[Path], Path], str]] = {
    "wrong encoding": (wrong_encoding, "UTF-8"),
    "wrong encoding in a line": (wrong_encoding_by_line, "UTF-8"),
    "truncated JSON": (truncated, "JSON"),
    "truncated JSON lines": (truncated_by_line, "line 2"),
    "nothing in it": (empty, "empty"),
    "only zeros": (zeros, "JSON"),
    "deep JSON": (deep, "JSON"),
    "a line of 200 MB": (endless_line, "line 1"),
    "a missing column": (lambda folder: tables(folder, without="provider_id"), "provider_id"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_gives_a_clear_error_and_changes_nothing(desk: Desk, tmp_path: Path, name: str) -> None:
    make, telling = BROKEN[name]
    assert desk.take(write_kitchens(tmp_path))["added"] == 1
    before, path = desk.rows(), make(tmp_path)
    starts = time.perf_counter()
    code, said = desk.run("import", path)
    took = time.perf_counter() - starts
    if path.is_file():
        path.unlink()
    assert code == 1, said
    assert said.startswith("Error: "), said
    assert telling in said, said
    assert "Traceback" not in said
    assert len(said) < 600, said[:1000]
    assert desk.rows() == before
    assert took < 20


def test_a_key_that_leads_nowhere_is_refused_by_file_and_line(desk: Desk, tmp_path: Path) -> None:
    report = desk.take(tables(tmp_path, site_names="404"))
    assert adds_up(report)
    assert (report["records_in"], report["refused"]) == (4, 1)
    refusal = report["refusals"][0]
    assert (refusal["file"], refusal["line"], refusal["field"], refusal["value"]) == ("sites.csv", 2, "provider_id", "404")
    assert "no row" in refusal["reason"]


def test_a_trial_says_the_same_and_keeps_nothing(desk: Desk, tmp_path: Path) -> None:
    path = write_kitchens(tmp_path)
    code, said = desk.run("import", path, "--dry-run")
    assert (code, "1 added" in said, "nothing was changed" in said) == (0, True, True)
    assert desk.rows()["service"][0] == 0
    assert desk.take(path)["added"] == 1


def test_a_file_that_is_not_there_is_a_mistake_in_the_command(desk: Desk, tmp_path: Path) -> None:
    code, said = desk.run("import", tmp_path / "none.json")
    assert (code, "does not exist" in said) == (2, True)
