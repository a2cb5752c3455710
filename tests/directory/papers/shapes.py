"""Values of any msgspec shape for properties: every field, every limit, drawn from the shape itself, so that a new field is tested at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st
from msgspec import inspect

LETTERS = st.characters(exclude_categories=("Cs",), exclude_characters="\x00")


def values_of(shape: Any) -> st.SearchStrategy[Any]:
    """Any value that ``shape`` holds, small ones first."""
    return _of(shape if isinstance(shape, inspect.Type) else inspect.type_info(shape))


def _of(info: inspect.Type) -> st.SearchStrategy[Any]:
    if isinstance(info, inspect.Metadata):
        return _of(info.type)
    if isinstance(info, inspect.StructType):
        fields = {field.name: _of(field.type) for field in info.fields}
        needed = {name: value for name, value in fields.items() if next(one for one in info.fields if one.name == name).required}
        spare = {name: value for name, value in fields.items() if name not in needed}
        return st.fixed_dictionaries(needed, optional=spare).map(lambda given: info.cls(**given))
    if isinstance(info, inspect.UnionType):
        return st.one_of([_of(one) for one in info.types])
    if isinstance(info, inspect.StrType):
        return st.from_regex(info.pattern) if info.pattern else st.text(LETTERS, max_size=min(info.max_length or 20, 20))
    if isinstance(info, inspect.IntType):
        return st.integers(info.ge if info.ge is not None else -1000, info.le if info.le is not None else 1000)
    if isinstance(info, inspect.FloatType):
        low, high = (info.ge if info.ge is not None else info.gt), info.le
        return st.floats(low, high, exclude_min=info.gt is not None, allow_nan=False, allow_infinity=False)
    if isinstance(info, inspect.LiteralType):
        return st.sampled_from(info.values)
    if isinstance(info, inspect.VarTupleType):
        return st.lists(_of(info.item_type), max_size=3).map(tuple)
    if isinstance(info, inspect.FrozenSetType):
        return st.frozensets(_of(info.item_type), max_size=3)
    if isinstance(info, inspect.DictType):
        return st.dictionaries(_of(info.key_type), _of(info.value_type), max_size=3)
    return PLAIN[type(info)]


PLAIN: dict[type[inspect.Type], st.SearchStrategy[Any]] = {
    inspect.BoolType: st.booleans(),
    inspect.NoneType: st.none(),
    inspect.DateType: st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)),
}
