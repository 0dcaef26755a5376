"""No text stops a reader: it costs next to nothing and ends in a value or a named refusal."""

import importlib
import re
import time
from collections.abc import Callable, Iterator
from functools import cache

import pytest

import handlers
import plain
from language import words
from language.patterns import Lazy
from tests.architecture.source import ROOT
from tests.readers.readers import BUDGET, READERS, SHARED, TAIL, UNITS, hostile, pattern_modules, take, whole

TRIES = 5  # a busy machine disturbs one of them, not all
ROOMS = ("handlers", "language", "sheets", "domain", "plain", "texts")
# Reads files, in a process with limits; `sheets.reading` has its patterns tried below and its damage in tests/sheets.
FILES = {
    "domain/admin/toml/lines.py",
    "domain/admin/toml/reading.py",
    "domain/admin/toml/table.py",
    "sheets/questionnaire/expression.py",
    "sheets/questionnaire/foreign.py",
    "sheets/questionnaire/limesurvey.py",
    "sheets/questionnaire/own.py",
    "sheets/questionnaire/spoken.py",
    "sheets/questionnaire/surveyjs.py",
    "sheets/questionnaire/tabular.py",
    *(f"sheets/procedure/{name}.py" for name in ("own", "spoken")),
    *(f"sheets/questions/{name}.py" for name in ("aiken", "chinese", "draft", "gift", "html", "moodle", "reader")),
    "sheets/questions/spoken.py",
    *(f"sheets/study/{name}.py" for name in ("markdown", "spoken", "tabular", "toml")),
    "sheets/documents/reading.py",
    "sheets/scan.py",
    "sheets/workbook.py",
}
LISTS = {"language/patterns.py"}  # has those of the other modules again
# Used on at most a hundred characters, from one place on: `search` through a whole text is nobody's way.
FROM_ONE_PLACE = ("language.deadline.", "language.leave")
WHOLE = {words._TOPIC}  # matched with single words as a whole


def cost(call: Callable[[], object], budget: float) -> float:
    """Seconds of this thread's processor time that a call takes; the least of several where it seems too much."""
    least = float("inf")
    for _ in range(TRIES):
        begun = time.thread_time()
        call()
        least = min(least, time.thread_time() - begun)
        if least <= budget:
            break
    return least


@pytest.mark.parametrize("reader", READERS, ids=str)
def test_no_text_stops_a_reader(reader):
    take(reader, "1")  # what is loaded or compiled once
    slow = {}
    for text in hostile(reader):
        taken = cost(lambda text=text: take(reader, text), reader.budget)
        if taken > reader.budget:
            slow[f"{text[:12]!a}…{text[-2:]!a}"] = f"{taken * 1000:.0f} ms"
    assert slow == {}


def test_every_module_with_patterns_is_named_by_a_reader():
    named = {reader.module for reader in READERS}
    assert pattern_modules(ROOT, *ROOMS) - named - SHARED == FILES


def test_every_module_that_a_reader_names_is_there():
    assert [reader.module for reader in READERS if not (ROOT / reader.module).is_file()] == []


def test_every_field_of_a_form_is_a_reader():
    fields = {
        f"form {form.name}.{field.name}" for one in handlers.FEATURES for form in one.forms for field in form.fields
    }
    assert fields <= {reader.name for reader in READERS}
    assert len(fields) > 5


def patterns_in(value: object, depth: int = 3) -> Iterator[re.Pattern[str]]:
    if isinstance(value, Lazy):
        yield value.compiled()
    elif isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict | list | tuple) and depth:
        for one in value.values() if isinstance(value, dict) else value:
            yield from patterns_in(one, depth - 1)


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for file in sorted(pattern_modules(ROOT, *ROOMS) - LISTS):
        name = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for pattern in dict.fromkeys(
            found for value in vars(importlib.import_module(name)).values() for found in patterns_in(value)
        ):
            yield name, pattern


@cache
def units() -> tuple[tuple[str, str, str], ...]:
    """Each unit, the text that it makes, and that text behind the gate."""
    return tuple((f"{unit!a}", text, plain.line(text)) for unit in UNITS for text in (whole("", unit, TAIL),))


@pytest.mark.parametrize(
    ("module", "pattern"), [pytest.param(*one, id=f"{one[0]}:{one[1].pattern[:30]!a}") for one in patterns()]
)
def test_no_text_stops_a_pattern(module, pattern):
    """From its beginning any text as it comes (`fullmatch` tries all that `match` does); sought behind the gate."""
    slow = {}
    for unit, come, read in units():
        text, gone_through = (come, read) if isinstance(pattern.pattern, str) else (come.encode(), read.encode())
        tries = {"fullmatch": lambda text=text: pattern.fullmatch(text)}
        if pattern not in WHOLE and not module.startswith(FROM_ONE_PLACE):
            tries["sub"] = lambda text=gone_through: pattern.sub(text[:0], text)
        for way, call in tries.items():
            taken = cost(call, BUDGET)
            if taken > BUDGET:
                slow[f"{way} {unit}"] = f"{taken * 1000:.0f} ms"
    assert slow == {}
