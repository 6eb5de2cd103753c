"""Records of this package as JSON-ready lists and back: `unpack(Claim, pack(claim)) == claim`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints


def pack(value: Any) -> Any:
    """A record as the list of its packed fields, an enum by its value, tuples as lists."""
    if is_dataclass(value):
        return [pack(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, Enum):
        return value.value
    return [pack(inner) for inner in value] if isinstance(value, tuple) else value


def unpack(kind: Any, raw: Any) -> Any:
    """The record of a kind that was packed so."""
    return _maker(kind)(raw)


def unpack_field(kind: Any, field: str, raw: Any) -> Any:
    """One field of a record of a kind that was packed so."""
    place, make = _fields_of(kind)[field]
    return make(raw[place])


@cache
def _fields_of(kind: Any) -> dict[str, tuple[int, Callable[[Any], Any]]]:
    """For each field of a record its place, and what makes its value out of JSON."""
    hints = get_type_hints(kind)
    return {field.name: (place, _maker(hints[field.name])) for place, field in enumerate(fields(kind))}


@cache
def _maker(kind: Any) -> Callable[[Any], Any]:
    """What makes a value of a kind out of JSON."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        made = _maker(next(k for k in inside if k is not type(None)))
        return lambda raw: None if raw is None else made(raw)
    if origin is tuple:
        return _maker_of_tuples(inside)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        parts = [(field.name, _maker(hints[field.name])) for field in fields(kind)]
        build = cast(Callable[..., Any], kind)
        return lambda raw: build(**{name: part(value) for (name, part), value in zip(parts, raw, strict=True)})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    return lambda raw: raw


def _maker_of_tuples(inside: tuple[Any, ...]) -> Callable[[Any], Any]:
    if inside[1:] == (Ellipsis,):
        each = _maker(inside[0])
        return lambda raw: tuple(map(each, raw))
    makers = [_maker(part) for part in inside]
    return lambda raw: tuple(part(value) for part, value in zip(makers, raw, strict=True))
