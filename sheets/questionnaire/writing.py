"""Questionnaires into files: our own YAML, which is read back as the same, and a table to be filled in or changed."""

from typing import Any

import yaml

from sheets.questionnaire.found import CHOICES, Asked, Found, Kind
from sheets.questionnaire.spoken import ABOVE, FIELDS, FIXED, NAMES
from sheets.writing import Column, Table

WIDTHS = {"text": 50, "kind": 8, "options": 30, "when": 30}
USUAL_WIDTH = 12
LINE_CHARS = 120


def yaml_of(found: Found) -> bytes:
    """A questionnaire as YAML; what has its usual value is left out."""
    data: dict[str, Any] = {"title": found.head.title}
    if found.head.introduction:
        data["introduction"] = found.head.introduction
    data["questions"] = [_question(one) for one in found.questions]
    told: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=LINE_CHARS)
    return told.encode()


def _question(one: Asked) -> dict[str, Any]:
    data: dict[str, Any] = {"key": one.key, "kind": one.kind.value, "text": one.text}
    if one.options:
        counted = [each.key for each in one.options] == [str(number + 1) for number in range(len(one.options))]
        data["options"] = [each.text if counted else {"key": each.key, "text": each.text} for each in one.options]
    if not one.required:
        data["required"] = False
    if one.shuffled:
        data["shuffled"] = True
    limits = {"most": one.most, "low": one.low, "high": one.high}
    data.update({name: limit for name, limit in limits.items() if limit is not None})
    if one.when is not None:
        data["when"] = {"question": one.when.question, "options": list(one.when.options)}
    return data


def table(found: Found, name: str, language: str) -> Table:
    """A questionnaire as a sheet; one without questions is a form to be filled in."""
    headings = FIELDS[language]
    title, introduction = ABOVE[language]
    asked = {one.key: one for one in found.questions}
    return Table(
        name,
        [Column(heading, WIDTHS.get(field, USUAL_WIDTH)) for field, heading in headings.items()],
        [_row(one, asked, language) for one in found.questions],
        above=((title, found.head.title), (introduction, found.head.introduction)),
    )


def _row(one: Asked, asked: dict[str, Asked], language: str) -> list[str | int | None]:
    limits = (one.most, one.low, one.high)
    return [
        one.text,
        NAMES[language][one.kind],
        "\n".join(each.text for each in one.options),
        FIXED[language]["yes" if one.required else "no"],
        FIXED[language]["yes" if one.shuffled else "no"] if one.kind in CHOICES else "",
        *limits,
        _when(one, asked),
        one.key,
    ]


def _when(one: Asked, asked: dict[str, Asked]) -> str:
    if one.when is None:
        return ""
    earlier = asked[one.when.question]
    texts = {each.key: each.text for each in earlier.options}
    chosen = sorted(one.when.options) if earlier.kind is Kind.RATING else list(one.when.options)
    return f"{earlier.key}=" + "\n".join(texts.get(key, key) for key in chosen)
