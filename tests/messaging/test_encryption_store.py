"""Chats under a key: what both sides write in them, on both engines."""

import os
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.encryption_keys import KeyFolder
from domain.ids import MemberId, UpdateId, WorkerId
from domain.messaging import delivery, encryption, inbox
from domain.messaging.chat import ChatKind, ChatProfile
from domain.messaging.delivery import Receipt
from domain.messaging.draft import Draft
from domain.messaging.inbox import Received
from domain.messaging.message import Message, Subject
from storage.errors import StoreError
from tests.stores import AT, LOCALE

SECRET = "食堂太贵"
CARD = Subject("card", 1)
PRIVATE, OTHER = 4711, 4712


class Private:
    """Two private chats, one of which is under a key."""

    def __init__(self, database, keys, chat, other, key):
        self.database, self.keys, self.chat, self.other, self.key = database, keys, chat, other, key

    async def rows(self, statement):
        found = await self.database.read(lambda stores: stores.connection.execute(text(statement)).all())
        return [tuple(row) for row in found]

    async def receive(self, number, words=SECRET, lane=PRIVATE):
        one = Received(UpdateId(number), f'{{"update_id": {number}, "text": "{words}"}}', lane=str(lane))
        return await self.database.write(inbox.receive, updates=[one], locale=LOCALE, at=AT)

    async def say(self, words=SECRET, key="answer:1", **more):
        said = Message(words, subject=CARD)
        await self.database.write(lambda stores: stores.outbox.send(self.chat, said, key=key, **more))

    async def claim(self):
        return await self.database.write(delivery.claim, holder="sender", at=AT, limit=9)

    async def sent(self, one, message=5):
        await self.database.write(delivery.mark_sent, delivery=one, receipt=Receipt(message))


@pytest.fixture
async def private(database, tmp_path):
    keys = KeyFolder(tmp_path / "keys")
    database.keep_keys_in(keys)

    def begin(stores):
        chat, other = (
            stores.chats.add(ChatProfile(number, ChatKind.PRIVATE, "李伟"), LOCALE, AT).id
            for number in (PRIVATE, OTHER)
        )
        key = stores.encryption.new_key()
        stores.encryption.begin(chat, key)
        return chat, other, key

    return Private(database, keys, *(await database.write(begin)))


async def test_an_update_of_a_chat_under_a_key_is_encrypted_and_read_again(private):
    await private.receive(1)
    await private.receive(2, lane=OTHER)
    bodies = dict(await private.rows("SELECT id, body FROM inbox"))
    assert SECRET not in bodies[1]
    assert SECRET in bodies[2]
    found = await private.database.read(inbox.open_updates)
    assert [SECRET in one.body for one in found] == [True, True]
    assert SECRET in await private.database.read(inbox.body_of, update=UpdateId(1))


async def test_nothing_but_its_number_stays_of_an_update_that_is_handled(private):
    await private.receive(1)
    await private.database.write(inbox.close, update=UpdateId(1), at=AT)
    assert await private.rows("SELECT id, body, lane FROM inbox") == [(1, "", "")]
    assert await private.receive(1) == []


async def test_updates_of_any_size_take_the_same_room(private):
    for number, words in enumerate(("好", "贵" * 1000, "a", "".join(map(chr, range(0x20000, 0x203E8)))), start=1):
        await private.receive(number, words)
    assert len(set(await private.rows("SELECT length(body) FROM inbox"))) == 1


async def test_an_update_whose_key_is_gone_is_empty(private):
    await private.receive(1)
    await private.database.write(lambda stores: stores.encryption.destroy(private.key))
    assert await private.database.read(inbox.body_of, update=UpdateId(1)) == ""
    assert [one.body for one in await private.database.read(inbox.open_updates)] == [""]


async def test_a_released_chat_is_stored_as_any_other(private):
    await private.database.write(lambda stores: stores.encryption.end(private.chat))
    await private.receive(1)
    await private.say(urgent=True)
    assert SECRET in (await private.rows("SELECT body FROM inbox"))[0][0]
    assert SECRET in (await private.rows("SELECT body FROM outbox"))[0][0]


async def test_an_update_that_comes_while_the_key_is_not_at_hand_is_never_stored_as_it_is(private):
    private.keys.destroy(private.key)
    await private.receive(1)
    assert SECRET not in (await private.rows("SELECT body FROM inbox"))[0][0]


async def test_an_answer_is_encrypted_until_it_is_sent_and_then_forgotten(private):
    await private.say(urgent=True)
    assert SECRET not in (await private.rows("SELECT body FROM outbox"))[0][0]
    (one,) = await private.claim()
    assert SECRET in one.body["text"]
    assert one.under == private.key
    await private.sent(one)
    assert await private.rows("SELECT body FROM outbox") == [("{}",)]


async def test_an_answer_that_lets_others_pass_is_encrypted_too(private):
    await private.say(urgent=True, lets_others_pass=True)
    assert SECRET not in (await private.rows("SELECT body FROM outbox"))[0][0]


async def test_what_the_clock_has_to_say_is_said_after_the_key_is_gone(private):
    await private.say("提醒")
    await private.database.write(lambda stores: stores.encryption.destroy(private.key))
    (one,) = await private.claim()
    assert "提醒" in one.body["text"]


async def test_an_answer_that_waits_is_withdrawn_with_its_key(private):
    await private.say(urgent=True)
    await private.database.write(lambda stores: stores.encryption.destroy(private.key))
    assert await private.claim() == []
    assert await private.rows("SELECT state FROM outbox") == [("withdrawn",)]


async def test_an_answer_whose_key_is_lost_is_withdrawn(private):
    await private.say(urgent=True)
    private.keys.destroy(private.key)
    await private.say("别的", key="answer:2", urgent=False)
    assert ["别的" in one.body["text"] for one in await private.claim()] == [True]
    assert await private.rows("SELECT state FROM outbox ORDER BY id") == [("withdrawn",), ("sending",)]


async def test_changes_of_a_message_are_encrypted_also_those_that_replace_one_that_waits(private):
    def edit(words, key, every=timedelta()):
        return lambda stores: stores.outbox.edit(CARD, Message(words), key=key, every=every)

    await private.say("第一问", urgent=True)
    await private.database.write(edit(SECRET, "edit:1"))
    (one,) = await private.claim()
    assert SECRET in one.body["text"]
    await private.sent(one)
    for number, words in enumerate(("甲" + SECRET, "乙" + SECRET), start=2):
        await private.database.write(edit(words, f"edit:{number}", timedelta(seconds=4)))
    assert all(SECRET not in body for (body,) in await private.rows("SELECT body FROM outbox"))
    (change,) = [found for found in await private.claim() if found.target == 5]
    assert "乙" + SECRET in change.body["text"]


async def test_what_waits_stays_encrypted_when_it_is_changed_after_the_chat_was_released(private):
    await private.say(urgent=True)
    await private.database.write(lambda stores: stores.encryption.end(private.chat))
    await private.database.write(lambda stores: stores.outbox.edit(CARD, Message(SECRET), key="edit:1"))
    assert SECRET not in (await private.rows("SELECT body FROM outbox"))[0][0]


async def test_messages_of_any_length_take_the_same_room(private):
    for number, words in enumerate(("好", "贵" * 900, "问" * 200)):
        await private.say(words, key=f"answer:{number}", urgent=True)
    assert len(set(await private.rows("SELECT length(body) FROM outbox"))) == 1


async def test_a_form_in_a_chat_under_a_key_is_encrypted_and_goes_with_the_key(private, branch):
    def begin(stores):
        draft = Draft(0, "suggestion", MemberId(branch.li.id), private.chat, "text", {"text": SECRET})
        return stores.drafts.add(draft, AT)

    draft = await private.database.write(begin)
    await private.database.write(lambda stores: stores.drafts.save(draft))
    assert SECRET not in (await private.rows("SELECT entries FROM drafts"))[0][0]
    assert (await private.database.read(lambda stores: stores.drafts.get(draft.id))).values == {"text": SECRET}
    await private.database.write(lambda stores: stores.encryption.destroy(private.key))
    assert await private.database.read(lambda stores: stores.drafts.get(draft.id)) is None
    await private.database.write(begin)


async def test_lost_keys_let_go_of_their_chats_where_nobody_else_may_have_them(private):
    assert await private.database.write(encryption.give_up_lost) == 0
    private.keys.destroy(private.key)
    assert await private.database.write(encryption.give_up_lost) == 1
    await private.receive(1)
    assert SECRET in await private.database.read(inbox.body_of, update=UpdateId(1))


async def test_an_erased_chat_is_under_no_key(private):
    await private.database.write(lambda stores: stores.privacy.forget_said(private.chat, AT))
    assert await private.rows("SELECT * FROM encrypted_chats") == []


async def test_workers_that_take_over_read_what_others_were_given(private):
    one = Received(UpdateId(1), SECRET, lane=str(PRIVATE))
    await private.database.write(inbox.receive, updates=[one], locale=LOCALE, at=AT, worker=WorkerId(7))
    await private.database.write(inbox.take_over, worker=WorkerId(8), gone=[WorkerId(7)])
    assert [found.body for found in await private.database.read(inbox.open_updates, worker=WorkerId(8))] == [SECRET]


def test_keys_are_their_owner_s_alone(tmp_path):
    keys = KeyFolder(tmp_path / "deep" / "keys")
    key = keys.make()
    assert (keys.folder.stat().st_mode & 0o777, (keys.folder / key).stat().st_mode & 0o777) == (0o700, 0o600)
    assert (len(keys.find(key)), keys.all()) == (32, {key})


def test_a_destroyed_key_is_overwritten_before_it_goes(tmp_path):
    keys = KeyFolder(tmp_path)
    key = keys.make()
    before = keys.find(key)
    os.link(tmp_path / key, tmp_path / "held")  # as an open file, or a disk's forgotten block, would hold it
    keys.destroy(key)
    keys.destroy(key)
    assert (keys.all(), keys.find(key)) == (frozenset(), None)
    assert before not in (tmp_path / "held").read_bytes()


def test_a_name_that_is_no_key_s_reads_no_file(tmp_path):
    (tmp_path / "other").write_bytes(b"x" * 32)
    with pytest.raises(StoreError):
        KeyFolder(tmp_path / "keys").find("../other")


def test_a_folder_that_cannot_be_used_is_the_store_s_fault(tmp_path):
    (tmp_path / "file").write_text("")
    keys = KeyFolder(tmp_path / "file")
    with pytest.raises(StoreError):
        keys.make()
    with pytest.raises(StoreError):
        keys.find("0" * 32)
    keys.destroy("0" * 32)


def test_a_key_that_was_cut_short_is_none(tmp_path):
    keys = KeyFolder(tmp_path)
    key = keys.make()
    (tmp_path / key).write_bytes(b"short")
    assert keys.find(key) is None
