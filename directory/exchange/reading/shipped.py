"""The files of words that ship with the house, in ``exchange/mapping/``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "mapping"


@cache
def shipped(name: str) -> dict[str, Any]:
    """The file of this name (without ``.toml``), read once."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
