"""The kinds of numpy array that matching passes around, and what a choice of rows may be."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Judged = tuple[Bools, Bools]
"""For each row: known not to be so, and not known."""
Bits = npt.NDArray[np.uint64]
Rows = slice | Ints
"""Which rows of the index: a slice (no copy) or row numbers. Everything that judges or measures takes one, so that a caller can narrow first."""
EVERY_ROW: slice = slice(None)
