"""Lists to choose from: put together out of drawn options they are what drawing each anew gives, whatever was chosen; and nothing chosen is remembered."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from web.still import Html, Stills
from web.ticks import Ticks, any_of

CODES = ("cooking", "listening", "walking", "bikes")
OPTIONS = tuple((code, code.title()) for code in CODES)
some_codes = st.lists(st.sampled_from((*CODES, "elsewhere")), max_size=3).map(tuple)


def one(name: str, code: str, words: str, is_chosen: bool) -> str:
    return f"<{name} {code}{' chosen' if is_chosen else ''}>{words}</>"


def fold(name: str, heading: str, options: tuple[tuple[str, str], ...], chosen: tuple[str, ...] = (), is_offered: bool = False) -> str:
    return f"[{heading} {'open' if any_of(options, chosen) else 'shut'}: {' '.join(one(name, *option, option[0] in chosen) for option in options)}]"


@given(st.lists(some_codes, max_size=4))
def test_options_are_those_drawn_anew_for_each_choice(choices: list[tuple[str, ...]]) -> None:
    ticks = Ticks(Stills())
    for chosen in choices:
        assert ticks.options(one, "good", OPTIONS, chosen) == "".join(one("good", code, words, code in chosen) for code, words in OPTIONS)


def test_each_option_is_drawn_once_either_way_for_each_field() -> None:
    ticks, drawn = Ticks(Stills()), list[tuple[str, str, bool]]()

    def draw(name: str, code: str, words: str, is_chosen: bool) -> str:
        drawn.append((name, code, is_chosen))
        return words

    for name in ("good", "good", "enjoy"):
        for chosen in (("cooking",), (), CODES):
            ticks.options(draw, name, OPTIONS, chosen)
    assert sorted(drawn) == sorted((name, code, is_chosen) for name in ("good", "enjoy") for code in CODES for is_chosen in (False, True))


def test_a_list_like_another_is_drawn_for_itself() -> None:
    ticks = Ticks(Stills())
    for words in ("Old", "New"):
        options = tuple((code, words) for code in CODES)
        assert words in ticks.options(one, "good", options, ())


@given(some_codes, some_codes)
def test_folds_stand_open_where_something_in_them_is_chosen_and_leave_out_what_is_passed_over(chosen: tuple[str, ...], passed_over: tuple[str, ...]) -> None:
    stills = Stills()
    groups = (("Hands", OPTIONS[:2]), ("Feet", OPTIONS[2:]))
    left = [(heading, tuple(option for option in options if option[0] not in passed_over)) for heading, options in groups]
    drawn = Ticks(stills).folds(fold, "good", groups, chosen, passed_over)
    assert stills.whole(drawn) == "".join(fold("good", heading, options, chosen) for heading, options in left)
    assert type(drawn) is Html


@given(some_codes, some_codes)
def test_what_is_remembered_hangs_on_no_choice(chosen: tuple[str, ...], passed_over: tuple[str, ...]) -> None:
    stills, groups = Stills(), (("Hands", OPTIONS[:2]), ("Feet", OPTIONS[2:]))
    Ticks(stills).folds(fold, "good", groups, chosen, passed_over)
    blank = {fold("good", heading, options) for heading, options in groups}
    assert set(stills._texts.values()) <= blank
