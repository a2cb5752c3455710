"""The commands that write groups to a file: whole or not at all, with what readers elsewhere show otherwise, and nothing hidden."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from directory.storage import Storage, sqlite_url
from tests.directory.exchange.meeting_guide.strict import read
from tests.directory.exchange.meetings.groups import ONE, make_group, make_hidden
from tests.ground import NAME, put_into
from tests.make import make_hours, make_place
from web import exported_feeds
from web.cli import main

Run = Callable[..., Result]
KINDS = {"meeting-guide": "groups.json", "bmlt": "groups.json", "geojson": "places.geojson", "kml": "places.kml", "csv": "groups.csv"}


@pytest.fixture
def run(tmp_path: Path, ground_file: Path) -> Run:
    """Runs a command over a small world with hidden things in it."""
    put_into(tmp_path / "data", ground_file)
    storage = Storage(sqlite_url(tmp_path / "data" / NAME))
    with storage.writing() as session:
        make_hidden(session, ONE)
        make_group(session, "Choir", kind="activity", at="The Hall")
        make_place(session, make_group(session, "Own House"), "Own room", location_type="virtual", url="https://meet.porch.example/room")
        rare = make_group(session, "Rare", days="")
        make_hours(session, rare, "WE", "19:00", "20:00", valid_to="2090-01-01")
    storage.close()
    environ = {"HOMEGROUND_DATA_DIR": str(tmp_path / "data"), "HOMEGROUND_BASE_URL": "https://home.example"}
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words], env=environ)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_written_whole_and_holds_nothing_hidden(run: Run, tmp_path: Path, kind: str) -> None:
    path = tmp_path / KINDS[kind]
    done = run("export", kind, path)
    assert done.exit_code == 0, done.output
    assert "6 meetings written" in done.output
    content = path.read_bytes()
    assert b"Tuesday Porch" in content
    assert [text for text in ONE.texts if text.encode() in content] == []
    assert not list(tmp_path.glob("*.part"))


def records(run: Run, path: Path, *options: object) -> list[dict[str, Any]]:
    assert run("export", "meeting-guide", path, *options).exit_code == 0
    found: list[dict[str, Any]] = json.loads(path.read_text())
    return found


def test_a_strict_reader_takes_the_file(run: Run, tmp_path: Path) -> None:
    assert read(records(run, tmp_path / "groups.json")).dropped == {}


def test_options_choose_what_is_in_it(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "groups.json"
    usual = {record["name"] for record in records(run, path)}
    assert {record["name"] for record in records(run, path, "--activities")} - usual == {"Choir"}
    assert usual - {record["name"] for record in records(run, path, "--weekly-only")} == {"Rare"}
    assert next(record["notes"] for record in records(run, path) if record["name"] == "Rare").startswith("Until 1 January 2090 only.")


def test_what_readers_elsewhere_show_otherwise_is_told_and_written(run: Run, tmp_path: Path) -> None:
    done = run("export", "meeting-guide", tmp_path / "groups.json", "--report", tmp_path / "report.json")
    said = json.loads((tmp_path / "report.json").read_text())
    assert said["meetings"] == 6
    told = {one["name"]: one["why"] for one in said["shown_otherwise"]}
    assert "host" in told["Own House"]
    assert "place" in told["Quiet Evening"]
    assert "Tuesday Porch" not in told
    assert "Own House" in done.output


def test_the_bmlt_file_is_what_servers_import(run: Run, tmp_path: Path) -> None:
    run("export", "bmlt", tmp_path / "groups.json")
    found = json.loads((tmp_path / "groups.json").read_text())
    assert set(found) == {"meetings", "formats"}
    used = {number for record in found["meetings"] for number in record["format_shared_id_list"].split(",") if number}
    assert used == {one["id"] for one in found["formats"]}


def test_the_table_has_a_row_a_meeting(run: Run, tmp_path: Path) -> None:
    run("export", "csv", tmp_path / "groups.csv")
    with (tmp_path / "groups.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 6


def test_a_file_that_cannot_be_written_leaves_the_old_one(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "groups.json"
    path.write_text("old")

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exported_feeds.os, "fsync", full)
    assert run("export", "meeting-guide", path).exit_code == 1
    assert path.read_text() == "old"
    assert not list(tmp_path.glob("*.part"))


def test_a_folder_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    done = run("export", "geojson", tmp_path / "none" / "x.geojson")
    assert done.exit_code != 0
    assert "Traceback" not in done.output
