"""Tasks: a deadline, one responsible person, an expected outcome."""

from domain.work.task.cards import LISTED, card_buttons
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
from domain.work.task.service import MAX_OWNERS, finish, give, give_to, listing, own_open

__all__ = [
    "LISTED",
    "MAX_OWNERS",
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
    "card_buttons",
    "finish",
    "give",
    "give_to",
    "listing",
    "own_open",
    "remind",
    "reminders",
]
