"""A study library as a file that people read and edit (TOML), and its errors by item and field."""

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

import plain
from domain.study.item import Lesson
from domain.study.question import Question, QuestionKind

MAX_CHARS = {
    "code": 64,
    "title": 30,
    "topic": 30,
    "text": 1000,
    "source": 200,
    "question": 300,
    "explanation": 200,
}  # characters
MAX_OPTION_CHARS, MAX_OPTIONS = 100, 12
MAY_BE_EMPTY = ("topic", "explanation")
NEEDED = ("code", "title", "text", "source")
KNOWN = {*NEEDED, "topic", "question", "options", "answer", "explanation", "expires"}


class WrongLibrary(ValueError):  # noqa: N818 - named for what is wrong
    """A library that cannot be used: `where` names the item (its code, or its place from 1), `field` what is wrong."""

    def __init__(self, where: str, field: str, reason: str) -> None:
        super().__init__(f"{where}: {field}: {reason}")
        self.where = where
        self.field = field
        self.reason = reason


def read(text: str) -> list[Lesson]:
    """The lessons of a file. Raises WrongLibrary for the first thing that is wrong."""
    try:
        items = tomllib.loads(text).get("item")
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets within brackets
        raise WrongLibrary("file", "TOML", str(error)) from error
    if not isinstance(items, list) or not items:
        raise WrongLibrary("file", "item", "no [[item]] in it")
    lessons: dict[str, Lesson] = {}
    for place, item in enumerate(items, 1):
        lesson = _lesson(item, f"item {place}")
        if lesson.code in lessons:
            raise WrongLibrary(lesson.code, "code", "used twice")
        lessons[lesson.code] = lesson
    return list(lessons.values())


def _lesson(item: Any, place: str) -> Lesson:
    if not isinstance(item, dict):
        raise WrongLibrary(place, "item", "not a table; write [[item]] above it")
    _check_text(item.get("code"), place, "code", MAX_CHARS["code"])
    where = item["code"]
    for field, most in MAX_CHARS.items():
        if field in item or field in NEEDED:
            _check_text(item.get(field), where, field, most)
    expires = item.get("expires")
    if expires is not None and type(expires) is not date:  # a datetime is a date too
        raise WrongLibrary(where, "expires", "not a date such as 2027-12-31")
    return Lesson(
        code=where,
        title=item["title"].strip(),
        topic=item.get("topic", "").strip(),
        text=item["text"].strip(),
        source=item["source"].strip(),
        question=_question(item, where),
        expires=expires,
    )


def _check_text(words: Any, where: str, field: str, most: int) -> None:
    """Whether a field is a text that can be shown. An optional one may be empty, but for a question."""
    if not isinstance(words, str) or (not words.strip() and field not in MAY_BE_EMPTY):
        raise WrongLibrary(where, field, "missing")
    if len(words) > most:
        raise WrongLibrary(where, field, f"more than {most} characters")
    if "\0" in words:
        raise WrongLibrary(where, field, "a character that no text has")


def _question(item: Mapping[str, Any], where: str) -> Question | None:
    if "question" not in item:
        return None
    options = item.get("options")
    if not isinstance(options, list) or not 1 < len(options) <= MAX_OPTIONS:
        raise WrongLibrary(where, "options", f"2 to {MAX_OPTIONS} are needed")
    for option in options:
        _check_text(option, where, "options", MAX_OPTION_CHARS)
    if len(set(map(plain.appearance, options))) < len(options):
        raise WrongLibrary(where, "options", "two are the same")
    answer = item.get("answer")
    if type(answer) is not int or not 0 <= answer < len(options):
        raise WrongLibrary(where, "answer", "not the place of an option, counted from 0")
    return Question(
        where,
        QuestionKind.SINGLE,
        item["question"].strip(),
        tuple(options),
        (answer,),
        explanation=item.get("explanation", "").strip(),
        source=item["source"].strip(),
        topic=item.get("topic", "").strip(),
    )
