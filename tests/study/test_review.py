"""Review: what was answered wrongly or slowly comes back in private, at most five a day, until it is known."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text as sql

from domain.admin.setting import ENTERPRISE, Name
from domain.ids import MemberId, QuestionId
from domain.messaging.chat import ChatKind, ChatProfile
from domain.people import branch as branches
from domain.people.actor import Actor
from domain.people.branch import BranchKind
from domain.people.member import PersonProfile
from domain.people.person import Absence, Entry
from domain.study.asking import flow
from domain.study.asking.follow import FOLLOWS, NOTED
from domain.study.attempt import Attempt, Occasion, OccasionKind
from domain.study.question import Question, QuestionKind
from domain.study.review import service
from domain.study.review.feature import FEATURE, bring
from domain.study.review.following import FOLLOW, REVIEWED
from domain.study.review.model import MAX_REVIEWS_PER_DAY, NotHere, ReviewOver
from storage.stores import Stores
from tests.stores import AT, LOCALE, Renderer
from tests.use_cases import empty

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)
OUTBOX = "SELECT body FROM outbox WHERE state = 'queued' ORDER BY id"


@dataclass
class Scene:
    """Li with a private chat, in a group; ten questions."""

    stores: Stores
    actor: Actor
    group: Any

    @property
    def li(self) -> MemberId:
        return self.actor.member.id

    def later(self, days: float) -> "Scene":
        return replace(self, actor=replace(self.actor, now=self.actor.now + days * DAY))

    def question(self, number: int) -> QuestionId:
        return self.stores.questions.by_codes([f"q{number}"])[0].id

    def answers(self, number: int, *, right: bool, took: float | None = 15.0, daily: int = 1) -> None:
        """Li answers the question of a day."""
        seconds = None if took is None else timedelta(seconds=took)
        asked = Occasion(OccasionKind.DAILY, daily, self.group.id)
        attempt = Attempt(self.li, self.question(number), asked, (0,), right, self.actor.now, seconds)
        self.stores.attempts.note(attempt)
        service.note(self.stores, attempt)

    def reviews(self, *, right: bool, after: float = 15.0) -> flow.Shown:
        """Li opens /review and answers what is asked, so many seconds later."""
        service.begin(self.stores, self.actor, key=f"k{self.actor.now}")
        day = service.day_of(self.stores, self.li, self.actor.now)
        asked = self.stores.sheets.of(self.li, OccasionKind.REVIEW, day.toordinal())
        return self.presses(asked, right=right, after=after)

    def presses(self, asked: Any, *, right: bool, after: float = 15.0) -> flow.Shown:
        moment = asked.asked_at + timedelta(seconds=after)
        actor = replace(self.actor, now=moment, heard=None)
        return flow.pick(self.stores, actor, number=asked.id, question=asked.question, place=0 if right else 1)

    def due_on(self, number: int) -> date:
        return self.stores.reviews.get(self.li, self.question(number)).memory.due_on

    def left(self) -> int:
        return len(service.due(self.stores, self.li, service.day_of(self.stores, self.li, self.actor.now)))


@pytest.fixture
def scene() -> Iterator[Scene]:
    with empty().connect() as connection:
        stores = Stores(connection, Renderer(), AT)
        group = stores.chats.add(ChatProfile(-1001, ChatKind.GROUP, "一支部"), LOCALE, AT)
        private = stores.chats.add(ChatProfile(7, ChatKind.PRIVATE, "李伟"), LOCALE, AT)
        li = replace(stores.members.add(PersonProfile(7, "李伟", "li"), AT), private=private.id)
        stores.members.save(li)
        stores.members.speak(group.id, li.id, AT)
        for number in range(1, 11):
            stores.questions.put(Question(f"q{number}", QuestionKind.SINGLE, f"第{number}题", ("对", "错"), (0,)))
        yield Scene(stores, Actor(li, private, AT), group)
        connection.rollback()


def test_what_was_wrong_comes_back_tomorrow_and_what_was_right_does_not(scene: Scene) -> None:
    scene.answers(1, right=False)
    scene.answers(2, right=True)
    scene.answers(3, right=True, took=25)  # more than twice the ten seconds that reading takes
    scene.answers(4, right=True, took=None)
    assert scene.left() == 0
    assert scene.later(1).left() == 2
    assert scene.due_on(1) == scene.due_on(3) == TODAY + DAY


def test_a_question_comes_back_until_it_is_known_and_that_is_said_once(scene: Scene) -> None:
    scene.answers(1, right=False)
    days, told = [], []
    while True:
        now = scene.later((scene.due_on(1) - TODAY).days)
        shown = now.reviews(right=True)
        days.append((service.day_of(now.stores, now.li, now.actor.now) - TODAY).days)
        told.append(shown.message.values["told"].values)
        if told[-1]["is_known"]:
            break
    assert days == [1, 3, 9, 26]
    assert [one["is_known"] for one in told] == [False, False, False, True]
    assert scene.later(400).left() == 0
    assert service.standing(scene.stores, scene.li, TODAY).next_on is None


def test_guesses_do_not_end_it(scene: Scene) -> None:
    scene.answers(1, right=False)
    for _ in range(12):
        now = scene.later((scene.due_on(1) - TODAY).days)
        told = now.reviews(right=True, after=1).message.values["told"].values
        assert not told["is_known"]


def test_what_was_known_and_is_answered_wrongly_elsewhere_comes_back(scene: Scene) -> None:
    scene.answers(1, right=False)
    known = scene.stores.reviews.get(scene.li, scene.question(1))
    scene.stores.reviews.save(replace(known, known_on=TODAY))
    scene.later(30).answers(1, right=True, daily=2)
    assert scene.later(400).left() == 0
    scene.later(60).answers(1, right=False, daily=3)
    assert scene.later(61).left() == 1


def test_at_most_five_a_day_one_after_the_other_and_the_rest_tomorrow(scene: Scene) -> None:
    for number in range(1, 8):
        scene.answers(number, right=False)
    now = scene.later(1)
    shown = now.reviews(right=True)
    for left in (3, 2, 1, 0):
        sheet_ = now.stores.sheets.get(shown.sheet.id)
        more = flow.go_on(now.stores, replace(now.actor, heard=None), number=sheet_.id, question=sheet_.question)
        shown = now.presses(more.sheet, right=True)
        assert shown.message.values["told"].values["left"] == left
    assert not shown.message.buttons
    standing = service.begin(now.stores, now.actor, key="again")
    assert (standing.left, standing.done) == (0, MAX_REVIEWS_PER_DAY)
    assert standing.next_on == TODAY + DAY  # there is more, but not today
    assert scene.later(2).left() == 2


def test_the_days_share_is_reported_once_when_it_is_done(scene: Scene) -> None:
    scene.answers(1, right=False)
    scene.answers(2, right=False)
    now, source = scene.later(1), f"review:{TODAY + DAY}"
    now.reviews(right=True)
    assert scene.stores.points.count(scene.li, REVIEWED.name, source) == 0
    now.reviews(right=False)
    assert scene.stores.points.count(scene.li, REVIEWED.name, source) == 1
    assert '"count":2' in (scene.stores.points.last(scene.li, REVIEWED.name, source).facts or "")
    scene.answers(3, right=False)
    scene.later(1).answers(4, right=False, daily=2)
    scene.later(1).reviews(right=True)
    assert scene.stores.points.count(scene.li, REVIEWED.name, source) == 1


def test_a_question_that_has_changed_is_another_one(scene: Scene) -> None:
    scene.answers(1, right=False)
    for _ in range(3):
        scene.later((scene.due_on(1) - TODAY).days).reviews(right=True)
    assert scene.due_on(1) == TODAY + 26 * DAY
    changed = Question("q1", QuestionKind.SINGLE, "第1题（新）", ("对", "错"), (0,))
    scene.stores.questions.put(changed)
    now = scene.later(26)
    assert now.reviews(right=True).message.values["told"].values["left"] == 0
    review = scene.stores.reviews.get(scene.li, scene.question(1))
    assert (review.version, review.known_on, review.memory.due_on) == (2, None, TODAY + 28 * DAY)


def test_a_retired_question_and_one_of_an_expired_item_are_asked_no_more(scene: Scene) -> None:
    scene.answers(1, right=False)
    scene.answers(2, right=False)
    scene.stores.questions.retire(scene.question(1))
    assert [one.id for one in service.due(scene.stores, scene.li, TODAY + DAY)] == [scene.question(2)]


def test_a_pause_keeps_what_comes_back_and_asks_nothing(scene: Scene) -> None:
    scene.answers(1, right=False)
    now = scene.later(1)
    assert FEATURE.today[0].tell(now.stores, now.actor) is not None
    assert service.pause(now.stores, now.actor).is_paused
    service.pause(now.stores, now.actor)  # a second press
    assert service.begin(now.stores, now.actor, key="k").is_paused
    assert now.stores.sheets.of(now.li, OccasionKind.REVIEW, (TODAY + DAY).toordinal()) is None
    assert FEATURE.today[0].tell(now.stores, now.actor) is None
    assert not service.resume(now.stores, now.actor).is_paused
    assert now.left() == 1


def test_a_sheet_of_another_day_is_over(scene: Scene) -> None:
    scene.answers(1, right=False)
    now = scene.later(1)
    service.begin(now.stores, now.actor, key="k")
    asked = now.stores.sheets.of(now.li, OccasionKind.REVIEW, (TODAY + DAY).toordinal())
    with pytest.raises(ReviewOver):
        flow.pick(scene.stores, scene.later(2).actor, number=asked.id, question=asked.question, place=0)


def test_somebody_elses_question_is_refused(scene: Scene) -> None:
    scene.answers(1, right=False)
    now = scene.later(1)
    service.begin(now.stores, now.actor, key="k")
    asked = now.stores.sheets.of(now.li, OccasionKind.REVIEW, (TODAY + DAY).toordinal())
    other = replace(now.actor.member, id=MemberId(999))
    with pytest.raises(flow.NotYourSheet):
        flow.pick(now.stores, replace(now.actor, member=other), number=asked.id, question=asked.question, place=0)


def test_a_group_is_never_asked(scene: Scene) -> None:
    with pytest.raises(NotHere):
        service.begin(scene.stores, replace(scene.actor, chat=scene.group), key="k")


def test_every_answer_tells_whether_its_question_comes_back() -> None:
    assert service.note in NOTED
    assert FOLLOWS[OccasionKind.REVIEW] is FOLLOW


def said(scene: Scene) -> list[str]:
    return [str(row[0]) for row in scene.stores.connection.execute(sql(OUTBOX))]


def test_a_workday_brings_one_silent_card_and_edits_the_one_of_today(scene: Scene) -> None:
    scene.answers(1, right=False)
    bring(scene.stores, scene.group, AT)
    assert said(scene) == []
    bring(scene.stores, scene.group, AT + DAY)
    bring(scene.stores, scene.group, AT + DAY)  # the slot runs again
    assert len(said(scene)) == 1
    assert '"silent":true' in said(scene)[0]


def test_who_is_on_leave_or_paused_or_has_had_enough_gets_none(scene: Scene) -> None:
    scene.answers(1, right=False)
    stores, member = scene.stores, scene.actor.member
    service.pause(stores, scene.actor)
    bring(stores, scene.group, AT + DAY)
    service.resume(stores, scene.actor)
    stores.settings.put(ENTERPRISE, Name.CAP, "0")
    bring(stores, scene.group, AT + DAY)
    stores.settings.put(ENTERPRISE, Name.CAP, "9")
    own = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="一支部")
    (person,) = stores.people.add([Entry("1", "李伟", own.id)])
    stores.people.link(person.id, member.id)
    stores.people.absent([Absence(person.id, TODAY, TODAY + 3 * DAY)])
    bring(stores, scene.group, AT + DAY)
    assert said(scene) == []
    bring(stores, scene.group, AT + 3 * DAY)  # back at work
    assert len(said(scene)) == 1
