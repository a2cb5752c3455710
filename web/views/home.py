"""The first page: one form, nothing required."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency

from web import render
from web.forms.choices import choices_of
from web.forms.fields import InquiryForm
from web.house import House


@get("/", name="home.show", sync_to_thread=True)
def show(request: Request[Any, Any, Any], house: NamedDependency[House]) -> Response[bytes]:
    """What Homeground is, and where to start."""
    form, choices = InquiryForm(), choices_of(house.catalogue.vocabulary)
    context = {
        "form": form,
        "errors": {},
        "choices": choices,
        "minutes_offered": choices.minutes,
        "chosen": {"strengths": ()},
        "helping": False,
        "example_town": house.catalogue.example_town,
    }
    return render.show(request, "home/index.html", context)


router = Router("/", route_handlers=[show])
