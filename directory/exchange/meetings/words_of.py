"""What a group says in words, and the terms and types that its meetings have, each once."""

from __future__ import annotations

from uuid import UUID

from babel import Locale

from directory.exchange.meetings.by_day import days_in_words
from directory.exchange.meetings.codes import Programme, label_of, read_codes
from directory.exchange.meetings.grouping import Group
from directory.exchange.meetings.hours_of import NAMES
from directory.exchange.reading.wordrules import Term
from directory.exchange.records import Attribute, Language, Taxonomy, TaxonomyTerm, made_id
from directory.languages import BILINGUAL, SPOKEN
from matching.signs import is_signed
from matching.wording import joined

TYPE: str = "meeting_type"
"""``link_type`` of a type that the feed's programme gives a meeting."""
SAID: str = "said"
"""``value`` of a type that our own terms, a language or a format say already: pages need not say it twice."""
KIND = Term("kinds", "peer_group", "kinds")
FORMATS = {"in_person": Term("formats", "in_person", "formats"), "online": Term("formats", "online", "formats"), "phone": Term("formats", "phone", "formats")}


def description_of(group: Group) -> str | None:
    """The notes of a group: what holds for all of its days, then what is said of one day or some."""
    told: dict[str, list[int]] = {}
    for one in group.members:
        for text in (one.meeting.group_notes, one.meeting.notes):
            for line in text.split("\n") if text else ():
                told.setdefault(line, []).append(7 if one.meeting.weekday is None else one.meeting.weekday)
    whole = len({one.meeting.key for one in group.members})
    lines = [line for line, days in told.items() if len(days) >= whole]
    lines += [f"{_days(days)}: {line}" for line, days in told.items() if len(days) < whole]
    return "\n".join(lines) or None


def _days(days: list[int]) -> str:
    names = [NAMES[day] for day in sorted(set(days)) if day < len(NAMES)]
    return joined(names) or "By appointment"


def terms_of(group: Group, programme: Programme) -> list[Term]:
    """The terms of a group: what every meeting of the programme is, what its types say, and how people take part."""
    said = read_codes(programme, group.first.codes)
    joining = group.first.joining
    ways = [FORMATS[way] for way in ("in_person", "online") if way in group.first.attendance]
    ways += [FORMATS["phone"]] if joining and joining.phone else []
    return list(dict.fromkeys([KIND, *programme.terms, *said.terms, *ways]))


def types_of(group: Group, programme: Programme) -> list[Attribute]:
    """The types of a group's meetings, as terms of their programme's own taxonomy; ``value`` names the days where not all have it.

    What the vocabulary does not have stands as it is written.
    """
    days = [one.meeting for one in group.members]
    codes = dict.fromkeys(code for one in days for code in one.codes)
    taxonomy = Taxonomy(id=types_taxonomy(programme), name=f"Types of meetings: {programme.name or programme.code}")
    return [_type(code, programme, taxonomy, days_in_words([one for one in days if code in one.codes], days)) for code in codes]


def types_taxonomy(programme: Programme) -> UUID:
    """The id of the taxonomy that the types of a programme are in."""
    return made_id("homeground", "taxonomy", f"meetings|{programme.code}")


def _type(code: str, programme: Programme, taxonomy: Taxonomy, days: str) -> Attribute:
    known = programme.types.get(code)
    says_more = known is None or not (known.terms or known.does or known.language)
    is_silent = code in programme.languages or code.startswith("key ")   # a bare key of a server says nothing to people
    term = TaxonomyTerm(
        id=made_id("homeground", "taxonomy_term", f"meetings|{programme.code}|{code}"), code=code, name=label_of(programme, code), taxonomy_detail=taxonomy
    )
    return Attribute(link_type=TYPE, taxonomy_term=term, value=(days or None) if says_more and not is_silent else SAID)


def languages_of(group: Group, source: str) -> list[Language]:
    """The languages that the meetings are held in. A signed one has no role: whether they sign or somebody interprets, no feed says."""
    names, first = Locale("en").languages, group.first
    role = BILINGUAL if first.is_bilingual and len(first.languages) > 1 else SPOKEN
    return [
        Language(
            id=made_id(source, "language", f"{group.key}|{tag}"), name=names.get(tag, names.get(tag.split("-")[0], tag)), code=tag,
            role=None if is_signed(tag) else role,
        )
        for tag in first.languages
    ]
