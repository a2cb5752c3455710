"""The sections of the form, in the order of the page, each with its fields."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

from directory.editing.sheet import Sheet, copied
from web.forms.fields import Posted
from web.forms.listing.base import Around, Errors, Field
from web.forms.listing.phones import CONTACTS, DOCUMENTS, PHONES
from web.forms.listing.texts import Ages, Choice, Text

STATUSES = (("active", "Open"), ("temporarily closed", "Closed for now"), ("inactive", "Not offered any more"))


class Section(Struct, frozen=True, kw_only=True):
    """A part of the form that is saved by itself."""

    code: str
    heading: str
    hint: str
    fields: tuple[Field, ...]

    def show(self, sheet: Sheet, around: Around, posted: Posted | None = None) -> list[dict[str, Any]]:
        """What each field shows."""
        return [field.show(sheet, posted, around) for field in self.fields]

    def read(self, sheet: Sheet, posted: Posted, around: Around) -> tuple[Sheet, Errors]:
        """A copy of the sheet with what was typed, and what is the matter with it; with errors it is not to be kept."""
        written, errors = copied(sheet), Errors()
        for field in self.fields:
            errors |= field.read(written, posted, around)
        return written, errors


SECTIONS: Final[tuple[Section, ...]] = (
    Section(
        code="offer", heading="What you offer", hint="In the words you would say to a neighbour.",
        fields=(
            Text(name="name", label="Name", most=200, is_needed=True, hint="What people call it."),
            Text(name="description", label="What happens there", rows=6, most=4000, hint="Start with what people can do or get. Short sentences help."),
            Text(name="alternate_name", label="Other name", most=200, hint="Only if people also know it by another."),
            Text(name="alert", label="Notice", most=300, hint="Something people must know now: “We have moved.” Empty it when it is over."),
            Choice(name="status", label="Is it there at present?", options=STATUSES),
        ),
    ),
    Section(
        code="people", heading="Who it is for", hint="Say only what is really so. Empty means: nothing is said.",
        fields=(Ages(), Text(name="eligibility_description", label="Who can come, in your words", rows=3, most=1000)),
    ),
    Section(
        code="contact", heading="How to reach you", hint="What stands here is what people call, write to and open.",
        fields=(
            PHONES, Text(name="email", label="E-mail address", type="email", most=200), Text(name="url", label="Web address", type="url", most=500), CONTACTS,
        ),
    ),
    Section(code="bring", heading="What to bring", hint="", fields=(DOCUMENTS,)),
)
BY_CODE: Final = {section.code: section for section in SECTIONS}
