"""What contradicts the Bot API, as api.json describes it. Every function gives a list of problems, empty for none."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

API = json.loads((Path(__file__).parent / "api.json").read_text(encoding="utf-8"))
METHODS: dict[str, Any] = API["methods"]
TYPES: dict[str, Any] = API["types"]

ARRAY = "Array of "
SAFE = 2**53

CLOSED = re.compile(
    "type|status|source|state|style|v?align|point|(chat|transaction)_type|(sticker_)?(type|format)|result|reason|"
    "origin|rarity|emoji"
)
"""Names of fields whose description quotes all the words that they may hold."""

QUOTED = re.compile(r"[\"“]([^\"”\s]+)[\"”]")
ONLY = re.compile(r'For "([a-z_]+)" only')
PARSING = re.compile("after entit(y|ies) parsing")
MUST_BE = re.compile(r"must be ([a-z0-9_]+)$")
SIZES = {
    "String": re.compile(r"(\d+)-(\d+) (characters|bytes)"),
    "Array": re.compile(r"(?:[Ll]ist of|must include) (\d+)-(\d+) (?!characters|bytes)"),
    "Integer": re.compile(r"[Vv]alues between (\d+)-(\d+) are accepted"),
}


@dataclass(frozen=True, slots=True)
class Size:
    """How long or large a value may be, and what is counted."""

    low: int
    high: int
    unit: str
    before_parsing: bool
    """Whether the limit holds for the text as it is sent; otherwise for what is left of it after parsing."""


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter of a method, or a field of a type."""

    name: str
    types: tuple[str, ...]
    required: bool
    words: frozenset[str]
    size: Size | None
    only: frozenset[str]
    """The values of `type` beside which it may stand; empty for any."""


CHOICES: dict[str, frozenset[str]] = {
    "Update": frozenset({"update_id"}),
    "InlineKeyboardButton": frozenset({"text", "icon_custom_emoji_id", "style"}),
}
"""Types of which exactly one field is there besides these."""


def check_call(method: str, parameters: Mapping[str, Any]) -> list[str]:
    """What is wrong with a call, its parameters given as Python values or as a form has them (JSON in strings)."""
    if method not in METHODS:
        return [f"{method}: no such method"]
    return list(_members(parameters_of(method), decoded(method, parameters), ""))


def decoded(method: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """A call's parameters as Python values; files that others of them name (attach://…) left out."""
    known = {field.name: field.types for field in parameters_of(method)}
    written = json.dumps(parameters, default=str, ensure_ascii=False)
    attached = set(re.findall(r"attach://([^\"\\]+)", written)) - known.keys()
    return {
        name: _decoded(known.get(name, ("String",)), value)
        for name, value in parameters.items()
        if name not in attached
    }


def check_object(type_name: str, value: Any) -> list[str]:
    """What is wrong with an object as the server sends it."""
    return list(_value((type_name,), value, ""))


def check_answer(method: str, result: Any) -> list[str]:
    """What is wrong with the `result` of a method."""
    return list(_value(tuple(METHODS[method]["returns"]), result, ""))


@cache
def fields_of(type_name: str) -> tuple[Field, ...]:
    """A type's fields; none for a union."""
    return _fields("types", type_name)


@cache
def variants(types: tuple[str, ...]) -> tuple[str, ...]:
    """The types themselves, for unions those that they stand for."""
    found: list[str] = []
    for name in types:
        subtypes = TYPES.get(name, {}).get("subtypes")
        found += variants(tuple(subtypes)) if subtypes else [name]
    return tuple(dict.fromkeys(found))


def parameters_of(method: str) -> tuple[Field, ...]:
    """A method's parameters."""
    return _fields("methods", method)


@cache
def _fields(kind: str, name: str) -> tuple[Field, ...]:
    return tuple(
        Field(
            name=field["name"],
            types=tuple(field["types"]),
            required=field["required"],
            words=_words(field),
            size=_size(field),
            only=frozenset(ONLY.findall(field["description"])),
        )
        for field in API[kind][name].get("fields", ())
    )


def _words(field: Mapping[str, Any]) -> frozenset[str]:
    if field["types"] != ["String"] or not CLOSED.fullmatch(field["name"]):
        return frozenset()
    return frozenset(QUOTED.findall(field["description"]) or MUST_BE.findall(field["description"]))


def _size(field: Mapping[str, Any]) -> Size | None:
    kind = "Array" if field["types"][0].startswith(ARRAY) else field["types"][0]
    found = SIZES[kind].search(field["description"]) if kind in SIZES else None
    if not found:
        return None
    unit = found[3] if kind == "String" else {"Array": "items", "Integer": ""}[kind]
    return Size(int(found[1]), int(found[2]), unit, not PARSING.search(field["description"]))


def _decoded(types: tuple[str, ...], value: Any) -> Any:
    """A form's string as the value that it stands for."""
    if not isinstance(value, str) or {"String", "InputFile"} & set(types):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _members(fields: Sequence[Field], given: Mapping[str, Any], path: str) -> Iterator[str]:
    known = {field.name: field for field in fields}
    marked_up = any(name.endswith("parse_mode") and mode for name, mode in given.items())
    for name in given.keys() - known.keys():
        yield f"{path}{name}: unknown"
    for name, field in known.items():
        if name not in given:
            if field.required:
                yield f"{path}{name}: missing"
            continue
        yield from _value(field.types, given[name], f"{path}{name}")
        yield from _limits(field, given[name], f"{path}{name}", marked_up=marked_up)
        if field.only and given.get("type") not in field.only:
            yield f"{path}{name}: not beside type {given.get('type')!r}"


def _limits(field: Field, value: Any, path: str, *, marked_up: bool) -> Iterator[str]:
    if field.words and isinstance(value, str) and value not in field.words:
        yield f"{path}: {value!r} is none of {', '.join(sorted(field.words))}"
    size = field.size
    if size is None or not isinstance(value, (str, list, int)):
        return
    amount = _amount(value, size.unit)
    high = size.high if size.before_parsing or not marked_up else amount
    if not size.low <= amount <= high:
        yield f"{path}: has {f'{amount} {size.unit}'.strip()}, not {size.low} to {size.high}"


def _amount(value: Any, unit: str) -> int:
    if isinstance(value, int):
        return value
    return len(value.encode()) if unit == "bytes" else len(value)


def _value(types: tuple[str, ...], value: Any, path: str) -> Iterator[str]:
    kinds = variants(types)
    if isinstance(value, list):
        inner = tuple(kind.removeprefix(ARRAY) for kind in kinds if kind.startswith(ARRAY))
        if not inner:
            yield _mismatch(types, value, path)
            return
        for index, item in enumerate(value):
            yield from _value(inner, item, f"{path}[{index}]")
    elif isinstance(value, dict) and "InputFile" not in kinds:
        yield from _object([kind for kind in kinds if kind in TYPES], types, value, path)
    elif not any(_is(kind, value) for kind in kinds):
        yield _mismatch(types, value, path)


def _is(kind: str, value: Any) -> bool:
    match kind:
        case "Boolean":
            return isinstance(value, bool)
        case "Integer":
            return isinstance(value, int) and not isinstance(value, bool) and abs(value) < SAFE
        case "Float":
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        case "String":
            return isinstance(value, str)
        case "InputFile":
            return isinstance(value, (bytes, dict)) or (isinstance(value, str) and value != "")
        case _:
            return False


def _mismatch(types: tuple[str, ...], value: Any, path: str) -> str:
    shown = repr(value)
    return f"{path or 'value'}: {shown[:60]} is no {' or '.join(types)}"


def _object(names: list[str], types: tuple[str, ...], value: dict[str, Any], path: str) -> Iterator[str]:
    """Problems of an object as that one of the named types which its discriminators name, or which it fits best."""
    if not names:
        yield _mismatch(types, value, path)
        return
    prefix = f"{path}." if path else ""
    told = [name for name in names if _told(name, value)] or names
    yield from min(([*_members(fields_of(name), value, prefix), *_choice(name, value, path)] for name in told), key=len)


def _choice(name: str, value: Mapping[str, Any], path: str) -> Iterator[str]:
    besides = CHOICES.get(name)
    if besides is not None and len(value.keys() - besides) != 1:
        yield f"{path or name}: has {sorted(value.keys() - besides)}, not exactly one of its kinds"


def _told(name: str, value: Mapping[str, Any]) -> bool:
    """Whether an object says of itself that it is of this type."""
    return all(value.get(field.name) in field.words for field in fields_of(name) if len(field.words) == 1)
