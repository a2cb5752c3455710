"""The letters that accounts bring: plain words, subjects that tell nothing, and who did not ask is told what to do."""

from __future__ import annotations

from directory.outbox import Letter

SUBJECT = "Your message from Homeground"
"""One subject for all: somebody else may see the list of messages."""
NOT_YOU = "If you did not ask for this, you need do nothing: without the link nothing happens."
CHANGED = {
    "password": "The password of your account was changed.",
    "authenticator": "An app that makes sign-in codes was added to your account.",
    "authenticator gone": "The app that makes sign-in codes was taken away from your account.",
    "passkey": "A passkey was added to your account.",
    "passkey gone": "A passkey was taken away from your account.",
    "recovery codes": "New recovery codes were made for your account. The old ones are not good any more.",
    "recovery code used": "One of the recovery codes of your account was used to sign in.",
    "address": "The e-mail address of your account was changed. Messages now go to the new address.",
    "reset": "An administrator took the second factor away from your account, so that you can set one up again.",
    "name": "The name of your account was changed.",
}
"""What a notice says, by what was changed."""


def to_join(address: str, link: str) -> Letter:
    """For somebody who wishes to have an account."""
    return _letter(address, "Somebody asked for an account at Homeground with this address. If it was you, open this page within a day:", link, NOT_YOU)


def to_enter(address: str, link: str) -> Letter:
    """For somebody who wishes to sign in without a password."""
    return _letter(address, "Open this page within 20 minutes to sign in. It works once:", link, NOT_YOU)


def to_enter_instead(address: str, link: str) -> Letter:
    """For somebody who asked for an account and has one."""
    return _letter(address, "You have an account with this address already. Open this page within 20 minutes to sign in:", link, NOT_YOU)


def to_join_instead(address: str, link: str) -> Letter:
    """For somebody who has no account and asked to sign in, or for a new password."""
    words = "Somebody asked to sign in with this address, and there is no account with it. To make one, open this page within a day:"
    return _letter(address, words, link, NOT_YOU)


def new_password(address: str, link: str) -> Letter:
    """For somebody who forgot their password."""
    return _letter(address, "Open this page within an hour to choose a new password:", link, NOT_YOU)


def closed(address: str) -> Letter:
    """For somebody whose account was closed."""
    return _letter(address, "The account with this address is closed. Whoever runs this Homeground can open it again.")


def invitation(address: str, link: str, *, who: str, what: str) -> Letter:
    """For somebody who is asked to take part."""
    words = f"{who} invites you to {what}. Open this page within two weeks to say yes:"
    return _letter(address, words, link, "If you do not know them, you need do nothing: without the link nothing happens.")


def new_address(address: str, link: str) -> Letter:
    """To the new address of an account, which must say yes first."""
    return _letter(address, "Somebody gave this as the new address of their account. If it was you, open this page within a day:", link, NOT_YOU)


def changed(address: str, what: str, link: str) -> Letter:
    """Tell somebody that their way of signing in was changed; ``what`` is a key of ``CHANGED``."""
    return _letter(address, CHANGED[what], "If it was not you, ask for a new password here, and write to whoever runs this Homeground:", link)


def _letter(address: str, *parts: str) -> Letter:
    return Letter(to=address, subject=SUBJECT, text="\n\n".join(("Hello,", *parts, "Homeground")) + "\n")
