"""The part of the slow ranking that reads what a person brings and loves against one listing: plain Python, straight from matching/README.md."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence

from matching import weights as w
from matching.part import Words
from matching.values import Inquiry, Listing, Profile

TAXONOMY = {
    "builds_on": "strengths", "wants": "strengths", "supports": "supports", "domains": "life_domains", "interests": "interests",
    "settings": "settings", "for_communities": "communities", "led_by": "communities", "welcomes": "communities", "faiths": "faiths",
    "kind": "kinds", "meant_for": "audiences",
}  # fmt: skip


class Brought(ABC):
    """What one person brings, listing by listing; ``told`` is how plainly a listing's own words tell of a term (taxonomy, code, id)."""

    inquiry: Inquiry
    profile: Profile
    communities: set[str]
    words: Words
    told: Callable[[str, str, str], float]

    @property
    @abstractmethod
    def asks_to_give(self) -> bool:
        """True when the person does."""

    def near(self, column: str, wanted: str, held: Iterable[str]) -> float:
        return max((1.0 if wanted == one else self.words.similarity(TAXONOMY[column], wanted, one) for one in held), default=0.0)

    def related(self, column: str, wanted: str, one: Listing, held: Iterable[str], tag_alone: float = w.TAG_ALONE, scale: float = 1.0) -> float:
        told = self.told(TAXONOMY[column], wanted, one.id)
        return max(scale * self.near(column, wanted, held) * (tag_alone + (1 - tag_alone) * told), w.SAID_ALONE * told)

    def gained(self, one: Listing) -> dict[str, float]:
        """How much of what the person brings and loves is met, by signal."""
        profile, found = self.profile, dict[str, float]()
        strengths = {s.code: max(w.ENJOY[t.enjoy] for t in profile.strengths if t.code == s.code) for s in profile.strengths}
        if strengths:
            refused = one.builds_on.no - one.builds_on.yes
            parts = [w.STRENGTH_CARE * q * self.near("builds_on", code, one.builds_on.yes) for code, q in strengths.items() if code not in refused]
            found["strengths"] = self.together(parts)
        if self.communities or profile.faiths:
            parts = [w.BELONGING_CARE * self.bond(one, code) for code in self.communities]
            parts += [w.BELONGING_CARE * self.related("faiths", code, one, one.faiths) for code in set(profile.faiths)]
            found["belonging"] = self.together([*parts, w.EVERYONE_CARE if one.everyone_welcome else 0.0])
        if profile.helped_before:
            kept = {"supports": one.supports, "interests": one.interests, "settings": one.settings, "kind": {one.kind}}
            likes = [w.HELPED_CARE * max(self.near(name, code, held) for name, held in kept.items()) for code in set(profile.helped_before)]
            found["helped_before"] = self.together(likes)
        if profile.interests or profile.domains:
            parts = [w.INTEREST_CARE * self.related("interests", code, one, one.interests) for code in set(profile.interests)]
            found["interests"] = self.together([*parts, *(w.DOMAIN_CARE * self.near("domains", code, one.domains) for code in set(profile.domains))])
        if strengths and self.asks_to_give:
            found["give"] = self.together([q * self.near("wants", code, one.wants) for code, q in strengths.items()])
        return found

    def most(self) -> dict[str, float]:
        """What is gained where all is met."""
        profile = self.profile
        strengths = {s.code: max(w.ENJOY[t.enjoy] for t in profile.strengths if t.code == s.code) for s in profile.strengths}
        return {
            "strengths": self.together(w.STRENGTH_CARE * q for q in strengths.values()),
            "belonging": self.together([w.BELONGING_CARE] * len(self.communities) + [w.BELONGING_CARE] * len({*profile.faiths})),
            "helped_before": self.together([w.HELPED_CARE] * len({*profile.helped_before})),
            "interests": self.together([w.INTEREST_CARE] * len({*profile.interests}) + [w.DOMAIN_CARE] * len({*profile.domains})),
            "give": self.together(strengths.values()),
        }

    def bond(self, one: Listing, code: str) -> float:
        own = one.for_communities | one.led_by
        return max(self.related("led_by", code, one, own), self.related("welcomes", code, one, one.welcomes, scale=w.WELCOMES))

    def together(self, parts: Iterable[float]) -> float:
        return 1 - math.prod(1 - part for part in parts)

    def best_of(self, wishes: Sequence[tuple[float, float]]) -> float:
        """Mostly the best one, for the rest the weighted mean."""
        if not wishes:
            return 0.0
        mean = sum(weight * met for weight, met in wishes) / sum(weight for weight, _ in wishes)
        return (1 - w.ALL_OF_THEM) * max(weight * met for weight, met in wishes) + w.ALL_OF_THEM * mean
