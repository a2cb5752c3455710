"""``homeground clients`` and ``homeground rotate-keys``: what is kept of people, how long, and under which key."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Any

import click


@click.group()
def clients() -> None:
    """Records of people: what is over is forgotten, and the logs of who looked are checked. No word of a record is ever shown."""


@clients.command("forget")
@click.option("--dry-run", is_flag=True, help="Only count what would go now.")
def forget_(dry_run: bool) -> None:
    """Delete what is over for long enough; a server that runs does it once a day."""
    from directory.clients.forgetting import WORDS, count, forget
    from web.verbs import now

    def run(storage: Any, sealer: Any) -> Any:
        if not dry_run:
            return forget(storage, at=now(), sealer=sealer)
        with storage.reading() as session:
            return count(session, at=now())

    done = _with(run)
    for name, words in WORDS.items():
        click.echo(f"{getattr(done, name):,} {words}{' would go' if dry_run else ''}")


@clients.command("verify")
def verify() -> None:
    """Check that no line of who looked was changed or taken out, in every record."""
    from directory.clients.watching import verify_all

    def run(storage: Any, sealer: Any) -> Any:
        with storage.reading() as session:
            return verify_all(session, sealer=sealer)

    whole, broken = _with(run)
    click.echo(f"{whole:,} logs are whole" + "".join(f"\nBROKEN  record {key}, from line {seq} on" for key, seq in broken))
    sys.exit(1 if broken else 0)


@clients.command("exposed")
@click.argument("who")
@click.option("--from", "since", type=click.DateTime(), required=True, help="The first moment (UTC), such as 2026-11-01 or 2026-11-01T08:30:00.")
@click.option("--to", "until", type=click.DateTime(), required=True, help="The moment (UTC) before which the period ends.")
@click.option("--organization", help="Only what could be read at this organization: its id or name.")
@click.option("--as", "form", type=click.Choice(["lines", "json", "csv"]), default="lines", help="How it is told.")
def exposed(who: str, since: datetime, until: datetime, organization: str | None, form: str) -> None:
    """After a break-in: list whose record WHO could have read in a period, by which way, and whose was really opened.

    WHO is the e-mail address or id of an account, or key:NAME for a key of the house (a sealed text begins with v1.NAME). It goes by the roles, caseloads,
    consents and referrals of that time. No word of a record is shown.
    """
    from web.exposed import find, tell

    if until < since:
        raise click.BadParameter("The period cannot end before it begins: --to comes after --from.", param_hint="'--to'")

    def run(storage: Any, sealer: Any) -> Any:
        with storage.reading() as session:
            return find(session, who, since=since.replace(tzinfo=UTC), until=until.replace(tzinfo=UTC), organization=organization, sealer=sealer)

    click.echo(tell(_with(run), form), nl=False)


@click.command("rotate-keys")
@click.option("--new-key", is_flag=True, help="First lay the key file aside and make a new one. Start the servers again, then run this without it.")
def rotate_keys(new_key: bool) -> None:
    """Seal everything with the newest key. It may be stopped at any moment and run again; people go on working meanwhile."""
    from directory.errors import UnsafeSetting
    from directory.rotating import rotate
    from directory.sealing import begin_new_key, older_key
    from web.settings import read_settings
    from web.verbs import now

    settings = read_settings()
    if new_key:
        if settings.secret_key:
            raise UnsafeSetting("The key is set by HOMEGROUND_SECRET_KEY: put a new one there and the old one into HOMEGROUND_OLD_SECRET_KEYS.")
        older = begin_new_key(settings.key_path)
        click.echo(f"There is a new key. The older one is in {older}. Start the servers again, then run: homeground rotate-keys")
        return
    came = _with(lambda storage, sealer: rotate(storage, at=now(), sealer=sealer))
    click.echo(f"{came.done:,} seals were made anew.")
    if came.broken:
        click.echo(f"No key at hand opens {len(came.broken):,} seals, in {', '.join(sorted(set(came.broken)))}. Keep every older key.")
        sys.exit(1)
    old = "HOMEGROUND_OLD_SECRET_KEYS" if settings.secret_key else str(older_key(settings.key_path))
    click.echo(f"Older keys are not needed any more: empty {old}. Recovery codes made before stop working then: ask people to make new ones.")


def _with(run: Any) -> Any:
    from web.settings import read_settings
    from web.verbs import open_storage

    settings = read_settings()
    storage = open_storage(settings)
    try:
        return run(storage, settings.sealer())
    finally:
        storage.close()
