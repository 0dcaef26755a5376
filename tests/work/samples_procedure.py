from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from domain.ids import ChatId, MemberId, ProcedureId, RunId, RunStepId, TaskId
from domain.messaging.chat import Chat, ChatKind
from domain.work.procedure.card import ALL_SHOWN, Card, Line
from domain.work.procedure.keeping import Brought, Overview
from domain.work.procedure.lesson import MAX_ANSWER_CHARS, Change, Lesson, Way
from domain.work.procedure.looking_back import Answers, Learnt, Proposal
from domain.work.procedure.model import MAX_ABOUT_CHARS, Kept, Run, RunState, RunStep, StepState
from domain.work.procedure.running import Foreseen, Outline, Wish
from domain.work.procedure.template import (
    MAX_ABOUT_CHARS as MAX_LABEL_CHARS,
)
from domain.work.procedure.template import (
    MAX_PART_CHARS,
    MAX_SOURCE_CHARS,
    MAX_STEP_CHARS,
    MAX_STEPS,
    MAX_TITLE_CHARS,
    MAX_WHO_CHARS,
    Anchor,
    Fault,
    Procedure,
    Step,
)
from domain.work.procedure.template import (
    Wrong as Unfit,
)
from domain.work.task import Plan, Task
from sheets.procedure import Mistake, Place, Wrong
from sheets.reading import Reason
from tests.samples import AT, BOTH, MILLION, Samples, Values, Words, awaited, somebody

DAY = date(2026, 12, 18)
TIMES = ((Anchor.START, 5), (Anchor.TURN, 3), (Anchor.AFTER, 2), (Anchor.BEFORE, 7), (Anchor.BEFORE, 0))
GROUP = Chat(ChatId(1), -1, ChatKind.GROUP, "", "Asia/Shanghai", "zh", active=True)
STATES = (StepState.DONE, StepState.SKIPPED, StepState.OPEN, StepState.WAITING)


def procedure_of(words: Words, steps: int) -> Procedure:
    made = [
        Step(
            str(number),
            words(MAX_STEP_CHARS),
            words(MAX_WHO_CHARS),
            *TIMES[number % len(TIMES)],
            words(MAX_PART_CHARS),
            words(MAX_PART_CHARS),
        )
        for number in range(steps)
    ]
    return Procedure(words(MAX_TITLE_CHARS), tuple(made), words(MAX_SOURCE_CHARS), words(MAX_LABEL_CHARS))


def values(words: Words) -> Values:
    few, many = procedure_of(words, 4), procedure_of(words, MAX_STEPS)
    kept = [Kept(ProcedureId(1), ChatId(1), 2, many), Kept(ProcedureId(2), None, 1, few)]
    run = Run(RunId(1), kept[1], ChatId(1), MemberId(7), AT, steps_of(few), words(MAX_ABOUT_CHARS), DAY)
    long = replace(run, kept=kept[0], steps=steps_of(many), event_on=None)
    ended = [replace(run, state=state, ended_at=AT) for state in (RunState.DONE, RunState.STOPPED)]
    change = [Change(way, "1") for way in Way]
    lessons = [lesson_of(words, one) for one in change]
    answers = words(MAX_ANSWER_CHARS)
    return {
        "answers": [Answers(answers, answers, answers, change[0]), Answers("", "", "")],
        "at": [AT],
        "before": [0, 45],
        "brought": [Brought(kept[0], kept[0]), Brought(kept[0], kept[1]), Brought(kept[0], None)],
        "card": [shown for one in (run, long, *ended) for shown in (card_of(words, one), cut(card_of(words, one)))],
        "column": ["title", "about", "started_at", "ended_at", "at", "good", "stuck", "other"],
        "day": [DAY],
        "days": [3],
        "detail": [words(60), ""],
        "ending": ["xlsx", "yaml"],
        "fault": [Fault(1, one, words(400)) for one in Unfit],
        "faults": [[], [(Place(7), Fault(1, one, words(200))) for one in Unfit] * 2],
        "file": ["a.yaml"],
        "group": [replace(GROUP, title=words(128))],
        "kept": [*kept, None],
        "learnt": [Learnt(one, run, may) for one in (*lessons, replace(lessons[0], change=None)) for may in BOTH],
        "most": [MILLION],
        "number": [0, 25],
        "outline": [
            Outline(Wish(kept[0], words(MAX_ABOUT_CHARS), DAY), foreseen(words, many)),
            Outline(Wish(kept[1]), foreseen(words, few)),
        ],
        "overview": [Overview(ChatId(1), kept, [run, long] * 10, []), Overview(ChatId(1), [], [], [])],
        "place": [Place(7), Place(cell="B12"), Place()],
        "procedure": [few, replace(many, source="", about="")],
        "proposals": [(), lessons, lessons[:1]],
        "run": [run, long, *ended],
        "runs": [[run] * 3],
        "sheet": ["procedure_runs", "procedure_lessons"],
        "step": [few.steps[0]],
        "title": [words(MAX_TITLE_CHARS), ""],
        "verdict": ["accepted", "declined"],
        "way": [one.value for one in Way],
        "words": [answers],
        "wrong": [Wrong(Place(7), one, words(60)) for one in Mistake],
    }


def steps_of(procedure: Procedure) -> tuple[RunStep, ...]:
    found = []
    for number, one in enumerate(procedure.steps):
        state = STATES[min(number * len(STATES) // len(procedure.steps), len(STATES) - 1)]
        found.append(RunStep(RunStepId(number), one, state, AT, AT, AT, stands_in=number % 2 == 0))
    return tuple(found)


def card_of(words: Words, run: Run) -> Card:
    who = somebody(words)
    task = Task(TaskId(1), TaskId(1), ChatId(1), who, who, Plan(words(200)), AT + timedelta(days=400), AT)
    tasks = [task, replace(task, owner=awaited(words))]
    lines = [Line(number, one, tasks if one.state is StepState.OPEN else ()) for number, one in enumerate(run.steps, 1)]
    return Card(run, lines, 0, 0)


def cut(card: Card) -> Card:
    """As the card in the group shows a long run."""
    return Card(card.run, card.lines[8:32], 8, 8) if len(card.lines) > ALL_SHOWN else card


def lesson_of(words: Words, change: Change) -> Lesson:
    said = words(MAX_ANSWER_CHARS)
    return Lesson(RunId(1), ProcedureId(1), MemberId(7), AT, said, said, said, change)


def foreseen(words: Words, procedure: Procedure) -> list[Foreseen]:
    return [
        Foreseen(number, one, [words(255)], number % 2 == 0, DAY if number % 3 else None)
        for number, one in enumerate(procedure.steps, 1)
    ]


def occurs(text: str, shown: Mapping[str, Any]) -> bool:
    """A sample alone is kept nowhere; a change has its step."""
    return "kept" not in shown or shown["kept"] is not None or text == "shown"


def faults_of(words: Words) -> Values:
    return {
        "wrong": [[], [Wrong(Place(7), one, words(60)) for one in Mistake] * 2],
        "faults": [[], [(Place(7), Fault(1, one, words(200))) for one in Unfit] * 2],
    }


def unreadable(_: Words) -> Values:
    return {"wrong": list(Reason), "detail": ["", "Sheet1、Sheet2"]}


def on_todays_card(words: Words) -> Values:
    one = Kept(ProcedureId(1), ChatId(1), 2, procedure_of(words, 4))
    return {"proposals": [[], [Proposal(lesson_of(words, Change(way, "1")), one) for way in Way]]}


SAMPLES = Samples("procedure", values, occurs, {"today": on_todays_card, "faults": faults_of, "no_file": unreadable})
