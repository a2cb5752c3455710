"""What to ask on the telephone, in plain words: what the directory says, so that the other side only has to say yes or no."""

from __future__ import annotations

from datetime import date

from directory.listings import ListingPage
from directory.timetable.times import without_past
from web.hours_wording import timetable_sentences


def questions(page: ListingPage, *, on: date, country: str) -> list[tuple[str, str]]:
    """The questions of a call in their order, each with what we have, empty where nothing is known: then it is worth asking most."""
    card = page.card
    hours = "; ".join(timetable_sentences(without_past(page.timetable, on=on), country=country)) or " ".join(page.hours_text)
    where = "; ".join(", ".join(filter(None, (one.name, *one.address))) for one in page.places if not one.confidential)
    asked = [
        ("Do you still offer this?", page.description or card.name),
        ("Are these your days and hours?", hours),
        *([("Is this your address?", where)] if not card.where or not card.where.confidential else []),
        ("Who may come?", " ".join(filter(None, (page.ages, page.eligibility)))),
        ("What does it cost?", " ".join(filter(None, ("" if card.cost.endswith(": ask") else card.cost, page.fees)))),
        ("Which languages can people use with you?", "; ".join(card.in_languages)),
        ("How does somebody start?", page.how_to_apply),
        ("Can somebody in a wheelchair get in and move around?", "; ".join(text for one in page.places for text in one.access_text)),
        ("Is there space at present?", {"open": "Yes", "waiting_list": "A waiting list", "full": "Full"}.get(card.space or "", "")),
        ("To which address may we write, so that we need not call again?", card.email),
    ]
    return [(question, said.strip()) for question, said in asked]
