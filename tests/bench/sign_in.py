"""Whether signing in, or asking for a link, tells by its time if there is an account with an address: known and unknown in turn."""

from __future__ import annotations

from pathlib import Path
from random import Random
from time import perf_counter, process_time

import numpy as np

from tests.cast import address_of
from tests.ground import make_ground
from tests.web.second_door import SecondDoor

ASKED = (
    ("sign in", "/account/sign-in", {"password": "not the password of anybody"}, 422),
    ("ask for a link", "/account/link", {"for": "sign-in"}, 303),
    ("ask to join", "/account/link", {"for": "sign-up"}, 303),
)


def sign_in(folder: Path, tries: int) -> None:
    """Print the medians of so many tries each, in milliseconds of the clock and of work, and how far they lie apart."""
    ground = folder / "ground.sqlite3"
    ground.unlink(missing_ok=True)
    door = SecondDoor(folder / "sign-in", make_ground(ground))
    try:
        for what, path, said, status in ASKED:
            known, unknown = _times(door, path, said, status, tries)
            apart = (known - unknown)[:, 0], (known - unknown)[:, 1]
            print(
                f"  {what:<15} known {np.median(known[:, 0]):6.1f}  unknown {np.median(unknown[:, 0]):6.1f}  medians apart "
                f"{abs(np.median(known[:, 0]) - np.median(unknown[:, 0])):5.2f} ms (of work {abs(np.median(known[:, 1]) - np.median(unknown[:, 1])):5.2f} ms); "
                f"a pair apart by {np.median(apart[0]):+.2f} ms in the middle ({tries} tries each)"
            )  # fmt: skip
    finally:
        door.close()


def _times(door: SecondDoor, path: str, said: dict[str, str], status: int, tries: int) -> tuple[np.ndarray, np.ndarray]:
    """Milliseconds of each try, by the clock and of work, for addresses that are known and not; which comes first is drawn by chance."""
    dice, found = Random(11), {True: np.empty((tries, 2)), False: np.empty((tries, 2))}
    names = ("ana", "ben", "emil", "stella")
    for number in range(-5, tries):   # the first few warm up
        for is_known in dice.sample((True, False), 2):
            door.later(days=2)   # the limits on trying begin anew
            name = names[number % len(names)]
            email = address_of(name) if is_known else f"{dice.randrange(10 ** len(name)):0{len(name)}d}@people.example"
            start, work = perf_counter(), process_time()
            answer = door.as_("anyone").post(path, {"email": email, **said}, stamped=False)
            took = (perf_counter() - start) * 1000, (process_time() - work) * 1000
            assert answer.status_code == status, answer.status_code
            if number >= 0:
                found[is_known][number] = took
    return found[True], found[False]
