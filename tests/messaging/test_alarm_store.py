"""What came up is told to administrators in private, in one message."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.admin.enterprise import Enterprise
from domain.ids import UpdateId
from domain.messaging import alarm, delivery, inbox
from domain.messaging.alarm import Trouble
from domain.messaging.chat import ChatKind, ChatProfile
from domain.messaging.inbox import Received
from tests.stores import AT, LOCALE, queued

LI, WANG, ZHAO, STRANGER = 101, 102, 103, 999


@pytest.fixture
async def chats(database, branch):
    """Li and Wang have opened a private chat, Zhao has not."""

    def open_chats(stores):
        for member in (branch.li, branch.wang):
            private = stores.chats.add(ChatProfile(member.platform_id, ChatKind.PRIVATE, member.name), LOCALE, AT)
            known = stores.members.find(member.platform_id)
            stores.members.save(type(known)(known.id, known.platform_id, known.name, None, None, private.id))

    await database.write(open_chats)
    return branch


async def tell(database, *administrators, at=AT):
    def unit(stores):
        before = {row.id for row in queued(stores)}
        alarm.tell(replace(stores, enterprise=Enterprise(LOCALE, frozenset(administrators))), at)
        return [(row.place, row.body["text"]) for row in queued(stores) if row.id not in before]

    return await database.write(unit)


async def add_groups(database, count):
    def unit(stores):
        return [
            stores.chats.add(ChatProfile(-5000 - n, ChatKind.GROUP, f"第{n}党支部"), LOCALE, AT).id
            for n in range(count)
        ]

    return await database.write(unit)


async def test_a_hundred_groups_that_are_lost_are_one_message(database, chats):
    for group in await add_groups(database, 100):
        await database.write(delivery.leave, chat=group, at=AT)
    ((place, words),) = await tell(database, LI)
    assert place == LI
    assert "第0党支部" in words
    assert "count=100" in words
    assert await tell(database, LI) == [], "once"


async def test_who_has_not_opened_a_private_chat_is_not_written_to_and_no_stranger(database, chats):
    await database.write(delivery.leave, chat=chats.group.id, at=AT)
    assert await tell(database, ZHAO, STRANGER) == []
    assert [place for place, _ in await tell(database, LI, WANG, ZHAO)] == [LI, WANG], "it has waited"


async def test_a_group_that_the_bot_is_back_in_by_then_is_not_named(database, chats):
    await database.write(delivery.leave, chat=chats.group.id, at=AT)
    await database.write(lambda stores: stores.chats.save(chats.group))
    assert await tell(database, LI) == []


async def test_leaving_twice_and_leaving_a_private_chat_is_no_more_than_one_alarm(database, chats):
    li = await database.read(lambda stores: stores.members.find(LI))
    for chat in (chats.group.id, chats.group.id, li.private):
        await database.write(delivery.leave, chat=chat, at=AT)
    assert [one.trouble for one in await database.read(lambda stores: stores.alarms.all())] == [Trouble.REMOVED]


async def test_an_update_that_was_set_aside_is_named_after_its_last_try(database, chats):
    update = UpdateId(77)
    await database.write(inbox.receive, updates=[Received(update, "{}")], locale=LOCALE, at=AT)
    await database.write(inbox.spare, updates=[update])  # storing it was its first beginning
    for spent in (False, False, True):
        assert await tell(database, LI) == []
        assert update in await database.write(inbox.begin, updates=[update])
        assert await database.write(inbox.fail, update=update, error="ValueError", at=AT) is spent
    ((_, words),) = await tell(database, LI)
    assert "'77'" in words


async def test_what_nobody_could_be_told_is_forgotten_after_a_week(database, chats):
    await database.write(delivery.leave, chat=chats.group.id, at=AT)
    await tell(database, ZHAO, at=AT + alarm.KEPT + timedelta(seconds=1))
    assert await database.read(lambda stores: stores.alarms.all()) == []


async def test_the_next_trouble_is_told_anew(database, chats):
    await database.write(delivery.leave, chat=chats.group.id, at=AT)
    assert len(await tell(database, LI)) == 1
    await database.write(lambda stores: stores.chats.save(chats.group))
    await database.write(delivery.leave, chat=chats.group.id, at=AT)
    assert len(await tell(database, LI)) == 1
