"""Questionnaires and responses as plain data, for JSON and YAML."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from domain.voice.questionnaire.model import Condition, Option, Question, QuestionKind, Questionnaire

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.voice.questionnaire.model import Response, Value

PLACE = "@"  # beside the answers of a draft: where its dialogue stands; `Questionnaire.kept` drops it


def of_questionnaire(one: Questionnaire) -> dict[str, Any]:
    """A questionnaire as data; what has its usual value is left out."""
    data: dict[str, Any] = {"title": one.title}
    if one.introduction:
        data["introduction"] = one.introduction
    data["questions"] = [_of_question(each) for each in one.questions]
    return data


def _of_question(one: Question) -> dict[str, Any]:
    data: dict[str, Any] = {"key": one.key, "kind": one.kind.value, "text": one.text}
    if one.options:
        data["options"] = [{"key": each.key, "text": each.text} for each in one.options]
    if not one.required:
        data["required"] = False
    if one.shuffled:
        data["shuffled"] = True
    limits = {"most": one.most, "low": one.low, "high": one.high}
    data.update({name: limit for name, limit in limits.items() if limit is not None})
    if one.when is not None:
        data["when"] = {"question": one.when.question, "options": sorted(one.when.options)}
    return data


def to_questionnaire(data: Mapping[str, Any]) -> Questionnaire:
    """The questionnaire of data that `of_questionnaire` made. Raises WrongQuestionnaire."""
    questions = tuple(_to_question(each) for each in data["questions"])
    return Questionnaire(data["title"], questions, data.get("introduction", ""))


def _to_question(data: Mapping[str, Any]) -> Question:
    when = data.get("when")
    return Question(
        key=data["key"],
        kind=QuestionKind(data["kind"]),
        text=data["text"],
        options=tuple(Option(each["key"], each["text"]) for each in data.get("options", ())),
        required=data.get("required", True),
        shuffled=data.get("shuffled", False),
        most=data.get("most"),
        low=data.get("low"),
        high=data.get("high"),
        when=when and Condition(when["question"], frozenset(when["options"])),
    )


def of_response(response: Response) -> dict[str, Any]:
    """A response as data: lists of keys, ints, and strings."""
    return {key: _of_value(value) for key, value in response.items()}


def _of_value(value: Value) -> list[str] | int | str:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def to_response(questionnaire: Questionnaire, data: Mapping[str, Any]) -> dict[str, Value]:
    """The response of data that `of_response` made."""
    kinds = {one.key: one.kind for one in questionnaire.questions}
    place: dict[str, Value] = {PLACE: str(data[PLACE])} if PLACE in data else {}
    return place | {key: _to_value(kinds[key], value) for key, value in data.items() if key in kinds}


def _to_value(kind: QuestionKind, value: Any) -> Value:
    match kind:
        case QuestionKind.SINGLE | QuestionKind.MULTIPLE | QuestionKind.RANKING:
            return tuple(value)
        case QuestionKind.RATING:
            return int(value)
        case QuestionKind.NUMBER:
            return Decimal(value)
        case QuestionKind.DATE:
            return date.fromisoformat(value)
        case QuestionKind.TEXT:
            return str(value)
