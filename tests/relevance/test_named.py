"""What somebody loves, and whose company they look for, is understood in nine more languages; and the measure notices when it is not."""

from __future__ import annotations

import pytest

from matching.vocabulary import COMMUNITIES, INTERESTS
from tests.relevance.named import LANGUAGES, at_rest, communities_named, found, interests_named, phrases, words_that_name

NAMERS = ((INTERESTS, interests_named, 0.5), (COMMUNITIES, communities_named, 0.33))


def test_all_languages_together_keep_their_bounds() -> None:
    assert [figure.name for figure in words_that_name() if not figure.holds] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("taxonomy", "namer", "least"), NAMERS)
def test_no_language_is_left_behind(taxonomy: str, namer: object, least: float, language: str) -> None:
    hits, count = found(namer, taxonomy, language)   # type: ignore[arg-type]
    assert hits >= least * count


@pytest.mark.parametrize("language", LANGUAGES)
def test_ordinary_requests_name_next_to_nothing(language: str) -> None:
    assert max(at_rest(interests_named, language)[0], at_rest(communities_named, language)[0]) <= 2


def test_the_measure_notices_who_hears_nothing_and_who_hears_everything() -> None:
    heard = {said.code for said in phrases("uk")}
    assert found(lambda _: (), INTERESTS, "uk") == (0, 30)
    assert found(lambda _: heard, INTERESTS, "uk") == (30, 30)
    assert at_rest(lambda _: heard, "uk") == (15, 15)
