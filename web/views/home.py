"""The first page: one form, nothing required."""

from __future__ import annotations

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.response import Template

from web.forms.choices import choices_of
from web.forms.fields import InquiryForm
from web.house import House


@get("/", name="home.show", sync_to_thread=True)
def show(house: NamedDependency[House]) -> Template:
    """What Homeground is, and where to start."""
    form, choices = InquiryForm(), choices_of(house.catalogue.vocabulary)
    context = {
        "form": form,
        "errors": {},
        "choices": choices,
        "minutes_offered": choices.minutes,
        "chosen": {"strengths": ()},
        "example_town": house.catalogue.example_town,
    }
    return Template("home/index.html", context=context)


router = Router("/", route_handlers=[show])
