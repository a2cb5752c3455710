"""One state of the directory, read from the database: the words, the index with its cards, or only the listings of some services."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final
from uuid import UUID
from weakref import WeakValueDictionary

import msgspec
from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

import directory
import matching
from directory import places
from directory.candidates import AreaResolver, listings_on
from directory.cardbox import CardBox, encode
from directory.cards import CardMaker, Namer
from directory.changes import latest_seq, mark_of
from directory.common import Common
from directory.evidence import KeptEvidence
from directory.keeping import Keep, Made
from directory.languages import language_label, language_terms
from directory.models import GazetteerFile
from directory.places import Gazetteer
from directory.places.own import own_towns
from directory.shelf import Shelf
from directory.stretch import stretches
from directory.urgent import read_phrases, read_urgent_sayings
from directory.vocabularies import read_vocabulary
from matching import Index, Vocabulary
from matching.danger import UrgentSayings
from matching.making import making_much
from matching.urgent import UrgentPhrase
from matching.values import Listing, Term
from matching.vocabulary import made_anew

_alive: WeakValueDictionary[str, Vocabulary] = WeakValueDictionary()   # by a digest of their terms and phrases
BLOCK: Final = 2_000
"""Services whose rows are in memory at once while a state is read."""
FORM: Final = "2"
"""Of what is kept on disk beside the index."""


class Words(Struct, frozen=True):
    """The vocabulary, and a digest of all that is in an index and a card beside the rows of the listings."""

    vocabulary: Vocabulary
    digest: str


class Snapshot(Struct, frozen=True, kw_only=True):
    """One state of the directory: the index, the cards beside it, the words, and the last change it holds.

    ``made`` says of what the large part of the index was made; ``seq`` is larger where changes lie beside it.
    """

    index: Index
    cards: CardBox
    vocabulary: Vocabulary
    gazetteer: Gazetteer
    seq: int
    made: Made

    @property
    def example_town(self) -> str:
        """A town that this directory knows much of; empty when it has none."""
        return self.made.town

    def with_index(self, index: Index, seq: int) -> Snapshot:
        """The same with changes beside the index, as the log was at ``seq``."""
        cards = self.cards if index is self.index else CardBox(index.attachment)
        return msgspec.structs.replace(self, index=index, cards=cards, seq=seq)


class Gathered(Struct, frozen=True, kw_only=True):
    """All that a state is built of, as it was at one moment: the listings, the cards by listing id, and of what ``made`` says."""

    listings: list[Listing]
    cards: dict[str, bytes]
    vocabulary: Vocabulary
    gazetteer: Gazetteer
    made: Made


class Reader:
    """Reads states; ``timezone`` and ``country`` hold where a source names none, and ``folder`` is where what was worked out is kept, if anywhere."""

    def __init__(self, *, timezone: str, country: str, folder: Path | None = None) -> None:
        self.timezone, self.country = timezone, country
        self._folder = folder

    def words(self, session: Session) -> Words:
        """The words as they are now."""
        terms, phrases, sayings = [*read_vocabulary(session), *language_terms()], read_phrases(session), read_urgent_sayings(session)
        files = session.execute(select(GazetteerFile.country_code, GazetteerFile.sha256).order_by(GazetteerFile.country_code)).all()
        # The year is among them because public holidays are worked out for the years around it: an index kept over New Year is made anew.
        parts = (FORM, program_digest(), _today().year, self.timezone, self.country, [tuple(row) for row in files], terms, phrases, sayings)
        return Words(_vocabulary(terms, phrases, sayings, self._folder), sha256(msgspec.json.encode(parts, order="sorted")).hexdigest())

    def gather(self, session: Session) -> Gathered:
        """Read the whole directory. The database is asked for nothing more: a session that stands still while an index is built would be closed."""
        seq, words, cards = latest_seq(session), self.words(session), dict[str, bytes]()
        town = next((town.name for town in own_towns(session)), "")
        made = Made(words=words.digest, seq=seq, mark=mark_of(session, seq), town=town)
        gazetteer = places.gazetteer_when_asked(session)
        with making_much():
            listings = list(self._all(session, words.vocabulary, cards))
        return Gathered(listings=listings, cards=cards, vocabulary=words.vocabulary, gazetteer=gazetteer, made=made)

    def built(self, found: Gathered) -> Snapshot:
        """The state of what was gathered."""
        with making_much():
            index = Index.build(found.listings, found.vocabulary, on=_today(), language=language_label, attached=found.cards)
        return _state(index, found.made, found.vocabulary, found.gazetteer)

    def kept(self, session: Session, keep: Keep) -> Snapshot | None:
        """The state on disk, when it was made of the present words and of this log; never one of an empty log, which any directory may have."""
        made = keep.made()
        if made is None or not made.seq or made.mark != mark_of(session, made.seq):
            return None
        words = self.words(session)
        found = keep.open(words.vocabulary, words.digest)
        if found is None or found[1].mark != mark_of(session, found[1].seq):
            return None
        return _state(*found, words.vocabulary, places.gazetteer_when_asked(session))

    def some(self, session: Session, vocabulary: Vocabulary, ids: Collection[UUID]) -> tuple[dict[str, list[Listing]], dict[str, bytes]]:
        """The listings of some services by service, none for one that is gone, and their cards."""
        found: dict[str, list[Listing]] = {str(key): [] for key in ids}
        cards: dict[str, bytes] = {}
        for listing in self._on(Shelf(session, ids), _resolver(session, self.country), namer(vocabulary), cards):
            found[listing.service_id].append(listing)
        return found, cards

    def maker(self, shelf: Shelf, label: Namer) -> CardMaker:
        """What makes the cards of a shelf."""
        return CardMaker(shelf, timezone=self.timezone, country=self.country, label=label, on=_today())

    def _all(self, session: Session, vocabulary: Vocabulary, cards: dict[str, bytes]) -> Iterator[Listing]:
        """Every listing, block by block, and its card into ``cards``."""
        areas, label = _resolver(session, self.country), namer(vocabulary)
        common: Common | None = None
        for stretch in stretches(session, BLOCK):
            shelf = Shelf(session, stretch, common)
            common = shelf.common
            yield from self._on(shelf, areas, label, cards)

    def _on(self, shelf: Shelf, areas: AreaResolver, label: Namer, cards: dict[str, bytes]) -> Iterator[Listing]:
        maker = self.maker(shelf, label)
        for listing, service, link in listings_on(shelf, areas=areas, timezone=self.timezone, on=_today()):
            cards[listing.id] = encode(maker.card(service, link))
            yield listing


def _state(index: Index, made: Made, vocabulary: Vocabulary, gazetteer: Gazetteer) -> Snapshot:
    return Snapshot(index=index, cards=CardBox(index.attachment), vocabulary=vocabulary, gazetteer=gazetteer, seq=made.seq, made=made)


def _vocabulary(terms: list[Term], phrases: list[UrgentPhrase], sayings: list[UrgentSayings], folder: Path | None) -> Vocabulary:
    """It is only ever read, so whoever reads a state of the same words shares the one that somebody still holds."""
    key = sha256(msgspec.json.encode((program_digest(), terms, phrases, sayings))).hexdigest()
    keep = KeptEvidence(folder, key) if folder else made_anew
    return _alive.setdefault(key, _alive.get(key) or Vocabulary(terms, phrases, sayings, keep=keep))


def _today() -> date:
    return datetime.now(UTC).date()


def namer(vocabulary: Vocabulary) -> Namer:
    """A term or a language in plain words."""
    return lambda taxonomy, code: language_label(code) if taxonomy == "languages" else vocabulary.label(taxonomy, code)


@cache
def program_digest() -> str:
    """A digest of the program that reads rows and builds indexes: another version may read them otherwise."""
    digest = sha256()
    for package in (directory, matching):
        for path in sorted(Path(str(package.__file__)).parent.rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _resolver(session: Session, default_country: str) -> AreaResolver:
    """Area names to canonical areas, each set of names once."""
    seen: dict[tuple[tuple[str, ...], str, str | None], tuple[frozenset[str], bool]] = {}

    def resolve(names: tuple[str, ...], country: str | None, state: str | None) -> tuple[frozenset[str], bool]:
        key = (names, country or default_country, state)
        if key not in seen:
            seen[key] = places.resolve_areas(session, names, country=key[1], state=state) if names else (frozenset(), False)
        return seen[key]

    return resolve
