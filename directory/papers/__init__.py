"""One person's papers: a document that stays with them, on paper, in a file or in the page. No database, no clock."""

from directory.papers.file import BLANK, MOST_BYTES, Problem, UnreadablePapers, load, pack, save
from directory.papers.parts import NEVER_SENT, NEVER_SHARED, PARTS, VERSION, Papers, Part

__all__ = ["BLANK", "MOST_BYTES", "NEVER_SENT", "NEVER_SHARED", "PARTS", "VERSION", "Papers", "Part", "Problem", "UnreadablePapers", "load", "pack", "save"]
