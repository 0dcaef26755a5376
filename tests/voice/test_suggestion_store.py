"""Suggestions in the store, on both engines: supporters, merging, mailboxes, and what many messages leave."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.admin.seal import Key
from domain.messaging.chat import Admission, ChatKind, ChatProfile
from domain.messaging.message import Message, Subject
from domain.people.actor import Actor
from domain.people.permission import NotAMember
from domain.voice import suggestion
from domain.voice.naming import Naming
from domain.voice.suggestion import Became, Tagging, TooManySuggestions, Way, channel, supporting, taking_back
from tests.stores import AT, LOCALE

KEY = Key(b"k" * 32)


@pytest.fixture
async def actors(database, branch):
    """Li, Wang and Zhao in their group, and in private."""
    database.seal_with(KEY)

    def begin(stores):
        group = replace(branch.group, admission=Admission.ADMITTED)
        stores.chats.save(group)
        made = {}
        for name in ("li", "wang", "zhao"):
            member = getattr(branch, name)
            private = stores.chats.add(ChatProfile(member.platform_id, ChatKind.PRIVATE, name), LOCALE, AT)
            known = replace(member, private=private.id)
            stores.members.save(known)
            made[name] = Actor(known, group, AT), Actor(known, private, AT)
        return made

    return await database.write(begin)


def make(actor, text, source, **way):
    return lambda stores: suggestion.make(stores, actor, text=text, tagging=Tagging(), source=source, way=Way(**way))


async def test_supporters_are_those_of_all_that_were_merged(database, actors):
    (li, _), (wang, _), (zhao, _) = actors.values()
    first = (await database.write(make(li, "食堂加热菜", "1"))).suggestion
    second = (await database.write(make(wang, "停车场装桩", "2"))).suggestion
    third = (await database.write(make(zhao, "路灯坏了", "3"))).suggestion

    def merge(stores):
        supporting.support(stores, zhao, number=second.id)
        stores.suggestions.save(replace(second, merged_into=first.id))
        stores.suggestions.save(replace(third, merged_into=second.id))
        return [one.id for one in stores.suggestions.supporters(first.id)]

    assert await database.write(merge) == [wang.member.id, zhao.member.id]
    merged = await database.read(lambda stores: [one.id for one in stores.suggestions.merged(first.id)])
    assert merged == [second.id, third.id]
    await database.write(lambda stores: stores.suggestions.save(second))
    assert await database.read(lambda stores: stores.suggestions.supporters(first.id)) == []
    assert len(await database.read(lambda stores: stores.suggestions.supporters(second.id))) == 1


async def test_support_counts_once_and_never_ones_own_or_an_outsiders(database, actors):
    (li, unseen), (wang, _), _ = actors.values()
    made = (await database.write(make(li, "食堂加热菜", "1"))).suggestion
    hidden = (await database.write(make(unseen, "路灯坏了", "2", naming=Naming.ANONYMOUS))).suggestion
    for _ in range(20):
        found = await database.write(lambda stores: supporting.support(stores, wang, number=made.id))
    assert (found.backed.supporters, found.new) == (1, False)
    for number in (made.id, hidden.id):
        if number == hidden.id and hidden.group is None:
            continue
        with pytest.raises(supporting.OwnSuggestion):
            await database.write(lambda stores, number=number: supporting.support(stores, li, number=number))
    outside = await database.write(
        lambda stores: replace(wang, chat=stores.chats.add(ChatProfile(-1002, ChatKind.GROUP, "别处"), LOCALE, AT))
    )
    outside = replace(outside, chat=replace(outside.chat, admission=Admission.ADMITTED))

    def stranger(stores):
        from domain.people.member import PersonProfile

        met = stores.members.add(PersonProfile(999, "路人"), AT)
        return supporting.support(stores, replace(outside, member=met), number=made.id)

    with pytest.raises(NotAMember):
        await database.write(stranger)


async def test_a_thousand_messages_in_a_minute_are_one_suggestion_and_ten_at_most(database, actors):
    (li, _), *_ = actors.values()

    def many(stores):
        became = [make(li, "食堂加热菜", f"{number}")(stores).became for number in range(1000)]
        refused = 0
        for number in range(1000):
            try:
                make(li, f"第{number}台风扇", f"more{number}")(stores)
            except TooManySuggestions:
                refused += 1
        return became, refused, stores.suggestions.find(1)

    became, refused, first = await database.write(many)
    assert (became[0], set(became[1:])) == (Became.NEW, {Became.COUNTED})
    assert first.repeats == 999
    assert refused == 1000 - 9


async def test_an_anonymous_author_is_limited_and_told_by_the_key_alone(database, actors):
    (_, unseen), (_, other), _ = actors.values()
    made = [
        (await database.write(make(unseen, f"第{n}台风扇", f"{n}", naming=Naming.ANONYMOUS))).suggestion
        for n in range(10)
    ]
    with pytest.raises(TooManySuggestions):
        await database.write(make(unseen, "再来一台", "11", naming=Naming.ANONYMOUS))
    assert (await database.write(make(other, "再来一台", "12", naming=Naming.ANONYMOUS))).became is Became.NEW
    assert await database.read(lambda stores: channel.is_author(stores, unseen, made[0]))
    assert not await database.read(lambda stores: channel.is_author(stores, other, made[0]))
    assert len({one.mailbox for one in made}) == 10
    database.seal_with(Key(b"x" * 32))
    assert await database.read(lambda stores: channel.chat_of(stores, made[0])) is None


async def test_an_edit_of_an_anonymous_one_corrects_it(database, actors):
    (_, unseen), *_ = actors.values()
    await database.write(make(unseen, "食堂加热采", "1", naming=Naming.ANONYMOUS))
    assert (await database.write(make(unseen, "食堂加热菜", "1"))).became is Became.CORRECTED
    assert await database.read(lambda stores: suggestion.is_nameless(stores, unseen, source="1"))


async def test_numbers_and_signs_make_other_words(database, actors):
    (li, _), (wang, _), _ = actors.values()
    for number, text in enumerate(("护栏1.5米", "护栏15米", "+5度", "-5度", "学C++", "学C#")):
        assert (await database.write(make(li, text, f"{number}"))).became is Became.NEW
    assert (await database.write(make(wang, "护栏１．５米！", "w"))).became is Became.SUPPORTED


async def test_what_was_taken_back_is_late_after_a_day_and_gone_for_others(database, actors):
    (li, _), (wang, _), _ = actors.values()
    made = (await database.write(make(li, "食堂加热菜", "1"))).suggestion
    late = replace(li, now=AT + timedelta(days=1, seconds=1))
    with pytest.raises(taking_back.TooLate):
        await database.write(lambda stores: taking_back.take_back(stores, late, number=made.id))
    with pytest.raises(suggestion.NotYours):
        await database.write(lambda stores: taking_back.take_back(stores, wang, number=made.id))
    await database.write(lambda stores: taking_back.take_back(stores, li, number=made.id))
    with pytest.raises(suggestion.Gone):
        await database.write(lambda stores: supporting.support(stores, wang, number=made.id))
    with pytest.raises(suggestion.Gone):
        await database.write(make(li, "食堂加热汤", "1"))


async def test_concealed_rows_go_once_their_calls_have_ended(database, actors):
    (_, unseen), *_ = actors.values()

    def say(stores):
        stores.outbox.send(unseen.chat.id, Message("suggestion.call", subject=Subject("draft", 7)), key="one")
        stores.outbox.delete(Subject("draft", 7), key="two")
        stores.outbox.rename(Subject("draft", 7), channel.CONCEALED)
        channel.answer(stores, unseen.chat.id, Message("suggestion.call"))
        stores.outbox.forget(channel.CONCEALED)
        return [one.id for one in stores.deliveries.due(AT, 9)]

    (waiting,) = await database.write(say)

    def sent(stores):
        from domain.messaging.delivery import Receipt

        stores.deliveries.sent(waiting, Receipt(5))
        stores.outbox.forget(channel.CONCEALED)
        return stores.deliveries.subject(unseen.chat.id, 5)

    assert await database.write(sent) is None
