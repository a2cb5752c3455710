"""A plan in an account: what was done first, goals in own words, small steps, nothing lost between two windows, and nobody else's business."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from httpx import Response
from sqlalchemy import select

import directory
from directory.clients import planning
from directory.clients.records import own_record
from directory.models import ClientEvent, ClientPart
from directory.papers import BLANK, Papers, load, save
from directory.papers import planning as plan
from tests.clients import actor
from tests.web.second_door import Browser, SecondDoor, text_of
from web.views.my.home import HAPPENED

PLAN = "/my/plan"


@pytest.fixture
def rosa(door: SecondDoor) -> Browser:
    browser = door.as_("rosa")
    assert browser.post("/my/begin", {"agree": "yes"}).headers["location"] == PLAN
    return browser


def mark(browser: Browser) -> str:
    found = re.search(r'name="mark" value="([^"]*)"', browser.get(PLAN).text)
    assert found
    return found.group(1)


def do(browser: Browser, verb: str, **said: str) -> Response:
    return browser.post(PLAN, {"do": verb, "mark": mark(browser), **said})


def papers(door: SecondDoor) -> Papers:
    return load(door.as_("rosa").get("/my/papers.json").content)


def test_nothing_is_kept_before_somebody_says_so(door: SecondDoor) -> None:
    rosa = door.as_("rosa")
    assert "Keep a plan of your own" in rosa.get("/my").text
    assert rosa.post("/my/begin").status_code == 422
    for path in (PLAN, "/my/timeline", "/my/paper", "/my/papers.json"):
        assert rosa.get(path).status_code == 404
    with door.storage.reading() as session:
        assert own_record(session, actor(session, door.town, "rosa", at=door.at)) is None


@pytest.mark.parametrize("path", [PLAN, "/my/paper", "/my/contact", "/my/timeline", "/my/file", "/my/dates"])
def test_whoever_has_not_begun_is_told_so_and_how_to_begin(door: SecondDoor, path: str) -> None:
    """These addresses stand in the menu of everybody who has signed in."""
    answer = door.as_("rosa").get(path)
    assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store")
    said = text_of(answer)
    assert "You keep nothing here yet" in said
    assert "There is no such page here" not in said
    assert '<a class="button main" href="/my">' in answer.text
    assert 'aria-label="Your pages"' in answer.text, "the menu stays"


def test_a_goal_with_its_steps_from_the_first_word_to_the_end(door: SecondDoor, rosa: Browser) -> None:
    assert do(rosa, "set", words="Cook for eight", why="My children come on Sunday").headers["location"] == f"{PLAN}?said=saved"
    assert do(rosa, "step", goal="g1", step="Ask for the big pot").status_code == 303
    said = text_of(rosa.get("/my"))
    assert "Cook for eight" in said
    assert "Ask for the big pot" in said
    assert do(rosa, "done g1 1").status_code == 303
    assert do(rosa, "reached g1").status_code == 303
    page = text_of(rosa.get(PLAN))
    assert page.index("What I did") < page.index("What I am going for"), "what was done comes first (row 9)"
    assert do(rosa, "take-up g1").status_code == 303
    assert papers(door).goals.goals[0].state == "open"
    timeline = text_of(rosa.get("/my/timeline"))
    places = [timeline.index(words) for words in ("A goal taken up again", "A goal reached", "A step done", "A goal set")]
    assert places == sorted(places), "row 28: the last first"


@pytest.mark.parametrize(
    ("verb", "said", "words"),
    [
        ("set", {"words": "  "}, "Write a few words"), ("set", {"words": "x" * 201}, "at most 200 letters"),
        ("step", {"goal": "g1", "step": ""}, "Write a few words"), ("step", {"goal": "g1", "step": "Rest", "by": "2099-01-01"}, "within the next two weeks"),
        ("step", {"goal": "g1", "step": "Rest", "by": "soon"}, "year-month-day"),
        ("change", {"goal": "g1", "words": "Yes", "confidence": "11"}, "from 0 to 10"), ("done g1 x", {}, "not known here"),
        ("nothing", {}, "not known here"), ("remember", {"achievement": ""}, "Write a few words"),
        ("lines", {"people": "line\n" * 41}, "at most 40 lines"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_and_kept_as_it_was_typed(door: SecondDoor, rosa: Browser, verb: str, said: dict[str, str], words: str) -> None:
    do(rosa, "set", words="Learn to swim")
    before = papers(door)
    answer = do(rosa, verb, **said)
    assert (answer.status_code, words in text_of(answer)) == (422, True), text_of(answer)
    for typed in said.values():
        assert typed.strip() in answer.text or verb in ("set", "done", "change")
    assert papers(door) == before


@pytest.mark.parametrize("verb", ["step", "done g7 1", "drop g7 1", "reached g7", "rest g7", "take-up g7", "let-go g7", "change", "turn 1", "forget 1"])
def test_a_goal_that_is_not_there_is_not_found(rosa: Browser, verb: str) -> None:
    assert do(rosa, verb, goal="g7", step="x").status_code == 404


def test_a_second_window_never_changes_what_it_did_not_show(door: SecondDoor, rosa: Browser) -> None:
    do(rosa, "set", words="Learn to swim")
    old = mark(rosa)
    do(rosa, "step", goal="g1", step="Buy goggles")
    answer = rosa.post(PLAN, {"do": "let-go g1", "mark": old})
    assert answer.status_code == 409
    assert len(papers(door).goals.goals) == 1


MOVED_ON = "This page was changed meanwhile, perhaps in another window. Nothing was lost"


def field(page: str, name: str) -> str:
    """What stands in the field of a page with this id."""
    found = re.search(rf'<input id="{name}"[^>]* value="([^"]*)"|<textarea id="{name}"[^>]*>([^<]*)', page)
    assert found, name
    return found[1] or found[2] or ""


@pytest.mark.parametrize(
    ("verb", "said", "fields"),
    [
        ("set", {"words": "Sing on Sundays", "why": "I miss it"}, {"words": "Sing on Sundays", "why": "I miss it"}),
        ("step", {"goal": "g1", "step": "Ask at the pool", "by": "2026-11-30"}, {"step-g1": "Ask at the pool", "by-g1": "2026-11-30"}),
        ("change", {"goal": "g1", "words": "Swim a mile", "why": "For my knees"}, {"words-g1": "Swim a mile", "why-g1": "For my knees"}),
        ("remember", {"achievement": "Walked by the lake"}, {"achievement": "Walked by the lake"}),
    ],
)  # fmt: skip
def test_what_was_typed_in_a_second_window_is_still_in_its_field(
    door: SecondDoor, rosa: Browser, verb: str, said: dict[str, str], fields: dict[str, str],
) -> None:  # fmt: skip
    do(rosa, "set", words="Learn to swim")
    old = mark(rosa)
    do(rosa, "step", goal="g1", step="Buy goggles")
    before = papers(door)
    answer = rosa.post(PLAN, {"do": verb, "mark": old, **said})
    assert (answer.status_code, MOVED_ON in text_of(answer)) == (409, True)
    assert "Buy goggles" in text_of(answer), "the plan as it is now"
    assert {name: field(answer.text, name) for name in fields} == fields
    assert papers(door) == before
    now = re.search(r'name="mark" value="([^"]*)"', answer.text)
    assert now
    assert rosa.post(PLAN, {"do": verb, "mark": now[1], **said}).status_code == 303, "pressed once more, it counts"


def test_lines_of_two_windows_stand_side_by_side_so_that_none_is_lost(door: SecondDoor, rosa: Browser) -> None:
    do(rosa, "lines", people="My aunt")
    old = mark(rosa)
    do(rosa, "lines", people="My aunt\nImani")
    answer = rosa.post(PLAN, {"do": "lines", "mark": old, "people": "My aunt\n Sol ", "places": "The lake"})
    assert answer.status_code == 409
    assert (field(answer.text, "people").split("\n"), field(answer.text, "places")) == (["My aunt", "Imani", "Sol"], "The lake")


def test_words_for_a_goal_that_was_let_go_meanwhile_are_not_lost(rosa: Browser) -> None:
    do(rosa, "set", words="Learn to swim")
    old = mark(rosa)
    do(rosa, "let-go g1")
    answer = rosa.post(PLAN, {"do": "step", "mark": old, "goal": "g1", "step": "Ask at the pool"})
    assert (answer.status_code, "Ask at the pool" in text_of(answer)) == (409, True)
    assert "not among your open goals now" in text_of(answer)


def test_an_error_of_what_i_did_stands_at_its_own_field(rosa: Browser) -> None:
    page = do(rosa, "remember", achievement="x" * 201).text
    assert re.findall(r'<li><a href="(#[^"]+)">', page) == ["#achievement"]
    assert 'id="achievement-error"' in page
    assert field(page, "achievement") == "x" * 201


def test_a_goal_without_a_step_gets_one_suggested_from_the_matches(door: SecondDoor, rosa: Browser) -> None:
    """Row 18."""
    given = plan.change_goal(plan.set_goal(BLANK, "Cook together with others"), "g1", supports=("food",))
    rosa.post("/my/file", files={"papers": ("x.json", save(given))})
    page = rosa.get(PLAN).text
    offered = re.search(r'name="listing" value="([^"]+)".*?name="step" value="([^"]+)"', page)
    assert offered, text_of(rosa.get(PLAN))
    assert do(rosa, "step", goal="g1", step=offered.group(2), listing=offered.group(1)).status_code == 303
    (step,) = papers(door).goals.goals[0].steps
    assert (step.listing, step.by) == (offered.group(1), date(2026, 11, 24) + timedelta(days=14)) or step.by is not None


def test_a_file_goes_in_and_out_without_losing_a_word(door: SecondDoor, rosa: Browser) -> None:
    given = plan.remember(plan.set_goal(BLANK, "学做饭", why="For my mother"), "Walked by the lake", on=date(2026, 11, 1))
    assert rosa.post("/my/file", files={"papers": ("x.json", save(given))}).status_code == 303
    answer = rosa.get("/my/papers.json")
    assert load(answer.content) == given
    assert answer.headers["content-disposition"] == 'attachment; filename="papers.json"'
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("body", [b"", b"{", b'{"version": 9}', b'{"version": 1, "goals": {"goals": [{"words": 1}]}}', b"\xff\xfe"])
def test_a_file_that_is_none_changes_nothing(door: SecondDoor, rosa: Browser, body: bytes) -> None:
    do(rosa, "set", words="Learn to swim")
    before = papers(door)
    answer = rosa.post("/my/file", files={"papers": ("x.json", body)})
    assert answer.status_code == 422
    assert "There is a problem" in text_of(answer)
    assert papers(door) == before


def test_a_goal_is_linked_to_no_strength_that_is_not_theirs(door: SecondDoor, rosa: Browser) -> None:
    """Row 17."""
    do(rosa, "set", words="Learn to swim", strength="cooking")
    assert papers(door).goals.goals[0].strengths == ()


def test_the_sheet_has_the_lines_of_hard_days(rosa: Browser) -> None:
    """Row 73."""
    do(rosa, "lines", strengths="I keep going\n\n  I make people laugh ", people="My aunt", places="The lake", helps="Walking")
    said = text_of(rosa.get("/my/paper"))
    for words in ("I keep going", "I make people laugh", "My aunt", "The lake", "Walking"):
        assert words in said


@pytest.mark.parametrize(("sheet", "words"), [("plan", "Learn to swim"), ("goals", "Learn to swim"), ("kept", "What I kept"), ("nothing", "My plan")])
def test_there_are_other_sheets_of_the_same_papers(rosa: Browser, sheet: str, words: str) -> None:
    do(rosa, "set", words="Learn to swim")
    assert words in text_of(rosa.get(f"/my/paper?sheet={sheet}"))


def test_the_file_holds_everything_so_a_factor_is_asked_for_again(door: SecondDoor, rosa: Browser) -> None:
    for _ in range(2):
        door.later(minutes=16)
        rosa.get("/my")
    assert rosa.get("/my/papers.json").headers["location"] == "/account/confirm?next=/my/papers.json"


def test_a_note_comes_only_when_asked_for_and_says_nothing(door: SecondDoor, rosa: Browser) -> None:
    do(rosa, "set", words="Learn to swim")
    door.later(days=40)
    assert remind(door) == 0
    rosa.token = door.town.cookies["rosa"]
    door.at -= timedelta(days=40)
    assert rosa.post("/my/reminders", {"days": "3"}).status_code == 422
    assert rosa.post("/my/reminders", {"days": "7"}).status_code == 303
    door.later(days=6)
    assert remind(door) == 0
    door.later(days=20)
    assert (remind(door), remind(door)) == (1, 0), "one that was missed comes once"
    (letter,) = door.letters("rosa")
    assert "swim" not in letter.text + letter.subject
    assert "https://home.example/my" in letter.text
    door.at -= timedelta(days=26)
    rosa.post("/my/reminders", {"days": ""})
    door.later(days=60)
    assert remind(door) == 0


def remind(door: SecondDoor) -> int:
    with door.storage.writing() as session:
        return planning.remind_due(session, at=door.at, sealer=door.sealer, base_url=door.settings.base_url)


def test_nothing_of_it_stands_open_in_the_tables(door: SecondDoor, rosa: Browser) -> None:
    do(rosa, "set", words="zebra crossing", why="zebra stripes")
    do(rosa, "remember", achievement="zebra found")
    with door.storage.reading() as session:
        rows = [*session.execute(select(ClientPart)).scalars(), *session.execute(select(ClientEvent)).scalars()]
        assert rows
        assert not any("zebra" in str(vars(row)) for row in rows)


def test_others_have_nothing_of_hers(door: SecondDoor, rosa: Browser) -> None:
    do(rosa, "set", words="zebra crossing")
    for name in ("stella", "nia", "cora", "dov", "ana"):
        for path in ("/my", PLAN, "/my/timeline", "/my/paper", "/my/papers.json"):
            assert "zebra" not in door.as_(name).get(path).text


def test_whatever_happens_has_its_words() -> None:
    """No name of ours ever stands on a timeline."""
    texts = [path.read_text() for path in Path(directory.__file__).parent.rglob("*.py")]
    kinds = {kind for text in texts for kind in re.findall(r'note_event\((?:[^()]|\([^()]*\))*?kind="([^"]+)"', text)}
    kinds |= {kind for text in texts for kind in re.findall(r'write_part\((?:[^()]|\([^()]*\))*?kind="([^"]+)"', text)}
    kinds |= {happened[0] for happened in planning._happened(BLANK, plan.set_goal(BLANK, "Sing"))}
    assert {"goal set", "referred", "accepted"} <= kinds <= set(HAPPENED)
