"""Questions into files. Each one is read again before it is taken: what would not come back as the same is listed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import sheets.writing
from sheets.questionnaire.words import one_line
from sheets.questions import aiken, chinese, gift, moodle
from sheets.questions.as_table import as_cells, options_of, reread_cells, table_of
from sheets.questions.as_text import as_aiken, as_chinese, in_gift, in_moodle
from sheets.questions.collecting import tidied
from sheets.questions.draft import number
from sheets.questions.found import Format, Found, Kind, Loss, Lost, Place, Question
from sheets.writing import Table

PLAIN = frozenset({Kind.SINGLE})  # what Aiken has
ONE_BLANK = frozenset({Format.GIFT, Format.MOODLE})
Losses = list[Loss]


@dataclass(frozen=True, slots=True)
class Written:
    """A file, and what of the questions is not in it: each place's row is the number of a question, from 1."""

    content: bytes
    lost: tuple[Lost, ...]


def write(questions: Sequence[Question], format_: Format) -> Written:
    """The questions as a text or Moodle XML."""
    taken, lost = _taken(questions, format_, _PIECES[format_])
    return Written(_WHOLE[format_](taken).encode(), lost)


def write_table(
    questions: Sequence[Question], name: str, language: str, *, as_csv: bool, more: Sequence[Table] = ()
) -> Written:
    """The questions as XLSX or CSV; `more` are further sheets of an XLSX."""

    def reread(one: Question, _: int) -> Found:
        return reread_cells(as_cells(one, options_of([one]), language), language, as_csv=as_csv)

    taken, lost = _taken(questions, Format.TABLE, reread)
    return Written(sheets.writing.write([table_of(taken, name, language), *more], as_csv=as_csv), lost)


Reread = Callable[[Question, int], Found]


def _taken(questions: Sequence[Question], format_: Format, reread: Reread) -> tuple[list[Question], tuple[Lost, ...]]:
    """The questions as the format has them, and what is not in it."""
    taken: list[Question] = []
    lost: list[Lost] = []
    for at, one in enumerate(questions, 1):
        reduced, losses = _reduced(tidied(one), format_)
        kept = _surviving(reduced, len(taken) + 1, reread) if reduced else None
        if kept is None:
            losses = losses if reduced is None else [Loss.UNWRITABLE]
        else:
            taken.append(kept)
            losses += [Loss.LINES] if kept != reduced else []
        lost += [Lost(Place(row=at), loss, one.text[:60]) for loss in losses]
    return taken, tuple(lost)


def _surviving(one: Question, at: int, reread: Reread) -> Question | None:
    """The question that comes back as the same: with its lines, or on one line, or none."""
    flat = replace(one, text=one_line(one.text), explanation=one_line(one.explanation))
    return next((each for each in (one, flat) if _same(reread(each, at), each)), None)


def _same(found: Found, one: Question) -> bool:
    return not found.wrong and not found.lost and [replace(each, place=Place()) for each in found.questions] == [one]


def _reduced(one: Question, format_: Format) -> tuple[Question | None, Losses]:
    """What the format can carry of a question, and what it cannot; `None` if it has nothing of its kind."""
    one = replace(one, place=Place())
    if one.tolerance is not None:
        one = replace(one, blanks=tuple(_number(blank) for blank in one.blanks))
    if format_ is Format.AIKEN:
        return _plain(one)
    if format_ in ONE_BLANK and len(one.blanks) > 1:
        return None, [Loss.BLANKS]
    return one, []


def _number(blank: tuple[str, ...]) -> tuple[str, ...]:
    """A number as all formats write it; only the first counts."""
    value = number(blank[0]) if blank else None
    return blank if value is None else (f"{value:f}",)


def _plain(one: Question) -> tuple[Question | None, Losses]:
    if one.kind not in PLAIN:
        return None, [Loss.KIND]
    parts = {
        Loss.EXPLANATION: one.explanation,
        Loss.SOURCE: one.source,
        Loss.TOPIC: one.topic,
        Loss.CODE: one.code,
    }
    return replace(one, explanation="", source="", topic="", code=""), [loss for loss, said in parts.items() if said]


_PIECES: dict[Format, Reread] = {
    Format.CHINESE: lambda one, at: chinese.read(as_chinese(one, at)),
    Format.GIFT: lambda one, _: gift.read(in_gift([one])),
    Format.AIKEN: lambda one, _: aiken.read(as_aiken(one)),
    Format.MOODLE: lambda one, _: moodle.read(in_moodle([one]).encode()),
}
_WHOLE: dict[Format, Callable[[Sequence[Question]], str]] = {
    Format.CHINESE: lambda taken: "\n".join(as_chinese(one, at) for at, one in enumerate(taken, 1)),
    Format.GIFT: in_gift,
    Format.AIKEN: lambda taken: "\n".join(map(as_aiken, taken)),
    Format.MOODLE: in_moodle,
}
