"""Three ways to a listing in words: by oneself, with someone, or with a referral; and the smallest first step that is known of."""

from __future__ import annotations

from directory.listings import Card

FIRST_STEPS = (
    ("look_first", "Come and look, without joining in."), ("drop_in", "Just turn up: nobody needs to know before."), ("text_first", "Send a text first."),
    ("email_first", "Write a mail first."), ("always_open", "It is open to anyone at any hour."), ("online_form", "Fill in a form online."),
)  # fmt: skip
EASES = (
    ("may_just_listen", "You can just listen."), ("someone_meets_you", "Someone meets you at the door."), ("camera_optional", "Your camera can stay off."),
)  # fmt: skip
TOGETHER = (("bring_someone", "You can bring someone."), ("someone_meets_you", "Someone meets you at the door."))
REFERRALS = {"referral": "They ask that someone refers you.", "doctor_referral": "They ask that your doctor refers you."}
ENTRY = {
    "drop_in": "just turn up", "self_refer": "ask for yourself", "phone_first": "phone first", "text_first": "text first", "email_first": "write a mail first",
    "online_form": "fill in their form online", "appointment": "make an appointment", "book_a_place": "book a place", "look_first": "come and look first",
    "waiting_list": "join the waiting list", "application": "apply", "membership": "join as a member", "street_contact": "meet them where they are",
    "always_open": "come at any hour", "assessment": "a first talk about what fits",
}  # fmt: skip


def first_step(card: Card) -> str:
    """The smallest step that is known of: a way in that asks little, or something that eases a first visit; nothing where nothing is known."""
    way = next((words for code, words in FIRST_STEPS if code in card.entry), "")
    ease = next((words for code, words in EASES if code in card.eases), "")
    if not way and any(phone.kind in ("sms", "text") for phone in card.phones):
        way = "Send a text first."
    return " ".join(filter(None, (way, ease)))


def by_myself(card: Card) -> str:
    """How to go alone."""
    ways = [ENTRY[code] for code in card.entry if code in ENTRY]
    if ways:
        return f"They say: {', or '.join(ways)}."
    if set(card.entry) & set(REFERRALS):
        return "They ask for a referral. You can still call and ask whether there is another way."
    return "How to start is not stated: call or write, and ask."


def with_someone(card: Card) -> str:
    """How to go with somebody."""
    said = [words for code, words in TOGETHER if code in card.eases]
    if "someone_brings_you" in card.entry:
        said.append("You can come with someone who goes already.")
    return " ".join(said) or "Ask someone you trust to call with you, or to come along. Ask them first whether that is all right there."


def by_referral(card: Card) -> str:
    """What a referral would take."""
    asked = [words for code, words in REFERRALS.items() if code in card.entry]
    if asked:
        return " ".join(asked)
    own = {"drop_in", "self_refer", "always_open"} & set(card.entry)
    needed = "No referral is needed." if own else "They do not say that one is needed."
    return f"{needed} A worker you know can call for you."
