"""What comes back to whom, on both engines."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.ids import MemberId, QuestionId
from domain.study.question import Question, QuestionKind
from domain.study.review.model import Review
from domain.study.review.schedule import Memory
from domain.study.study import Lesson
from storage.database import Database
from tests.stores import Branch

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)


@pytest.fixture
async def questions(database: Database) -> list[QuestionId]:
    def put(stores: Any) -> list[QuestionId]:
        stores.studies.put(Lesson("old", "旧", "", "旧规定", "文件", expires=TODAY))
        item = stores.studies.candidates(1, TODAY)[0].item.id
        for number in range(4):
            question = Question(f"q{number}", QuestionKind.TRUE_FALSE, "对吗", right=(0,))
            stores.questions.put(question, item=item if number == 3 else None)
        return [one.id for one in stores.questions.by_codes([f"q{number}" for number in range(4)])]

    return await database.write(put)


def review(member: MemberId, question: QuestionId, due_on: date, stability: float = 1.5) -> Review:
    return Review(member, question, 1, Memory(stability, 5.25, TODAY - DAY, due_on))


async def save(database: Database, *reviews: Review) -> None:
    await database.write(lambda stores: [stores.reviews.save(one) for one in reviews])


async def due(database: Database, member: MemberId, day: date = TODAY, most: int = 5) -> list[QuestionId]:
    return await database.read(lambda stores: [one.question for one in stores.reviews.due(member, day, most)])


async def test_what_is_saved_is_found_and_saved_again(
    database: Database, branch: Branch, questions: list[QuestionId]
) -> None:
    first = review(branch.li.id, questions[0], TODAY)
    await save(database, first)
    changed = replace(first, version=2, memory=Memory(40.125, 4.5, TODAY, TODAY + 40 * DAY), known_on=TODAY)
    await save(database, changed)
    assert await database.read(lambda stores: stores.reviews.get(branch.li.id, questions[0])) == changed
    assert await database.read(lambda stores: stores.reviews.get(branch.li.id, questions[1])) is None


async def test_the_longest_overdue_comes_first_then_what_is_known_least(
    database: Database, branch: Branch, questions: list[QuestionId]
) -> None:
    own = branch.li.id
    await save(database, review(own, questions[0], TODAY, 9), review(own, questions[1], TODAY, 2))
    await save(database, review(own, questions[2], TODAY - 3 * DAY, 20), review(branch.wang.id, questions[0], TODAY))
    assert await due(database, own) == [questions[2], questions[1], questions[0]]
    assert await due(database, own, most=2) == [questions[2], questions[1]]
    assert await due(database, own, TODAY - DAY) == [questions[2]]
    assert await database.read(lambda stores: stores.reviews.next_on(own)) == TODAY - 3 * DAY
    assert await database.read(lambda stores: stores.reviews.next_on(branch.zhao.id)) is None


async def test_what_is_known_retired_or_expired_is_not_due(
    database: Database, branch: Branch, questions: list[QuestionId]
) -> None:
    own = branch.li.id
    await save(database, replace(review(own, questions[0], TODAY), known_on=TODAY))
    await save(database, review(own, questions[1], TODAY), review(own, questions[3], TODAY))
    await database.write(lambda stores: stores.questions.retire(questions[1]))
    assert await due(database, own) == [questions[3]]
    assert await due(database, own, TODAY + DAY) == []  # its item has expired


async def test_people_with_something_due_are_those_of_the_group_who_have_not_paused(
    database: Database, branch: Branch, questions: list[QuestionId]
) -> None:
    for one in (branch.li, branch.wang):
        await save(database, review(one.id, questions[0], TODAY), review(one.id, questions[1], TODAY))
    await save(database, review(branch.zhao.id, questions[0], TODAY + DAY))

    async def people() -> Any:
        return await database.read(lambda stores: list(stores.reviews.people_due(branch.group.id, TODAY)))

    assert await people() == [branch.li.id, branch.wang.id]
    await database.write(lambda stores: [stores.reviews.pause(branch.li.id, TODAY) for _ in range(2)])
    assert await people() == [branch.wang.id]
    assert await database.read(lambda stores: stores.reviews.is_paused(branch.li.id))
    await database.write(lambda stores: stores.reviews.resume(branch.li.id))
    await database.write(
        lambda stores: stores.members.leave(branch.group.id, branch.wang.id, branch.group.admission_at)
    )
    assert await people() == [branch.li.id]


async def test_what_comes_back_to_a_stand_in_comes_back_to_their_account(
    database: Database, branch: Branch, questions: list[QuestionId]
) -> None:
    await save(database, review(branch.wang.id, questions[0], TODAY), review(branch.wang.id, questions[1], TODAY))
    kept = review(branch.li.id, questions[0], TODAY - DAY, 7)
    await save(database, kept)
    await database.write(lambda stores: stores.reviews.hand_over(branch.wang.id, branch.li.id))
    await database.write(lambda stores: stores.reviews.hand_over(branch.li.id, branch.li.id))
    assert await due(database, branch.wang.id) == []
    assert await due(database, branch.li.id) == [questions[0], questions[1]]
    assert await database.read(lambda stores: stores.reviews.get(branch.li.id, questions[0])) == kept
