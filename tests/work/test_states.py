"""Where a task can go from where it stands: no path leads out of the state machine."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.ids import ChatId, MemberId, TaskId
from domain.messaging.chat import Chat, ChatKind
from domain.people.member import Member
from domain.work.task import AlreadyDone, Grade, Happening, Plan, State, Task, TaskEvent, WaitsForReview, states
from domain.work.task.finishing import REACHED
from domain.work.task.worth import late_workdays

AT = datetime(2026, 11, 25, 2, tzinfo=UTC)  # a Wednesday, 10:00 in Shanghai
HOUR = timedelta(hours=1)
LI, CHEN = (Member(MemberId(n), n, name, None, "zh", None) for n, name in ((1, "李伟"), (2, "陈书记")))
TASK = Task(TaskId(1), TaskId(1), ChatId(1), LI, CHEN, Plan("巡检"), AT + 24 * HOUR, AT)
GROUP = Chat(ChatId(1), -1, ChatKind.GROUP, "群", "Asia/Shanghai", "zh", active=True)
MOVES = {
    "accept": states.accepted,
    "finish": lambda task: task.finished(AT),
    "submit": lambda task: states.submitted(task, AT),
    "return": states.returned,
    "approve": lambda task: states.approved(task, Grade.GOOD, AT),
    "undo": lambda task: states.reopened(task, State.GIVEN),
}


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(sorted(MOVES)), max_size=12))
def test_no_path_leads_out_of_the_state_machine(moves: list[str]) -> None:
    task = TASK
    for name in moves:
        before = task
        try:
            task = MOVES[name](task)
        except (states.WrongMoveError, AlreadyDone, WaitsForReview):
            continue
        assert task.state in states.NEXT[before.state]
        assert (task.done_at is not None) == (task.state is State.DONE)
        assert task.state is not State.SUBMITTED or task.submitted_at is not None
        assert task.grade is None or task.state is State.DONE


def test_a_withdrawn_task_goes_nowhere() -> None:
    withdrawn = replace(TASK, state=State.WITHDRAWN)
    for move in (states.accepted, states.returned, lambda task: states.submitted(task, AT)):
        with pytest.raises(states.WrongMoveError):
            move(withdrawn)


def test_with_a_reviewer_it_is_on_time_by_when_it_was_handed_in() -> None:
    handed_in = states.submitted(TASK, TASK.due_at)
    assert states.approved(handed_in, Grade.PASSED, TASK.due_at + 48 * HOUR).on_time
    late = states.submitted(states.returned(handed_in), TASK.due_at + HOUR)
    assert not states.approved(late, Grade.PASSED, TASK.due_at + 48 * HOUR).on_time


@pytest.mark.parametrize(
    ("hours", "days"),
    [(0, 0), (1, 1), (24, 1), (4 * 24, 2), (5 * 24, 3)],  # due on Thursday; Saturday and Sunday do not count
)
def test_lateness_is_counted_in_workdays(hours: int, days: int) -> None:
    def is_workday(day: date) -> bool:
        return day.weekday() < 5

    done = TASK.finished(TASK.due_at + hours * HOUR)
    assert late_workdays(done, GROUP, is_workday) == days


def test_what_was_taken_back_is_as_before() -> None:
    def state(*happened: Happening) -> State:
        return states.before_end([TaskEvent(TASK.id, one, LI.id, AT) for one in happened], REACHED)

    assert state(Happening.GIVEN, Happening.DONE) is State.GIVEN
    assert state(Happening.GIVEN, Happening.ACCEPTED, Happening.SUBMITTED) is State.ACCEPTED
    assert state(Happening.GIVEN, Happening.SUBMITTED, Happening.RETURNED, Happening.SUBMITTED) is State.RETURNED
    assert state() is State.GIVEN
