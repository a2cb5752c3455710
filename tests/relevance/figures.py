"""What one measurement says, and the section of the report it stands in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number with the bound it must keep. ``least`` or ``most`` is None where there is none; ``beside`` holds the same number for simple baselines."""

    name: str
    value: float
    least: float | None = None
    most: float | None = None
    beside: Mapping[str, float] = field(default_factory=dict)
    note: str = ""
    decimals: int = 3

    @property
    def holds(self) -> bool:
        """True when the number keeps its bounds."""
        return (self.least is None or self.value >= self.least) and (self.most is None or self.value <= self.most)


Section = Callable[[], Sequence[Figure]]
"""A part of the report: measures, and gives its figures. Its docstring's first line is the heading."""
