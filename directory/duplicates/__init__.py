"""Entries that may be the same: in the directory, in any table, and while somebody writes a new one."""

from directory.duplicates.entry import Alike, Known
from directory.duplicates.find import find_duplicates
from directory.duplicates.rows import Pair, Row

__all__ = ["Alike", "Known", "Pair", "Row", "find_duplicates"]
