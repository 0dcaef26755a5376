"""Corrected tags on both engines."""

from typing import Any

import pytest

from domain.ids import SuggestionId
from domain.people.actor import Actor
from domain.people.permission import EVERYWHERE, Role
from domain.refusal import NotAllowed
from domain.voice.suggestion import Suggestion, Tagging, fingerprint
from domain.voice.tagging import Correction, Example, WrongTags, correct_tags
from tests.stores import AT


def _suggested(stores: Any, branch: Any, *texts: str) -> list[Suggestion]:
    made = []
    for place, text in enumerate(texts):
        one = Suggestion(SuggestionId(0), branch.group.id, branch.li, text, Tagging(("词",), ("宿舍",)), AT)
        made.append(stores.suggestions.add(one, f"-1/{place}", fingerprint(text)))
    return made


async def test_the_last_correction_of_each_suggestion_is_an_example(database, branch):
    def correct(stores):
        first, second = _suggested(stores, branch, "顶板掉渣", "食堂的菜太咸")
        for one, old, new in (
            (first, ("宿舍",), ("设备维护",)),
            (second, ("宿舍",), ("食堂后勤",)),
            (first, ("设备维护",), ("安全生产",)),
        ):
            stores.corrections.add(Correction(one.id, old, new, branch.li.id, AT))
        return stores.corrections.count(), stores.corrections.examples(10), stores.corrections.examples(1)

    count, every, newest = await database.write(correct)
    assert count == 2
    assert every == [Example("食堂的菜太咸", ("食堂后勤",)), Example("顶板掉渣", ("安全生产",))]
    assert newest == [Example("顶板掉渣", ("安全生产",))]


async def test_whoever_is_in_charge_corrects_tags_and_it_is_noted_once(database, branch):
    def correct(stores):
        (one,) = _suggested(stores, branch, "顶板掉渣")
        stores.grants.add(branch.li, Role.ADMINISTRATOR, EVERYWHERE, None, AT)
        actor = Actor(branch.li, branch.group, AT)
        changed = correct_tags(stores, actor, suggestion=one, tags=("安全生产",))
        assert changed.tagging == Tagging(("词",), ("安全生产",))
        assert stores.suggestions.made_by("-1/0") == changed
        assert correct_tags(stores, actor, suggestion=changed, tags=("安全生产",)) == changed
        assert stores.corrections.count() == 1
        assert stores.audit.tip().number == 1
        for wrong in (("宿舍", "宿舍"), ("a", "b", "c", "d"), ("",), ("长" * 21,)):
            with pytest.raises(WrongTags):
                correct_tags(stores, actor, suggestion=changed, tags=wrong)
        assert correct_tags(stores, actor, suggestion=changed, tags=()).tagging.tags == ()

    await database.write(correct)


async def test_others_do_not(database, branch):
    def correct(stores):
        (one,) = _suggested(stores, branch, "顶板掉渣")
        with pytest.raises(NotAllowed):
            correct_tags(stores, Actor(branch.li, branch.group, AT), suggestion=one, tags=("安全生产",))
        assert stores.corrections.count() == 0

    await database.write(correct)
