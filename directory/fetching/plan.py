"""How sources are fetched in one installation: what the operator chose."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from directory.fetching.fetch import Limits


class Fetching(Struct, frozen=True, kw_only=True):
    """The folder that files of sources may lie in, whether the web may be asked, and within which limits."""

    folder: Path
    web: bool = False
    limits: Limits = Limits()
