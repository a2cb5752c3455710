"""The parts around a list of results: what stayed out and why, what one change would bring, and how much each wish counts."""

from __future__ import annotations

from collections.abc import Sequence

from directory.search import SearchPage
from matching.values import NotShown
from web.forms.fields import WEIGHED, InquiryForm
from web.forms.tokens import tokens
from web.house import Catalogue

MOST_NAMES = 12
Group = tuple[str, list[tuple[str, str]], int]


def not_shown(catalogue: Catalogue, kept_out: Sequence[NotShown]) -> list[Group]:
    """For each limit: its words, the first names, and how many more."""
    groups: list[Group] = []
    for one in kept_out:
        names = catalogue.names(one.ids[:MOST_NAMES])
        groups.append((one.text, list(names.items()), max(0, one.total - MOST_NAMES)))
    return groups


def openers(page: SearchPage) -> list[tuple[str, str]]:
    """Single changes that bring more, as what to set in the form and the words for it; only those the form can make."""
    found = [(tokens(page.inquiry, would.inquiry), would.text) for would in page.ranking.would_match]
    return [(token, words) for token, words in found if token]


def weights(form: InquiryForm) -> dict[str, str]:
    """How much each wish counts, by signal; empty for as usual."""
    said = dict(weight.split("=", 1) for weight in form.weights)
    return {name: said.get(name, "") for name in WEIGHED}
