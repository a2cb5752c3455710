"""What having so much in common is worth, by how much it is: in thousandths times the weight of the wish, always whole."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.pairing import weights as w

Table = NDArray[np.float32]


def worth(counts: Table, table: Table) -> Table:
    """Each count looked up; beyond the end of a table more adds nothing."""
    return np.take(table, counts.astype(np.int16), mode="clip")


def _several(weight: int, care: float, whole: int) -> Table:
    return np.array([weight * round(whole * (1 - (1 - care) ** count)) for count in range(64)], dtype=np.float32)


ABOUT: Final = _several(w.ABOUT, w.ABOUT_CARE, w.WHOLE)
"""What neither said in common is no, where the other said something: what one can be there for is an answer. That nothing was said is told apart elsewhere."""
INTERESTS: Final = _several(w.INTERESTS, w.LIKING_CARE, w.WHOLE - w.UNKNOWN)
"""Interests and strengths only add to not knowing: to have named some is not to have none beside them."""
HOPES: Final = _several(w.HOPES, w.LIKING_CARE, w.WHOLE - w.UNKNOWN)
HOURS: Final = np.array([0, *(w.HOURS * min(w.WHOLE, w.HOURS_LEAST + w.HOURS_EACH * more) for more in range(16))], dtype=np.float32)
WAYS: Final = np.array([w.WAYS * share for share in w.WAYS_BY_COUNT], dtype=np.float32)
