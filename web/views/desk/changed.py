"""What a draft changes, told as the form tells it: terms by their labels, hours as sentences."""

from __future__ import annotations

from directory.editing.differences import Difference, differences
from directory.editing.viewing import Words
from web.forms.timetable_view import hours_said
from web.house import House
from web.views.desk.edited import Edited


def plain_words(house: House) -> Words:
    """How this house tells of terms and hours."""
    return Words(label=house.catalogue.vocabulary.label, hours=lambda rows: hours_said(rows, country=house.settings.region))


def changes_of(house: House, edited: Edited) -> list[Difference]:
    """What is written, where it differs from the listing as it was when the draft was begun."""
    return differences(edited.base, edited.sheet, words=plain_words(house))
