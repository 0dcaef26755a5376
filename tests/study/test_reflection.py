"""Reflections: what counts, what is a copy, what is credited, edited, taken back and shown to the group."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text as sql

from domain.messaging.chat import Chat, ChatKind, ChatProfile
from domain.people import branch as branches
from domain.people.actor import Actor
from domain.people.branch import BranchKind
from domain.people.member import PersonProfile
from domain.people.permission import Area, Role
from domain.refusal import NotAllowed
from domain.study import study
from domain.study.item import Lesson
from domain.study.reflection import featuring, service
from domain.study.reflection.model import (
    AN_HOUR_MOST,
    FEATURED,
    REFLECTED,
    AuthorAway,
    Became,
    CopyOf,
    Gone,
    NothingToReflect,
    OnlyCopied,
    OwnOne,
    Stage,
    TooLong,
    TooMany,
    TooShort,
    Written,
)
from language import copied
from storage.stores import Stores
from tests.stores import AT, LOCALE, Renderer
from tests.use_cases import empty

DAY = timedelta(days=1)
ITEM = Lesson("helmet", "先戴安全帽", "安全", "进入现场必须戴好安全帽，帽带系紧，帽壳无裂纹。", "GB 2811-2019")
OTHER = Lesson("lock", "挂牌上锁", "安全", "谁上锁谁开锁，严禁代开。", "《机械安全规程》")
MINE = (
    "以前我总觉得夏天戴帽子闷，巡检几分钟不戴也没事。上个月掉下一个螺母正好砸在老周的帽子上，从那以后我再也没有侥幸过。"
)
ANOTHER = "作为班长，班前会上我要逐个检查帽带。新来的两个徒弟不会调节帽箍，今天就手把手教他们调好。"


@dataclass
class Scene:
    """A group with its item of the day; Li and Wang write, Chen is its secretary."""

    stores: Stores
    group: Chat
    li: Actor
    wang: Actor
    chen: Actor
    prompt: Any

    def writes(self, who: Actor, words: str, source: str = "1/1", *, prompt: Any = None, days: float = 0) -> Written:
        there = replace(who, now=who.now + days * DAY)
        given = {"words": words, "source": source, "copies": copied, "prompt": prompt or self.prompt.id}
        return service.write(self.stores, there, **given)

    def there(self, who: Actor) -> list[Actor]:
        return [replace(who, chat=self.group)]

    def proposes(self, who: Actor, number: Any) -> Any:
        return featuring.propose(self.stores, who, number=number, there=self.there(who))

    def means(self, words: str) -> bool:
        return service.is_reflection(self.stores, self.li, prompt=self.prompt.id, words=words, copies=copied)

    def credited(self, who: Actor, event: Any = REFLECTED, source: str = "reflection:helmet") -> bool:
        return bool(self.stores.points.count(who.member.id, event.name, source) % 2)

    def said(self) -> list[str]:
        rows = self.stores.connection.execute(sql("SELECT body FROM outbox WHERE state = 'queued' ORDER BY id"))
        return [str(row[0]) for row in rows]


@pytest.fixture
def scene() -> Iterator[Scene]:
    with empty().connect() as connection:
        stores = Stores(connection, Renderer(), AT)
        own = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="一支部")
        met = stores.chats.add(ChatProfile(-1001, ChatKind.GROUP, "一支部"), LOCALE, AT)
        group = branches.bind(stores, chat=met, branch=own.id)
        actors = [actor(stores, group, number, name) for number, name in enumerate(("李伟", "王海燕", "陈书记"), 11)]
        stores.grants.add(actors[2].member, Role.SECRETARY, Area(branch=own.id), None, AT)
        study.load(stores, lessons=[ITEM, OTHER])
        yield Scene(stores, group, *actors, study.prompt(stores, group, AT))
        connection.rollback()


def actor(stores: Stores, group: Chat, number: int, name: str) -> Actor:
    private = stores.chats.add(ChatProfile(number, ChatKind.PRIVATE, name), LOCALE, AT)
    member = replace(stores.members.add(PersonProfile(number, name), AT), private=private.id)
    stores.members.save(member)
    stores.members.speak(group.id, member.id, AT)
    return Actor(member, private, AT)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (MINE, True),
        ("收到", False),
        ("收到，认真学习了，谢谢支部", False),
        ("👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍", False),
        ("进入现场必须戴好安全帽，帽带系紧，帽壳无裂纹。", False),  # the item itself
        ("收到：进入现场必须戴好安全帽，帽带系紧，帽壳无裂纹。", False),
        ("这条规定从什么时候开始执行，外来的施工队也要照这样办吗？", False),
        (" \u200b ", False),
        ("", False),
    ],
)
def test_a_reply_counts_where_it_says_enough_of_ones_own(scene: Scene, words: str, meant: bool) -> None:
    assert scene.means(words) is meant


def test_a_reflection_is_credited_once_for_an_item(scene: Scene) -> None:
    first = scene.writes(scene.li, MINE)
    assert (first.became, first.reflection.late, first.reflection.copy_of) == (Became.NEW, False, None)
    assert scene.writes(scene.li, ANOTHER, "1/2").reflection.copy_of is None
    assert scene.stores.points.count(scene.li.member.id, REFLECTED.name, "reflection:helmet") == 1


def test_one_about_an_earlier_day_is_late(scene: Scene) -> None:
    assert scene.writes(scene.li, MINE, days=2).reflection.late
    assert '"late":true' in (
        scene.stores.points.last(scene.li.member.id, REFLECTED.name, "reflection:helmet").facts or ""
    )
    with pytest.raises(NothingToReflect):
        scene.writes(scene.wang, ANOTHER, "1/2", days=15)


def test_a_near_copy_is_kept_and_not_credited_whoever_comes_second(scene: Scene) -> None:
    scene.writes(scene.li, MINE)
    copy = scene.writes(scene.wang, "同志们好！" + MINE.replace("，", " ") + "不忘初心！", "1/2")
    assert copy.reflection.copy_of is CopyOf.OTHERS
    assert (scene.credited(scene.li), scene.credited(scene.wang)) == (True, False)
    third = scene.writes(scene.chen, MINE, "1/3")  # of two that are alike the first is the original
    assert third.reflection.copy_of is CopyOf.OTHERS


def test_ones_own_words_about_another_item_are_a_copy_too(scene: Scene) -> None:
    scene.writes(scene.li, MINE)
    later = study.prompt(scene.stores, scene.group, AT + DAY)
    assert later is not None
    again = scene.writes(scene.li, MINE, "1/2", prompt=later.id, days=1)
    assert again.reflection.copy_of is CopyOf.OWN
    assert not scene.credited(scene.li, source="reflection:lock")
    assert scene.writes(scene.wang, MINE, "1/3", prompt=later.id, days=1).reflection.copy_of is None  # another item's


def test_what_both_quote_from_the_item_makes_no_copy(scene: Scene) -> None:
    scene.writes(scene.li, ITEM.text + MINE)
    assert scene.writes(scene.wang, ITEM.text + ANOTHER, "1/2").reflection.copy_of is None


def test_a_copy_that_is_edited_into_own_words_is_credited_and_the_other_way_round(scene: Scene) -> None:
    scene.writes(scene.li, MINE)
    scene.writes(scene.wang, MINE, "1/2")
    changed = scene.writes(scene.wang, ANOTHER, "1/2")
    assert (changed.became, changed.reflection.copy_of, scene.credited(scene.wang)) == (Became.CHANGED, None, True)
    back = scene.writes(scene.wang, MINE + "！", "1/2")
    assert (back.reflection.copy_of, scene.credited(scene.wang)) == (CopyOf.OTHERS, False)
    assert scene.writes(scene.wang, MINE + "！", "1/2").became is Became.SAME


def test_taking_back_takes_the_credit_unless_another_text_stands_for_it(scene: Scene) -> None:
    first, second = scene.writes(scene.li, MINE), scene.writes(scene.li, ANOTHER, "1/2")
    service.take_back(scene.stores, scene.li, number=first.reflection.id)
    assert scene.credited(scene.li)
    service.take_back(scene.stores, scene.li, number=second.reflection.id)
    assert not scene.credited(scene.li)
    with pytest.raises(Gone):
        service.take_back(scene.stores, scene.li, number=second.reflection.id)


def test_an_edit_that_leaves_nothing_takes_it_back(scene: Scene) -> None:
    scene.writes(scene.li, MINE)
    assert scene.writes(scene.li, "收到", "1/1").became is Became.REMOVED
    assert not scene.credited(scene.li)
    assert scene.writes(scene.li, MINE, "1/1").became is Became.NEW
    assert scene.credited(scene.li)


def test_somebody_elses_is_not_there(scene: Scene) -> None:
    one = scene.writes(scene.li, MINE).reflection
    for use_case in (service.take_back, featuring.agree, featuring.decline):
        with pytest.raises(Gone):
            use_case(scene.stores, scene.wang, number=one.id)


@pytest.mark.parametrize(("words", "refusal"), [("收到", TooShort), ("长" * 2001, TooLong)])
def test_what_does_not_fit_is_refused(scene: Scene, words: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        scene.writes(scene.li, words)


def test_nobody_floods(scene: Scene) -> None:
    for number in range(AN_HOUR_MOST):
        scene.writes(scene.li, chr(0x4E00 + number) * 30, f"1/{number}")
    with pytest.raises(TooMany):
        scene.writes(scene.li, MINE, "1/99")
    assert scene.writes(scene.li, MINE, "1/99", days=1).became is Became.NEW


def test_a_good_one_is_shown_to_the_group_with_its_authors_consent(scene: Scene) -> None:
    one = scene.writes(scene.li, MINE).reflection
    (listed,) = featuring.shelf(scene.stores, scene.chen, there=scene.there(scene.chen)).listed
    assert listed.reflection == one
    asked = scene.proposes(scene.chen, one.id)
    scene.proposes(scene.chen, one.id)  # a second press
    assert asked.stage is Stage.ASKED
    assert sum("reflection.wish " in body for body in scene.said()) == 1
    assert featuring.FEATURE.today[0].tell(scene.stores, scene.li) is not None
    assert not any("reflection.shown" in body for body in scene.said())
    featuring.agree(scene.stores, scene.li, number=one.id)
    with pytest.raises(Gone):
        featuring.agree(scene.stores, scene.li, number=one.id)
    assert sum("reflection.shown" in body for body in scene.said()) == 1
    source = f"reflection:{one.id}"
    assert scene.credited(scene.li, FEATURED, source)
    service.take_back(scene.stores, scene.li, number=one.id)
    assert not any("reflection.shown" in body for body in scene.said())
    assert not scene.credited(scene.li, FEATURED, source)


def test_one_that_the_author_keeps_is_not_shown_nor_asked_about_again(scene: Scene) -> None:
    one = scene.writes(scene.li, MINE).reflection
    scene.proposes(scene.chen, one.id)
    assert featuring.decline(scene.stores, scene.li, number=one.id).stage is Stage.DECLINED
    assert scene.proposes(scene.chen, one.id).stage is Stage.DECLINED
    with pytest.raises(Gone):
        featuring.agree(scene.stores, scene.li, number=one.id)


def test_one_that_is_edited_while_its_author_is_asked_is_asked_about_no_more(scene: Scene) -> None:
    one = scene.writes(scene.li, MINE).reflection
    scene.proposes(scene.chen, one.id)
    assert scene.writes(scene.li, ANOTHER).reflection.stage is None
    with pytest.raises(Gone):
        featuring.agree(scene.stores, scene.li, number=one.id)


def test_who_may_not_feature_which(scene: Scene) -> None:
    one = scene.writes(scene.li, MINE).reflection
    copy = scene.writes(scene.wang, MINE, "1/2").reflection
    own = scene.writes(scene.chen, ANOTHER, "1/3").reflection
    for who, number, refusal in (
        (scene.wang, one.id, NotAllowed),
        (scene.chen, copy.id, OnlyCopied),
        (scene.chen, own.id, OwnOne),
        (scene.chen, 999, Gone),
    ):
        with pytest.raises(refusal):
            scene.proposes(who, number)
    scene.stores.members.save(replace(scene.li.member, private=None))
    with pytest.raises(AuthorAway):
        scene.proposes(scene.chen, one.id)


def test_those_in_charge_of_another_group_neither_see_nor_feature_it(scene: Scene) -> None:
    one = scene.writes(scene.li, MINE).reflection
    other = scene.stores.chats.add(ChatProfile(-1002, ChatKind.GROUP, "二支部"), LOCALE, AT)
    zhao = actor(scene.stores, other, 14, "赵敏")
    scene.stores.grants.add(zhao.member, Role.SECRETARY, Area(group=other.id), None, AT)
    theirs = [replace(zhao, chat=other), replace(zhao, chat=scene.group), replace(scene.chen, chat=scene.group)]
    assert featuring.shelf(scene.stores, zhao, there=theirs).listed == []
    with pytest.raises(NotAllowed):
        featuring.propose(scene.stores, zhao, number=one.id, there=theirs)
    with pytest.raises(NotAllowed):
        featuring.shelf(scene.stores, scene.wang, there=theirs)


def test_who_has_left_is_asked_no_more(scene: Scene) -> None:
    one = scene.writes(scene.li, MINE).reflection
    scene.proposes(scene.chen, one.id)
    assert featuring.FEATURE.left is not None
    featuring.FEATURE.left(scene.stores, scene.li.member.id, None, AT)
    assert scene.stores.reflections.asked(scene.li.member.id) == []
    assert not any("reflection.wish " in body for body in scene.said())
