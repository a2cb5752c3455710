"""Tests of ``homeground doctor``: each unsafe thing is found, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.errors import UnsafeSetting
from directory.migrations import upgrade
from directory.models import Location
from directory.placing import seal_place
from directory.storage import Storage
from web import doctor
from web.doctor import findings
from web.serving import serve
from web.settings import Settings, read_settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = read_settings({"HOMEGROUND_DATA_DIR": str(tmp_path / "data")})
    made.make_data_dir()
    return made


def bad(settings: Settings) -> dict[str, str]:
    return {finding.about: finding.text for finding in findings(settings) if not finding.is_good}


def migrated(settings: Settings) -> None:
    storage = Storage(settings.database_url)
    upgrade(storage)
    storage.close()


def test_a_fresh_machine_is_well_and_nothing_is_made(tmp_path: Path) -> None:
    assert bad(read_settings({"HOMEGROUND_DATA_DIR": str(tmp_path / "none")})) == {}
    assert list(tmp_path.iterdir()) == []


def test_a_machine_in_use_is_well(settings: Settings) -> None:
    settings.sealer()
    migrated(settings)
    assert bad(settings) == {}


def test_a_folder_that_others_can_read_is_found(settings: Settings) -> None:
    settings.data_dir.chmod(0o755)
    assert "chmod 700" in bad(settings)["data folder"]


def test_a_key_that_others_can_read_is_found(settings: Settings) -> None:
    settings.sealer()
    (settings.data_dir / "secret.key").chmod(0o644)
    assert "chmod 600" in bad(settings)["secret key"]


def test_a_key_that_is_no_key_is_found(settings: Settings) -> None:
    (settings.data_dir / "secret.key").write_text("c2hvcnQ=")
    (settings.data_dir / "secret.key").chmod(0o600)
    assert "32 bytes" in bad(settings)["secret key"]


def test_an_old_database_is_found(settings: Settings) -> None:
    storage = Storage(settings.database_url)
    with storage.reading():
        pass
    upgrade(storage, to="2026_11_22_catalogue")
    storage.close()
    assert "next start" in bad(settings)["database"]


def test_a_damaged_database_is_found(settings: Settings) -> None:
    (settings.data_dir / "homeground.sqlite3").write_bytes(b"not a database" * 100)
    assert "database" in bad(settings)


def test_a_database_that_does_not_answer_is_found(tmp_path: Path) -> None:
    url = "postgresql://nobody@127.0.0.1:1/none"
    assert "database" in bad(read_settings({"HOMEGROUND_DATA_DIR": str(tmp_path), "HOMEGROUND_DATABASE_URL": url}))


def test_a_database_of_another_kind_is_refused_with_words(tmp_path: Path) -> None:
    found = bad(read_settings({"HOMEGROUND_DATA_DIR": str(tmp_path), "HOMEGROUND_DATABASE_URL": "mysql://db/home"}))
    assert "SQLite or PostgreSQL" in found["database"]


def test_a_sqlite_that_can_damage_its_file_is_found(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    class Old:
        sqlite_version = "3.40.1"

    monkeypatch.setattr(doctor, "sqlite_module", lambda: Old)
    assert "pysqlite3" in bad(settings)["SQLite"]


def test_a_full_disk_is_found(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        free = 1_000_000

    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: Full)
    assert "Make room" in bad(settings)["disk"]


def test_an_open_door_without_tls_is_found(tmp_path: Path) -> None:
    environ = {"HOMEGROUND_DATA_DIR": str(tmp_path / "none"), "HOMEGROUND_HOST": "0.0.0.0"}   # noqa: S104   # nothing listens
    assert "TLS" in bad(read_settings(environ))["address"]
    assert "address" not in bad(read_settings(environ | {"HOMEGROUND_BASE_URL": "https://home.example"}))


def test_a_geocoder_that_is_none_is_found(tmp_path: Path) -> None:
    found = bad(read_settings({"HOMEGROUND_DATA_DIR": str(tmp_path / "none"), "HOMEGROUND_GEOCODER": "nowhere"}))
    assert "nowhere" in found["places"]


def test_a_folder_that_is_none_is_found(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "no folder" in bad(read_settings({"HOMEGROUND_DATA_DIR": str(tmp_path / "file")}))["data folder"]


@pytest.mark.parametrize("said", [b"", b"\xff\xfe\x00", b"not base64 at all, though long enough to be a key of many bytes!!!!", b"c2hvcnQ="])
def test_a_damaged_key_is_found_and_nothing_is_sealed_with_it(settings: Settings, said: bytes) -> None:
    key = settings.data_dir / "secret.key"
    key.write_bytes(said)
    key.chmod(0o600)
    assert "Put your copy of it back" in bad(settings)["secret key"]
    with pytest.raises(UnsafeSetting, match="damaged"):
        settings.sealer()
    assert key.read_bytes() == said


def test_a_key_made_with_openssl_is_taken_whole(settings: Settings) -> None:
    key = settings.data_dir / "secret.key"
    marks = set()
    for said in (b"+/" * 32 + b"\n", b"-_" * 32, b"AA" * 32):
        key.write_bytes(said)
        key.chmod(0o600)
        marks.add(tuple(settings.sealer().fingerprints(b"one")))
    assert len(marks) == 2   # the two alphabets of base64 say the same, other letters another


def test_places_whose_key_is_lost_are_found(settings: Settings) -> None:
    migrated(settings)
    assert "0 places" in {finding.about: finding.text for finding in findings(settings)}["sealed places"]
    storage = Storage(settings.database_url)
    with storage.writing() as session:
        location = Location(visibility="area_only")
        session.add(location)
        session.flush()
        seal_place(session, location.id, {"latitude": 1.0}, sealer=settings.sealer())
    storage.close()
    assert "sealed places" not in bad(settings)
    (settings.data_dir / "secret.key").unlink()
    assert "1 of 1" in bad(settings)["sealed places"]
    settings.sealer()   # a new key, which is not theirs
    assert "1 of 1" in bad(settings)["sealed places"]


@pytest.mark.parametrize("environ", [{"HOMEGROUND_HOST": "0.0.0.0"}, {"HOMEGROUND_HOST": "::"}])   # noqa: S104   # nothing listens
def test_serving_in_the_open_is_refused_before_anything_is_made(tmp_path: Path, environ: dict[str, str]) -> None:
    with pytest.raises(UnsafeSetting, match="TLS"):
        serve(read_settings({"HOMEGROUND_DATA_DIR": str(tmp_path / "none"), **environ}))
    assert not (tmp_path / "none").exists()


def test_a_database_that_everybody_can_read_is_refused_and_one_in_a_closed_folder_is_not(settings: Settings) -> None:
    migrated(settings)
    (settings.data_dir / "homeground.sqlite3").chmod(0o644)
    settings.make_data_dir()
    settings.data_dir.chmod(0o755)
    with pytest.raises(UnsafeSetting, match="chmod 700"):
        settings.make_data_dir()
