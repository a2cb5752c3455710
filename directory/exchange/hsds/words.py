"""Words of our own that travel in HSDS: extra fields, the mark of a place that is not public, and how a language is used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from directory.exchange.records import Attribute, Taxonomy, TaxonomyTerm, made_id

EXTRA = "x_"
"""Begins the name of an extra for a value that the standard's own field cannot take: an address that is no URI, an extension with a leading zero."""
EXTRAS: Mapping[tuple[str, str], str] = {("schedule", "x_timezone"): "timezone_name", ("location", "x_point_precision"): "point_precision"}
"""Extras by table and name in the JSON whose field of our records has another name."""
UNDESCRIBED = "No description is known."
"""Stands where HSDS requires a description and nobody has given one; read back, it is none."""
VISIBILITY = "place_visibility"
"""The taxonomy and link type that mark a place as not public. HSDS has no field for it."""
VISIBILITIES = {
    "area_only": ("Only the area is public", "The address is not published. Ask the organization where to go."),
    "on_contact": ("Told on contact", "The address is not published. Whoever asks the organization is told."),
    "verified_staff": ("For verified staff", "The address is known to staff who have been verified, and not published."),
    "hidden": ("Not published", "Nothing about where this place lies is published."),
}

ROLE = "language_role"
"""The taxonomy and link type of the attribute on a language that says how it is used. HSDS has no field for it."""
ROLES = {
    "spoken": ("Spoken", "People there speak it."),
    "bilingual": ("Side by side", "It runs beside another language, everything in both."),
    "interpreted": ("Interpreted", "Somebody interprets it. Ask ahead."),
    "signed": ("Signed", "People there sign it."),
}


def field_of(table: str, name: str) -> str:
    """The field of our records that a name in the JSON stands for."""
    return EXTRAS.get((table, name), name.removeprefix(EXTRA))


def visibility_mark(place: UUID, visibility: str) -> Attribute:
    """The attribute that says of a place that it is not public."""
    name, description = VISIBILITIES[visibility]
    taxonomy = Taxonomy(
        id=made_id("homeground", "taxonomy", VISIBILITY), name="Who may know a place",
        description="Marks a place whose address is not published.",
    )
    term = TaxonomyTerm(
        id=made_id("homeground", "taxonomy_term", f"{VISIBILITY}/{visibility}"), code=visibility, name=name, description=description,
        taxonomy_detail=taxonomy,
    )
    return Attribute(id=made_id("homeground", "attribute", f"{VISIBILITY}/{place}"), link_type=VISIBILITY, taxonomy_term=term)


def role_mark(language: UUID, role: str) -> Attribute:
    """The attribute that says how a language is used."""
    name, description = ROLES[role]
    taxonomy = Taxonomy(id=made_id("homeground", "taxonomy", ROLE), name="How a language is used", description="Says of a language who uses it there.")
    term = TaxonomyTerm(
        id=made_id("homeground", "taxonomy_term", f"{ROLE}/{role}"), code=role, name=name, description=description, taxonomy_detail=taxonomy
    )
    return Attribute(id=made_id("homeground", "attribute", f"{ROLE}/{language}"), link_type=ROLE, taxonomy_term=term)


def role_said(attributes: Iterable[Attribute]) -> str | None:
    """How a language is used by what its attributes say, or None."""
    said = (one.taxonomy_term.code for one in attributes if one.link_type == ROLE and one.taxonomy_term is not None)
    return next((code for code in said if code in ROLES), None)


def visibility_said(attributes: Iterable[Attribute]) -> str | None:
    """The visibility that a place's attributes mark it with, or None."""
    for attribute in attributes:
        term = attribute.taxonomy_term
        if attribute.link_type == VISIBILITY and term is not None and term.code in VISIBILITIES:
            return term.code
    return None
