"""What is said of some days of a group is told of those days and of no other, in words that people read and that are read back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from directory.exchange.meetings.by_day import days_in_words, is_said_of
from directory.exchange.meetings.meeting import Meeting

DAYS = st.tuples(st.none() | st.integers(0, 6), st.sampled_from([None, 0, 720, 1140]))


def meeting(number: int, weekday: int | None, starts: int | None) -> Meeting:
    return Meeting(key=f"{number}", name="Porch", weekday=weekday, starts=starts)


@given(st.dictionaries(DAYS, st.booleans(), min_size=1, max_size=8))
def test_each_meeting_has_what_it_had_and_nothing_else(which: dict[tuple[int | None, int | None], bool]) -> None:
    """Whatever the days and hours are, if no two meetings are at the same time."""
    days = {one: meeting(number, *one) for number, one in enumerate(which)}
    some = [days[one] for one, has in which.items() if has]
    if not some or any(starts is None for _, starts in which):
        return
    words = days_in_words(some, list(days.values()))
    assert {one for one in which if is_said_of(words, *one)} == {one for one, has in which.items() if has}


def test_in_words() -> None:
    tuesday, noon, night = meeting(1, 1, 1140), meeting(2, 5, 720), meeting(3, 5, 1140)
    group = [tuesday, noon, night]
    assert days_in_words(group, group) == ""
    assert days_in_words([tuesday], group) == "Tuesdays"
    assert days_in_words([noon, night], group) == "Saturdays"
    assert days_in_words([night, tuesday], group) == "Tuesdays, Saturdays at 19:00"
    assert days_in_words([meeting(4, None, None)], [*group, meeting(4, None, None)]) == "By appointment"


def test_what_moved_to_another_day_takes_nothing_along() -> None:
    assert not is_said_of("Tuesdays", 2, 1140)
    assert is_said_of("", 2, 1140)
