"""The caseload: due first, by reference where nobody agreed to a name, handed over, covered, looked into from outside only with a reason (point 5)."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from directory.clients.agencies import leave_team
from directory.clients.keys import locker_of
from directory.clients.watching import broken_at, list_views
from tests.clients import ALDER, NORTH, actor
from tests.web.second_door import SecondDoor, text_of

HOME = f"/desk/agencies/{ALDER}"
SAID = {"parts": ["label", "own_words", "goals", "achievements"], "days": "90", "language": "es", "how": "spoken", "purpose": "together", "label": "Mateo"}


def begin(door: SecondDoor, name: str = "nia", **said: object) -> str:
    """Somebody new without an account; gives the address of the record."""
    answer = door.as_(name).post(f"{HOME}/clients/new", {**SAID, **said})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].partition("?")[0]


def looked(door: SecondDoor, path: str) -> list[tuple[str, str, tuple[str, ...], str]]:
    """The log of a record: who, for what, which parts, why."""
    client = UUID(path.rpartition("/")[2])
    with door.storage.reading() as session:
        locker = locker_of(session, client, sealer=door.sealer)
        assert broken_at(session, locker) is None
        return [(one.name, one.purpose, one.parts, one.why) for one in list_views(session, locker)]


def test_a_name_is_shown_where_it_was_agreed_to_and_a_reference_elsewhere(door: SecondDoor) -> None:
    begin(door)
    begin(door, label="Hidden", parts=["goals"])
    page = text_of(door.as_("nia").get(HOME))
    assert "Mateo" in page
    assert "Hidden" not in page
    assert len(set(re.findall(r"\b[A-HJ-NP-Z2-9]{6}\b", page))) == 2
    assert "Mateo" not in door.as_("omar").get(HOME).text
    assert "Mateo" not in door.as_("lena").get(HOME).text


def test_a_name_in_a_list_is_written_down_once_a_day(door: SecondDoor) -> None:
    path = begin(door)
    before = len(looked(door, path))
    for _ in range(3):
        door.as_("nia").get(HOME)
    assert looked(door, path)[0] == ("Nia", "list", ("label",), "")
    assert len(looked(door, path)) == before + 1
    door.later(days=1)
    door.sign_in("nia")
    door.as_("nia").get(HOME)
    assert len(looked(door, path)) == before + 2


def test_nothing_is_ticked_for_somebody_and_no_way_of_agreeing_is_chosen(door: SecondDoor) -> None:
    path = begin(door)
    for page in (f"{HOME}/clients/new", f"{path}/consent"):
        text = door.as_("nia").get(page).text
        assert re.findall(r'name="(parts|how)" value="\w+" checked', text) == [], page


@pytest.mark.parametrize("anew", [False, True])
def test_what_is_missing_in_a_consent_is_told_at_once_and_the_rest_stays(door: SecondDoor, anew: bool) -> None:
    where = f"{begin(door)}/consent" if anew else f"{HOME}/clients/new"
    answer = door.as_("nia").post(where, {"purpose": "together", "days": "180", "language": "es", "label": "Mateo"})
    assert answer.status_code == 422
    assert "Choose at least one of the parts in the list." in text_of(answer)
    assert "Say how they agreed." in text_of(answer)
    assert 'name="days" value="180" checked' in answer.text
    assert 'name="language" value="es"' in answer.text
    assert anew or 'value="Mateo"' in answer.text


def test_what_is_due_comes_first(door: SecondDoor) -> None:
    paths = [begin(door, label=name) for name in ("Late", "Never", "Soon", "Today")]
    for path, day in zip(paths, ("2026-12-20", "", "2026-11-30", "2026-11-24"), strict=True):
        door.as_("nia").post(f"{path}/work", {"do": "follow-up", "follow_up_on": day})
    page = text_of(door.as_("nia").get(HOME))
    assert sorted(("Late", "Never", "Soon", "Today"), key=page.index) == ["Today", "Soon", "Late", "Never"]
    door.later(days=2)
    door.sign_in("nia")
    assert "Was due on 24 November 2026" in text_of(door.as_("nia").get(HOME))


@pytest.mark.parametrize("day", ["2026-11-23", "2028-01-01", "soon", "3/4/2027"])
def test_a_day_that_cannot_be_is_not_taken(door: SecondDoor, day: str) -> None:
    path = begin(door)
    assert door.as_("nia").post(f"{path}/work", {"do": "follow-up", "follow_up_on": day}).status_code == 422


def test_a_colleague_writes_down_why_and_the_lead_and_the_person_read_it(door: SecondDoor) -> None:
    path = begin(door)
    refused = door.as_("omar").get(path)
    assert refused.status_code == 403
    assert "Mateo" not in refused.text
    assert door.as_("omar").post(f"{path}/look", {"reason": "  "}).status_code == 422
    seen = door.as_("omar").post(f"{path}/look", {"reason": "Nia is ill, and they are at the door"})
    assert "Mateo" in seen.text
    assert looked(door, path)[0][::3] == ("Omar", "Nia is ill, and they are at the door")
    lead = door.as_("lena").get(f"{HOME}/looks")
    assert "Nia is ill, and they are at the door" in lead.text
    assert "Mateo" not in lead.text
    assert door.as_("omar").get(path).status_code == 403, "a reason is for one look"


def test_handing_over_moves_everything_at_once(door: SecondDoor) -> None:
    path = begin(door)
    omar = str(door.town.accounts["omar"])
    assert door.as_("nia").post(f"{path}/work", {"do": "hand over", "to": omar}).status_code == 303
    assert door.as_("nia").get(path).status_code == 403
    assert "Mateo" in door.as_("omar").get(path).text
    for stranger in (str(door.town.accounts["teo"]), str(door.town.accounts["rosa"]), "nobody", ""):
        assert door.as_("omar").post(f"{path}/work", {"do": "hand over", "to": stranger}).status_code == 422


def test_cover_ends_by_itself(door: SecondDoor) -> None:
    path = begin(door)
    omar = str(door.town.accounts["omar"])
    said = {"do": "cover", "cover": omar, "cover_until": "2026-11-26"}
    assert door.as_("nia").post(f"{path}/work", said).status_code == 303
    assert "Mateo" in door.as_("omar").get(path).text
    assert "you stand in for" in text_of(door.as_("omar").get(HOME))
    assert "Mateo" in door.as_("nia").get(path).text
    door.later(days=2, hours=7)
    door.sign_in("omar")
    assert door.as_("omar").get(path).status_code == 403


@pytest.mark.parametrize("wrong", [{"cover": ""}, {"cover_until": "2026-11-23"}, {"cover_until": "2027-05-01"}, {"cover_until": ""}, {"cover": "self"}])
def test_a_cover_names_a_colleague_and_an_end(door: SecondDoor, wrong: dict[str, str]) -> None:
    path = begin(door)
    said = {"do": "cover", "cover": str(door.town.accounts["omar"]), "cover_until": "2026-11-26", **wrong}
    said["cover"] = str(door.town.accounts["nia"]) if said["cover"] == "self" else said["cover"]
    assert door.as_("nia").post(f"{path}/work", said).status_code == 422


def test_ending_closes_the_record_to_the_agency(door: SecondDoor) -> None:
    path = begin(door)
    assert door.as_("nia").post(f"{path}/work", {"do": "end"}).status_code == 303
    assert {door.as_(name).get(path).status_code for name in ("nia", "omar", "lena")} == {404}
    assert "Mateo" not in door.as_("nia").get(HOME).text


def test_somebody_new_is_taken_on_once(door: SecondDoor) -> None:
    agree = {"parts": ["label"], "purpose": "together", "days": "90", "language": "en"}
    door.as_("rosa").post(f"/my/sharing/agencies/{ALDER}", agree)
    reference = re.search(r"A new person, reference <strong><bdi dir=\"ltr\">(\w{6})<", door.as_("nia").get(HOME).text)
    assert reference
    take = re.search(r'action="([^"]+/take)"', door.as_("nia").get(HOME).text)
    assert take
    assert door.as_("nia").post(take.group(1)).status_code == 303
    assert door.as_("omar").post(take.group(1)).status_code == 409
    assert "Nia" in door.as_("rosa").get("/my/sharing").text


def test_another_agency_answers_as_if_there_were_nobody(door: SecondDoor) -> None:
    path = begin(door)
    nowhere = path.rpartition("/")[0] + "/" + str(door.town.accounts["rosa"])
    for there in (path, nowhere, path.replace(str(ALDER), str(NORTH))):
        assert {door.as_("teo").get(there + end).status_code for end in ("", "/work", "/consent")} <= {403, 404}
    mine = path.replace(str(ALDER), str(NORTH))
    assert re.sub(r"[0-9a-f]{64}", "", door.as_("teo").get(mine).text) == re.sub(r"[0-9a-f]{64}", "", door.as_("teo").get(mine[:-36] + str(ALDER)).text)


def test_the_lead_sees_numbers_and_never_a_word(door: SecondDoor) -> None:
    path = begin(door)
    door.as_("nia").post(f"{path}/work", {"do": "follow-up", "follow_up_on": "2026-11-25"})
    door.later(days=3)
    door.sign_in("lena")
    page = text_of(door.as_("lena").get(f"{HOME}/supervision"))
    assert re.search(r"Nia 1 1 0 0", page)
    assert "was due on 25 November 2026, with Nia" in page
    record = door.as_("lena").get(path)
    assert "Mateo" not in page + record.text
    assert "Nothing is agreed to at present" in record.text
    assert looked(door, path)[0][:3] == ("Lena", "together", ())


def test_the_team_is_invited_by_its_lead_and_its_owner_and_nobody_else(door: SecondDoor) -> None:
    said = {"email": "newcomer@people.example", "role": "caseworker"}
    assert door.as_("lena").post(f"{HOME}/team", said).status_code == 303
    assert {door.as_(name).post(f"{HOME}/team", said).status_code for name in ("nia", "cora", "dov", "teo", "ana")} == {403}
    link = door.link("newcomer@people.example")
    assert "caseworker" in door.as_("stella").get(link).text
    assert door.as_("stella").post(f"{link}/accept").headers["location"].startswith("/desk?")
    with door.storage.reading() as session:
        assert actor(session, door.town, "stella", at=door.at, level=2).casework == {ALDER}
        assert actor(session, door.town, "stella", at=door.at, level=1).casework == frozenset()


def test_an_invitation_is_worth_no_more_than_who_gave_it(door: SecondDoor) -> None:
    door.as_("lena").post(f"{HOME}/team", {"email": "newcomer@people.example", "role": "lead"})
    link = door.link("newcomer@people.example")
    with door.storage.writing() as session:
        leave_team(session, ALDER, door.town.accounts["lena"], "lead", by="x", at=door.at)
    assert door.as_("stella").get(link).status_code == 404


def test_who_leaves_the_team_leaves_their_people_to_it(door: SecondDoor) -> None:
    path = begin(door)
    assert door.as_("lena").post(f"{HOME}/team/{door.town.accounts['nia']}/leave", {"role": "caseworker"}).status_code == 303
    assert door.as_("nia").get(path).headers["location"].startswith("/account/sign-in")
    assert "A new person" in door.as_("omar").get(HOME).text
