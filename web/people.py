"""``homeground user``: accounts from the command line, above all the first administrator."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

ROLES = click.Choice(["administrator", "curator", "supporter", "client"])

WITHIN = ("caseworker", "lead", "coordinator")
ANY_ROLE = click.Choice([*ROLES.choices, *WITHIN])


@click.group()
def user() -> None:
    """Accounts: make them, list them, give and take roles, close them."""


@user.command()
@click.argument("email")
@click.option("--name", required=True, help="The name that others see.")
@click.option("--role", type=ROLES, help="What they may do everywhere. Owners and editors are made by their organization.")
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of the input.")
def add(email: str, name: str, role: str | None, password_stdin: bool) -> None:
    """Make an account for EMAIL. Without a password it says a link to sign in with, good once and for 20 minutes."""
    from directory.accounts.people import make_account
    from directory.accounts.registry import give_role
    from web.verbs import BY, now

    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None

    def make(session: Any, sealer: Any, settings: Any) -> str:
        account = make_account(session, name=name, email=email, password=password, at=now(), sealer=sealer)
        if role:
            give_role(session, account, role, by=BY, at=now())
        return f"{name} may sign in" + ("" if password else f" here: {_link(session, account, settings, sealer)}")

    click.echo(_do(make))


@user.command()
@click.argument("email")
def link(email: str) -> None:
    """Say a link with which EMAIL can sign in once within 20 minutes, where mail does not arrive."""
    click.echo(_do(lambda session, sealer, settings: _link(session, _find(session, email, sealer), settings, sealer)))


@user.command("list")
def list_() -> None:
    """List every account with its roles."""
    from directory.accounts.registry import A_PAGE, list_accounts

    def listed(session: Any, sealer: Any, _settings: Any) -> str:
        accounts, count = list_accounts(session, sealer=sealer)
        for page in range(2, -(-count // A_PAGE) + 1):
            accounts += list_accounts(session, sealer=sealer, page=page)[0]
        lines = [
            f"{one.email}  {one.name}  {', '.join(' of '.join(filter(None, role)) for role in one.roles) or 'no role'}"
            f"{'' if one.has_second_factor else '  no second factor'}{'' if one.is_active else '  closed'}"
            for one in accounts
        ]
        return "\n".join(lines) or "There is no account yet."

    click.echo(_do(listed))


@user.command()
@click.argument("email")
@click.argument("role", type=ANY_ROLE)
@click.option("--take", is_flag=True, help="Take the role instead of giving it.")
@click.option("--organization", metavar="NAME_OR_ID", help="Within which organization; needed for caseworkers, the leads of their team and coordinators.")
def role(email: str, role: str, take: bool, organization: str | None) -> None:
    """Give EMAIL a role, or take it. They are signed out, so that it counts at once."""
    from directory.accounts import registry
    from web.verbs import BY, now

    if (role in WITHIN) != (organization is not None):
        raise click.UsageError("Caseworkers, leads and coordinators belong to an organization: name it with --organization. The other roles belong to none.")
    if organization is not None:
        _do(lambda session, sealer, _: _within(session, _find(session, email, sealer), role, organization, take=take))
        click.echo(f"{'taken from' if take else 'given to'} {email}: {role} of {organization}")
        return
    verb = registry.take_role if take else registry.give_role
    _do(lambda session, sealer, _: verb(session, _find(session, email, sealer), role, by=BY, at=now()))
    click.echo(f"{'taken from' if take else 'given to'} {email}: {role}")


@user.command()
@click.argument("email")
@click.option("--undo", is_flag=True, help="Let them sign in again.")
def deactivate(email: str, undo: bool) -> None:
    """Close the account of EMAIL: every browser is signed out, and nobody signs in with it."""
    from directory.accounts import registry
    from web.verbs import BY, now

    verb = registry.open_account if undo else registry.close_account
    _do(lambda session, sealer, _: verb(session, _find(session, email, sealer), by=BY, at=now()))
    click.echo(f"{email} is {'open' if undo else 'closed'}")


@user.command("reset-second-factor")
@click.argument("email")
def reset_second_factor(email: str) -> None:
    """Take every second factor of EMAIL away, for somebody who lost theirs. Make sure first that it is them who ask."""
    from directory.accounts import letters, registry
    from directory.accounts.people import address_of
    from directory.outbox import post
    from web.verbs import BY, now

    def reset(session: Any, sealer: Any, settings: Any) -> None:
        account, at = _find(session, email, sealer), now()
        registry.reset_second_factor(session, account, by=BY, at=at)
        letter = letters.changed(address_of(account, sealer=sealer), "reset", settings.link("/account/link?for=new-password"))
        post(session, letter, at=at, sealer=sealer, account_id=account.id)

    _do(reset)
    click.echo(f"{email} signs in with one factor until there is a new second one")


def _do(verb: Callable[[Any, Any, Any], Any]) -> Any:
    """One verb in one transaction on the database of these settings."""
    from directory.errors import DirectoryError, Invalid
    from web.settings import read_settings
    from web.verbs import open_storage

    settings = read_settings()
    storage = open_storage(settings)
    try:
        with storage.writing() as session:
            return verb(session, settings.sealer(), settings)
    except Invalid as invalid:
        raise DirectoryError(" ".join(invalid.errors.values())) from invalid
    finally:
        storage.close()


def _within(session: Any, account: Any, role: str, organization: str, *, take: bool) -> None:
    from directory.accounts.people import grant
    from directory.accounts.sign_ins import sign_out_everywhere
    from directory.clients.agencies import find_organization, leave_team
    from web.verbs import BY, now

    found = find_organization(session, organization)
    if take:
        leave_team(session, found.id, account.id, role, by=BY, at=now())
        return
    grant(session, account, role, by=BY, at=now(), organization_id=found.id)
    sign_out_everywhere(session, account.id, at=now())


def _find(session: Any, email: str, sealer: Any) -> Any:
    from directory.accounts.people import find_account
    from directory.errors import NotFound

    if account := find_account(session, email, sealer=sealer):
        return account
    raise NotFound(f"There is no account with the address {email}.")


def _link(session: Any, account: Any, settings: Any, sealer: Any) -> str:
    from directory.accounts.links import make_link
    from web.verbs import now

    token = make_link(session, "sign in", at=now(), sealer=sealer, account_id=account.id)
    return str(settings.link(f"/account/enter/{token}"))
