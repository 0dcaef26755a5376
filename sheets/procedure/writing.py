"""Procedures into files: YAML and a table, which are read back as the same."""

from collections.abc import Sequence
from typing import Any

import yaml

from sheets.procedure import spoken
from sheets.procedure.found import Found, Line
from sheets.writing import Column, Table

WIDTHS = {"title": 30, "outcome": 30, "check": 50, "when": 16}
USUAL_WIDTH = 12
LINE_CHARS = 120


def yaml_of(found: Found, language: str) -> bytes:
    """A procedure as YAML; what is empty is left out."""
    data: dict[str, Any] = {"title": found.head.title, "source": found.head.source, "about": found.head.about}
    data = {name: words for name, words in data.items() if words or name == "title"}
    data["steps"] = [_step(found.lines, place, language) for place in range(len(found.lines))]
    told: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=LINE_CHARS)
    return told.encode()


def _step(lines: Sequence[Line], place: int, language: str) -> dict[str, Any]:
    one = lines[place]
    data: dict[str, Any] = {"key": one.key, "title": one.title, "who": one.who}
    data["when"] = spoken.said(one.anchor, one.days, language)
    data |= {name: words for name in ("outcome", "check", "reviewer") if (words := getattr(one, name))}
    if one.waits != _before(lines, place):
        data["waits"] = list(one.waits)
    return data


def _before(lines: Sequence[Line], place: int) -> tuple[str, ...]:
    return (lines[place - 1].key,) if place else ()


def table(found: Found, name: str, language: str) -> Table:
    """A procedure as a sheet; one without steps is a form to be filled in."""
    known = language if language in spoken.FIELDS else "en"
    headings, above = spoken.FIELDS[known], spoken.ABOVE[known]
    head = {"title": found.head.title, "source": found.head.source, "about": found.head.about}
    return Table(
        name,
        [Column(heading, WIDTHS.get(field, USUAL_WIDTH)) for field, heading in headings.items()],
        [_row(found.lines, place, known) for place in range(len(found.lines))],
        above=tuple((above[field], words) for field, words in head.items()),
    )


def _row(lines: Sequence[Line], place: int, language: str) -> list[str]:
    one = lines[place]
    nothing = spoken.NO_WAITS[language] if place else ""
    waits = "、".join(one.waits) if one.waits else nothing
    when = spoken.said(one.anchor, one.days, language)
    return [one.key, one.title, one.who, when, one.outcome, one.check, one.reviewer, waits]
