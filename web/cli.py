"""The command ``homeground``. Errors a person can mend are one plain line; 2 means the command was written wrongly, 1 that it failed."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from typing import Any

import click

from web import exporting
from web.coding import codes
from web.exporting import NewFile
from web.keeping import clients, rotate_keys
from web.people import user

FileOrFolder = click.Path(exists=True, path_type=Path)
ExistingFile = click.Path(exists=True, dir_okay=False, path_type=Path)


class Commands(click.Group):
    """The commands, which tell errors in one line."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.ClickException, click.Abort, KeyboardInterrupt):
            raise
        except Exception as error:
            if ctx.params.get("trace"):
                traceback.print_exc()
            raise click.ClickException(_plain(error)) from error


def _plain(error: Exception) -> str:
    from directory.errors import DirectoryError
    from web.refused import Refused

    if isinstance(error, Refused):
        choices = ", ".join(f"'{choice.text}'" for choice in error.choices)
        return str(error) + (f" The choices: {choices}" if choices else "")
    if isinstance(error, DirectoryError):
        return str(error)
    if isinstance(error, OSError):
        return f"{error.strerror or error}" + (f": {error.filename}" if error.filename else "")
    words = str(error).strip().splitlines()
    return f"{type(error).__name__}: {words[0][:300] if words else 'no more is known'}. Run `homeground --trace ...` to see where."


@click.group("homeground", cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="homeground", prog_name="homeground")
@click.option("--trace", is_flag=True, help="When something fails, show where in the code.")
def main(trace: bool) -> None:
    """Homeground: local supports, ranked by what a person is good at, prefers and can really reach.

    Settings are environment variables; `homeground doctor` shows them and says what is unsafe.
    """


@main.command()
@click.option("--port", type=click.IntRange(1, 65_535), help="The port to listen on (HOMEGROUND_PORT, else 8000).")
@click.option("--check", is_flag=True, help="Start, ask every page and the API once, say how it went in one line, stop.")
def demo(port: int | None, check: bool) -> None:
    """Make a database of its own, load the demonstration place and serve it on this machine."""
    from web import serving
    from web.settings import read_settings

    settings = read_settings().in_folder("demo")
    if check:
        sys.exit(serving.check(settings.at("127.0.0.1", serving.free_port())))
    serving.serve_demo(settings.at("127.0.0.1", port or settings.port))


@main.command()
@click.option("--host", help="The address to listen on (HOMEGROUND_HOST, else 127.0.0.1).")
@click.option("--port", type=click.IntRange(1, 65_535), help="The port to listen on (HOMEGROUND_PORT, else 8000).")
def serve(host: str | None, port: int | None) -> None:
    """Serve the directory of these settings."""
    from web import serving
    from web.settings import read_settings

    settings = read_settings()
    serving.serve(settings.at(host or settings.host, port or settings.port))


@main.command("import")
@click.argument("file", type=FileOrFolder, required=False)
@click.option("--source", metavar="CODE", help="Fetch this source from where it says, in place of a FILE.")
@click.option("--as", "kind", metavar="KIND", help="What the file is, where it cannot be told from its content.")
@click.option("--map", "mapping", type=ExistingFile, help="A TOML file that says what the columns of a CSV mean.")
@click.option("--feed", metavar="NAME", help="The feed that an HSDS file is a part or a newer copy of, where the name of the file is another.")
@click.option("--programme", metavar="CODE", help="Of a feed of meetings: whose type codes it has (aa, al-anon, na ...; none for those without any).")
@click.option("--timezone", metavar="ZONE", help="Of a feed of meetings: the IANA zone of those that name none, such as America/New_York.")
@click.option("--country", metavar="CODE", help="Of a feed of meetings: the country of addresses that name none, in two letters.")
@click.option("--part", is_flag=True, help="The file is a part of its source: what is not in it is not taken for vanished.")
@click.option("--report", type=NewFile, help="Write the report as JSON to this file.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
def import_(
    file: Path | None, source: str | None, kind: str | None, mapping: Path | None, feed: str | None, programme: str | None, timezone: str | None,
    country: str | None, part: bool, report: Path | None, dry_run: bool,
) -> None:
    """Import a directory. The same file again changes nothing; a broken one leaves the directory as it was; what was changed here stays."""
    from web import verbs
    from web.progress import progress
    from web.settings import read_settings

    if (file is None) == (source is None) or (source and (kind or mapping or feed or programme or timezone or country or part or dry_run)):
        raise click.UsageError("Give a FILE, or --source CODE with no other option than --report.")
    settings = read_settings()
    storage = verbs.open_storage(settings)
    with progress("Importing") as told:
        if file is None:
            done, shares = verbs.import_source(settings, storage, source or ""), list[str]()
        else:
            done, shares = verbs.import_file(
                settings, storage, file, kind=kind, mapping=mapping, feed=feed, progress=told, dry_run=dry_run, is_whole=not part,
                programme=programme or "", timezone=timezone or "", country=(country or "").upper(),
            )
    if report:
        report.write_bytes(done.to_json() + b"\n")
    click.echo(done.to_text())
    for share in shares:
        click.echo(f"  {share}")
    if done.refused and done.refused == done.records_in:
        sys.exit(1)   # a script must not take it for done


@main.command()
@click.argument("file", type=ExistingFile)
def gazetteer(file: Path) -> None:
    """Take the places of a country from a GeoNames postal file, so that its towns and postcodes are understood."""
    from web import verbs
    from web.settings import read_settings

    done = verbs.load_gazetteer(verbs.open_storage(read_settings()), file)
    click.echo(
        f"{', '.join(done.countries).upper()}: {done.records_in:,} places read, {done.added:,} added, {done.unchanged:,} unchanged, "
        f"{done.removed:,} removed, {len(done.refusals):,} refused"
    )
    for refusal in done.refusals[:20]:
        click.echo(f"  line {refusal.line}: {refusal.field}: {refusal.reason}")


@main.command()
@click.argument("profile", type=ExistingFile)
@click.option("--place", help="A postcode or town, in place of the one in the file.")
@click.option("--limit", type=click.IntRange(1, 100), help="How many results.")
@click.option("--json", "as_json", is_flag=True, help="The answer of POST /api/match, as JSON.")
def match(profile: Path, place: str | None, limit: int | None, as_json: bool) -> None:
    """Rank the directory for one person: PROFILE is a JSON file in the shape that POST /api/match takes."""
    from web import matched

    click.echo(matched.run(profile, place=place, limit=limit, as_json=as_json))


@main.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--near", metavar="PLACE", help="A postcode or town to tell distances from.")
@click.option("--strength", "strengths", metavar="CODE", multiple=True, help="Something the person is good at, by its code; may be given again.")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="How many results.")
@click.option("--json", "as_json", is_flag=True, help="The answer of POST /api/match, as JSON.")
def find(words: tuple[str, ...], near: str | None, strengths: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Look for WORDS, and say of each result why it is there, what to ask first, and what is not shown.

    A terminal remembers what is typed: for somebody else's words, `homeground match` reads a file.
    """
    from web import matched

    click.echo(matched.find(" ".join(words), near=near, strengths=strengths, limit=limit, as_json=as_json))


@main.group()
def export() -> None:
    """Write the directory to a file."""


@export.command()
@click.argument("file", type=NewFile)
def hsds(file: Path) -> None:
    """Everything public as HSDS 3: one service a line when the name ends in .ndjson, else one JSON list."""
    from web import verbs
    from web.progress import progress
    from web.settings import read_settings

    with progress("Writing") as told:
        count = verbs.export_hsds(verbs.open_storage(read_settings()), file, progress=told)
    click.echo(f"{count:,} services written to {file}")


exporting.add_to(export)
main.add_command(codes)
main.add_command(user)
main.add_command(clients)
main.add_command(rotate_keys)


@main.command()
@click.option("--once", is_flag=True, help="Do what is due now, say what it was, and stop: for cron.")
def work(once: bool) -> None:
    """Do what is done beside the requests: send mail, forget what is over. A server that runs does it too, and never twice at once."""
    from web import serving, verbs
    from web.settings import read_settings

    settings = read_settings()
    house = verbs.open_house(settings)
    if not once:
        serving.work(house)
        return
    came = serving.work_once(house)
    click.echo(", ".join(f"{name}: {what}" for name, what in came.items()) or "nothing is due")
    sys.exit(0 if all(what == "done" for what in came.values()) else 1)


@main.command()
@click.option("--csv", "table", type=ExistingFile, help="Look through a table in a CSV file rather than the directory.")
@click.option("--pairs", type=NewFile, help="With --csv: write the pairs to this file, as row_a,row_b,score,reason; data rows are counted from 1.")
@click.option("--truth", metavar="COLUMN", help="With --csv: the column that says which rows are the same; told at the end is how many were found.")
@click.option("--threshold", type=click.FloatRange(0, 1), help="The least chance of being the same that is reported, from 0 to 1.")
@click.option("--json", "as_json", is_flag=True, help="The pairs as JSON.")
@click.option("--anew", is_flag=True, help="Compare the whole directory anew, and lay what is found before the curators. Each night only what has changed is.")
def duplicates(table: Path | None, pairs: Path | None, truth: str | None, threshold: float | None, as_json: bool, anew: bool) -> None:
    """Find entries that may be the same, best first, each pair with its reason.

    Of a table, columns are known by their headings (name, address, zip, phone, website, ...); ids are no evidence, and neither is the column of --truth.
    """
    from web import duplicated, verbs
    from web.progress import progress
    from web.settings import read_settings

    if table is None and (pairs or truth):
        raise click.UsageError("--pairs and --truth belong to a table: give it with --csv FILE.")
    if anew and (table or as_json or threshold is not None):
        raise click.UsageError("--anew is about the directory as the curators see it, and goes with no other option.")
    if anew:
        settings = read_settings()
        click.echo(duplicated.into_queue(verbs.open_storage(settings), settings.duplicates_dir))
        return
    with progress("Comparing") as told:
        if table:
            said = duplicated.in_table(table, pairs=pairs, truth=truth, threshold=threshold, as_json=as_json, progress=told)
        else:
            said = duplicated.in_directory(verbs.open_storage(read_settings()), threshold=threshold, as_json=as_json, progress=told)
    click.echo(said)


@main.command()
def doctor() -> None:
    """Look at the settings, the database and the data folder, and say what is unsafe and how to mend it."""
    from web.doctor import findings
    from web.settings import read_settings

    worst = 0
    for finding in findings(read_settings()):
        click.echo(f"{'ok  ' if finding.is_good else 'MEND'}  {finding.about}: {finding.text}")
        worst = worst or int(not finding.is_good)
    sys.exit(worst)
