"""What may follow what in the life of a suggestion, whatever is tried, and that points are those of its stage."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.admin.enterprise import DEFAULT
from domain.ids import ChatId, MemberId, SuggestionId, TaskId
from domain.messaging.chat import ChatKind, ChatProfile
from domain.people import branch as branches
from domain.people.actor import Actor
from domain.people.branch import BranchKind
from domain.people.member import PersonProfile
from domain.people.permission import Area, Role
from domain.people.person import Entry
from domain.refusal import Refusal
from domain.voice import suggestion
from domain.voice.naming import Naming
from domain.voice.suggestion import Tagging, Way, course
from domain.voice.suggestion.life import FULFILLED, KEPT, NEXT, UNHEARD, WITH_REASON, Life, NoReason, Stage, Step
from storage.stores import Stores
from tests.stores import AT, LOCALE, Renderer
from tests.use_cases import empty

STEPS = st.lists(st.sampled_from(Step), max_size=12)


@given(STEPS, st.lists(st.sampled_from(["", "原因"]), min_size=12, max_size=12))
def test_any_sequence_of_steps_keeps_a_life_consistent(steps: list[Step], reasons: list[str]) -> None:
    life, taken = Life(SuggestionId(1), Stage.RECEIVED, ChatId(1), AT), 0
    for number, (step, reason) in enumerate(zip(steps, reasons, strict=False), 1):
        before = life
        try:
            life = life.moved(step, AT + timedelta(hours=number), by=MemberId(7), due_on=None, reason=reason)
        except NoReason:
            assert step in WITH_REASON
            assert not reason
            continue
        except Refusal:
            assert not before.may(step)
            continue
        if step is Step.ASSIGN:
            life = replace(life, task=TaskId(5))
        taken += 1
        assert before.may(step)
        assert life.stage is NEXT[step][before.stage]
        assert life.version == taken
        assert (life.adopted_by is not None) == (life.stage in KEPT)
        assert life.task is None or life.stage in KEPT
        assert life.stage is not Stage.REFUSED or life.reason
    assert life.stage is not Stage.CONFIRMED or life.answered_at is not None


def test_every_stage_can_be_left_but_for_the_last_ones() -> None:
    ends = {
        stage for stage in Stage if not any(stage in NEXT[step] for step in set(Step) - {Step.MERGE, Step.TAKE_BACK})
    }
    assert ends == {Stage.CONFIRMED}
    assert all(step in NEXT for step in Step)


class Office:
    """A branch with its group, its secretary, and somebody who suggests."""

    def __init__(self, connection: Any, naming: Naming, *, own: bool) -> None:
        self.stores: Any = Stores(connection, Renderer(), AT, DEFAULT)
        place = branches.add(self.stores, parent=None, kind=BranchKind.BRANCH, name="一支部")
        met = self.stores.chats.add(ChatProfile(-1001, ChatKind.GROUP, "一支部"), LOCALE, AT)
        self.group = branches.bind(self.stores, chat=met, branch=place.id)
        people = self.stores.people.add([Entry("1", "李伟", place.id), Entry("2", "陈书记", place.id)])
        self.li, self.chen = (self.meet(number, person) for number, person in enumerate(people, 1))
        self.stores.grants.add(self.chen.member, Role.SECRETARY, Area(branch=place.id), None, AT)
        author = self.chen if own else self.li
        received = suggestion.make(
            self.stores, author, text="食堂加个热菜", tagging=Tagging(), source="1/1", way=Way(naming)
        )
        self.number, self.author = received.suggestion.id, author

    def meet(self, number: int, person: Any) -> Actor:
        member = self.stores.members.add(PersonProfile(number, person.name), AT)
        private = self.stores.chats.add(ChatProfile(number, ChatKind.PRIVATE, person.name), LOCALE, AT)
        known = replace(member, private=private.id)
        self.stores.members.save(known)
        self.stores.people.link(person.id, known.id)
        self.stores.members.speak(self.group.id, known.id, AT)
        return Actor(known, self.group, AT)

    def case(self) -> Any:
        return self.stores.suggestion_lives.get(self.number)

    def tries(self, step: Step, number: int) -> bool:
        """Whether a step was taken."""
        at = AT + timedelta(minutes=number)
        task = TaskId(5) if step is Step.ASSIGN else None
        try:
            course.move(self.stores, self.case(), step, by=self.chen.member.id, at=at, reason="原因", batch=task)
        except Refusal:
            return False
        return True

    def stands(self, event: Any) -> bool:
        source = f"suggestion:{self.number}"
        return bool(self.stores.points.count(self.author.member.id, event.name, source) % 2)

    def earned(self) -> int:
        return int(self.stores.points.total(self.author.member.id))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS, st.sampled_from(Naming), st.booleans())
def test_history_and_points_follow_the_stage_whatever_happens(steps: list[Step], naming: Naming, own: bool) -> None:
    with empty().connect() as connection:
        there = Office(connection, naming, own=own)
        made = there.earned()
        taken = [step for number, step in enumerate(steps, 1) if there.tries(step, number)]
        life, history = there.case().life, there.stores.suggestion_lives.history(there.number)
        assert [one.step for one in history] == taken
        assert life.version == len(history)
        assert not history or history[-1].stage is life.stage
        earns = naming is Naming.NAMED and not own
        assert there.stands(course.ADOPTED) == (earns and life.stage in KEPT)
        assert there.stands(course.DONE) == (earns and life.stage in FULFILLED)
        worth = 5 * (life.stage in KEPT) + 3 * (life.stage in FULFILLED) if earns else 0
        assert there.earned() - made == worth
        connection.rollback()


def test_steps_without_news_are_those_that_change_nothing_for_the_author() -> None:
    assert all(NEXT[step].get(Stage.ADOPTED) is Stage.ADOPTED for step in UNHEARD)
