"""Thanks as people give, correct and read them."""

from datetime import timedelta
from typing import Any

from domain.ids import ThanksId
from domain.people.invitation import linking
from domain.people.permission import EVERYWHERE, Role
from domain.people.person import Entry
from domain.points.thanks import Thanks
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World


async def received(place: Place, who: str) -> str:
    """What somebody reads of their own points."""
    return await place.does(who, "/points")


async def test_thanks_in_the_group_are_a_sign_a_whisper_and_a_point(group: Place) -> None:
    for who in (LI, WANG):
        await group.opens_private(who)
    assert await group.says(WANG, "/thanks @li 周末来帮忙修好了 <泵>") == ""
    assert group.reaction() == "👍"
    noted, told = group.whispered(WANG), group.whispered(LI)
    assert "已记下您对李伟的感谢：周末来帮忙修好了 &lt;泵&gt;" in noted
    assert "今天还可以谢 2 次" in noted
    assert told.splitlines() == ["🌷 11月25日（周三）有同事感谢您：", "王海燕：周末来帮忙修好了 &lt;泵&gt;"]
    assert "+1 被感谢「周末来帮忙修好了 &lt;泵&gt;」" in await received(group, LI)
    assert "还没有积分" in await received(group, WANG)


PLAIN = (
    "谢谢@李伟 帮忙修好泵",
    "谢谢@李伟帮忙修好泵",
    "谢谢 李伟 帮忙修好泵",
    "谢谢李伟帮忙修好泵",
    "非常感谢@li 帮忙修好泵",
    "thanks @li for 帮忙修好泵",
    "谢谢李伟同志：帮忙修好泵",
)
COURTESY = (
    "谢谢",
    "谢谢大家帮忙",
    "谢谢@李伟",
    "谢谢@李伟 辛苦了！",
    "谢谢李伟国帮忙修泵",
    "谢谢@李伟国帮忙修泵",
    "谢谢领导关心",
    "感谢支部的培养教育",
    "谢谢@王海燕 自己夸自己",
    "谢谢全体党员的付出",
)


async def test_plain_words_thank(group: Place, world: World) -> None:
    for number, text in enumerate(PLAIN):
        await group.hears_until(f"2026-11-{25 + number // 3} 1{number % 3 + 1}:00")
        assert await group.says(WANG, text.replace("好泵", f"好{number}号泵")) == ""
        assert group.reaction() == "👍", text
    assert "被感谢「帮忙修好6号泵」" in await received(group, LI)
    assert await world.rows("thanks", "reason LIKE '帮忙修好_号泵'") == len(PLAIN)


async def test_courtesy_among_people_is_left_alone(group: Place, world: World) -> None:
    for text in COURTESY:
        assert await group.says(WANG, text) == "", text
        assert group.reaction() == "", text
    assert await world.rows("thanks") == 0


async def test_a_reply_thanks_whom_it_answers(group: Place, world: World) -> None:
    await group.says(LI, "泵修好了")
    answered = group.last
    assert await group.says(WANG, "谢谢", reply_to=answered) == ""
    assert await group.says(WANG, "谢谢，收到", reply_to=answered) == ""
    assert await world.rows("thanks") == 0
    await group.says(WANG, "谢谢你星期天还来修泵", reply_to=answered)
    assert "被感谢「星期天还来修泵」" in await received(group, LI)
    await group.says(SECRETARY, "/thanks 修泵及时", reply_to=answered)
    assert "被感谢「修泵及时」" in await received(group, LI)


async def test_a_day_has_three_and_the_next_day_again(group: Place, world: World) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "早")
    for reason in ("修泵", "修灯", "修门"):
        await group.says(WANG, f"/thanks @li {reason}")
    last = group.last
    assert "每人每天可以感谢 3 次" in await group.says(WANG, "/thanks 陈书记 开会")
    assert await group.says(WANG, "谢谢@李伟 修窗户") == ""
    assert await world.rows("thanks") == 3
    await group.edits(WANG, "/thanks 陈书记 修门", last)
    assert await world.rows("thanks", "reason = '修门'") == 1, "whom somebody has named wrongly leaves room"
    assert await world.rows("thanks") == 3
    assert await group.points_of(SECRETARY) == 1
    await group.says(SECRETARY, "/thanks 李伟 王海燕 修泵")
    assert await world.rows("thanks") == 5
    assert "次数不够了" in await group.says(SECRETARY, "/thanks @li、王海燕 修灯"), "all of them or none"
    assert await world.rows("thanks") == 5
    await group.hears_until("2026-11-26 00:01")
    await group.says(WANG, "/thanks @li 修泵")
    assert group.reaction() == "👍"


async def test_the_same_for_the_same_person_counts_once_a_day(group: Place, world: World) -> None:
    await group.says(LI, "早")
    await group.does(WANG, "/thanks @li 修好了泵")
    assert "不重复记" in await group.does(WANG, "/thanks @li 修好了泵！")
    assert await world.rows("thanks") == 1


async def test_an_edit_corrects_whom_and_for_what(group: Place, world: World) -> None:
    for who in (LI, SECRETARY):
        await group.opens_private(who)
        await group.says(who, "早")
    await group.does(WANG, "/thanks @li 修好了泵")
    thanks = group.last
    assert "已改成感谢李伟：修好了风机" in await group.corrects(WANG, "/thanks @li 修好了风机", thanks)
    assert "修好了风机" in group.world.sandbox.messages(group._private(LI))[-1]["text"]
    assert "已改成感谢陈书记" in await group.corrects(WANG, "/thanks 陈书记 修好了风机", thanks)
    assert "修好了" not in group.world.sandbox.messages(group._private(LI))[-1].get("text", "")
    assert await world.rows("thanks") == 1
    assert await group.points_of(LI) == 0
    assert await group.points_of(SECRETARY) == 1


async def test_an_edit_that_thanks_nobody_any_more_takes_back(group: Place, world: World) -> None:
    await group.says(LI, "早")
    await group.does(WANG, "谢谢@李伟 帮忙修泵")
    assert "已撤回" in await group.corrects(WANG, "泵修好了")
    assert await world.rows("thanks") == 0
    assert await group.points_of(LI) == 0


REFUSED = {
    "/thanks @wang_wu 修泵": "本群没有叫“wang_wu”的人",
    "/thanks 李小伟 修泵": "没看出感谢谁",
    "/thanks 全体党员 修泵": "要写具体的人",
    "/thanks 王海燕 修泵": "感谢要送给别人",
    "/thanks @stranger 修泵": "本群没有叫“钱进”的人",
    "/thanks @jingyi_bot 修泵": "没看出感谢谁",
    "/thanks @li " + "汉" * 201: "请不超过 200 个字",
    "/thanks @gone 修泵": "已经退群",
    "/thanks @li": "感谢李伟什么",
}


async def test_refusals_say_what_is_wrong(group: Place, world: World) -> None:
    for who, name in (("stranger", "钱进"), ("gone", "孙丽")):
        world.people[who] = world.sandbox.add_person(name, username=who)
    world.sandbox.add_member(group.chat, world.people["gone"])
    for who in (WANG, "gone"):
        await group.says(who, "早")
    other = world.sandbox.add_group("二支部", by=world.people["stranger"], members=[], bots=[BOT])
    await world.idle()
    await Place(world, other).says("stranger", "早")
    world.sandbox.remove_member(group.chat, world.people["gone"])
    await world.idle()
    for text, said in REFUSED.items():
        assert said in await group.says(WANG, text), text
    assert await world.rows("thanks") == 0


async def test_the_form_asks_shows_and_gives(group: Place, world: World) -> None:
    await group.says(LI, "早")
    said = await group.says(WANG, "/thanks")
    assert "想感谢谁" in said
    assert "今天还可以谢 3 次" in said
    assert "王海燕" not in group.buttons()
    await group.presses(WANG, "李伟")
    await group.answers(WANG, "帮忙修好了泵")
    assert "要发到群里：\n🌷 感谢李伟：帮忙修好了泵" in group.newest()
    assert "这是别人正在填的" in await group.presses(LI, "发出")
    await group.presses(WANG, "发出")
    assert group.newest() == "🌷 王海燕感谢李伟：帮忙修好了泵"
    assert await group.points_of(LI) == 1


async def test_namesakes_are_asked_about(group: Place, world: World) -> None:
    world.people["li2"] = world.sandbox.add_person("李伟", username="li_two")
    world.sandbox.add_member(group.chat, world.people["li2"])
    await group.says(LI, "早")
    await group.says("li2", "早")
    assert "有几位叫“李伟”" in await group.says(WANG, "/thanks 李伟 修好了泵")
    await group.presses(WANG, "@li_two")
    await group.presses(WANG, "发出")
    assert [await group.points_of(who) for who in (LI, "li2")] == [0, 1]


async def test_from_private_the_group_reads_it(group: Place, private: Place) -> None:
    await group.says(LI, "早")
    await group.says(WANG, "早")
    wangs = Place(group.world, group.world.sandbox.open_private(group.person(WANG), BOT))
    await wangs.says(WANG, "/thanks 李伟 修好了泵")
    assert "要发到群里" in wangs.newest()
    await wangs.presses(WANG, "发出")
    assert group.newest() == "🌷 王海燕感谢李伟：修好了泵"


async def test_who_is_awaited_gets_the_point_when_they_come(group: Place, world: World) -> None:
    await world.roster(group.chat, SECRETARY)

    def add(stores: Any) -> int:
        branch = stores.chats.find(group.chat.id).branch
        return int(stores.people.add([Entry("10002", "赵敏", branch)])[0].id)

    await world.program.database.write(add)
    await group.says(WANG, "/thanks 赵敏 修好了泵")
    assert group.reaction() == "👍"

    def link(stores: Any) -> None:
        li = stores.members.find(world.people[LI].id)
        person = stores.people.numbered("10002")
        linking.link(stores, person, li, by=li.id, at=world.sandbox.clock.now())

    await group.says(LI, "早")
    assert await group.points_of(LI) == 0
    await world.program.database.write(link)
    assert await group.points_of(LI) == 1


async def test_the_summary_counts_them(group: Place) -> None:
    await group.says(LI, "早")
    await group.says(WANG, "/thanks @li 修好了泵")
    await group.hears_until("2026-11-25 11:00")
    assert "🌷 互相感谢 1 次" in await group.says(SECRETARY, "/summary")
    assert "修好了泵" not in group.newest()


async def test_administrators_alone_see_who_thanks_almost_nobody_else(
    group: Place, private: Place, world: World
) -> None:
    def put(stores: Any) -> None:
        at, home = world.sandbox.clock.now(), stores.chats.find(group.chat.id)
        li, wang = (stores.members.find(world.people[who].id) for who in (LI, WANG))
        for number in range(4):
            for giver, to in ((li, wang), (wang, li)):
                when = at - timedelta(days=number, hours=1)
                new = Thanks(ThanksId(0), home.id, giver, to, f"第{number}次", home.day(when), when)
                stores.thanks.add(new, f"past:{giver.id}:{number}")

    await group.says(WANG, "早")
    await world.program.database.write(put)
    assert "李伟 → 王海燕" not in await private.says(LI, "/thanks 互谢")

    def appoint(stores: Any) -> None:
        li = stores.members.find(world.people[LI].id)
        stores.grants.add(li, Role.ADMINISTRATOR, EVERYWHERE, None, world.sandbox.clock.now())

    await world.program.database.write(appoint)
    assert "李伟 → 王海燕 4 次，王海燕 → 李伟 4 次" in await private.says(LI, "/thanks 互谢")
