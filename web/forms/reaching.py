"""How somebody may safely be reached, as a form says it: on one's own page, and on a caseworker's for somebody without an account."""

from __future__ import annotations

from directory.clients.safety import CHANNELS, Contact, contact_from
from web.forms.posted import PostedForm


def said_in(form: PostedForm) -> dict[str, str]:
    """What was typed and chosen, by field; the words stand in the field ``contact``."""
    return {"words": form.get("contact") or "", "times": form.get("times") or "", **{name: form.get(name) or "" for name in CHANNELS}}


def contact_in(form: PostedForm) -> Contact | None:
    """The part as the form says it, None where the form does not ask; ``Invalid`` for what does not fit."""
    return None if form.get("contact") is None else contact_from(said_in(form))
