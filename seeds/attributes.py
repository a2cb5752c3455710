"""How a coded fact of a listing becomes an HSDS attribute: which taxonomy, and which ``link_type`` says how the term is meant."""

from __future__ import annotations

from collections.abc import Iterable

from directory.exchange.records import Attribute, made_id

NO = "no"
"""The value of an attribute for something stated not to be so."""

# field of a listing file: (taxonomy, link_type)
LINKS = {
    "kind": ("kinds", "kind"),
    "supports": ("supports", "offers"),
    "domains": ("life_domains", "domain"),
    "interests": ("interests", "interest"),
    "settings": ("settings", "setting"),
    "formats": ("formats", "format"),
    "builds_on": ("strengths", "builds_on"),
    "wants": ("strengths", "wants"),
    "role": ("give", "role"),
    "for": ("communities", "for"),
    "led_by": ("communities", "led_by"),
    "welcomes": ("communities", "welcomes"),
    "everyone": ("audiences", "welcomes"),
    "only_for": ("audiences", "only_for"),
    "not_for": ("audiences", "not_for"),
    "faith": ("faiths", "faith"),
    "access": ("access", "access"),
    "entry": ("entry", "entry"),
    "group": ("group_facts", "group_fact"),
}


def attributes(source: str, owner: str, field: str, codes: Iterable[str], *, value: str | None = None) -> list[Attribute]:
    """The attributes of one field of one thing; ``owner`` (entity and key) makes their ids lasting."""
    taxonomy, link_type = LINKS[field]
    return [
        Attribute(
            id=made_id(source, "attribute", f"{owner}|{link_type}|{taxonomy}|{code}"),
            link_type=link_type, taxonomy=taxonomy, code=code, value=value,
        )
        for code in codes
    ]
