"""The same questions as people would post them: form bodies for the pages, JSON bodies for the API."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Any, Final
from urllib.parse import urlencode

import msgspec
import numpy as np
import zipcodes

from matching.values import Inquiry, Place

CAR_MINUTES_A_KM: Final = 2.6
CAR_WAIT_MINUTES: Final = 3
"""The form has minutes rather than kilometres: as many as the radius takes by car."""
LIST_FIELDS: Final = ("interests", "helped_before", "communities")


def page_body(inquiry: Inquiry) -> str:
    """A form for ``POST /search``; the place is the nearest postcode, since people write one."""
    profile, must = inquiry.profile, inquiry.must
    fields: list[tuple[str, str]] = [("text", inquiry.text), ("modes", "car")]
    if inquiry.place:
        fields.append(("place", postcode(inquiry.place)))
    if inquiry.travel.max_km:
        fields.append(("minutes", str(math.ceil(inquiry.travel.max_km * CAR_MINUTES_A_KM + CAR_WAIT_MINUTES))))
    fields += [("strengths", one.code) for one in profile.strengths]
    fields += [(name, code) for name in LIST_FIELDS for code in getattr(profile, name)]
    fields += [(name, code) for name in ("languages", "access", "formats") for code in {*getattr(profile, name), *getattr(must, name)}]
    said = {"language_must": must.languages, "access_must": must.access, "format_must": must.formats, "free": must.free, "no_faith": must.not_faith_based}
    fields += [(name, "1") for name, is_said in said.items() if is_said]
    fields += [("kinds", code) for code in must.kinds]
    if profile.age is not None:
        fields.append(("age", str(profile.age)))
    return urlencode(fields)


@cache
def _postcodes() -> tuple[np.ndarray[Any, np.dtype[np.float64]], Sequence[str]]:
    listed: list[dict[str, str]] = zipcodes.list_all()  # type: ignore[no-untyped-call]
    found = [(float(one["lat"]), float(one["long"]), one["zip_code"]) for one in listed if one["lat"] and one["zip_code_type"] == "STANDARD"]
    return np.array([(latitude, longitude) for latitude, longitude, _ in found]), [code for _, _, code in found]


def postcode(place: Place) -> str:
    """The postcode whose middle is nearest, as the crow flies over a flat map: near enough."""
    points, codes = _postcodes()
    apart = points - np.array((place.latitude, place.longitude))
    return codes[int(np.argmin(apart[:, 0] ** 2 + (apart[:, 1] * math.cos(math.radians(place.latitude))) ** 2))]


def api_body(inquiry: Inquiry) -> str:
    """JSON for ``POST /api/match``."""
    body: dict[str, object] = {"text": inquiry.text, "limit": inquiry.limit, "must_haves": inquiry.must, "profile": inquiry.profile}
    if inquiry.place:
        body |= {"latitude": inquiry.place.latitude, "longitude": inquiry.place.longitude}
    if inquiry.travel.max_km:
        body["max_km"] = inquiry.travel.max_km
    return msgspec.json.encode(body).decode()
