"""A slow ranking that is obviously right: one listing at a time, plain Python, straight from the formulas of matching/README.md.

It shares no arrays, no masks and no ordering code with the fast one: only the values, the numbers in ``matching.weights`` and the vocabulary.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from hashlib import sha1
from statistics import fmean, median_low

from matching import ordinary
from matching import weights as w
from matching.part import Words
from matching.signs import is_signed
from matching.values import Inquiry, LimitName, Listing, Mode, Place, Slot, Stated
from tests.matching.timed import Timed, kilometres
from tests.matching.tongue import slips_slowly
from tests.matching.wished import ASK, FAIL, PASS

BILLION = 10**9


class Oracle(Timed):
    """Everything about one directory and one question, listing by listing.

    ``texts`` is how well each listing's words answer the question, by id; ``told`` is how plainly its own words tell of a term (taxonomy, code, id);
    ``named`` is how many slips lie between what was typed and a name, None where that name is not meant.
    ``measured_on`` is the catalogue that rates and rurality were taken from, where it is not the one that is ranked.
    """

    def __init__(
        self,
        inquiry: Inquiry,
        listings: Sequence[Listing],
        words: Words,
        texts: dict[str, float],
        at: datetime,
        measured_on: Sequence[Listing] | None = None,
        told: Callable[[str, str, str], float] = lambda taxonomy, code, listing_id: 0.0,
        named: Callable[[str, str], int | None] = slips_slowly,
    ) -> None:
        self.told, self.named = told, named
        self.inquiry, self.listings, self.words, self.texts, self.at = inquiry, listings, words, texts, at
        self.measured_on = listings if measured_on is None else measured_on
        self.profile, self.must, self.travel = inquiry.profile, inquiry.must, inquiry.travel
        self.communities = {*inquiry.profile.communities, *inquiry.must.communities}
        self.modes: tuple[Mode, ...] = self.travel.modes or w.USUAL_MODES

    # --- small tools ---------------------------------------------------------------------------------------------------------------

    def narrower(self, taxonomy: str, codes: Iterable[str]) -> set[str]:
        return {one for code in codes for one in {code} | self.words.descendants(taxonomy, code)}

    # --- limits --------------------------------------------------------------------------------------------------------------------

    def verdicts(self, one: Listing) -> dict[LimitName, str]:
        found: dict[LimitName, str] = {
            "travel": self.judge_travel(one),
            "area": self.judge_area(one),
            "language": self.judge_language(one),
            "access": self.all_stated(one.access, self.must.access),
            "cost": self.judge_cost(one),
            "times": self.judge_times(one),
            "age": self.judge_age(one),
            "audience": self.judge_audience(one),
            "format": self.any_stated(one.formats, self.must.formats),
            "faith": self.judge_faith(one),
            "entry": self.any_stated(one.entry, self.must.entry),
            "kind": PASS if not self.must.kinds or one.kind in self.narrower("kinds", self.must.kinds) else FAIL,
            "give": self.judge_give(one),
            "steer_clear": self.judge_steer_clear(one),
            "group": self.judge_group(one),
            "company": self.judge_company(one),
            "community": self.judge_community(one),
            "focus": self.judge_focus(one),
        }
        return {name: FAIL if said == ASK and name in self.must.confirmed else said for name, said in found.items()}

    def judge_travel(self, one: Listing) -> str:
        here, there = self.inquiry.place, self.public_place(one)
        if here is None or (self.travel.minutes is None and self.travel.max_km is None) or self.is_remote(one):
            return PASS
        if there is None:
            return ASK
        km = kilometres(here, there)
        margin = w.MARGIN_KM[here.precision] + w.MARGIN_KM[there.precision]
        return PASS if self.within(km) else ASK if self.within(max(0.0, km - margin)) else FAIL

    def within(self, km: float) -> bool:
        quick = min(self.minutes(km, mode) for mode in self.modes)
        return (self.travel.max_km is None or km <= self.travel.max_km) and (self.travel.minutes is None or quick <= self.travel.minutes)

    def judge_area(self, one: Listing) -> str:
        if (self.inquiry.place is None and not self.inquiry.areas) or not one.areas or one.areas & self.inquiry.areas:
            return PASS
        return FAIL if one.areas_resolved and self.inquiry.areas else ASK

    def speaks(self, codes: Iterable[str], wanted: str) -> bool:
        return any(code.lower() == wanted.lower() or code.lower().startswith(wanted.lower() + "-") for code in codes)

    def interprets(self, one: Listing, wanted: str) -> bool:
        return self.speaks(one.interpreted, wanted) or ("mul" in one.interpreted and not is_signed(wanted) and not self.must.without_interpreter)

    def judge_language(self, one: Listing) -> str:
        wanted = self.must.languages
        direct = self.must.without_interpreter
        if not wanted or any(self.speaks(one.languages.yes, code) for code in wanted):
            return PASS
        if not direct and any(self.interprets(one, code) for code in wanted):
            return PASS
        if one.interpreting and not direct:
            return ASK
        refused = (one.languages.no - one.languages.yes) | (one.interpreted if direct else set())
        return FAIL if all(one.languages_only or self.speaks(refused, code) for code in wanted) else ASK

    def all_stated(self, stated: Stated, wanted: Sequence[str]) -> str:
        if any(code in stated.no - stated.yes for code in wanted):
            return FAIL
        return PASS if all(code in stated.yes for code in wanted) else ASK

    def any_stated(self, stated: Stated, wanted: Sequence[str]) -> str:
        if not wanted or any(code in stated.yes for code in wanted):
            return PASS
        return FAIL if all(code in stated.no for code in wanted) else ASK

    def judge_cost(self, one: Listing) -> str:
        if one.cost in ("free", "donation"):
            return PASS
        said = []
        if self.must.free:
            said.append(FAIL if one.cost == "paid" else ASK)
        if self.must.most_cost is not None:
            said.append(ASK if one.price is None else FAIL if one.price > self.must.most_cost else PASS)
        return FAIL if FAIL in said else ASK if ASK in said else PASS

    def judge_times(self, one: Listing) -> str:
        if not self.must.in_my_times or not self.profile.times or one.always_open or self.fits(one)[0]:
            return PASS
        return FAIL if self.hours_stated(one) and not self.fits(one)[1] else ASK

    def judge_age(self, one: Listing) -> str:
        age = self.profile.age
        if age is None:
            return PASS
        too_young = one.minimum_age is not None and age < one.minimum_age
        oldest = one.maximum_age
        too_old = oldest is not None and (age >= oldest + 1 if oldest == int(oldest) else age > oldest)
        return FAIL if too_young or too_old else PASS

    def judge_audience(self, one: Listing) -> str:
        about, said_not = set(self.profile.about), set(self.profile.not_about)
        if (age := self.profile.age) is not None:
            about |= {"older_adults"} if age >= 65 else set()
            about |= {"adults"} if age >= 21 else set()
            about |= {"young_adults"} if 18 <= age < 25 else set()
            about |= {"young_people"} if 14 <= age < 20 else set()
            about |= {"children"} if 3 <= age < 12 else {"babies_toddlers"} if age < 3 else set()
        said_not |= {other for mine, other in (("women", "men"), ("men", "women")) if mine in about and other not in about}
        is_one = {code for code in one.only_for | one.not_for if about & self.narrower("audiences", {code})} | {"everyone"}
        if one.not_for & is_one:
            return FAIL
        if not one.only_for or one.only_for & is_one:
            return PASS
        return FAIL if one.only_for <= self.narrower("audiences", said_not) else ASK

    def judge_faith(self, one: Listing) -> str:
        if not self.must.not_faith_based:
            return PASS
        if one.faiths:
            return FAIL
        return ASK if one.secular is not True and "faith" in self.must.confirmed else PASS

    def judge_give(self, one: Listing) -> str:
        if one.kind != "give" or self.asks_to_give:
            return PASS
        return PASS if one.wants & {strength.code for strength in self.profile.strengths} else FAIL

    @property
    def asks_to_give(self) -> bool:
        in_words = any(code == "volunteering" for code, _ in self.words.recognise(self.inquiry.text))
        return self.profile.give or "give" in self.must.kinds or "volunteering" in self.inquiry.supports or in_words

    def judge_steer_clear(self, one: Listing) -> str:
        held = {"supports": one.supports, "interests": one.interests, "settings": one.settings, "faiths": one.faiths, "kinds": {one.kind}}
        return FAIL if any(codes & self.narrower(name, self.profile.steer_clear) for name, codes in held.items()) else PASS

    # --- unknown -------------------------------------------------------------------------------------------------------------------

    def stated(self, aspect: str, one: Listing) -> tuple[frozenset[str], bool]:
        three = {"strengths": one.builds_on, "languages": one.languages, "formats": one.formats, "access": one.access, "group": one.group}
        if aspect in three:
            return three[aspect].yes, bool(three[aspect].yes | three[aspect].no)
        if aspect == "interests":
            return one.interests | one.domains, bool(one.interests | one.domains)
        if aspect == "belonging":
            held = one.for_communities | one.led_by | one.welcomes | one.faiths
            return held, bool(held) or one.everyone_welcome
        if aspect == "helped_before":
            return one.supports | one.interests | one.settings | {one.kind}, True
        if aspect == "wants":
            return one.wants, bool(one.wants)
        return frozenset({"free"} if one.cost in ("free", "donation") else ()), one.cost is not None

    def unknown(self, aspect: str, code: str, one: Listing) -> float:
        alike = [self.stated(aspect, other) for other in self.measured_on if other.kind == one.kind]
        yes, stated = sum(code in codes for codes, _ in alike), sum(is_stated for _, is_stated in alike)
        return self.worth((yes + w.PRIOR_COUNT * w.PRIOR_RATE) / (stated + w.PRIOR_COUNT))

    def worth(self, rate: float) -> float:
        clipped = min(w.RATE_MOST, max(w.RATE_LEAST, rate))
        return min(w.UNKNOWN_MOST, clipped + w.UNKNOWN_SPREAD * math.sqrt(clipped * (1 - clipped)))

    # --- signals -------------------------------------------------------------------------------------------------------------------

    def signals(self, one: Listing) -> dict[str, tuple[float, float]]:
        """(met, unknown) of each signal that takes part."""
        profile, must = self.profile, self.must
        usual = self.worth(w.PRIOR_RATE)
        found: dict[str, tuple[float, float]] = {}
        strengths = {s.code: max(w.ENJOY[t.enjoy] for t in profile.strengths if t.code == s.code) for s in profile.strengths}
        if strengths:
            refused = one.builds_on.no - one.builds_on.yes
            u = fmean(self.unknown("strengths", code, one) for code in strengths)
            left = u * max(0.0, 1 - sum(q for code, q in strengths.items() if code in refused) / sum(strengths.values()))
            found["strengths"] = left + (1 - left) * self.gained(one)["strengths"], u
        if self.inquiry.place:
            found["reach"] = self.reach(one, usual), usual
        if languages := {*profile.languages, *must.languages}:
            found["language"] = self.language(one, languages)
        if self.communities or profile.faiths:
            found["belonging"] = self.belonging(one)
        if profile.times:
            sure, perhaps = self.fits(one)
            met = usual if not self.hours_stated(one) or (perhaps and not sure) else (0.0, 0.7, 0.9, 1.0)[min(3, sure)]
            found["times"] = 1.0 if one.always_open else met, usual
        helped = set(profile.helped_before)
        if helped:
            like = self.gained(one)["helped_before"]
            u = fmean(self.unknown("helped_before", code, one) for code in helped)
            found["helped_before"] = u + (1 - u) * like, u
        if profile.interests or profile.domains:
            found["interests"] = self.interests(one)
        if must.free or must.most_cost is not None or "cost" in profile.importance:
            found["cost"] = self.cost(one)
        if access := {*profile.access, *must.access}:
            unknowns = {code: self.unknown("access", code, one) for code in access}
            found["access"] = fmean(self.three(one.access, code, unknowns[code]) for code in access), fmean(unknowns.values())
        if formats := {*profile.formats, *must.formats}:
            unknowns = {code: self.unknown("formats", code, one) for code in formats}
            found["format"] = max(self.three(one.formats, code, unknowns[code]) for code in formats), max(unknowns.values())
        if strengths and self.asks_to_give:
            u = fmean(self.unknown("wants", code, one) for code in strengths)
            found["give"] = u + (1 - u) * self.gained(one)["give"], u
        if profile.newness is not None and helped:
            found["newness"] = 0.5 + (0.5 - profile.newness) * like, 0.5
        if profile.size or profile.tone:
            found["social"] = self.social(one, usual), usual
        if {*profile.group, *must.group}:
            found["group"] = self.group(one)
        if self.focused({*profile.focus, *must.focus}):
            found["focus"] = self.focus(one, usual), usual
        return found

    def three(self, stated: Stated, code: str, unknown: float) -> float:
        return 1.0 if code in stated.yes else 0.0 if code in stated.no else unknown

    def reach(self, one: Listing, unknown: float) -> float:
        here, there, worths = self.inquiry.place, self.public_place(one), []
        assert here is not None
        if there is not None:
            for mode in self.modes:
                beyond = max(0.0, self.minutes(kilometres(here, there), mode) - w.EASY_MINUTES)
                worths.append(2 ** (-beyond / (w.HALF_MINUTES * self.rurality(here))))
        if self.is_remote(one):
            taken = {*self.must.formats} & w.REMOTE_FORMATS if self.must.formats else w.REMOTE_FORMATS
            wished = one.formats.yes & taken & {*self.must.formats, *self.profile.formats}
            worths.append(1.0 if wished else w.REMOTE_LIKING)
        return max(worths, default=unknown)

    def rurality(self, here: Place) -> float:
        public = [one.place for one in self.measured_on if one.place and not one.confidential]
        points = {(place.latitude, place.longitude): place for place in public}
        nearest = sorted(kilometres(here, place) for place in points.values())[: w.RURAL_NEIGHBOURS]
        return min(w.RURAL_MOST, max(1.0, median_low(nearest) / w.RURAL_KM)) if nearest else 1.0

    def language(self, one: Listing, wanted: set[str]) -> tuple[float, float]:
        unknowns = {code: self.unknown("languages", code, one) for code in wanted}
        refused = one.languages.no - one.languages.yes
        interpreter_does = not self.must.without_interpreter
        worths = [w.INTERPRETING if one.interpreting and interpreter_does else 0.0]
        for code in wanted:
            if self.speaks(one.languages.yes, code):
                worths.append(1.0)
            elif self.interprets(one, code):
                worths.append(w.INTERPRETED if interpreter_does else 0.0)
            elif not (one.languages_only or self.speaks(refused, code)):
                worths.append(unknowns[code])
        return max(worths), max(unknowns.values())

    def belonging(self, one: Listing) -> tuple[float, float]:
        communities, faiths = self.communities, set(self.profile.faiths)
        u = fmean(self.unknown("belonging", code, one) for code in (*communities, *faiths))
        return max(u + (1 - u) * self.gained(one)["belonging"], w.EVERYONE_WELCOME if one.everyone_welcome else 0.0), u

    def interests(self, one: Listing) -> tuple[float, float]:
        u = fmean(self.unknown("interests", code, one) for code in (*set(self.profile.interests), *set(self.profile.domains)))
        return u + (1 - u) * self.gained(one)["interests"], u

    def cost(self, one: Listing) -> tuple[float, float]:
        u, most = self.unknown("cost", "free", one), self.must.most_cost
        if one.cost == "paid" and one.price is not None and most and one.price <= most:
            return w.PAID_WITHIN_MEANS * (1 - one.price / most), u
        return u if one.cost is None else w.COST_LIKING[one.cost], u

    def social(self, one: Listing, unknown: float) -> float:
        sizes, parts = ("small", "medium", "large"), []
        if self.profile.size:
            away = abs(sizes.index(one.size) - sizes.index(self.profile.size)) if one.size else None
            parts.append(unknown if away is None else (1.0, w.NEIGHBOURING_SIZE, 0.0)[away])
        if self.profile.tone:
            parts.append(unknown if one.tone is None else float(one.tone == self.profile.tone))
        return fmean(parts)

    # --- the score -----------------------------------------------------------------------------------------------------------------

    @property
    def asks(self) -> bool:
        return bool(self.inquiry.text.strip() or self.inquiry.supports)

    def relevance(self, one: Listing) -> float:
        named = [(1.0, self.related("supports", code, one, one.supports, w.TAG_NAMED)) for code in set(self.inquiry.supports)]
        implied, words = [], 0.0
        if self.inquiry.text.strip():
            words = self.texts[one.id]
            for code, weight in self.words.meant(self.inquiry.text):
                near = [held for held in one.supports if self.near("supports", code, [held]) >= w.IMPLIED_LEAST]
                implied.append((weight, self.related("supports", code, one, near)))
            for code, weight in self.words.loved(self.inquiry.text):
                near = [held for held in one.interests if self.near("interests", code, [held]) >= w.IMPLIED_LEAST]
                implied.append((w.LOVED * weight, w.TAG_ALONE * self.near("interests", code, near)))
        kinds = max(self.best_of(named), self.best_of(implied))
        if self.is_known and not kinds:
            words *= w.WORDS_ALONE
        if (slips := self.named(self.inquiry.text, one.name)) is not None:
            words = max(words, w.NAME_BY_SLIPS[slips])
        return 1 - (1 - kinds) * (1 - words)

    def for_whom(self, one: Listing) -> float:
        wanted = dict(self.words.whom(self.inquiry.text)) | dict.fromkeys(self.profile.about, 1.0)
        near = {code: self.near("meant_for", code, one.meant_for) for code in wanted}
        met = max((wanted[code] * near[code] for code in wanted if near[code] >= w.WHOM_LEAST), default=0.0)
        return 1 - w.WHOM + w.WHOM * met if wanted else 1.0

    def for_others(self, one: Listing) -> float:
        asked = {*self.inquiry.supports, *(code for code, _ in self.words.meant(self.inquiry.text))}
        of_kinds = {people for code in asked | set(self.profile.helped_before) for people in self.words.people_of(code)}
        own = {*self.profile.about, *(code for code, _ in self.words.whom(self.inquiry.text)), *of_kinds}
        for_some = [code for code in one.supports if self.words.people_of(code)]
        theirs = {people for code in for_some for people in self.words.people_of(code)}
        is_own = any(self.words.similarity("audiences", mine, other) >= w.WHOM_LEAST for mine in own for other in theirs | one.meant_for)
        of_some, of_asked = (max((self.told("supports", code, one.id) for code in codes), default=0.0) for codes in (for_some, asked))
        tells = of_some > 0 and of_some + w.MORE_PLAINLY >= of_asked
        return 1 - w.OTHERS if tells and not is_own and not self.asks_to_give else 1.0

    def score(self, one: Listing, without: str = "") -> int:
        """S in billionths; ``without`` names a part that nobody is supposed to have said anything of."""
        importance = {str(name): share for name, share in self.profile.importance.items()}
        gained: dict[str, float] = {}
        if self.asks:
            about = 0.0 if without == "topic" else self.relevance(one) * self.for_whom(one) * self.for_others(one)
        else:
            share = {name: w.OF_ONESELF.get(one.kind, 1.0) if name in ("strengths", "interests") else 1.0 for name in self.gained(one)}
            counted = {name: share[name] * value for name, value in self.gained(one).items() if importance.get(name, 1.0) > 0}
            gained = {name: 1 - (1 - value) ** importance.get(name, 1.0) for name, value in counted.items()}
            most = self.together(1 - (1 - self.most()[name]) ** importance.get(name, 1.0) for name in gained)
            about = min(1.0, self.together([value for name, value in gained.items() if name != without]) / most) if gained else 1.0
        gate = w.GATE_FLOOR + (1 - w.GATE_FLOOR) * about
        usual = {str(name): share for name, share in w.DEFAULT.base.items()}
        base = usual | ({"give": w.DEFAULT.give_asked} if self.profile.give else {})
        signals = {name: one for name, one in self.signals(one).items() if name not in gained}
        weight = {name: base[name] * importance.get(name, 1.0) for name in signals}
        met = {name: signals[name][1] if name == without else signals[name][0] for name in signals}
        fit = (w.DEFAULT.answer + sum(weight[name] * met[name] for name in signals)) / (w.DEFAULT.answer + sum(weight.values()))
        asks = max(w.ASK_FLOOR, w.ASK_FACTOR ** list(self.verdicts(one).values()).count(ASK))
        trust = w.TRUST_FLOOR if without == "trust" else self.trust(one)
        space = w.SPACE_UNKNOWN if without == "space" else self.space(one)
        return round(gate * fit * asks * trust * space * BILLION)

    def trust(self, one: Listing) -> float:
        if one.assured_on is None:
            return w.TRUST_FLOOR
        days = max(0, (self.at.date() - one.assured_on).days)
        source = w.SOURCE_REPORTED_WRONG if one.reported_wrong else w.SOURCE[one.assured_by or "import"]
        return w.TRUST_FLOOR + (1 - w.TRUST_FLOOR) * 2 ** (-days / w.TRUST_HALF_LIFE_DAYS) * source

    def space(self, one: Listing) -> float:
        if one.space is None:
            return w.SPACE_UNKNOWN
        holds = w.SPACE_UNDATED_SHARE
        if one.space_updated is not None:
            updated = one.space_updated if one.space_updated.tzinfo else one.space_updated.replace(tzinfo=UTC)
            holds = 2 ** (-max(0.0, (self.at - updated).total_seconds() / 86_400) / w.SPACE_HALF_LIFE_DAYS)
        return w.SPACE_UNKNOWN + (w.SPACE[one.space] - w.SPACE_UNKNOWN) * holds

    # --- the order -----------------------------------------------------------------------------------------------------------------

    def visible(self) -> list[Listing]:
        return [one for one in self.listings if FAIL not in self.verdicts(one).values() and (not self.asks or self.relevance(one) > self.least)]

    @property
    def least(self) -> float:
        return w.TOPIC_LEAST if self.is_known else 0.0

    @property
    def is_known(self) -> bool:
        return bool(self.inquiry.supports) or any(weight >= w.TOPIC_KNOWN for _, weight in self.words.meant(self.inquiry.text))

    def turn(self, service_id: str) -> int:
        def number(text: str, start: int) -> int:
            return int.from_bytes(sha1(text.encode(), usedforsecurity=False).digest()[start : start + 8])

        day, most = self.at.date().isoformat(), 2**64 - 1
        mixed = number(service_id, 0)
        mixed = (mixed ^ (mixed >> 32)) * (number(day, 0) | 1) & most
        mixed = (mixed ^ (mixed >> 29)) * (number(day, 8) | 1) & most
        return mixed ^ (mixed >> 32)

    def key(self, one: Listing, units: int) -> tuple[int, bool, int, str]:
        return -(units // 2_500_000), self.profile.ordinary_places and self.is_elsewhere(one), self.turn(one.service_id), one.service_id

    def is_in(self, code: str, one: Listing) -> bool:
        return bool(one.domains & self.narrower("life_domains", {code}))

    def is_elsewhere(self, one: Listing) -> bool:
        return not one.settings & self.narrower("settings", ordinary.HEADINGS)

    def ordered(self) -> list[tuple[Listing, int]]:
        """Each service's best listing with its score in billionths, in the order of scores and turns, before kinds are mixed."""
        best: dict[str, tuple[int, str, Listing]] = {}
        for one in self.visible():
            entry = (-self.score(one), one.id, one)
            if one.service_id not in best or entry[:2] < best[one.service_id][:2]:
                best[one.service_id] = entry
        return sorted(((one, -units) for units, _, one in best.values()), key=lambda pair: self.key(*pair))

    def lifted(self, service_id: str) -> int:
        """What a service counts for the open place: the best of its rows, where one that is new or leaves something to ask counts a twenty-fourth more."""
        return max(self.score(one) * (25 if self.is_open_ended(one) else 24) for one in self.visible() if one.service_id == service_id)

    def is_crowd(self, service_id: str) -> bool:
        """A service is the opposite of the company wished for where each of its rows that may be shown is."""
        return all(self.is_opposite(one) for one in self.visible() if one.service_id == service_id)

    def is_open_ended(self, one: Listing) -> bool:
        is_new = one.added_on is not None and (self.at.date() - one.added_on).days < w.NEW_DAYS
        return is_new or ASK in self.verdicts(one).values()

    def ranked(self) -> list[tuple[Listing, int]]:
        """The order that people see."""
        order = self.ordered()
        left, tail = order[: w.MIXED_TOP], order[w.MIXED_TOP :]
        picked: list[tuple[Listing, int]] = []
        while left:
            ten = picked[len(picked) // 10 * 10 :]
            kinds = Counter(one.kind for one, _ in ten)
            full = {name for name, times in Counter(one.organization_id for one, _ in ten).items() if times >= w.ORGANIZATION_CAP}
            allowed = [pair for pair in left if pair[0].organization_id not in full] or left
            wanted = {code for code in self.profile.domains[:9] if not any(self.is_in(code, one) for one, _ in picked)}
            wanted = {code for code in wanted if any(self.is_in(code, one) for one, _ in left if one.organization_id not in full)}
            if wanted and picked and len(picked) < 10 and len(wanted) >= 10 - len(picked):
                allowed = [pair for pair in allowed if any(self.is_in(code, pair[0]) for code in wanted)]
            if not picked:
                choice = next((pair for pair in left if not self.is_crowd(pair[0].service_id)), left[0])
            elif len(picked) % 10 == w.OPEN_PLACE - 1:
                choice = max(allowed, key=lambda pair: self.lifted(pair[0].service_id))
            else:
                choice = max(allowed, key=lambda pair: 2 * (pair[1] // 2_500_000) - round(w.MIX_KIND * 1000) * min(w.MIX_KIND_MOST, kinds[pair[0].kind]))
            left.remove(choice)
            picked.append(choice)
        return picked + tail


def slots(*times: tuple[int, int, int]) -> tuple[Slot, ...]:
    """Slots from (weekday, starts, ends)."""
    return tuple(Slot(weekday=weekday, starts=starts, ends=ends) for weekday, starts, ends in times)
