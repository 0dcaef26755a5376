"""The pictures of the guide, in both languages, taken from what people really see.

`JINGYI_GUIDE=docs/guide/images` keeps them (`make pictures`).
"""

import os
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.settings import Settings
from domain.ids import RecordId
from domain.life.evaluation import reviewing, running, schemes
from domain.life.evaluation.model import Publish as Grades
from domain.life.inspection import answering, closing, keeping, scoring
from domain.life.inspection.model import Publish
from domain.life.inspection.opening import Wish as Round
from domain.life.inspection.opening import open_ as open_round
from domain.life.inspection.rubric import read as read_rubric
from domain.life.training import planning
from domain.life.training.model import Record, Whom
from domain.life.training.planning import Wish as Line
from domain.life.training.quarter import Quarter
from domain.people import branch as branches
from domain.people import invitation
from domain.people.actor import Actor
from domain.people.branch import BranchKind
from domain.people.permission import Area, Role
from domain.people.person import Entry
from domain.study import study
from domain.study.item import Lesson
from domain.work.goal import service
from domain.work.goal.model import YES_NO, Level, Measure, MeasureKind
from domain.work.goal.service import Wish
from handlers.life.samples import sample
from language.tags import Tagger
from sandbox import Sandbox
from sandbox.chats import Chat
from sandbox.clock import Clock
from storage import migrate
from tests.browser.conftest import NewWindow
from tests.dialogue import BOT, TOKEN, Place, World, wide
from tests.life import inspections
from tests.study.questions import single

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WEDNESDAY = datetime(2026, 11, 25, 0, 20, tzinfo=UTC)  # 08:20 in Shanghai
PHONE = {"width": 390, "height": 700}
CHEN, LI, WANG = "chen", "li", "wang"
SECRETARIES = (CHEN, LI, WANG)
NOTED = 2  # the item at which something is found
SHOWN = {  # a grade each for three branches, of which nobody has studied yet
    "percent = 20": "most = 1",
    "percent = 40": "most = 1",
    "zero = 40\nfull = 90": "zero = 90\nfull = 0",
}


@dataclass(frozen=True)
class Renderer:
    """What people are called and write, in one language."""

    people: dict[str, str]
    committee: str
    branch: str
    secretary: str
    lesson: Lesson
    question: str
    read: str
    task: str
    done: str
    suggestion: str
    survey: str
    bind: str
    role: str
    grown: str
    reviewed: str
    evidence: str
    hand_in: str
    give_back: str
    reason: str
    again: str
    late: str
    overdue: str
    goals: tuple[str, str, str]
    picture: str
    procedure: str
    begin: str
    run: str
    event: str
    send: str


WORDS = {
    "zh": Renderer(
        {CHEN: "陈建国", LI: "李伟", WANG: "王海燕"},
        "长河机械厂党委",
        "机加工车间党支部",
        "书记",
        Lesson(
            "helmet",
            "安全帽怎么戴才管用",
            "安全生产",
            "帽衬和帽壳之间留 2 到 5 厘米，下颏带系紧，帽子不歪不晃。受过一次重击，外面看不出来也要换。",
            "GB 39800.1—2020《个体防护装备配备规范》",
            single(
                "helmet",
                "安全帽受过重击以后怎么办？",
                ("看不出裂纹就接着用", "换一顶"),
                1,
                "内部损伤看不见，受过重击就要换。",
            ),
        ),
        "安全帽受过重击以后怎么办？",
        "我学完了",
        "/task @li 下周五18:00前 提交学习心得 | 标准：不少于800字",
        "完成",
        "建议：三号皮带机旁边加一个急停按钮",
        "/survey 这次集中学习几点开始？| 16:00 | 17:00 | 截止：明天18:00",
        "/bind 10003 王海燕",
        "/roles @li 委员",
        "绑定支部",
        "/task @li 下周五18:00前 整理点检台账 | 标准：字迹清楚，不缺月 | 验收：我",
        "台账理好了，放在二号柜第三层",
        "提交验收",
        "退回",
        "缺 10 月的记录，请补上",
        "重新提交",
        "/task @li 明天18:00前 清洗冷却液箱 | 成果：保养记录一条",
        "清洗冷却液箱",
        ("全年无重伤事故", "安全培训全覆盖", "查改隐患"),
        "看图",
        "主题党日",
        "启动",
        "冬季安全",
        "12月15日",
        "发出",
    ),
    "en": Renderer(
        {CHEN: "Chen Jianguo", LI: "Li Wei", WANG: "Wang Haiyan"},
        "Changhe Machine Works",
        "Machining shop branch",
        "secretary",
        Lesson(
            "helmet",
            "How to wear a safety helmet so that it helps",
            "Safety",
            "Leave 2 to 5 cm between cradle and shell, fasten the chin strap, keep it level. After one hard blow "
            "replace it, even where nothing can be seen.",
            "GB 39800.1—2020",
            single(
                "helmet",
                "Your helmet took a hard blow. What now?",
                ("Wear it on if there is no crack", "Replace it"),
                1,
                "",
            ),
        ),
        "Your helmet took a hard blow. What now?",
        "I’ve read it",
        "/task @li next Friday 18:00 Hand in notes | standard: 800 words",
        "Done",
        "Suggestion: an emergency stop beside conveyor 3",
        "/survey When shall we start? | 16:00 | 17:00 | closes: tomorrow 18:00",
        "/bind 10003 Wang Haiyan",
        "/roles @li committee",
        "Bind to a branch",
        "/task @li next Friday 18:00 Sort the inspection book | standard: legible, no month missing | review: me",
        "The book is in order, cabinet 2, third shelf",
        "Hand in for review",
        "Return",
        "October is missing, please add it",
        "Hand in again",
        "/task @li tomorrow 18:00 Clean the coolant tank | outcome: an entry in the book",
        "Clean the coolant tank",
        ("No serious injury all year", "Everybody trained in safety", "Hazards removed"),
        "Picture",
        "Themed Party day",
        "Start",
        "Winter safety",
        "15 December",
        "Send",
    ),
}


@dataclass(frozen=True)
class Meeting:
    """What is pressed and written on the way from a meeting's notice to its first decision."""

    ways: tuple[str, ...]  # to what is written of the meeting
    when: str
    agenda: str
    item: str
    grounds: str
    send: str
    come: str
    check_in: str
    put: str
    openly: str
    agree: str
    end: str
    adopted: str


MEETINGS = {
    "zh": Meeting(
        ("召集会议", "支部党员大会"),
        "周五14:00 三楼会议室",
        "通报三季度安全情况（李伟）\n讨论困难职工补助",
        "讨论困难职工补助",
        "家庭突发困难",
        "发出",
        "参加",
        "开始签到",
        "表决议题",
        "公开表决",
        "赞成",
        "结束表决",
        "通过",
    ),
    "en": Meeting(
        ("Call a meeting", "Branch assembly"),
        "Friday 14:00 meeting room 3",
        "Safety in the third quarter (Li Wei)\nHardship aid",
        "Hardship aid",
        "Sudden hardship at home",
        "Send",
        "I come",
        "Begin check-in",
        "Put to the vote",
        "Open vote",
        "For",
        "End the vote",
        "Adopted",
    ),
}


@dataclass(frozen=True)
class Life:
    """What is pressed and written for an activity, the coverage of trainings and the coming two weeks."""

    activity: tuple[str, ...]  # the answers to the form of an activity, one after another
    new: str
    family: tuple[str, ...]  # at the preview, to where a number is pressed
    one: str
    send: str
    join: str
    bring: str
    trainings: tuple[str, str]
    coverage: str
    full: str


LIFE = {
    "zh": Life(
        ("秋季登山", "周六9:00 西山公园东门", "让新来的同事和大家熟悉起来", "20", "0"),
        "办活动",
        ("修改", "家属"),
        "2 位",
        "发出",
        "报名",
        "带 1 人",
        ("有限空间作业安全", "支部工作条例"),
        "覆盖率",
        "总计",
    ),
    "en": Life(
        ("Autumn hike", "Saturday 9:00 West Hill Park", "New colleagues get to know everybody", "20", "0"),
        "Plan an activity",
        ("Change", "Family"),
        "2",
        "Send",
        "Sign up",
        "I bring 1",
        ("Work in confined spaces", "Rules of the branch"),
        "Coverage",
        "In all",
    ),
}


@dataclass(frozen=True)
class Inspecting:
    """What is pressed, written and seen from an inspector's first item to the stars."""

    branches: tuple[str, str, str]
    begin: str
    less: str
    found: str
    waits: str
    board: str
    reason: str


INSPECTING = {
    "zh": Inspecting(
        ("机加工车间党支部", "装配车间党支部", "机关党支部"),
        "开始打分",
        "扣了 2 分",
        "一次支委会没有记录",
        "定整改措施",
        "公示到",
        "材料里没有写数据",
    ),
    "en": Inspecting(
        ("Machining shop branch", "Assembly branch", "Office branch"),
        "Begin",
        "2 points less",
        "No minutes of one meeting",
        "Agree on a measure",
        "On show until",
        "The papers say no figures",
    ),
}


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def words(language: str) -> Renderer:
    return WORDS[language]


@pytest.fixture
def folder(tmp_path: Path, language: str) -> Path:
    """Where the pictures go."""
    made = Path(os.environ.get("JINGYI_GUIDE") or tmp_path) / language
    made.mkdir(parents=True, exist_ok=True)
    return made


@pytest_asyncio.fixture(loop_scope="session")
async def world(tmp_path: Path, language: str, words: Renderer) -> AsyncIterator[World]:
    """The bot and three people, of whom the first is the administrator."""
    file = tmp_path / "guide.db"
    migrate.upgrade(f"sqlite:///{file}")
    tagger = Tagger(tmp_path)
    tagger.load()
    async with Sandbox(clock=Clock(start=WEDNESDAY), zone="Asia/Shanghai") as sandbox:
        sandbox.add_bot(TOKEN, username="jingyi_bot", first_name="精益" if language == "zh" else "Jingyi")
        people = {
            who: sandbox.add_person(name, username=who, language_code=language) for who, name in words.people.items()
        }
        settings = Settings(
            _env_file=None,
            token=TOKEN,
            api_url=sandbox.url,
            database_url=f"sqlite:///{file}",
            http="127.0.0.1:0",
            cache=tmp_path,
            language=language,
            admins=frozenset({people[CHEN].id}),
        )
        world = World(sandbox, settings, tagger, people, wide())
        await world.start()
        yield world
        await world.check()
        await world.stop()


def private(world: World, who: str) -> Place:
    return Place(world, world.sandbox.open_private(world.people[who], BOT))


async def known(world: World, words: Renderer) -> None:
    """The roster, the first two of it known by their accounts."""

    def unit(stores):
        top = branches.add(stores, parent=None, kind=BranchKind.COMMITTEE, name=words.committee).id
        place = branches.add(stores, parent=top, kind=BranchKind.BRANCH, name=words.branch).id
        roles = {CHEN: words.secretary}
        people = stores.people.add(
            [
                Entry(str(10001 + n), words.people[who], place, role=roles.get(who, ""))
                for n, who in enumerate(words.people)
            ]
        )
        for who, person in zip((CHEN, LI), people, strict=False):
            member = stores.members.find(world.people[who].id)
            invitation.link(stores, person, member, by=member.id, at=world.sandbox.clock.now())

    await world.program.database.write(unit)
    await world.program.database.write(study.load, lessons=[words.lesson])


async def joined(world: World, words: Renderer) -> Chat:
    """The group of the branch, which the bot has just joined."""
    people = world.people
    chat = world.sandbox.add_group(words.branch, by=people[CHEN], members=[people[LI], people[WANG]], bots=[BOT])
    await world.idle()
    return chat


async def bind(group: Place, words: Renderer) -> None:
    """Make the bot an administrator of the group, and bind the group to its branch."""
    group.world.sandbox.promote(group.chat, BOT)
    for label in (words.grown, words.committee, words.branch):
        await group.presses(CHEN, label)


class Camera:
    """Takes a phone's picture of a chat as somebody sees it."""

    def __init__(self, world: World, new_window: NewWindow, folder: Path, language: str) -> None:
        self.world, self.new_window, self.folder, self.language = world, new_window, folder, language

    async def take(self, name: str, who: str, chat: Chat, see: str) -> None:
        """A picture of the newest messages, once `see` is to be seen among them."""
        person = self.world.people[who].id
        address = f"{self.world.sandbox.url}/?as={person}&chat={chat.id}&lang={self.language}"
        page = await self.new_window(address, viewport=PHONE, device_scale_factor=1.5)
        await expect(page.get_by_test_id("messages").get_by_text(see).last).to_be_visible()
        await page.wait_for_function("Array.from(document.images).every(one => one.complete)")
        await page.screenshot(path=self.folder / f"{name}.jpg", type="jpeg", quality=82)
        assert (self.folder / f"{name}.jpg").stat().st_size > 10_000


async def test_the_pictures_of_the_guide(
    world: World, words: Renderer, new_window: NewWindow, folder: Path, language: str
) -> None:
    camera = Camera(world, new_window, folder, language)
    for who in (CHEN, LI, WANG):
        world.sandbox.start(world.people[who], BOT)
    await world.idle()
    await known(world, words)
    chat = await joined(world, words)
    group, office, own = Place(world, chat), private(world, CHEN), private(world, LI)
    await camera.take("added", CHEN, chat, words.grown)
    await bind(group, words)

    await world.at("2026-11-25 08:30")
    await group.presses(LI, words.read)
    await camera.take("study", LI, chat, words.lesson.title)
    await group.says(CHEN, words.task)
    await group.presses(LI, words.done)
    await group.says(LI, words.suggestion)
    await camera.take("task", LI, chat, words.suggestion)
    await group.says(CHEN, words.survey)
    await camera.take("survey", CHEN, chat, "17:00")

    await own.says(LI, "/study")
    await own.says(LI, "A")
    await camera.take("answer", LI, own.chat, words.question)
    await own.says(LI, "/start")
    await own.says(LI, "/points")
    await camera.take("start", LI, own.chat, "/points")
    wang = private(world, WANG)
    await wang.says(WANG, words.bind)
    await camera.take("bind", WANG, wang.chat, words.bind)
    await camera.take("confirm", CHEN, office.chat, words.people[WANG])
    await office.says(CHEN, "/help")
    await camera.take("help", CHEN, office.chat, "/roster")
    await group.says(CHEN, words.role)
    await office.says(CHEN, "/schedule")
    await camera.take("schedule", CHEN, office.chat, "/schedule")
    await office.says(CHEN, "/settings")
    await camera.take("settings", CHEN, office.chat, "/settings")
    await office.says(CHEN, "/roster")
    await camera.take("roster", CHEN, office.chat, "/roster")


async def planned(world: World, words: Renderer, chat: Chat) -> None:
    """A key point of the year with two goals below it, of which both have progress."""
    times, share = Measure(MeasureKind.NUMBER, Decimal(20)), Measure(MeasureKind.SHARE, Decimal(100))

    def unit(stores):
        group, member = stores.chats.find(chat.id), stores.members.find(world.people[CHEN].id)
        actor = Actor(member, group, world.sandbox.clock.now(), is_root_admin=True)
        since, due = date(2026, 1, 1), date(2026, 12, 31)
        wish = Wish(Area(branch=group.branch), None, Level.YEAR, words.goals[0], YES_NO, 0, since, due, owner=member)
        top = service.add(stores, actor, wish=wish)
        for title, measure, weight, value in ((words.goals[1], share, 40, 90), (words.goals[2], times, 60, 14)):
            below = replace(wish, parent=top.id, level=Level.MONTH, title=title, measure=measure, weight=weight)
            added = service.add(stores, actor, wish=below)
            service.report(stores, actor, number=added.id, value=Decimal(value))

    await world.program.database.write(unit)


async def test_the_pictures_of_work(
    world: World, words: Renderer, new_window: NewWindow, folder: Path, language: str
) -> None:
    camera = Camera(world, new_window, folder, language)
    for who in (CHEN, LI, WANG):
        world.sandbox.start(world.people[who], BOT)
    await world.idle()
    await known(world, words)
    group = Place(world, await joined(world, words))
    await bind(group, words)
    office, own = private(world, CHEN), private(world, LI)

    await group.says(CHEN, words.reviewed)
    await group.says(LI, words.evidence, reply_to=group.bot_messages()[-1])
    await own.presses(LI, words.hand_in)
    await camera.take("review", CHEN, office.chat, words.give_back)
    await office.presses(CHEN, words.give_back)
    await office.says(CHEN, words.reason)
    await camera.take("returned", LI, own.chat, words.again)

    await planned(world, words, group.chat)
    await office.says(CHEN, "/goal")
    await office.presses(CHEN, words.picture)
    await camera.take("goal", CHEN, office.chat, words.picture)

    await office.says(CHEN, "/procedure")
    for label in (words.procedure, words.begin):
        await office.presses(CHEN, label)
    await office.says(CHEN, words.run)
    await office.says(CHEN, words.event)
    await office.presses(CHEN, words.send)
    await camera.take("procedure", LI, group.chat, words.run)

    await group.says(CHEN, words.late)
    for day in ("2026-11-26", "2026-11-27"):
        for clock in ("06:05", "08:45", "09:05"):
            await world.at(f"{day} {clock}")
    await group.says(CHEN, "/tasks")
    await camera.take("tasks", CHEN, group.chat, "/tasks")
    await office.says(CHEN, "/follow")
    await office.presses(CHEN, words.overdue)
    await camera.take("follow", CHEN, office.chat, "/follow")


async def test_the_pictures_of_a_meeting(
    world: World, words: Renderer, new_window: NewWindow, folder: Path, language: str
) -> None:
    camera, said = Camera(world, new_window, folder, language), MEETINGS[language]
    for who in (CHEN, LI, WANG):
        world.sandbox.start(world.people[who], BOT)
    await world.idle()
    await known(world, words)
    group = Place(world, await joined(world, words))
    await bind(group, words)
    office = private(world, CHEN)

    await office.says(CHEN, "/meeting")
    for label in said.ways:
        await office.presses(CHEN, label)
    await office.says(CHEN, said.when)
    await office.says(CHEN, said.agenda)
    await office.presses(CHEN, said.send)
    await group.presses(LI, said.come)
    await world.refreshed()
    await camera.take("meeting", LI, group.chat, said.item)

    await world.at("2026-11-27 13:50")
    await office.presses(CHEN, said.check_in)
    await world.refreshed()
    code = re.findall(r"\b\d{4}\b", office.newest())[-1]
    for who in (CHEN, LI):
        await group.says(who, code)
    for label in (said.put, said.item):
        await office.presses(CHEN, label)
    await office.says(CHEN, said.grounds)
    for label in (said.openly, said.send):
        await office.presses(CHEN, label)
    for who in (CHEN, LI):
        await group.presses(who, said.agree)
    await office.presses(CHEN, said.end)
    await world.refreshed()
    await camera.take("vote", LI, group.chat, said.adopted)


async def trained(world: World, chat: Chat, life: Life) -> None:
    """Two required trainings of the quarter, of which everybody has done one, and one person the other."""

    def unit(stores):
        group, member = stores.chats.find(chat.id), stores.members.find(world.people[CHEN].id)
        actor = Actor(member, group, world.sandbox.clock.now(), is_root_admin=True)
        people = stores.people.in_branch(group.branch)
        for subject, done in zip(life.trainings, (people, people[:1]), strict=True):
            line = Line(subject, Whom(), 120, Quarter.of(actor.today), required=True)
            made = planning.plan(stores, actor, wish=line, source=subject)
            for person in done:
                stores.trainings.record(Record(RecordId(0), made.id, person.id, person.member, actor.today, None))

    await world.program.database.write(unit)


async def planned_activity(office: Place, life: Life) -> None:
    """An activity that is sent to the group, to which one may bring two."""
    await office.says(CHEN, "/activity")
    await office.presses(CHEN, life.new)
    for answer in life.activity:
        await office.says(CHEN, answer)
    for label in (*life.family, life.one, life.send):
        await office.presses(CHEN, label)


async def test_the_pictures_of_party_life(
    world: World, words: Renderer, new_window: NewWindow, folder: Path, language: str
) -> None:
    camera, said, life = Camera(world, new_window, folder, language), MEETINGS[language], LIFE[language]
    for who in (CHEN, LI, WANG):
        world.sandbox.start(world.people[who], BOT)
    await world.idle()
    await known(world, words)
    group = Place(world, await joined(world, words))
    await bind(group, words)
    office = private(world, CHEN)

    await planned_activity(office, life)
    await group.presses(LI, life.bring)
    await group.presses(WANG, life.join)
    await world.refreshed()
    await camera.take("activity", LI, group.chat, life.activity[0])

    await trained(world, group.chat, life)
    await office.says(CHEN, "/training")
    await office.presses(CHEN, life.coverage)
    await camera.take("coverage", CHEN, office.chat, life.full)

    await group.says(CHEN, words.task)
    await office.says(CHEN, "/meeting")
    for label in said.ways:
        await office.presses(CHEN, label)
    for answer in (said.when, said.agenda):
        await office.says(CHEN, answer)
    await office.presses(CHEN, said.send)
    await group.says(CHEN, "/upcoming")
    await camera.take("upcoming", LI, group.chat, "/upcoming")


def acting(stores: Any, world: World, who: str) -> Actor:
    """Somebody in their private chat."""
    member = stores.members.find(world.people[who].id)
    return Actor(member, stores.chats.get(member.private), world.sandbox.clock.now())


async def inspected(world: World, said: Inspecting, language: str, group: Chat) -> None:
    """Three branches with their secretaries, and a round of cross-inspection."""

    def unit(stores: Any) -> None:
        people = [
            SimpleNamespace(platform_id=world.people[one].id, name=world.people[one].first_name) for one in SECRETARIES
        ]
        made = inspections.set_up(stores, people, world.sandbox.clock.now(), said.branches)
        branches.bind(stores, chat=stores.chats.find(group.id), branch=made[0].id)
        office = acting(stores, world, CHEN)
        stores.grants.add(office.member, Role.SECRETARY, Area(branch=made[0].parent), None, office.now)
        rubric = read_rubric(sample("party-work", language).decode())
        keeping.carry_out(stores, rubric=rubric, by=office.member.id, at=office.now)
        (kept,) = stores.inspections.rubrics()
        since = office.now.date()
        wish = Round(kept.id, since, since + timedelta(days=9), 1, tuple(one.id for one in made))
        open_round(stores, office, wish=wish, source="guide")

    await world.program.database.write(unit)


async def ended(world: World, said: Inspecting) -> None:
    """All is scored, with something found at the second item; the branches agree, and the office makes it final."""

    def unit(stores: Any) -> None:
        (round_,) = stores.inspections.running()
        actors = {one.member.id: one for one in (acting(stores, world, who) for who in SECRETARIES)}
        for one in stores.inspections.of_round(round_.id):
            actor = actors[one.inspector]
            for number, item in enumerate(round_.rubric.items, 1):
                points = item.points - 2 if number == NOTED else item.points
                scoring.score(stores, actor, number=one.id, item=number, points=points)
            scoring.note(stores, actor, number=one.id, item=NOTED, words=said.found)
            scoring.hand_in(stores, actor, number=one.id)
        for one in stores.inspections.of_round(round_.id):
            secretary = next(who for who, name in zip(SECRETARIES, said.branches, strict=True) if name == one.of.name)
            answering.accept(stores, acting(stores, world, secretary), number=one.id)
        closing.finish(stores, acting(stores, world, CHEN), number=round_.id, publish=Publish.ALL)

    await world.program.database.write(unit)


async def starred(world: World, said: Inspecting, language: str) -> None:
    """The branches are evaluated; the result is on show."""

    def unit(stores: Any) -> None:
        office, other = acting(stores, world, CHEN), acting(stores, world, WANG)
        text = sample("stars", language).decode()
        for old, new in SHOWN.items():
            text = text.replace(old, new)
        version = schemes.bring_in(stores, text=text, by=office.member.id, at=office.now)
        (root,) = stores.branches.children(None)
        wish = running.Wish(version.id, root.id, date(2026, 7, 1), date(2026, 9, 30), (2, 2, 5), Grades.ALL)
        made = running.begin(stores, office, wish=wish, source="guide")
        running.advance(stores, office, number=made.id)
        scored = [n for n, one in enumerate(schemes.scheme_of(stores, version.id).items) if one.is_scored]
        for points, one in zip((10, 8, 7), stores.evaluations.subjects(made.id), strict=True):
            if one.reviewer is None:
                stores.evaluations.save_subject(replace(one, reviewer=other.member.id))
            actor = other if one.reviewer is None else office
            for place in scored:
                reviewing.give(stores, actor, number=one.id, place=place, points=points, reason=said.reason)
            reviewing.done(stores, actor, number=one.id)
        running.advance(stores, office, number=made.id)

    await world.program.database.write(unit)


async def test_the_pictures_of_inspections_and_stars(
    world: World, words: Renderer, new_window: NewWindow, folder: Path, language: str
) -> None:
    camera, said = Camera(world, new_window, folder, language), INSPECTING[language]
    for who in SECRETARIES:
        world.sandbox.start(world.people[who], BOT)
    await world.idle()
    chat = await joined(world, words)
    world.sandbox.promote(chat, BOT)
    await world.idle()
    await inspected(world, said, language, chat)
    await world.refreshed()
    own, office = private(world, LI), private(world, CHEN)
    await own.presses(LI, said.begin)
    for points in ("12", "8"):
        await own.presses(LI, points)
    await world.refreshed()
    await camera.take("inspect", LI, own.chat, said.less)

    await ended(world, said)
    await world.refreshed()
    await office.says(CHEN, "/rectify")
    await office.presses(CHEN, next(one for one in office.buttons() if said.found[:4] in one))
    await world.refreshed()
    await camera.take("finding", CHEN, office.chat, said.found)

    await starred(world, said, language)
    await world.refreshed()
    await camera.take("stars", LI, chat, said.board)
