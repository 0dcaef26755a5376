"""The weekly summary of a group: what the features say of the week, each against the week before, and the board.

Whoever may change the group's settings, and with them the cap on prompts, also learns how many prompts people got, and
what to do next.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import Feature, GroupJob
from domain.messaging.chat import monday
from domain.messaging.message import Message, Text
from domain.people.permission import Permission, allows, require
from domain.points import board
from domain.points.period import Every, Period, containing
from domain.report import picture
from domain.reporting import Figure, Week

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.ids import ChatId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.points.board import Board
    from domain.report.features import Stores
    from domain.report.picture import WeeklyPicture
    from domain.reporting import Next, Told

A_DAY = timedelta(days=1)
A_WEEK = timedelta(days=7)
FRIDAY = 4
MAX_LINES = 12  # of the group's message: one screen of a phone
AROUND_BOARD = 4  # lines: the title, a blank one, the board's heading, how many more there are
MAX_ON_BOARD = 5
MAX_NEXT = 3
Figures = dict[str, Figure]


@dataclass(frozen=True, slots=True)
class Summary:
    """A group's week or month: a part of each feature that has something to say.

    `empty` tells that nothing has happened: such a summary is not posted. `figures` are what is compared with the next.
    `picture` is there for the group, where there is enough to see.
    """

    monday: date
    sunday: date
    parts: Sequence[Text]
    empty: bool
    board: Board
    so_far: bool = False
    prompts: int = 0  # what each person got of the bot without asking, on average; only where it is asked for
    every: Every = Every.WEEK
    figures: Mapping[str, Figure] | None = None
    next: Sequence[Next] = ()
    topics: Mapping[str, int] | None = None
    picture: WeeklyPicture | None = None


class Summaries(Protocol):
    """What a group's week adds up to, between two moments."""

    def counts(self, group: ChatId, since: datetime, until: datetime) -> Mapping[str, int]:
        """Everything that the features count, by name (`task_late`), in one statement."""


class KeptFigures(Protocol):
    """The figures of summaries that were told, so that the next can be compared with them."""

    def put(self, group: ChatId, period: Period, figures: Mapping[str, Figure]) -> None:
        """Keep a group's figures in place of earlier ones."""

    def get(self, group: ChatId, period: Period) -> Figures | None:
        """A group's figures; `None` where none were kept."""

    def all(self, period: Period) -> Mapping[ChatId, Figures]:
        """Those of all groups."""


class HasFigures(Protocol):
    """Stores with this one among them."""

    @property
    def figures(self) -> KeptFigures:
        """See `KeptFigures`."""


def week(stores: Stores, group: Chat, first: date, at: datetime) -> Summary:
    """What a group's week, which starts on the Monday `first`, adds up to at a moment within or after it."""
    return of_period(stores, group, containing(Every.WEEK, first), at)


def of_period(stores: Stores, group: Chat, period: Period, at: datetime) -> Summary:
    """What a period adds up to at a moment within or after it; compared with nothing."""
    end = group.start_of(period.end)
    told = _told(stores, group, period, at)
    return Summary(
        monday=period.first,
        sunday=period.last,
        parts=[_said(one, {}) for one in told],
        empty=not any(one.happened for one in told),
        board=board.of_period(stores, group, period),
        so_far=at < end,
        every=period.every,
        figures=_figures(told),
        topics={name: count for one in told for name, count in one.topics.items()},
        next=sorted((one for each in told for one in each.next), key=lambda one: one.urgency)[:MAX_NEXT],
    )


def _told(stores: Stores, group: Chat, period: Period, at: datetime) -> Sequence[Told]:
    span = (group.id, group.start_of(period.first), min(at, group.start_of(period.end)))
    return stores.hooks.told(Week(group, *span[1:], stores.summaries.counts(*span)))


def _feature(text: Text) -> str:
    return text.text.partition(".")[0]


def _said(told: Told, steps: Mapping[str, int]) -> Text:
    """What a feature says, with the differences."""
    return replace(told.text, values={**told.text.values, "step": steps})


def _figures(told: Sequence[Told]) -> Figures:
    """All figures, each named by its feature."""
    return {f"{_feature(one.text)}:{name}": figure for one in told for name, figure in one.figures.items()}


def figures_of(stores: Stores, group: Chat, period: Period) -> Figures:
    """A past period's figures: as they were told, else added up now."""
    kept = stores.figures.get(group.id, period)
    return _figures(_told(stores, group, period, group.start_of(period.end))) if kept is None else kept


def compared(stores: Stores, group: Chat, summary: Summary) -> Summary:
    """A summary with the differences to the period before; one that goes on is not compared, nor is the first."""
    period = Period(summary.every, summary.monday, summary.sunday)
    told = replace(summary, board=board.compared(stores, group, summary.board))
    before = {} if summary.so_far else figures_of(stores, group, period.before)
    if not before:
        return told
    now = summary.figures or {}
    steps = steps_between(before, now)
    parts = []
    for part in summary.parts:
        own = f"{_feature(part)}:"
        mine = {name.removeprefix(own): step for name, step in steps.items() if name.startswith(own)}
        parts.append(replace(part, values={**part.values, "step": mine}))
    return replace(told, parts=parts)


def steps_between(before: Mapping[str, Figure], now: Mapping[str, Figure]) -> Mapping[str, int]:
    """By how much each figure differs; one that was not there is compared with 0 where its feature told others."""
    nothing = Figure(0)
    return {name: figure.value - before.get(name, nothing).value for name, figure in now.items()}


def shortened(summary: Summary) -> Summary:
    """A summary that fits on a phone: the board gives way to what features say."""
    most = min(MAX_ON_BOARD, max(1, MAX_LINES - AROUND_BOARD - len(summary.parts)))
    shown = summary.board
    if shown.standings and shown.others + len(shown.standings) == most + 1:
        most += 1  # in the line that would say that there is one more
    branches = [*shown.branches[:most], *(one for one in shown.branches[most:] if one.own)]
    others = shown.others + len(shown.standings[most:])
    return replace(summary, board=replace(shown, standings=shown.standings[:most], others=others, branches=branches))


def for_group(summary: Summary) -> Message:
    """What a group reads: the summary on one screen, below a picture of it."""
    shown = None if summary.picture is None else summary.picture.as_picture()
    return Message("summary.week", {"summary": shortened(summary)}, picture=shown)


def pictured(stores: Stores, group: Chat, summary: Summary) -> Summary:
    """A summary with its picture, unless that would show too little."""
    found = picture.of_week(stores, group, summary)
    return replace(summary, picture=found) if found.worth_painting and not summary.empty else summary


def this_week(stores: Stores, actor: Actor) -> Summary:
    """The group's week so far. People who set the cap on prompts also see the number of prompts, and what is next."""
    require(stores, actor, Permission.SEE_SUMMARY)
    group, first, at = actor.group, actor.group.week(actor.now), actor.heard_at
    told = pictured(stores, group, compared(stores, group, week(stores, group, first, at)))
    if not allows(stores, actor, Permission.CHANGE_SETTINGS):
        return replace(told, next=())
    return in_charge(stores, group, told, at)


def in_charge(stores: Stores, group: Chat, summary: Summary, at: datetime) -> Summary:
    """A summary with what only people in charge see: how many prompts people got."""
    end = min(at, group.start_of(summary.sunday + A_DAY))
    return replace(summary, prompts=stores.burdens.of_group(group.id, group.start_of(summary.monday), end).each)


def post(stores: Stores, group: Chat, slot: datetime) -> None:
    """Post the summary of the week that ends, from Friday on, else of the week before; say nothing of an empty one."""
    day = group.day(slot)
    ends = day.weekday() >= FRIDAY
    first = monday(day) if ends else monday(day) - A_WEEK
    summary = week(stores, group, first, slot)
    if not summary.so_far:
        stores.figures.put(group.id, containing(Every.WEEK, first), summary.figures or {})
    if not summary.empty:
        key = f"summary:{group.id}:{first}{':so_far' if ends else ''}"  # moved from Friday to Monday, both are said
        told = pictured(stores, group, compared(stores, group, summary))
        stores.outbox.send(group.id, replace(for_group(told), sounds=True), key=key)


# Mondays at 09:00; a late one is posted all the same.
WEEKLY = Schedule("summary.post", cron="0 9 * * 1", scope=Scope.GROUP, late=Late.MERGE)
FEATURE = Feature("summary", jobs=(GroupJob(WEEKLY, post),))
