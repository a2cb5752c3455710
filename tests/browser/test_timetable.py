"""The hours of a listing as people edit them: axe finds nothing, nothing overflows on a small phone, and everything is large enough to touch."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from playwright.sync_api import Browser

from tests.directory.timetable.made import ON
from tests.directory.timetable.test_rows import FULL
from web.forms.timetable import read_timetable
from web.forms.timetable_fields import Row, TimetableForm, form_of
from web.forms.timetable_view import TEMPLATE, timetable_view

WEB = Path(str(files("web")))
SLIPS = TimetableForm(
    weekly=(Row(days=("0",), opens="6", closes="8"), Row(opens="9am", closes="5pm")), date=(Row(first="3/4/2027"),), holidays="closed", timezone="Here"
)
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Edit a listing</title><style>%s</style></head>
<body><main><h1>Edit a listing</h1><form method="post">%s<button class="main">Save</button></form></main></body></html>"""


def page_of(form: TimetableForm) -> str:
    timetable, errors = read_timetable(form, country="US", today=ON)
    engine = Environment(loader=FileSystemLoader(WEB / "templates"), undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    fragment = engine.from_string(f'{{% from "{TEMPLATE}" import timetable %}}{{{{ timetable(view) }}}}')
    view = timetable_view(form, timetable, errors=errors, country="US", today=ON)
    return PAGE % ((WEB / "static" / "homeground.css").read_text(), fragment.render(view=view))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("form", [form_of(FULL, country="US"), SLIPS], ids=["full", "slips"])
def test_hours_can_be_edited_by_everybody(chromium: Browser, form: TimetableForm, scheme: str) -> None:
    page = chromium.new_page(viewport={"width": 320, "height": 640}, color_scheme=scheme)   # type: ignore[arg-type]
    page.set_content(page_of(form))
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    small = page.evaluate("[...document.querySelectorAll('button, input[type=text], select, summary')].filter(one => one.offsetHeight < 24).length")
    assert small == 0
    page.close()
