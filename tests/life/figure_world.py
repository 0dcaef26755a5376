"""A committee with two branches whose people meet, study, do tasks and suggest, at any moment of any year."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.ids import MeetingId, SuggestionId
from domain.life.evaluation.indicator import INDICATORS, Period
from domain.life.meeting.kinds import RULES, Kind
from domain.life.meeting.model import Invited, Meeting, Reply, State
from domain.life.rectification import escalating, looking_back, planning
from domain.life.rectification.model import Kind as Kinds
from domain.life.rectification.model import Source
from domain.life.rectification.opening import Discovery, open_finding
from domain.life.rectification.planning import Measure
from domain.messaging.chat import ChatKind, ChatProfile
from domain.people import branch as branches
from domain.people.actor import Actor
from domain.people.branch import BranchKind
from domain.people.member import PersonProfile
from domain.people.naming import Chosen
from domain.people.naming import Kind as Who
from domain.people.permission import Area, Role
from domain.people.person import Absence, Entry
from domain.refusal import Refusal
from domain.study.asking.answering import record
from domain.study.attempt import Attempt, Occasion, OccasionKind
from domain.study.item import Lesson
from domain.voice import suggestion
from domain.voice.naming import Naming
from domain.voice.suggestion import Tagging, Way
from domain.voice.suggestion.life import Record, Stage, Step
from domain.work import task
from domain.work.task import Order, Plan, amending, review
from domain.work.task.handing import reassign_to
from domain.work.task.model import Grade
from tests.stores import LOCALE
from tests.study.questions import single

ZONE = ZoneInfo("Asia/Shanghai")
YEAR = Period(date(2025, 1, 1), date(2025, 12, 31), ZONE)
BEGIN = datetime(2024, 11, 1, tzinfo=ZONE)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TITLE = "支部满意度"


@dataclass
class World:
    """People 0 to 5 are in the first branch, 6 to 10 in the second; the last of each has no account."""

    top: Any
    first: Any
    second: Any
    groups: list[Any]
    people: list[Any]
    actors: dict[int, Actor]
    inspector: Actor
    prompts: int = 0
    done: int = 0
    given: list[Any] = field(default_factory=list)
    made: list[SuggestionId] = field(default_factory=list)
    fixing: list[tuple[Any, int]] = field(default_factory=list)
    found: list[tuple[Any, int]] = field(default_factory=list)

    @property
    def branches(self) -> list[Any]:
        return [self.top.id, self.first.id, self.second.id]

    def by(self, who: int, at: datetime) -> Actor:
        return replace(self.actors[who], now=at, heard=at)

    def chief(self, who: int, at: datetime) -> Actor:
        """The secretary of somebody's first branch, in the group of that one."""
        return self.by(0 if who < 6 else 6, at)

    def above(self, of: int, at: datetime) -> Actor:
        """The committee's secretary in the group of a branch."""
        return replace(self.inspector, chat=self.groups[of], now=at, heard=at)

    def next(self) -> int:
        self.done += 1
        return self.done


def settle(stores: Any) -> World:
    """The world at its beginning."""
    top = branches.add(stores, parent=None, kind=BranchKind.COMMITTEE, name="公司党委")
    first, second = (
        branches.add(stores, parent=top.id, kind=BranchKind.BRANCH, name=name) for name in ("一支部", "二支部")
    )
    chats = [stores.chats.add(ChatProfile(-n, ChatKind.GROUP, f"{n}"), LOCALE, BEGIN) for n in (1, 2)]
    groups = [branches.bind(stores, chat=chat, branch=of.id) for chat, of in zip(chats, (first, second), strict=True)]
    people = stores.people.add([Entry(str(n), f"人{n}", (first if n < 6 else second).id) for n in range(11)])
    inspector = stores.members.add(PersonProfile(700, "督查"), BEGIN)
    stores.grants.add(inspector, Role.SECRETARY, Area(branch=top.id), None, BEGIN)
    world = World(top, first, second, groups, people, {}, Actor(inspector, groups[0], BEGIN))
    for n, person in enumerate(people):
        if n not in (5, 10):
            known = stores.members.add(PersonProfile(100 + n, person.name), BEGIN)
            stores.people.link(person.id, known.id)
            group = groups[n >= 6]
            stores.members.speak(group.id, known.id, BEGIN)
            world.actors[n] = Actor(known, group, BEGIN)
    for n, of in ((0, first), (6, second)):
        stores.grants.add(world.actors[n].member, Role.SECRETARY, Area(branch=of.id), None, BEGIN)
    for n in range(8):
        words = single(f"q{n}", f"第{n}题？", ("对", "错"), 0)
        stores.studies.put(Lesson(f"l{n}", f"第{n}课", "安全", "内容。", "规程", words))
    return world


def meet(stores: Any, world: World, at: datetime, of: int, kind: Kind, *, came: int, away: int = 0) -> None:
    """A meeting of a branch: the first of its people came, the next took leave, the rest did not come."""
    branch = (world.first, world.second)[of]
    caller = world.actors[6 * of].member.id
    made = Meeting(
        MeetingId(0), world.groups[of].id, branch.id, kind, at, "", (), RULES[kind].audience, caller, at - DAY
    )
    meeting = stores.meetings.add(made, f"m{world.next()}")
    stores.meetings.save(replace(meeting, state=State.ENDED, opened_at=at - HOUR / 2, ended_at=at + HOUR))
    own = stores.people.in_branch(branch.id)
    stores.meetings.invite(
        [
            Invited(
                0,
                meeting.id,
                one.id,
                one.member,
                one.name,
                entitled=True,
                reply=Reply.AWAY if came <= n < came + away else Reply.NONE,
                present_at=at if n < came else None,
            )
            for n, one in enumerate(own)
        ]
    )


def give(
    stores: Any, world: World, at: datetime, who: int, days: int, *, reviewed: bool = False, own: bool = False
) -> Any:
    """A task by the secretary, or by oneself."""
    chief = world.chief(who, at)
    owner, giver = world.actors[who].member, world.actors[who].member if own else chief.member
    more = {"reviewer": chief.member.id} if reviewed else {}
    order = Order(chief.chat, [owner], giver, Plan(f"任务{world.next()}"), at + days * DAY, f"t{world.done}", **more)
    (made,) = task.assign(stores, order, at)
    world.given.append((made.id, who))
    return made


def finish(stores: Any, at: datetime, number: Any) -> None:
    """Its owner says that it is done."""
    one = stores.tasks.get(number)
    actor = Actor(one.owner, stores.chats.get(one.group), at)
    task.finish(stores, replace(actor, heard=at), number=number)


def study(stores: Any, world: World, at: datetime, who: int) -> None:
    """Somebody reads what their group is shown on that day."""
    group = world.actors[who].chat
    item = stores.studies.candidates(group.id, at.date())[0].item
    prompt = stores.studies.prompt_on(group.id, at.date()) or stores.studies.add_prompt(group, item, at.date(), at)
    stores.studies.note_read(prompt.id, world.actors[who].member.id, at)


def answer(stores: Any, world: World, at: datetime, who: int, question: int, *, right: bool) -> None:
    """Somebody answers a question."""
    questions = stores.questions.of_topics(())
    asked = questions[question % len(questions)]
    world.prompts += 1
    given = Occasion(OccasionKind.DAILY, 1000 + world.prompts, world.actors[who].chat.id)
    record(stores, Attempt(world.actors[who].member.id, asked.id, given, (0 if right else 1,), right, at))


def suggest(stores: Any, world: World, at: datetime, who: int, *, above: bool = False) -> SuggestionId:
    """Somebody suggests something."""
    words = f"建议第{world.next()}条改进办法"
    made = suggestion.make(
        stores,
        world.by(who, at),
        text=words,
        tagging=Tagging((), ("安全",)),
        source=words,
        way=Way(Naming.NAMED, above),
    )
    world.made.append(made.suggestion.id)
    return made.suggestion.id


def step(stores: Any, at: datetime, number: SuggestionId, step: Step, stage: Stage) -> None:
    """A line in the history of a suggestion."""
    stores.suggestion_lives.note(Record(number, step, stage, at))


def find(stores: Any, world: World, at: datetime, of: int) -> Any:
    """The committee's secretary finds something in a branch."""
    name = f"问题{world.next()}"
    wish = Discovery(name, world.groups[of].id, name, Source.INSPECTION, Kinds.RECORDS)
    number = open_finding(stores, world.above(of, at), wish)
    world.found.append((number, of))
    return number


def agree(stores: Any, world: World, at: datetime, number: Any, of: int, *, days: int) -> Any:
    """The branch agrees on a measure, which its second person carries out."""
    owner = Chosen(Who.MEMBER, world.actors[6 * of + 1].member.id)
    measure = Measure("没有交接", Plan("补齐"), (owner,), at + days * DAY, world.inspector.member.id)
    made = planning.plan(stores, world.by(6 * of, at), number=number, measure=measure, source=f"p{world.next()}").task
    world.fixing.append((made.id, of))
    return made


def accept(stores: Any, world: World, at: datetime, number: Any, of: int) -> None:
    """The committee's secretary accepts the result."""
    review.accept(stores, world.above(of, at), number=number, grade=Grade.PASSED)


def figures(stores: Any, period: Period, world: World) -> dict[str, Any]:
    """All figures of all branches and persons."""
    people = [one.id for one in world.people]
    found: dict[str, Any] = {}
    for one in INDICATORS:
        found[one.word] = one.read(stores, world.branches, period, about=TITLE)
        found[f"{one.word} of people"] = one.read_people(stores, people, period, about=TITLE)
    return found


Act = Callable[[Any, World, datetime, random.Random], None]


def _meet(stores: Any, world: World, at: datetime, any_: random.Random) -> None:
    kind = any_.choice([Kind.ASSEMBLY, Kind.COMMITTEE, Kind.THEME_DAY, Kind.LECTURE, Kind.LIFE])
    meet(stores, world, at, any_.randrange(2), kind, came=any_.randrange(5), away=any_.randrange(2))


def _give(stores: Any, world: World, at: datetime, any_: random.Random) -> None:
    give(stores, world, at, any_.choice(sorted(world.actors)), any_.randrange(1, 60), reviewed=any_.random() < 0.5)


def _end(stores: Any, world: World, at: datetime, any_: random.Random) -> None:
    if world.given:
        number = any_.choice(world.given)[0]
        if stores.tasks.get(number) is not None:
            finish(stores, at, number)


def _review(stores: Any, world: World, at: datetime, any_: random.Random) -> None:
    if not world.given:
        return
    number, who = any_.choice(world.given)
    chief = world.chief(who, at)
    if any_.random() < 0.5:
        review.give_back(stores, chief, number=number, reason="重做")
    else:
        review.accept(stores, chief, number=number, grade=Grade.GOOD)


def _change(stores: Any, world: World, at: datetime, any_: random.Random) -> None:
    if not world.given:
        return
    number, who = any_.choice(world.given)
    found = stores.tasks.get(number)
    if found is None:
        return
    chief = world.chief(who, at)
    if any_.random() < 0.7:
        amending.postpone(stores, chief, batch=found.batch, due_at=at + any_.randrange(1, 90) * DAY)
    else:
        amending.take_back(stores, chief, batch=found.batch)


def _hand(stores: Any, world: World, at: datetime, any_: random.Random) -> None:
    if world.given:
        number, who = any_.choice(world.given)
        found = stores.tasks.get(number)
        others = [one for one in world.actors if (one < 6) == (who < 6) and one not in (0, 6)]
        if found is not None and found.done_at is None:
            reassign_to(stores, world.chief(who, at), found, world.actors[any_.choice(others)].member)


def _study(stores: Any, world: World, at: datetime, any_: random.Random) -> None:
    study(stores, world, at, any_.choice(sorted(world.actors)))


def _answer(stores: Any, world: World, at: datetime, any_: random.Random) -> None:
    answer(stores, world, at, any_.choice(sorted(world.actors)), any_.randrange(8), right=any_.random() < 0.6)


def _suggest(stores: Any, world: World, at: datetime, any_: random.Random) -> None:
    suggest(stores, world, at, any_.choice(sorted(world.actors)), above=any_.random() < 0.2)


def _step(stores: Any, world: World, at: datetime, any_: random.Random) -> None:
    if world.made:
        done, stage = any_.choice(
            [
                (Step.ADOPT, Stage.ADOPTED),
                (Step.REFUSE, Stage.REFUSED),
                (Step.ESCALATE, Stage.RECEIVED),
                (Step.RECONSIDER, Stage.CONSIDERED),
            ]
        )
        step(stores, at, any_.choice(world.made), done, stage)


def _move(stores: Any, world: World, at: datetime, any_: random.Random) -> None:
    who = any_.choice([1, 2, 7, 8])
    person, day = world.people[who].id, at.astimezone(ZONE).date()
    if any_.random() < 0.2:
        stores.people.absent([Absence(person, day, day + 45 * DAY)])
    else:
        stores.people.place(person, any_.choice([world.first, world.second]).id, day)


def _find(stores: Any, world: World, at: datetime, any_: random.Random) -> None:
    find(stores, world, at, any_.randrange(2))


def _agree(stores: Any, world: World, at: datetime, any_: random.Random) -> None:
    if world.found:
        agree(stores, world, at, *any_.choice(world.found), days=any_.randrange(1, 40))


def _fix(stores: Any, world: World, at: datetime, any_: random.Random) -> None:
    """Hand in, accept, return or postpone."""
    if not world.fixing:
        return
    number, of = any_.choice(world.fixing)
    found = stores.tasks.get(number)
    does = any_.randrange(5)
    if does < 2 and found is not None:
        finish(stores, at, number)
    elif does == 2:
        accept(stores, world, at, number, of)
    elif does == 3:
        review.give_back(stores, world.above(of, at), number=number, reason="不完整")
    elif found is not None:
        amending.postpone(stores, world.above(of, at), batch=found.batch, due_at=at + any_.randrange(1, 60) * DAY)


def _look(stores: Any, world: World, at: datetime, any_: random.Random) -> None:
    """Somebody looks back, or the next level hears of what nobody deals with."""
    escalating.escalate(stores, at)
    looking_back.ask(stores, at)
    if world.found:
        number, of = any_.choice(world.found)
        looking_back.came_back(stores, world.above(of, at), number=number, note="又出现")


ACTS: tuple[Act, ...] = (
    _meet,
    _give,
    _give,
    _end,
    _end,
    _review,
    _change,
    _hand,
    _study,
    _answer,
    _suggest,
    _step,
    _move,
    _find,
    _agree,
    _fix,
    _fix,
    _look,
)


def live(stores: Any, world: World, since: date, until: date, any_: random.Random, *, acts: int = 400) -> None:
    """Many things happen between two days, in the order of time; what is refused does not happen."""
    span = (until - since).days * 24 * 60
    minutes = sorted(any_.randrange(span) for _ in range(acts))
    for one in minutes:
        at = datetime.combine(since, datetime.min.time(), tzinfo=ZONE) + timedelta(minutes=one)
        try:
            any_.choice(ACTS)(stores, world, at, any_)
        except Refusal:
            continue
