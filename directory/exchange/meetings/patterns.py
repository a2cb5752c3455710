"""What is not every week, before the notes of a meeting in formats that know only weeks."""

from __future__ import annotations


def with_pattern(pattern: str, notes: str) -> str:
    """The notes with the pattern before them: "2nd and 4th Tuesday only. Tea and rolls." """
    if not pattern:
        return notes
    said = pattern[:1].upper() + pattern[1:]
    return f"{said} only. {notes}".strip()
