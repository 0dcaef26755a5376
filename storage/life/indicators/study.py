"""In which months members have read an item or answered a question with thought."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, func, literal, select, true, union_all

from storage.columns import Moment
from storage.dialects import within
from storage.study.attempt import study_attempts
from storage.study.question import study_questions
from storage.study.study import study_prompts, study_reads
from storage.study.tables import study_items

read, answer = study_reads.c, study_attempts.c
MEMBERS: Any = bindparam("members", expanding=True)


def _bit(at: Any, months: int) -> ColumnElement[int]:
    """One bit for the month of a moment: 1, 2, 4 and so on."""
    if months == 1:
        return literal(1)
    before = [(at < bindparam(f"month_{one}", type_=Moment), 1 << (one - 1)) for one in range(1, months)]
    return case(*before, else_=1 << (months - 1))


@lru_cache(maxsize=64)
def masks(months: int) -> Select[Any]:
    """The months of each member as bits; a statement for so many months, which `bounds` gives the values of."""
    return _masks(months, true(), true())


@lru_cache(maxsize=64)
def masks_of(months: int) -> Select[Any]:
    """The same, of some `members`."""
    return _masks(months, read.member_id.in_(MEMBERS), answer.member_id.in_(MEMBERS))


def _masks(months: int, of_reads: ColumnElement[bool], of_answers: ColumnElement[bool]) -> Select[Any]:
    reads = (
        select(read.member_id.label("member"), _bit(read.at, months).label("bit"))
        .where(*within(read.at), of_reads)
        .distinct()
    )
    answers = (
        select(answer.member_id.label("member"), _bit(answer.at, months).label("bit"))
        .where(*within(answer.at), ~answer.hasty, of_answers)
        .distinct()
    )
    both = union_all(reads, answers).subquery()
    return select(both.c.member, func.sum(both.c.bit.distinct())).group_by(both.c.member)


def bounds(months: Sequence[datetime]) -> dict[str, Any]:
    """The values of `masks`: the moments at which months begin, and the end of the last one."""
    inner = {f"month_{number}": one for number, one in enumerate(months[1:-1], 1)}
    return {"since": months[0], "until": months[-1], **inner}


READ: Select[Any] = (
    select(read.member_id.label("member"), read.at.label("at"), study_items.c.title.label("title"))
    .join(study_prompts, study_prompts.c.id == read.prompt_id)
    .join(study_items, study_items.c.id == study_prompts.c.item_id)
    .where(*within(read.at), read.member_id.in_(MEMBERS))
)
ANSWERED: Select[Any] = (
    select(answer.member_id.label("member"), answer.at.label("at"), study_questions.c.text.label("title"))
    .join(study_questions, study_questions.c.id == answer.question_id)
    .where(*within(answer.at), ~answer.hasty, answer.member_id.in_(MEMBERS))
)
LEARNT: Any = select(union_all(READ, ANSWERED).subquery("learnt")).order_by("at")
