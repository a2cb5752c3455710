"""Names of languages for people: the tag of a listing in the words of the reader's language."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale

EXTRA = {
    "cmn": "Mandarin Chinese", "yue": "Cantonese", "wuu": "Shanghainese", "prs": "Dari", "hmn": "Hmong",
    "ase": "American Sign Language", "ium": "Mien",
}
"""Names that CLDR gives differently from how people here ask for them, or not at all."""


@lru_cache(maxsize=2000)
def language_label(code: str, *, reader: str = "en") -> str:
    """The name of a language tag; a text that is no known tag comes back as it was written."""
    name = EXTRA.get(code) or Locale.parse(reader).languages.get(code)
    return str(name) if name else code[:1].upper() + code[1:]
