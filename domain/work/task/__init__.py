"""Tasks: a deadline, one responsible person, an expected outcome."""

from domain.work.task.cards import LISTED, card, card_buttons
from domain.work.task.feature import FEATURE
from domain.work.task.leaving import Reassigned, Withdrawn, movable, reassign, withdraw
from domain.work.task.model import (
    AlreadyDone,
    AlreadyGiven,
    Away,
    Finished,
    Given,
    Light,
    Listing,
    NotYourTask,
    Plan,
    SameOwner,
    Task,
    TaskNotFound,
    Tasks,
    TooManyOwners,
)
from domain.work.task.reminders import Reminder, reminders
from domain.work.task.reminding import remind
from domain.work.task.service import (
    LATE,
    MAX_EVERYBODY,
    MAX_OWNERS,
    ON_TIME,
    check_count,
    finish,
    give,
    give_to,
    listing,
    own_open,
)

__all__ = [
    "FEATURE",
    "LATE",
    "LISTED",
    "MAX_EVERYBODY",
    "MAX_OWNERS",
    "ON_TIME",
    "AlreadyDone",
    "AlreadyGiven",
    "Away",
    "Finished",
    "Given",
    "Light",
    "Listing",
    "NotYourTask",
    "Plan",
    "Reassigned",
    "Reminder",
    "SameOwner",
    "Task",
    "TaskNotFound",
    "Tasks",
    "TooManyOwners",
    "Withdrawn",
    "card",
    "card_buttons",
    "check_count",
    "finish",
    "give",
    "give_to",
    "listing",
    "movable",
    "own_open",
    "reassign",
    "remind",
    "reminders",
    "withdraw",
]
