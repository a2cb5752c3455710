"""What somebody wishes to be called, and how they may safely be reached, as forms say it: one's own, and a caseworker's for whoever has no account."""

from __future__ import annotations

from collections.abc import Mapping

from directory.clients.caseloads import called
from directory.clients.safety import CHANNELS, Contact, contact_from
from directory.clients.working import LONGEST_LABEL
from directory.errors import Invalid
from web.forms.posted import PostedForm


def said_in(form: PostedForm) -> dict[str, str]:
    """What was typed and chosen, by field; the words stand in the field ``contact``."""
    return {"words": form.get("contact") or "", "times": form.get("times") or "", **{name: form.get(name) or "" for name in CHANNELS}}


def contact_in(form: PostedForm) -> Contact | None:
    """The part as the form says it, None where the form does not ask; ``Invalid`` for what does not fit."""
    return None if form.get("contact") is None else contact_from(said_in(form))


def name_in(form: PostedForm) -> str | None:
    """The name somebody wishes to be called by, None where the form does not ask; ``Invalid`` for one that is too long."""
    name = form.get("label")
    if name is not None and len(name) > LONGEST_LABEL:
        raise Invalid(label=f"Use at most {LONGEST_LABEL} characters.")
    return None if name is None else " ".join(name.replace("\x00", " ").split())


def name_of(texts: Mapping[str, str]) -> str:
    """The same as it is kept in the parts of a record; empty where nothing was written."""
    return called(texts.get("label", "{}"))


def version_in(form: PostedForm, field: str) -> int:
    """The version of a part that a page was drawn from; ``Invalid`` where the form does not say it."""
    text = form.get(field) or ""
    if not text.isdecimal() or len(text) > 9:
        raise Invalid(contact="Something is missing. Open the page again.")
    return int(text)
