"""The commands ``homeground export meeting-guide`` and its siblings: the groups that open feeds tell of, in a file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

import click

ABOUT: Final = {
    "meeting-guide": "Groups as Meeting Guide JSON, one record a day of the week; says what readers elsewhere show otherwise than it is.",
    "bmlt": "Groups as BMLT JSON: meetings, and the formats they have.",
    "geojson": "Where groups meet, as GeoJSON: exact public places only.",
    "kml": "Where groups meet, as KML: exact public places only.",
    "csv": "Groups as a table for spreadsheets, a row a meeting.",
}


class _NewFile(click.Path):
    """A file that is to be written; its folder has to be there."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if not path.parent.is_dir():
            raise click.ClickException(f"No such file or directory: {path.parent}")   # the folder, not the name that it would be written under first
        return path


NewFile: Final = _NewFile(dir_okay=False, writable=True)
REASONS_SHOWN: Final = 3


def commands() -> list[click.Command]:
    """A command for each kind."""
    return [_command(kind) for kind in ABOUT]


def _command(kind: str) -> click.Command:
    @click.argument("file", type=NewFile)
    @click.option("--activities", is_flag=True, help="Activities too, beside peer groups.")
    @click.option("--weekly-only", is_flag=True, help="Leave out what does not meet every week; else its notes begin with when it does.")
    def run(file: Path, activities: bool, weekly_only: bool, report: Path | None = None) -> None:
        from web import exported_feeds, verbs
        from web.settings import read_settings

        settings = read_settings()
        choice = exported_feeds.choice(activities=activities, weekly_only=weekly_only)
        done = exported_feeds.write(settings, verbs.open_storage(settings), kind, file, choice=choice, at=verbs.now())
        click.echo(f"{done.meetings:,} meetings written to {file}")
        for line in done.lines(REASONS_SHOWN):
            click.echo(line)
        if report:
            report.write_bytes(done.to_json())

    made = click.command(kind, help=f"{ABOUT[kind]} Nothing private is in it.")(run)
    if kind == "meeting-guide":
        made.params.append(click.Option(["--report"], type=NewFile, help="Write what readers elsewhere show otherwise to this file, as JSON."))
    return made


def add_to(group: Any) -> None:
    """Put the commands into a group."""
    for one in commands():
        group.add_command(one)
