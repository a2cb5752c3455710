"""The part of the slow ranking that reads what company a person wishes for: plain Python, straight from matching/README.md."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterable
from statistics import fmean

from matching import weights as w
from matching.values import Listing, MustHaves
from tests.matching.brought import Brought

PASS, FAIL, ASK = "pass", "fail", "ask"
WHO_LEADS, WHO_MAY_COME = {"peer_led", "shared", "professional_led"}, {"open", "closed", "invitation"}


class Wished(Brought):
    """Wishes for a group, one listing at a time."""

    must: MustHaves

    @abstractmethod
    def unknown(self, aspect: str, code: str, one: Listing) -> float:
        """What a fact of which nobody said anything is worth."""

    @abstractmethod
    def narrower(self, taxonomy: str, codes: Iterable[str]) -> set[str]:
        """The codes and everything under them."""

    def bundles(self, codes: Iterable[str]) -> list[set[str]]:
        """Wishes of which one is enough."""
        wanted = set(codes)
        return [one for one in (wanted & WHO_LEADS, wanted & WHO_MAY_COME, *({code} for code in sorted(wanted - WHO_LEADS - WHO_MAY_COME))) if one]

    def group(self, one: Listing) -> tuple[float, float]:
        """(met, unknown) of the facts of a group."""
        met, unsaid = [], []
        for bundle in self.bundles({*self.profile.group, *self.must.group}):
            worths = {code: self.unknown("group", code, one) for code in bundle}
            met.append(max(1.0 if code in one.group.yes else 0.0 if code in one.group.no else worths[code] for code in bundle))
            unsaid.append(max(worths.values()))
        return fmean(met), fmean(unsaid)

    def judge_group(self, one: Listing) -> str:
        said = [PASS if bundle & one.group.yes else FAIL if bundle <= one.group.no else ASK for bundle in self.bundles(self.must.group)]
        return FAIL if FAIL in said else ASK if ASK in said else PASS

    def judge_company(self, one: Listing) -> str:
        if not self.must.company:
            return PASS
        pairs = [(wish, said) for wish, said in ((self.profile.size, one.size), (self.profile.tone, one.tone)) if wish]
        if any(said is not None and said != wish for wish, said in pairs):
            return FAIL
        return ASK if any(said is None for _, said in pairs) else PASS

    def holds(self, taxonomy: str, held: Iterable[str], wanted: Iterable[str]) -> bool:
        """Is something held one of those wanted, or broader."""
        return any(set(wanted) & self.narrower(taxonomy, {code}) for code in held)

    def judge_community(self, one: Listing) -> str:
        wanted = self.must.communities
        return PASS if not wanted or self.holds("communities", one.for_communities | one.led_by | one.welcomes, wanted) else ASK

    def respects(self, one: Listing) -> dict[str, tuple[str, set[str], list[Collection[str]]]]:
        """For each thing that may be shared: whose words, what the person said, and what the listing holds."""
        profile = self.profile
        return {
            "topic": ("supports", {*self.inquiry.supports}, [one.supports]),
            "interests": ("interests", {*profile.interests}, [one.interests]),
            "community": ("communities", self.communities, [one.for_communities, one.led_by]),
            "faith": ("faiths", {*profile.faiths}, [one.faiths]),
            "experience": ("audiences", {*profile.about}, [one.meant_for]),
            "strengths": ("strengths", {s.code for s in profile.strengths}, [one.builds_on.yes]),
        }

    def focused(self, chosen: Collection[str]) -> list[str]:
        """The respects that were chosen and that the person said something of."""
        return [name for name, (_, own, _) in self.respects(NOTHING).items() if name in chosen and own]

    def focus(self, one: Listing, usual: float) -> float:
        parts = []
        for name in self.focused({*self.profile.focus, *self.must.focus}):
            taxonomy, own, held = self.respects(one)[name]
            near = [1.0 if code == other else self.words.similarity(taxonomy, code, other) for code in own for codes in held for other in codes]
            parts.append(w.FOCUS_CARE * max(near, default=0.0))
        return usual + (1 - usual) * self.together(parts)

    def judge_focus(self, one: Listing) -> str:
        return PASS if not self.focused(self.must.focus) or self.shares_something(one, self.must.focus) else ASK

    def shares_something(self, one: Listing, chosen: Collection[str] = ()) -> bool:
        """Whether one of the things that were chosen, or all that the person wished for, is truly shared."""
        named = self.focused(chosen or {*self.profile.focus, *self.must.focus})
        return any(self.holds(taxonomy, codes, own) for name in named for taxonomy, own, held in [self.respects(one)[name]] for codes in held)

    def is_opposite(self, one: Listing) -> bool:
        sizes, tones = {"small": "large", "large": "small"}, {"quiet": "lively", "lively": "quiet"}
        profile = self.profile
        return (one.size is not None and sizes.get(profile.size or "") == one.size) or (one.tone is not None and tones.get(profile.tone or "") == one.tone)


NOTHING = Listing(id="", service_id="", organization_id="", name="")
