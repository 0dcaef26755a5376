"""Tasks: a deadline, one responsible person, an expected outcome."""

from domain.work.task.cards import LISTED, card, card_buttons
from domain.work.task.feature import FEATURE
from domain.work.task.model import (
    AlreadyDone,
    AlreadyGiven,
    Finished,
    Given,
    Light,
    Listing,
    NotYourTask,
    Plan,
    Task,
    TaskNotFound,
    Tasks,
    TooManyOwners,
)
from domain.work.task.reminders import Reminder, reminders
from domain.work.task.reminding import remind
from domain.work.task.service import LATE, MAX_OWNERS, ON_TIME, checked_owners, finish, give, give_to, listing, own_open

__all__ = [
    "FEATURE",
    "LATE",
    "LISTED",
    "MAX_OWNERS",
    "ON_TIME",
    "AlreadyDone",
    "AlreadyGiven",
    "Finished",
    "Given",
    "Light",
    "Listing",
    "NotYourTask",
    "Plan",
    "Reminder",
    "Task",
    "TaskNotFound",
    "Tasks",
    "TooManyOwners",
    "card",
    "card_buttons",
    "checked_owners",
    "finish",
    "give",
    "give_to",
    "listing",
    "own_open",
    "remind",
    "reminders",
]
