"""Tests of the settings: what is read, what is refused with words, and that the page that documents them is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from directory.errors import UnsafeSetting
from web.settings import VARIABLES, read_settings

PAGE = Path(__file__).parent.parent.parent / "web" / "README.md"
SETTABLE = {
    "HOMEGROUND_DATA_DIR": "/srv/home",
    "HOMEGROUND_DATABASE_URL": "postgresql://home@db/home",
    "HOMEGROUND_SECRET_KEY": "k" * 32,
    "HOMEGROUND_OLD_SECRET_KEYS": f"{'a' * 32} {'b' * 32}",
    "HOMEGROUND_BASE_URL": "https://home.example",
    "HOMEGROUND_LEAVE_URL": "https://weather.example/",
    "HOMEGROUND_REGION": "nz",
    "HOMEGROUND_FETCH": "on",
    "HOMEGROUND_FETCH_PORTS": "443, 8443",
    "HOMEGROUND_TIMEZONE": "Pacific/Auckland",
    "HOMEGROUND_GEOCODER": "Nominatim",
    "HOMEGROUND_SMTP_URL": "smtp://post:secret@mail.example:587",
    "HOMEGROUND_MAIL_FROM": "hello@home.example",
    "HOMEGROUND_PROXIES": "1",
    "HOMEGROUND_HOST": "0.0.0.0",   # noqa: S104   # a value to read, nothing listens
    "HOMEGROUND_PORT": "8080",
}


def test_every_variable_is_read() -> None:
    assert set(SETTABLE) == {variable.name for variable in VARIABLES}
    plain = read_settings({})
    for name, value in SETTABLE.items():
        assert read_settings({name: value}) != plain, name


def test_the_page_shows_every_variable_with_its_default_and_meaning() -> None:
    rows = re.findall(r"^\| `(HOMEGROUND_\w+)` \| (.*?) \| (.*?) \|$", PAGE.read_text(), re.MULTILINE)
    assert rows == [(variable.name, variable.default, variable.meaning) for variable in VARIABLES]


def test_only_this_module_reads_the_environment() -> None:
    web = Path(__file__).parent.parent.parent / "web"
    readers = {str(path.relative_to(web)) for path in web.rglob("*.py") if re.search(r"\benviron\b|getenv", path.read_text())}
    assert readers == {"settings.py"}


def test_everything_is_kept_in_one_folder_unless_said_otherwise() -> None:
    settings = read_settings({"HOMEGROUND_DATA_DIR": "/srv/home"})
    assert settings.database_url == "sqlite:////srv/home/homeground.sqlite3"
    assert read_settings({"XDG_DATA_HOME": "/data"}).data_dir == Path("/data/homeground")
    assert read_settings({"XDG_DATA_HOME": "not/absolute"}).data_dir == Path.home() / ".local/share/homeground"


def test_a_folder_of_its_own_has_a_database_of_its_own() -> None:
    demo = read_settings({"HOMEGROUND_DATA_DIR": "/srv/home", "HOMEGROUND_DATABASE_URL": "postgresql://home@db/home"}).in_folder("demo")
    assert demo.data_dir == Path("/srv/home/demo")
    assert demo.database_url == "sqlite:////srv/home/demo/homeground.sqlite3"


def test_the_address_follows_the_port_unless_the_operator_chose_one() -> None:
    assert read_settings({}).at("127.0.0.1", 9000).base_url == "http://127.0.0.1:9000"
    assert read_settings({"HOMEGROUND_PORT": "7000"}).base_url == "http://127.0.0.1:7000"
    assert read_settings({"HOMEGROUND_BASE_URL": "https://home.example/"}).at("::1", 9000).base_url == "https://home.example"
    assert read_settings({"HOMEGROUND_HOST": "::1"}).base_url == "http://[::1]:8000"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HOMEGROUND_PORT", "0"), ("HOMEGROUND_PORT", "65536"), ("HOMEGROUND_PORT", "http"), ("HOMEGROUND_PORT", "9" * 10_000), ("HOMEGROUND_PORT", "٣"),
        ("HOMEGROUND_SECRET_KEY", "short"), ("HOMEGROUND_BASE_URL", "home.example"), ("HOMEGROUND_BASE_URL", "javascript:alert(1)"),
        ("HOMEGROUND_LEAVE_URL", "//evil.example"), ("HOMEGROUND_LEAVE_URL", "https://a b"), ("HOMEGROUND_LEAVE_URL", "https://me:pass@example.org"),
        ("HOMEGROUND_REGION", "USA"), ("HOMEGROUND_REGION", "1"), ("HOMEGROUND_TIMEZONE", "Mars/Base"), ("HOMEGROUND_TIMEZONE", "../../etc/passwd"),
        ("HOMEGROUND_GEOCODER", "no such"), ("HOMEGROUND_DATABSE_URL", "sqlite://"),
    ],
)   # fmt: skip
def test_a_wrong_value_is_refused_by_the_name_of_its_variable(name: str, value: str) -> None:
    with pytest.raises(UnsafeSetting, match=name):
        read_settings({name: value})


def test_a_secret_is_never_in_the_words_of_an_error() -> None:
    with pytest.raises(UnsafeSetting) as raised:
        read_settings({"HOMEGROUND_SECRET_KEY": "hunter2"})
    assert "hunter2" not in str(raised.value)


def test_the_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    settings = read_settings({"HOMEGROUND_DATA_DIR": str(tmp_path / "data")})
    sealed = settings.sealer().seal("words", bound_to="a")
    assert settings.sealer().open(sealed, bound_to="a") == "words"
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "data" / "secret.key").stat().st_mode & 0o777 == 0o600


def test_a_key_that_is_set_goes_before_the_file(tmp_path: Path) -> None:
    settings = read_settings({"HOMEGROUND_DATA_DIR": str(tmp_path / "data"), "HOMEGROUND_SECRET_KEY": "k" * 40})
    settings.sealer()
    assert not (tmp_path / "data").exists()
