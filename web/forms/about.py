"""The form of the search and the first part of somebody's papers: each made of the other, so that neither loses what only the other can say."""

from __future__ import annotations

from typing import Any

from msgspec import inspect
from msgspec.structs import fields, replace

from directory.papers import Papers
from directory.papers.asking import words_asked
from directory.papers.parts import About
from matching.values import MustHaves, Profile, Slot
from web.forms.fields import PARTS_OF_DAY, SHOWN, WEIGHED, InquiryForm
from web.forms.inquiry import to_inquiry

OPEN_DOOR = ("drop_in", "self_refer")
NEWNESS = {0.0: "same", 1.0: "new"}


def form_of(papers: Papers) -> InquiryForm:
    """The form as these papers would have filled it in; what the form has no field for is not in it."""
    about, profile, must = papers.about, papers.about.profile, papers.about.must_haves
    show = next((name for name, (_, kinds) in SHOWN.items() if kinds == must.kinds), "")
    weights = tuple(f"{name}={profile.importance[name]:g}" for name in WEIGHED if profile.importance.get(name, 1.0) != 1.0)
    return InquiryForm(
        text=words_asked(papers), supports=about.supports, place=about.place[:120], own_strengths=papers.own_words.good_at[:400],
        strengths=tuple(one.code for one in profile.strengths), interests=profile.interests, give=profile.give, helped_before=profile.helped_before,
        steer_clear=profile.steer_clear, languages=profile.languages, language_must=bool(must.languages),
        language_direct=must.without_interpreter, communities=profile.communities,
        own_culture=papers.own_words.culture[:400], access=profile.access, access_must=bool(must.access), modes=about.travel.modes,
        minutes=str(about.travel.minutes or ""), times=tuple(code for slot in profile.times if (code := _code(slot))), only_times=must.in_my_times,
        formats=profile.formats, format_must=bool(must.formats), free=must.free, no_faith=must.not_faith_based, open_door=must.entry == OPEN_DOOR,
        kinds=() if show else must.kinds, show=show, about=profile.about, age=f"{profile.age:g}" if profile.age is not None else "",
        size=profile.size or "", tone=profile.tone or "", company_must=must.company, group=profile.group, group_needs=must.group, focus=profile.focus,
        focus_must=bool(must.focus), culture_must=bool(must.communities), with_way=profile.there_and_back, ordinary=profile.ordinary_places,
        newness=NEWNESS.get(-1.0 if profile.newness is None else profile.newness, ""), weights=weights,
    )  # fmt: skip


def with_form(papers: Papers, form: InquiryForm) -> Papers:
    """The papers with what the form says. What the form was not asked to change stays, to the letter, also where it has no field for it."""
    before = form_of(papers)
    words = papers.own_words
    if form.own_strengths != before.own_strengths:
        words = replace(words, good_at=form.own_strengths)
    if form.own_culture != before.own_culture:
        words = replace(words, culture=form.own_culture)
    return replace(papers, own_words=words, about=_merged(papers.about, about_of(before), about_of(form)))


def about_of(form: InquiryForm) -> About:
    """What the form alone says."""
    asked = to_inquiry(form)
    return About(
        text=asked.text, supports=asked.supports, place=form.place, travel=asked.travel, must_haves=_cut(asked.must), profile=_cut(asked.profile)
    )


def _merged(old: About, before: About, after: About) -> About:
    changed: dict[str, Any] = {name: getattr(after, name) for name in ("text", "supports", "place") if getattr(after, name) != getattr(before, name)}
    for name in ("travel", "must_haves", "profile"):
        was, now = getattr(before, name), getattr(after, name)
        differing = {one: getattr(now, one) for one in now.__struct_fields__ if getattr(now, one) != getattr(was, one)}
        if "confirmed" in differing:
            differing["confirmed"] = (old.must_haves.confirmed - was.confirmed) | now.confirmed
        changed[name] = replace(getattr(old, name), **differing)
    return replace(old, **changed)


def _cut(value: Any) -> Any:
    """No longer lists than papers hold: of thirty languages ticked, the first twenty."""
    return replace(value, **{name: getattr(value, name)[:most] for name, most in LONGEST.items() if len(getattr(value, name, ())) > most})


def _lengths(shape: type) -> dict[str, int]:
    lists = [(one.name, inspect.type_info(one.type)) for one in fields(shape)]
    return {name: info.max_length for name, info in lists if isinstance(info, inspect.VarTupleType) and info.max_length}


def _code(slot: Slot) -> str:
    part = next((name for name, span in PARTS_OF_DAY.items() if span == (slot.starts, slot.ends)), "")
    return f"{slot.weekday}{part}" if part else ""


LONGEST = {**_lengths(Profile), **_lengths(MustHaves)}
