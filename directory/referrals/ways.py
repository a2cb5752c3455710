"""The three ways to a listing: by oneself, with someone, or put in touch; each only where the listing allows it (practice row 22)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from directory.listings import Fact

BY_OTHERS: Final = frozenset({"referral", "doctor_referral"})
"""Ways in for which somebody else has to speak first."""
BY_ONESELF: Final = frozenset({"drop_in", "self_refer", "phone_first", "text_first", "email_first", "online_form", "appointment", "book_a_place", "look_first"})


class Ways(Struct, frozen=True, kw_only=True):
    """Which ways lead to a listing."""

    myself: bool
    together: bool
    refer: bool


def ways_of(facts: Iterable[Fact], *, has_organization: bool) -> Ways:
    """The ways that what is stated of a listing allows; where nothing is stated, all of them."""
    stated = {fact.code for fact in facts if fact.taxonomy == "entry" and fact.stated}
    alone = not stated & BY_OTHERS or bool(stated & BY_ONESELF)
    only_doctors = "doctor_referral" in stated and "referral" not in stated and "self_refer" not in stated
    return Ways(myself=alone, together=alone, refer=has_organization and not only_doctors)
