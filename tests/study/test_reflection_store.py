"""Reflections, on both engines."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.ids import PromptId, ReflectionId
from domain.messaging.chat import Chat
from domain.people.member import Member
from domain.study.item import Lesson
from domain.study.reflection.model import CopyOf, Reflection, Stage
from storage.database import Database
from tests.stores import AT, Branch

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)


@pytest.fixture
async def prompts(database: Database, branch: Branch) -> list[PromptId]:
    """Two items of a group, on two days."""

    def put(stores: Any) -> list[PromptId]:
        for code in ("a", "b"):
            stores.studies.put(Lesson(code, code.upper(), "", "原文", "文件"))
        found = []
        for number in range(2):
            item = stores.studies.candidates(branch.group.id, TODAY)[0].item
            found.append(stores.studies.add_prompt(branch.group, item, TODAY - number * DAY, AT).id)
        return found

    return await database.write(put)


def reflection(member: Member, group: Chat, prompt: PromptId, core: str = "词", **more: Any) -> Reflection:
    code = more.pop("code", "a")
    whole = Reflection(ReflectionId(0), member.id, group.id, prompt, code, code.upper(), "字", core, AT, late=False)
    return replace(whole, **more)


async def test_one_is_kept_changed_and_removed(database: Database, branch: Branch, prompts: list[PromptId]) -> None:
    one = reflection(branch.li, branch.group, prompts[0], late=True)
    kept = await database.write(lambda stores: stores.reflections.add(one, "1/1"))
    assert kept == replace(one, id=kept.id)
    changed = replace(kept, text="别的", core="别", copy_of=CopyOf.OWN, stage=Stage.ASKED)
    await database.write(lambda stores: stores.reflections.save(changed))
    assert await database.read(lambda stores: stores.reflections.of_source("1/1")) == changed
    assert await database.read(lambda stores: stores.reflections.asked(branch.li.id)) == [changed]
    await database.write(lambda stores: stores.reflections.remove(kept.id))
    assert await database.read(lambda stores: stores.reflections.get(kept.id)) is None


async def test_compared_is_what_is_about_the_item_and_all_of_ones_own(
    database: Database, branch: Branch, prompts: list[PromptId]
) -> None:
    group, (first, second) = branch.group, prompts
    many = [
        reflection(branch.li, group, first, "甲"),
        reflection(branch.wang, group, first, "乙"),
        reflection(branch.wang, group, second, "丙", code="b"),
        reflection(branch.li, group, second, "丁", code="b"),
        reflection(branch.zhao, group, first, "戊", copy_of=CopyOf.OTHERS),
    ]

    def add(stores: Any) -> None:
        for number, one in enumerate(many):
            stores.reflections.add(one, f"1/{number}")

    await database.write(add)
    found = await database.read(lambda stores: stores.reflections.cores("a", branch.li.id, 9))
    assert [core for *_, core in found] == ["甲", "乙", "丁"]
    few = await database.read(lambda stores: stores.reflections.cores("a", branch.li.id, 2))
    assert [core for *_, core in few] == ["乙", "丁"]  # the newest, oldest first
    listed = await database.read(lambda stores: stores.reflections.of_groups([group.id], None, 3))
    assert [(one.reflection.core, one.author) for one in listed] == [
        ("丁", branch.li),
        ("丙", branch.wang),
        ("乙", branch.wang),
    ]
    before = listed[-1].reflection.id
    rest = await database.read(lambda stores: stores.reflections.of_groups([group.id], before, 3))
    assert [one.reflection.core for one in rest] == ["甲"]
    assert await database.read(lambda stores: stores.reflections.of_groups([], None, 3)) == []
    assert [one.core for one in await database.read(lambda stores: stores.reflections.of_member(branch.li.id, 1))]
    assert await database.read(lambda stores: stores.reflections.since(branch.wang.id, AT - DAY)) == 2
    assert await database.read(lambda stores: stores.reflections.since(branch.wang.id, AT)) == 0


async def test_items_of_a_group_are_those_of_its_days(
    database: Database, branch: Branch, prompts: list[PromptId]
) -> None:
    items = await database.read(lambda stores: stores.reflections.items(branch.group.id, TODAY - DAY, TODAY))
    assert [(one.prompt, one.day) for one in items] == [(prompts[0], TODAY), (prompts[1], TODAY - DAY)]
    assert await database.read(lambda stores: stores.reflections.items(branch.group.id, TODAY + DAY, TODAY + DAY)) == []
    item, group = await database.read(lambda stores: stores.reflections.item(prompts[0]))
    assert (item, group) == (items[0], branch.group)
    assert await database.read(lambda stores: stores.reflections.item(PromptId(99))) is None
