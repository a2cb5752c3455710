"""What own words in the papers may mean: terms to confirm by a tick, each with the token that says where the tick belongs. Never taken as said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from directory.papers import Papers
from web.forms.acts import ticked
from web.house import Vocabulary
from web.views.suggested import phrases_of

Offer = tuple[str, str]
"""A token and a label."""
ACTIVITIES = ("interests", "supports", "settings")
MOST = 8


def offers(vocabulary: Vocabulary, papers: Papers, page: str) -> list[Offer]:
    """What to ask about the words of one page; nothing that is ticked already, each label once."""
    found = dict(_offers(vocabulary, papers, page))
    have, labels = ticked(papers), set[str]()
    kept: list[Offer] = []
    for token, label in found.items():
        if token not in have and label not in labels and not _settled(token, have):
            labels.add(label)
            kept.append((token, label))
    return kept[:MOST]


def _settled(token: str, have: frozenset[str]) -> bool:
    """Cooking is a strength and an interest, and one box to tick."""
    kind, _, code = token.rpartition(":")
    return kind in ("strengths", "interests") and bool({f"strengths:{code}", f"interests:{code}"} & have)


def _offers(vocabulary: Vocabulary, papers: Papers, page: str) -> Iterator[Offer]:
    words = papers.own_words
    if page in ("well", "good"):
        text = words.went_well if page == "well" else f"{words.good_at}, {words.was_easy}"
        yield from _terms(vocabulary, text, (("strengths", "strengths:", 3), ("interests", "interests:", 1)))
    elif page == "helped":
        for at, one in enumerate(words.helped):
            yield from _terms(vocabulary, one.words, tuple((name, f"helped:{at}:", 2) for name in ACTIVITIES))
    elif page == "more":
        yield from _terms(vocabulary, papers.hopes.more_of, (("supports", "supports:", 2), ("interests", "interests:", 2)))
    elif page == "turn":
        for at, turned in enumerate(papers.reframes.reframes):
            yield from _terms(vocabulary, turned.strength, (("strengths", f"reframe:{at}:codes:", 3),))
            yield from _terms(vocabulary, turned.wanted, (("supports", f"reframe:{at}:supports:", 3),))
    elif page == "fits":
        yield from _terms(vocabulary, words.culture, (("communities", "communities:", 3),))


def steer_offers(vocabulary: Vocabulary, papers: Papers) -> list[Offer]:
    """What to leave out, of the words about where a strength makes trouble: by itself, since a tick here takes away."""
    have = ticked(papers)
    found = {
        token: label
        for at, one in enumerate(papers.reframes.reframes)
        for token, label in _terms(vocabulary, one.bites, tuple((name, f"reframe:{at}:steer_clear:", 2) for name in ("supports", "interests", "settings")))
    }
    return [(token, label) for token, label in found.items() if token not in have][:MOST]


def goal_offers(vocabulary: Vocabulary, papers: Papers, number: int) -> list[Offer]:
    """Kinds of support that the words of a goal may be about."""
    have = ticked(papers)
    found = dict(_terms(vocabulary, papers.goals.goals[number].words, (("supports", f"goal:{number}:supports:", 3),)))
    return [(token, label) for token, label in found.items() if token not in have]


def _terms(vocabulary: Vocabulary, text: str, asked: Iterable[tuple[str, str, int]]) -> Iterator[Offer]:
    if vocabulary.crisis(text):
        return   # words of crisis bring help, and are never read as anything else
    for phrase in phrases_of(text.replace("\n", ", ")):
        for taxonomy, prefix, most in asked:
            for one in vocabulary.suggest(taxonomy, phrase, limit=most):
                yield f"{prefix}{one.code}", one.label


LABELS = {"helped": ("interests", "supports", "settings", "kinds"), "communities": ("communities",), "strengths": ("strengths",), "interests": ("interests",),
          "supports": ("supports",), "helped_before": ("supports", "interests", "settings", "kinds"),
          "steer_clear": ("supports", "interests", "settings", "faiths"), "codes": ("strengths",)}   # fmt: skip


def chosen(vocabulary: Vocabulary, papers: Papers, prefix: str) -> list[Offer]:
    """What is ticked already under a prefix, with its label."""
    return [(token, label_of(vocabulary, token)) for token in sorted(ticked(papers)) if token.startswith(prefix)]


def label_of(vocabulary: Vocabulary, token: str) -> str:
    """The label of what a token ticks."""
    steps = token.split(":")
    name = "helped" if steps[0] == "helped" else steps[-2]
    return next((term.label for taxonomy in LABELS[name] if (term := vocabulary.term(taxonomy, steps[-1]))), steps[-1])
