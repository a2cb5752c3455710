"""Still parts: a page with them is the page drawn anew, packs to the same bytes, and nothing that a person said is kept in them."""

from __future__ import annotations

import gzip
import zlib
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import Environment
from msgspec.structs import fields

from tests.web.conftest import MOMENT
from web.deflate import RAW
from web.forms.choices import Choices, choices_of
from web.forms.fields import IMPORTANCES, MINUTES, WEIGHED, InquiryForm
from web.forms.inquiry import read
from web.forms.posted import PostedForm
from web.house import Catalogue, House
from web.render import environment
from web.settings import Settings
from web.still import MARK, Html, Page, Still, Stills
from web.ticks import Ticks
from web.views.search import results, surroundings

PAGES = {"search/index.html": results, "search/_part.html": results, "search/around.html": surroundings, "search/_around.html": surroundings}
some_bytes = st.binary(max_size=400)


class LiveStills(Stills):
    """Keeps nothing: every part is drawn from the answers themselves."""

    form = InquiryForm()

    def still(self, owner: object, key: str, draw: Any, *given: Any) -> Any:
        return draw(*(self.form if one == BLANK else one for one in given))


class LiveTicks(Ticks):
    """Remembers no list, and draws folds by the macro for lists that are anybody's."""

    def options(self, draw: Any, name: str, options: Any, chosen: Any) -> Any:
        return Html("".join(draw(name, code, words, code in chosen) for code, words in options))

    def folds(self, fold: Any, name: str, groups: Any, chosen: Any, passed_over: Any = ()) -> Any:
        left = [(heading, [option for option in options if option[0] not in passed_over]) for heading, options in groups]
        return Html("".join(fold(name, heading, options, chosen) for heading, options in left))


BLANK = InquiryForm()


@pytest.fixture(scope="module")
def house(web_settings: Settings, web_storage: Any, web_catalogue: Catalogue) -> House:
    return House(settings=web_settings, storage=web_storage, catalogue=web_catalogue, clock=lambda: MOMENT)


@pytest.fixture(scope="module")
def templates(web_settings: Settings) -> Environment:
    return environment(web_settings, ())


@pytest.fixture(scope="module")
def live(web_settings: Settings) -> Environment:
    made, stills = environment(web_settings, ()), LiveStills()
    made.globals.update(stills=stills, still=stills.still, ticks=LiveTicks(stills))
    made.globals["fields"] = made.get_template("_fields.html").make_module()   # its macros know the parts by the name that stood when they were read
    return made


def offered(choices: Choices) -> dict[str, list[str]]:
    """For each list of the form some of what it offers."""
    groups = {"supports", "strengths", "interests", "communities", "access"}
    found = {name: [code for _, options in getattr(choices, name) for code, _ in options] for name in groups}
    found["about"] = [code for _, options in choices.audiences for code, _ in options]
    flat = {"languages": choices.languages, "formats": choices.formats, "kinds": choices.kinds, "helped_before": choices.helped,
            "steer_clear": choices.helped, "modes": choices.modes}   # fmt: skip
    return found | {name: [code for code, _ in options] for name, options in flat.items()} | {"times": ["0m", "3e", "6a"]}


def answers(choices: Choices) -> st.SearchStrategy[dict[str, list[str]]]:
    """Some answers, a few of each kind."""
    lists = {name: st.lists(st.sampled_from(codes), min_size=1, max_size=3) for name, codes in offered(choices).items()}
    ticks = {field.name: st.just(["1"]) for field in fields(InquiryForm) if field.default is False}
    words = {name: st.sampled_from([["I cook & <sing>"], ["54911"], ["company"]]) for name in ("text", "place", "own_strengths", "own_culture", "age")}
    ones = {"minutes": MINUTES, "size": ("small",), "tone": ("quiet",), "newness": ("new",), **{f"weight_{name}": IMPORTANCES for name in WEIGHED}}
    return st.fixed_dictionaries({}, optional={**lists, **ticks, **words, **{name: st.sampled_from([[one] for one in some]) for name, some in ones.items()}})


def test_a_page_of_still_parts_is_the_page_drawn_anew(house: House, templates: Environment, live: Environment) -> None:
    check(house, templates, live, {})
    for field in fields(InquiryForm):   # each answer alone: a fold that holds one may not be still
        if field.default is False:
            check(house, templates, live, {field.name: ["1"]})

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(answers(choices_of(house.catalogue.vocabulary)))
    def pages_are_alike(said: dict[str, list[str]]) -> None:
        check(house, templates, live, said)

    pages_are_alike()


def check(house: House, templates: Environment, live: Environment, said: dict[str, list[str]]) -> None:
    filled = read(PostedForm([(name, value) for name, values in said.items() for value in values]))
    live.globals["stills"].form = filled.form   # type: ignore[attr-defined]
    for name, make in PAGES.items():
        context = make(house, filled)
        template: Any = templates.get_template(name)
        drawn = template.page(context)
        assert drawn.decode() == live.get_template(name).render(context) == template.render(context)
        assert gzip.decompress(drawn.gzip()) == drawn
        assert MARK not in drawn.decode()


def test_most_of_a_page_is_still(house: House, templates: Environment) -> None:
    filled = read(PostedForm([("text", "company"), ("place", "54911"), ("supports", "food_help")]))
    template: Any = templates.get_template("search/index.html")
    page = template.page(results(house, filled))
    assert sum(len(part) for part in page.parts if isinstance(part, bytes)) < len(page) / 3
    assert len(page.gzip()) < 25_000


def test_nothing_that_a_person_said_is_kept(house: House, web_settings: Settings) -> None:
    made = environment(web_settings, ())
    said = [(field.name, "Xyzzyqua") for field in fields(InquiryForm) if field.name != "offset"]
    template: Any = made.get_template("search/index.html")
    assert b"Xyzzyqua" in template.page(results(house, read(PostedForm(said))))
    stills: Any = made.globals["stills"]
    assert len(stills._texts) > 20
    assert not [text for text in stills._texts.values() if "Xyzzyqua" in text or " checked" in text]


@given(st.lists(some_bytes | st.builds(lambda text: Still(text, packed(text)), some_bytes), max_size=12))
def test_a_page_packs_to_itself(parts: list[bytes | Still]) -> None:
    page = Page.of(parts)
    assert page == b"".join(part.text if isinstance(part, Still) else part for part in parts)
    assert gzip.decompress(page.gzip()) == page


def packed(text: bytes) -> bytes:
    packer = zlib.compressobj(wbits=RAW)
    return packer.compress(text) + packer.flush(zlib.Z_FULL_FLUSH)


def test_a_new_owner_has_a_new_part_and_the_old_one_is_drawn_once() -> None:
    stills, drawn = Stills(), list[str]()

    def draw(words: str) -> str:
        drawn.append(words)
        return f"<p>{words}</p>"

    old, new = ["old"], ["new"]
    text = "".join(stills.still(owner, "part", draw, owner[0]) for owner in (old, new, old, new))
    assert stills.page(text) == b"<p>old</p><p>new</p><p>old</p><p>new</p>" == stills.whole(text).encode()
    assert drawn == ["old", "new"]


def test_a_part_within_a_part_is_filled_in() -> None:
    stills = Stills()
    owner = object()
    inner = stills.still(owner, "inner", lambda: "<b>in</b>")
    outer = stills.still(owner, "outer", lambda: f"<p>{inner}</p>")
    assert stills.page(f"{outer}!") == b"<p><b>in</b></p>!"
