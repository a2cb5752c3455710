"""geopy's geocoder interface: the gazetteer as a geocoder, and an online one only where the operator names it."""

from __future__ import annotations

from typing import Any

from geopy.exc import GeocoderNotFound, GeopyError
from geopy.geocoders import get_geocoder_for_service
from geopy.location import Location

from directory.errors import UnsafeSetting
from directory.places.answers import Ambiguous, Found
from directory.places.find import find_offline
from directory.places.gazetteer import Gazetteer, as_gazetteer
from directory.places.spelling import LONGEST_TEXT, clean

TIMEOUT_SECONDS = 3.0


class OfflineGeocoder:
    """A geocoder as geopy has them, over a gazetteer; it asks nobody. ``country`` (two letters) limits where it looks."""

    def __init__(self, gazetteer: Gazetteer, *, country: str | None = None) -> None:
        self._gazetteer = as_gazetteer(gazetteer, country)

    def geocode(self, query: str, *, exactly_one: bool = True, timeout: float | None = None) -> Location | list[Location] | None:
        """The location a text means, with ``precision`` and ``areas`` in its ``raw``; None when it is not known.

        With ``exactly_one`` an ambiguous name is None as well, because the first of several is a guess; else all that it may mean are given.
        """
        text = clean(query)
        answer = find_offline(self._gazetteer, text) if text and len(text) <= LONGEST_TEXT else None
        if isinstance(answer, Found):
            return _location(answer) if exactly_one else [_location(answer)]
        if isinstance(answer, Ambiguous) and not exactly_one:
            meant = [find_offline(self._gazetteer, choice.text) for choice in answer.choices]
            return [_location(one) for one in meant if isinstance(one, Found)] or None
        return None


def _location(found: Found) -> Location:
    raw = {"precision": found.place.precision, "areas": sorted(found.areas)}
    return Location(found.label, (found.place.latitude, found.place.longitude), raw)


class OnlineGeocoder:
    """One of geopy's geocoders, asked for at most three seconds; whatever goes wrong there is "not known" here."""

    def __init__(self, geocoder: Any) -> None:
        self._geocoder = geocoder

    def geocode(self, query: str, *, exactly_one: bool = True, timeout: float | None = None) -> Location | list[Location] | None:
        """The location or locations that the geocoder elsewhere gives; None when it gives none or does not answer."""
        try:
            found: Location | list[Location] | None = self._geocoder.geocode(query, exactly_one=exactly_one, timeout=timeout or TIMEOUT_SECONDS)
        except (GeopyError, OSError, ValueError):
            return None   # its message may hold the text of the question, so it goes nowhere
        return found


def online_geocoder(name: str, **settings: Any) -> OnlineGeocoder:
    """The geocoder that the operator names (geopy's names: ``nominatim``, ``photon``, ...), with its settings.

    What people type then goes to that host: the page that asks must say so. Raises ``UnsafeSetting`` when there is no such geocoder or it
    refuses its settings.
    """
    try:
        return OnlineGeocoder(get_geocoder_for_service(name)(**{"user_agent": "homeground", "timeout": TIMEOUT_SECONDS} | settings))
    except GeocoderNotFound:
        raise UnsafeSetting(f"There is no geocoder called '{name}'. Use one of geopy's names, such as nominatim, or leave it out.") from None
    except (GeopyError, TypeError) as error:
        raise UnsafeSetting(f"The geocoder '{name}' does not take these settings: {error}.") from None
