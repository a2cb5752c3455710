"""`python -m seeds vocabularies|demo --database URL --key FILE`: load what we ship into a database whose tables are there."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from directory.errors import DirectoryError
from directory.migrations import upgrade
from directory.sealing import Sealer, key_file
from directory.storage import Storage
from seeds import load


def main(arguments: Sequence[str] | None = None) -> int:
    """Load, say in one line what changed, and give the exit code: 0 done, 1 not done."""
    asked = _parser().parse_args(arguments)
    try:
        print(_load(asked))
    except DirectoryError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m seeds", description="Load our vocabularies, or the demonstration place, into a database.")
    parser.add_argument("what", choices=("vocabularies", "demo"), help="what to load; demo loads the vocabularies first")
    parser.add_argument("--database", required=True, metavar="URL", help="sqlite:///FILE or postgresql://...")
    parser.add_argument("--key", type=Path, required=True, metavar="FILE", help="the file with the key that seals private places; made if missing")
    return parser


def _load(asked: argparse.Namespace) -> str:
    storage, at = Storage(asked.database), datetime.now(UTC)
    try:
        upgrade(storage)
        changed = load.vocabularies(storage, at=at)
        if asked.what == "vocabularies":
            return f"Vocabularies: {changed} rows changed."
        report = load.demo(storage, sealer=Sealer.of(key_file(asked.key)), at=at)
        return report.to_text()
    finally:
        storage.close()


if __name__ == "__main__":
    raise SystemExit(main())
