"""Reasons are exact: take one away, score again, and the listing stands where the reason said it would."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import example, given, settings

from matching import Index, Vocabulary, rank
from matching.explain import band_of
from matching.signals.base import listed
from matching.signals.freshness import ago, evidence
from matching.values import Inquiry, Listing, Match, MustHaves, Place, Profile, Stated, Strength, Term, Travel
from matching.weights import SPOKEN_LEAST
from tests.matching.oracle import ASK, Oracle, slots
from tests.matching.test_rank_against_oracle import oracle_for
from tests.matching.wordbook import VOCABULARY as WORDBOOK
from tests.matching.worlds import AT, HERE, World, index_of, world_of, worlds

PARTS = ("topic", "trust", "space")


def listing(**fields: Any) -> Listing:
    return Listing(**{"id": "one", "service_id": "one", "organization_id": "one", "name": "Kin circle", **fields})


def only_match(inquiry: Inquiry, *directory: Listing) -> Match:
    return rank(inquiry, index_of(directory), at=AT).matches[0]


def texts(match: Match) -> list[str]:
    return [reason.text for reason in match.reasons]


@settings(max_examples=150, deadline=None)
@given(worlds(most=16))
def test_a_reason_is_decisive_exactly_when_the_listing_would_stand_lower_without_it(world: World) -> None:
    oracle = oracle_for(world)
    order = oracle.ordered()
    listing_of = {one.id: one for one in world.directory}
    for match in rank(world.inquiry, index_of(world.directory), at=AT).matches:
        one = listing_of[match.id]
        others = [oracle.key(*pair) for pair in order if pair[0].service_id != match.service_id]
        before = sum(key < oracle.key(one, oracle.score(one)) for key in others)
        for reason in match.reasons:
            without = oracle.key(one, oracle.score(one, without=reason.signal))
            assert reason.decisive == (sum(key < without for key in others) > before)


@settings(max_examples=150, deadline=None)
@given(worlds(most=16))
@example(world_of(199126, 10))
def test_the_reasons_are_what_was_asked_and_the_three_that_would_be_missed_most(world: World) -> None:
    oracle = oracle_for(world)
    listing_of = {one.id: one for one in world.directory}
    for match in rank(world.inquiry, index_of(world.directory), at=AT).matches:
        one = listing_of[match.id]
        losses = {name: oracle.score(one) - oracle.score(one, without=name) for name in (*oracle.signals(one), *PARTS)}
        if one.assured_by not in ("organization", "steward") or one.reported_wrong:
            losses["trust"] = 0  # a mere copy from another list is no reason
        if one.space != "open":
            losses["space"] = 0
        losses |= dict.fromkeys(unspoken(oracle, one), 0)
        topic = ["topic"] if losses.pop("topic") > 0 else []
        best = sorted((name for name, loss in losses.items() if loss > 0), key=lambda name: (name in ("trust", "space"), -losses[name], name))[:3]
        place = ["setting"] * (oracle.profile.ordinary_places and not oracle.is_elsewhere(one))
        assert [reason.signal for reason in match.reasons] == topic + best + place
        assert all(reason.text for reason in match.reasons)


def unspoken(oracle: Oracle, one: Listing) -> set[str]:
    """Wishes that lift a listing and yet are no reason: what only comes near what people should share, strengths that only share a heading, and those
    named already as what is asked for."""
    mine = [strength.code for strength in oracle.profile.strengths]
    used = [code for code in mine if code not in one.builds_on.no - one.builds_on.yes]
    said = {"builds_on": spoken(oracle, used, "builds_on", one.builds_on.yes), "wants": spoken(oracle, mine, "wants", one.wants)}
    takes_part = oracle.signals(one)
    silent = {"give"} if not said["wants"] else set()
    told = said["wants"] if "give" in takes_part else set()
    silent |= set() if oracle.shares_something(one) else {"focus"}
    return silent | ({"strengths"} if said["builds_on"] <= told else set())


def spoken(oracle: Oracle, mine: list[str], name: str, held: frozenset[str]) -> set[str]:
    """The first three strengths in ``held`` worth naming: the person's own and what is broader, else what is a step away."""
    own = {code for code in held if set(mine) & oracle.narrower("strengths", {code})}
    if own:
        return set(sorted(own, key=lambda code: (code not in mine, code))[:3])
    near = {code: max((oracle.near(name, one, frozenset({code})) for one in mine), default=0.0) for code in held}
    return set(sorted((code for code, level in near.items() if level >= SPOKEN_LEAST), key=lambda code: (-near[code], code))[:3])


@settings(max_examples=150, deadline=None)
@given(worlds(most=16))
def test_every_open_must_have_is_a_question(world: World) -> None:
    oracle = oracle_for(world)
    listing_of = {one.id: one for one in world.directory}
    for match in rank(world.inquiry, index_of(world.directory), at=AT).matches:
        asked = {name for name, said in oracle.verdicts(listing_of[match.id]).items() if said == ASK}
        assert {unknown.about for unknown in match.unknowns if unknown.limit} == asked
        assert sum(not unknown.limit for unknown in match.unknowns) <= 3


def test_reasons_say_what_fits_and_who_stands_for_it() -> None:
    one = listing(
        place=Place(latitude=37.507, longitude=-122.3),
        languages=Stated(yes=frozenset({"so", "en"})),
        builds_on=Stated(yes=frozenset({"cooking", "driving"})),
        assured_on=AT.date() - timedelta(days=22),
        assured_by="organization",
    )
    profile = Profile(languages=("so",), strengths=(Strength(code="cooking", enjoy=3),))
    match = only_match(Inquiry(place=HERE, travel=Travel(modes=("walk", "wheel")), profile=profile), one)
    assert set(texts(match)) == {"Somali spoken", "Makes use of what you are good at: cooking", "14 minutes on foot"}
    assert {reason.evidence for reason in match.reasons} == {"confirmed by the organization 3 weeks ago"}
    assert (match.minutes, match.mode, match.distance_km, match.distance_band) == (14, "walk", 0.8, "800 m")


DIRECT = Inquiry(must=MustHaves(languages=("so", "pl"), without_interpreter=True))
COOK = Profile(strengths=(Strength(code="cooking"),))


@pytest.mark.parametrize(
    ("profile", "fields", "text"),
    [
        (Profile(communities=("somali",)), {"led_by": frozenset({"somali"})}, "Led by people of your community: Somali"),
        (Profile(communities=("somali",)), {"for_communities": frozenset({"eritrean", "somali"})}, "For your community: Somali"),
        (Profile(communities=("somali",)), {"for_communities": frozenset({"east_african"})}, "For your community: East african"),
        (Profile(communities=("east_african",)), {"led_by": frozenset({"eritrean"})}, "Close to your community: Eritrean"),
        (Profile(faiths=("christian",)), {"faiths": frozenset({"quaker"})}, "Close to your faith: Quaker"),
        (COOK, {"builds_on": Stated(yes=frozenset({"making"}))}, "Makes use of what you are good at: making"),
        (Profile(interests=("choir",)), {"interests": frozenset({"drums"})}, "Close to what interests you: drums"),
        (Profile(communities=("roma",)), {"welcomes": frozenset({"roma"})}, "Welcomes your community: Roma"),
        (Profile(communities=("roma",)), {"everyone_welcome": True}, "Says that everyone is welcome"),
        (Profile(faiths=("sikh",)), {"faiths": frozenset({"sikh"})}, "Of your faith: Sikh"),
        (Profile(interests=("choir",)), {"interests": frozenset({"choir"})}, "About what interests you: choir"),
        (Profile(domains=("home",)), {"domains": frozenset({"home"})}, "In a part of life you want more of: home"),
        (Profile(helped_before=("park",)), {"settings": frozenset({"allotment"})}, "Like what helped you before: allotment"),
        (Profile(access=("step_free",)), {"access": Stated(yes=frozenset({"step_free"}))}, "Has step-free"),
        (Profile(formats=("online",)), {"formats": Stated(yes=frozenset({"online"}))}, "You can take part as you like: online"),
        (Profile(importance={"cost": 2.0}), {"cost": "free"}, "Free"),
        (Profile(size="small", tone="quiet"), {"size": "small", "tone": "quiet"}, "The company you like: a small group and quiet"),
        (Profile(languages=("pl",)), {"interpreting": True}, "Has interpreters"),
        (Profile(languages=("pl",)), {"interpreted": frozenset({"pl", "so"}), "interpreting": True}, "Interpreter for Polish, ask ahead"),
        (Profile(languages=("pl",)), {"interpreted": frozenset({"mul"})}, "Interpreters for any language, ask ahead"),
        (Profile(languages=("pl", "so")), {"interpreted": frozenset({"pl"}), "languages": Stated(yes=frozenset({"so"}))}, "Somali spoken"),
        (Profile(languages=("ase",)), {"languages": Stated(yes=frozenset({"ase"}))}, "American Sign Language signed"),
        (
            Profile(languages=("ase", "so")),
            {"languages": Stated(yes=frozenset({"ase", "so"}))},
            "Somali spoken and American Sign Language signed",
        ),
        (Profile(times=slots((1, 600, 700))), {"always_open": True}, "Open at all hours"),
        (
            Profile(give=True, strengths=(Strength(code="cooking"),)),
            {"kind": "give", "wants": frozenset({"cooking"})},
            "Asks for what you are good at: cooking",
        ),
        (
            Profile(newness=0.0, helped_before=("park",), importance={"helped_before": 0.0}),
            {"settings": frozenset({"park"})},
            "Close to what you know already",
        ),
    ],
)
def test_each_signal_has_its_words(profile: Profile, fields: dict[str, Any], text: str) -> None:
    assert text in texts(only_match(Inquiry(profile=profile), listing(**fields)))


@pytest.mark.parametrize(
    ("profile", "fields"),
    [
        (COOK, {"builds_on": Stated(yes=frozenset({"sewing"}))}),
        (Profile(strengths=COOK.strengths, give=True), {"kind": "give", "wants": frozenset({"sewing"})}),
    ],
)
def test_a_skill_that_only_shares_a_heading_lifts_a_listing_and_is_not_called_close(profile: Profile, fields: dict[str, Any]) -> None:
    plain = listing(kind=fields.get("kind", "service"))
    near = msgspec.structs.replace(plain, id="near", service_id="near", organization_id="near", **fields)
    found = {match.id: match for match in rank(Inquiry(profile=profile), index_of([plain, near]), at=AT).matches}
    assert found["near"].score > found["one"].score
    assert found["near"].reasons == ()


def test_who_asks_for_ways_to_give_hears_what_is_asked_for() -> None:
    cook = listing(kind="give", wants=frozenset({"cooking"}), supports=frozenset({"volunteering"}))
    asked = only_match(Inquiry(supports=("volunteering",), profile=COOK), cook)
    assert "Asks for what you are good at: cooking" in texts(asked)
    assert "give" not in [reason.signal for reason in only_match(Inquiry(profile=COOK), cook).reasons]


def test_a_strength_that_is_asked_for_is_named_once() -> None:
    profile = Profile(strengths=(Strength(code="cooking"), Strength(code="listening")), give=True)
    cook = listing(kind="give", wants=frozenset({"cooking"}), builds_on=Stated(yes=frozenset({"cooking"})))
    assert texts(only_match(Inquiry(profile=profile), cook)) == ["Asks for what you are good at: cooking"]
    both = msgspec.structs.replace(cook, builds_on=Stated(yes=frozenset({"cooking", "listening"})))
    assert [reason.signal for reason in only_match(Inquiry(profile=profile), both).reasons] == ["give", "strengths"]


def test_what_is_only_near_what_was_asked_is_called_close() -> None:
    meals = listing(supports=frozenset({"hot_meals"}))
    assert texts(only_match(Inquiry(supports=("food_bank",)), meals)) == ["Offers something close: hot meals"]
    both = listing(supports=frozenset({"hot_meals", "food_bank"}))
    assert texts(only_match(Inquiry(supports=("food_bank",)), both)) == ["Offers: food bank"]


def test_who_it_is_there_for_is_said_where_the_question_is_about_them() -> None:
    one = listing(supports=frozenset({"food_bank"}), meant_for=frozenset({"carers", "veterans"}))
    carer = Profile(about=("young_carers",))
    assert texts(only_match(Inquiry(supports=("food_bank",), profile=carer), one)) == ["Offers: food bank; for carers"]
    assert texts(only_match(Inquiry(text="hungry carer"), one)) == ["Offers: food bank; for carers"]
    assert texts(only_match(Inquiry(supports=("food_bank",), profile=Profile(about=("women",))), one)) == ["Offers: food bank"]


def test_who_it_is_there_for_puts_it_first_and_hides_nothing() -> None:
    plain = listing(supports=frozenset({"food_bank"}))
    ours = listing(id="two", service_id="two", organization_id="two", supports=frozenset({"food_bank"}), meant_for=frozenset({"carers"}))
    some = Inquiry(supports=("food_bank",))
    of_us = msgspec.structs.replace(some, profile=Profile(about=("carers",)))
    found = {one.id: one.score for one in rank(of_us, index_of([plain, ours]), at=AT).matches}
    before = {one.id: one.score for one in rank(some, index_of([plain, ours]), at=AT).matches}
    assert found["two"] == before["two"] == before["one"] > found["one"] > 0


def test_a_price_to_be_agreed_is_a_reason_and_a_question_in_different_words() -> None:
    match = only_match(Inquiry(must=MustHaves(free=True)), listing(cost="sliding"))
    assert "Price depends on what you can pay" in texts(match)
    assert "Ask what it would cost you" in [one.text for one in match.unknowns]


def test_how_people_speak_of_themselves_is_not_what_listings_tell() -> None:
    words = Vocabulary([Term(taxonomy="supports", code="safety", label="Refuge", cues=("he hits me", "safe house"))])
    told = [listing(id=str(at), service_id=str(at), organization_id=str(at), description=text) for at, text in enumerate((
        "We play the hits of the year.", "A safe house.", "Refuge for the night.", "Other."
    ))]  # fmt: skip
    index = Index.build(told, words, on=AT.date())
    assert {one.id for one in rank(Inquiry(supports=("safety",)), index, at=AT).matches} == {"1", "2"}


def test_what_a_listing_speaks_of_is_quoted() -> None:
    """A pantry for pets speaks of a pantry: that is so, and whoever reads it can see which."""
    words = Vocabulary([Term(taxonomy="supports", code="food", label="Food to take home", cues=("food", "pantry", "bag of food"))])
    pets = listing(name="Pet pantry", description="Food for cats.", supports=frozenset())
    (match,) = rank(Inquiry(supports=("food",)), Index.build([pets], words, on=AT.date()), at=AT).matches
    assert texts(match)[0] == "Speaks of “pantry” (food to take home)"


def test_who_said_only_where_they_are_is_promised_nothing() -> None:
    match = only_match(Inquiry(place=HERE), listing(place=HERE))
    assert (match.band, match.score > 0.6) == ("possible", True)
    assert only_match(Inquiry(place=HERE, profile=Profile(languages=("pl",))), listing(place=HERE, languages=Stated(yes=frozenset({"pl"})))).band == "strong"


@pytest.mark.parametrize(("fields", "text"), [
    ({"formats": Stated(yes=frozenset({"phone"}))}, "No travel needed: phone"),
    ({"formats": Stated(yes=frozenset({"phone", "in_person"}))}, "Also phone"),
])
def test_that_no_travel_is_needed_is_said_of_what_is_nowhere_to_go_to(fields: dict[str, Any], text: str) -> None:
    """Who can call about a bed still has to get there."""
    assert text in texts(only_match(Inquiry(place=HERE, profile=Profile(formats=("phone",))), listing(**fields)))


def test_what_was_asked_comes_first() -> None:
    one = listing(supports=frozenset({"food_bank"}), name="Kin circle", space="open", space_updated=AT - timedelta(days=2))
    assert texts(only_match(Inquiry(supports=("food",)), one)) == ["Offers: food bank", "Has space"]
    assert texts(only_match(Inquiry(text="hungry"), one))[0] == "Offers: food bank"
    assert texts(only_match(Inquiry(text="circle"), one))[0] == "Speaks of “circle”"
    assert only_match(Inquiry(supports=("food",)), one).reasons[1].evidence == "as stated 2 days ago"


@pytest.mark.parametrize(
    ("inquiry", "fields", "about", "text"),
    [
        (Inquiry(must=MustHaves(access=("step_free",))), {}, "access", "Step-free: ask first"),
        (Inquiry(must=MustHaves(languages=("so",))), {}, "language", "Somali spoken? Ask first"),
        (Inquiry(must=MustHaves(languages=("ase", "so"))), {}, "language", "Somali spoken or American Sign Language signed? Ask first"),
        (Inquiry(must=MustHaves(languages=("so", "pl"))), {"interpreting": True}, "language", "There are interpreters: ask whether for Polish or Somali"),
        (DIRECT, {"interpreting": True}, "language", "Polish or Somali spoken without an interpreter? Ask first"),
        (DIRECT, {"interpreted": frozenset({"pl"})}, "language", "Somali spoken without an interpreter? Ask first"),
        (Inquiry(must=MustHaves(free=True)), {}, "cost", "Cost not known: ask first"),
        (Inquiry(must=MustHaves(formats=("online",))), {}, "format", "Online? Ask first"),
        (Inquiry(must=MustHaves(entry=("drop_in",))), {}, "entry", "Drop in? Ask first"),
        (Inquiry(), {"only_for": frozenset({"carers", "veterans"})}, "audience", "Only for carers and veterans: ask whether that includes you"),
        (Inquiry(place=HERE), {"areas": frozenset({"north ward"})}, "area", "Serves certain areas: ask whether yours is one of them"),
        (Inquiry(place=HERE, travel=Travel(max_km=5.0)), {}, "travel", "Place not stated: ask where it is"),
        (
            Inquiry(place=HERE, travel=Travel(max_km=5.0)),
            {"confidential": True, "place": HERE},
            "travel",
            "The place is not public: call to ask where it is and how to get there",
        ),
        (
            Inquiry(place=HERE, travel=Travel(max_km=5.0)),
            {"place": Place(latitude=37.563, longitude=-122.3, precision="code")},
            "travel",
            "About 7 km away: check that it is near enough for you",
        ),
    ],
)
def test_each_open_must_have_has_its_question(inquiry: Inquiry, fields: dict[str, Any], about: str, text: str) -> None:
    unknowns = only_match(inquiry, listing(**fields)).unknowns
    assert (about, text, True) in [(one.about, one.text, one.limit) for one in unknowns]


def test_hours_nobody_knows_are_always_worth_a_call() -> None:
    assert [one.text for one in only_match(Inquiry(), listing()).unknowns] == ["Opening hours not known: call first"]
    assert only_match(Inquiry(), listing(always_open=True)).unknowns == ()


def test_wishes_nobody_can_answer_become_questions_but_at_most_three() -> None:
    wishes = Profile(languages=("so",), access=("step_free",), formats=("online",), times=slots((1, 600, 700)), importance={"cost": 1.0})
    found = [one.text for one in only_match(Inquiry(profile=wishes), listing()).unknowns]
    assert found == [
        "Languages: ask whether Somali is spoken",
        "Opening hours not known: call first",
        "Cost not known: ask first",
    ]


def test_nothing_is_said_of_where_a_confidential_listing_is() -> None:
    match = only_match(Inquiry(place=HERE, travel=Travel(modes=("walk",))), listing(confidential=True, place=HERE))
    assert (match.distance_km, match.distance_band, match.minutes, match.mode) == (None, "", None, None)
    assert "reach" not in [reason.signal for reason in match.reasons]


def test_bands_are_the_only_measure_people_see() -> None:
    assert [band_of(score) for score in (0.0, 0.349, 0.35, 0.599, 0.6, 1.0)] == ["possible", "possible", "good", "good", "strong", "strong"]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-3, "today"),
        (0, "today"),
        (1, "yesterday"),
        (6, "6 days ago"),
        (7, "1 week ago"),
        (29, "4 weeks ago"),
        (30, "1 month ago"),
        (364, "12 months ago"),
        (800, "2 years ago"),
    ],
)
def test_how_long_ago_in_words(days: int, words: str) -> None:
    assert ago(days) == words


def test_evidence_never_claims_more_than_was_done() -> None:
    day = date(2026, 11, 20)
    assert evidence(listing(), AT.date()) == "not confirmed yet"
    assert evidence(listing(assured_on=day, assured_by="import"), AT.date()) == "taken from another directory 2 days ago"
    assert evidence(listing(assured_on=day, assured_by="steward"), AT.date()) == "checked by a curator 2 days ago"
    wrong = msgspec.structs.replace(listing(assured_on=day, assured_by="steward"), reported_wrong=True)
    assert "reported" in evidence(wrong, AT.date())


def test_lists_read_like_speech() -> None:
    assert listed(["Cooking"]) == "cooking"
    assert listed(["Cooking", "Sewing", "ESOL classes"]) == "cooking, sewing and ESOL classes"
    assert listed(["A bed tonight", "LGBTQ+ community"]) == "a bed tonight and LGBTQ+ community"
    assert listed(["Making and fixing", "Teaching"]) == "making and fixing, and teaching"
    assert listed(["Day centre, showers and laundry", "Food"]) == "day centre, showers and laundry; food"


def test_nobody_waits_for_a_bus_to_be_there_a_minute_sooner() -> None:
    travel = Travel(modes=("bus", "walk"))
    near = only_match(Inquiry(place=HERE, travel=travel), listing(place=Place(latitude=37.5063, longitude=-122.3)))
    far = only_match(Inquiry(place=HERE, travel=travel), listing(place=Place(latitude=37.52, longitude=-122.3)))
    assert (near.mode, near.minutes) == ("walk", 13)
    assert (far.mode, far.minutes) == ("bus", 19)


def test_what_somebody_loves_and_wrote_of_is_the_reason_and_an_answer_without_the_word() -> None:
    band = listing(interests=frozenset({"drums"}), supports=frozenset({"company"}), description="Noise for all.")
    walk = listing(id="two", service_id="two", organization_id="two", supports=frozenset({"company"}), description="Noise for all.")
    found = rank(Inquiry(text="lonely drum"), index_of([walk, band]), at=AT).matches
    assert [one.id for one in found] == [band.id, walk.id]
    assert [texts(one)[0] for one in found] == ["Is about: drums", "Offers: company"]
    assert not rank(Inquiry(text="drum"), index_of([walk]), at=AT).matches


def test_a_listing_that_somebody_asked_for_by_name_says_so() -> None:
    rooms = listing(name="Quillon rooms")
    index = Index.build([rooms], WORDBOOK, on=AT.date())
    told = [texts(rank(Inquiry(text=typed), index, at=AT).matches[0])[0] for typed in ("rooms quillon", "quilon rooms")]
    assert told == ["Its name is what you wrote", "Its name is nearly what you wrote"]
