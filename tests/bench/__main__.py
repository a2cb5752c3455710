"""`python -m tests.bench WHAT` (`--help` lists what there is): benchmarks, run by hand. They report and judge nothing."""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")   # before numpy is loaded: one thread for everybody

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from matching import Index
from seeds.invent import TODAY
from tests.bench.answers import compare_with_oracle
from tests.bench.bandwidth import bandwidth
from tests.bench.data import listings, vocabulary
from tests.bench.duplicates import duplicates
from tests.bench.edits import edits
from tests.bench.engines.available import engines
from tests.bench.engines.ours import AT
from tests.bench.http import http
from tests.bench.memory import memory
from tests.bench.pairs import pairs
from tests.bench.queries import COUNT, VARIANTS, Variant, inquiries
from tests.bench.renewing import renewing
from tests.bench.rows import rows
from tests.bench.scan import differing
from tests.bench.search import search
from tests.bench.seen import seen
from tests.bench.sign_in import sign_in

SHORT_VARIANTS: tuple[Variant, ...] = ("near text", "near", "country text", "country")
SHORT = ("homeground", "homeground all", "sqlite", "tantivy", "postgis")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what was asked for; the folder is kept when it is named, so that the next run finds what was built."""
    asked = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="hg-bench-", dir="/tmp", ignore_cleanup_errors=True) as scratch:  # a socket's path must be short
        asked.folder = asked.folder or Path(scratch)
        asked.folder.mkdir(parents=True, exist_ok=True)
        began = monotonic()
        asked.run(asked)
        print(f"\n{monotonic() - began:.0f} s")
    return 0


def _short(asked: argparse.Namespace) -> None:
    """What the gate prints: a small directory, few questions."""
    names = [name for name in engines() if name in SHORT]
    search([10_000], names, asked.folder, questions=20, passes=2, checked=10, variants=SHORT_VARIANTS)
    bandwidth(10_000)


def _search(asked: argparse.Namespace) -> None:
    search(
        asked.count or [10_000, 100_000], asked.engine or list(engines()), asked.folder, questions=asked.questions, passes=asked.passes,
        checked=asked.checked, variants=asked.variant or VARIANTS,
    )  # fmt: skip


def _answers(asked: argparse.Namespace) -> None:
    wrong, whole = compare_with_oracle(asked.questions)
    print(f"{wrong} of {whole} first pages differ from the slow ranking")


def _scan(asked: argparse.Namespace) -> None:
    for count in asked.count or (10_000,):
        questions = [one for variant in VARIANTS for one in inquiries(variant, asked.questions)]
        index = Index.build(listings(count), vocabulary(), on=TODAY)
        print(f"{count:,} listings: {differing(index, questions, at=AT)} of {len(questions):,} questions are answered otherwise than by a scan of every row")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Benchmarks on invented listings, in rotation with other engines.")
    parser.add_argument("--folder", type=Path, help="where engines keep what they build (default: a folder that is removed again)")
    parts = parser.add_subparsers(required=True, metavar="WHAT")
    parts.add_parser("short", help="a small run of everything, under 40 seconds").set_defaults(run=_short)
    one = parts.add_parser("search", help="searches, in rotation")
    one.add_argument("--count", type=int, action="append", help="listings (again for more; default 10,000 and 100,000)")
    one.add_argument("--engine", choices=list(engines()), action="append", help="default: all that can be measured here")
    one.add_argument("--variant", choices=VARIANTS, action="append", help="default: all")
    one.add_argument("--questions", type=int, default=COUNT)
    one.add_argument("--passes", type=int, default=5)
    one.add_argument("--checked", type=int, default=60, help="questions whose sets are compared afterwards")
    one.set_defaults(run=_search)
    one = parts.add_parser("answers", help="ours against the slow ranking")
    one.add_argument("--questions", type=int, default=10, help="of each variant")
    one.set_defaults(run=_answers)
    one = parts.add_parser("scan", help="ours against a scan of every row, by the same formula")
    one.add_argument("--count", type=int, action="append", help="listings (again for more; default 10,000)")
    one.add_argument("--questions", type=int, default=330, help="of each of the six variants")
    one.set_defaults(run=_scan)
    one = parts.add_parser("memory", help="what one and two processes hold with our index open, and how soon they are ready")
    one.add_argument("--count", type=int, default=100_000)
    one.set_defaults(run=lambda a: memory(a.count, a.folder))
    one = parts.add_parser("bandwidth", help="what memory allows for the whole country without text")
    one.add_argument("--count", type=int, default=1_000_000)
    one.set_defaults(run=lambda a: bandwidth(a.count))
    one = parts.add_parser("http", help="pages and API, end to end")
    one.add_argument("--count", type=int, default=10_000, help="invented records to import, where no data folder is named")
    one.add_argument("--data-dir", type=Path, help="a data folder of Homeground that is there already")
    one.add_argument("--seconds", type=int, default=5)
    one.set_defaults(run=lambda a: http(a.count, a.folder, data_dir=a.data_dir, seconds=a.seconds))
    one = parts.add_parser("rows", help="from the rows of a database to an index, step by step")
    one.add_argument("--count", type=int, default=10_000, help="invented records to import, where no data folder is named")
    one.add_argument("--data-dir", type=Path, help="a data folder of Homeground that is there already, with a SQLite database")
    one.add_argument("--passes", type=int, default=3)
    one.set_defaults(run=lambda a: rows(a.count, a.folder, data_dir=a.data_dir, passes=a.passes))
    one = parts.add_parser("renewing", help="searches while the whole index is made anew from the rows of a database")
    one.add_argument("--count", type=int, default=10_000, help="invented records to import, where no data folder is named")
    one.add_argument("--data-dir", type=Path, help="a data folder of Homeground that is there already, with a SQLite database")
    one.set_defaults(run=lambda a: renewing(a.count, a.folder, data_dir=a.data_dir))
    one = parts.add_parser("edits", help="searches beside a thousand edits a second")
    one.add_argument("--count", type=int, default=100_000)
    one.add_argument("--a-second", type=int, default=1000)
    one.add_argument("--seconds", type=int, default=60)
    one.set_defaults(run=lambda a: edits(a.count, a.folder, a_second=a.a_second, seconds=a.seconds))
    one = parts.add_parser("seen", help="how soon an edit is in the searches of another process, on both engines")
    one.add_argument("--rounds", type=int, default=4, help="of six edits each")
    one.add_argument("--count", type=int, default=0, help="invented listings beside the small town")
    one.set_defaults(run=lambda a: seen(a.folder, a.rounds, a.count))
    one = parts.add_parser("sign-in", help="whether signing in tells by its time if there is an account")
    one.add_argument("--tries", type=int, default=200, help="for an address that is known, and as many for one that is not")
    one.set_defaults(run=lambda a: sign_in(a.folder, a.tries))
    one = parts.add_parser("duplicates", help="finding planted duplicates, and asking about one entry")
    one.add_argument("--count", type=int, action="append", help="listings (again for more; default 25,000 and 100,000)")
    one.set_defaults(run=lambda a: duplicates(a.count or [25_000, 100_000]))
    one = parts.add_parser("pairs", help="a round of peer support, beside the library `matching` in an interpreter of its own")
    one.add_argument("--seekers", type=int, default=5_000)
    one.add_argument("--supporters", type=int, default=1_500)
    one.add_argument("--passes", type=int, default=3)
    one.add_argument("--other", default="", metavar="PYTHON", help="an interpreter that has the library (it cannot be installed beside ours)")
    one.set_defaults(run=lambda a: pairs(a.folder, a.seekers, a.supporters, a.passes, a.other))
    return parser


if __name__ == "__main__":
    sys.exit(main())
