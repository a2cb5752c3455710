"""My papers: kept, planned, done; files and sheets; and the rows of practice that they answer."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from msgspec.structs import replace

from directory.papers import BLANK, MOST_BYTES, Papers, load, pack, save
from directory.papers.parts import (
    Achievement,
    Achievements,
    CameThrough,
    Card,
    Goal,
    Goals,
    Gratitude,
    Kept,
    Resilience,
    Scale,
    Scales,
    Shortlist,
    Step,
    Thanks,
    ToRaise,
)
from tests.ground import MOMENT
from tests.web.views.papered import HTMX, Talk, papers_of
from tests.web.views.reading import CODE, main_of, names_of, results_of

GONE = "00000000-0000-0000-0000-000000000000"


@pytest.fixture
def talk(client: Any) -> Talk:
    return Talk(client)


def ids_of(page: str) -> list[str]:
    return re.findall(r'name="(?:keep|let_go)" value="([^"]*)"', page)


def kept_three(talk: Talk) -> list[str]:
    ids = ids_of(talk.post("/search", text="company", place=CODE))[:3]
    for one in ids:
        talk.post("/papers/keep", text="company", place=CODE, keep=one)
    return ids


def test_a_result_is_kept_and_let_go_and_the_results_stay(talk: Talk) -> None:
    page = talk.post("/search", text="company", place=CODE)
    names, one = names_of(page), ids_of(page)[2]
    page = talk.post("/papers/keep", text="company", place=CODE, keep=one)
    assert names_of(page) == names
    assert [(kept.listing, kept.name) for kept in talk.papers.shortlist.kept] == [(one, names[2])]
    assert 'aria-pressed="true"' in results_of(page)[2]
    talk.post("/papers/keep", text="company", place=CODE, let_go=one)
    assert talk.papers.shortlist.kept == ()


def test_with_script_only_the_button_and_the_papers_come_back(client: Any) -> None:
    one = ids_of(client.post("/search", data={"text": "company"}).text)[0]
    answer = client.post("/papers/keep", data={"text": "company", "keep": one}, headers=HTMX)
    assert len(answer.text) < 2000
    assert 'hx-swap-oob="true"' in answer.text
    assert papers_of(answer.text).shortlist.kept[0].listing == one
    assert papers_of(answer.text).about.text == "company"


@pytest.mark.parametrize("listing", [GONE, "x", "../..", "g1"])
def test_what_is_not_listed_cannot_be_kept(client: Any, listing: str) -> None:
    answer = client.post("/papers/keep", data={"keep": listing, "text": "food"})
    assert answer.status_code == 200
    assert papers_of(answer.text).shortlist.kept == ()


def test_row_7_the_mark_raises_the_same_kind_and_taking_it_back_restores_the_order(talk: Talk) -> None:
    page = talk.post("/search", own_strengths="", place=CODE, strengths="cooking")
    before, one = names_of(page), ids_of(page)[5]
    marked = names_of(talk.post("/papers/keep", place=CODE, strengths="cooking", worked=one))
    kept = talk.papers.shortlist.kept[0]
    assert kept.liked_before
    assert kept.activities
    assert marked.index(before[5]) < 5
    assert names_of(talk.post("/papers/keep", place=CODE, strengths="cooking", unworked=one)) == before


def test_row_22_every_result_shows_three_ways_and_row_30_a_small_first_step_where_one_is_known(client: Any) -> None:
    page = client.post("/search", data={"text": "company", "place": CODE}).text
    for result in results_of(page):
        assert all(f"<dt>{way}</dt>" in result for way in ("By myself", "With someone", "Refer me"))
    assert len(re.findall(r"A small first step:", page)) >= 3


def test_refer_me_leads_to_how_a_referral_works(client: Any) -> None:
    assert 'href="/help/referral"' in client.post("/search", data={"text": "food"}).text
    assert "You say yes first" in client.get("/help/referral").text


def plan() -> Papers:
    goal = Goal(key="g1", words="sing with others", why="it gives me breath")
    return replace(
        BLANK, goals=Goals(goals=(goal,)), achievements=Achievements(achievements=(Achievement(words="cooked for twelve", on=date(2026, 11, 1)),)),
        came_through=CameThrough(cards=(Card(words="the winter I moved", how="one box a day"),)), scales=Scales(scales=(Scale(about="hope", value=4),)),
        gratitude=Gratitude(lines=(Thanks(words="the neighbour's soup"),)), resilience=Resilience(helps=("tea on the step",)),
    )  # fmt: skip


def shown(talk: Talk, papers: Papers, **fields: Any) -> str:
    talk.papers = papers
    return talk.post("/papers", **fields)


def test_row_9_strengths_and_what_was_done_come_first_on_the_page_and_on_every_sheet(talk: Talk) -> None:
    page = shown(talk, plan())
    assert page.index("cooked for twelve") < page.index("Kept</h2>") < page.index("Goals</h2>")
    for sheet in ("plan", "goals", "kept"):
        first = re.search(r"<h2>(.*?)</h2>", talk.post("/papers/sheet", sheet=sheet).split("<article")[1])
        assert first
        assert first[1] == "What I bring"


def test_row_18_a_goal_without_a_step_is_offered_one_that_is_due_within_two_weeks(talk: Talk) -> None:
    page = shown(talk, plan())
    found = re.search(r'A next step could be: <strong dir="auto">(.*?)</strong>', page)
    assert found
    talk.post("/papers", take_step="0")
    (step,) = talk.papers.goals.goals[0].steps
    assert step.words == unescape(found[1])
    assert step.by is not None
    assert 0 < (step.by - MOMENT.date()).days <= 14
    assert "A next step could be" not in talk.page


def test_row_17_what_fits_a_goal_names_the_goal_and_the_strength(talk: Talk) -> None:
    goal = Goal(key="g1", words="cook for others", strengths=("cooking",), supports=("community_meals",))
    page = shown(talk, replace(BLANK, goals=Goals(goals=(goal,))))
    assert "For this goal, with Cooking and baking" in page
    assert "cook for others" in page.split("For this goal")[0]


def test_row_10_what_was_got_through_before_is_shown_when_a_new_goal_begins(talk: Talk) -> None:
    assert "You got through this before" not in shown(talk, plan())
    page = talk.post("/papers", **{"goals.goals.1.words": "a garden", "save": "1"})
    assert "one box a day" in page.split("You got through this before")[-1][:400]


def test_row_21_why_it_matters_stands_on_the_plan_and_on_paper(talk: Talk) -> None:
    assert "it gives me breath" in shown(talk, plan())
    assert "it gives me breath" in talk.post("/papers/sheet", sheet="plan")


def test_rows_20_25_and_26_what_is_mine_alone_is_on_no_sheet_and_in_no_copy(talk: Talk) -> None:
    papers = replace(plan(), goals=Goals(goals=(replace(plan().goals.goals[0], confidence=3),)))
    for sheet in ("plan", "resilience", "kept", "goals", "compare"):
        talk.papers = papers
        assert "neighbour" not in talk.post("/papers/sheet", sheet=sheet).split("<article")[1].split("</article>")[0]
    parts = ["goals", "scales", "gratitude", "to_raise", "resilience"]
    answer = talk.client.post("/papers/file", data={"papers": pack(papers), "copy": "1", "part": parts})
    copy = load(answer.content)
    assert (copy.scales, copy.gratitude, copy.achievements) == (BLANK.scales, BLANK.gratitude, BLANK.achievements)
    assert copy.goals.goals[0].confidence is None
    assert copy.resilience == papers.resilience


def test_row_25_nothing_of_a_copy_is_ticked_beforehand(talk: Talk) -> None:
    page = shown(talk, plan())
    assert re.search(r'name="part" value="achievements">', page)
    assert not re.search(r'name="part"[^>]* checked', page)


def test_row_23_four_side_by_side_at_most_with_the_same_rows(talk: Talk) -> None:
    ids = ids_of(talk.post("/search", text="company", place=CODE))[:6]
    for one in ids:
        talk.post("/papers/keep", text="company", keep=one)
    page = talk.post("/papers/sheet", sheet="compare", compare=ids[1:6])
    names = {kept.listing: kept.name for kept in talk.papers.shortlist.kept}
    assert [unescape(name) for name in re.findall(r'<th scope="col"><bdi>(.*?)</bdi>', page)] == [names[one] for one in ids[1:5]]
    assert page.count("<tr>") == 12
    assert len(re.findall(r"<td dir", page)) == 44


def test_row_73_the_plan_for_hard_days_has_its_four_parts_and_urgent_help(talk: Talk) -> None:
    talk.papers = plan()
    page = talk.post("/papers/sheet", sheet="resilience")
    assert re.findall(r"<h2>(.*?)</h2>", page.split("<article")[1]) == ["My strengths", "My people", "My places", "What helps"]
    assert "tea on the step" in page
    assert "Someone is there day and night" in page


def test_a_file_saved_is_a_file_that_loads_again(client: Any) -> None:
    papers = replace(plan(), shortlist=Shortlist(kept=(Kept(listing=GONE, name="gone", note="ask Ana"),)))
    answer = client.post("/papers/file", data={"papers": pack(papers)})
    assert answer.headers["content-disposition"] == 'attachment; filename="notes.json"'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content == save(papers)
    page = client.post("/papers/open", files={"file": ("anything", answer.content)})
    assert papers_of(page.text) == papers
    assert "This is not listed any more. Your note stays." in page.text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "part of it is missing"), (b"\xff\xfe", "no text"), (b'{"version": 1, "goals": {"goals": [{"key": "g1", "words": 3}]}}', "goals.goals[0].words"),
        (b" " * (MOST_BYTES + 1), "larger than 200 KB"), (b"", "Choose the file first"), (b'{"version": 9}', "another version"),
        (save(replace(BLANK, to_raise=ToRaise(whom="the doctor"))), "stays in the browser"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_right_says_what_is_wrong_and_what_was_open_stays(client: Any, content: bytes, words: str) -> None:
    answer = client.post("/papers/open", files={"file": ("x", content)}, data={"papers": pack(plan())})
    assert answer.status_code == 422
    assert words in unescape(answer.text)
    assert papers_of(answer.text) == plan()


def test_a_file_that_is_far_too_large_is_refused(client: Any) -> None:
    assert client.post("/papers/open", files={"file": ("x", b" " * 1_200_000)}).status_code == 413


def test_the_picture_holds_names_and_numbers_and_leads_nowhere(talk: Talk) -> None:
    from web.views.papers import kept_now
    from web.views.sheets import MOST_SCANNED, picture

    ids = kept_three(talk)
    page = talk.post("/papers/sheet", sheet="kept")
    assert len(ids) == 3
    drawn = picture(kept_now(talk.client.app.state.house, talk.papers))
    assert drawn in page
    assert len(drawn) < 12_000
    assert MOST_SCANNED <= 700
    assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "")


def test_an_own_plan_can_be_asked_for_by_machine_as_the_same_document(client: Any) -> None:
    body = json.loads(save(Talk(client).papers))
    assert body == {"version": 1}
    about = json.loads(save(load(b'{"version": 1, "about": {"text": "choir", "place": "54911", "profile": {"strengths": [{"code": "cooking"}]}}}')))["about"]
    assert client.post("/api/match", json=about).status_code == 200, "the first part is what POST /api/match takes"


@pytest.mark.parametrize("path", ["/papers/file", "/papers/open", "/papers/sheet", "/papers/keep"])
def test_an_address_out_of_a_history_leads_to_a_start(client: Any, path: str) -> None:
    answer = client.get(f"{path}?x=secret")
    assert answer.status_code == 303
    assert "secret" not in answer.headers["location"]


@pytest.mark.parametrize("verb", ["PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/papers", "/papers/file", "/papers/open", "/papers/sheet", "/papers/keep", "/papers/raise"])
def test_papers_are_read_or_posted(client: Any, path: str, verb: str) -> None:
    assert client.request(verb, path).status_code == 405


@pytest.mark.parametrize(("path", "more"), [("/papers", {}), ("/papers/sheet", {"sheet": "plan"}), ("/papers/sheet", {"sheet": "compare"})])
def test_the_part_for_htmx_is_the_main_part_of_the_page(client: Any, path: str, more: dict[str, str]) -> None:
    data = {"papers": pack(plan()), **more}
    whole, part = client.post(path, data=data), client.post(path, data=data, headers=HTMX)
    title = re.search(r"<title>.*?</title>", whole.text)
    assert title
    assert part.text.split() == f"{title[0]} {main_of(whole.text)}".split()


def test_row_33_the_sheet_has_nothing_that_could_be_sent(client: Any) -> None:
    page = main_of(client.get("/papers/raise").text)
    assert "<form" not in page
    assert " name=" not in page
    assert page.count("<textarea") == 6


def test_what_is_typed_is_escaped_everywhere(talk: Talk) -> None:
    said = '"><script>alert(1)</script>'
    papers = replace(plan(), goals=Goals(goals=(Goal(key="g1", words=said, why=said, steps=(Step(words=said),)),)), resilience=Resilience(people=(said,)))
    pages = [shown(talk, papers)]
    for sheet in ("plan", "resilience", "goals"):
        talk.papers = papers
        pages.append(talk.post("/papers/sheet", sheet=sheet))
    assert not [page for page in pages if "<script>alert" in page]


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("It gives me breath. I see my friends. We eat and we laugh. I walk home with a song in my head.", "reads well from about"),
        ("The reorganisation of interdisciplinary responsibilities necessitates considerable administrative collaboration. The documentation "
         "accompanying organisational transformation deserves extraordinary consideration. Accountability of the participating institutions "
         "is of fundamental importance to the community.", "the words are yours"),
        ("Short.", ""), ("La música me da aire. Veo a mis amigos. Comemos juntos y reímos mucho. Camino a casa con una canción en la cabeza.", ""),
    ],
)  # fmt: skip
def test_row_50_how_easy_the_plan_reads_is_told_kindly_and_not_on_paper(talk: Talk, why: str, said: str) -> None:
    talk.papers = replace(BLANK, goals=Goals(goals=(Goal(key="g1", words="sing", why=why),)))
    page = unescape(talk.post("/papers/sheet", sheet="plan"))
    found = re.findall(r'<p class="no-print soft small">(.*?) Only you see this.</p>', page)
    assert [said in one for one in found] == ([True] if said else [])
    assert "Only you see this" not in page.split("<article")[1].split("</article>")[0]
    assert "Only you see this" not in talk.post("/papers/sheet", sheet="kept")
    copy = talk.client.post("/papers/file", data={"papers": pack(talk.papers), "copy": "1", "part": ["goals"]})
    assert "reads well" not in copy.text
