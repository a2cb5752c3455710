"""The listings of an organization as a table: download it, send it back, see what differs, confirm."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.errors import Invalid
from directory.models import Organization
from directory.permissions import Act
from directory.permissions import get as fetch
from directory.spreadsheet.cells import write_csv
from directory.spreadsheet.listings import compare, hand_in, table_of
from directory.spreadsheet.tables import read_table
from directory.spreadsheet.workbook import write_workbook
from web.desk import page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.visits import Asked, private_router

WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHANGED: Final = "Something changed since you looked. This is how it stands now: look at it again, then confirm."


@get("/{organization_id:uuid}/spreadsheet", name="desk.spreadsheet", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID]) -> Template:
    """How it goes, and where to send the table."""
    return _page(house, visit, organization_id, said=words_of(request.query_params.get("said", "")))


@get("/{organization_id:uuid}/spreadsheet.csv", name="desk.spreadsheet.download", sync_to_thread=True)
def download(house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID]) -> Response[bytes]:
    """The table as CSV."""
    return _file(house, visit, organization_id, write_csv, "listings.csv", "text/csv")


@get("/{organization_id:uuid}/spreadsheet.xlsx", name="desk.spreadsheet.workbook", sync_to_thread=True)
def download_workbook(house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID]) -> Response[bytes]:
    """The table as a workbook."""
    return _file(house, visit, organization_id, write_workbook, "listings.xlsx", WORKBOOK)


@post("/{organization_id:uuid}/spreadsheet", name="desk.spreadsheet.compare", sync_to_thread=True)
def look(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID]
) -> Template:
    """What the table would change; nothing is changed yet."""
    content = form.files.get("file")
    if not content:
        return _page(house, visit, organization_id, {"file": "Choose the file that you saved from your spreadsheet."})
    return _differences(house, visit, organization_id, content)


@post("/{organization_id:uuid}/spreadsheet/confirm", name="desk.spreadsheet.confirm", sync_to_thread=True)
def confirm(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID]
) -> Template:
    """Hand in what was looked at: all of it or nothing."""
    content = (form.get("table") or "").encode()
    try:
        with house.storage.writing() as session:
            organization = fetch(session, Organization, organization_id, visit.actor, Act.EDIT_ORGANIZATION, at=house.now())
            compared = compare(session, organization, read_table(content))
            if compared.seal == form.get("seal") and not compared.errors:
                applied, waiting = hand_in(session, organization, compared, visit.actor, at=house.now(), sealer=house.sealer)
                return page(visit, "desk/spreadsheet/done.html", organization=organization, applied=applied, waiting=waiting)
    except Invalid as wrong:
        return _page(house, visit, organization_id, wrong.errors)
    return _differences(house, visit, organization_id, content, CHANGED)


def _file(
    house: House, visit: Visit, organization_id: UUID, write: Callable[[Iterable[Sequence[str]]], bytes], name: str, media_type: str
) -> Response[bytes]:
    with house.storage.reading() as session:
        organization = fetch(session, Organization, organization_id, visit.actor, Act.EDIT_ORGANIZATION, at=house.now())
        content = write(table_of(session, organization))
    return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _differences(house: House, visit: Visit, organization_id: UUID, content: bytes, changed: str = "") -> Template:
    try:
        rows = read_table(content)
        with house.storage.reading() as session:
            organization = fetch(session, Organization, organization_id, visit.actor, Act.EDIT_ORGANIZATION, at=house.now())
            compared = compare(session, organization, rows)
    except Invalid as wrong:
        return _page(house, visit, organization_id, wrong.errors)
    context: dict[str, Any] = {"organization": organization, "compared": compared, "table": write_csv(rows).decode("utf-8-sig"), "changed": changed}
    is_trusted = visit.actor.has("curator") or organization_id in visit.actor.trusted
    return page(visit, "desk/spreadsheet/differences.html", status=422 if compared.errors or changed else 200, is_trusted=is_trusted, **context)


def _page(house: House, visit: Visit, organization_id: UUID, errors: dict[str, str] | None = None, said: str = "") -> Template:
    with house.storage.reading() as session:
        organization = fetch(session, Organization, organization_id, visit.actor, Act.EDIT_ORGANIZATION, at=house.now())
    return page(visit, "desk/spreadsheet/show.html", status=422 if errors else 200, organization=organization, errors=errors or {}, said=said)


router = private_router("/desk/organizations", [show, download, download_workbook, look, confirm])
