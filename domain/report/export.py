"""A group's work in a period as tables, for whoever reports on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from domain.admin import setting
from domain.admin.setting import Ranking
from domain.people.privacy import Table
from domain.points.points import RuleName
from domain.refusal import Refusal
from domain.study.study import READ

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from domain.ids import ChatId, MemberId, SurveyId
    from domain.messaging.chat import Chat
    from domain.people.member import Member
    from domain.points.points import Entry
    from domain.report.stores import Stores
    from domain.voice.suggestion import Suggestion
    from domain.voice.survey import Survey
    from domain.work.task import Task

MAX_ROWS = 50_000  # of one kind: a month of a group of 500 people has some 20,000 entries in the ledger
MAX_GROUPS = 20  # to choose from


class NothingToExport(Refusal):
    """Nothing happened in the period."""

    text = "export.nothing"


class TooMuch(Refusal):
    """More than one file should hold."""

    text = "export.too_much"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both of them included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Span:
    """A group between two moments, and how many rows of a kind are read at most."""

    group: ChatId
    since: datetime
    until: datetime
    most: int


class Earned(NamedTuple):
    """A line of the ledger and whose it is; `named` is false for who does not want to be on boards."""

    entry: Entry
    member: Member
    named: bool


class Chosen(NamedTuple):
    """What somebody chose in a survey that shows it, as indexes of its options."""

    survey: SurveyId
    member: Member
    options: tuple[int, ...]


class Studied(NamedTuple):
    """An item on a day of the group: how many have answered its quiz there, and how many of them right."""

    code: str
    title: str
    day: date
    at: datetime
    answered: int
    right: int


class Exports(Protocol):
    """What a group has done, as the store has it."""

    def groups(self, member: MemberId, most: int) -> list[Chat]:
        """The groups that somebody is in, in the order in which they were met."""

    def tasks(self, span: Span) -> list[Task]:
        """Tasks that were given, fell due or were done in the span, by number."""

    def suggestions(self, span: Span) -> list[Suggestion]:
        """Suggestions of the span, oldest first."""

    def earned(self, span: Span) -> list[Earned]:
        """The ledger of the span, oldest first."""

    def studied(self, span: Span) -> list[Studied]:
        """What the group was shown in the span, oldest first."""

    def surveys(self, span: Span) -> list[Survey]:
        """Surveys that were asked or published in the span, by number."""

    def chosen(self, span: Span) -> list[Chosen]:
        """Who chose what in those of them that were published and are not anonymous."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a group has done in a period; `named` is false where points are told without names."""

    group: Chat
    period: Period
    tables: Sequence[Table]
    named: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What the store has of a group's period at a moment, of which `work` makes tables."""

    group: Chat
    period: Period
    at: datetime
    named: bool
    tasks: Sequence[Task]
    suggestions: Sequence[Suggestion]
    earned: Sequence[Earned]
    studied: Sequence[Studied]
    surveys: Sequence[Survey]
    chosen: Sequence[Chosen]


def look(stores: Stores, *, group: Chat, period: Period, at: datetime) -> Found:
    """All that there is of a period, and one row more than a file may hold."""
    until = group.start_of(period.last + timedelta(days=1))
    span, kept = Span(group.id, group.start_of(period.first), until, MAX_ROWS + 1), stores.exports
    return Found(
        group,
        period,
        at,
        setting.ranking_of(stores, group) is Ranking.PUBLIC,
        kept.tasks(span),
        kept.suggestions(span),
        kept.earned(span),
        kept.studied(span),
        kept.surveys(span),
        kept.chosen(span),
    )


def work(found: Found) -> Work:
    """A table for each kind of thing of which there is any. Raises NothingToExport, TooMuch."""
    period, earned = found.period, found.earned
    made = [
        _tasks(found.tasks, found.at),
        _suggestions(found.suggestions),
        *(_points(earned) if found.named else [_sums(earned)]),
        _study(found.studied, earned, named=found.named),
        _surveys(found.surveys, found.chosen),
    ]
    if max(len(earned), len(found.chosen), *(len(table.rows) for table in made)) > MAX_ROWS:
        raise TooMuch(most=MAX_ROWS)
    tables = [table for table in made if table.rows]
    if not tables:
        raise NothingToExport(first=period.first, last=period.last)
    return Work(found.group, period, tables, found.named)


def _tasks(tasks: Sequence[Task], at: datetime) -> Table:
    columns = ("number", "title", "owner", "standard", "outcome", "given_at", "due_at", "done_at", "on_time")
    rows = [
        (
            task.id,
            task.plan.title,
            task.owner,
            task.plan.standard,
            task.plan.outcome,
            task.given_at,
            task.due_at,
            task.done_at,
            None if task.done_at is None and task.due_at >= at else task.on_time,  # nobody knows yet
        )
        for task in tasks
    ]
    return Table("tasks", columns, rows)


def _suggestions(suggestions: Sequence[Suggestion]) -> Table:
    columns = ("number", "text", "tags", "at", "author")
    return Table(
        "suggestions", columns, [(one.id, one.text, one.tagging.tags, one.at, one.author) for one in suggestions]
    )


def _points(earned: Sequence[Earned]) -> list[Table]:
    """Everybody's total and what it is made of, best first, and the ledger; without those who are on no board."""
    shown = [one for one in earned if one.named]
    sums: dict[Member, Counter[RuleName]] = defaultdict(Counter)
    for entry, member, _ in shown:
        sums[member][entry.rule] += entry.points
    rules = sorted({entry.rule for entry, _, _ in shown})
    lines = sorted(sums.items(), key=lambda line: (-line[1].total(), line[0].id))
    totals = [(member, each.total(), *(each[rule] for rule in rules)) for member, each in lines]
    ledger = [(entry.at, member, entry.rule, entry.cause, entry.points) for entry, member, _ in shown]
    return [
        Table("points", ("member", "total", *rules), totals),
        Table("ledger", ("at", "member", "rule", "cause", "points"), ledger),
    ]


def _sums(earned: Sequence[Earned]) -> Table:
    """What each rule came to, of all together: where nobody's points are shown to others."""
    times: Counter[RuleName] = Counter()
    points: Counter[RuleName] = Counter()
    for entry, _, _ in earned:
        times[entry.rule] += 1
        points[entry.rule] += entry.points
    return Table("points", ("rule", "times", "points"), [(rule, times[rule], points[rule]) for rule in sorted(times)])


def _study(studied: Sequence[Studied], earned: Sequence[Earned], *, named: bool) -> Table:
    """An item a day: how many have read it and who, how many answered and how many right."""
    readers = _readers(studied, earned)
    columns: tuple[str, ...] = ("day", "item", "read", "answered", "right")
    rows: list[tuple[Any, ...]] = []
    for one in studied:
        read = readers[one.code, one.at]
        row = (one.day, one.title, len(read), one.answered, one.right)
        rows.append((*row, [reader.member for reader in read if reader.named]) if named else row)
    return Table("study", (*columns, "readers") if named else columns, rows)


def _readers(studied: Sequence[Studied], earned: Sequence[Earned]) -> Mapping[tuple[str, datetime], list[Earned]]:
    """Who has read what: an item that was shown twice was read when it had been shown last."""
    shown: dict[str, list[datetime]] = defaultdict(list)
    for one in studied:
        shown[f"study:{one.code}"].append(one.at)
    readers: dict[tuple[str, datetime], list[Earned]] = defaultdict(list)
    for reader in earned:
        entry = reader.entry
        before = [at for at in shown.get(entry.source, ()) if at <= entry.at]
        if before and entry.rule == READ.name and entry.points >= 0:
            readers[entry.source.partition(":")[2], max(before)].append(reader)
    return readers


def _surveys(surveys: Sequence[Survey], chosen: Sequence[Chosen]) -> Table:
    """An option a row; votes once the result is published, and names only where the survey showed them."""
    who: dict[tuple[SurveyId, int], list[Member]] = defaultdict(list)
    for survey, member, options in chosen:
        for index in options:
            who[survey, index].append(member)
    columns = ("number", "question", "asked_at", "published_at", "anonymous", "voters", "option", "votes", "chosen_by")
    rows: list[tuple[Any, ...]] = []
    for one in surveys:
        tally = one.tally if one.published_at is not None else None
        head = (one.id, one.question.text, one.asked_at, one.published_at, one.question.anonymous)
        for place, option in enumerate(one.question.options):
            votes = tally.votes[place] if tally and place < len(tally.votes) else None
            rows.append((*head, tally.voters if tally else None, option, votes, who[one.id, place]))
    return Table("surveys", columns, rows)
