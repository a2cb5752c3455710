"""How a coded fact of a listing becomes an HSDS attribute: its taxonomy, and its ``link_type`` as `directory/README.md` lists them."""

from __future__ import annotations

from collections.abc import Iterable

from directory.exchange.records import Attribute, made_id

# field of a listing file: (taxonomy, link_type)
LINKS = {
    "kind": ("kinds", "kinds"),
    "supports": ("supports", "supports"),
    "domains": ("life_domains", "life_domains"),
    "interests": ("interests", "interests"),
    "settings": ("settings", "settings"),
    "formats": ("formats", "formats"),
    "builds_on": ("strengths", "builds_on"),
    "wants": ("strengths", "wants"),
    "role": ("give", "give"),
    "for": ("communities", "for"),
    "led_by": ("communities", "led_by"),
    "welcomes": ("communities", "welcomes"),
    "everyone": ("audiences", "meant_for"),
    "only_for": ("audiences", "only_for"),
    "not_for": ("audiences", "not_for"),
    "faith": ("faiths", "faiths"),
    "access": ("access", "access"),
    "entry": ("entry", "entry"),
    "group": ("group_facts", "group_facts"),
    "media": ("media", "media"),
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
