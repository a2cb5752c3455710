"""Reading and writing papers in tests of pages: the papers that a page carries, the ticks it offers, the words it says."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from directory.papers import BLANK, Papers, load, pack

HTMX = {"HX-Request": "true"}


def papers_of(page: str) -> Papers:
    """The papers that travel in a page."""
    found = re.search(r'name="papers"[^>]*? value="([^"]*)"', page)
    assert found, page[:400]
    return load(unescape(found[1]).encode()) if found[1] else BLANK


def offered(page: str) -> list[str]:
    """The tokens that a page offers to tick, without those of its whole lists."""
    notes = re.findall(r'<div class="question note" role="group".*?</div></div>', page, re.DOTALL)
    return [unescape(token) for note in notes for token in re.findall(r'name="yes" value="([^"]*)"', note)]


def brought_names(page: str) -> list[str]:
    """The names in "This brings"."""
    panel = page.split('class="why brings"')[1].split("</div>")[0]
    return [unescape(name) for name in re.findall(r"<bdi>(.*?)</bdi>", panel)]


def status_of(page: str) -> str:
    """What is said in the first status of a page."""
    found = re.search(r'role="status"[^>]*>([^<]*)', page)
    return unescape(found[1]) if found else ""


class Talk:
    """Somebody in the conversation: posts pages, and carries the papers from one to the next."""

    def __init__(self, client: Any) -> None:
        self.client, self.papers, self.page = client, BLANK, ""

    def post(self, path: str, **fields: Any) -> str:
        """Post a form with the papers; gives the page that comes."""
        fields = {name.replace("__", "."): value for name, value in fields.items()}
        answer = self.client.post(path, data={"papers": pack(self.papers), **fields})
        assert answer.status_code == 200, answer.text[:600]
        self.page = answer.text
        self.papers = papers_of(self.page) if 'name="papers"' in self.page else self.papers
        return self.page

    def say(self, page: str, go: str = "next", **fields: Any) -> str:
        """Answer one page of the conversation."""
        return self.post("/strengths", page=page, go=go, **fields)

    def tick(self, token: str, page: str = "well") -> str:
        """Confirm one suggestion."""
        return self.say(page, go="skip", yes=token)

    def found(self, **fields: Any) -> str:
        """The page of results for the papers as they are."""
        return self.post("/search", from_papers="1", **fields)
