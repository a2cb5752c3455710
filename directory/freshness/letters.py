"""The words of a reminder: plain text, a subject that says nothing of anybody, and a link for each listing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from directory.outbox import Letter

SUBJECT: Final = "Is everything still right?"


def reminder_letter(to: str, names: Sequence[str], links: Sequence[str], every: str) -> Letter:
    """Ask about some listings, each with its own link, and all of them with one more where there are several (``every``, else empty)."""
    one = "this is what people find in our directory under your name" if len(names) == 1 else "these are what people find in our directory under your name"
    lines = ["Hello,", "", f"{one}. Please look whether it is still right: it takes a minute, and needs no password.", ""]
    for name, link in zip(names, links, strict=True):
        lines += [" ".join(name.split()), f"  {link}", ""]
    lines += ["All of them on one page:", f"  {every}", ""] if every else []
    lines += [
        "If something has changed, you can say so on the same page, in your own words.",
        "Each link can be used once and is good for two months. Please do not pass this message on: whoever has it can answer for you.",
        "", "Thank you for keeping it true.",
    ]   # fmt: skip
    return Letter(to=to, subject=SUBJECT, text="\n".join(lines))
