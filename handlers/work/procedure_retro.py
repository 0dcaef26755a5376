"""Looking back at a run: three questions in private, and the change of the procedure that follows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import plain
from domain.ids import RunId
from domain.messaging.message import Action, Button, Message, Text
from domain.people.permission import Permission
from domain.work.procedure import looking_back
from domain.work.procedure.card import LINK
from domain.work.procedure.lesson import MAX_ANSWER_CHARS, MORE_DAYS, Change, Verdict, Way
from domain.work.procedure.looking_back import Answers
from domain.work.procedure.model import Run, RunNotFound
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments, visible
from handlers.command import PrivatePress
from handlers.form import WORDS, Choice, Codec, Ending, Field, Fill, Filled, Form, ending, hear_press
from handlers.links import number_in
from handlers.messaging import form

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from telegram import Update

    from domain.messaging.message import Buttons
    from domain.people.actor import Actor
    from domain.work.procedure.lesson import Lesson
    from domain.work.procedure.looking_back import Learnt
    from domain.work.procedure.model import Kept
    from handlers.context import Context
    from handlers.form import AllStores as Stores

RUN = "run"  # the draft's key for the run's number
NOTHING = "-"  # on a button, in place of an answer
NUMBER: Codec[int] = Codec(str, int)  # of a step from 1; 0: the procedure stays as it is
WAY: Codec[Way | None] = Codec(lambda way: way.value if way else "", lambda kept: Way(kept) if kept else None)


def decide_row(lesson: Lesson, number: int = 0) -> Buttons:
    """The buttons that decide about a lesson's proposal; `number` tells several apart."""
    values = {"number": number}
    return [
        [
            Button("procedure.accept_button", Action("procedure.accept", lesson.run), values),
            Button("procedure.decline_button", Action("procedure.decline", lesson.run), values),
        ]
    ]


async def press_look_back(_: Update, context: Context) -> None:
    """Button: begin the questions about a run."""
    await _begin(context, RunId(context.pressed.numbers(1)[0]))
    context.acknowledge()


async def start(context: Context, payload: str) -> bool:
    """The deep link on the card of a run that is done (`retro_12`), in private. Whether it was one."""
    number = number_in(payload, LINK)
    if number is None or context.actor.chat.is_group:
        return False
    await _begin(context, RunId(number))
    return True


async def _begin(context: Context, number: RunId) -> None:
    await context.read(partial(looking_back.find, actor=context.actor, number=number))
    await form.begin(context, FORM, {RUN: str(number)})


async def press_no_retro(_: Update, context: Context) -> None:
    """Button: say nothing about a run."""
    number = RunId(context.pressed.numbers(1)[0])
    await context.run(partial(looking_back.skip, actor=context.actor, number=number))
    context.show_notice(Text("procedure.no_retro"))


def _run(stores: Stores, filled: Filled) -> Run:
    """The run that is looked back at. Raises RunNotFound."""
    run = stores.procedures.run(RunId(int(filled.draft.values[RUN])))
    if run is None:
        raise RunNotFound
    return run


def _asking(name: str) -> Callable[[Stores, Filled], Message]:
    def ask(stores: Stores, filled: Filled) -> Message:
        return Message(name, {"run": _run(stores, filled)})

    return ask


def offer_nothing(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """That there is nothing to say."""
    return [Choice(Text("procedure.nothing_button"), NOTHING)]


def _heard(context: Context) -> str:
    """An answer in words. Raises BadArguments."""
    words = plain.tidy(visible(context.text))
    if not words or len(words) > MAX_ANSWER_CHARS:
        raise BadArguments("procedure.bad_answer", most=MAX_ANSWER_CHARS)
    return words


def _question(name: str) -> Field[str]:
    """A question that is answered in words, or by a button that says nothing."""

    async def hear(context: Context) -> Fill:
        words = _heard(context)
        return lambda _, filled: answered(filled, words)

    def pick(_: Actor, value: str) -> Fill:
        if value != NOTHING:
            raise ButtonExpired
        return lambda _, filled: answered(filled, "")

    def answered(filled: Filled, words: str) -> Filled:
        told = filled.with_(made, words)
        return told if words or name != "other" else told.with_(WHERE, 0).with_(HOW, None)

    made = Field(name, WORDS, f"procedure.field_{name}", _asking(f"procedure.ask_{name}"), hear, offer_nothing, pick)
    return made


def offer_steps(stores: Stores, _: Actor, filled: Filled) -> Sequence[Choice]:
    """The steps, and that the procedure stays as it is."""
    steps = _run(stores, filled).kept.procedure.steps
    stays = Choice(Text("procedure.only_note_button"), "0")
    return [
        stays,
        *(
            Choice(Text("procedure.step_button", {"number": number, "step": one}), str(number))
            for number, one in enumerate(steps, 1)
        ),
    ]


def pick_step(_: Actor, value: str) -> Fill:
    """A step was tapped. Raises ButtonExpired."""

    def fill(stores: Stores, filled: Filled) -> Filled:
        if value not in {one.value for one in offer_steps(stores, _, filled)}:
            raise ButtonExpired
        chosen = filled.with_(WHERE, int(value))
        return chosen if int(value) else chosen.with_(HOW, None)

    return fill


def ask_how(stores: Stores, filled: Filled) -> Message:
    """Ask how a step is changed."""
    step = _run(stores, filled).kept.procedure.steps[filled[WHERE] - 1]
    return Message("procedure.ask_how", {"step": step, "words": filled[OTHER]})


def offer_ways(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """The ways to change a step."""
    return [Choice(Text("procedure.way_button", {"way": one.value, "days": MORE_DAYS}), one.value) for one in Way]


def pick_way(_: Actor, value: str) -> Fill:
    """A way was tapped. Raises ButtonExpired."""
    if value not in list(Way):
        raise ButtonExpired
    return lambda _, filled: filled.with_(HOW, Way(value))


def _answers(stores: Stores, filled: Filled) -> Answers:
    way = filled[HOW]
    steps = _run(stores, filled).kept.procedure.steps
    change = Change(way, steps[filled[WHERE] - 1].key) if way and filled[WHERE] else None
    return Answers(filled[GOOD], filled[STUCK], filled[OTHER], change)


def preview(stores: Stores, filled: Filled) -> Message:
    """What will be kept, and proposed."""
    answers, run = _answers(stores, filled), _run(stores, filled)
    step = run.kept.procedure.step(answers.change.key) if answers.change else None
    values = {"run": run, "answers": answers, "step": step, "days": MORE_DAYS}
    return Message("procedure.retro_preview", values)


async def keep(context: Context, filled: Filled) -> Ending:
    """Keep what was said."""
    number = RunId(int(filled.draft.values[RUN]))

    def tell(stores: Stores) -> Learnt:
        return looking_back.tell(stores, context.actor, number=number, answers=_answers(stores, filled))

    return ending(tell, say_learnt)


def say_learnt(learnt: Learnt) -> Message:
    """The answer, with the proposal's buttons for whoever decides about it."""
    lesson = learnt.lesson
    rows = decide_row(lesson) if lesson.waits and learnt.may_decide else ()
    values = {"learnt": learnt, "step": _step_of(learnt), "days": MORE_DAYS}
    return Message("procedure.learnt", values, rows, lesson.subject)


def _step_of(learnt: Learnt) -> object:
    change = learnt.lesson.change
    return None if change is None else learnt.run.kept.procedure.step(change.key)


async def press_accept(_: Update, context: Context) -> None:
    """Button: change the procedure as proposed."""
    await _decide(context, Verdict.ACCEPTED)


async def press_decline(_: Update, context: Context) -> None:
    """Button: leave it as it is."""
    await _decide(context, Verdict.DECLINED)


async def _decide(context: Context, verdict: Verdict) -> None:
    number = RunId(context.pressed.numbers(1)[0])

    def unit(stores: Stores) -> Kept:
        kept = looking_back.decide(stores, context.actor, number=number, verdict=verdict)
        lesson = stores.lessons.of_run(number)
        if lesson is not None:
            shown = Message("procedure.decided", {"kept": kept, "verdict": verdict.value})
            stores.outbox.edit(lesson.subject, shown, key=f"{lesson.subject}:{verdict.value}")
        return kept

    await context.notify(unit, lambda kept: Text("procedure.decided", {"kept": kept, "verdict": verdict.value}))


GOOD, STUCK, OTHER = map(_question, ("good", "stuck", "other"))
WHERE = Field(
    "where", NUMBER, "procedure.field_where", _asking("procedure.ask_where"), hear_press, offer_steps, pick_step
)
HOW = Field("how", WAY, "procedure.field_how", ask_how, hear_press, offer_ways, pick_way)
FORM = Form("procedure_retro", (GOOD, STUCK, OTHER, WHERE, HOW), Permission.TAKE_PART, keep, preview)
PRESSES = (
    PrivatePress("procedure.look_back", press_look_back),
    PrivatePress("procedure.no_retro", press_no_retro),
    PrivatePress("procedure.accept", press_accept),
    PrivatePress("procedure.decline", press_decline),
)
