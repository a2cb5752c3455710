"""The vocabularies as one object: its terms, and what people's own words may mean in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from matching.conditions import MISSPELT, without_conditions
from matching.danger import SURE, Danger, UrgentSayings
from matching.everyday import NAMED_LEAST, EverydayWords, surest
from matching.files import Arrays, under, within
from matching.lazy import once
from matching.lexicon import Lexicon, Suggestion
from matching.negation import without_negated
from matching.people import People
from matching.sayings import Sayings
from matching.smallwords import ASKING, EVERY_SMALL, LIKING, STOP
from matching.stems import root, stem
from matching.suggest import StrengthWords
from matching.terms import AUDIENCES, COMMUNITIES, INTERESTS, STRENGTHS, SUPPORTS, Terms
from matching.urgent import UrgentPhrase, UrgentWords
from matching.values import Term
from matching.words import words

__all__ = [
    "AUDIENCES", "COMMUNITIES", "FLOOR", "INTERESTS", "LONGEST_TEXT", "STRENGTHS", "SUPPORTS", "Suggestion", "UrgentPhrase", "UrgentSayings", "Vocabulary",
]  # fmt: skip

DANGER = "danger"
FLOOR = 0.4
"""Suggestions under this score are not made; the most that keeps a single misspelt word."""
LONGEST_TEXT = 400
"""Characters of a person's text that are read; the rest is left."""
GUESSES, GUESSED, GUESS_PIVOT, GUESS_BEHIND = 3, 0.6, 3.0, 0.5
"""Kinds of support that are guessed at most; what a guess counts; the sum of evidence at which it counts half of that; and the share of the best one's
that it must have; judged set (README.md)."""
ANSWERS = 0.8
"""How surely a kind is meant that answers a danger (``Term.urgent``): as plainly as a single word that stands for it."""
BESIDE = 0.25
"""The share that a guess must have of the weight of what is surest: beside what is said plainly, a faint one only blurs."""
BESIDE_LOVE = 0.32
"""The same beside an interest that the words name: who looks for a "chess partner" is not asking for a safe house, for which "partner" speaks a little."""
DOUBTED = 0.5
"""What is left of a kind that a cue stands for where all the words together do not speak for it at all; judged set (README.md)."""
Keep = Callable[[Callable[[], Arrays]], Arrays]
"""Gives arrays that were kept, else makes them and keeps them."""


def made_anew(make: Callable[[], Arrays]) -> Arrays:
    """Keeps nothing."""
    return make()


class Vocabulary(Terms):
    """Every term of every taxonomy, and what words mean in them. Built once from the catalogue, then only read, by any number of threads."""

    def __init__(
        self, terms: Iterable[Term], urgent: Iterable[UrgentPhrase] = (), danger: Iterable[UrgentSayings] = (), *, keep: Keep = made_anew
    ) -> None:
        """``urgent`` are phrases of crisis, ``danger`` whole sentences by which others are known. ``keep`` is asked once, when the first text is read,
        for what all sentences are evidence of.

        Raise ValueError when a code comes twice in one taxonomy, or when terms are each other's broader term.
        """
        super().__init__(terms)
        self._answers: dict[str, list[str]] = defaultdict(list)
        for term in self.terms(SUPPORTS):
            for topic in term.urgent:
                self._answers[topic].append(term.code)
        self._lexicons = {taxonomy: _lexicon(taxonomy, held.values()) for taxonomy, held in self._by_taxonomy.items()}
        self._everyday, self._loved = EverydayWords(self._lexicon_of(SUPPORTS)), EverydayWords(self._lexicon_of(INTERESTS))
        self._roots = frozenset(base for lexicon in self._lexicons.values() for base in lexicon.roots)
        used = partial(self._everyday.by_word, is_known=self.knows)
        self._people = People(self._lexicon_of(AUDIENCES), self._lexicon_of(COMMUNITIES), used, self.knows)
        self._stems = frozenset(stem(word) for lexicon in self._lexicons.values() for word in lexicon.spelt)
        self._urgent = UrgentWords(urgent, self.knows)
        said = (sentence for taxonomy in (STRENGTHS, SUPPORTS) for term in self.terms(taxonomy) for sentence in term.sayings)
        self._danger = Danger(danger, said)
        self._keep = keep
        for name, one in self._examples():
            one.kept = partial(self._weighed_of, name)

    def prepare(self) -> None:
        """Have at once what the first text that is read would wait for: a second, for the vocabularies that are shipped, and four more where nobody has
        kept what the sentences are evidence of. Nothing hangs on it."""
        for lexicon in self._lexicons.values():
            lexicon.prepare()
        for one in (self._everyday, self._loved, self._people, self._danger):
            one.prepare()

    def _lexicon_of(self, taxonomy: str) -> Lexicon:
        return self._lexicons.get(taxonomy) or Lexicon((), _passed_over(taxonomy))

    def _examples(self) -> Iterator[tuple[str, Sayings | Danger]]:
        """What reads texts by sentences, by the name that its part of ``_weighed`` has."""
        yield from ((taxonomy, lexicon.sayings) for taxonomy, lexicon in self._lexicons.items() if not lexicon.sayings.is_empty)
        if not self._danger.is_empty:
            yield DANGER, self._danger

    def _weighed_of(self, name: str) -> Arrays:
        return under(self._weighed, name)

    @once
    def _weighed(self) -> Arrays:
        return self._keep(lambda: {key: array for name, one in self._examples() for key, array in within(name, one.weigh().arrays()).items()})

    @property
    def taxonomies(self) -> tuple[str, ...]:
        """The code of every vocabulary, in alphabetical order."""
        return tuple(sorted(self._lexicons))

    def suggest(self, taxonomy: str, text: str, limit: int = 3, floor: float = FLOOR) -> tuple[Suggestion, ...]:
        """Return the terms that ``text`` may mean, best first: to be offered, never taken as said.

        Nothing comes back for words of crisis (phrases of crisis, and what sounds very much like danger). Names of health conditions, and what somebody
        says they cannot do, are passed over where strengths are asked for.
        """
        if taxonomy not in self._lexicons or self.crisis(text):
            return ()
        read = text[:LONGEST_TEXT]
        lexicon = self._lexicons[taxonomy]
        if isinstance(lexicon, StrengthWords):
            said = without_negated(read)
            return lexicon.suggest_from(said, set(self._without_conditions(words(said))), limit, floor, self.knows)
        return lexicon.suggest(words(read), limit, floor, self.knows)

    def find(self, taxonomy: str, text: str, limit: int = 10) -> tuple[Suggestion, ...]:
        """Return terms to choose from while someone types; headings are left out."""
        return self._lexicons[taxonomy].find(text[:LONGEST_TEXT], limit) if taxonomy in self._lexicons else ()

    def recognise(self, text: str, is_word: Callable[[str], bool] | None = None) -> tuple[tuple[str, float], ...]:
        """Return the kinds of support that everyday words stand for, each with a weight in (0, 1], surest first; sure ones only.

        ``is_word`` says of a folded word that it is one, though no vocabulary has it, and so no misspelling: "brief" where listings speak of it.
        """
        return self._everyday.recognise(words(text[:LONGEST_TEXT]), self._known_with(is_word))

    def meant(self, text: str, is_word: Callable[[str], bool] | None = None) -> tuple[tuple[str, float], ...]:
        """Return the kinds of support that a text is about, each with a weight in (0, 1], surest first: what is recognised, and up to ``GUESSES`` to which
        all its words together point.

        For s, what the words speak for a kind (``Lexicon.sums``), and share, s over that of the best one: what is recognised keeps DOUBTED of its
        weight, and the rest by its share; a guess weighs GUESSED x share x s / (s + GUESS_PIVOT). The more of the two counts. Nothing is guessed from
        words of crisis: what answers the danger they tell of counts ANSWERS beside what is recognised.
        """
        spelt, known = words(text[:LONGEST_TEXT]), self._known_with(is_word)
        sure = dict(self._everyday.recognise(spelt, known))
        if crisis := self.crisis(text):
            return surest({"cues": sure, "answers": {code: ANSWERS for topic in crisis for code in self._answers.get(topic, ())}})
        if SUPPORTS not in self._lexicons:
            return surest({"cues": sure})
        lexicon = self._lexicons[SUPPORTS]
        sums = {lexicon.terms[at].code: s for at, s in lexicon.sums(spelt, known).items() if s}
        most = max(sums.values(), default=1.0)
        likeliest = sorted(sums.items(), key=lambda item: (-item[1], item[0]))[:GUESSES]
        guesses = {code: GUESSED * s / most * s / (s + GUESS_PIVOT) for code, s in likeliest if s >= GUESS_BEHIND * most}
        doubted = {code: weight * (DOUBTED + (1 - DOUBTED) * sums.get(code, 0.0) / most) for code, weight in sure.items()}
        love = max((weight for _, weight in self._named(spelt, known)), default=0.0)
        least = max(BESIDE * max((*guesses.values(), *doubted.values()), default=0.0), BESIDE_LOVE * love)
        return surest({"cues": doubted, "guesses": {code: weight for code, weight in guesses.items() if weight >= least or code in sure}})

    def loved(self, text: str, is_word: Callable[[str], bool] | None = None) -> tuple[tuple[str, float], ...]:
        """Return the interests for which words of a text stand, each with a weight in (0, 1], surest first; only by words that hardly mean anything
        else, and none by words of crisis."""
        named = self._named(words(text[:LONGEST_TEXT]), self._known_with(is_word))
        return () if named and self.crisis(text) else named

    def _named(self, spelt: Sequence[str], is_known: Callable[[str], bool]) -> tuple[tuple[str, float], ...]:
        return tuple((code, weight) for code, weight in self._loved.recognise(spelt, is_known) if weight >= NAMED_LEAST)

    def communities_called(self, text: str) -> tuple[str, ...]:
        """Return the labels of the communities that a text calls by another name (``People.called``)."""
        return self._people.called(text[:LONGEST_TEXT])

    def whom(self, text: str) -> tuple[tuple[str, float], ...]:
        """Return the groups of people whom a text names, each with a weight in (0, 1], surest first (``People.named``)."""
        return self._people.named(text[:LONGEST_TEXT])

    def recognise_words(self, spelt: Iterable[str], is_word: Callable[[str], bool] | None = None) -> dict[str, dict[str, float]]:
        """Return, for each folded word that stands for kinds of support among the others, their codes and weights; ``is_word`` as above."""
        return self._everyday.by_word(tuple(spelt), self._known_with(is_word))

    def _known_with(self, is_word: Callable[[str], bool] | None) -> Callable[[str], bool]:
        return lambda word: self.knows(word) or self.is_said(word) or (is_word is not None and is_word(word))

    def urgent(self, text: str) -> tuple[str, ...]:
        """Return the topics of urgent help that ``text`` calls for: by a phrase of crisis, else by sounding like danger as a whole. Ask this before
        anything else, and show help first; the text is read to its end."""
        return self.urgent_by_phrase(text) or self._danger.topics(text)

    def urgent_by_phrase(self, text: str) -> tuple[str, ...]:
        """The same by phrases of crisis alone: where somebody is asked again before their words go on, which no mere likeness should cost them."""
        return self._urgent.topics(text)

    def crisis(self, text: str) -> tuple[str, ...]:
        """The same where the danger is so plain that nothing else may be made of the words: a phrase of crisis, or what sounds very much like danger."""
        return self.urgent_by_phrase(text) or self._danger.topics(text, SURE)

    def knows(self, word: str) -> bool:
        """Say whether a folded word is a known word of any vocabulary or a small word, and so not a misspelling."""
        return word in EVERY_SMALL or root(word) in self._roots

    def is_said(self, word: str) -> bool:
        """Say whether a folded word stands in several of the sentences that people would say, in whatever language, and so is no misspelling of another."""
        return any(lexicon.sayings.has(word) for lexicon in self._lexicons.values() if not lexicon.sayings.is_empty)

    def spells(self, word: str) -> bool:
        """Say whether a folded word is written in any vocabulary or a small word: unlike ``knows``, not by what it has in common with others."""
        return word in EVERY_SMALL or stem(word) in self._stems

    def _without_conditions(self, spelt: list[str]) -> list[str]:
        right = [word if self.knows(word) else next((near for near, _ in MISSPELT.nearest(word)), word) for word in spelt]
        kept = set(without_conditions(right))
        return [word for word, meant in zip(spelt, right, strict=True) if meant in kept]


def _lexicon(taxonomy: str, terms: Iterable[Term]) -> Lexicon:
    return (StrengthWords if taxonomy == STRENGTHS else Lexicon)(terms, _passed_over(taxonomy))


def _passed_over(taxonomy: str) -> frozenset[str]:
    return STOP | (LIKING if taxonomy == STRENGTHS else ASKING)
