"""Words of the library's tables, Chinese and English (`spoken.toml`)."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import plain
from sheets.cells import YEAR_MONTH_DAY
from sheets.study.found import DATES, MAX_VALUE_CHARS, Kind

_SPOKEN: Mapping[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
LANGUAGES = ("zh", "en")
FIELDS: Mapping[str, Mapping[str, str]] = {one: _SPOKEN["fields"][one] for one in LANGUAGES}
SHEETS: Mapping[str, Mapping[Kind, str]] = {
    one: {Kind(kind): name for kind, name in _SPOKEN["sheets"][one].items()} for one in LANGUAGES
}


def heading(words: str) -> str:
    """A heading as it is compared."""
    return plain.line(words).casefold().strip("*: ").replace(" ", "")


def _named(section: str) -> Mapping[str, str]:
    """What is meant by each word of a section: the names in both languages, and other ways of saying them."""
    also = {heading(name): meant for meant, names in _SPOKEN[section]["also"].items() for name in names}
    return also | {heading(name): meant for one in LANGUAGES for meant, name in _SPOKEN[section][one].items()}


HEADED = _named("fields")
ONE_OPTION = re.compile(_SPOKEN["patterns"]["one_option"], re.IGNORECASE)
# Fields with words of the program, which files may say in either language.
WORDS: Mapping[str, Mapping[str, str]] = {"kind": _named("kinds"), "roles": _named("roles"), "answer": _named("truth")}
NAMES: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    one: {"kind": _SPOKEN["kinds"][one], "roles": _SPOKEN["roles"][one], "answer": _SPOKEN["truth"][one]}
    for one in LANGUAGES
}
TRUE_FALSE = "true_false"


def meant(field: str, values: Sequence[str], kind: str) -> tuple[str, ...]:
    """The values of a field in the program's words; `kind` is that of the question, by which an answer is one."""
    if field in DATES:
        return tuple(map(_day, values))
    known = WORDS.get(field)
    if known is None or (field == "answer" and kind != TRUE_FALSE):
        return tuple(values)
    return tuple(known.get(heading(value), value) for value in values)


def _day(words: str) -> str:
    """A day as `2027-01-31`, where it is one that people write otherwise."""
    found = YEAR_MONTH_DAY.fullmatch(words.strip())
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found and found[3] else words


def named(field: str, values: Sequence[str], kind: str, language: str) -> tuple[str, ...]:
    """The values of a field in words of a language."""
    names = NAMES.get(language, NAMES["en"]).get(field)
    if names is None or (field == "answer" and kind != TRUE_FALSE):
        return tuple(values)
    return tuple(names.get(value, value) for value in values)


def all_meant(fields: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """All fields of a record in the program's words; of what is far too long only so much as shows it."""
    short = {name: tuple(value[:MAX_VALUE_CHARS] for value in values) for name, values in fields.items()}
    kind = next(iter(meant("kind", short.get("kind", ()), "")), "")
    return {name: meant(name, values, kind) for name, values in short.items()}
