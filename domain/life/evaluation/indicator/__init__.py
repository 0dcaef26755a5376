"""The indicators that a scheme may weigh, each read for all branches at once; docs/evaluation-figures.md.

Every figure is that of the end of its period, and opens to what happened.
"""

from typing import Final

from domain.life.evaluation.indicator import inspection, meetings, rectification, satisfaction, study, tasks, training
from domain.life.evaluation.indicator.counted import HasIndicators, Indicators, of_branches, of_people
from domain.life.evaluation.indicator.inspection import INSPECTION
from domain.life.evaluation.indicator.model import (
    EVERYWHERE,
    NO_DATA,
    WITHHELD,
    Entry,
    Figure,
    Page,
    Period,
    Reach,
    Unit,
    Window,
    Word,
)
from domain.life.evaluation.indicator.reading import Indicator
from domain.life.evaluation.indicator.rectification import FOR_GOOD, ON_TIME
from domain.life.evaluation.indicator.study import STUDY
from domain.life.evaluation.indicator.tasks import TASKS
from domain.life.evaluation.indicator.training import TRAINING

ADOPTED, ANSWERED = Word("suggestions_adopted"), Word("suggestions_answered")
ATTENDANCE, MEETINGS, QUESTIONS = Word("attendance"), Word("meetings_held"), Word("questions_right")
SATISFACTION = Word("satisfaction")
INDICATORS: Final = (
    Indicator(MEETINGS, Unit.SHARE, meetings.BRANCHES),
    Indicator(ATTENDANCE, Unit.SHARE, of_branches(ATTENDANCE), of_people(ATTENDANCE)),
    Indicator(STUDY, Unit.SHARE, study.BRANCHES, study.PEOPLE),
    Indicator(QUESTIONS, Unit.SHARE, of_branches(QUESTIONS)),
    Indicator(TASKS, Unit.SHARE, tasks.BRANCHES, tasks.PEOPLE),
    Indicator(ANSWERED, Unit.SHARE, of_branches(ANSWERED)),
    Indicator(ADOPTED, Unit.SHARE, of_branches(ADOPTED)),
    Indicator(ON_TIME, Unit.SHARE, rectification.RECTIFIED_ON_TIME),
    Indicator(FOR_GOOD, Unit.SHARE, rectification.RECTIFIED_FOR_GOOD),
    Indicator(INSPECTION, Unit.SHARE, inspection.BRANCHES),
    Indicator(TRAINING, Unit.SHARE, training.BRANCHES, training.PEOPLE),
    Indicator(SATISFACTION, Unit.SHARE, satisfaction.BRANCHES, named=True),
)
BY_WORD: Final = {one.word: one for one in INDICATORS}

__all__ = [
    "ADOPTED",
    "ANSWERED",
    "ATTENDANCE",
    "BY_WORD",
    "EVERYWHERE",
    "FOR_GOOD",
    "INDICATORS",
    "INSPECTION",
    "MEETINGS",
    "NO_DATA",
    "ON_TIME",
    "QUESTIONS",
    "SATISFACTION",
    "STUDY",
    "TASKS",
    "TRAINING",
    "WITHHELD",
    "Entry",
    "Figure",
    "HasIndicators",
    "Indicator",
    "Indicators",
    "Page",
    "Period",
    "Reach",
    "Unit",
    "Window",
    "Word",
]
