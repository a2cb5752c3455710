"""The first page: one form, nothing required."""

from __future__ import annotations

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.response import Template

from web.forms.choices import choices_of
from web.forms.inquiry import InquiryForm
from web.house import House


@get("/", name="home.show", sync_to_thread=True)
def show(house: NamedDependency[House]) -> Template:
    """What Homeground is, and where to start."""
    context = {"form": InquiryForm(), "errors": {}, "choices": choices_of(house.catalogue.vocabulary), "chosen": {"strengths": ()}}
    return Template("home/index.html", context=context)


router = Router("/", route_handlers=[show])
