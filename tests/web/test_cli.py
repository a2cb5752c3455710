"""Tests of the command ``homeground``: what each command does, and how it says what went wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.ground import put_into
from web.cli import main

Run = Callable[..., Result]

PANTRY = {
    "id": "0b2b6d3c-6a53-4c6a-9a1b-111111111111",
    "name": "Open Table Pantry",
    "description": "A pantry where neighbours cook and eat together on Tuesdays.",
    "status": "active",
    "organization": {"id": "0b2b6d3c-6a53-4c6a-9a1b-222222222222", "name": "Open Table", "description": "Neighbours who share food."},
}
CHOIR = {**PANTRY, "id": "0b2b6d3c-6a53-4c6a-9a1b-333333333333", "name": "Riverside Choir", "description": "Everyone sings, nobody auditions."}


@pytest.fixture
def run(tmp_path: Path, ground_file: Path) -> Run:
    """Runs a command in a data folder of its own, which has been started before."""
    put_into(tmp_path / "data", ground_file)
    environ = {"HOMEGROUND_DATA_DIR": str(tmp_path / "data")}
    return lambda *words, **more: CliRunner().invoke(main, [str(word) for word in words], env={**environ, **more})


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """An HSDS feed of two services."""
    path = tmp_path / "feed.json"
    path.write_text(json.dumps([PANTRY, CHOIR]))
    return path


def test_importing_twice_changes_nothing_the_second_time(run: Run, feed: Path, tmp_path: Path) -> None:
    reports = []
    for number in (1, 2):
        where = tmp_path / f"report{number}.json"
        done = run("import", feed, "--report", where, HOMEGROUND_DATA_DIR=str(tmp_path / "never seen before"))
        assert done.exit_code == 0, done.output
        reports.append(json.loads(where.read_text()))
    assert [(report["records_in"], report["added"], report["unchanged"]) for report in reports] == [(2, 2, 0), (2, 0, 2)]
    for report in reports:
        assert report["records_in"] == report["added"] + report["changed"] + report["unchanged"] + report["refused"]


def test_a_dry_run_changes_nothing(run: Run, feed: Path, tmp_path: Path) -> None:
    assert "2 added" in run("import", feed, "--dry-run").output
    assert "2 added" in run("import", feed).output


def test_what_was_imported_comes_out_as_it_went_in(run: Run, feed: Path, tmp_path: Path) -> None:
    run("import", feed)
    assert "2 services written" in run("export", "hsds", tmp_path / "out.ndjson").output
    assert "2 services written" in run("export", "hsds", tmp_path / "out.json").output
    lines = [json.loads(line) for line in (tmp_path / "out.ndjson").read_text().splitlines()]
    assert lines == json.loads((tmp_path / "out.json").read_text())
    for said, got in zip([PANTRY, CHOIR], lines, strict=True):
        assert {key: got[key] for key in ("id", "name", "description", "status")} == {key: said[key] for key in ("id", "name", "description", "status")}
    assert not list(tmp_path.glob("*.part"))


def test_an_empty_directory_is_written_as_an_empty_list(run: Run, tmp_path: Path) -> None:
    assert run("export", "hsds", tmp_path / "out.json").exit_code == 0
    assert json.loads((tmp_path / "out.json").read_text()) == []
    run("export", "hsds", tmp_path / "out.ndjson")
    assert (tmp_path / "out.ndjson").read_text() == ""


def test_a_person_is_matched_in_the_terminal(run: Run, feed: Path, tmp_path: Path) -> None:
    run("import", feed)
    profile = tmp_path / "profile.json"
    profile.write_text(json.dumps({"text": "sing"}))
    text = run("match", profile)
    assert text.exit_code == 0, text.output
    assert "1. Riverside Choir" in text.output
    said = json.loads(run("match", profile, "--json", "--limit", "1").output)
    assert said["results"][0]["name"] == "Riverside Choir"
    assert said["results"][0]["reasons"][0]["text"] in text.output


def test_words_are_looked_for_in_the_terminal_with_the_reasons_of_the_api(run: Run, feed: Path) -> None:
    run("import", feed)
    text = run("find", "sing together", "--strength", "cooking", "--near", "94063")
    assert text.exit_code == 0, text.output
    assert "1. Riverside Choir" in text.output
    said = json.loads(run("find", "sing together", "--strength", "cooking", "--near", "94063", "--limit", "1", "--json").output)
    [result] = said["results"]
    assert result["name"] == "Riverside Choir"
    lines = [line.strip() for line in text.output.splitlines()]
    assert {f"+ {reason['text']}" for reason in result["reasons"]} | {f"? {unknown['text']}" for unknown in result["unknowns"]} <= set(lines)
    assert [line for line in lines if line.startswith("Not shown")] == [f"Not shown, {out['count']}: {out['text']}" for out in said["not_shown"]]


def test_words_of_danger_bring_those_who_answer_right_now_before_anything_else(run: Run, feed: Path) -> None:
    run("import", feed)
    said = run("find", "I want to die").output
    assert said.startswith("You can reach someone right now:")
    assert "right now" not in run("find", "sing together").output
    assert json.loads(run("find", "I want to die", "--json").output)["urgent"] == ["suicide"]


@pytest.mark.parametrize("words", [("find", "sing", "--strength", "no_such"), ("find", "sing", "--near", "Qzxv Vxzq"), ("find", "x" * 401)])
def test_what_cannot_be_looked_for_is_said_in_one_line(run: Run, words: tuple[str, ...]) -> None:
    done = run(*words)
    assert done.exit_code == 1
    assert len(done.output.strip().splitlines()) == 1
    assert "Traceback" not in done.output


def test_a_code_that_is_not_known_is_named_with_those_near_it_and_where_they_stand(run: Run) -> None:
    said = run("find", "sing", "--strength", "cookin").output
    assert "“cookin” in strengths. Near it: cooking (" in said
    assert "`homeground codes strengths`" in said


def test_a_language_by_its_name_is_answered_with_its_tag(run: Run, tmp_path: Path) -> None:
    profile = tmp_path / "profile.json"
    profile.write_text(json.dumps({"profile": {"languages": ["Spanish"]}, "must_haves": {"languages": ["sgn-QQ"]}}))
    said = run("match", profile)
    assert said.exit_code == 1
    assert "profile.languages[0]: There is no code “Spanish” in languages. Near it: es (Spanish)" in said.output


def test_the_codes_of_a_vocabulary_are_listed_with_what_they_mean(run: Run) -> None:
    assert "strengths: " in run("codes").output
    assert "cooking: " in run("codes", "strengths").output
    wrong = run("codes", "strenghts")
    assert wrong.exit_code == 2
    assert "There is no vocabulary “strenghts”. There are: " in wrong.output


def test_words_need_no_quotes(run: Run, feed: Path) -> None:
    run("import", feed)
    assert "1. Riverside Choir" in run("find", "sing", "together").output


@pytest.mark.parametrize(("words", "said"), [
    (("match", "{}"), "Error: profile.txt: The file is not JSON"),
    (("export", "hsds", "{}/no/such/out.json"), "profile.txt/no/such\n"),
    (("export", "bmlt", "{}/no/such/out.json"), "profile.txt/no/such\n"),
    (("import", "--source", "nonsense"), "No source is called nonsense. None is fetched here yet."),
    (("import", "{}", "--as", "meeting-guide", "--programme", "aa", "--country", "usa"), "no country has the letters USA"),
    (("import", "{}", "--as", "meeting-guide", "--programme", "aa", "--timezone", "Mars/Olympus"), "no time zone is called Mars/Olympus"),
])  # fmt: skip
def test_what_was_written_wrongly_is_named(run: Run, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    path = tmp_path / "profile.txt"
    path.write_text("name, town")
    done = run(*(word.format(path) for word in words))
    assert done.exit_code in (1, 2)
    assert said in done.output


@pytest.mark.parametrize("words", [("match", "{}"), ("gazetteer", "{}"), ("duplicates", "--csv", "{}")])
def test_a_folder_is_no_file(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    done = run(*(word.format(tmp_path) for word in words))
    assert (done.exit_code, "is a directory" in done.output) == (2, True), done.output


def test_a_place_of_many_names_the_choices(run: Run, feed: Path, tmp_path: Path) -> None:
    profile = tmp_path / "profile.json"
    profile.write_text("{}")
    done = run("match", profile, "--place", "Springfield")
    assert done.exit_code == 1
    assert "The choices: 'Springfield" in done.output
    assert run("match", profile, "--place", "94063").exit_code == 0


def test_places_of_a_country_are_taken_from_a_postal_file(run: Run, tmp_path: Path) -> None:
    postal = tmp_path / "NZ.txt"
    postal.write_text("NZ\t6011\tTe Aro\tWellington\tWGN\tWellington City\t\t\t\t-41.2924\t174.7787\t6\n")
    done = run("gazetteer", postal)
    assert done.exit_code == 0, done.output
    assert "NZ: 1 places read, 1 added" in done.output


BROKEN = {
    "cut.json": b'[{"id": "0b2b',
    "utf16.json": '[{"name": "x"}]'.encode("utf-16"),
    "nothing.json": b"",
    "table.csv": b"a,b\n1,2\n",
    "deep.json": b"[" * 100_000,
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_one_plain_line_and_changes_nothing(run: Run, feed: Path, tmp_path: Path, name: str) -> None:
    run("import", feed)
    path = tmp_path / name
    path.write_bytes(BROKEN[name])
    done = run("import", path)
    assert done.exit_code == 1
    assert done.output.startswith("Error: ")
    assert name in done.output
    assert done.output.count("\n") == 1, done.output
    assert "0 added, 0 changed, 2 unchanged" in run("import", feed).output


def test_a_file_of_which_nothing_could_be_taken_is_a_failure(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "feed.json"
    path.write_text(json.dumps([{**PANTRY, "name": None}]))
    done = run("import", path)
    assert "1 refused" in done.output
    assert done.exit_code == 1


def test_a_record_that_is_nothing_we_know_is_refused_by_its_line_and_the_rest_is_taken(run: Run, tmp_path: Path) -> None:
    path, where = tmp_path / "mixed.json", tmp_path / "report.json"
    path.write_text(json.dumps([PANTRY, {"price": 1}], indent=0))
    assert run("import", path, "--report", where).exit_code == 0
    report = json.loads(where.read_text())
    assert (report["records_in"], report["added"], report["refused"]) == (2, 1, 1)
    assert report["refusals"][0]["line"] > 1
    assert report["refusals"][0]["reason"]


@pytest.mark.parametrize(
    "words",
    [
        ("import",), ("import", "/no/such/file"), ("find",), ("find", "x", "--limit", "0"), ("match",), ("match", "/no/such/file"), ("export",),
        ("export", "pictures", "x"), ("no-such-command",),
        ("demo", "--port", "0"), ("serve", "--port", "http"), ("gazetteer",), ("--no-such-option",),
    ],
)   # fmt: skip
def test_a_command_written_wrongly_exits_with_2(run: Run, words: tuple[str, ...]) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"{", "not JSON"), (b'{"name": "x"}', "name: There is no such field."), (b'{"limit": 0}', "limit"), (b"\xff", "UTF-8"),
        (b'{"supports": ["x"]}', "vocabular"),
    ],
)
def test_a_profile_that_cannot_be_read_says_why(run: Run, tmp_path: Path, body: bytes, words: str) -> None:
    path = tmp_path / "profile.json"
    path.write_bytes(body)
    done = run("match", path)
    assert done.exit_code == 1
    assert words in done.output


@pytest.mark.parametrize(
    ("name", "value"), [("HOMEGROUND_PORT", "x"), ("HOMEGROUND_DATABASE_URL", "mysql://db/home"), ("HOMEGROUND_DATABASE_URL", "postgresql://x@127.0.0.1:1/x")]
)
def test_a_setting_that_cannot_work_is_one_plain_line(run: Run, feed: Path, name: str, value: str) -> None:
    done = run("import", feed, **{name: value})
    assert done.exit_code == 1
    assert done.output.startswith("Error: ")
    assert done.output.count("\n") == 1


def test_trace_shows_where_it_failed(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "cut.json"
    path.write_bytes(b"[{")
    assert "Traceback" not in run("import", path).output
    assert "Traceback" in run("--trace", "import", path).output


def test_the_doctor_exits_with_1_when_something_is_to_mend(run: Run, tmp_path: Path) -> None:
    assert run("doctor").exit_code == 0
    (tmp_path / "data").chmod(0o755)
    done = run("doctor")
    assert done.exit_code == 1
    assert "MEND  data folder" in done.output


@pytest.mark.parametrize(
    "words",
    [(), ("demo",), ("serve",), ("import",), ("gazetteer",), ("find",), ("match",), ("export",), ("export", "hsds"), ("codes",), ("doctor",)],
)   # fmt: skip
def test_every_command_says_what_it_is_for(run: Run, words: tuple[str, ...]) -> None:
    done = run(*words, "--help")
    assert done.exit_code == 0
    assert len(done.output) > 100


def test_help_needs_neither_framework_nor_database() -> None:
    code = "import sys; from web.cli import main; print([name for name in ('litestar', 'sqlalchemy', 'numpy', 'rich') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_matching_in_the_terminal_needs_no_framework() -> None:
    code = "import sys, web.matched; print('litestar' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
