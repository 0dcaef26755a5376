"""Meetings of the sample: a quarter of them, with attendance, decisions, minutes and the tasks in them; one to come."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bot.sample.company import Company
from domain.ids import MeetingId
from domain.life.meeting import attending, calling, deciding, holding, minutes
from domain.life.meeting.calling import Wish
from domain.life.meeting.deciding import Proposal
from domain.life.meeting.decision import Way
from domain.life.meeting.kinds import Kind
from domain.life.meeting.minutes import Errand, Written
from domain.life.meeting.quorum import Choice, Count
from domain.messaging.quiet import USUAL
from domain.people.actor import Actor
from domain.report.features import Stores
from domain.work import task

FILE = Path(__file__).parent / "meetings.toml"
Event = tuple[datetime, Callable[[], object]]
Told = Mapping[str, Any]
HOUR, LATE = timedelta(hours=1), timedelta(minutes=10)
EVERY = 7  # of so many people one was absent, beside those who took leave


def events(company: Company, today: Stores) -> Iterator[Event]:
    """What happened, in each group; the notice of the meetings to come still stands there."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    codes = list(company.enterprise.branches)
    for place, one in enumerate(told["meeting"]):
        at = company.moment(one["at"])
        for code in one.get("branches", codes):
            yield at, Held(company, one, code, at, f"sample/meeting/{place}/{code}").run
    for place, one in enumerate(told["coming"]):
        at = company.enterprise.moment(one["called"])
        wish = _wish(one, company.moment(one["at"]))
        for code in codes:
            call = partial(calling.call, today, company.secretary(code, at), wish=wish)
            yield at, partial(call, source=f"sample/coming/{place}/{code}")


def _wish(told: Told, at: datetime) -> Wish:
    return Wish(Kind(told["kind"]), at, told["place"], tuple(told["agenda"]))


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting of the file, as the group of a branch (by its code) held it."""

    company: Company
    told: Told
    code: str
    at: datetime
    source: str

    @property
    def stores(self) -> Stores:
        """Those of the past."""
        return self.company.stores

    def run(self) -> None:
        """Everything from the notice to the minutes."""
        before, after = (self.company.secretary(self.code, self.at + by) for by in (-HOUR, HOUR))
        number = calling.call(self.stores, before, wish=_wish(self.told, self.at), source=self.source).meeting.id
        away = self._take_leave(number)
        self._come(number, away)
        if "decision" in self.told:
            self._decide(number, self.told["decision"])
        holding.end(self.stores, after, number=number)
        self._write(after, number)

    def _take_leave(self, number: MeetingId) -> set[int]:
        """Who of the branch has taken leave, by their accounts."""
        own = {person.code for person in self.company.enterprise.of(self.code)}
        found = set[int]()
        for who, reason in self.told.get("away", {}).items():
            if who in own:
                actor = self.company.actor(who, self.code, self.at - HOUR)
                attending.take_leave(self.stores, actor, number=number, reason=reason)
                found.add(actor.member.id)
        return found

    def _come(self, number: MeetingId, away: set[int]) -> None:
        """People check in: some of them late, by the code; the others are marked in the list."""
        then = self.company.secretary(self.code, self.at)
        late = {one.member.id: one for one in (self._late(who) for who in self.told.get("late", ()))}
        roll = holding.open_(self.stores, then, number=number)
        for place, one in enumerate(roll.people, 1):
            if one.member in away or place % EVERY == 0:
                continue
            if one.member in late:
                attending.check_in_by_code(self.stores, late[one.member], code=roll.meeting.code)
            else:
                holding.mark(self.stores, then, number=number, who=one.id)

    def _late(self, who: str) -> Actor:
        return self.company.actor(who, self.code, self.at + LATE)

    def _decide(self, number: MeetingId, told: Told) -> None:
        then, way = self.company.secretary(self.code, self.at), Way.PAPER if told.get("paper") else Way.OPEN
        proposal = Proposal(number, told["title"], told["grounds"], way)
        decision = deciding.propose(self.stores, then, wish=proposal, source=self.source)
        there = [one for one in self.stores.meetings.people(number) if one.is_present and one.entitled]
        against = told["against"]
        if way is Way.PAPER:
            found = Count(len(there), len(there) - against, against)
            deciding.count_paper(self.stores, then, number=decision.id, found=found)
            return
        for place, one in enumerate(there):
            self.stores.decisions.vote(decision.id, one.id, Choice.AGAINST if place < against else Choice.FOR)
        deciding.end(self.stores, then, number=decision.id)

    def _write(self, actor: Actor, number: MeetingId) -> None:
        """Keep the minutes; the tasks in them were done, or their earlier reminders were heard in their time."""
        moment, told = self.company.enterprise.moment, self.told.get("task", ())
        errands = [Errand(self.company.chosen(one["owner"]), moment(one["due"]), one["title"]) for one in told]
        text = self.told["minutes"]
        kept = minutes.keep(self.stores, actor, number=number, written=Written(text, errands), source=self.source)
        for one, given in zip(told, kept.given, strict=True):
            if "done" in one:
                owner = self.company.actor(one["owner"], self.code, moment(one["done"]))
                task.finish(self.stores, owner, number=given.task.id)
            else:
                self.stores.tasks.save(given.task.reminded_after(self.company.until, actor.group, USUAL))
