"""Suggestions that were answered in time, and those that were adopted, by the group that had them to answer.

Both follow from the history of their steps, to which lines are only added. A suggestion is counted once in the span in
which it was answered first, or passed on because nobody had; and once in that of its last decision.
"""

from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Text, case, func, literal, or_, select

from domain.voice.suggestion.life import Step
from storage.dialects import count_if, within
from storage.feature import subject
from storage.life.indicators.counting import AMONG, UNTIL, Counting, line, listing
from storage.messaging.chat import chats
from storage.voice.suggestion import suggestion, suggestions
from storage.voice.suggestion_life import suggestion_steps

DECISIONS = (Step.ADOPT.value, Step.REFUSE.value)
step, other = suggestion_steps.c, suggestion_steps.alias("other")
earlier = suggestion_steps.alias("earlier")
# The group that had it then: the last that it was passed on to.
HOLDER = (
    select(earlier.c.group_id)
    .where(earlier.c.suggestion_id == step.suggestion_id, earlier.c.id <= step.id, earlier.c.group_id.is_not(None))
    .order_by(earlier.c.id.desc())
    .limit(1)
    .correlate(suggestion_steps)
    .scalar_subquery()
)
FOUND = suggestion_steps.join(suggestions, suggestion.id == step.suggestion_id).join(
    chats, chats.c.id == func.coalesce(HOLDER, suggestion.group_id)
)
BRANCH = chats.c.branch_id
IS_SECRET = or_(suggestion.above, suggestion.hidden)
FIRST_ANSWERS = (
    select(func.min(other.c.id))
    .where(other.c.step.in_([*DECISIONS, Step.ESCALATE.value]))
    .group_by(other.c.suggestion_id)
)
LAST_DECISIONS = (
    select(func.max(other.c.id))
    .where(other.c.step.in_([*DECISIONS, Step.RECONSIDER.value]), other.c.at < UNTIL)
    .group_by(other.c.suggestion_id)
)


def _counting(which: Any, good: ColumnElement[bool], counts: ColumnElement[bool]) -> Counting:
    where = (step.id.in_(which), counts, *within(step.at), BRANCH.is_not(None))
    tallies: Select[Any] = (
        select(BRANCH, count_if(good), func.count()).select_from(FOUND).where(*where).group_by(BRANCH)
    )
    columns = line(
        number=step.id,
        branch=BRANCH,
        at=step.at,
        what=(case((IS_SECRET, literal("secret_suggestion", Text)), else_=None), suggestion.text),
        part=case((good, 1), else_=0),
        about=subject("suggestion:", suggestion.id),
    )
    lines: Select[Any] = select(*columns).select_from(FOUND).where(*where, BRANCH.in_(AMONG))
    return Counting(tallies, listing(lines), tallies.where(BRANCH.in_(AMONG)))


IS_DECISION = step.step.in_(DECISIONS)
ANSWERED: Final = _counting(FIRST_ANSWERS, IS_DECISION, step.step.is_not(None))
ADOPTED: Final = _counting(LAST_DECISIONS, step.step == Step.ADOPT.value, IS_DECISION)
