"""Templates: one environment, strict about what is missing, with what every page may use."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.template import TemplateConfig

from web.assets import asset
from web.helplines import Helpline
from web.settings import Settings
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
    made.filters.update({words.__name__: words for words in FILTERS})
    made.globals.update(asset=asset, settings=settings, helplines=helplines)
    return made


def template_config(made: Environment) -> TemplateConfig[JinjaTemplateEngine]:
    """What Litestar needs to know of the templates."""
    return TemplateConfig(instance=JinjaTemplateEngine.from_environment(made))
