"""What every handler may ask for, in one object: the settings, the database, the catalogue and the clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from directory.listings import ListingPage
from directory.search import SearchPage
from directory.storage import Storage
from matching.values import Inquiry, Term
from web.settings import Settings

Clock = Callable[[], datetime]
"""Gives the present moment, aware. The only clock of the web door; tests bring their own."""


class Vocabulary(Protocol):
    """The words that listings and people are described with."""

    def label(self, taxonomy: str, code: str) -> str: ...
    def terms(self, taxonomy: str) -> Sequence[Term]: ...
    def suggest(self, taxonomy: str, text: str, *, limit: int = 8) -> Sequence[Term]: ...
    def urgent(self, text: str) -> Sequence[str]: ...


class Catalogue(Protocol):
    """The part of ``directory.catalogue`` that the web door uses."""

    @property
    def vocabulary(self) -> Vocabulary: ...
    def search(self, inquiry: Inquiry, *, at: datetime) -> SearchPage: ...
    def listing_page(self, listing_id: str, *, at: datetime) -> ListingPage: ...
    def refresh(self) -> object: ...


class House:
    """One running Homeground. Handlers take it as ``house: NamedDependency[House]``."""

    __slots__ = ("catalogue", "clock", "settings", "storage")

    def __init__(self, *, settings: Settings, storage: Storage, catalogue: Catalogue, clock: Clock) -> None:
        self.settings, self.storage, self.catalogue, self.clock = settings, storage, catalogue, clock

    def now(self) -> datetime:
        """The present moment, aware."""
        return self.clock()
