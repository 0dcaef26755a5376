"""Work in a rhythm in the sample: a branch has adopted a list of responsibilities, and gets a report every week."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.calendar import is_workday
from bot.sample.enterprise import Enterprise
from domain.messaging.quiet import USUAL
from domain.people.actor import Actor
from domain.people.naming import Called
from domain.report.features import Stores
from domain.work import recurring, responsibility, task
from domain.work.recurring.giving import run
from domain.work.responsibility import Way
from domain.work.rhythm import By, DayOff, Rhythm, Spot, Unit
from domain.work.task import Plan, Task
from handlers.work.responsibility_files import sample

LIST = 0  # the usual duties in a branch
BEGUN = "-4 mon 10:00"
GIVEN_AT, DONE_AT = time(9, 5), time(16, 40)
WEEKLY = Rhythm(Unit.WEEK, (Spot(By.DAY, 5),), time(17), off=DayOff.BEFORE)
PLAN = Plan("交本周安全检查小结", "写清查了什么、改了什么", "小结一份")
WEEKLY_OWNER = "李伟"
Event = tuple[datetime, Callable[[], object]]


class Rhythms:
    """What happens in a branch by itself, from the day on which its list was adopted."""

    def __init__(
        self, stores: Stores, enterprise: Enterprise, secretary: Callable[[str, datetime], Actor], until: datetime
    ) -> None:
        self._stores, self._enterprise, self._secretary, self._until = stores, enterprise, secretary, until
        self._branch = next(iter(enterprise.branches))

    def events(self) -> Iterator[Event]:
        """Adopt the list, then give and finish what comes."""
        begun = self._enterprise.moment(BEGUN)
        yield begun, partial(self._begin, begun)
        day, zone = begun.date() + timedelta(days=1), ZoneInfo(self._enterprise.zone)
        while day <= self._enterprise.today:
            if is_workday(day):
                given, done = datetime.combine(day, GIVEN_AT, zone), datetime.combine(day, DONE_AT, zone)
                yield given, partial(self._give, given)
                yield done, partial(self._finish, done)
            day += timedelta(days=1)

    def _begin(self, at: datetime) -> None:
        found, actor = sample(LIST), self._secretary(self._branch, at)
        if found is not None:
            responsibility.adopt(self._stores, actor, entries=found[1], way=Way.ADD, source="sample/list")
        mentions = [Called(WEEKLY_OWNER)]
        recurring.begin(self._stores, actor, mentions=mentions, plan=PLAN, rhythm=WEEKLY, source="sample/weekly")

    def _give(self, at: datetime) -> None:
        """Give what is due; earlier reminders of it were heard in their time."""
        run(self._stores, at)
        for one in self._open(at):
            group = self._stores.chats.get(one.group)
            self._stores.tasks.save(one.reminded_after(self._until, group, USUAL))

    def _open(self, at: datetime) -> list[Task]:
        actor = self._secretary(self._branch, at)
        seen = responsibility.overview(self._stores, actor)
        known = {one.plan.title for role in seen.roles for one in role.entries}
        known |= {one.plan.title for one in seen.others}
        return [one for one in self._stores.tasks.open_in(actor.group.id, limit=100) if one.plan.title in known]

    def _finish(self, at: datetime) -> None:
        """Everybody finishes on the last day what was given in a rhythm."""
        for one in self._open(at):
            if one.due_at.astimezone(at.tzinfo).date() <= at.date():
                group = self._stores.chats.get(one.group)
                task.finish(self._stores, Actor(one.owner, group, at), number=one.id)
