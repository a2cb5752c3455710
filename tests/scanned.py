"""A phone that looks at a picture: squares of an SVG, or the greys of a photo, read by a decoder that is not ours."""

from __future__ import annotations

import re

import numpy as np
import zxingcpp

SQUARE = 4
"""Dots to a square: what a small camera makes of it."""
Greys = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]


def scanned(page: str) -> str:
    """What the picture in a page says."""
    return seen(_drawn(page))


def side_of(page: str) -> int:
    """The squares of a side, with the quiet ones around."""
    return int(re.findall(r'viewBox="0 0 (\d+) \1" class="qr"', page)[0])


def seen(greys: Greys) -> str:
    """The one code that is in a picture of greys; empty where none is seen."""
    found = zxingcpp.read_barcodes(greys)
    assert len(found) <= 1
    return found[0].text if found else ""


def _drawn(page: str) -> Greys:
    side = side_of(page)
    squares = np.full((side, side), 255, np.uint8)
    across, down = 0.0, 0.0
    for verb, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", re.findall(r'class="qrline"[^>]* d="([^"]*)"', page)[0]):
        if verb == "h":
            squares[int(down), int(across) : int(across + float(first))] = 0
            across += float(first)
        else:
            across, down = (float(first), float(second)) if verb == "M" else (across + float(first), down + float(second))
    return squares.repeat(SQUARE, axis=0).repeat(SQUARE, axis=1)
