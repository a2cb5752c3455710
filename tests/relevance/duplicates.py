"""`python -m tests.relevance.duplicates`: the finder of duplicates on a table where people have said which entries are the same.

Rows are parted into five folds by true cluster. For each fold, the threshold is chosen on the other four, and pairs are counted on the fold alone, which
is read as a table of its own. With ``--rivals PYTHON`` (one that has `dedupe` and `splink`) these are trained on the same folds.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path

from directory.duplicates import Row, find_duplicates
from directory.duplicates.ready import Ready, make_ready
from directory.duplicates.sheets import read_sheet, rows_of
from directory.duplicates.truth import Quality, quality

TABLE, LABEL = "chicago-dedupe/early_childhood_true_ids.csv", "True Id"
FOLDS = 5
SEED = 22
THRESHOLDS = [number / 50 for number in range(1, 50)]
LEAST_F1 = 0.93
Labelled = tuple[list[Row], list[str]]


def read(folder: Path) -> Labelled:
    """The rows, which were read without a look at the labels, and the labels."""
    sheet = read_sheet(folder / TABLE)
    column = sheet.column(LABEL)
    return rows_of(sheet, leave_out=column), [cells[column] for cells in sheet.cells]


def folds_of(labels: Sequence[str], count: int = FOLDS) -> list[int]:
    """The fold of each row: whole clusters, dealt out in a shuffled order."""
    clusters = sorted(set(labels))
    random.Random(SEED).shuffle(clusters)
    fold = {label: number % count for number, label in enumerate(clusters)}
    return [fold[label] for label in labels]


def found_at(rows: Sequence[Row], labels: Sequence[str], threshold: float | None) -> Quality:
    """How good the pairs are that are found in these rows; the shipped threshold where it is None."""
    return quality(((pair.first, pair.second) for pair in find_duplicates(rows, threshold=threshold)), labels)


def best_threshold(rows: Sequence[Row], labels: Sequence[str]) -> float:
    """The threshold with the best F1 on these rows; of equals the middle one."""
    pairs = find_duplicates(rows, threshold=THRESHOLDS[0])
    scores = {least: quality(((pair.first, pair.second) for pair in pairs if pair.score >= least), labels).f1 for least in THRESHOLDS}
    best = [least for least, score in scores.items() if score == max(scores.values())]
    return best[len(best) // 2]


def held_out(rows: Sequence[Row], labels: Sequence[str]) -> list[tuple[float, Quality]]:
    """For each fold, the threshold that the others chose, and how good it is on the fold."""
    folds, told = folds_of(labels), []
    for fold in range(FOLDS):
        inside = [at for at, one in enumerate(folds) if one == fold]
        outside = [at for at, one in enumerate(folds) if one != fold]
        threshold = best_threshold([rows[at] for at in outside], [labels[at] for at in outside])
        told.append((threshold, found_at([rows[at] for at in inside], [labels[at] for at in inside], threshold)))
    return told


def one_line(rows: Sequence[Row]) -> Iterable[tuple[int, int]]:
    """The finder anybody would write first: equal name, or equal phone and house number."""
    ready = [make_ready(row) for row in rows]
    for one, other in combinations(range(len(rows)), 2):
        if _same_text(rows[one].name) == _same_text(rows[other].name) or _phone_and_number(ready[one], ready[other]):
            yield one, other


def _same_text(name: str) -> str:
    return re.sub(r"\W+", " ", name.casefold()).strip()


def _phone_and_number(one: Ready, other: Ready) -> bool:
    return bool({door.low for door in one.doors} & {door.low for door in other.doors}) and bool(set(one.phones[:1]) & set(other.phones[:1]))


def together(parts: Iterable[Quality]) -> Quality:
    """Counts added up."""
    parts = list(parts)
    return Quality(sum(part.right for part in parts), sum(part.found for part in parts), sum(part.true for part in parts))


def rivals(python: str, rows: Sequence[Row], labels: Sequence[str]) -> dict[str, str | Quality]:
    """What the other libraries reach on the same folds, or why they do not."""
    given = [{**_plain(row), "label": label, "fold": fold} for row, label, fold in zip(rows, labels, folds_of(labels), strict=True)]
    command = [python, str(Path(__file__).with_name("duplicate_rivals.py"))]
    done = subprocess.run(command, input=json.dumps({"rows": given}), capture_output=True, text=True, check=False)
    if done.returncode:
        return {"others": done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "no answer"}
    return {name: told if isinstance(told, str) else together(Quality(*counts) for counts in told) for name, told in json.loads(done.stdout).items()}


def _plain(row: Row) -> dict[str, str]:
    """The fields cleaned as well as ours are: words of the name, number and street apart, digits of the phone."""
    ready = make_ready(row)
    door = ready.doors[0] if ready.doors else None
    return {
        "name": " ".join(ready.words),
        "address": f"{door.low} {door.direction} {door.name}" if door else "",
        "number": str(door.low) if door else "",
        "street": door.name if door else "",
        "phone": next(iter(ready.phones), ""),
        "zip": next(iter(ready.postcodes), ""),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 1 where ours is under its floor or under a rival."""
    parser = argparse.ArgumentParser(prog="python -m tests.relevance.duplicates", description=__doc__)
    parser.add_argument("--rivals", metavar="PYTHON", help="a Python that has dedupe and splink")
    asked = parser.parse_args(arguments)
    folder = os.environ.get("HOMEGROUND_TESTS_REAL_DATA")
    if not folder:
        parser.error("HOMEGROUND_TESTS_REAL_DATA does not name the folder of real directories")
    rows, labels = read(Path(folder))
    parts = held_out(rows, labels)
    ours = together(part for _, part in parts)
    lines: list[tuple[str, str | Quality]] = [
        (f"ours, held out in {FOLDS} folds (thresholds {', '.join(str(threshold) for threshold, _ in parts)})", ours),
        *((f"  fold {number}", part) for number, (_, part) in enumerate(parts, 1)),
        ("ours, shipped threshold, whole table", found_at(rows, labels, None)),
        ("one line: equal name, or equal phone and house number", quality(one_line(rows), labels)),
    ]
    others = rivals(asked.rivals, rows, labels) if asked.rivals else {}
    for name, told in (*lines, *((f"{name}, trained on the same folds", told) for name, told in others.items())):
        print(f"{name:<75} {told}", flush=True)
    return int(ours.f1 < max([LEAST_F1, *(told.f1 for told in others.values() if isinstance(told, Quality))]))


if __name__ == "__main__":
    sys.exit(main())
