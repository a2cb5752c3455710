"""Places: from text or postcode to a point and the areas it lies in, out of a gazetteer of our own; nobody outside is asked."""

from directory.places.answers import Ambiguous, Choice, Found, PlaceAnswer, Unknown
from directory.places.areas import resolve_areas
from directory.places.find import find_place
from directory.places.gazetteer import Gazetteer, gazetteer_when_asked, open_gazetteer
from directory.places.geocoders import OfflineGeocoder, OnlineGeocoder, online_geocoder
from directory.places.load import PACKAGE_COUNTRY, GazetteerReport, has_country, load_gazetteer, load_package
from directory.places.nearby import Landmark, landmarks_near
from directory.places.points import FAR_FROM_CODE_KM, check_point, snap

__all__ = [
    "FAR_FROM_CODE_KM", "PACKAGE_COUNTRY", "Ambiguous", "Choice", "Found", "Gazetteer", "GazetteerReport", "Landmark", "OfflineGeocoder", "OnlineGeocoder",
    "PlaceAnswer", "Unknown", "check_point", "find_place", "gazetteer_when_asked", "has_country", "landmarks_near", "load_gazetteer", "load_package",
    "online_geocoder", "open_gazetteer", "resolve_areas", "snap",
]
