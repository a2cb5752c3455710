"""Invented meetings of every sort that a feed of ours may tell of, whole in themselves: who meets at a place has one, who meets afar has an area."""

from __future__ import annotations

from hypothesis import strategies as st

from directory.exchange.meetings.codes import BILINGUAL, Programme
from directory.exchange.meetings.meeting import Attendance, Joining, Keeper, Meeting, Spot
from directory.exchange.meetings.spots import country_name

ZONES = ("America/New_York", "America/Chicago", "Europe/Lisbon", "Asia/Kathmandu", "Pacific/Apia", "UTC")
WORDS = ("Candle", "Tea", "rüzgâr", "Größe", "porch", "قهوة", "茶", "walk & talk", "o'clock", "half-way")
PLAIN = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
CODED = ("en", "es", "ar", "fa", "tl", "uk", "ru", "ne", "am")
UNCODED = ("so", "ht", "vi", "ur")
CITIES = (("Alder Falls", "WI", "54911"), ("Marsh Crossing", "NY", "10467"), ("Quarry Hill", "CA", "95112"))
NUMBERS = st.integers(1, 9_999)


@st.composite
def doors(draw: st.DrawFn) -> Spot:
    """An exact public place in the US."""
    city, region, code = draw(st.sampled_from(CITIES))
    street = f"{draw(NUMBERS)} {draw(st.sampled_from(('Juniper Street', 'Rail Yard, Unit 6', 'Heron Ave.')))}"
    point = draw(st.none() | st.tuples(st.integers(-9_000_000, 9_000_000), st.integers(-18_000_000, 18_000_000)))
    formatted = f"{street}, {city}, {region} {code}, {country_name('US')}"
    return Spot(
        name=draw(st.just("") | PLAIN), street=street, city=city, region=region, postal_code=code, country="US", formatted=formatted,
        latitude=point[0] / 100_000 if point and point != (0, 0) else None, longitude=point[1] / 100_000 if point and point != (0, 0) else None,
        areas=(region, city), notes=draw(st.just("") | PLAIN),
    )


@st.composite
def areas(draw: st.DrawFn) -> Spot:
    """An area and no door."""
    city, region, _ = draw(st.sampled_from(CITIES))
    return Spot(city=city, region=region, country="US", formatted=f"{city}, {region}, USA", areas=(region, city), is_approximate=True)


def ways_in() -> st.SearchStrategy[Joining]:
    """A link, a number to dial, or both."""
    links = NUMBERS.map(lambda number: f"https://us02web.zoom.us/j/{number}")
    dials = st.integers(0, 10**7 - 1).map(lambda number: f"+1312{number:07}")
    return st.builds(Joining, url=links, phone=st.just("") | dials, url_notes=st.just("") | PLAIN) | st.builds(Joining, phone=dials)


def keepers() -> st.SearchStrategy[Keeper]:
    """Who answers for it."""
    urls = ("", "https://porch.example/")
    return st.integers(10, 20).map(lambda one: Keeper(key=f"keeper-{one}", name=f"Porch {one}", url=urls[one % 2], phone=f"(920) 555-01{one}"))


@st.composite
def meetings(draw: st.DrawFn, programme: Programme, languages: tuple[str, ...] = CODED) -> Meeting:
    """A meeting of one weekday, with codes of the programme."""
    how: frozenset[Attendance] = draw(st.sampled_from((frozenset({"in_person"}), frozenset({"online"}), frozenset({"in_person", "online"}))))   # type: ignore[arg-type]
    starts, length = draw(st.integers(0, 1439)), draw(st.integers(5, 1439))
    plain = [code for code, type_ in programme.types.items() if type_.terms and not type_.does and not type_.language and code not in programme.languages]
    used = tuple(draw(st.lists(st.sampled_from(languages), unique=True, max_size=3)))
    return Meeting(
        key=f"{draw(st.uuids())}-{draw(st.integers(0, 6))}",
        name=draw(PLAIN),
        group_key=str(draw(st.uuids())),
        weekday=draw(st.integers(0, 6)),
        starts=starts,
        ends=starts + length,
        timezone=draw(st.sampled_from(ZONES)),
        pattern=draw(st.sampled_from(("", "", "2nd and 4th Tuesday", "last Friday", "until 3 May 2027"))),
        attendance=how,
        spot=draw(doors()) if "in_person" in how else draw(st.none() | areas()),
        joining=draw(ways_in()) if "online" in how else None,
        codes=tuple(draw(st.lists(st.sampled_from(plain), unique=True, max_size=4))),
        languages=used,
        is_bilingual=BILINGUAL in programme.types and len(used) > 1 and draw(st.booleans()),
        notes=draw(st.just("") | PLAIN),
        url=f"https://home.example/listings/{draw(st.uuids())}",
        email=draw(st.sampled_from(("", "porch@porch.example"))),
        phone=draw(st.sampled_from(("", "(920) 555-0100"))),
        is_paused=draw(st.sampled_from((False, False, True))) and how == {"in_person"},
        updated=draw(st.sampled_from(("", "2026-11-20T08:30:00+00:00"))),
        keeper=draw(st.none() | keepers()),
    )


def feeds(programme: Programme, languages: tuple[str, ...] = CODED) -> st.SearchStrategy[list[Meeting]]:
    """Meetings with keys of their own."""
    return st.lists(meetings(programme, languages), min_size=1, max_size=6, unique_by=lambda one: one.key)
