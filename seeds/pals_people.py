"""The invented people of Porch Pals, as each of them would fill in the form; nobody of them exists."""

from __future__ import annotations

from typing import Any, Final

from matching.values import Slot

EVENING, MORNING = (17 * 60, 22 * 60), (7 * 60, 12 * 60)


def _times(*days: int, span: tuple[int, int]) -> tuple[Slot, ...]:
    return tuple(Slot(weekday=day, starts=span[0], ends=span[1]) for day in days)


PALS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "teodoro@people.example.org": ("supporter", {
        "pseudonym": "Lantern", "called": "Teo", "words": "I fix radios and take my time. I know what it is to begin again in a new town.",
        "about": ("supports/newcomer_support", "supports/find_work", "life_domains/people"), "not_about": ("supports/grief_support",),
        "interests": ("interests/listening_music",), "strengths": ("strengths/listening", "strengths/making_fixing"), "languages": ("es", "en"),
        "ways": ("messages", "phone", "in_person"), "slots": _times(1, 3, span=EVENING),
    }),
    "hawa@people.example.org": ("supporter", {
        "pseudonym": "Cardamom", "called": "Hawa", "words": "Tea, a walk by the river, and no hurry. I brought up four children here.",
        "about": ("supports/parenting", "life_domains/people", "supports/carers_family"), "interests": ("interests/walking",),
        "strengths": ("strengths/listening", "strengths/cooking"), "languages": ("so", "en"), "ways": ("phone", "in_person"),
        "slots": _times(0, 2, 5, span=MORNING), "traits": ("gender/women",), "shows_traits": True,
    }),
    "priya@people.example.org": ("seeker", {
        "pseudonym": "Monsoon", "called": "Priya", "words": "New mother, far from my sisters. I would like to laugh with somebody.",
        "about": ("supports/parenting", "life_domains/people"), "interests": ("interests/walking",), "hopes": ("strengths/cooking",),
        "languages": ("en",), "ways": ("phone", "in_person"), "slots": _times(0, 2, span=MORNING), "traits": ("gender/women",), "shows_traits": True,
    }),
    "caleb@people.example.org": ("seeker", {
        "pseudonym": "Kestrel", "called": "Caleb", "words": "Learning Spanish, looking for work with my hands.",
        "about": ("supports/find_work", "life_domains/people"), "hopes": ("strengths/making_fixing",), "interests": ("interests/listening_music",),
        "languages": ("en",), "ways": ("messages", "phone"), "slots": _times(1, span=EVENING),
    }),
    "delphine@people.example.org": ("supporter", {
        "pseudonym": "Thimble", "called": "Delphine", "words": "I sew, I sing a little, and I was alone here once.",
        "about": ("life_domains/people", "supports/grief_support", "supports/older_people"), "interests": ("interests/listening_music",),
        "strengths": ("strengths/listening",), "languages": ("fr", "en"), "ways": ("messages", "phone"), "slots": _times(0, 2, span=MORNING),
    }),
    "noor@people.example.org": ("seeker", {
        "pseudonym": "Plum", "called": "Noor", "words": "I am finding my feet after a move. Walking and talking would do me good.",
        "about": ("life_domains/people", "supports/newcomer_support"), "interests": ("interests/walking",), "languages": ("en",),
        "ways": ("phone", "messages"), "slots": _times(1, 3, span=EVENING), "not_people": "My landlord, Theo Salas",
    }),
    "wendell@people.example.org": ("seeker", {
        "pseudonym": "Ferry", "called": "Wendell", "words": "Retired from the river. I would like a good talk once a week.",
        "about": ("life_domains/people", "supports/older_people"), "hopes": ("strengths/listening",), "languages": ("en",), "ways": ("phone", "in_person"),
        "slots": _times(0, 2, span=MORNING),
    }),
    "robin@people.example.org": ("seeker", {
        "pseudonym": "Comet", "called": "Robin", "words": "I draw, and I would like somebody to look at it with.", "about": ("life_domains/people",),
        "interests": ("interests/walking",), "languages": ("en",), "ways": ("messages",), "slots": _times(1, 3, span=EVENING), "is_minor": True,
    }),
}  # fmt: skip
