"""The coded facts of a listing entry: what it says is so, what it says is not so, and what it says in words."""

from __future__ import annotations

from directory.exchange.records import Attribute
from directory.facts import NO
from seeds.attributes import LINKS, attributes
from seeds.sheets import Sheet
from seeds.towns import SOURCE
from seeds.words import codes_of, domain_of_support

CODED = ("supports", "interests", "wants", "role", "for", "led_by", "welcomes", "only_for", "not_for", "faith", "group")
YES_OR_NO = ("access", "formats", "entry", "builds_on", "media")


def stated_attributes(sheet: Sheet, owner: str) -> list[Attribute]:
    """Every attribute of a listing entry; ``owner`` makes their ids lasting."""
    kind = sheet.choice("kind", codes_of("kinds"))
    if kind is None:
        raise sheet.wrong("kind", "it is missing.")
    stated = {field: sheet.codes(field, codes_of(LINKS[field][0])) for field in CODED}
    found = attributes(SOURCE, owner, "kind", [kind])
    for field, codes in stated.items():
        found += attributes(SOURCE, owner, field, codes)
    extra = sheet.codes("domains", codes_of("life_domains"))
    domains = dict.fromkeys((*extra, *filter(None, map(domain_of_support, stated["supports"]))))
    found += attributes(SOURCE, owner, "domains", domains)
    found += attributes(SOURCE, owner, "settings", sheet.codes("settings", codes_of("settings")))
    if sheet.flag("everyone"):
        found += attributes(SOURCE, owner, "everyone", ["everyone"])
    if sheet.flag("secular"):
        found += attributes(SOURCE, owner, "faith", ["secular"])
    return found + _yes_and_no(sheet, owner) + _facts(sheet, owner)


def _yes_and_no(sheet: Sheet, owner: str) -> list[Attribute]:
    """What may be stated to be so or not to be so: never both."""
    found: list[Attribute] = []
    for field in YES_OR_NO:
        yes, no = (sheet.codes(name, codes_of(LINKS[field][0])) for name in (field, f"no_{field}"))
        if both := set(yes) & set(no):
            raise sheet.wrong(f"no_{field}", f"{', '.join(sorted(both))} is stated to be so and not to be so.")
        found += attributes(SOURCE, owner, field, yes) + attributes(SOURCE, owner, field, no, value=NO)
    return found


def _facts(sheet: Sheet, owner: str) -> list[Attribute]:
    """What is said in words: the first visit, who meets you, whether you may just listen."""
    found: list[Attribute] = []
    first = sheet.maybe_text("first_visit")
    facts = {**({"first_visit": first} if first else {}), **sheet.table("facts")}
    for code, words in facts.items():
        if code not in codes_of("group_facts") or not isinstance(words, str):
            raise sheet.wrong("facts", f"'{code}' is not a fact with words.")
        found += attributes(SOURCE, owner, "group", [code], value=" ".join(words.split()))
    return found
