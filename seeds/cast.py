"""Who keeps the demonstration place: invented people, one for each desk, and one with a plan of her own; only the demonstration signs one in as them."""

from __future__ import annotations

from datetime import datetime

from directory.accounts.people import find_account, grant, make_account
from directory.models import Organization
from directory.sealing import Sealer
from directory.storage import Storage
from seeds.demonstration import FOLDER
from seeds.towns import read_town

CAST = (
    ("Marisol Vega", "marisol@people.example.org", "administrator", "", False),
    ("Tobias Lindqvist", "tobias@people.example.org", "curator", "", False),
    ("Amara Okafor", "amara@people.example.org", "owner", "commons", True),
    ("Jun Watanabe", "jun@people.example.org", "editor", "commons", False),
    ("Leila Haddad", "leila@people.example.org", "owner", "library", True),
    ("Henrik Sand", "henrik@people.example.org", "lead", "four_walls", False),
    ("Grace Mbeki", "grace@people.example.org", "caseworker", "four_walls", False),
    ("Wanjiru Hale", "wanjiru@people.example.org", "coordinator", "porch", False),
    ("Teodoro Salas", "teodoro@people.example.org", "supporter", "", False),
    ("Hawa Abdi", "hawa@people.example.org", "supporter", "", False),
    ("Delphine Roux", "delphine@people.example.org", "supporter", "", False),
    ("Priya Raman", "priya@people.example.org", "client", "", False),
    ("Caleb Moreau", "caleb@people.example.org", "client", "", False),
    ("Noor Haidar", "noor@people.example.org", "client", "", False),
    ("Wendell Crane", "wendell@people.example.org", "client", "", False),
    ("Robin Achterberg", "robin@people.example.org", "client", "", False),
    ("Ines Duarte", "ines@people.example.org", "client", "", False),
)
"""Name, address, role, the organization it is within (its key in ``demo/organizations.toml``), and whether changes go live at once."""


def cast(storage: Storage, *, sealer: Sealer, at: datetime, by: str) -> int:
    """Make those who are not there yet; gives how many were made."""
    organizations, made = read_town(FOLDER).organizations, 0
    with storage.writing() as session:
        for name, email, role, key, is_trusted in CAST:
            if find_account(session, email, sealer=sealer):
                continue
            within = session.get(Organization, organizations[key].id) if key else None
            if key and within is None:
                continue   # somebody took the organization out of this database
            account = make_account(session, name=name, email=email, password=None, at=at, sealer=sealer)
            grant(session, account, role, by=by, at=at, organization_id=within.id if within else None, is_trusted=is_trusted)
            made += 1
    return made
