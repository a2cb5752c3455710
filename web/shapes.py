"""Every shape that JSON is read into is made known before the first thread that reads one."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.json import Decoder

SIGNATURE = "_signature_model"
_known: set[type[Struct]] = set()


def know_shapes() -> None:
    """Have what msgspec works out of a class when it first reads one (some 0.2 s for all of ours).

    Two threads that read the first one of a shape at once end the process (msgspec 0.22, a segmentation fault): the second finds what the first has only
    begun. So no shape may be new to a thread. Calling it again costs only what was added since. What the framework makes of a handler's parameters is
    read by the thread of its loop alone, and left out.
    """
    for shape in {shape for shape in _below(Struct) if not shape.__name__.endswith(SIGNATURE)} - _known:
        _known.add(shape)
        try:
            Decoder(shape)
        except TypeError:   # one that cannot be read from JSON at all, and is only written
            continue


def _below(shape: type[Struct]) -> Iterator[type[Struct]]:
    for narrower in shape.__subclasses__():
        yield narrower
        yield from _below(narrower)
