"""A small vocabulary and a small high street for the tests of words: all of it invented."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from matching.arrays import Floats
from matching.text import TextIndex
from matching.urgent import UrgentPhrase
from matching.values import Listing, Term
from matching.vocabulary import Vocabulary


def strength(code: str, label: str, *cues: str, parent: str = "", group: bool = False, description: str = "") -> Term:
    return Term(taxonomy="strengths", code=code, label=label, cues=cues, parent=parent, group=group, description=description)


def support(code: str, label: str, *cues: str, parent: str = "", related: tuple[str, ...] = ()) -> Term:
    return Term(taxonomy="supports", code=code, label=label, cues=cues, parent=parent, related=related)


TERMS = (
    strength("hands", "Good with your hands", group=True),
    strength("cooking", "Cooking and baking", "I cook for my family", "bake bread", "good in the kitchen", parent="hands"),
    strength("making", "Making and fixing", "I fix things", "mend bikes", "handy with tools", parent="hands"),
    strength("sewing", "Sewing and knitting", "good with a needle", "knit jumpers", parent="hands"),
    strength("listening", "Listening", "people tell me their problems", "shoulder to cry on", description="Being someone people can talk to."),
    strength("sport", "Sport and movement", "work out at the gym", "play football"),
    strength("calm", "Staying calm", "I keep my head in a crisis", "sat with people through depression"),
    strength("languages", "Speaking languages", "I speak two languages", "hablo español", "我会说中文"),
    support("food", "Food", "hungry", "nothing to eat"),
    support("food_pantry", "Food to take home", "food bank", "pantry", parent="food"),
    support("hot_meals", "Hot meals", "soup kitchen", "cooked dinner", parent="food"),
    support("soup_run", "Soup run", "soup on the street", parent="hot_meals"),
    support("rent_help", "Help with rent", "rent arrears", "behind with the rent"),
    support("listening_line", "Someone to talk to", "I need to talk", "phone line for lonely nights"),
    support("english", "English classes", "learn English"),
    Term(taxonomy="communities", code="east_africa", label="East Africa", group=True),
    Term(taxonomy="communities", code="somali", label="Somali", parent="east_africa", cues=("Soomaali",)),
    Term(taxonomy="communities", code="eritrean", label="Eritrean", parent="east_africa"),
    Term(taxonomy="communities", code="polish", label="Polish", cues=("Polski",)),
    Term(taxonomy="interests", code="walking", label="Walking"),
)
URGENT = (
    UrgentPhrase(topic="life", phrase="kill myself"),
    UrgentPhrase(topic="life", phrase="suicide"),
    UrgentPhrase(topic="life", phrase="suicidio", language="es"),
    UrgentPhrase(topic="life", phrase="自杀", language="zh"),
    UrgentPhrase(topic="violence", phrase="he hits me"),
    UrgentPhrase(topic="violence", phrase="battered"),
    UrgentPhrase(topic="abuse", phrase="abused"),
)
VOCABULARY = Vocabulary(TERMS, URGENT)


def listing(number: int | str, name: str = "", **fields: object) -> Listing:
    return Listing(id=str(number), service_id=str(number), organization_id="o", name=name, **fields)  # type: ignore[arg-type]


STREET = (
    listing(0, "Harbour Road Food Bank", organization_name="Harbour Trust", supports=frozenset({"food_pantry"})),
    listing(1, "Dental Care", organization_name="Ferry Lane Clinic", description="Check-ups, fillings and children's teeth."),
    listing(2, "Rental Advice", description="Talk through your tenancy.", supports=frozenset({"rent_help"})),
    listing(3, "Mental Wellbeing Drop-in", organization_name="The Neighbourhood Centre", keywords=("counselling", "company")),
    listing(4, "Tuesday Walkers", interests=frozenset({"walking"}), description="A gentle walk by the harbour, then tea."),
    listing(5, "Somali Women's Sewing Circle", for_communities=frozenset({"somali"}), description="Sew, talk and share a meal."),
    listing(6, "Mercy Kitchen", supports=frozenset({"soup_run"}), description="Evenings by the station."),
    listing(7, "Café Amigos", description="Conversación en español, every Friday.", led_by=frozenset({"polish"})),
    listing(8, "中文心理支援小组", description="每周三晚上"),
    listing(9, "Counsellors Together", description="Organisation of volunteer counsellors for teenagers."),
)
INDEX = TextIndex.build(STREET, VOCABULARY)
SAID = "I cook bread knit fix bikes gym listen people hungry rent soup the zzz"
SENTENCES = st.lists(st.sampled_from(SAID.split()), max_size=8).map(" ".join)
"""What people might write, word by word."""


def scores_of(index: TextIndex, query: str) -> Floats:
    """One number a row, 0 where no word hits."""
    rows, found = index.hits(index.read(query))
    everywhere = np.zeros(index.size)
    everywhere[rows] = found
    return everywhere


def best(query: str, count: int = 3, index: TextIndex = INDEX) -> list[int]:
    """The rows that ``query`` hits, best first."""
    scores = scores_of(index, query)
    order = sorted(range(index.size), key=lambda row: (-scores[row], row))
    return [row for row in order[:count] if scores[row] > 0]
