"""What a tick or a button beside a listing does to papers: confirms a suggestion, keeps a listing. Buttons of goals are ``directory.papers.planning``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from directory.papers import Papers
from directory.papers.parts import Kept, Shortlist
from matching.values import Strength

MOST_KEPT = 60
MOST_COMPARED = 4
PROFILE_LISTS = ("interests", "helped_before", "steer_clear", "communities")


def confirm(papers: Papers, had: Iterable[str], yes: Iterable[str]) -> Papers:
    """Ticks as they are now, against those that the page showed ticked: "strengths:cooking", "helped:0:walking", "reframe:0:codes:cooking"."""
    before, now = dict.fromkeys(had), dict.fromkeys(yes)
    for token in [one for one in before if one not in now]:
        papers = _tick(papers, token.split(":"), on=False)
    for token in [one for one in now if one not in before]:
        papers = _tick(papers, token.split(":"), on=True)
    return papers


def ticked(papers: Papers) -> frozenset[str]:
    """Every tick that these papers hold."""
    profile = papers.about.profile
    found = [f"strengths:{one.code}" for one in profile.strengths] + [f"supports:{code}" for code in papers.about.supports]
    found += [f"{name}:{code}" for name in PROFILE_LISTS for code in getattr(profile, name)]
    found += [f"helped:{at}:{code}" for at, one in enumerate(papers.own_words.helped) for code in one.activities]
    found += [f"reframe:{at}:{name}:{code}" for at, one in enumerate(papers.reframes.reframes) for name in REFRAME_LISTS for code in getattr(one, name)]
    found += [f"goal:{at}:{name}:{code}" for at, one in enumerate(papers.goals.goals) for name in GOAL_LISTS for code in getattr(one, name)]
    return frozenset(found)


REFRAME_LISTS = ("codes", "supports", "steer_clear")
GOAL_LISTS = ("strengths", "supports")


def _tick(papers: Papers, token: list[str], *, on: bool) -> Papers:
    """One tick. Tokens that mean nothing change nothing."""
    if len(token) == 2 and token[0] in ("strengths", "supports", *PROFILE_LISTS):
        return _tick_about(papers, token[0], token[1][:80], on=on)
    if len(token) == 3 and token[0] == "helped":
        return _tick_row(papers, "own_words", "helped", token[1], "activities", token[2], on=on)
    if len(token) == 4 and token[0] == "reframe" and token[2] in REFRAME_LISTS:
        return _tick_row(papers, "reframes", "reframes", token[1], token[2], token[3], on=on)
    if len(token) == 4 and token[0] == "goal" and token[2] in GOAL_LISTS:
        return _tick_row(papers, "goals", "goals", token[1], token[2], token[3], on=on)
    return papers


def _tick_about(papers: Papers, name: str, code: str, *, on: bool) -> Papers:
    about = papers.about
    if name == "supports":
        return replace(papers, about=replace(about, supports=_with(about.supports, code, on=on)))
    if name == "strengths":
        others = tuple(one for one in about.profile.strengths if one.code != code)
        changed: tuple[Any, ...] = (*others, Strength(code=code))[:60] if on else others
    else:
        changed = _with(getattr(about.profile, name), code, on=on)
    return replace(papers, about=replace(about, profile=replace(about.profile, **{name: changed})))


def _tick_row(papers: Papers, part: str, rows_name: str, number: str, name: str, code: str, *, on: bool) -> Papers:
    rows = list(getattr(getattr(papers, part), rows_name))
    if not number.isdecimal() or int(number) >= len(rows):
        return papers
    row = rows[int(number)]
    rows[int(number)] = replace(row, **{name: _with(getattr(row, name), code[:80], on=on)})
    return replace(papers, **{part: replace(getattr(papers, part), **{rows_name: tuple(rows)})})


def _with(codes: tuple[str, ...], code: str, *, on: bool) -> tuple[str, ...]:
    others = tuple(one for one in codes if one != code)
    return (*others, code)[:40] if on else others


def keep(papers: Papers, listing: str, name: str) -> Papers:
    """Put a listing on the shortlist; one that is there stays as it is."""
    kept = papers.shortlist.kept
    if any(one.listing == listing for one in kept) or len(kept) >= MOST_KEPT:
        return papers
    return replace(papers, shortlist=Shortlist(kept=(*kept, Kept(listing=listing, name=name[:200]))))


def let_go(papers: Papers, listing: str) -> Papers:
    """Take a listing off the shortlist."""
    return replace(papers, shortlist=Shortlist(kept=tuple(one for one in papers.shortlist.kept if one.listing != listing)))


def mark_worked(papers: Papers, listing: str, name: str, activities: tuple[str, ...], *, on: bool) -> Papers:
    """Mark that a listing worked before, so that more of its kind comes up, or take the mark back: the order is then exactly as it was."""
    papers = keep(papers, listing, name)
    rows = [replace(one, liked_before=on, activities=activities if on else ()) if one.listing == listing else one for one in papers.shortlist.kept]
    return replace(papers, shortlist=Shortlist(kept=tuple(rows)))
