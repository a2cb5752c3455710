"""What papers ask the directory: every answer in its place, and nothing of what is the person's alone (scales, gratitude, achievements)."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from directory.papers.parts import Papers
from matching.values import Inquiry, Place, Profile, SignalName, Strength

MOST = 40
MOST_DOMAINS = 20


class Toward(Struct, frozen=True, kw_only=True):
    """What a question is for when it is for one thing: a goal, or the new use of a strength."""

    words: str = ""
    supports: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()


def inquiry_of(
    papers: Papers, *, place: Place | None = None, areas: frozenset[str] = frozenset(), near_to: tuple[Place, ...] = (), toward: Toward | None = None,
) -> Inquiry:
    """The question of these papers. ``place`` and ``near_to`` are where the person is and the places they have, as ``directory.places`` found them.

    A strength of a reframe is used toward what it is wanted for, and nowhere else; what to steer clear of is a hard limit everywhere. What goes well
    is never a wish. With ``toward``, its kinds of support (or, without any, its words) are what is asked for.
    """
    about = papers.about
    text, supports = (words_asked(papers), about.supports) if toward is None else ("" if toward.supports else toward.words, toward.supports)
    inquiry = Inquiry(text=text[:400], supports=supports, place=place, areas=areas, travel=about.travel, must=about.must_haves, profile=about.profile)
    return with_papers(inquiry, papers, near_to=near_to, strengths=toward.strengths if toward else ())


def words_asked(papers: Papers) -> str:
    """The words that are asked for: what would help, or else, while no kind of support is named, what the person would like more of."""
    hopes = "" if papers.about.supports else papers.hopes.more_of
    return papers.about.text or " ".join(hopes.split())[:400]


def with_papers(inquiry: Inquiry, papers: Papers, *, near_to: tuple[Place, ...] = (), strengths: tuple[str, ...] = ()) -> Inquiry:
    """A question with what the papers hold beside it."""
    more = profile_of(inquiry.profile, papers, supports=inquiry.supports, strengths=strengths)
    more = replace(more, near_to=near_to[:10] or more.near_to)
    return replace(inquiry, profile=replace(more, importance=_leaning(more)))


def profile_of(profile: Profile, papers: Papers, *, supports: Iterable[str], strengths: tuple[str, ...] = ()) -> Profile:
    """A profile with what the papers say of the person elsewhere, for a question about these kinds of support."""
    return replace(
        profile,
        strengths=_strengths(profile, papers, frozenset(supports), strengths),
        helped_before=_once(profile.helped_before, *(one.activities for one in papers.own_words.helped), *liked(papers)),
        domains=_once(profile.domains, [code for code, answer in papers.domains.answers.items() if answer == "more"])[:MOST_DOMAINS],
        steer_clear=_once(profile.steer_clear, *(one.steer_clear for one in papers.reframes.reframes)),
    )


def _leaning(profile: Profile) -> dict[SignalName, float]:
    """How much counts what helped before for somebody who would rather have something new, or more of the same; what they weighed themselves stays."""
    if profile.newness is None or not profile.helped_before:
        return profile.importance
    leaning: dict[SignalName, float] = {"helped_before": 2 * (1 - profile.newness), "newness": 1 + 6 * abs(profile.newness - 0.5)}
    return {**leaning, **profile.importance}


def liked(papers: Papers) -> list[tuple[str, ...]]:
    """What the listings are that worked for the person before."""
    return [one.activities for one in papers.shortlist.kept if one.liked_before]


def going_well(papers: Papers) -> tuple[str, ...]:
    """The parts of life that go well: resources, never needs."""
    return tuple(code for code, answer in papers.domains.answers.items() if answer == "well")


def _strengths(profile: Profile, papers: Papers, supports: frozenset[str], asked: Iterable[str]) -> tuple[Strength, ...]:
    """The person's strengths, those that were turned only where they are wanted."""
    turned: dict[str, bool] = {}
    for one in papers.reframes.reframes:
        for code in one.codes:
            turned[code] = turned.get(code, False) or bool(supports & set(one.supports))
    usual = {one.code: one for one in profile.strengths if turned.get(one.code, True)}
    wanted = [code for code in (*asked, *(code for code, is_wanted in turned.items() if is_wanted)) if turned.get(code, True)]
    return tuple({**{code: Strength(code=code) for code in wanted}, **usual}.values())[:60]


def _once(*groups: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for group in groups for code in group))[:MOST]
