"""Templates: one environment, strict about what is missing, with what every page may use."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Request, Response
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.template import TemplateConfig

from directory.papers import BLANK
from web.assets import asset
from web.forms.fields import InquiryForm
from web.helplines import Helpline, fitting
from web.settings import Settings
from web.still import Drawn, Stills
from web.ticks import Ticks, any_of
from web.wording import FILTERS


def environment(settings: Settings, helplines: Sequence[Helpline]) -> Environment:
    """The templates of this installation; an unknown name in a template is an error, and everything is escaped."""
    made = Environment(
        loader=FileSystemLoader(Path(str(files("web") / "templates"))),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.template_class = Drawn
    made.auto_reload = False   # the files do not change under a running house; looking at each costs more than drawing it
    made.filters.update({words.__name__: words for words in (*FILTERS, fitting)})
    stills = Stills()
    made.globals.update(asset=asset, settings=settings, helplines=helplines, stills=stills, still=stills.still, kept=stills.kept, blank=InquiryForm())
    made.globals.update(ticks=Ticks(stills), any_of=any_of)
    made.globals["blank_papers"] = BLANK
    # Macros by name, read once: what a template imports for itself is looked through for each page.
    made.globals.update(fields=made.get_template("_fields.html").module, cards=made.get_template("search/_result.html").module)
    made.globals["desk"] = made.get_template("desk/_desk.html").module
    return made


def show(request: Request[Any, Any, Any], name: str, context: dict[str, Any], *, headers: dict[str, str] | None = None) -> Response[bytes]:
    """A page of results or questions, drawn here and now, so that its still parts need not be drawn and packed again."""
    template = request.app.template_engine.engine.get_template(name)   # type: ignore[union-attr]
    return Response(template.page(context), media_type="text/html", headers=headers)


def template_config(made: Environment) -> TemplateConfig[JinjaTemplateEngine]:
    """What Litestar needs to know of the templates."""
    return TemplateConfig(instance=JinjaTemplateEngine.from_environment(made))
