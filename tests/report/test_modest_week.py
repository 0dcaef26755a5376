"""A modest week in a group of seven: what its people hear of the bot, and how much of it makes a sound."""

from dataclasses import dataclass

import pytest

from domain.study import study
from domain.study.item import Lesson
from sandbox.calls import Call
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World
from tests.study.questions import single

LOUDEST = 8  # messages of a week that make a sound in the group
LEAST = 14  # five items with five quizzes, three cards, a poll
SAID = ("sendmessage", "sendphoto", "sendpoll", "senddocument")
OTHERS = ("zhao", "qian", "sun", "zhou")
IN_PRIVATE = (SECRETARY, LI, "zhao", "qian", "sun")  # who has opened a private chat with the bot
EVERYBODY = (LI, WANG, *OTHERS)
DAYS = ("2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27")
LESSONS = [
    Lesson(
        f"lesson{number}",
        f"第 {number} 课",
        "安全",
        "先看再干。",
        "规程",
        single(f"lesson{number}", "先做什么？", ("看", "干"), 0, "先看"),
    )
    for number in range(1, 6)
]


@dataclass(frozen=True)
class Heard:
    """What was said in a chat, and how much of it made a sound."""

    said: int
    loud: int


def heard(calls: list[Call], chat: int) -> Heard:
    said = [call for call in calls if call.method.lower() in SAID and str(call.parameters["chat_id"]) == str(chat)]
    return Heard(len(said), sum(not call.parameters.get("disable_notification") for call in said))


@pytest.fixture
def start() -> str:
    """The Friday before."""
    return "2026-11-20 16:00"


@pytest.fixture
async def seven(group: Place, world: World) -> Place:
    """The group of seven, after a Friday on which there was something to sum up."""
    await world.program.database.write(study.load, lessons=LESSONS)
    for who, name in zip(OTHERS, ("赵敏", "钱进", "孙丽", "周杰"), strict=True):
        world.people[who] = world.sandbox.add_person(name, username=f"{who}_{who}")
        world.sandbox.add_member(group.chat, world.people[who])
    for who in (SECRETARY, *EVERYBODY):
        await group.says(who, "早")
    for who in IN_PRIVATE:
        world.sandbox.open_private(world.people[who], BOT)
        world.sandbox.start(world.people[who], BOT)
        await world.idle()
    await group.says(LI, "/suggest 走廊的灯坏了")
    await world.at("2026-11-22 20:00")
    return group


async def study_of(day: str, group: Place) -> None:
    """The morning's item, which all but one study, and its quiz, which most answer."""
    await group.hears_until(f"{day} 08:30")
    item = next(one for one in reversed(group.bot_messages()) if "inline_keyboard" in one.get("reply_markup", {}))
    label = item["reply_markup"]["inline_keyboard"][0][0]["text"]
    for who in EVERYBODY[:-1]:
        await group.presses(who, label, item)
    for who in EVERYBODY[:4]:
        await group.votes(who, 0)
    await group.hears_until(f"{day} 09:30")


async def test_a_modest_week_is_quiet(seven: Place, world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """Study each workday, three tasks (one of three people), a survey, two suggestions, the summary on Monday."""
    since = len(world.sandbox.calls)
    await study_of(DAYS[0], seven)
    await seven.says(SECRETARY, "/task @li 周三18:00前 巡检")
    await seven.says(SECRETARY, "/task @zhao_zhao @qian_qian @sun_sun 周四18:00前 交心得")
    await study_of(DAYS[1], seven)
    await seven.says(SECRETARY, "/survey 几点开会？| 9:00 | 14:00 | 截止：周四18:00")
    for who in EVERYBODY[:5]:
        await seven.votes(who, 1)
    await seven.says(LI, "建议：食堂晚班加个热菜")
    await study_of(DAYS[2], seven)
    await seven.says(SECRETARY, "/task 周杰 周五18:00前 写总结", mentions=[world.people["zhou"]])
    await seven.says(LI, "/done 1")
    await study_of(DAYS[3], seven)
    await seven.says("zhao", "/done 2")
    await seven.says("qian", "/done 3")
    await seven.says("sun", "建议：班车晚十分钟")
    await seven.hears_until(f"{DAYS[3]} 16:30")
    await seven.says("sun", "/done 4")
    await seven.hears_until(f"{DAYS[3]} 18:30")
    await study_of(DAYS[4], seven)
    await seven.hears_until(f"{DAYS[4]} 16:30")
    await seven.says("zhou", "/done 5")
    await world.at("2026-11-29 20:00")
    calls = world.sandbox.calls[since:]
    in_group = heard(calls, seven.chat.id)
    in_private = [heard(calls, world.people[who].id) for who in IN_PRIVATE]
    with capsys.disabled():
        print(f"\na modest week: {in_group} in the group; in private {in_private}")
    assert in_group.said >= LEAST, "it is quiet, not silent"
    assert 0 < in_group.loud <= LOUDEST
    assert max(one.loud for one in in_private) <= LOUDEST
