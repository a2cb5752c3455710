"""Coverage: what is missing where, what people looked for in vain, and whose listings are seen; each as a table, a drawing and a CSV file."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.coverage.areas import label_of
from directory.coverage.counting import Counted
from directory.coverage.gaps import gaps, table
from directory.coverage.hiding import head_rows, hide
from directory.coverage.surveys import ask_anew, latest
from directory.coverage.unmet import months_told, unmet_in
from directory.errors import NotFound
from directory.permissions import Act, require
from directory.spreadsheet.cells import write_csv
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.visits import Asked, private_router
from web.wording import month_words

WHAT = {"size": "By the size of who runs it", "led": "By who leads it", "age": "By how long it is in the directory"}
GROUPS = {
    "one": "One listing", "few": "2 to 5 listings", "many": "6 listings and more", "community": "Led by a community", "other": "Others",
    "new": "Less than 3 months", "year": "3 to 12 months", "old": "A year and longer",
}  # fmt: skip
MOST_BARS = 12


@get("/", name="desk.coverage", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """The last count, for everybody or for one language or community, and the searches of one month."""
    at, query = house.now(), request.query_params
    require(visit.actor, Act.CURATE, at=at)
    with house.storage.reading() as session:
        found = latest(session)
        month = query.get("month", "") if query.get("month", "") in months_told(at) else months_told(at)[0]
        searched = unmet_in(session, month, at=at)
    counted = found[1] if found else None
    tag = query.get("for", "") if counted and query.get("for", "") in counted.tags else ""
    missing = gaps(counted, tag) if counted else []
    head, lines = _unmet(house, searched)
    context: dict[str, Any] = {
        "counted": counted, "made_at": found[0] if found else None, "tag": tag, "missing": missing, "first_rows": MOST_BARS,
        "alone": next(iter(counted.areas.values())) if counted and len(counted.areas) == 1 else "",
        "gap_bars": [(gap.label, len(gap.nowhere)) for gap in missing[:MOST_BARS] if gap.nowhere],
        "exposure": _exposure(counted) if counted else [],
        "month": month, "months": [(one, month_words(one)) for one in months_told(at)], "unmet": (head, lines),
        "unmet_bars": [(line[0], line[-1]) for line in lines[:MOST_BARS]],
    }  # fmt: skip
    return page(visit, "desk/curator/coverage.html", **context, at=at, said=words_of(query.get("said", "")))


@post("/", name="desk.coverage.anew", sync_to_thread=True)
def anew(house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm]) -> Response[Any]:
    """Have it counted anew; the count is made beside the requests."""
    require(visit.actor, Act.CURATE, at=house.now())
    with house.storage.writing() as session:
        ask_anew(session)
    return on_to("/desk/curator/coverage", "sent")


@get("/{name:str}", name="desk.coverage.table", sync_to_thread=True)
def download(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], name: FromPath[str]) -> Response[bytes]:
    """One of the tables, as it is shown, for a spreadsheet."""
    at, query = house.now(), request.query_params
    require(visit.actor, Act.EXPORT, at=at)
    with house.storage.reading() as session:
        found, searched = latest(session), unmet_in(session, query.get("month", ""), at=at)
    counted = found[1] if found else None
    if name == "searches.csv":
        head, lines = _unmet(house, searched)
    elif name == "gaps.csv" and counted:
        head, lines = table(counted, query.get("for", ""))
    elif name == "fairness.csv" and counted:
        head = ["", "Group", "Listings", "Share of listings", "Share of attention"]
        lines = [[words, *line] for words, rows in _exposure(counted) for line in rows]
    else:
        raise NotFound("There is no such table.")
    return Response(write_csv([head, *lines]), media_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _exposure(counted: Counted) -> list[tuple[str, list[list[object]]]]:
    """For each way to group listings: the groups with their listings, and their shares of listings and of attention in percent."""
    told: list[tuple[str, list[list[object]]]] = []
    for what, groups in counted.exposure.items():
        listings, attention = sum(count for count, _ in groups.values()), sum(seen for _, seen in groups.values())
        ordered = sorted(groups, key=list(GROUPS).index)
        told.append((WHAT[what], [[GROUPS[one], groups[one][0], _share(groups[one][0], listings), _share(groups[one][1], attention)] for one in ordered]))
    return told


def _share(part: float, whole: float) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def _unmet(house: House, searched: dict[tuple[str, str], int]) -> tuple[list[str], list[list[object]]]:
    """What may be shown of searches that found nothing that fits."""
    shown = hide(searched)
    vocabulary = house.catalogue.vocabulary
    topics = {topic: vocabulary.label("supports", topic) if topic != "other" else "Not known" for topic, _ in searched}
    gazetteer = house.catalogue.state().gazetteer
    head, lines = head_rows(shown, topics, {area: label_of(gazetteer, area) if area else "No place given" for _, area in searched})
    return head, list(lines)


router = private_router("/desk/curator/coverage", [show, anew, download])
