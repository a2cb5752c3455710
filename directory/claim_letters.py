"""What is written to people about claims."""

from __future__ import annotations

from directory.outbox import Letter


def link_letter(to: str, name: str, link: str) -> Letter:
    """The link to claim by, for a listed address."""
    text = (
        f"Somebody asks to keep the listings of {name} up to date in this directory. If you know of it, open this page while signed in. It works once, "
        f"for a week, and makes whoever opens it the owner of these listings:\n\n{link}\n\nIf you do not know of it, you need do nothing: nothing changes."
    )
    return Letter(to=to, subject="Keeping your listings up to date", text=text)


def notice(to: str, name: str) -> Letter:
    """For the other listed addresses: that a link was sent."""
    text = f"Somebody asks to keep the listings of {name} up to date. We sent a link to another address that the directory holds. Do you know of it?"
    return Letter(to=to, subject="About your listings", text=f"{text} If something seems wrong, tell us on the page of a listing.")


def owned(to: str, name: str) -> Letter:
    """For the listed addresses: that somebody used it."""
    text = f"From today somebody with an account keeps the listings of {name} up to date. They used the link that we sent to a listed address."
    return Letter(to=to, subject="About your listings", text=f"{text} If this was none of you, tell us on the page of a listing: we will take it back.")


def contested(name: str) -> str:
    """For owners: that somebody else claims."""
    return f"Somebody else says that they speak for {name}, whose listings you look after. Nothing has changed: a curator looks into it and may ask you."


def withdrawn(name: str) -> str:
    """For owners: that this was taken back."""
    return f"Somebody had said that they speak for {name}, whose listings you look after. They have taken that back, and nothing has changed."


def decided(name: str, why: str, *, approve: bool) -> str:
    """For whoever claimed: what a curator decided, and why."""
    end = "You can keep its listings up to date from now on." if approve else "We could not confirm it this time. You are welcome to show us more."
    return f"You asked to look after the listings of {name}. {end}\n\n{why}"


def taken(name: str, why: str) -> str:
    """For those whose role went with a claim."""
    return f"You do not look after the listings of {name} any more: a curator has taken it back, and you were signed out.\n\n{why}"


def taken_from_other(name: str, why: str) -> str:
    """For those who go on."""
    return f"A curator has taken back that somebody else looks after the listings of {name}. You go on as before.\n\n{why}"
