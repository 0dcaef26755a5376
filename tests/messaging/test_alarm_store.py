"""What came up is told to administrators in private, in one message."""

from datetime import timedelta

import pytest

from domain.ids import UpdateId
from domain.messaging import alarm, delivery, inbox
from domain.messaging.alarm import Trouble
from domain.messaging.chat import ChatKind, ChatSeen
from domain.messaging.inbox import Received
from tests.stores import AT, HABITS, queued

LI, WANG, ZHAO, STRANGER = 101, 102, 103, 999


@pytest.fixture
async def chats(store, branch):
    """Li and Wang have opened a private chat, Zhao has not."""

    def open_chats(stores):
        for member in (branch.li, branch.wang):
            private = stores.chats.add(ChatSeen(member.platform_id, ChatKind.PRIVATE, member.name), HABITS, AT)
            known = stores.members.find(member.platform_id)
            stores.members.save(type(known)(known.id, known.platform_id, known.name, None, None, private.id))

    await store.write(open_chats)
    return branch


async def tell(store, *administrators, at=AT):
    def unit(stores):
        before = {row.id for row in queued(stores)}
        alarm.tell(stores, at, administrators=administrators)
        return [(row.place, row.body["text"]) for row in queued(stores) if row.id not in before]

    return await store.write(unit)


async def add_groups(store, count):
    def unit(stores):
        return [
            stores.chats.add(ChatSeen(-5000 - n, ChatKind.GROUP, f"第{n}党支部"), HABITS, AT).id for n in range(count)
        ]

    return await store.write(unit)


async def test_a_hundred_groups_that_are_lost_are_one_message(store, chats):
    for group in await add_groups(store, 100):
        await store.write(delivery.leave, chat=group, at=AT)
    ((place, words),) = await tell(store, LI)
    assert place == LI
    assert "第0党支部" in words
    assert "count=100" in words
    assert await tell(store, LI) == [], "once"


async def test_who_has_not_opened_a_private_chat_is_not_written_to_and_no_stranger(store, chats):
    await store.write(delivery.leave, chat=chats.group.id, at=AT)
    assert await tell(store, ZHAO, STRANGER) == []
    assert [place for place, _ in await tell(store, LI, WANG, ZHAO)] == [LI, WANG], "it has waited"


async def test_a_group_that_the_bot_is_back_in_by_then_is_not_named(store, chats):
    await store.write(delivery.leave, chat=chats.group.id, at=AT)
    await store.write(lambda stores: stores.chats.save(chats.group))
    assert await tell(store, LI) == []


async def test_leaving_twice_and_leaving_a_private_chat_is_no_more_than_one_alarm(store, chats):
    li = await store.read(lambda stores: stores.members.find(LI))
    for chat in (chats.group.id, chats.group.id, li.private):
        await store.write(delivery.leave, chat=chat, at=AT)
    assert [one.trouble for one in await store.read(lambda stores: stores.alarms.all())] == [Trouble.REMOVED]


async def test_an_update_that_was_set_aside_is_named_after_its_last_try(store, chats):
    update = UpdateId(77)
    await store.write(inbox.receive, updates=[Received(update, "{}")], habits=HABITS, at=AT)
    for spent in (False, False, True):
        assert await tell(store, LI) == []
        assert await store.write(inbox.fail, update=update, error="ValueError", at=AT) is spent
    ((_, words),) = await tell(store, LI)
    assert "'77'" in words


async def test_what_nobody_could_be_told_is_forgotten_after_a_week(store, chats):
    await store.write(delivery.leave, chat=chats.group.id, at=AT)
    await tell(store, ZHAO, at=AT + alarm.KEPT + timedelta(seconds=1))
    assert await store.read(lambda stores: stores.alarms.all()) == []


async def test_the_next_trouble_is_told_anew(store, chats):
    await store.write(delivery.leave, chat=chats.group.id, at=AT)
    assert len(await tell(store, LI)) == 1
    await store.write(lambda stores: stores.chats.save(chats.group))
    await store.write(delivery.leave, chat=chats.group.id, at=AT)
    assert len(await tell(store, LI)) == 1
