"""Matching: ranks what a directory holds for one person, and says why. Values in, ranked values out; no database, no web, no clock."""

from matching.index import Index
from matching.rank import rank
from matching.vocabulary import Vocabulary
from matching.weights import DEFAULT, Weights

__all__ = ["DEFAULT", "Index", "Vocabulary", "Weights", "rank"]
