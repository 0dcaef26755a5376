"""What surveys contribute to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature, PollHooks
from domain.ids import SurveyId
from domain.missing import Missing
from domain.today import Today
from domain.voice.survey.managing import CLOSED, NUDGED, WITHDRAWN
from domain.voice.survey.missing import find
from domain.voice.survey.reporting import EXPORT, SECTION
from domain.voice.survey.service import (
    ANSWERED,
    RESULT_PUBLISHED,
    answer,
    close_due,
    count,
    publish,
    report_unknown,
)
from domain.voice.survey.sharing import current_card
from domain.voice.survey.today import tell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import MemberId
    from domain.messaging.message import Subject
    from domain.messaging.poll import LastCount, Tally
    from domain.voice.features import Stores


def _voted(stores: Stores, poll: Subject, member: MemberId, options: Sequence[int], at: datetime) -> None:
    answer(stores, survey_id=SurveyId(poll.ids[0]), by=member, options=options, at=at)


def _counted(stores: Stores, poll: Subject, tally: Tally) -> None:
    count(stores, survey_id=SurveyId(poll.ids[0]), tally=tally)


def _closed(stores: Stores, poll: Subject, count: LastCount, at: datetime) -> None:
    publish(stores, survey_id=SurveyId(poll.ids[0]), count=count, at=at)


def _unknown(stores: Stores, poll: Subject) -> None:
    report_unknown(stores, survey_id=SurveyId(poll.ids[0]))


CLOSING = Schedule("survey.close", cron="* * * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
FEATURE = Feature(
    "survey",
    jobs=(EnterpriseJob(CLOSING, close_due, irreversible=True),),
    today=(Today(40, tell),),
    missing=Missing(30, find),
    polls=PollHooks("survey", _voted, counted=_counted, closed=_closed, unknown=_unknown),
    audit=(RESULT_PUBLISHED, CLOSED, NUDGED, WITHDRAWN),
    current={"survey_card": current_card},
    events=(ANSWERED,),
    section=SECTION,
    export=EXPORT,
)
