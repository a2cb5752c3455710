"""What an engine has to do to be measured."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from matching.values import Inquiry, Listing


class Engine(Protocol):
    """Listings made ready once in a folder of the engine's own, then opened and asked.

    ``note`` says in a few words what the engine does and leaves undone, for the table. ``in_memory``: nothing is left in the folder, so it is built
    each time.
    """

    name: str
    note: str
    in_memory: bool

    def build(self, listings: Iterable[Listing], folder: Path) -> None:
        """Put the listings into ``folder``, which is there and empty."""

    def open(self, folder: Path) -> None:
        """Be ready to answer from what was built."""

    def forget(self) -> None:
        """Drop whatever was kept of misspelt words: each question is then as the first of its kind."""

    def first_ids(self, inquiry: Inquiry) -> list[str]:
        """The ids of the first page, best first."""

    def all_ids(self, inquiry: Inquiry) -> frozenset[str]:
        """The ids of everything that meets the limits; asked outside the measuring."""

    def close(self) -> None:
        """Let go of files and processes."""
