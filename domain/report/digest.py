"""What people in charge read in private: their groups' week on Monday, their month on its first workday.

Whoever answers for one group reads its whole summary, with what to do next; whoever answers for several, and the
administrators, read what all of them come to and a line for each, the best first. Where groups are many, a line is of
a branch and all below it. The week's letter also tells what was learnt, the month's how tasks went, each with a
picture; where both are in one message, it has the month's.

Both fall on one day: one message. It makes no sound, so that who is on leave reads it later. Where nothing has
happened, nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from domain.clock.calendar import workdays
from domain.clock.schedule import Days, Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature
from domain.messaging import administrators
from domain.messaging.message import Message, Subject, Text
from domain.people.permission import Role
from domain.points.period import Every, Period, containing
from domain.report import summary
from domain.report.summary import A_DAY, MAX_NEXT, Summary
from domain.report.together import together, units
from domain.study.learning import letter as letters
from domain.study.learning.service import of_group, rolled_up
from domain.work.lean.report import report, unit
from domain.work.lean.service import of_groups

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import datetime

    from domain.ids import ChatId, MemberId
    from domain.messaging.chat import Chat
    from domain.people.permission import Area
    from domain.people.role import Grant
    from domain.report.features import Stores
    from domain.reporting import Figure, Next
    from domain.study.learning.figures import Learnt
    from domain.study.learning.letter import Letter
    from domain.work.lean.figures import Course
    from domain.work.lean.report import Report

MONDAY = 0
LISTED = 20  # lines in one message
AT_ONCE = 200  # grants
EACH, OVERDUE = "points:each", "task:overdue"
FIRST_DAYS = 10  # of a month: its first workday is one of them, and a message that is late still comes


@dataclass(frozen=True, slots=True)
class Row:
    """Groups among others: their rank by points for each person, where they are known, and their brief figures."""

    name: str
    figures: Sequence[Text]
    rank: int | None = None
    groups: int = 1


@dataclass(frozen=True, slots=True)
class Digest:
    """A week or a month: the `summary` of the only group, or a row for each of several, `more` of which are left out.

    `all` is what the groups come to; `silent` groups had nothing; `stuck` is how many have tasks that are overdue.
    """

    first: date
    last: date
    every: Every
    group: str | None = None
    summary: Summary | None = None
    all: Sequence[Text] = ()
    rows: Sequence[Row] = ()
    more: int = 0
    silent: int = 0
    stuck: int = 0


@dataclass(slots=True)
class Desk:
    """What was read of groups in this run: several people answer for the same ones."""

    stores: Stores
    slot: datetime
    kept: dict[Period, dict[ChatId, Mapping[str, Figure]]] = field(default_factory=dict)
    learnt: dict[ChatId, Learnt] = field(default_factory=dict)
    courses: dict[Period, dict[ChatId, list[Course]]] = field(default_factory=dict)

    def figures(self, group: Chat, period: Period) -> Mapping[str, Figure]:
        """A group's figures of a period."""
        if period not in self.kept:
            self.kept[period] = dict(self.stores.figures.all(period))
        known = self.kept[period]
        if group.id not in known:
            known[group.id] = summary.figures_of(self.stores, group, period)
        return known[group.id]

    def of(self, groups: Sequence[Chat], period: Period) -> Mapping[str, Figure]:
        """The figures of several groups as one."""
        return together([self.figures(group, period) for group in groups])

    def letter(self, groups: Sequence[Chat], period: Period) -> Letter | None:
        """What groups, or the branches above many of them, have learnt in the week that is told."""
        spoken = [group for group in groups if self._learnt(group, period).happened]
        by_unit = [
            rolled_up(unit.name, [self.learnt[group.id] for group in unit.groups])
            for unit in units(self.stores, spoken, letters.LISTED)
        ]
        return letters.letter(period.first, period.last, by_unit)

    def lean(self, groups: Sequence[Chat], month: Period) -> Report | None:
        """How the tasks of groups went in the month that is told; nothing where none was done."""
        found, before = self._courses(groups, month), self._courses(groups, month.before)
        if not any(found.values()):
            return None
        lines = [
            unit(one.name, [each for group in one.groups for each in found[group.id]])
            for one in units(self.stores, [group for group in groups if found[group.id]], letters.LISTED)
        ]
        of_all, of_before = ([each for own in one.values() for each in own] for one in (found, before))
        name = lines[0].name if len(groups) == 1 else ""
        return report(name, (month.first, month.last), of_all, of_before, lines)

    def _courses(self, groups: Sequence[Chat], month: Period) -> Mapping[ChatId, list[Course]]:
        """How the tasks of a month went, by group; those that nobody has asked for yet are read at once."""
        known = self.courses.setdefault(month, {})
        new = [group for group in groups if group.id not in known]
        if new:
            known.update({group.id: [] for group in new})
            since, until = new[0].start_of(month.first), new[0].start_of(month.end)
            for one in of_groups(self.stores, [group.id for group in new], since, until):
                known[one.group].append(one)
        return {group.id: known[group.id] for group in groups}

    def _learnt(self, group: Chat, period: Period) -> Learnt:
        if group.id not in self.learnt:
            since, until = group.start_of(period.first), group.start_of(period.end)
            self.learnt[group.id] = of_group(self.stores, group, since, until)
        return self.learnt[group.id]


def weekly(stores: Stores, slot: datetime) -> None:
    """On Monday, the week before; with it the month before on the month's first workday."""
    day = _day(stores, slot)
    period = containing(Every.WEEK, day).before
    desk = Desk(stores, slot)
    for member, chat, groups in _recipients(stores):
        month = _month(stores, chat, day)
        digests = [_digest(desk, groups, one) for one in (period, *([month] if month else ()))]
        subject = _subject(chat, month) if month else None
        told = [one for one in digests if one]
        lean = desk.lean(groups, month) if month else None
        letter = desk.letter(groups, period)
        _send(stores, chat, told, f"digest:{member}:{period.first}", subject, learnt=letter, lean=lean)


def monthly(stores: Stores, slot: datetime) -> None:
    """On the first workday, the month before; on a Monday it comes with the week's."""
    day = _day(stores, slot)
    if day.weekday() == MONDAY or day.day > FIRST_DAYS:
        return
    desk = Desk(stores, slot)
    for member, chat, groups in _recipients(stores):
        month = _month(stores, chat, day)
        found = _digest(desk, groups, month) if month else None
        if month and found:
            key = f"digest:{member}:month:{month.first}"
            _send(stores, chat, [found], key, _subject(chat, month), lean=desk.lean(groups, month))


def _day(stores: Stores, slot: datetime) -> date:
    return slot.astimezone(ZoneInfo(stores.enterprise.locale.zone)).date()


def _subject(chat: ChatId, month: Period) -> Subject:
    return Subject("digest", chat, month.first.year, month.first.month)


def _month(stores: Stores, chat: ChatId, day: date) -> Period | None:
    """The month before, if its summary is due: its first workday has come, and nobody has told it yet."""
    month = containing(Every.MONTH, day)
    works = workdays(stores)
    days = ((month.first + A_DAY * number) for number in range(FIRST_DAYS))
    first = next((one for one in days if works(one)), None)
    due = first is not None and first <= day and day.day <= FIRST_DAYS
    return month.before if due and not stores.outbox.stands(_subject(chat, month.before)) else None


def _send(
    stores: Stores,
    chat: ChatId,
    digests: Sequence[Digest],
    key: str,
    subject: Subject | None,
    *,
    learnt: Letter | None = None,
    lean: Report | None = None,
) -> None:
    if not digests and learnt is None and lean is None:
        return
    next_ = _next(digests)
    buttons = [[one.button] for one in next_ if one.button]
    values = {"digests": digests, "learnt": learnt, "lean": lean, "next": [one.text for one in next_]}
    pictures = [one.picture for one in (lean, learnt) if one is not None]
    picture = next((one for one in pictures if one is not None), None)
    told = Message("digest.told", values, buttons, subject, silent=True, picture=picture)
    stores.outbox.send(chat, told, key=key)


def _next(digests: Sequence[Digest]) -> Sequence[Next]:
    """What to do next by the newest of them."""
    found = next((one.summary for one in digests if one.summary), None)
    return () if found is None else found.next[:MAX_NEXT]


def _recipients(stores: Stores) -> Iterator[tuple[MemberId, ChatId, Sequence[Chat]]]:
    """Who is in charge and can be written to: administrators of everything, secretaries of what their roles are over.

    A secretary who is an administrator, too, reads of everything, once.
    """
    everything = [group for group in stores.chats.groups() if group.is_admitted]
    by_id = {group.id: group for group in everything}
    first = dict(administrators.private_chats(stores))
    for member, chat in first.items():
        if stores.chats.get(chat).active:
            yield member, chat, everything
    areas: dict[MemberId, list[Area]] = {}
    private: dict[MemberId, ChatId] = {}
    for grant in _grants(stores):
        if grant.role is Role.SECRETARY and grant.member.id not in first and grant.member.private is not None:
            areas.setdefault(grant.member.id, []).append(grant.area)
            private[grant.member.id] = grant.member.private
    for member, own in areas.items():
        groups = _over(stores, own, by_id)
        if groups and stores.chats.get(private[member]).active:
            yield member, private[member], groups


def _grants(stores: Stores) -> Iterator[Grant]:
    after = 0
    while found := stores.grants.all(after, AT_ONCE):
        yield from found
        after = found[-1].id


def _over(stores: Stores, areas: Collection[Area], groups: Mapping[ChatId, Chat]) -> Sequence[Chat]:
    """The groups that some areas hold."""
    below = {branch for area in areas if area.branch is not None for branch in stores.branches.subtree(area.branch)}
    own = {area.group for area in areas}
    everywhere = any(area.everywhere for area in areas)
    return [one for one in groups.values() if everywhere or one.id in own or one.branch in below]


def _digest(desk: Desk, groups: Sequence[Chat], period: Period) -> Digest | None:
    """What is told of some groups; nothing where nothing has happened."""
    head = Digest(period.first, period.last, period.every)
    if len(groups) == 1:
        return _whole(desk, groups[0], period)
    spoken = [group for group in groups if desk.figures(group, period)]
    if not spoken:
        return None
    found = [(unit, desk.of(unit.groups, period)) for unit in units(desk.stores, spoken, LISTED)]
    found.sort(key=lambda one: (-_value(one[1], EACH), -_value(one[1], "points:rate"), one[0].groups[0].id))
    ranks = [_value(figures, EACH) for _, figures in found]
    rows = [
        Row(
            unit.name,
            _briefs(figures, desk.of(unit.groups, period.before)),
            1 + sum(other > _value(figures, EACH) for other in ranks) if EACH in figures else None,
            len(unit.groups),
        )
        for unit, figures in found
    ]
    return replace(
        head,
        all=_briefs(desk.of(spoken, period), desk.of(spoken, period.before)),
        rows=rows[:LISTED],
        more=len(rows[LISTED:]),
        silent=len(groups) - len(spoken),
        stuck=sum(_value(desk.figures(group, period), OVERDUE) > 0 for group in spoken),
    )


def _whole(desk: Desk, group: Chat, period: Period) -> Digest | None:
    found = summary.of_period(desk.stores, group, period, desk.slot)
    if found.empty:
        return None
    told = summary.in_charge(desk.stores, group, summary.compared(desk.stores, group, found), desk.slot)
    return Digest(period.first, period.last, period.every, group.title, summary.shortened(told))


def _value(figures: Mapping[str, Figure], name: str) -> int:
    return figures[name].value if name in figures else 0


def _briefs(figures: Mapping[str, Figure], before: Mapping[str, Figure]) -> Sequence[Text]:
    """The figures that a row has room for, each in its feature's words."""
    steps = summary.steps_between(before, figures) if before else {}
    texts = []
    for name, figure in figures.items():
        if figure.brief is not None:
            own = name.partition(":")[2]
            texts.append(Text(figure.brief, {"name": own, "value": figure.value, "change": steps.get(name, 0)}))
    return texts


# After the groups' own summaries, whose figures it reads.
WEEKLY = Schedule("digest.week", cron="10 9 * * 1", scope=Scope.ENTERPRISE, late=Late.MERGE)
MONTHLY = Schedule("digest.month", cron="10 9 * * *", scope=Scope.ENTERPRISE, days=Days.WORKDAYS, late=Late.MERGE)
FEATURE = Feature("digest", jobs=(EnterpriseJob(WEEKLY, weekly), EnterpriseJob(MONTHLY, monthly)))
