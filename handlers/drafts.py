"""The guided ways: a command without arguments asks for what it needs, one short question after another.

A draft has one message, which is rewritten from step to step and taken back at the end.
"""

from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler

from domain import draft as drafts
from domain import survey, task
from domain.chat import Chat
from domain.draft import Draft, DraftKind
from domain.ids import DraftId, MemberId
from domain.member import Member, resolve
from domain.message import Button, Buttons
from domain.stores import Stores
from domain.survey import Question
from domain.task import Given
from handlers import arguments, suggestion
from handlers.arguments import Unreadable
from handlers.command import Command, Pressed
from handlers.context import Context

MOST_NAMES, NAMES_A_ROW = 12, 3
END_OF_DAY = timedelta(hours=18)
FRIDAY = 4


async def begin_task(context: Context) -> None:
    """/task alone: for whom?"""

    def ask(stores: Stores) -> None:
        draft = drafts.begin(stores, context.present, DraftKind.TASK, "owner", context.now)
        people = stores.members.of(context.present.chat.id)[:MOST_NAMES]
        _say(stores, context, draft, "task.ask_owner", owner_buttons(draft, people))

    await context.settle(ask)


async def begin_survey(context: Context) -> None:
    """/survey alone: what is the question?"""

    def ask(stores: Stores) -> None:
        draft = drafts.begin(stores, context.present, DraftKind.SURVEY, "question", context.now)
        _say(stores, context, draft, "survey.ask_question")

    await context.settle(ask)


def _say(stores: Stores, context: Context, draft: Draft, text: str, buttons: Buttons = ()) -> None:
    chat, about = context.present.chat.id, draft.about
    stores.outbox.say(chat, text, {}, key=about, about=about, buttons=buttons, thread=context.thread, urgent=True)


def _step(stores: Stores, draft: Draft, text: str, values: dict[str, Any], buttons: Buttons = ()) -> None:
    """Go on to the draft's step, and ask for it in the same message."""
    stores.drafts.save(draft)
    stores.outbox.rewrite(draft.about, text, values, key=f"{draft.about}:{draft.step}", buttons=buttons)


def owner_buttons(draft: Draft, people: Sequence[Member]) -> Buttons:
    """A button for each member of the group."""
    named = [Button("task.owner_button", f"draft.owner:{draft.id}:{who.id}", {"member": who}) for who in people]
    return [named[i : i + NAMES_A_ROW] for i in range(0, len(named), NAMES_A_ROW)]


def deadline_buttons(draft: Draft, group: Chat, now: datetime) -> Buttons:
    """The deadlines that are given most: the end of today, of tomorrow, of this and of next Friday."""
    today = group.day(now)
    friday = today + timedelta(days=FRIDAY - today.weekday())
    days = sorted({today, today + timedelta(days=1), friday, friday + timedelta(days=7)})
    moments = [moment for moment in (group.start_of(day) + END_OF_DAY for day in days) if moment > now]
    return [
        [
            Button(
                "task.deadline_button",
                f"draft.due:{draft.id}:{int(moment.timestamp())}",
                {"due_at": moment, "now": now},
            )
        ]
        for moment in moments
    ]


def _owners(stores: Stores, draft: Draft) -> list[Member]:
    return [stores.members.get(MemberId(int(number))) for number in draft.values["owners"].split(",")]


def _names(owners: Sequence[Member]) -> str:
    return "、".join(owner.name for owner in owners)


def choose_owners(stores: Stores, draft: Draft, group: Chat, owners: Sequence[Member], now: datetime) -> None:
    """The owners are known: ask for the deadline."""
    filled = draft.filled("deadline", owners=",".join(str(owner.id) for owner in owners))
    values = {"owner": _names(owners)}
    _step(stores, filled, "task.ask_deadline", values, deadline_buttons(draft, group, now))


def choose_deadline(stores: Stores, draft: Draft, due_at: datetime) -> None:
    """The deadline is known: ask for the title."""
    filled = draft.filled("title", due=str(int(due_at.timestamp())))
    values = {"owner": _names(_owners(stores, draft)), "due_at": due_at}
    _step(stores, filled, "task.ask_title", values)


async def press_owner(_: Update, context: Context) -> None:
    """A name was chosen."""
    number, who = context.pressed()

    def choose(stores: Stores) -> None:
        draft = drafts.own(stores, draft_id=DraftId(number), by=context.present.member.id)
        choose_owners(stores, draft, context.present.chat, [stores.members.get(MemberId(who))], context.now)

    await _press(context, choose)


async def press_due(_: Update, context: Context) -> None:
    """A deadline was chosen."""
    number, seconds = context.pressed()

    def choose(stores: Stores) -> None:
        draft = drafts.own(stores, draft_id=DraftId(number), by=context.present.member.id)
        choose_deadline(stores, draft, datetime.fromtimestamp(seconds, UTC))

    await _press(context, choose)


async def press_post(_: Update, context: Context) -> None:
    """The survey is right as shown: post it, with names or anonymously."""
    number, anonymous = context.pressed()
    group = await context.group_in_charge()

    def post(stores: Stores) -> None:
        draft = drafts.own(stores, draft_id=DraftId(number), by=context.present.member.id)
        options = tuple(draft.values["options"].split("\n"))
        survey.ask(
            stores,
            group=group,
            asker=context.present.member,
            question=Question(draft.values["question"], options, bool(anonymous)),
            closes_at=None,
            source=draft.about,
            thread=context.thread,
            at=context.now,
        )
        drafts.finish(stores, draft)

    await _press(context, post)


async def _press(context: Context, use_case: Callable[[Stores], None]) -> None:
    await context.settle(use_case)
    await context.acknowledge()


async def go_on(context: Context, draft: Draft) -> None:
    """A draft's writer has answered its question in words. Raises Unreadable, and the refusals of the feature."""
    await STEPS[draft.kind, draft.step](context, draft)


async def take_owners(context: Context, draft: Draft) -> None:
    """The owners: @name …."""
    message = context.message
    mentions = arguments.leading_mentions(message)[0] if message else []
    if not mentions:
        raise Unreadable("task.no_owner")

    def choose(stores: Stores) -> None:
        chat = context.present.chat
        owners = [resolve(stores, mention, chat.id, context.now) for mention in mentions]
        choose_owners(stores, draft, chat, owners, context.now)

    await context.settle(choose)


async def take_deadline(context: Context, draft: Draft) -> None:
    """The deadline: 明天18:00前."""
    due_at, _ = arguments.due(context.text, context.present.chat, context.now)
    await context.settle(choose_deadline, draft=draft, due_at=due_at)


async def take_title(context: Context, draft: Draft) -> None:
    """The title: TITLE [| 标准：…] [| 成果：…]."""
    plan = arguments.plan(context.text)
    group = await context.group_in_charge()

    def give(stores: Stores) -> Given:
        drafts.finish(stores, draft)
        return task.give_to(
            stores,
            group=group,
            giver=context.present.member,
            owners=_owners(stores, draft),
            plan=plan,
            due_at=datetime.fromtimestamp(int(draft.values["due"]), UTC),
            source=draft.about,
            at=context.now,
        )

    await context.answer(
        "task.given",
        give,
        buttons=lambda given: task.card_buttons(given.tasks),
        about=lambda given: f"tasks:{given.task.batch}",
    )


async def take_question(context: Context, draft: Draft) -> None:
    """The survey's question."""
    words = context.text.strip()
    if not words:
        raise Unreadable("survey.no_question")
    if len(words) > survey.QUESTION_LENGTH:
        raise survey.TooLong(words=words, most=survey.QUESTION_LENGTH)

    def ask(stores: Stores) -> None:
        _step(stores, draft.filled("options", question=words), "survey.ask_options", {"question": words})

    await context.settle(ask)


async def take_options(context: Context, draft: Draft) -> None:
    """The survey's options, one a line or with bars between them."""
    lines = arguments.BAR.sub("\n", context.text).splitlines()
    question = Question(draft.values["question"], tuple(line.strip() for line in lines if line.strip()))
    values = {"question": question.text, "options": question.options}
    buttons = [
        [
            Button("survey.post_named_button", f"draft.post:{draft.id}:0"),
            Button("survey.post_anonymous_button", f"draft.post:{draft.id}:1"),
        ]
    ]

    def show(stores: Stores) -> None:
        filled = draft.filled("preview", options="\n".join(question.options))
        _step(stores, filled, "survey.preview", values, buttons)

    await context.settle(show)


async def take_suggestion(context: Context, draft: Draft) -> None:
    """The suggestion itself."""
    await suggestion.take(context, context.text, finished=draft)


STEPS: dict[tuple[DraftKind, str], Callable[[Context, Draft], Coroutine[Any, Any, None]]] = {
    (DraftKind.TASK, "owner"): take_owners,
    (DraftKind.TASK, "deadline"): take_deadline,
    (DraftKind.TASK, "title"): take_title,
    (DraftKind.SURVEY, "question"): take_question,
    (DraftKind.SURVEY, "options"): take_options,
    (DraftKind.SURVEY, "preview"): take_options,
    (DraftKind.SUGGESTION, "text"): take_suggestion,
}


async def cancel(_: Update, context: Context) -> None:
    """/cancel: give up what one is filling in."""
    await context.answer("draft.cancelled", drafts.cancel, present=context.present)


def handlers() -> list[BaseHandler[Update, Context, None]]:
    """What the guided ways listen to; answers in words come through `handlers.speech`."""
    return [
        Command("cancel", cancel),
        Pressed("draft.owner", press_owner),
        Pressed("draft.due", press_due),
        Pressed("draft.post", press_post),
    ]
