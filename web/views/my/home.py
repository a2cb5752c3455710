"""One's own page: what waits for a yes, what was done, what comes next. Beginning, the timeline, the sheet of paper, and reminders for who asks."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.clients import planning
from directory.clients.records import begin_own, own_record
from directory.errors import Invalid
from directory.papers.planning import next_step
from directory.storage import Session
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.views.my.own import opened_own
from web.views.my.waiting import waiting_for
from web.views.sheets import SHEETS, sheet_context
from web.visits import Asked, private_router

OWN_SHEETS = {name: SHEETS[name] for name in ("resilience", "plan", "goals", "kept")}
EVERY = {"": "Not at all", "7": "Every week", "14": "Every two weeks", "30": "Every month"}

HAPPENED = {
    "goal set": "A goal set", "goal taken up again": "A goal taken up again", "goal laid aside": "A goal laid aside for now", "goal reached": "A goal reached",
    "goal let go": "A goal let go", "step done": "A step done", "achievement": "Something I did", "accepted": "I said yes to what was proposed",
    "declined": "I said no to what was proposed", "agreed": "I agreed to something", "joined": "A record became mine", "united": "Two records became one",
    "referred": "I asked to be put in touch", "referral_answered": "An answer came", "referral_closed": "I said what came of it",
}  # fmt: skip
"""What happened, in the words of whoever it happened to."""


@get("/", name="my", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """What waits for one's yes, what was done, what comes next; or how to begin."""
    with house.storage.reading() as session:
        if own_record(session, visit.actor) is None:
            return page(visit, "my/begin.html")
        return page(visit, "my/home.html", said=words_of(request.query_params.get("said", "")), **_home(session, house, visit))


@post("/begin", name="my.begin", sync_to_thread=True, status_code=200)
def begin(house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm]) -> Response[Any]:
    """Keep papers here from now on, for who says so; without the tick nothing is begun."""
    if form.get("agree") != "yes":
        return page(visit, "my/begin.html", status=422, errors={"agree": "Tick the box if you want it so. Without an account everything works too."})
    with house.storage.writing() as session:
        begin_own(session, visit.actor, at=house.now(), sealer=house.sealer)
    return on_to("/my/plan")


@get("/timeline", name="my.timeline", sync_to_thread=True)
def show_timeline(house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """What happened, the last first."""
    with house.storage.reading() as session:
        opened = opened_own(session, house, visit)
        return page(visit, "my/timeline.html", happened=planning.timeline(session, opened.locker), words=HAPPENED)


@get("/paper", name="my.paper", sync_to_thread=True)
def show_paper(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """A sheet of A4, the plan for hard days unless another is asked for."""
    with house.storage.reading() as session:
        papers = planning.papers_of(opened_own(session, house, visit))
    return page(visit, "my/paper.html", sheets=OWN_SHEETS, **sheet_context(house, papers, request.query_params.get("sheet", "resilience")))


@post("/reminders", name="my.reminders", sync_to_thread=True, status_code=200)
def remind(house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm]) -> Response[Any]:
    """Ask for a note every so often, or stop it."""
    days = form.get("days") or ""
    try:
        with house.storage.writing() as session:
            if days not in EVERY or visit.actor.account_id is None:
                raise Invalid(days="Choose one of the lines.")
            planning.ask_to_remind(session, opened_own(session, house, visit), visit.actor.account_id, int(days) if days else None, at=house.now())
    except Invalid as error:
        with house.storage.reading() as session:
            return page(visit, "my/home.html", status=422, errors=error.errors, **_home(session, house, visit))
    return on_to("/my", "saved")


def _home(session: Session, house: House, visit: Visit) -> dict[str, Any]:
    opened = opened_own(session, house, visit)
    papers, days = planning.papers_of(opened), planning.reminder_days(session, opened.client.id)
    return {
        "papers": papers, "next_step": next_step, "every": EVERY, "days": str(days) if days else "", "today": house.today(),
        "waits": waiting_for(session, house, visit),
        "open_goals": [goal for goal in papers.goals.goals if goal.state == "open"],
    }  # fmt: skip


router = private_router("/my", [show, begin, show_timeline, show_paper, remind])
