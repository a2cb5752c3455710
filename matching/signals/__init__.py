"""The signals by name, in the order in which they are summed: one file each, all of one shape."""

from __future__ import annotations

from typing import Final

from matching.signals import (
    access,
    belonging,
    cost,
    focus,
    format,
    give,
    group,
    helped_before,
    interests,
    languages,
    newness,
    reach,
    social,
    strengths,
    times,
)
from matching.signals.base import Because, Measured, Signal
from matching.values import SignalName

SIGNALS: Final[dict[SignalName, Signal]] = {
    "strengths": strengths.SIGNAL,
    "reach": reach.SIGNAL,
    "language": languages.SIGNAL,
    "belonging": belonging.SIGNAL,
    "times": times.SIGNAL,
    "helped_before": helped_before.SIGNAL,
    "interests": interests.SIGNAL,
    "cost": cost.SIGNAL,
    "access": access.SIGNAL,
    "format": format.SIGNAL,
    "give": give.SIGNAL,
    "newness": newness.SIGNAL,
    "social": social.SIGNAL,
    "group": group.SIGNAL,
    "focus": focus.SIGNAL,
}

__all__ = ["SIGNALS", "Because", "Measured", "Signal"]
