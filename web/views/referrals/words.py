"""What pages say of referrals, and what their forms send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from directory.referrals.drafting import DAYS, USUAL_DAYS, Draft, chosen
from directory.referrals.moving import Step
from directory.referrals.packet import HEADINGS
from directory.referrals.states import CHIME, REASONS
from web.forms.posted import PostedForm

STANDS: Final = {
    "draft": "Not sent yet", "sent": "Sent, waiting for an answer", "no_answer": "No answer by the date", "waitlisted": "On their waiting list",
    "accepted": "They said yes", "declined": "They cannot this time", "connected": "In touch", "followed_up": "Followed up", "closed": "Closed",
    "withdrawn": "Taken back",
}  # fmt: skip
"""Where a referral stands, in a few words."""
HAPPENED: Final = {
    "draft": "It was written", "sent": "It was sent", "no_answer": "The date passed without an answer", "waitlisted": "It was put on the waiting list",
    "accepted": "It was accepted", "declined": "It was declined", "connected": "A first contact happened", "followed_up": "Somebody asked how it goes",
    "closed": "It was closed", "withdrawn": "It was taken back",
}  # fmt: skip
"""What a step was."""
SIDES: Final = {"client": "the person", "caseworker": "the caseworker", "organization": "the organization", "house": "Homeground"}
CODES: Final = {**REASONS, **CHIME, "consent_ended": "The consent had come to its end", "consent": "The consent was taken back"}
LANGUAGES: Final = (("en", "English"), ("es", "Spanish"), ("ar", "Arabic"), ("vi", "Vietnamese"), ("zh-Hans", "Chinese"), ("other", "Another language"))
WORDS: Final = {
    "stands": STANDS, "happened": HAPPENED, "sides": SIDES, "codes": CODES, "reasons": REASONS, "chime": CHIME, "headings": HEADINGS, "all_days": DAYS,
    "languages": LANGUAGES,
}  # fmt: skip
"""What every template of referrals may say."""


def draft_from(form: PostedForm, by: str) -> Draft:
    """The draft that a form sends; words of one's own only where their box is ticked, else they are held back for who typed them (``by``)."""
    days = form.get("days") or str(USUAL_DAYS)
    typed = (form.get("note") or "")[:4_000]
    said = {"note": typed} if form.get("with_note") else {"held": typed, "held_by": by}
    return Draft(parts=chosen(form.getall("parts", [])), days=int(days) if days.isdecimal() and len(days) < 4 else 0, **said)


def seen_in(form: PostedForm) -> int:
    """The number of the last step that the page showed; 0 for none, which no referral has."""
    text = form.get("seen") or ""
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def meanwhile(steps: Sequence[Step], seen: int) -> list[Step]:
    """What happened since a page was drawn."""
    return [step for step in steps if step.seq > seen]


def texts_of(form: PostedForm, *names: str) -> dict[str, str]:
    """Some fields of a form, cut at a length that no page takes."""
    return {name: (form.get(name) or "")[:4_000] for name in names}


TYPED: Final = ("note", "words", "heading", "how", "language", "answer", "reason", "meeting", "correction", "label", "contact")
"""Every field that a page of a referral may show again as it was typed."""


def blank(*, typed: Mapping[str, str] | None = None, **more: Any) -> dict[str, Any]:
    """What the page of a referral shows beside it; what was not typed is empty."""
    return {"errors": {}, "since": [], "said": "", **more, "typed": {name: (typed or {}).get(name, "") for name in TYPED}}
