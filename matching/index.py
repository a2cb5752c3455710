"""The index: a directory made ready for ranking, built once and then only read; what changes later comes in small parts beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date

from matching.cells import cell
from matching.checking import check_listings
from matching.columns import Columns
from matching.measures import Measures
from matching.part import Part
from matching.row import Row
from matching.strings import Blobs
from matching.text import TextIndex
from matching.values import Listing
from matching.vocabulary import Vocabulary


def in_row_order(listings: Iterable[Listing]) -> list[Listing]:
    """Listings in the order of their rows. Raises ValueError when two share an id, ``NotAllowed`` when one lies nowhere on the earth."""
    held = list(listings)
    check_listings(held)
    ordered = sorted(held, key=lambda one: (cell(one), one.id))
    twice = sorted(name for name, times in Counter(one.id for one in ordered).items() if times > 1)
    if twice:
        raise ValueError(f"Two listings have the same id, so that their results could not be told apart: {', '.join(twice[:3])}.")
    return ordered


class Index:
    """A directory made ready for ranking. It never changes once built, so that any number of threads may read it."""

    def __init__(self, parts: Sequence[Part], measures: Measures, on: date) -> None:
        """``parts``: all the rows of a service that are alive lie in one of them."""
        self.parts = tuple(parts)
        self.measures = measures
        self.on = on
        self.services = sum(part.services for part in self.parts)
        """How many services there are."""

    @classmethod
    def build(
        cls,
        listings: Iterable[Listing],
        vocabulary: Vocabulary,
        *,
        on: date,
        language: Callable[[str], str] | None = None,
        measures: Measures | None = None,
        attached: Mapping[str, bytes] | None = None,
    ) -> Index:
        """Lay out ``listings`` for ranking, on the day ``on``.

        ``language`` names a language by its code, where the vocabulary does not. ``measures`` are taken from the listings unless those of an
        earlier index are handed over, as when a few listings have changed since. ``attached`` holds what ``attachment`` gives back, by listing; the
        listings are read first, so it may be filled meanwhile. Raises ValueError when two listings share an id, ``NotAllowed`` when a
        place or an opening cannot be meant.
        """
        ordered = in_row_order(listings)
        columns = Columns.build(ordered)
        taken = measures or Measures.of(columns)
        part = Part(columns, vocabulary, TextIndex.build(ordered, vocabulary, columns.tagged["supports"]), taken, language)
        if attached is not None:
            part.attached = Blobs.build([attached.get(one.id, b"") for one in ordered])
        return cls([part], taken, on)

    def without(self, service_ids: Collection[str]) -> Index:
        """This index without some services; what it does not hold is passed over."""
        return Index([part.without(service_ids) for part in self.parts], self.measures, self.on)

    def with_beside(self, parts: Sequence[Part]) -> Index:
        """This index's parts and new ones beside them."""
        first, *rest = [*self.parts, *(part for part in parts if len(part))]
        return Index([first.reading_with(rest), *rest], self.measures, self.on)

    def __len__(self) -> int:
        return sum(len(part) if part.alive is None else int(part.alive.sum()) for part in self.parts)

    def find(self, listing_id: str) -> Row | None:
        """The row of the listing of that id, or None when the index does not hold it."""
        for part in self.parts:
            number = part.find(listing_id)
            if number is not None and (part.alive is None or part.alive[number]):
                return part.row(number)
        return None

    def attachment(self, listing_id: str) -> bytes | None:
        """The bytes kept beside the listing of that id; None when the index does not hold it, or keeps nothing beside it."""
        return next((found for part in reversed(self.parts) if (found := part.attachment(listing_id)) is not None), None)


def part_of(
    ordered: Sequence[Listing],
    vocabulary: Vocabulary,
    measures: Measures,
    language: Callable[[str], str] | None,
    attached: Mapping[str, bytes] | None = None,
) -> Part:
    """Listings that are in row order as a part of an index, with what is ``attached`` to each; those bytes are not copied."""
    columns = Columns.build(ordered)
    part = Part(columns, vocabulary, TextIndex.build(ordered, vocabulary, columns.tagged["supports"]), measures, language)
    part.attached = () if attached is None else tuple(attached.get(one.id, b"") for one in ordered)
    return part
