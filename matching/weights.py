"""Every number that matching uses, with where it comes from; change one here and nowhere else.

"design" means the founding design of matching (README.md, section "Where the numbers come from"); "judged" means chosen here on 2026-11-22.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from matching.values import AssuredBy, Cost, Mode, Precision, SignalName, Space


class Weights(Struct, frozen=True, kw_only=True):
    """Base weights of the signals, and what being an answer weighs by itself; only their ratios count. ``give_asked`` replaces ``base["give"]`` for a
    person who asks to give."""

    base: dict[SignalName, float]
    give_asked: float = 4.0
    answer: float = 5.0  # judged set: without it, somebody who said nothing but where they are would see answers by distance alone


DEFAULT: Final = Weights(
    base={
        "strengths": 3.0,  # design
        "reach": 2.0,  # judged set (the design says 3)
        "language": 3.0,  # design
        "belonging": 2.0,  # design
        "times": 2.0,  # design
        "helped_before": 2.0,  # design
        "interests": 2.0,  # judged: between strengths and life domains, which the design weighs 3 and 1
        "cost": 1.0,  # design
        "access": 2.0,  # design
        "format": 2.0,  # design
        "give": 2.0,  # design
        "newness": 1.0,  # design
        "social": 1.0,  # design
        "group": 2.0,  # judged: as the way to take part
        "focus": 2.0,  # judged: as interests
    }
)

# --- the score ----------------------------------------------------------------------------------------------------------------------
GATE_FLOOR: Final = 0.05  # judged set: what is left of a score that is hardly about what was asked, or about the person
TAG_ALONE: Final = 0.65  # judged set: a tag that the listing's own words do not bear out; broad organizations have many of those
TAG_NAMED: Final = 0.75  # judged set: the same for a kind of support that the person named themselves
SAID_ALONE: Final = 0.75  # judged set: plain words without the tag
ALL_OF_THEM: Final = 0.5  # judged set: the share of meeting all that was named, beside meeting one of it
WORDS_ALONE: Final = 0.5  # judged: what stray words count where it is known what kind of support is meant
NAME_BY_SLIPS: Final = (1.0, 0.95, 0.8)  # judged: a listing's whole name, typed with so many slips; all of its words in another name come to 0.88 at most
IMPLIED_LEAST: Final = 0.4  # judged: support that words only imply counts with its broader, narrower and related terms, not with its neighbours
SPOKEN_LEAST: Final = 0.5  # judged: a strength is called close to another one step up or down; one that shares its heading is not
WHOM: Final = 0.2  # judged set: how much of being about the question hangs on being there for just the people whom it is about
OTHERS: Final = 0.2  # judged set: how much less what is there for others by its nature is about a question (a veterans' desk for who said nothing of it)
MORE_PLAINLY: Final = 0.15  # by so much more its own words have to tell of what was asked than of others, to be for all; judged set, 0.1 to 0.2 do as well
WHOM_LEAST: Final = 0.5  # judged: those are the people named, or one step broader or narrower; children and older people are both an age and no kin
LOVED: Final = 0.8  # judged set: an interest that words stand for, beside a kind of support
TOPIC_LEAST: Final = 0.15  # judged, under what neighbours are worth: where it is known what is meant, a stray word makes no answer
TOPIC_KNOWN: Final = 0.75  # judged: how sure a phrase must be for that
ASK_FACTOR: Final = 0.95  # judged set, for each "ask first": what is not known is hardly in the way (the design says 0.85)
ASK_FLOOR: Final = 0.8  # judged: five things left to ask are not much worse than four (the design says 0.6, for 0.85)
TRUST_FLOOR: Final = 0.8  # design: never confirmed
TRUST_HALF_LIFE_DAYS: Final = 365.0  # design
SOURCE: Final[dict[AssuredBy, float]] = {"organization": 1.0, "steward": 0.95, "import": 0.85}  # design
SOURCE_REPORTED_WRONG: Final = 0.5  # design
SPACE: Final[dict[Space, float]] = {"open": 1.0, "waiting_list": 0.7, "full": 0.4}  # design
SPACE_UNKNOWN: Final = 0.9  # design
SPACE_HALF_LIFE_DAYS: Final = 14.0  # design: what was said of space drifts back to unknown
SPACE_UNDATED_SHARE: Final = 0.5  # judged: said, but nobody knows when: as if one half-life old

# --- the unknown --------------------------------------------------------------------------------------------------------------------
PRIOR_RATE: Final = 0.4  # design
PRIOR_COUNT: Final = 2.0  # design
RATE_LEAST: Final = 0.15  # design
RATE_MOST: Final = 0.5  # design
UNKNOWN_SPREAD: Final = 0.2  # design: measured best of five rules for missing data
UNKNOWN_MOST: Final = 0.7  # design

# --- how much of a yes ----------------------------------------------------------------------------------------------------------------
ENJOY: Final = (0.2, 0.5, 0.8, 1.0)  # judged: can but would rather not, all right, like, love
STRENGTH_CARE: Final = 0.35  # judged set: something one is good at is a reason to go somewhere less often than something one loves to do
INTEREST_CARE: Final = 0.8  # judged: as a strength somebody likes using
DOMAIN_CARE: Final = 0.2  # judged set: a life domain is broad, so a hit says little
BELONGING_CARE: Final = 0.8  # judged set: as an interest
HELPED_CARE: Final = 0.8  # judged
OF_ONESELF: Final[dict[str, float]] = {
    "activity": 1.0, "event": 1.0, "give": 1.0, "service": 0.85, "self_help": 0.85, "training": 0.85,
    "peer_group": 0.3, "one_to_one": 0.3, "therapy": 0.3, "group_therapy": 0.3,
}  # fmt: skip
"""By kind, what a strength or an interest counts where nothing was asked (judged set): people go to an activity for the love of it, and to a group of those
who share a hard thing for that thing, whatever they do there."""
EVERYONE_WELCOME: Final = 0.5  # design
EVERYONE_CARE: Final = 0.1  # judged: to be welcome like anybody is little of a reason to go
WELCOMES: Final = 0.8  # design
INTERPRETING: Final = 0.6  # design
INTERPRETED: Final = 0.8  # judged: an interpreter for just this language is more than any unknown (0.7), and less than being spoken to
TIMES_BY_HITS: Final = (0.0, 0.7, 0.9, 1.0)  # design
OWN_PLACE_CARE: Final = 0.5  # judged: near a place one knows is half way to being easy to go to
NEAR_OWN_MINUTES: Final = (10.0, 30.0)  # judged: near a place of one's own is ten minutes on foot, and thirty is not near any more
REMOTE_LIKING: Final = 0.6  # judged: a call is neither far nor near
COST_LIKING: Final[dict[Cost, float]] = {"free": 1.0, "donation": 0.9, "sliding": 0.7, "paid": 0.0}  # judged
PAID_WITHIN_MEANS: Final = 0.5  # judged: the most that a price inside the person's limit can earn, as it nears nothing
NEIGHBOURING_SIZE: Final = 0.3  # judged: medium for small
FOCUS_CARE: Final = 0.8  # judged: as an interest

# --- travel ---------------------------------------------------------------------------------------------------------------------------
SPEED_KMH: Final[dict[Mode, float]] = {"walk": 4.5, "wheel": 4.0, "cycle": 14.0, "bus": 16.0, "car": 30.0}  # design
WAIT_MINUTES: Final[dict[Mode, float]] = {"walk": 0.0, "wheel": 0.0, "cycle": 0.0, "bus": 8.0, "car": 3.0}  # design
EASY_MINUTES: Final = 10.0  # judged set, and near the design (8 to 12 by mode): a minute on the way is a minute
HALF_MINUTES: Final = 30.0  # judged set (the design says 12 to 20)
DETOUR: Final = 1.3  # design: roads are longer than straight lines
USUAL_MODES: Final[tuple[Mode, ...]] = ("walk", "bus")  # judged: nobody is presumed to have a car or a bike
RURAL_NEIGHBOURS: Final = 20  # design
RURAL_KM: Final = 2.0  # design
RURAL_MOST: Final = 4.0  # design
MARGIN_KM: Final[dict[Precision, float]] = {"given": 0.0, "code": 3.0, "town": 6.0}  # design: how far off the middle of an area may be
REMOTE_FORMATS: Final = frozenset({"online", "phone", "text"})
REMOTE_KM: Final = 60.0  # judged: how far what names no area is taken to serve people whom it need not meet

# --- times ----------------------------------------------------------------------------------------------------------------------------
DAYS_AHEAD: Final = 14  # design
OVERLAP_MINUTES: Final = 30  # design
MEETING_KINDS: Final = frozenset({"peer_group", "group_therapy", "activity", "event", "training"})
"""Kinds of what meets: people come at its beginning and stay to its end."""
MEETING_MOST: Final = 240  # judged: minutes; what lasts longer is open, whatever its kind, and may be come to for a while

# --- the order ------------------------------------------------------------------------------------------------------------------------
SCORE_DECIMALS: Final = 9  # judged: far below anything that means something, far above the last bits that machines disagree on
BAND_WIDTH: Final = 0.0025  # judged set (the design says 0.005): scores lie nearer to each other since being an answer counts by itself
BAND_UNITS: Final = round(BAND_WIDTH * 10**SCORE_DECIMALS)
MIXED_TOP: Final = 200  # design
MIX_SCORE: Final = 0.8  # design
MIX_KIND: Final = 0.014  # design says 0.05; measured (tests.relevance), 0.05 costs 0.049 of the first ten's nDCG, 0.02 0.013, and this 0.008
MIX_KIND_MOST: Final = 2  # design
ORGANIZATION_CAP: Final = 2  # design: in ten. Three would be worth 0.006 nDCG on the judged people; a list with more voices is worth more
OPEN_PLACE: Final = 6  # design: of ten, for what is new or has something left to ask
OPEN_PLACE_SHARE: Final = 0.96  # above ASK_FACTOR, so that answering the last question never costs the place (the design says 0.9, for 0.85)
NEW_DAYS: Final = 30  # design
STRONG: Final = 0.6  # judged set: two thirds of what has it answer (grade 2 or 3), nearly half is just the thing (README.md)
GOOD: Final = 0.35  # judged set: seven in eight of what is below it are a second thought or nothing (README.md)

GIVE: Final = "give"
GIVING: Final = "volunteering"
"""The kind of a listing that asks people to give their strengths."""
