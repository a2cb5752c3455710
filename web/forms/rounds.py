"""What a coordinator sends about a round: a word about a pair, or whom they asked."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from directory.errors import Invalid
from web.forms.posted import PostedForm


class Said(Struct, frozen=True, kw_only=True):
    """One button: ``do`` with the profiles of a pair, where it is about one, and the version of the round that the page showed."""

    do: str
    version: int
    seeker: UUID | None
    supporter: UUID | None

    def pair(self) -> tuple[UUID, UUID]:
        """The two; ``Invalid`` where one is missing."""
        if self.seeker is None or self.supporter is None:
            raise Invalid(pair="Choose one of each side.")
        return self.seeker, self.supporter


def read_said(form: PostedForm) -> Said:
    """Read a button; a number or an id that is none counts as none."""
    return Said(do=form.get("do") or "", version=_number(form.get("version")), seeker=as_id(form.get("seeker")), supporter=as_id(form.get("supporter")))


def read_asked(form: PostedForm) -> list[UUID]:
    """The profiles of the seekers of pairs that were asked about."""
    return [one for one in (as_id(text) for text in form.getall("asked", [])) if one is not None]


def as_id(text: str | None) -> UUID | None:
    """An id, or None for what is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
