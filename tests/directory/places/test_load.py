"""Loading a gazetteer: every line accounted for, a second run changes nothing, a bad file leaves all as it was."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from directory.errors import Unavailable, UnreadableInput
from directory.models import Change, GazetteerFile, GazetteerRow
from directory.places import (
    Found,
    Gazetteer,
    GazetteerReport,
    find_place,
    gazetteer,
    gazetteer_when_asked,
    load_gazetteer,
    load_package,
    open_gazetteer,
    resolve_areas,
)  # fmt: skip
from directory.storage import Storage
from tests.directory.places.worlds import AU, US, write_csv

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def load(storage: Storage, path: Path) -> GazetteerReport:
    return load_gazetteer(storage, path, by="ana", at=AT)


def count(storage: Storage) -> tuple[int, int]:
    with storage.reading() as session:
        return session.scalar(select(func.count()).select_from(GazetteerRow)) or 0, session.scalar(select(func.count()).select_from(Change)) or 0


def test_a_file_is_loaded_once_and_a_second_run_changes_nothing(storage: Storage, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "us.csv", US)
    first, after_first = load(storage, path), count(storage)
    second = load(storage, path)
    assert (first.countries, first.records_in, first.added, first.removed) == (("us",), len(US), len(US), 0)
    assert (second.added, second.unchanged, second.removed) == (0, len(US), 0)
    assert after_first == count(storage) == (len(US), 1)


def test_a_new_file_takes_the_room_of_the_old_one_and_says_what_it_removed(storage: Storage, tmp_path: Path) -> None:
    load(storage, write_csv(tmp_path / "us.csv", US))
    report = load(storage, write_csv(tmp_path / "newer.csv", US[2:]))
    assert (report.added, report.unchanged, report.removed) == (0, len(US) - 2, 2)
    with storage.reading() as session:
        file = session.scalars(select(GazetteerFile)).one()
        assert (file.name, file.rows, file.loaded_by, file.loaded_at) == ("newer.csv", len(US) - 2, "ana", AT)
        assert "CC BY" in file.credit
        change = session.scalars(select(Change).order_by(Change.seq.desc())).first()
        assert change is not None
        assert (change.action, change.by) == ("changed", "ana")
        assert (change.before, change.after) == (f"us.csv, {len(US)} rows", f"newer.csv, {len(US) - 2} rows")


def test_countries_live_beside_each_other(storage: Storage, tmp_path: Path) -> None:
    load(storage, write_csv(tmp_path / "us.csv", US))
    load(storage, write_csv(tmp_path / "au.csv", AU))
    with storage.reading() as session:
        assert sorted(open_gazetteer(session).atlases) == ["au", "us"]
        assert sorted(open_gazetteer(session, country="AU").atlases) == ["au"]


def test_each_bad_line_is_refused_with_its_number_and_reason(storage: Storage, tmp_path: Path) -> None:
    bad = ["US,9406,Elsewhere,,,,,,,95.0,1", "USA,94063,Place,,,,,,,1,1", "US,A1,Place,,,,,,,1,1", "US,94063,,,,,,,,1,1", "US,94063,Place,,,,,,,0,0",
           "US,94063,Place,,,,,,,1,nan", "US,94063,Pla"]  # fmt: skip
    report = load(storage, write_csv(tmp_path / "us.csv", US, *bad))
    assert report.records_in == report.added + report.unchanged + len(report.refusals) == len(US) + len(bad)
    fields = ["latitude", "country_code", "zipcode", "place", "latitude", "longitude", "latitude"]
    assert [(one.line, one.field) for one in report.refusals] == [(len(US) + 2 + i, field) for i, field in enumerate(fields)]
    assert all(one.reason and one.file == "us.csv" for one in report.refusals)


@pytest.mark.parametrize(("content", "words"), [
    (b"", "empty"), (b"name,phone\nAna,1\n", "columns"), (b"country_code,zipcode,place,latitude,latitude,longitude\n", "latitude"),
    (b"country_code,zipcode,place,latitude,longitude\n", "no place"), (b"country_code,zipcode,place,latitude,longitude\nUS,1,\xff,1,1\n", "UTF-8"),
    (b"country_code,zipcode,place,latitude,longitude\n" + b"x" * 20_000, "longer"),
    (b"country_code,zipcode,place,latitude,longitude\nUS,,x,1,1\n", "line 2"),
])  # fmt: skip
def test_a_file_that_is_no_postal_file_changes_nothing(storage: Storage, tmp_path: Path, content: bytes, words: str) -> None:
    load(storage, write_csv(tmp_path / "us.csv", US))
    before = count(storage)
    (tmp_path / "broken.csv").write_bytes(content)
    with pytest.raises(UnreadableInput, match=words):
        load(storage, tmp_path / "broken.csv")
    assert count(storage) == before


def test_the_file_as_geonames_gives_it_out_is_read_too(storage: Storage, tmp_path: Path) -> None:
    path = tmp_path / "US.txt"
    path.write_text("US\t94063\tRedwood City\tCalifornia\tCA\tSan Mateo\t081\t\t\t37.48\t-122.21\t4\n", encoding="utf-8")
    assert load(storage, path).added == 1
    with storage.reading() as session:
        answer = find_place(session, "94063")
    assert isinstance(answer, Found)
    assert answer.label == "94063, Redwood City, California"


def test_a_new_load_is_seen_by_the_next_question(storage: Storage, tmp_path: Path) -> None:
    load(storage, write_csv(tmp_path / "us.csv", US))
    with storage.reading() as session:
        first = open_gazetteer(session)
        assert open_gazetteer(session).atlases["us"] is first.atlases["us"]
        assert isinstance(find_place(session, "94063"), Found)
    load(storage, write_csv(tmp_path / "newer.csv", US[2:]))
    with storage.reading() as session:
        assert not isinstance(find_place(session, "94063"), Found)
        assert resolve_areas(session, ["94063"], country="us") == (frozenset(), False)


def test_an_atlas_that_is_read_when_asked_says_the_same_after_the_session(storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(storage, write_csv(tmp_path / "us.csv", US))
    load(storage, write_csv(tmp_path / "au.csv", AU))
    read = list[str]()
    make = gazetteer.Atlas
    monkeypatch.setattr(gazetteer, "Atlas", lambda country, rows: read.append(country) or make(country, rows))   # type: ignore[func-returns-value]
    with storage.reading() as session:
        later = gazetteer_when_asked(session)
        assert list(later.atlases) == ["au", "us"]
        assert ("us" in later.atlases, "gb" in later.atlases, later.atlases.get("gb")) == (True, False, None)
    assert read == []
    assert isinstance(find_place(later, "94063"), Found)
    assert sorted(read) == ["au", "us"]
    assert find_place(later, "94063") == find_place(Gazetteer(dict(later.atlases)), "94063")
    assert len(read) == len(later.atlases) == 2


def test_an_atlas_that_cannot_be_read_when_asked_is_a_database_that_cannot_be_used(
    storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(storage, write_csv(tmp_path / "us.csv", US))
    with storage.reading() as session:
        later = gazetteer_when_asked(session)

    def broken(*_: object, **__: object) -> Gazetteer:
        raise OperationalError("select", {}, Exception("disk I/O error"))

    with monkeypatch.context() as patch:
        patch.setattr(gazetteer, "open_gazetteer", broken)
        with pytest.raises(Unavailable, match="disk I/O error"):
            find_place(later, "94063")
    assert isinstance(find_place(later, "94063"), Found)


def test_nothing_that_people_type_is_stored(storage: Storage, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    load(storage, write_csv(tmp_path / "us.csv", US))
    before = count(storage)
    with storage.writing() as session:
        find_place(session, "12 Secret Lane, Redwood City, CA")
        find_place(session, "a secret wish")
        assert not [*session.new, *session.dirty]
    assert count(storage) == before
    assert "ecret" not in caplog.text


def test_the_us_is_known_before_anything_is_loaded_and_the_same_after_the_package_is_put_in_the_table(storage: Storage) -> None:
    with storage.reading() as session:
        before = find_place(session, "Foster City, CA")
    report = load_package(storage, by="ana", at=AT)
    assert report.records_in == report.added > 40_000
    with storage.reading() as session:
        after = find_place(session, "Foster City, CA")
    assert isinstance(before, Found)
    assert before == after
    assert load_package(storage, by="ana", at=AT).added == 0
