"""Reading pages in tests: the main part, the results, the fields of the form."""

from __future__ import annotations

import re
from html import unescape

CODE = "54911"
"""A postcode in the middle of the demonstration place."""


def main_of(page: str) -> str:
    """The content of ``main`` of a whole page."""
    found = re.search(r'<main id="main" tabindex="-1">\n(.*)</main>', page, re.DOTALL)
    assert found, page[:300]
    return found[1].strip()


def results_of(page: str) -> list[str]:
    """The HTML of each result, in order."""
    return re.split(r'<li class="result">', page.split("</ol>")[0])[1:]


def names_of(page: str) -> list[str]:
    """The names of the results, in order."""
    return [unescape(name) for name in re.findall(r"<h3><a [^>]*><bdi>(.*?)</bdi></a></h3>", page)]


def buttons_of(page: str) -> list[tuple[str, str]]:
    """What each button sets, and its words."""
    return [(unescape(value), unescape(words)) for value, words in re.findall(r'<button type="submit" name="set" value="([^"]*)">(.*?)</button>', page)]


def total_of(page: str) -> int:
    """How many results there are in all."""
    if "One result." in page:
        return 1
    found = re.search(r'role="status">(?:\d+ to \d+ of )?(\d+) results', page)
    return int(found[1]) if found else 0
