"""The house tests itself: its layers, its style, its types, its templates, its routes, its words."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOP_LEVEL = {"directory", "matching", "web", "seeds", "tests", "pyproject.toml", "README.md", "LICENSE"}


def run(*command: str) -> str:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def tracked_files() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    return listed.stdout.split()


def test_the_style_holds() -> None:
    assert run("ruff", "check", "--no-cache", ".") == ""


def test_the_types_hold() -> None:
    assert run("mypy", "--cache-dir", "/dev/null") == ""


def test_the_road_runs_downhill() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_top_level_is_exactly_the_design() -> None:
    here = {path.split("/")[0] for path in tracked_files()} or {path.name for path in ROOT.iterdir()}
    assert {name for name in here if not name.startswith(".")} - TOP_LEVEL == set()


def test_web_holds_no_sql() -> None:
    guilty = [path for path in (ROOT / "web").rglob("*.py") if re.search(r"\b(select|insert|delete)\(", path.read_text())]
    assert guilty == []


def test_every_template_is_used() -> None:
    folder = ROOT / "web" / "templates"
    names = {str(path.relative_to(folder)) for path in folder.rglob("*.html")}
    texts = [path.read_text() for path in [*(ROOT / "web").rglob("*.py"), *folder.rglob("*.html")]]
    unused = {name for name in names if not any(f'"{name}"' in text for text in texts)}
    assert unused == set()


def test_no_template_carries_style_or_script_inside() -> None:
    pattern = re.compile(r"<style|style=|<script(?![^>]*src=)|\son[a-z]+=|javascript:|hx-on", re.IGNORECASE)
    guilty = [path.name for path in (ROOT / "web" / "templates").rglob("*.html") if pattern.search(path.read_text())]
    assert guilty == []


def test_every_command_is_in_the_readme() -> None:
    from web.cli import main

    readme = (ROOT / "README.md").read_text()
    missing = [name for name in main.commands if f"`homeground {name}" not in readme]
    assert missing == []


PACKAGES = ("directory", "matching", "web", "seeds")
NAMED = re.compile(r"`((?!/)[\w./*-]+(?:\.(?:py|toml|md|js|css)|/))`")


@pytest.mark.parametrize("package", [*PACKAGES, "tests"])
def test_every_file_that_a_readme_names_is_there(package: str) -> None:
    here = {f"/{name}" for name in tracked_files() if (ROOT / name).exists()}
    names = NAMED.findall((ROOT / package / "README.md").read_text())
    assert len(names) > 5
    missing = [name for name in names if not any(fnmatch(path, f"*/{name}*" if name.endswith("/") else f"*/{name}") for path in here)]
    assert missing == []


@pytest.mark.parametrize("package", PACKAGES)
def test_every_part_of_a_package_is_in_its_readme(package: str) -> None:
    readme = (ROOT / package / "README.md").read_text()
    parts = {path.name + ("/" if path.is_dir() else "") for path in (ROOT / package).iterdir() if path.suffix == ".py" or path.is_dir()}
    assert {part for part in parts - {"__init__.py", "__pycache__/"} if f"`{part}`" not in readme} == set()


def test_every_library_is_declared_and_used() -> None:
    declared = {re.split(r"[<>=;\[]", line)[0] for line in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]}
    imported = {name for package in PACKAGES for path in (ROOT / package).rglob("*.py") for name in _imports(path)}
    outside = imported - {*PACKAGES, *sys.stdlib_module_names}
    assert {IMPORTED_AS.get(name, name) for name in declared} - outside == NOT_IMPORTED
    assert outside - {IMPORTED_AS.get(name, name) for name in declared} == set()


IMPORTED_AS = {"django-js-lib-htmx": "js_lib_htmx", "argon2-cffi": "argon2"}
NOT_IMPORTED = {
    "defusedxml",   # openpyxl parses with it where it is there; directory/spreadsheet/workbook.py refuses to go without
    "js_lib_htmx",   # its files are served
    "pysqlite3",   # imported by name where it is installed
    "tzdata",   # read by zoneinfo
}


def _imports(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text())))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return {name.partition(".")[0] for name in plain | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}}


# In two halves, so that this file does not hold what it looks for.
FOREIGN = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "debian" + ".org/debian", "/" + "work/")


@pytest.mark.parametrize("words", FOREIGN)
def test_no_file_names_a_registry_or_a_machine(words: str) -> None:
    guilty = []
    for name in tracked_files():
        path = ROOT / name
        if path.is_file() and words.encode() in path.read_bytes():
            guilty.append(name)
    assert guilty == []


MOST_LINES = {"code": 300, "tests": 500}
LONG_FOR_A_REASON = {
    "directory/exchange/records.py",   # one struct for each object of HSDS: read beside the standard, not as code
    "matching/values.py",   # the whole contract of matching in one place
}


def test_every_file_is_short_enough_to_read() -> None:
    counts = {name: _lines(name) for name in tracked_files() if name.endswith(".py") and "/versions/" not in name}
    long = {name for name, count in counts.items() if count > MOST_LINES["tests" if name.startswith("tests/") else "code"]}
    assert long == LONG_FOR_A_REASON


def _lines(name: str) -> int:
    path = ROOT / name
    return path.read_text().count("\n") if path.exists() else 0
