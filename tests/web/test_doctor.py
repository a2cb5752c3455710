"""Tests of ``homeground doctor``: each unsafe thing is found, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.migrations import upgrade
from directory.storage import Storage
from web import doctor
from web.doctor import findings
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
