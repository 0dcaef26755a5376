"""What two libraries say of calls and answers: aiogram's models, and python-telegram-bot's classes.

aiogram's models must take what is given and find no field that they don't know. python-telegram-bot puts whatever it
doesn't know into `api_kwargs`; these must be empty at every level. Every function gives a list of problems.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any
from warnings import catch_warnings, simplefilter

import telegram
from pydantic import BaseModel, TypeAdapter, ValidationError
from telegram.warnings import PTBDeprecationWarning

from tests.botapi import spec


def check_call(method: str, parameters: Mapping[str, Any]) -> list[str]:
    """What aiogram's model of the method finds wrong with a call."""
    values = {name: _file(value) for name, value in spec.decoded(method, parameters).items()}
    try:
        built = _method(method).model_validate(values)
    except ValidationError as error:
        return _worded(error)
    return list(_extras(built, method))


def check_answer(method: str, result: Any) -> list[str]:
    """What both libraries find wrong with the `result` of a method."""
    return [*_aiogram_answer(method, result), *_ptb_answer(method, result)]


def check_update(update: Mapping[str, Any]) -> list[str]:
    """What both libraries find wrong with an update."""
    return check_answer("getUpdates", [update])


def unknown_to_ptb(value: Any, path: str = "") -> Iterator[str]:
    """The paths of all fields that python-telegram-bot parsed into `api_kwargs`."""
    if isinstance(value, telegram.TelegramObject):
        for name in value.api_kwargs:
            yield f"{path}.{name}: unknown to python-telegram-bot"
        for name in _slots(type(value)):
            yield from unknown_to_ptb(getattr(value, name, None), f"{path}.{name.lstrip('_')}")
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from unknown_to_ptb(item, f"{path}[{index}]")


@cache
def _method(name: str) -> Any:
    from aiogram import methods  # five seconds, which whoever only collects tests has not to wait

    return getattr(methods, name[0].upper() + name[1:])


@cache
def _returned(name: str) -> TypeAdapter[Any]:
    return TypeAdapter(_method(name).__returning__)


def _file(value: Any) -> Any:
    """An uploaded file as aiogram has it; the sandbox writes down only its name and size."""
    is_file = isinstance(value, bytes) or (isinstance(value, dict) and "file_size" in value)
    return _no_file() if is_file else value


@cache
def _no_file() -> Any:
    from aiogram.types import BufferedInputFile

    return BufferedInputFile(b"", "file")


def _aiogram_answer(method: str, result: Any) -> list[str]:
    try:
        parsed = _returned(method).validate_python(_renewed(result))
    except ValidationError as error:
        return _worded(error)
    return list(_extras(parsed, ""))


def _worded(error: ValidationError) -> list[str]:
    return [f"{'.'.join(map(str, each['loc']))}: {each['msg']} (aiogram)" for each in error.errors()]


@cache
def _newer() -> dict[frozenset[str], dict[str, bool]]:
    """What aiogram, where it knows a newer Bot API than api.json, wants in objects that have all these fields."""
    from aiogram import types

    found = {}
    for name in spec.TYPES:
        known = {field.name for field in spec.fields_of(name)}
        fields = getattr(getattr(types, name, None), "model_fields", {})
        wanted = {
            key: False for key, field in fields.items() if field.is_required() and (field.alias or key) not in known
        }
        if known and wanted:
            found[frozenset(field.name for field in spec.fields_of(name) if field.required)] = wanted
    return found


def _renewed(value: Any) -> Any:
    """A value with what a newer Bot API would have in it."""
    if isinstance(value, list):
        return [_renewed(item) for item in value]
    if not isinstance(value, dict):
        return value
    inner = {name: _renewed(item) for name, item in value.items()}
    for required, wanted in _newer().items():
        inner |= wanted if required <= inner.keys() else {}
    return inner


def _extras(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, BaseModel):
        for name in value.model_extra or ():
            yield f"{path}.{name}: unknown to aiogram"
        for name in type(value).model_fields:
            yield from _extras(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from _extras(item, f"{path}[{index}]")


def _ptb_answer(method: str, result: Any) -> list[str]:
    returned = spec.METHODS[method]["returns"][0].removeprefix(spec.ARRAY)
    kind = getattr(telegram, returned, None)
    if kind is None or not isinstance(result, (dict, list)):
        return []
    items = result if isinstance(result, list) else [result]
    with catch_warnings():
        simplefilter("ignore", PTBDeprecationWarning)  # it warns of its own use of its own attributes
        try:
            parsed = [kind.de_json(item, None) for item in items]
        except Exception as error:
            return [f"{error!r} (python-telegram-bot)"]
    return list(unknown_to_ptb(parsed if isinstance(result, list) else parsed[0]))


@cache
def _slots(kind: type) -> tuple[str, ...]:
    return tuple(name for base in kind.__mro__ for name in getattr(base, "__slots__", ()) if name not in SKIPPED)


SKIPPED = frozenset({"_bot", "api_kwargs", "_frozen", "_id_attrs", "__dict__"})
