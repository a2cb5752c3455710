"""A posted form for tests."""

from __future__ import annotations

from typing import Any


class Body:
    """A posted form: what a browser sends for some names and values."""

    def __init__(self, *pairs: tuple[str, str]) -> None:
        self.pairs = pairs

    def get(self, key: str, default: Any = None) -> Any:
        return next((value for name, value in self.pairs if name == key), default)

    def getall(self, key: str, default: Any = None) -> list[Any]:
        return [value for name, value in self.pairs if name == key] or (default or [])
