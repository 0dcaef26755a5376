"""Courses and campaigns of the library in private: all of them, one, and its end."""

from functools import partial

from telegram import Update

from domain.messaging.message import Action, Button, Message
from domain.people.permission import Permission
from domain.study import series
from domain.study.campaign import Campaign
from domain.study.course import Course
from domain.study.series import Listed, Opened, SeriesKind
from handlers import pages
from handlers.action import ButtonExpired
from handlers.command import PrivatePress
from handlers.context import Context

KEEP = Permission.KEEP_LIBRARY
SHOWN = 40  # buttons of a list
NUMBERS = {1: SeriesKind.COURSE, 2: SeriesKind.CAMPAIGN}  # as buttons carry them
KINDS = {kind: number for number, kind in NUMBERS.items()}


def button() -> Button:
    """Opens the list."""
    return Button("library.series_button", Action("series.page"))


async def press_page(_: Update, context: Context) -> None:
    """Button: all courses and campaigns."""
    await pages.turn(context, partial(series.listing, actor=context.actor), say_listing)


def say_listing(listed: Listed) -> Message:
    """All courses and campaigns, a button for each."""
    found: list[tuple[SeriesKind, Course | Campaign]] = [(SeriesKind.COURSE, one) for one in listed.courses]
    found += [(SeriesKind.CAMPAIGN, one) for one in listed.campaigns]
    rows = [
        [Button("library.one_series_button", Action("series.open", KINDS[kind], one.number), {"series": one})]
        for kind, one in found[:SHOWN]
    ]
    back = [Button("library.back_button", Action("library.page", 0))]
    return Message("library.series", {"listed_series": listed}, [*rows, back])


def _meant(context: Context) -> tuple[SeriesKind, int]:
    kind, number = context.pressed.numbers(2)
    if kind not in NUMBERS:
        raise ButtonExpired
    return NUMBERS[kind], number


async def press_open(_: Update, context: Context) -> None:
    """Button: a course or campaign."""
    kind, number = _meant(context)
    await pages.turn(context, partial(series.show, actor=context.actor, kind=kind, number=number), say_one)


def say_one(opened: Opened) -> Message:
    """A course or campaign, and the way to end it."""
    end = Button("library.end_button", Action("series.end", KINDS[opened.kind], opened.series.number))
    back = Button("library.back_button", Action("series.page"))
    return Message("library.one_series", {"one": opened}, [[end, back]])


async def press_end(_: Update, context: Context) -> None:
    """Button: end a course or campaign."""
    kind, number = _meant(context)
    await pages.turn(context, partial(series.end, actor=context.actor, kind=kind, number=number), say_listing)


PRESSES = (
    PrivatePress("series.page", press_page, KEEP),
    PrivatePress("series.open", press_open, KEEP),
    PrivatePress("series.end", press_end, KEEP),
)
