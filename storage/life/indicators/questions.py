"""How many of the first answers that people ever gave to questions were right.

As in `storage.study.learning`: no reviews, no answers faster than reading. A list of fewer than five people's answers
would tell who did not know what, so there is none.
"""

from typing import Any, Final

from sqlalchemy import and_, exists, func, literal, select

from domain.study.attempt import OccasionKind
from storage.base import Id
from storage.dialects import count_if
from storage.feature import subject
from storage.life.indicators.counting import AMONG, STAYS, Counting, line, listing, stay
from storage.study.attempt import study_attempts
from storage.study.question import study_questions

given, question = study_attempts.c, study_questions.c
before = study_attempts.alias("before")
# The sum keeps SQLite from looking through all answers to the question for it; it takes those of the member.
EARLIER = exists().where(
    before.c.member_id == given.member_id, before.c.question_id == given.question_id, before.c.id + 0 < given.id
)
FIRST = and_(
    given.member_id == stay.member,
    given.at >= stay.since,
    given.at < stay.until,
    given.occasion != OccasionKind.REVIEW.value,
    ~given.hasty,
    ~EARLIER,
)
ANSWERS = STAYS.join(study_attempts, FIRST)
AMONG_THEM = stay.branch.in_(AMONG)
LINES = (
    select(
        *line(
            number=question.id,
            branch=literal(None, Id),
            at=func.max(given.at),
            what=(None, question.text),
            part=count_if(given.right),
            counts=func.count(),
            about=subject("question:", question.id),
        )
    )
    .select_from(ANSWERS.join(study_questions, question.id == given.question_id))
    .where(AMONG_THEM)
    .group_by(question.id, question.text)
)
TALLIES: Any = select(stay.branch, count_if(given.right), func.count()).select_from(ANSWERS).group_by(stay.branch)
PEOPLE: Any = select(func.count(given.member_id.distinct())).select_from(ANSWERS).where(AMONG_THEM)
BRANCHES: Final = Counting(TALLIES, listing(LINES), few=PEOPLE)
