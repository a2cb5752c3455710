"""What an object works out when it is first asked for it, and keeps."""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")


class lazy(Generic[T]):  # used like ``property``
    """A property that is worked out once for each object.

    As ``functools.cached_property``, whose lock is one for all objects of a class before Python 3.12: there a search of the whole country kept every
    search of a town waiting. Two threads that ask one object at once may both work it out; what comes of it is the same.
    """

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, one: None, owner: type) -> Self: ...
    @overload
    def __get__(self, one: object, owner: type) -> T: ...
    def __get__(self, one: object | None, owner: type) -> Self | T:
        return self if one is None else self._of(one)

    def _of(self, one: object) -> T:
        found = one.__dict__[self._name] = self._make(one)
        return found


class once(lazy[T]):
    """The same for what takes seconds: who asks an object meanwhile waits for the first, rather than to work it out beside it and take its time away."""

    def _of(self, one: object) -> T:
        with one.__dict__.setdefault(f"{self._name} (lock)", RLock()):
            found: T = one.__dict__[self._name] if self._name in one.__dict__ else super()._of(one)
            return found
