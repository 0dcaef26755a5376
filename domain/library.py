"""A study library as a file that people read and edit (TOML), and its errors by item and field."""

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.study import Lesson, Quiz

LONGEST = {"title": 30, "text": 1000, "source": 200, "question": 300, "explanation": 200}  # characters
OPTION_LENGTH, MOST_OPTIONS = 100, 12
NEEDED = ("code", "title", "text", "source")


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
        items = tomllib.loads(text).get("item", [])
    except tomllib.TOMLDecodeError as error:
        raise WrongLibrary("file", "TOML", str(error)) from error
    lessons: dict[str, Lesson] = {}
    for place, item in enumerate(items, 1):
        lesson = _lesson(item, f"item {place}")
        if lesson.code in lessons:
            raise WrongLibrary(lesson.code, "code", "used twice")
        lessons[lesson.code] = lesson
    return list(lessons.values())


def _lesson(item: Mapping[str, Any], place: str) -> Lesson:
    for field in NEEDED:
        if not isinstance(item.get(field), str) or not item[field].strip():
            raise WrongLibrary(place, field, "missing")
    where = item["code"]
    for field, most in LONGEST.items():
        if len(str(item.get(field, ""))) > most:
            raise WrongLibrary(where, field, f"more than {most} characters")
    expires = item.get("expires")
    if expires is not None and not isinstance(expires, date):
        raise WrongLibrary(where, "expires", "not a date such as 2027-12-31")
    return Lesson(
        code=where,
        title=item["title"].strip(),
        topic=str(item.get("topic", "")).strip(),
        text=item["text"].strip(),
        source=item["source"].strip(),
        quiz=_quiz(item, where),
        expires=expires,
    )


def _quiz(item: Mapping[str, Any], where: str) -> Quiz | None:
    if "question" not in item:
        return None
    options = item.get("options")
    if not isinstance(options, list) or not 1 < len(options) <= MOST_OPTIONS:
        raise WrongLibrary(where, "options", f"2 to {MOST_OPTIONS} are needed")
    if not all(isinstance(option, str) and 0 < len(option) <= OPTION_LENGTH for option in options):
        raise WrongLibrary(where, "options", f"each is 1 to {OPTION_LENGTH} characters")
    answer = item.get("answer")
    if not isinstance(answer, int) or not 0 <= answer < len(options):
        raise WrongLibrary(where, "answer", "not the place of an option, counted from 0")
    return Quiz(item["question"].strip(), tuple(options), answer, str(item.get("explanation", "")).strip())
