"""Four weeks of an enterprise and a quarter of its party life, lived through use cases, in the order of time."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import partial
from random import Random
from typing import Any, cast
from zoneinfo import ZoneInfo

from bot.calendar import is_workday
from bot.sample import (
    activities,
    cards,
    evaluations,
    follow,
    inspections,
    lean,
    meetings,
    procedure,
    rectification,
    reviews,
    trainings,
)
from bot.sample.amending import amend
from bot.sample.company import Company, in_turn
from bot.sample.enterprise import Enterprise
from bot.sample.goals import Goals
from bot.sample.rhythms import Rhythms
from domain.features import FeatureHooks
from domain.ids import BranchId
from domain.messaging.chat import Admission, Chat, ChatKind, ChatProfile, Locale
from domain.messaging.message import NOWHERE
from domain.messaging.quiet import USUAL
from domain.people import branch, role, roster
from domain.people.actor import Actor
from domain.people.member import Member, PersonProfile, meet, meet_chat
from domain.people.naming import Chosen, Kind
from domain.points import honour, thanks
from domain.report.features import Stores
from domain.study import study
from domain.study.item import Lesson
from domain.study.library import Library
from domain.study.question import QuestionKind
from domain.voice import suggestion, survey
from domain.voice.suggestion import Tagging
from domain.voice.survey import Question
from domain.work import task
from domain.work.task import Plan

WEEKS = 4
PROMPT_AT = time(8, 30)
Event = tuple[datetime, Callable[[], object]]


class Unheard:
    """An outbox in which the past leaves nothing: all of it was said long ago."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_, **__: None


class Past:
    """Stores with everything but the outbox."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self.outbox = Unheard()
        self.hooks = FeatureHooks(cast(Stores, self))  # else what follows from the past would be heard

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stores, name)


@dataclass(frozen=True, slots=True)
class Places:
    """The platform's ids of the sample's branches and people."""

    groups: Mapping[str, int]
    people: Mapping[str, int]


class History:
    """What happened before today."""

    def __init__(self, stores: Stores, enterprise: Enterprise, places: Places, locale: Locale, until: datetime) -> None:
        """Enrol everybody, as of the first day."""
        self._today = stores
        self._stores = cast(Stores, Past(stores))
        self._enterprise = enterprise
        self._until = until
        self._dice = Random(5)  # noqa: S311 - the demo is the same every day
        begun = enterprise.moment(f"-{WEEKS} mon 08:00")
        self._groups: dict[str, Chat] = {}
        self._members: dict[str, Member] = {}
        self._import_roster(begun)
        for code, title in enterprise.branches.items():
            profile = ChatProfile(places.groups[code], ChatKind.GROUP, title)
            group = meet_chat(self._stores, profile=profile, locale=locale, at=begun)
            stores.chats.decide(group, Admission.ADMITTED, None, begun)
            self._groups[code] = branch.bind(stores, chat=group, branch=self._branch(enterprise.parties[code]))
        for person in enterprise.people.values():
            who = PersonProfile(places.people[person.code], person.name, person.username)
            member = self._members[person.code] = meet(self._stores, who, begun)
            group = self._groups[person.branch]
            stores.members.speak(group.id, member.id, begun)
            on_roster = stores.people.numbered(person.number)
            if on_roster is not None:
                stores.people.link(on_roster.id, member.id)
                role.grant_from_roster(self._stores, on_roster, member, begun)

    def _import_roster(self, at: datetime) -> None:
        """Bring the roster file in, as an administrator does."""
        rows, day = self._enterprise.roster, at.astimezone(ZoneInfo(self._enterprise.zone)).date()
        agreed = roster.plan(roster.known(self._stores), rows).fingerprint
        roster.carry_out(self._stores, roster=rows, agreed=agreed, by=None, day=day, at=at)

    def _branch(self, name: str) -> BranchId:
        """The branch of the roster that has a name."""
        return next(one.id for one in self._stores.branches.all() if one.name == name)

    def live(self, lessons: list[Lesson], taggings: list[Tagging]) -> None:
        """Let everything happen, one thing after another; `taggings` are those of the suggestions, in their order."""
        study.load(self._stores, lessons=lessons)
        events = [*self._study(), *self._tasks(), *self._surveys(), *self._suggestions(taggings)]
        events += [*self._thanks(), *self._honours()]
        events += Rhythms(self._stores, self._enterprise, self._secretary, self._until).events()
        events += procedure.events(self._stores, self._secretary, self._enterprise.moment)
        events += lean.events(self._stores, self._enterprise, self._secretary)
        events += reviews.events(self._stores, self._enterprise, self._actor, self._chosen)
        events += Goals(self._stores, self._enterprise, self._members, self._groups).events()
        company = Company(self._stores, self._enterprise, self._actor, self._chosen, self._until)
        events += meetings.events(company, self._today)
        events += cards.events(company)
        events += in_turn(inspections.events(company))
        events += trainings.events(company)
        events += activities.events(company, self._today)
        events += in_turn(evaluations.events(company))
        events += rectification.events(self._stores, self._enterprise, self._actor, self._chosen)
        for at, happen in sorted(events, key=lambda event: event[0]):
            if at < self._until:
                happen()
        amend(self._stores, [group.id for group in self._groups.values()], self._until)
        follow.report(self._today, self._until)

    def plan_study(self, library: Library) -> None:
        """Add the courses, and the campaigns as if they had begun last week."""
        for course in library.courses:
            self._today.courses.put(course)
        for campaign in library.campaigns:
            since, until = self._enterprise.today - timedelta(weeks=1), self._enterprise.today + timedelta(weeks=5)
            self._today.campaigns.put(replace(campaign, since=since, until=until))

    def begin_today(self) -> None:
        """Post what this morning has brought: on a workday after 08:30 the study item, for everybody to hear."""
        procedure.show(self._today, self._until)
        local = self._until.astimezone(ZoneInfo(self._enterprise.zone))
        if is_workday(local.date()) and local.time() >= PROMPT_AT:
            for group in self._groups.values():
                study.prompt(self._today, group, self._until)

    def _study(self) -> Iterator[Event]:
        day = self._enterprise.moment(f"-{WEEKS} mon 00:00").date()
        while day < self._enterprise.today:
            if is_workday(day):
                at = datetime.combine(day, PROMPT_AT, ZoneInfo(self._enterprise.zone))
                for branch in self._enterprise.branches:
                    yield at, partial(self._study_day, branch, at)
            day += timedelta(days=1)

    def _actor(self, code: str, branch: str, at: datetime) -> Actor:
        """Somebody of the sample, in the group of a branch."""
        return Actor(self._members[code], self._groups[branch], at)

    def _secretary(self, branch: str, at: datetime) -> Actor:
        return self._actor(self._enterprise.secretary(branch).code, branch, at)

    def _study_day(self, branch: str, at: datetime) -> None:
        given = study.prompt(self._stores, self._groups[branch], at)
        if given is None:
            return
        for person in self._enterprise.of(branch):
            member, when = self._members[person.code].id, at + timedelta(minutes=self._dice.randint(2, 600))
            if self._dice.random() > person.study:
                continue
            study.read(self._stores, self._actor(person.code, branch, when), prompt_id=given.id)
            question = given.item.lesson.question
            if question is not None and question.kind is QuestionKind.SINGLE:
                right, answer = self._dice.random() < person.quiz, question.right[0]
                choice = answer if right else (answer + 1) % len(question.options)
                study.answer(self._stores, prompt_id=given.id, by=member, choice=choice, at=when)

    def _tasks(self) -> Iterator[Event]:
        for number, told in enumerate(self._enterprise.tasks):
            yield self._enterprise.moment(told["given"]), partial(self._give, told, number)

    def _give(self, told: Mapping[str, Any], number: int) -> None:
        at = self._enterprise.moment(told["given"])
        given = task.give_to(
            self._stores,
            self._secretary(told["branch"], at),
            owners=[self._members[told["owner"]].id],
            plan=Plan(told["title"], told["standard"], told["outcome"]),
            due_at=self._enterprise.moment(told["due"]),
            source=f"sample/{number}",
        ).task
        if "done" in told:
            done = self._enterprise.moment(told["done"])
            task.finish(self._stores, self._actor(told["owner"], told["branch"], done), number=given.id)
        else:  # its earlier reminders were heard in their time
            self._stores.tasks.save(given.reminded_after(self._until, self._groups[told["branch"]], USUAL))

    def _surveys(self) -> Iterator[Event]:
        for number, told in enumerate(self._enterprise.surveys):
            yield self._enterprise.moment(told["asked"]), partial(self._ask, told, number)

    def _ask(self, told: Mapping[str, Any], number: int) -> None:
        asked, closes = self._enterprise.moment(told["asked"]), self._enterprise.moment(told["closes"])
        posted = survey.ask(
            self._stores,
            self._secretary(told["branch"], asked),
            question=Question(told["question"], tuple(told["options"])),
            closes_at=closes,
            source=f"sample/{number}",
            thread=NOWHERE,
        )
        for who, option in told["votes"].items():
            at = asked + (closes - asked) * self._dice.random()
            survey.answer(self._stores, survey_id=posted.id, by=self._members[who].id, options=[option], at=at)
        survey.publish(self._stores, survey_id=posted.id, count=None, at=closes)

    def _suggestions(self, taggings: list[Tagging]) -> Iterator[Event]:
        for number, (told, tagging) in enumerate(zip(self._enterprise.suggestions, taggings, strict=True)):
            at = self._enterprise.moment(told["at"])
            yield at, partial(self._suggest, told, number, tagging)

    def _suggest(self, told: Mapping[str, Any], number: int, tagging: Tagging) -> None:
        at = self._enterprise.moment(told["at"])
        actor = self._actor(told["by"], self._enterprise.people[told["by"]].branch, at)
        suggestion.make(self._stores, actor, text=told["text"], tagging=tagging, source=f"sample/{number}")

    def _thanks(self) -> Iterator[Event]:
        for number, told in enumerate(self._enterprise.thanks):
            yield self._enterprise.moment(told["at"]), partial(self._thank, told, number)

    def _thank(self, told: Mapping[str, Any], number: int) -> None:
        by, at = self._enterprise.people[told["by"]], self._enterprise.moment(told["at"])
        thanks.give(
            self._stores,
            self._actor(by.code, by.branch, at),
            wanted=[self._chosen(told["to"])],
            reason=told["reason"],
            source=f"sample/thanks/{number}",
        )

    def _honours(self) -> Iterator[Event]:
        for number, told in enumerate(self._enterprise.honours):
            yield self._enterprise.moment(told["at"]), partial(self._honour, told, number)

    def _honour(self, told: Mapping[str, Any], number: int) -> None:
        honour.give(
            self._stores,
            self._secretary(self._enterprise.people[told["to"]].branch, self._enterprise.moment(told["at"])),
            title=told["title"],
            to=self._chosen(told["to"]),
            citation=told["citation"],
            source=f"sample/honour/{number}",
        )

    def _chosen(self, code: str) -> Chosen:
        return Chosen(Kind.MEMBER, self._members[code].id)
