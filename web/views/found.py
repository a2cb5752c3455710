"""The parts around a list of results: what stayed out and why, what one change would bring, and how much each wish counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from directory.papers import Papers, pack
from directory.search import SearchPage
from matching.values import NotShown
from web.forms.fields import WEIGHED, InquiryForm
from web.forms.tokens import AND, tokens
from web.house import Catalogue

MOST_NAMES = 12
STEER = "steer_clear-="
Group = tuple[str, list[tuple[str, str]], int]


def not_shown(catalogue: Catalogue, kept_out: Sequence[NotShown]) -> list[Group]:
    """For each limit: its words, the first names, and how many more."""
    groups: list[Group] = []
    for one in kept_out:
        names = catalogue.names(one.ids[:MOST_NAMES])
        groups.append((one.text, list(names.items()), max(0, one.total - MOST_NAMES)))
    return groups


def openers(page: SearchPage, form: InquiryForm) -> list[tuple[str, str]]:
    """Single changes that bring more, as what to set in the form and the words for it; only those the form can make."""
    found = [(tokens(page.inquiry, would.inquiry), would.text) for would in page.ranking.would_match]
    return [(token, words) for token, words in found if token and not _beyond(token, form)]


def _beyond(token: str, form: InquiryForm) -> bool:
    """What to steer clear of may be said elsewhere in the papers than in this form."""
    return any(part.startswith(STEER) and part.removeprefix(STEER) not in form.steer_clear for part in token.split(AND))


def shown_papers(papers: Papers) -> dict[str, Any]:
    """What an answer to a post needs of the papers that travel along. A page that was only read has none: what a browser holds may fill them in."""
    kept = {one.listing: one for one in papers.shortlist.kept}
    return {"papers_text": pack(papers), "kept_ones": kept, "helping": papers.for_somebody}


def weights(form: InquiryForm) -> dict[str, str]:
    """How much each wish counts, by signal; empty for as usual."""
    said = dict(weight.split("=", 1) for weight in form.weights)
    return {name: said.get(name, "") for name in WEIGHED}
