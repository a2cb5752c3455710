"""The outbox of the demonstration: the mail that went nowhere, so that every flow can be tried on a laptop."""

from __future__ import annotations

import re

from litestar import get
from litestar.di import NamedDependency
from litestar.response import Template

from directory.outbox import list_letters
from web.house import House
from web.visits import demo_router

_LINK = re.compile(r"https?://\S+")


@get("/", name="demo.outbox", sync_to_thread=True)
def show(house: NamedDependency[House]) -> Template:
    """The newest letters, with links that can be pressed."""
    with house.storage.reading() as session:
        found = list_letters(session, sealer=house.sealer)
    letters = [(row.made_at, row.sent_at, letter, _parts(letter.text, house.settings.base_url)) for row, letter in found]
    return Template("demo/outbox.html", context={"letters": letters})


def _parts(text: str, base: str) -> list[tuple[str, str]]:
    """The text of a letter in parts, each with where it leads: a path of this site for a link to it, else nothing."""
    parts, end = [], 0
    for found in _LINK.finditer(text):
        address = found.group()
        leads = address.removeprefix(base) if address.startswith(f"{base}/") else ""
        parts += [(text[end:found.start()], ""), (address, leads)]
        end = found.end()
    return [*parts, (text[end:], "")]


router = demo_router("/outbox", [show])
