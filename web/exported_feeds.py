"""Writes the groups that open feeds tell of to a file, whole or not at all, and says what readers elsewhere show otherwise than it is."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from directory.exchange.meeting_guide.greyed import Greyed, greyed
from directory.exchange.meetings.held import Feeds, HeldFeeds
from directory.exchange.meetings.public import Choice
from directory.storage import Storage
from web.settings import Settings

CONTENTS: Final[dict[str, Callable[[Feeds], bytes]]] = {
    "meeting-guide": lambda feeds: feeds.meeting_guide,
    "bmlt": lambda feeds: feeds.bmlt_file,
    "geojson": lambda feeds: feeds.geojson,
    "kml": lambda feeds: feeds.kml,
    "csv": lambda feeds: feeds.table,
}


class Done(Struct, frozen=True, kw_only=True):
    """How many meetings were written, and what readers elsewhere show otherwise than it is (of a Meeting Guide file only)."""

    meetings: int
    shown_otherwise: tuple[Greyed, ...] = ()

    def lines(self, most: int) -> list[str]:
        """The second in short: each reason with its number and the first few names."""
        told: dict[str, list[str]] = {}
        for one in self.shown_otherwise:
            told.setdefault(one.why, []).append(one.name)
        return [f"  {len(names):,}: {why} ({', '.join(dict.fromkeys(names[:most]))}{' …' if len(names) > most else ''})" for why, names in told.items()]

    def to_json(self) -> bytes:
        """All of it, for programs."""
        return msgspec.json.encode(self) + b"\n"


def choice(*, activities: bool, weekly_only: bool) -> Choice:
    """What the options of the command choose."""
    return Choice(kinds=frozenset({"peer_group", "activity"} if activities else {"peer_group"}), irregular=not weekly_only)


def write(settings: Settings, storage: Storage, kind: str, path: Path, *, choice: Choice, at: datetime) -> Done:
    """Write one kind of file from one state of the database, as groups meet from a moment (aware) on."""
    held = HeldFeeds(storage, timezone=settings.timezone, country=settings.region, base_url=settings.base_url)
    feeds = held.chosen(at.astimezone(ZoneInfo(settings.timezone)).date(), choice)
    _write_whole(path, CONTENTS[kind](feeds))
    return Done(meetings=len(feeds.told), shown_otherwise=tuple(greyed(feeds.meeting_guide_records)) if kind == "meeting-guide" else ())


def _write_whole(path: Path, content: bytes) -> None:
    beside = path.with_name(path.name + ".part")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
