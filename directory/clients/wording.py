"""The words in which consent is asked, by version and language: what a person read can be shown again as long as the consent is kept."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Final

from msgspec import Struct

DAYS: Final = (30, 90, 180, 365)
RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur"})
FIRST: Final = "en"


class Words(Struct, frozen=True, kw_only=True):
    """The sentences of one language: ``labels`` names the parts, ``said`` everything else."""

    version: str
    language: str
    said: dict[str, str]
    labels: dict[str, str]

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    def sentence(self, name: str, agency: str = "", days: int = 0) -> str:
        """One sentence, with the name of the agency and a number of days in it; the name set apart where it may run the other way."""
        return self.said[name].replace("{agency}", f"\u2068{agency}\u2069" if self.direction == "rtl" else agency).replace("{days}", str(days))


def words(language: str, version: str = "") -> Words:
    """The words of a language, in the version of now or an older one; English where there is no translation."""
    table = _file()
    version = version if version in table else table["version"]
    language = language if language in table[version] else FIRST
    found = table[version][language]
    return Words(version=version, language=language, labels=found["labels"], said={name: text for name, text in found.items() if isinstance(text, str)})


def languages() -> dict[str, str]:
    """The languages that the words of now can be read in, with their own names."""
    table = _file()
    return {code: found["name"] for code, found in table[table["version"]].items()}


def version_of_now() -> str:
    """The version that a consent given now names."""
    return str(_file()["version"])


def preferred(accepted: str) -> str:
    """The first language of an ``Accept-Language`` header that there is a translation for; English when there is none."""
    known = languages()
    asked = (one.partition(";")[0].strip().lower().partition("-")[0] for one in accepted[:200].split(","))
    return next((one for one in asked if one in known), FIRST)


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads((files("directory.clients") / "wording.toml").read_text(encoding="utf-8"))
