"""Names of languages for people: the tag of a listing in the words of the reader's language."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale

from matching.values import Term

EXTRA = {
    "cmn": "Mandarin Chinese", "yue": "Cantonese", "wuu": "Shanghainese", "prs": "Dari", "hmn": "Hmong",
    "ase": "American Sign Language", "ium": "Mien", "mix": "Mixteco", "one": "Oneida",
}
"""Names that CLDR gives differently from how people here ask for them, or not at all."""
NO_OTHERS = "no other languages"
"""The note on a language of a listing that says that the stated languages are all there are."""


@lru_cache(maxsize=2000)
def language_label(code: str, *, reader: str = "en") -> str:
    """The name of a language tag; a text that is no known tag comes back as it was written."""
    name = EXTRA.get(code) or Locale.parse(reader).languages.get(code)
    return str(name) if name else code[:1].upper() + code[1:]


def language_terms(*, reader: str = "en") -> list[Term]:
    """Every language with a known name, as terms, so that reasons can name them."""
    codes = {str(code).replace("_", "-") for code in Locale.parse(reader).languages} | set(EXTRA)
    return [Term(taxonomy="languages", code=code, label=language_label(code, reader=reader)) for code in sorted(codes)]
