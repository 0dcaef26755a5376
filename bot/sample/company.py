"""What the parts of the sample share: the stores of the past, and who does something where and when."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.calendar import is_workday
from bot.sample.enterprise import Enterprise
from domain.ids import BranchId
from domain.people.actor import Actor
from domain.people.naming import Chosen
from domain.report.features import Stores

Event = tuple[datetime, Callable[[], object]]
A_DAY = timedelta(days=1)
MAX_DAYS_OFF = 10
EARLY, BETWEEN = 6, timedelta(minutes=10)  # o'clock; what a day off becomes on the workday after it


def in_turn(events: Iterable[Event]) -> Iterator[Event]:
    """The same events, none before the one ahead of it: days off may move several to one day, with their own clocks."""
    last: datetime | None = None
    for at, happen in events:
        last = at if last is None else max(at, last)
        yield last, happen


@dataclass(frozen=True, slots=True)
class Company:
    """The stores of the past, who somebody is in the group of a branch, and how they are named."""

    stores: Stores
    enterprise: Enterprise
    actor: Callable[[str, str, datetime], Actor]
    chosen: Callable[[str], Chosen]
    until: datetime

    def secretary(self, branch: str, at: datetime) -> Actor:
        """Who leads a branch."""
        return self.actor(self.enterprise.secretary(branch).code, branch, at)

    def office(self, at: datetime) -> Actor:
        """Who administers the enterprise, and so has a right on all branches."""
        person = self.enterprise.administrator
        return replace(self.actor(person.code, person.branch, at), is_root_admin=True)

    def branch(self, code: str) -> BranchId:
        """The branch of a group. Raises StopIteration for a code that no branch has."""
        name = self.enterprise.parties[code]
        return next(one.id for one in self.stores.branches.all() if one.name == name)

    def moment(self, written: str) -> datetime:
        """A moment of the file, on a workday."""
        at = self.enterprise.moment(written)
        return at + _days_off(at) * A_DAY

    def step(self, written: str) -> datetime:
        """The same for what must keep its order: moments of days off follow each other early on the next workday."""
        at = self.enterprise.moment(written)
        moved = _days_off(at)
        if not moved:
            return at
        morning = at.replace(hour=EARLY, minute=0) + moved * A_DAY
        share = timedelta(hours=at.hour, minutes=at.minute) / A_DAY
        return morning + (MAX_DAYS_OFF - moved + share) * BETWEEN


def _days_off(at: datetime) -> int:
    """How many days it is to the next workday, none on one."""
    return next((days for days in range(MAX_DAYS_OFF) if is_workday((at + days * A_DAY).date())), 0)
