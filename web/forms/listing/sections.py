"""The sections of the form, in the order of the page, each with its fields."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

from directory.editing.sheet import Sheet, copied
from web.forms.fields import Posted
from web.forms.listing.base import Around, Errors, Field
from web.forms.listing.facts import FactText
from web.forms.listing.hours import Hours
from web.forms.listing.languages import Languages
from web.forms.listing.media import MEDIA
from web.forms.listing.phones import CONTACTS, DOCUMENTS, PHONES
from web.forms.listing.places import Places
from web.forms.listing.prices import Prices
from web.forms.listing.terms import Kind, Terms
from web.forms.listing.texts import Ages, Choice, Text

STATUSES = (("active", "Open"), ("temporarily closed", "Closed for now"), ("inactive", "Not offered any more"))
AT_THE_DOOR = (
    "someone_meets_you", "bring_someone", "may_just_listen", "arrive_late", "peer_led", "professional_led", "shared", "open", "closed", "small", "medium",
    "large", "quiet", "lively", "hands_busy", "refreshments",
)  # fmt: skip


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
            Kind(),
            *MEDIA,
            Text(name="description", label="What happens there", rows=6, most=4000, hint="Start with what people can do or get. Short sentences help."),
            Text(name="alternate_name", label="Other name", most=200, hint="Only if people also know it by another."),
            Text(name="alert", label="Notice", most=300, hint="What people must know now: “We have moved.” Empty it when it is over."),
            Choice(name="status", label="Is it there at present?", options=STATUSES),
        ),
    ),
    Section(
        code="people", heading="Who it is for", hint="Say only what is really so. What is empty counts as not said.",
        fields=(
            Ages(),
            Terms(name="meant_for", label="Meant for", taxonomy="audiences", link_type="meant_for", hint="Others can come too."),
            Terms(name="only_for", label="Only for", taxonomy="audiences", link_type="only_for", hint="Nobody else can come."),
            Terms(name="not_for", label="Cannot serve", taxonomy="audiences", link_type="not_for", hint="So that nobody makes the way for nothing."),
            Text(name="eligibility_description", label="Who can come, in your words", rows=3, most=1000),
        ),
    ),
    Section(
        code="strengths", heading="Strengths and roles", hint="What people bring, and how they can give.",
        fields=(
            Terms(name="builds_on", label="Strengths it builds on", taxonomy="strengths", link_type="builds_on", all=True),
            Terms(name="wants", label="Strengths you ask for", taxonomy="strengths", link_type="wants", hint="What you need people for."),
            Terms(name="give", label="Roles people can give in", taxonomy="give", link_type="give"),
        ),
    ),
    Section(
        code="communities", heading="Communities", hint="“Made for” and “welcomes” never close the door to others.",
        fields=(
            Terms(name="for", label="Made for", taxonomy="communities", link_type="for"),
            Terms(name="led_by", label="Led by", taxonomy="communities", link_type="led_by"),
            Terms(name="welcomes", label="Also welcomes", taxonomy="communities", link_type="welcomes"),
            Terms(name="faiths", label="Faith", taxonomy="faiths", link_type="faiths"),
        ),
    ),
    Section(
        code="supports", heading="Kinds of support", hint="Searches go by these. Two or three that are exact find more than ten.",
        fields=(
            Terms(name="supports", label="What it is about", taxonomy="supports", link_type="supports"),
            Terms(name="interests", label="What people do there", taxonomy="interests", link_type="interests"),
            Terms(name="settings", label="What kind of place", taxonomy="settings", link_type="settings"),
        ),
    ),
    Section(
        code="first", heading="The first visit", hint="Many come for the first time, and alone.",
        fields=(
            FactText(name="first_visit", label="What happens at a first visit", code="first_visit", hint="Who says hello? What comes then? Can I just look?"),
            Terms(name="at_the_door", label="Good to know", taxonomy="group_facts", link_type="group_facts", all=True, codes=AT_THE_DOOR),
            Terms(name="entry", label="How to start", taxonomy="entry", link_type="entry", all=True),
            Text(name="application_process", label="How to start, in your words", rows=2, most=1000),
        ),
    ),
    Section(code="when", heading="When", hint="", fields=(Hours(),)),
    Section(
        code="where", heading="Where", hint="",
        fields=(Places(), Terms(name="formats", label="Ways to take part", taxonomy="formats", link_type="formats", all=True)),
    ),
    Section(
        code="contact", heading="How to reach you", hint="What stands here is what people call, write to and open.",
        fields=(
            PHONES, Text(name="email", label="E-mail address", type="email", most=200), Text(name="url", label="Web address", type="url", most=500), CONTACTS,
        ),
    ),
    Section(
        code="cost", heading="Cost and what to bring", hint="",
        fields=(Prices(), Text(name="fees_description", label="Cost, in your words", rows=2, most=600), DOCUMENTS),
    ),
    Section(
        code="access", heading="Languages and access", hint="",
        fields=(
            Languages(),
            Text(name="interpretation_services", label="Interpreting", most=300, hint="For example “by phone, any language”."),
            Terms(name="access", label="Access", taxonomy="access", link_type="access", with_no=True, hint="A clear no helps as much as a yes."),
            Text(name="wait_time", label="Waiting time", most=200, hint="For example “about two weeks”."),
        ),
    ),
)
BY_CODE: Final = {section.code: section for section in SECTIONS}
