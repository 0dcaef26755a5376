"""Kept questionnaires on both engines: whose they are, and what becomes of them."""

from dataclasses import replace
from typing import Any

import pytest

from domain.messaging.chat import ChatKind, ChatProfile
from domain.people.actor import Actor
from domain.people.member import PersonProfile
from domain.people.permission import EVERYWHERE, Role
from domain.voice.questionnaire import kept
from domain.voice.questionnaire.kept import MAX_KEPT, NotKept, TooManyKept
from domain.voice.questionnaire.model import Condition, Option, Question, QuestionKind, Questionnaire
from tests.stores import AT, LOCALE

OPTIONS = (Option("yes", "来"), Option("no", "不来"))
FIRST = Question("q1", QuestionKind.SINGLE, "来吗？", OPTIONS, shuffled=True)
ASKED = Questionnaire(
    "活动", (FIRST, Question("q2", QuestionKind.TEXT, "为什么？", when=Condition("q1", frozenset({"no"})))), "三分钟"
)


def secretary(stores: Any, number: int) -> Actor:
    """Somebody with a role, in private."""
    chat = stores.chats.add(ChatProfile(number, ChatKind.PRIVATE, "x"), LOCALE, AT)
    member = stores.members.add(PersonProfile(number, f"书记{number}", None, "zh"), AT)
    stores.grants.add(member, Role.SECRETARY, EVERYWHERE, None, AT)
    return Actor(member, chat, AT)


async def test_they_are_kept_as_they_are_and_belong_to_their_owner(database: Any) -> None:
    def unit(stores: Any) -> None:
        chen, zhao = secretary(stores, 1), secretary(stores, 2)
        own = kept.keep(stores, ASKED, owner=chen.member.id, source="chat:1", at=AT)
        common = kept.keep(stores, replace(ASKED, title="年度"), owner=None, source="file:1", at=AT)
        assert stores.kept_questionnaires.get(own.id).questionnaire == ASKED
        assert [one.questionnaire.title for one in kept.listed(stores, chen)] == ["年度", "活动"]
        assert [one.questionnaire.title for one in kept.listed(stores, zhao)] == ["年度"]
        assert [one.id for one in stores.kept_questionnaires.all()] == [common.id, own.id]
        for number, actor in ((own.id, zhao), (common.id, zhao), (common.id, chen)):
            with pytest.raises(NotKept):
                kept.remove(stores, actor, number=number)
        with pytest.raises(NotKept):
            kept.show(stores, zhao, number=own.id)
        assert kept.show(stores, zhao, number=common.id) == common
        kept.remove(stores, chen, number=own.id)
        with pytest.raises(NotKept):
            kept.show(stores, chen, number=own.id)

    await database.write(unit)


async def test_one_source_is_kept_once_and_nobody_keeps_without_end(database: Any) -> None:
    def unit(stores: Any) -> None:
        chen = secretary(stores, 1)
        first = kept.keep(stores, ASKED, owner=chen.member.id, source="chat:0", at=AT)
        assert kept.keep(stores, replace(ASKED, title="别的"), owner=chen.member.id, source="chat:0", at=AT) == first
        for number in range(1, MAX_KEPT):
            kept.keep(stores, ASKED, owner=chen.member.id, source=f"chat:{number}", at=AT)
        with pytest.raises(TooManyKept):
            kept.propose(stores, chen, questionnaire=ASKED, source="chat:x")
        kept.keep(stores, ASKED, owner=None, source="file:x", at=AT)

    await database.write(unit)


async def test_a_member_who_turns_out_to_be_another_brings_theirs_along(database: Any) -> None:
    def unit(stores: Any) -> None:
        awaited, known = secretary(stores, 1), secretary(stores, 2)
        kept.keep(stores, ASKED, owner=awaited.member.id, source="chat:1", at=AT)
        stores.hooks.merged(awaited.member.id, known.member.id, AT)
        assert [one.owner for one in kept.listed(stores, known)] == [known.member.id]

    await database.write(unit)
