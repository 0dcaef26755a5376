"""The library as records, all texts: of questions answers are letters, blanks and pairs words."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from domain.study.library import Kind, Record
from domain.study.question import CHOICES, Blank, Question, QuestionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from domain.study.audience import Audience
    from domain.study.library import Library

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TRUTHS = ("true", "false")  # in the order of their places
TOLERANCE = re.compile(r"(?<!\\)±[ ]*(\d{1,20}(?:\.\d{1,20})?)$")
OR = re.compile(r"(?<!\\)[|｜]")
EQUALS = re.compile(r"(?<!\\)[=＝]")
TO_ESCAPE = re.compile(r"([|｜±=＝])")
ESCAPED = re.compile(r"\\([|｜±=＝])")


def records_of(library: Library) -> Iterator[Record]:
    """The records of a library, which `check` makes the same library of."""
    for lesson in library.lessons:
        dates = {"effective": lesson.effective, "expires": lesson.expires}
        media = lesson.media
        yield _record(
            Kind.ITEM,
            code=lesson.code,
            title=lesson.title,
            topics=lesson.topics,
            text=lesson.text,
            source=lesson.source,
            url=lesson.url,
            **{name: day.isoformat() for name, day in dates.items() if day is not None},
            **_audience(lesson.audience),
            owner=library.owners.get(lesson.code, ""),
            **question_fields(lesson.question),
            media="" if media is None else f"{media.kind}:{media.id}",
            media_name="" if media is None else media.name,
            media_size="" if media is None or not media.size else str(media.size),
        )
    for course in library.courses:
        yield _record(
            Kind.COURSE, code=course.code, title=course.title, items=course.items, **_audience(course.audience)
        )
    for campaign in library.campaigns:
        yield _record(
            Kind.CAMPAIGN,
            code=campaign.code,
            title=campaign.title,
            **{"from": campaign.since.isoformat()},
            until=campaign.until.isoformat(),
            share=str(campaign.share),
            items=campaign.items,
            topics=campaign.topics,
            **_audience(campaign.audience),
        )


def _audience(audience: Audience) -> dict[str, tuple[str, ...]]:
    return {
        "branches": audience.branches,
        "roles": tuple(role.value for role in audience.roles),
        "trades": audience.trades,
    }


def _record(of: Kind, /, **fields: str | tuple[str, ...]) -> Record:
    told = {name: (value,) if isinstance(value, str) else value for name, value in fields.items()}
    return Record(of, {name: values for name, values in told.items() if any(values)})


def question_fields(question: Question | None) -> Mapping[str, str | tuple[str, ...]]:
    """A question's fields."""
    if question is None:
        return {}
    return {
        "kind": question.kind.value,
        "question": question.text,
        "options": question.options,
        "answer": _answer(question),
        "pairs": tuple(f"{_escape(left)} = {_escape(right)}" for left, right in question.pairs),
        "distractors": question.distractors,
        "explanation": question.explanation,
    }


def _answer(question: Question) -> tuple[str, ...]:
    if question.kind in CHOICES:
        return tuple(LETTERS[place] for place in question.right)
    if question.kind is QuestionKind.TRUE_FALSE:
        return tuple(TRUTHS[place] for place in question.right)
    return tuple(_blank(blank) for blank in question.blanks)


def _blank(blank: Blank) -> str:
    words = "|".join(_escape(word) for word in blank.words)
    return words if blank.tolerance is None else f"{words}±{blank.tolerance}"


def to_blank(told: str) -> Blank:
    """A blank of what is written for it: words with `|` between them, behind a number `±` and how far one may be."""
    found = TOLERANCE.search(told)
    words = OR.split(told[: found.start()] if found else told)
    return Blank(tuple(_plain(word) for word in words), _decimal(found[1]) if found else None)


def to_pair(told: str) -> tuple[str, str] | None:
    """A pair of what is written for it, `left = right`; `None` where it is none."""
    left, *rest = EQUALS.split(told, maxsplit=1)
    return (_plain(left), _plain(rest[0])) if rest else None


def to_places(told: Sequence[str], options: Sequence[str]) -> tuple[int, ...] | None:
    """The places of options that are named by letters or by their own words; `None` where one is not there."""
    if told and all(one in options for one in told):
        return tuple(options.index(one) for one in told)
    letters = re.sub(r"[\s,，;；、]", "", "".join(told)).upper()
    places = [LETTERS.find(letter) for letter in letters]
    return tuple(places) if places and all(0 <= place < len(options) for place in places) else None


def _decimal(told: str) -> Decimal | None:
    try:
        return Decimal(told)
    except InvalidOperation:
        return None


def _escape(words: str) -> str:
    return TO_ESCAPE.sub(r"\\\1", words)


def _plain(words: str) -> str:
    return ESCAPED.sub(r"\1", words).strip()
