"""What a child process tells: items of known dataclasses as JSON, checked for their types when they are read.

JSON and not pickle: reading it runs no code, whatever a child that was taken over may write.
"""

import json
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, TypeAlias

LINE = 100_000  # bytes at which a line has items enough
Decode: TypeAlias = Callable[[Any], Any]
LATE_NAMES = {"date": date, "datetime": datetime, "Mapping": Mapping, "Sequence": Sequence}  # imported for types only


class Garbled(ValueError):  # noqa: N818 - named for what was found
    """A line that is not what a reader tells."""


def lines(items: Iterable[object]) -> Iterator[bytes]:
    """Lines with some items each, so short that the parent reads one without a pause."""
    told: list[bytes] = []
    size = 0
    for item in items:
        told.append(_encode(item))
        size += len(told[-1])
        if size >= LINE:
            yield _line(told)
            told, size = [], 0
    if told:
        yield _line(told)


def _line(told: Sequence[bytes]) -> bytes:
    return b"[" + b",".join(told) + b"]\n"


def _encode(item: object) -> bytes:
    told = [type(item).__name__, _plain(item)]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | frozenset | set):
        return [_plain(one) for one in value]
    return [_plain(getattr(value, field.name)) for field in fields(value)]


def decoder(kinds: Sequence[type]) -> Callable[[bytes], list[object]]:
    """A function that reads a line of items of these dataclasses. It raises Garbled."""
    decoders = {kind.__name__: _dataclass(kind) for kind in kinds}

    def decode(line: bytes) -> list[object]:
        try:
            return [decoders[name](value) for name, value in _list(json.loads(line))]
        except (ValueError, TypeError, LookupError, RecursionError) as error:
            raise Garbled(type(error).__name__) from error

    return decode


def _dataclass(kind: Any) -> Decode:
    hints = typing.get_type_hints(kind, localns=LATE_NAMES)
    decoders = [_decoder(hints[field.name]) for field in fields(kind)]
    return lambda value: kind(*(decode(one) for decode, one in zip(decoders, _list(value), strict=True)))


def _decoder(hint: Any) -> Decode:
    """A function that reads a value of this type. It raises ValueError or TypeError."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return _optional(hint, inner)
    if origin is not None and issubclass(origin, Mapping):
        of = _decoder(inner[1])
        return lambda value: {_text(key): of(one) for key, one in _dict(value).items()}
    if origin is not None:
        of, made = _decoder(inner[0]), list if origin is Sequence else origin
        return lambda value: made(of(one) for one in _list(value))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    return SCALARS.get(hint) or _dataclass(hint)


def _optional(hint: Any, inner: Sequence[Any]) -> Decode:
    (kind,) = (one for one in inner if one is not types.NoneType)  # other unions cannot be told apart
    decode = _decoder(kind)
    return lambda value: None if value is None else decode(value)


def _exactly(kind: type) -> Decode:
    def check(value: Any) -> Any:
        if type(value) is not kind:
            raise TypeError
        return value

    return check


def _text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError
    if not value.isascii():
        value.encode()  # half of a surrogate pair can neither be stored nor sent
    return value


def _decimal(value: Any) -> Decimal:
    try:
        return Decimal(_text(value))
    except InvalidOperation as error:
        raise ValueError from error


_list: Callable[[Any], list[Any]] = _exactly(list)
_dict: Callable[[Any], dict[Any, Any]] = _exactly(dict)
SCALARS: Mapping[Any, Decode] = {
    str: _text,
    int: _exactly(int),
    bool: _exactly(bool),
    Decimal: _decimal,
    date: lambda value: date.fromisoformat(_text(value)),
    datetime: lambda value: datetime.fromisoformat(_text(value)),
}
