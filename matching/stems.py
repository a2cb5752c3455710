"""Words brought to one form: plurals and British or American spelling for search, and further down to a root for everyday phrases."""

from __future__ import annotations

import re
from functools import lru_cache

BEGINNING = 4
"""Letters of a Cyrillic word by which sentences are read; by phrases to work by (README.md)."""
_IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "teeth": "tooth", "feet": "foot", "wives": "wife", "knives": "knife", "buses": "bus",
    "news": "news", "always": "always", "licence": "license", "practise": "practice", "defence": "defense", "grey": "gray", "ageing": "aging",
    "enrolment": "enrollment", "jewellery": "jewelry", "mum": "mom", "mums": "mom", "cosy": "cozy", "pyjama": "pajama", "pyjamas": "pajama",
    "cheque": "check", "cheques": "check", "tyre": "tire", "tyres": "tire", "skilful": "skillful", "fulfil": "fulfill",
    "kid": "child", "kids": "child", "bike": "bicycle", "bikes": "bicycle", "attorney": "lawyer", "attorneys": "lawyer",
}  # fmt: skip
_PLURALS = ((r"(ss|sh|tch|[^a]ch|x|zz)es$", r"\1"), (r"(?<=..)ies?$", "y"), (r"oes?$", "o"), (r"(?<=..)(?<![sui])s$", ""))
"""The first that fits is used. "ie" and "oe" at the end go the way of their plurals, so that cookie and cookies stay one word."""
_SPELLINGS = (
    (r"(?<=..[bdlmnpvi])our(?=$|[aily]|ed|ful|hood|er|less|some)", "or"),  # neighbour, behaviour, colourful; not hour, course, resource
    (r"(?<=...)is(e|ed|er|ing|ation|ational)$", r"iz\1"),  # organise, organisation
    (r"lys(e|ed|ing)$", r"lyz\1"),
    (r"(?<=..)tre$", "ter"),  # centre, theatre
    (r"(?<=...)ogue$", "og"),  # catalogue
    (r"(?<=...)mme$", "m"),  # programme
    (r"(?<=.....)ll(ing|ed|or|er)$", r"l\1"),  # counselling, traveller
    (r"^(p|orthop|gyn|h|an|arch)ae", r"\1e"),  # paediatric
)
_PLURAL_RULES = [(re.compile(pattern), new) for pattern, new in _PLURALS]
_SPELLING_RULES = [(re.compile(pattern), new) for pattern, new in _SPELLINGS]
_VERB_ENDING = re.compile(r"(?<=[a-z]{3})(?<!e)(?:ing|ed)$")
_DOUBLED = re.compile(r"([bdfglmnprstz])\1$")
_SHORT = re.compile("^[^aeiou]?[aeiou][^aeiouwxy]$")
_VOWEL = re.compile("[aeiouy]")
_ARABIC_FRONT = re.compile(r"^(?:وال|بال|كال|فال|لل|ال)(?=...)|^[وفبلك](?=....)")
_ARABIC_BACK = re.compile(r"(?<=...)(?:ها|هم|هن|كم|نا|ني|ات|ون|ين|ان|يه|وا|تي|ته|تها|ه|ي|ك|ت)$")


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return a folded word without its plural ending and in American spelling: "counsellors" and "counselor" are one.

    It is light on purpose: "housing" and "house", "meeting" and "meet" stay apart in search. Words with a letter outside a-z come back as they are.
    """
    if (len(word) < 4 and word not in _IRREGULAR) or not (word.isascii() and word.isalpha()):
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    singular = _first(_PLURAL_RULES, word)
    if singular in _IRREGULAR:
        return _IRREGULAR[singular]
    for pattern, new in _SPELLING_RULES:
        singular = pattern.sub(new, singular)
    return singular


@lru_cache(maxsize=65_536)
def root(word: str) -> str:
    """Return what "bake", "baked", "bakes" and "baking" share.

    An Arabic word loses what is written on to it. It also joins some words that mean different things, so it is for short everyday phrases only.
    """
    base = stem(word)
    if "\u0600" <= base[:1] <= "\u06ff":
        return arabic(base)
    if len(base) < 4 or not (base.isascii() and base.isalpha()):
        return base
    if base.endswith("ied"):
        return base[:-3] + "y"
    cut = _VERB_ENDING.sub("", base)
    if cut != base and _VOWEL.search(cut):
        base = cut + "e" if _SHORT.search(cut) else cut  # baking: bake; but running: run
    base = _DOUBLED.sub(r"\1", base)
    return base[:-1] if base.endswith("e") and len(base) > 4 else base


def gist(word: str) -> str:
    """Return the form of a folded word by which whole sentences are read: its root, or what it begins with in Cyrillic letters.

    A Ukrainian or Russian word has a dozen endings and more; what it means stands in its first letters.
    """
    return word[:BEGINNING] if "\u0400" <= word[:1] <= "\u04ff" else root(word)


def arabic(word: str) -> str:
    """Return a folded word without the article and the small words written on to it, and without its ending."""
    bare = _ARABIC_FRONT.sub("", word)
    return _ARABIC_BACK.sub("", bare)


def agent(word: str) -> str:
    """Return the root of what a person does from the word for the person ("baker": bake, "runner": run), or "" when it is no such word."""
    base = stem(word)
    if len(base) < 5 or not base.endswith(("er", "or")) or not base.isascii():
        return ""
    return root(base[:-2] + "ing")


def _first(rules: list[tuple[re.Pattern[str], str]], word: str) -> str:
    for pattern, new in rules:
        if pattern.search(word):
            return pattern.sub(new, word)
    return word
