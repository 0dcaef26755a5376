"""/task alone: for whom, by when, what."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from telegram import Update

from domain.ids import MemberId
from domain.messaging import draft as drafts
from domain.messaging.chat import Chat
from domain.messaging.draft import Draft, DraftKind
from domain.messaging.message import Action, Button, Buttons
from domain.people.member import Member, resolve
from domain.people.permission import Permission
from domain.stores import Stores
from domain.work import task
from domain.work.task import Given, Plan
from handlers import access, arguments, asking
from handlers.arguments import BadArguments
from handlers.command import Press
from handlers.context import ButtonExpired, Context

MAX_NAMES, NAMES_A_ROW = 12, 3
END_OF_DAY = timedelta(hours=18)
FRIDAY = 4
LAST_SECOND = datetime(9999, 1, 1, tzinfo=UTC).timestamp()


async def begin(context: Context) -> None:
    """/task alone: for whom?"""

    def ask(stores: Stores) -> None:
        draft = drafts.begin(stores, context.actor, DraftKind.TASK, "owner", context.now)
        people = stores.members.of(context.actor.chat.id)[:MAX_NAMES]
        asking.say(stores, context, draft, "task.ask_owner", owner_buttons(draft, people))

    await context.run(ask)


def owner_buttons(draft: Draft, people: Sequence[Member]) -> Buttons:
    """A button for each member of the group."""
    named = [Button("task.owner_button", Action("draft.owner", draft.id, who.id), {"member": who}) for who in people]
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
                Action("draft.due", draft.id, int(moment.timestamp())),
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
    if len(owners) > task.MAX_OWNERS:
        raise task.TooManyOwners(most=task.MAX_OWNERS)
    filled = draft.filled("deadline", owners=",".join(str(owner.id) for owner in owners))
    buttons = deadline_buttons(draft, context.actor.chat, context.now)
    asking.step(stores, context, filled, "task.ask_deadline", owner=_names(owners), buttons=buttons)


def choose_deadline(stores: Stores, context: Context, draft: Draft, due_at: datetime) -> None:
    """The deadline is known: ask for the title."""
    filled = draft.filled("title", due=str(int(due_at.timestamp())))
    asking.step(stores, context, filled, "task.ask_title", owner=_names(_owners(stores, draft)), due_at=due_at)


async def press_owner(_: Update, context: Context) -> None:
    """A name was chosen."""
    number, who = context.pressed(2)

    def choose(stores: Stores) -> None:
        draft = asking.own(stores, context, number, DraftKind.TASK)
        owners = [one for one in stores.members.of(draft.chat) if one.id == who]
        if not owners:  # they have left the group
            raise ButtonExpired
        choose_owners(stores, context, draft, owners)

    await asking.press(context, choose)


async def press_due(_: Update, context: Context) -> None:
    """A deadline was chosen."""
    number, seconds = context.pressed(2)
    if not context.now.timestamp() < seconds < LAST_SECOND:
        raise BadArguments("task.past_deadline")

    def choose(stores: Stores) -> None:
        draft = asking.own(stores, context, number, DraftKind.TASK)
        if "owners" not in draft.values:
            raise ButtonExpired
        choose_deadline(stores, context, draft, datetime.fromtimestamp(seconds, UTC))

    await asking.press(context, choose)


async def take_owners(context: Context, draft: Draft) -> None:
    """The owners: @name …."""
    message = context.message
    mentions = arguments.leading_mentions(message)[0] if message else []
    if not mentions:
        raise BadArguments("task.no_owner")

    def choose(stores: Stores) -> None:
        chat = context.actor.chat
        owners = [resolve(stores, mention, chat.id, context.now) for mention in mentions]
        choose_owners(stores, context, draft, owners)

    await context.run(choose)


async def take_deadline(context: Context, draft: Draft) -> None:
    """The deadline: 明天18:00前."""
    due_at, rest = arguments.due(context.text, context.actor.chat, context.now)
    if rest:  # the title came with it
        await give(context, draft.filled("title", due=str(int(due_at.timestamp()))), arguments.plan(rest))
    else:
        await context.run(choose_deadline, context=context, draft=draft, due_at=due_at)


async def take_title(context: Context, draft: Draft) -> None:
    """The title: TITLE [| 标准：…] [| 成果：…]."""
    await give(context, draft, arguments.plan(context.text))


async def give(context: Context, draft: Draft, plan: Plan) -> None:
    """All is known: give the task, or ask for the deadline again where it has passed meanwhile."""
    group = await access.group(context, Permission.GIVE_TASKS)
    due_at = datetime.fromtimestamp(int(draft.values["due"]), UTC)
    if due_at <= context.now:  # it took the writer that long
        await context.answer("task.past_deadline", _ask_deadline_again, context=context, draft=draft)
        return

    def finish(stores: Stores) -> Given:
        drafts.finish(stores, draft)
        return task.give_to(
            stores,
            group=group,
            giver=context.actor.member,
            owners=_owners(stores, draft),
            plan=plan,
            due_at=due_at,
            source=draft.about,
            at=context.now,
        )

    await context.answer(
        "task.given",
        finish,
        buttons=lambda given: task.card_buttons(given.tasks),
        about=lambda given: f"tasks:{given.task.batch}",
    )


def _ask_deadline_again(stores: Stores, *, context: Context, draft: Draft) -> None:
    choose_owners(stores, context, draft, _owners(stores, draft))


STEPS = {"owner": take_owners, "deadline": take_deadline, "title": take_title}
PRESSED = (Press("draft.owner", press_owner), Press("draft.due", press_due))
