"""What a page of results costs, layer by layer, asked of the application in this process (no socket): ``python -m tests.bench.bench_pages``.

Over the demonstration place and over 10,000 invented records, imported the usual way. Every figure is CPU time of this process, a request.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

from directory.catalogue import Catalogue
from directory.imports import import_records
from directory.sealing import Sealer
from directory.search import SearchPage
from directory.storage import Storage
from matching import rank
from matching.values import Inquiry
from seeds.invent import INVENTED, invent_records
from tests.ground import KEY, MOMENT, NAME, make_demo, make_ground
from tests.trust.asking import Ask, ask_all, post_form
from web.app import create_app
from web.forms.inquiry import Filled, read
from web.forms.posted import read_form
from web.helplines import helplines
from web.house import House
from web.render import environment
from web.settings import Settings, read_settings
from web.views import search as view

FORMS: tuple[dict[str, Any], ...] = (
    {"supports": "food_help", "text": "", "place": ""},
    {"text": "someone to talk to", "place": "54911"},
    {"supports": ["togetherness", "joy"], "place": "54911", "modes": "walk", "languages": "es"},
    {"text": "help with rent", "strengths": ["listening", "cooking"], "place": "54915", "modes": ["bus", "walk"], "minutes": "60"},
    {"supports": "mind", "place": "54911", "access": ["lift", "step_free"], "free": "1", "own_strengths": "I fix bikes, people tell me things"},
)
"""Five questions as the page posts them, each with ten results and more."""


def main() -> None:
    """Make the two directories in a folder (kept when one is named) and print the costs of both."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, help="Where the databases are made, or found when they are there.")
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=40)
    given = parser.parse_args()
    with _folder(given.folder) as folder:
        for name, make in (("demonstration", lambda path: demonstration(path, folder)), ("invented", lambda path: invented(path, folder, given.records))):
            place = folder / name
            if not (place / NAME).exists():
                place.mkdir(parents=True, exist_ok=True)
                make(place / NAME)
            report(name, place, given.rounds)


def report(name: str, folder: Path, rounds: int) -> None:
    """The cost of each layer, as a median over the questions of milliseconds of CPU a request."""
    settings = read_settings({"HOMEGROUND_DATA_DIR": str(folder), "HOMEGROUND_SECRET_KEY": KEY})
    storage = Storage(settings.database_url)
    catalogue = Catalogue(storage)
    began = time.process_time()
    index = catalogue.refresh().index
    print(f"\n{name}: {len(index):,} listings, made ready in {time.process_time() - began:.1f} s")
    costs: dict[str, list[float]] = {}
    for fields in FORMS:
        for layer, cost in layers(settings, storage, catalogue, fields, rounds):
            costs.setdefault(layer, []).append(cost)
    for layer, found in costs.items():
        print(f"  {layer:34} {median(found):7.3f} ms   worst question {max(found):7.3f} ms")
    storage.close()


def layers(settings: Settings, storage: Storage, catalogue: Catalogue, fields: dict[str, Any], rounds: int) -> Iterator[tuple[str, float]]:
    """Each layer with its cost; all but the whole are called as the view calls them."""
    app = create_app(settings, storage, catalogue, lambda: MOMENT)
    house = House(settings=settings, storage=storage, catalogue=catalogue, clock=lambda: MOMENT)
    templates = environment(settings, helplines(storage, settings.region))
    whole, part = post_form("/search", fields, accept_encoding="gzip"), post_form("/search", fields, accept_encoding="gzip", hx_request="true")
    body, index = urlencode(fields, doseq=True).encode(), catalogue.refresh().index
    filled = form_of(body)
    inquiry, context = searched(house, filled)
    ranked = cost(lambda: rank(inquiry, index, at=MOMENT, around=False), rounds)
    searching = cost(lambda: catalogue.search(inquiry, at=MOMENT, around=False), rounds)
    asked = cost_of_asks(app, whole, rounds)
    made = cost(lambda: view.results(house, filled), rounds)
    whole_page, part_page = templates.get_template("search/index.html"), templates.get_template("search/_part.html")
    drawn = whole_page.page(context)   # type: ignore[attr-defined]
    rendering = cost(lambda: whole_page.page(context), rounds)   # type: ignore[attr-defined]
    yield "rank, without what lies around", ranked
    yield "cards of the page", searching - ranked
    yield "form", cost(lambda: form_of(body), rounds)
    yield "context, with rank and cards", made
    yield "template, whole page", rendering
    yield "template, part for htmx", cost(lambda: part_page.page(context), rounds)   # type: ignore[attr-defined]
    yield "gzip", cost(drawn.gzip, rounds)
    yield "whole request", asked
    yield "whole request, part for htmx", cost_of_asks(app, part, rounds)
    yield "whole request, unpacked part", cost_of_asks(app, post_form("/search", fields, hx_request="true"), rounds)
    answer = rank(inquiry, index, at=MOMENT, around=False)
    with patch("directory.search.rank", lambda *_, **__: answer):
        yield "whole request but rank", cost_of_asks(app, whole, rounds)


def form_of(body: bytes) -> Filled:
    """A posted body as the view reads it."""
    return read(read_form(body, "application/x-www-form-urlencoded"))


def searched(house: House, filled: Filled) -> tuple[Inquiry, dict[str, Any]]:
    """The inquiry of a form, caught on its way into the catalogue, and the context of its page."""
    caught: list[Inquiry] = []

    class Catching:
        def __getattr__(self, name: str) -> Any:
            return getattr(house.catalogue, name)

        def search(self, inquiry: Inquiry, **more: Any) -> SearchPage:
            caught.append(inquiry)
            return house.catalogue.search(inquiry, **more)

    double: Any = Catching()
    context = view.results(House(settings=house.settings, storage=house.storage, catalogue=double, clock=house.clock), filled)
    return caught[0], context


def cost(call: Callable[[], object], rounds: int) -> float:
    """Milliseconds of CPU a call, the median of single calls after three to warm up."""
    for _ in range(3):
        call()
    spent = []
    for _ in range(rounds):
        began = time.process_time_ns()
        call()
        spent.append(time.process_time_ns() - began)
    return median(spent) / 1e6


def cost_of_asks(app: Any, one: Ask, rounds: int) -> float:
    """Milliseconds of CPU a request, over many in one event loop."""
    ask_all(app, [one] * 5)
    began = time.process_time_ns()
    answers = ask_all(app, [one] * rounds)
    spent = time.process_time_ns() - began
    assert {answer.status for answer in answers} == {200}
    return spent / rounds / 1e6


@contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    if given:
        given.mkdir(parents=True, exist_ok=True)
        yield given
        return
    made = tempfile.mkdtemp(prefix="homeground-bench-")
    try:
        yield Path(made)
    finally:
        shutil.rmtree(made)


def demonstration(path: Path, folder: Path) -> None:
    """A database with the demonstration place."""
    make_demo(path, _ground(folder))


def invented(path: Path, folder: Path, count: int) -> None:
    """A database with so many invented records."""
    shutil.copy(_ground(folder), path)
    storage = Storage(f"sqlite:///{path}")
    import_records(storage, INVENTED, invent_records(count, seed=1), by="bench", at=MOMENT, sealer=Sealer.of(KEY.encode()))
    storage.close()


def _ground(folder: Path) -> Path:
    path = folder / "ground.sqlite3"
    return path if path.exists() else make_ground(path)


if __name__ == "__main__":
    main()
