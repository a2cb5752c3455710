"""The strengths conversation: its pages in order, what each asks, and how it is asked of a friend who helps somebody else."""

from __future__ import annotations

from typing import Final

from msgspec import Struct


class TalkPage(Struct, frozen=True):
    """One page: its name, its question, the same for a friend, and a line under it. ``sensitive`` pages say why they ask."""

    name: str
    question: str
    for_friend: str
    hint: str
    sensitive: bool = False


PAGES: Final = (
    TalkPage("well", "What has gone well lately?", "What has gone well for them lately?", "Something small is plenty: a good meal, a call, a morning outside."),
    TalkPage(
        "good", "What are you good at?", "What are they good at?",
        "In your own words. What comes easily? What do others ask you for? “People tell me things” counts.",
    ),
    TalkPage(
        "helped", "What has helped before?", "What has helped them before?",
        "Things, people or places, one a line. “Walking by the sea”, “my choir”.",
    ),
    TalkPage("mine", "Who and what do you have already?", "Who and what do they have already?", "People on your side, and places where you feel at home."),
    TalkPage(
        "life", "How are the parts of life going?", "How are the parts of life going for them?",
        "Answer those you like. What goes well is a strength to build on.",
    ),
    TalkPage("more", "What would you like more of?", "What would they like more of?", "Hopes, large or small."),
    TalkPage(
        "scale", "From 0 to 10, how near is it?", "From 0 to 10, how near is it for them?",
        "Only you see this. It is never part of what you share, and changes no result.", True,
    ),
    TalkPage(
        "turn", "Is there a strength to put to better use?", "Is there a strength they could put to better use?",
        "A strength can make trouble in one place and be just right in another. “I can find anything” is good for finding a home.", True,
    ),
    TalkPage("fits", "What makes it fit you?", "What makes it fit them?", "Every line is optional, and says why it is asked.", True),
    TalkPage("new", "Something new, or like before?", "Something new for them, or like before?", "Move it as you like; the order follows."),
)  # fmt: skip
NAMES: Final = tuple(page.name for page in PAGES)
ALL: Final = "all"
DONE: Final = "done"
LANDINGS: Final = (*NAMES, ALL, DONE)
NEWNESS: Final = (
    ("", "No matter"), ("0", "Like before"), ("0.25", "A bit like before"), ("0.5", "Half and half"), ("0.75", "A bit new"), ("1", "Something new"),
)
DOMAIN_ANSWERS: Final = (("well", "Going well"), ("so_so", "So so"), ("more", "Would like more"), ("", "No answer"))


def after(page: str, go: str) -> str:
    """Where a button leads from a page: the next, the one before, or the one that it names."""
    if go in LANDINGS:
        return go
    at = NAMES.index(page) if page in NAMES else -1
    if go == "back":
        return NAMES[max(0, at - 1)]
    return (*NAMES, DONE)[at + 1] if page in NAMES else DONE


def page_named(name: str) -> TalkPage:
    """A page by its name; the first for a name there is none of."""
    return next((page for page in PAGES if page.name == name), PAGES[0])
