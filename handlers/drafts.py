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
from handlers.context import ButtonOver, Context

MOST_NAMES, NAMES_A_ROW = 12, 3
END_OF_DAY = timedelta(hours=18)
FRIDAY = 4
LAST_SECOND = datetime(9999, 1, 1, tzinfo=UTC).timestamp()


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


def _step(stores: Stores, context: Context, draft: Draft, text: str, *, buttons: Buttons = (), **values: Any) -> None:
    """Go on to the draft's step, and ask for it in the same message."""
    stores.drafts.save(draft)
    key = f"{draft.about}:{context.incoming.update_id}"  # a step may be answered again
    stores.outbox.rewrite(draft.about, text, values, key=key, buttons=buttons)


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


def choose_owners(stores: Stores, context: Context, draft: Draft, owners: Sequence[Member]) -> None:
    """The owners are known: ask for the deadline. Raises TooManyOwners."""
    if len(owners) > task.MOST_OWNERS:
        raise task.TooManyOwners(most=task.MOST_OWNERS)
    filled = draft.filled("deadline", owners=",".join(str(owner.id) for owner in owners))
    buttons = deadline_buttons(draft, context.present.chat, context.now)
    _step(stores, context, filled, "task.ask_deadline", owner=_names(owners), buttons=buttons)


def choose_deadline(stores: Stores, context: Context, draft: Draft, due_at: datetime) -> None:
    """The deadline is known: ask for the title."""
    filled = draft.filled("title", due=str(int(due_at.timestamp())))
    _step(stores, context, filled, "task.ask_title", owner=_names(_owners(stores, draft)), due_at=due_at)


def _own(stores: Stores, context: Context, number: int, kind: DraftKind) -> Draft:
    return drafts.own(stores, draft_id=DraftId(number), kind=kind, by=context.present.member.id)


async def press_owner(_: Update, context: Context) -> None:
    """A name was chosen."""
    number, who = context.pressed(2)

    def choose(stores: Stores) -> None:
        draft = _own(stores, context, number, DraftKind.TASK)
        owners = [one for one in stores.members.of(draft.chat) if one.id == who]
        if not owners:  # they have left the group
            raise ButtonOver
        choose_owners(stores, context, draft, owners)

    await _press(context, choose)


async def press_due(_: Update, context: Context) -> None:
    """A deadline was chosen."""
    number, seconds = context.pressed(2)
    if not context.now.timestamp() < seconds < LAST_SECOND:
        raise Unreadable("task.past_deadline")

    def choose(stores: Stores) -> None:
        draft = _own(stores, context, number, DraftKind.TASK)
        if "owners" not in draft.values:
            raise ButtonOver
        choose_deadline(stores, context, draft, datetime.fromtimestamp(seconds, UTC))

    await _press(context, choose)


async def press_post(_: Update, context: Context) -> None:
    """The survey is right as shown: post it, with names or anonymously."""
    number, anonymous = context.pressed(2)
    group = await context.group_in_charge()

    def post(stores: Stores) -> None:
        draft = _own(stores, context, number, DraftKind.SURVEY)
        if "options" not in draft.values:
            raise ButtonOver
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
    """A draft's writer has answered its question in words.

    Raises AlreadyAnswered, Unreadable, and the refusals of the feature.
    """
    await STEPS[draft.kind, draft.step](context, draft.heard(context.source))


async def take_owners(context: Context, draft: Draft) -> None:
    """The owners: @name …."""
    message = context.message
    mentions = arguments.leading_mentions(message)[0] if message else []
    if not mentions:
        raise Unreadable("task.no_owner")

    def choose(stores: Stores) -> None:
        chat = context.present.chat
        owners = [resolve(stores, mention, chat.id, context.now) for mention in mentions]
        choose_owners(stores, context, draft, owners)

    await context.settle(choose)


async def take_deadline(context: Context, draft: Draft) -> None:
    """The deadline: 明天18:00前."""
    due_at, _ = arguments.due(context.text, context.present.chat, context.now)
    await context.settle(choose_deadline, context=context, draft=draft, due_at=due_at)


async def take_title(context: Context, draft: Draft) -> None:
    """The title: TITLE [| 标准：…] [| 成果：…]."""
    plan = arguments.plan(context.text)
    group = await context.group_in_charge()
    due_at = datetime.fromtimestamp(int(draft.values["due"]), UTC)
    if due_at <= context.now:  # it took the writer that long
        await context.answer("task.past_deadline", _ask_deadline_again, context=context, draft=draft)
        return

    def give(stores: Stores) -> Given:
        drafts.finish(stores, draft)
        return task.give_to(
            stores,
            group=group,
            giver=context.present.member,
            owners=_owners(stores, draft),
            plan=plan,
            due_at=due_at,
            source=draft.about,
            at=context.now,
        )

    await context.answer(
        "task.given",
        give,
        buttons=lambda given: task.card_buttons(given.tasks),
        about=lambda given: f"tasks:{given.task.batch}",
    )


def _ask_deadline_again(stores: Stores, *, context: Context, draft: Draft) -> None:
    choose_owners(stores, context, draft, _owners(stores, draft))


async def take_question(context: Context, draft: Draft) -> None:
    """The survey's question."""
    words = arguments.seen(context.text)
    if not words:
        raise Unreadable("survey.no_question")
    if len(words) > survey.QUESTION_LENGTH:
        raise survey.TooLong(words=words, most=survey.QUESTION_LENGTH)

    def ask(stores: Stores) -> None:
        filled = draft.filled("options", question=words)
        _step(stores, context, filled, "survey.ask_options", question=words)

    await context.settle(ask)


async def take_options(context: Context, draft: Draft) -> None:
    """The survey's options, one a line or with bars between them."""
    lines = arguments.BAR.sub("\n", context.text).splitlines()
    question = Question(draft.values["question"], tuple(filter(None, map(arguments.seen, lines))))
    buttons = [
        [
            Button("survey.post_named_button", f"draft.post:{draft.id}:0"),
            Button("survey.post_anonymous_button", f"draft.post:{draft.id}:1"),
        ]
    ]

    def show(stores: Stores) -> None:
        filled = draft.filled("preview", options="\n".join(question.options))
        _step(
            stores, context, filled, "survey.preview", question=question.text, options=question.options, buttons=buttons
        )

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
