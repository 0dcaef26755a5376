"""Updates made from api.json: every kind, every type, optional fields in or out, and texts that mean no good.

    @given(updates())
    def test_…(update): …

What comes out is right by the spec but seldom sensible: a message may have a text and a photo at once. So it is for
showing that nothing raises and nothing is lost, not for showing what is answered.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from hypothesis import strategies as st

from sandbox.markup import detect
from tests.botapi import spec

Json = dict[str, Any]

KINDS = tuple(field.name for field in spec.fields_of("Update") if not field.required)
DEPTH = 3
OPTIONAL_AT_ONCE = 3
LAST_ID = 2**52 - 1
LAST_NUMBER = 2**31 - 1
MAX_TEXT_CHARS = 4096

COMMANDS = ("start", "help", "task", "tasks", "done", "survey", "study", "points", "rank", "suggest", "nonsense")
ARGUMENTS = (
    "",
    " ",
    " 1",
    " -1",
    " 99999999999999999999",
    " ٣",
    " @wangfang 明天18:00前 整理 <实验室>",
    " @wangfang",
    " 题目 | 甲 | 乙",
    " |||",
    "\n第二行\n\n",
    " <b>&amp;</b> {{ 7 * 7 }} %s",
)
EVIL = (
    "",
    " ",
    "\n\n",
    "<>&\"'",
    "<b>unclosed",
    "&lt;script&gt;",
    "😀" * 9,
    "👨‍👩‍👧‍👦",
    "\u202eright to left\u202c",
    "\u200fمرحبا",
    "\u200b",
    "e\u0301" * 9,
    "党" * MAX_TEXT_CHARS,
    "😀" * (MAX_TEXT_CHARS // 2),
    "a\x00b\x07c",
    "/",
    "//",
    "@",
    "#精益 $USD http://example.org，a@b.cn",
    "'; DROP TABLE tasks; --",
    "1|2|3|4|5|6|7|8|9|10|11|12|13",
)
PREFERRED: Mapping[str, tuple[str, ...]] = {
    "Message": ("from", "text"),
    "CallbackQuery": ("message", "data"),
    "Chat": ("title",),
}
"""Optional fields without which an object of that type hardly ever comes; they are there every other time."""


def updates(kinds: Sequence[str] = KINDS, commands: Sequence[str] = COMMANDS) -> st.SearchStrategy[Json]:
    """Any update of those kinds; messages are often one of those commands."""
    return st.sampled_from(kinds).flatmap(lambda kind: update_of(kind, tuple(commands)))


def update_of(kind: str, commands: tuple[str, ...] = COMMANDS) -> st.SearchStrategy[Json]:
    """Updates of one kind."""
    field = next(field for field in spec.fields_of("Update") if field.name == kind)
    content = objects(field.types[0])
    if field.types == ("Message",):
        content = content | st.builds(_with_text, content, texts(commands))
    return st.fixed_dictionaries({"update_id": st.integers(1, LAST_NUMBER), kind: content})


def texts(commands: Sequence[str] = COMMANDS) -> st.SearchStrategy[str]:
    """What people may write, from commands to mischief."""
    command = st.sampled_from(commands)
    at = st.sampled_from(("", "@jingyi_bot", "@other_bot", "@"))
    arguments = st.sampled_from(ARGUMENTS) | st.text(max_size=20).map(" {}".format)
    return st.builds("/{}{}{}".format, command, at, arguments) | st.sampled_from(EVIL) | st.text(max_size=40)


@cache
def objects(type_name: str, depth: int = DEPTH) -> st.SearchStrategy[Any]:
    """Objects of a type, or of one of those for which a union stands, nested no deeper than `depth`."""
    names = [name for name in spec.variants((type_name,)) if name in spec.TYPES]
    return st.one_of([_object(name, depth) for name in names])


def _with_text(message: Json, text: str) -> Json:
    """A message with another text, its entities as Telegram would find them."""
    rest = {name: value for name, value in message.items() if name != "entities"}
    found = detect(text)
    return {**rest, "text": text} | ({"entities": found} if found else {})


def _object(name: str, depth: int) -> st.SearchStrategy[Json]:
    fields = {field.name: field for field in spec.fields_of(name)}
    optional = [field.name for field in fields.values() if not field.required and not field.only and depth > 0]
    required = frozenset(field.name for field in fields.values() if field.required)
    besides = spec.CHOICES.get(name)
    if besides is not None:
        kinds = sorted(fields.keys() - besides)
        return st.sampled_from(kinds).flatmap(lambda kind: _members(name, required | {kind}, depth))
    if not optional:
        return _members(name, required, depth)
    preferred = frozenset(PREFERRED.get(name, ()))
    chosen = st.sets(st.sampled_from(optional), max_size=OPTIONAL_AT_ONCE)
    more = st.sampled_from((frozenset[str](), preferred))
    return st.builds(required.union, chosen, more).flatmap(lambda names: _members(name, names, depth))


def _members(name: str, names: frozenset[str], depth: int) -> st.SearchStrategy[Json]:
    fields = [field for field in spec.fields_of(name) if field.name in names]
    made = st.fixed_dictionaries({field.name: _value(name, field, depth - 1) for field in fields})
    conditional = [field for field in spec.fields_of(name) if field.only]
    return made.flatmap(lambda value: _completed(value, conditional, name, depth)) if conditional else made


def _completed(value: Json, conditional: list[spec.Field], name: str, depth: int) -> st.SearchStrategy[Json]:
    """An object with the fields that stand only beside its `type`."""
    fitting = [field for field in conditional if value["type"] in field.only]
    more = st.fixed_dictionaries({field.name: _value(name, field, depth - 1) for field in fitting})
    return more.map(lambda rest: {**value, **rest})


def _value(owner: str, field: spec.Field, depth: int) -> st.SearchStrategy[Any]:
    if (owner, field.name) == ("InaccessibleMessage", "date"):
        return st.just(0)
    if field.words:
        return st.sampled_from(sorted(field.words))
    if field.types == ("String",):
        return _string(field)
    if field.types == ("Integer",):
        return _integer(field)
    least = field.size.low if field.size else 0
    return st.one_of([_expression(kind, depth, least) for kind in _finite(field.types, depth)])


def _finite(types: tuple[str, ...], depth: int) -> list[str]:
    """Of a type's variants those that end: at the bottom, texts rather than texts within texts."""
    kinds = list(spec.variants(types))
    if depth > 0 or "String" not in kinds:
        return kinds
    return ["String"]


def _expression(kind: str, depth: int, least: int = 0) -> st.SearchStrategy[Any]:
    if kind.startswith(spec.ARRAY):
        inner = kind.removeprefix(spec.ARRAY)
        if depth <= 0 and not least:
            return st.just([])
        return st.lists(st.deferred(lambda: _item(inner, depth - 1)), min_size=least, max_size=least + 2)
    return _item(kind, depth)


def _item(kind: str, depth: int) -> st.SearchStrategy[Any]:
    match kind:
        case "Boolean":
            return st.booleans()
        case "Integer":
            return st.integers(-LAST_ID, LAST_ID)
        case "Float":
            return st.floats(-90, 90)
        case "String":
            return st.text(max_size=20)
    if kind.startswith(spec.ARRAY):
        return _expression(kind, depth)
    finite = _finite((kind,), depth)
    return st.one_of([_expression(name, depth) for name in finite]) if finite != [kind] else objects(kind, depth)


def _string(field: spec.Field) -> st.SearchStrategy[str]:
    if field.size is None:
        return st.sampled_from(EVIL) | st.text(max_size=20)
    per_character = 4 if field.size.unit == "bytes" else 1
    return st.text(min_size=field.size.low, max_size=field.size.high // per_character)


def _integer(field: spec.Field) -> st.SearchStrategy[int]:
    """A number of the size that the field's name tells: ids have up to 52 bits, everything else is modest."""
    if field.name in ("offset", "length"):
        return st.integers(0, MAX_TEXT_CHARS)
    if field.name == "id" or field.name.endswith("_id"):
        return st.integers(-LAST_ID, LAST_ID)
    return st.integers(1, LAST_NUMBER)
