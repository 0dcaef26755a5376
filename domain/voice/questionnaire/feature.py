"""What questionnaires contribute to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature
from domain.ids import RoundId
from domain.missing import Missing
from domain.today import Today
from domain.voice.questionnaire.answering import SUBMITTED
from domain.voice.questionnaire.missing import find
from domain.voice.questionnaire.recurring import run
from domain.voice.questionnaire.service import ASKED, CLOSED, STOPPED, WITHDRAWN
from domain.voice.questionnaire.today import tell

if TYPE_CHECKING:
    from domain.voice.features import Stores


def _called(stores: Stores, number: int) -> str | None:
    one = stores.rounds.get(RoundId(number))
    return None if one is None else one.questionnaire.title


RUN = Schedule("questionnaire.run", cron="* * * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
FEATURE = Feature(
    "questionnaire",
    jobs=(EnterpriseJob(RUN, run, irreversible=True),),
    today=(Today(42, tell),),
    missing=Missing(32, find),
    audit=(ASKED, CLOSED, STOPPED, WITHDRAWN),
    events=(SUBMITTED,),
    named={"round": _called},
)
