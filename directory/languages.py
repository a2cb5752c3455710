"""Languages for people: the names of tags, and how they are used at a listing, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final, Protocol

from babel import Locale

from matching.signs import is_signed
from matching.values import Term
from matching.wording import joined

EXTRA = {
    "cmn": "Mandarin Chinese", "yue": "Cantonese", "wuu": "Shanghainese", "prs": "Dari", "hmn": "Hmong",
    "ase": "American Sign Language", "ium": "Mien", "mix": "Mixteco", "one": "Oneida",
}
"""Names that CLDR gives differently from how people here ask for them, or not at all."""
NO_OTHERS = "no other languages"
"""The note on a language of a listing that says that the stated languages are all there are."""
SPOKEN, BILINGUAL, INTERPRETED, SIGNED = "spoken", "bilingual", "interpreted", "signed"
ROLES: Final = (SPOKEN, BILINGUAL, INTERPRETED, SIGNED)
"""How a language is used: people there speak it, it runs beside another, somebody interprets it, they sign it. Without a role nobody has said."""


class Used(Protocol):
    """A language of a listing: its tag or at least its name, and its role."""

    @property
    def code(self) -> str | None: ...

    @property
    def name(self) -> str | None: ...

    @property
    def role(self) -> str | None: ...


def is_direct(one: Used) -> bool:
    """Whether people there use it themselves. A spoken language that is signed is not the one that is spoken."""
    return one.role != INTERPRETED and (one.role != SIGNED or one.code is None or is_signed(one.code))


def tag_of(one: Used) -> str:
    """The tag; a language that nobody could tag stands under its name as written."""
    return one.code or (one.name or "").casefold()


def use_in_words(languages: Iterable[Used], label: Callable[[str], str], *, is_group: bool) -> tuple[str, ...]:
    """How some languages are used, role by role: "English, Hmong", "Meets in Spanish", "Interpreter for Somali, ask ahead". Nothing for none."""
    by_role: dict[str, set[str]] = {}
    for one in languages:
        if tag_of(one):
            by_role.setdefault(one.role if one.role in ROLES else "", set()).add(label(tag_of(one)))
    said = {role: sorted(names) for role, names in by_role.items()}
    return tuple(WORDS[role](said[role], is_group) for role in ("", *ROLES) if role in said)


def _beside(names: list[str], is_group: bool) -> str:
    return f"{joined(names)} side by side" if len(names) > 1 else f"{names[0]} side by side with another language"


WORDS: Final[dict[str, Callable[[list[str], bool], str]]] = {
    "": lambda names, is_group: ", ".join(names),
    SPOKEN: lambda names, is_group: f"Meets in {joined(names)}" if is_group else f"{joined(names)} spoken",
    BILINGUAL: _beside,
    INTERPRETED: lambda names, is_group: f"Interpreter for {joined(names)}, ask ahead",
    SIGNED: lambda names, is_group: f"In {joined(names)}" if all("sign" in name.casefold() for name in names) else f"{joined(names)} signed",
}


@lru_cache(maxsize=2000)
def language_label(code: str, *, reader: str = "en") -> str:
    """The name of a language tag; a text that is no known tag comes back as it was written."""
    name = EXTRA.get(code) or Locale.parse(reader).languages.get(code)
    return str(name) if name else code[:1].upper() + code[1:]


def language_terms(*, reader: str = "en") -> list[Term]:
    """Every language with a known name, as terms, so that reasons can name them."""
    codes = {str(code).replace("_", "-") for code in Locale.parse(reader).languages} | set(EXTRA)
    return [Term(taxonomy="languages", code=code, label=language_label(code, reader=reader)) for code in sorted(codes)]
