"""What a judge reads: the person and the question in plain words, and each listing as a card of a few lines without any score."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from matching.values import Listing, MustHaves, Opening, Profile, Stated, Travel
from matching.weights import USUAL_MODES
from tests.matching.oracle import Oracle, kilometres
from tests.relevance.judged.profiles import DAYS, Person
from tests.relevance.worlds import World

TEXT_LENGTH = 280
ELIGIBILITY_LENGTH = 160
ENJOYED = ("can, would rather not use", "is good at", "is good at", "loves")
ORDINALS = {-1: "last", 1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 5: "5th"}
BY = {"walk": "on foot", "wheel": "by wheelchair", "cycle": "by bicycle", "bus": "by bus", "car": "by car"}


class Cards:
    """The cards of one directory as one person would read them."""

    def __init__(self, world: World, person: Person) -> None:
        self.world, self.person, self.inquiry = world, person, person.inquiry
        self._oracle = Oracle(person.inquiry, (), world.vocabulary, {}, world.at)

    # --- the person --------------------------------------------------------------------------------------------------------------

    def person_lines(self) -> list[str]:
        """Who it is and what they filled in."""
        asked, profile, must = self.inquiry, self.inquiry.profile, self.inquiry.must
        parts = [
            ("writes", f"“{asked.text}”" if asked.text else ""),
            ("asks for", self._labels("supports", asked.supports)),
            ("must", self._musts(must)),
            ("says", self._self(profile)),
            ("brings", ", ".join(f"{ENJOYED[one.enjoy]} {self._label('strengths', one.code)}" for one in profile.strengths)),
            ("likes", self._labels("interests", profile.interests)),
            ("wants more of", self._labels("life_domains", profile.domains)),
            ("wishes", self._wishes(profile)),
            ("is free", self._times(profile)),
            ("gets about", travel_words(asked.travel) if asked.place else "(gave no place)"),
        ]
        return [f"WHO: {self.person.who}", "THEY FILLED IN: " + "; ".join(f"{name} {words}" for name, words in parts if words)]

    def _musts(self, must: MustHaves) -> str:
        said = [
            "cost nothing" if must.free else "",
            f"cost at most {must.most_cost:g}" if must.most_cost is not None else "",
            "be in my times" if must.in_my_times else "",
            "not be faith-based" if must.not_faith_based else "",
            self._labels("languages", must.languages, " or "),
            self._labels("access", must.access),
            self._labels("formats", must.formats, " or "),
        ]
        return ", ".join(filter(None, said))

    def _self(self, profile: Profile) -> str:
        age = f"{profile.age:g} years old" if profile.age is not None else ""
        speaks = self._labels("languages", profile.languages)
        said = (age, self._labels("audiences", profile.about), self._labels("communities", profile.communities), self._labels("faiths", profile.faiths))
        return ", ".join(filter(None, (*said, f"speaks {speaks}" if speaks else "")))

    def _wishes(self, profile: Profile) -> str:
        said = [
            "to give as well as get" if profile.give else "",
            f"{profile.size} groups" if profile.size else "",
            profile.tone or "",
            "something new" if profile.newness else "",
            self._labels("formats", profile.formats, " or "),
            self._labels("access", profile.access),
            f"more of what helped before: {self._labels('supports', profile.helped_before)}" if profile.helped_before else "",
        ]
        return ", ".join(filter(None, said))

    def _times(self, profile: Profile) -> str:
        openings = tuple(Opening(weekday=one.weekday, opens=one.starts, closes=one.ends) for one in profile.times)
        return hours(openings)

    # --- a listing ---------------------------------------------------------------------------------------------------------------

    def card(self, number: int, one: Listing) -> list[str]:
        """A listing in at most six lines."""
        by = "" if one.organization_name in ("", one.name) else f" / {one.organization_name}"
        lines = [
            f"[{number}] {one.name}{by} ({self._label('kinds', one.kind)}) {self._where(one)}",
            _joined((("about", self._labels("supports", one.supports)), ("likes", self._labels("interests", one.interests)))),
            cut(one.description, TEXT_LENGTH),
            _joined((("uses", self._labels("strengths", one.builds_on.yes)), ("ASKS YOU TO GIVE", self._labels("strengths", one.wants)))),
            _joined((("for", self._who_for(one)), ("communities", self._communities(one)))),
            self._practical(one),
        ]
        return [line if place == 0 else f"    {line}" for place, line in enumerate(lines) if line]

    def _where(self, one: Listing) -> str:
        if one.confidential:
            return "· place told on contact"
        if one.place is None:
            return "· no place given"
        if self.inquiry.place is None:
            return f"· at {one.place.name}" if one.place.name else ""
        km = kilometres(self.inquiry.place, one.place)
        minutes, mode = min((self._oracle.minutes(km, mode), mode) for mode in self.inquiry.travel.modes or USUAL_MODES)
        return f"· {km:.1f} km, {minutes:.0f} min {BY[mode]}"

    def _who_for(self, one: Listing) -> str:
        least, most = one.minimum_age or None, one.maximum_age
        ages = f"ages {least or 0:g} to {most:g}" if most is not None else f"ages {least:g} and up" if least else ""
        said = [
            "everyone" if one.everyone_welcome else "",
            ages,
            f"only {self._labels('audiences', one.only_for)}" if one.only_for else "",
            f"not {self._labels('audiences', one.not_for)}" if one.not_for else "",
            cut(self.world.eligibility.get(one.service_id, ""), ELIGIBILITY_LENGTH),
        ]
        return "; ".join(filter(None, said))

    def _communities(self, one: Listing) -> str:
        led, of, welcomed = ((one.led_by, "led by"), (one.for_communities - one.led_by, "for"), (one.welcomes, "welcomes"))
        said = [f"{word} {self._labels('communities', codes)}" for codes, word in (led, of, welcomed) if codes]
        faith = "not faith-based" if one.secular else ""
        return "; ".join([*said, *filter(None, (self._labels("faiths", one.faiths), faith))])

    def _practical(self, one: Listing) -> str:
        through = " + interpreters" if one.interpreting or one.interpreted else ""
        languages = self._labels("languages", one.languages.yes) + (" only" if one.languages_only else "") + through
        cost = f"{one.cost} {one.price:g}" if one.cost == "paid" and one.price else one.cost or ""
        when = "always open" if one.always_open else hours(one.openings)
        space = one.space.replace("_", " ") if one.space not in (None, "open") else ""
        parts = (
            ("languages", languages or "?"),
            ("cost", cost or "?"),
            ("hours", when or "?"),
            ("ways", self._three("formats", one.formats)),
            ("entry", self._labels("entry", one.entry.yes)),
            ("space", space),
            ("access", self._access(one)),
        )
        return _joined(parts)

    def _access(self, one: Listing) -> str:
        """What the person needs, yes, no or not known."""
        needed = dict.fromkeys((*self.inquiry.must.access, *self.inquiry.profile.access))
        return ", ".join(f"{self._label('access', code)}: {_stated(one.access, code)}" for code in needed)

    def _three(self, taxonomy: str, stated: Stated) -> str:
        refused = self._labels(taxonomy, stated.no)
        return ", ".join(filter(None, (self._labels(taxonomy, stated.yes), f"NOT {refused}" if refused else "")))

    def _labels(self, taxonomy: str, codes: Iterable[str], between: str = ", ") -> str:
        ordered = codes if isinstance(codes, tuple) else sorted(codes)
        return between.join(self._label(taxonomy, code) for code in ordered)

    def _label(self, taxonomy: str, code: str) -> str:
        return self.world.index.parts[0].label(taxonomy, code)


def travel_words(travel: Travel) -> str:
    """How and how far somebody goes; where that was not said, on foot or by bus."""
    modes = " or ".join(BY[mode] for mode in travel.modes or USUAL_MODES)
    return modes + (f", at most {travel.minutes} minutes" if travel.minutes else "") + (f", at most {travel.max_km:g} km" if travel.max_km else "")


def hours(openings: Iterable[Opening], most: int = 4) -> str:
    """Openings in short: the days that share a time together."""
    weekly = sorted({(one.opens, one.closes, one.weeks, one.weekday) for one in openings})
    found = []
    for (opens, closes, weeks), same in groupby(weekly, key=lambda one: one[:3]):
        days = "".join(DAYS[day][:2] for *_, day in same)
        nth = " and ".join(ORDINALS[week] for week in weeks)
        found.append(" ".join(filter(None, (nth, days, f"{_clock(opens)}-{_clock(closes)}"))))
    return ", ".join(found[:most]) + (" ..." if len(found) > most else "")


def cut(text: str, length: int) -> str:
    """A text on one line, shortened at a word."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0] + " ..."


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24}:{minutes % 60:02}" if minutes % 60 else f"{minutes // 60 % 24}"


def _stated(stated: Stated, code: str) -> str:
    return "yes" if code in stated.yes else "NO" if code in stated.no else "not known"


def _joined(parts: Iterable[tuple[str, str]]) -> str:
    return " | ".join(f"{name}: {words}" for name, words in parts if words)
