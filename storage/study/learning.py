"""What was learnt, counted from what was read and answered."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, exists, func, select

from domain.ids import ChatId, MemberId, QuestionId
from domain.study.attempt import OccasionKind
from domain.study.learning.figures import Asked, Share
from storage.dialects import count_if, within
from storage.feature import GROUP
from storage.study.attempt import study_attempts
from storage.study.question import study_questions
from storage.study.study import study_prompts, study_reads
from storage.study.tables import study_items

one, shown, question = study_attempts.c, study_prompts.c, study_questions.c
before = study_attempts.alias("before")
IS_REVIEW = one.occasion == OccasionKind.REVIEW.value
SAME = (before.c.member_id == one.member_id, before.c.question_id == one.question_id, before.c.id < one.id)
OF_GROUP = (one.group_id == GROUP, *within(one.at), ~one.hasty)
READERS = (
    select(study_reads.c.member_id)
    .join(study_prompts, shown.id == study_reads.c.prompt_id)
    .where(shown.group_id == GROUP, *within(study_reads.c.at))
    .distinct()
)
ASKED = (
    select(question.id, question.text, count_if(one.right), func.count())
    .join(study_attempts, one.question_id == question.id)
    .where(*OF_GROUP, ~IS_REVIEW, ~exists().where(*SAME))
    .group_by(question.id, question.text)
    .order_by(question.id)
)
KEPT = select(count_if(one.right), func.count()).where(*OF_GROUP, IS_REVIEW, exists().where(*SAME, ~before.c.right))
WAS_READ = exists().where(study_reads.c.prompt_id == shown.id)
WAS_ANSWERED = exists().where(one.occasion == OccasionKind.DAILY.value, one.occasion_id == shown.id)
UNOPENED = (
    select(study_items.c.title)
    .join(study_prompts, shown.item_id == study_items.c.id)
    .where(shown.group_id == GROUP, *within(shown.at), ~WAS_READ, ~WAS_ANSWERED)
    .order_by(shown.at)
)


class Learning:
    """See `domain.study.learning.model.LearningFigures`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _rows(self, statement: Any, group: ChatId, since: datetime, until: datetime) -> Any:
        return self.connection.execute(statement, {"group": group, "since": since, "until": until})

    def readers(self, group: ChatId, since: datetime, until: datetime) -> set[MemberId]:
        """Who has read an item of a group between two moments."""
        return {MemberId(one) for one in self._rows(READERS, group, since, until).scalars()}

    def asked(self, group: ChatId, since: datetime, until: datetime) -> list[Asked]:
        """The questions that people of a group have answered for the first time ever, by number; no hasty answers."""
        rows = self._rows(ASKED, group, since, until)
        return [Asked(QuestionId(id_), text, Share(int(right), answers)) for id_, text, right, answers in rows]

    def kept(self, group: ChatId, since: datetime, until: datetime) -> Share:
        """Reviews of questions to which somebody's answer was wrong before."""
        right, answers = self._rows(KEPT, group, since, until).one()
        return Share(int(right), answers)

    def unopened(self, group: ChatId, since: datetime, until: datetime) -> list[str]:
        """The titles of the items that a group was shown between two moments, and that nobody read or answered."""
        return list(self._rows(UNOPENED, group, since, until).scalars())
