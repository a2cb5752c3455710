"""What is sent is what was shown, to the letter, and holds what was ticked and nothing else."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.clients.opening import open_own, write_part
from directory.clients.parts import OWN, PARTS
from directory.errors import Invalid, NotPermitted, Stale
from directory.models import Client, Referral
from directory.referrals.packet import HEADINGS, make_packet, read_packet
from tests.clients import actor
from tests.referred import AT, PAPERS, Loop

TEXTS = {part: f'{{"words":"zebra-{part}","steps":[{{"words":"lion-{part}"}}],"confidence":4711}}' for part in PARTS}


@given(ticked=st.sets(st.sampled_from(PARTS)), note=st.sampled_from(("", "hello")))
def test_only_what_was_ticked_is_in_a_packet_and_never_what_is_the_persons_alone(ticked: set[str], note: str) -> None:
    data = make_packet(TEXTS, ticked, note, listing="Lunch", organization="Kitchen")
    text = data.decode()
    assert {part for part in PARTS if f"zebra-{part}\"" in text} == ticked - OWN
    assert {part for part in PARTS if f"lion-{part}\"" in text} == ticked - OWN
    assert "4711" not in text
    assert read_packet(data).note == note


def test_every_part_that_may_be_shared_has_a_heading_and_strengths_come_first() -> None:
    assert set(HEADINGS) == set(PARTS) - OWN
    assert list(HEADINGS)[:3] == ["label", "achievements", "own_words"], "practice row 9"


def test_the_organization_reads_the_bytes_that_were_shown(loop: Loop) -> None:
    key = loop.draft("contact", "label", note="")
    shown = loop.preview(key)
    loop.send(key, mark=shown.mark)
    assert loop.read(key) == shown.packet
    assert [section.part for section in read_packet(shown.packet).sections] == ["label", "contact"]
    assert b"crowd" not in shown.packet


def test_free_text_is_sent_only_where_somebody_wrote_it(loop: Loop) -> None:
    assert read_packet(loop.preview(loop.draft()).packet).note == ""
    assert read_packet(loop.preview(loop.draft(note=" See you. ")).packet).note == "See you."


def test_what_changed_since_it_was_shown_is_not_sent(loop: Loop) -> None:
    key = loop.draft()
    mark = loop.preview(key).mark
    with loop.storage.writing() as session:
        client, rosa = session.get_one(Client, loop.client_id), actor(session, loop.town, "rosa", at=AT)
        opened = open_own(session, client, rosa, at=AT, sealer=loop.sealer)
        write_part(session, opened, "label", '{"words":"Another name"}', version=1, by=rosa.by, at=AT)
    with pytest.raises(Stale):
        loop.send(key, mark=mark)
    assert (loop.state(key), loop.letters()) == ("draft", [])


def test_a_packet_holds_at_least_one_part_and_none_that_is_not_there(loop: Loop) -> None:
    with pytest.raises(Invalid):
        loop.draft("scales")
    with pytest.raises(Invalid):
        loop.draft("hopes")
    assert "hopes" not in PAPERS


def test_a_caseworker_tells_on_only_what_they_were_told(loop: Loop) -> None:
    with pytest.raises(Invalid):
        loop.draft("goals", by="nia")
    key = loop.draft("label", by="nia")
    with pytest.raises(NotPermitted):
        loop.send(key, by="nia", how="spoken")
    loop.send(key)
    assert msgspec.json.decode(loop.read(key))["sections"] == [{"part": "label", "heading": "What I like to be called", "lines": ["Rosa M."]}]
    with loop.storage.reading() as session:
        assert session.get_one(Referral, key).draft is None
