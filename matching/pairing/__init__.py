"""People and people: who would suit whom, by the wishes of both, and rounds of many at once. Values in, values out."""

from matching.pairing.explaining import card_of, explain, in_words
from matching.pairing.rounds import Outcome, Pair, deferred_acceptance
from matching.pairing.suggesting import suggest, vetoes
from matching.pairing.weighing import Weighed, weigh

__all__ = ["Outcome", "Pair", "Weighed", "card_of", "deferred_acceptance", "explain", "in_words", "suggest", "vetoes", "weigh"]
