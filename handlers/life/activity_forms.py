"""Smaller forms of activities: what people wish, another time, a reason, what it has cost, photos."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.ids import ActivityId
from domain.life.activity import after, approving, looking, running, wishes
from domain.life.activity.model import MAX_REASON_CHARS
from domain.messaging.message import Message
from domain.people.permission import Permission
from domain.voice.survey import MAX_QUESTION_CHARS, Question
from handlers.action import ButtonExpired
from handlers.arguments import visible
from handlers.form import LINES, MOMENT, NUMBER, WORDS, Ending, Field, Fill, Filled, Form, Told, ending
from handlers.life.activity_fields import NONE
from handlers.life.fields import asks, hears_number, hears_words, offers, read_moment
from language import activity as spoken
from language import meeting as spoken_lines

if TYPE_CHECKING:
    from domain.life.activity.model import Activity
    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores

ABOUT, USUAL = "about", "usual"


def about(filled: Filled) -> ActivityId:
    """The activity that a form was begun for. Raises ButtonExpired."""
    return ActivityId(filled.number(ABOUT))


def pick_usual(_: Actor, value: str) -> Fill:
    """The usual question is asked. Raises ButtonExpired."""
    if value != USUAL:
        raise ButtonExpired
    return lambda _, filled: filled.with_(QUESTION, USUAL)


async def hear_options(context: Context) -> Fill:
    """Read what there is to choose from, a line each. Raises BadArguments, and what a question does."""
    lines = tuple(spoken_lines.items(visible(context.text)))
    Question("?", lines)  # refuses too few, too many, too long and equal ones
    return lambda _, filled: filled.with_(OPTIONS, lines)


def wish_question(context_label: str, filled: Filled) -> Question:
    """What is asked: several may be chosen."""
    words = filled[QUESTION]
    return Question(context_label if words == USUAL else words, filled[OPTIONS], multiple=True)


def preview_wish(_: Stores, filled: Filled) -> Message:
    """What the group will be asked."""
    words = filled[QUESTION]
    return Message("activity.wish_preview", {"question": "" if words == USUAL else words, "options": filled[OPTIONS]})


async def ask_wish(context: Context, filled: Filled) -> Ending:
    """Ask the group."""
    actor, question = context.actor, wish_question(context.label("activity.wish_question"), filled)
    use_case = partial(wishes.ask, actor=actor, question=question, source=f"draft:{filled.draft.id}")

    def unit(stores: Stores) -> Told:
        use_case(stores)
        return Told()

    return unit


QUESTION: Field[str] = Field(
    "question",
    WORDS,
    "activity.field_question",
    asks("activity.ask_question"),
    hears_words(lambda: QUESTION, "activity.no_question", MAX_QUESTION_CHARS),
    offers("activity.usual_question_button", USUAL),
    pick_usual,
)
OPTIONS = Field("options", LINES, "activity.field_options", asks("activity.ask_options"), hear_options)
WISH = Form(
    "activity_wish", (OPTIONS, QUESTION), Permission.PLAN_WORK, ask_wish, preview_wish, for_groups=True,
    usual={"question": USUAL},
)  # fmt: skip


async def hear_move(context: Context) -> Fill:
    """Read the new beginning, and the place where it follows. Raises BadArguments."""
    due, place = await read_moment(context)
    return lambda _, filled: filled.with_(WHEN, due).with_(WHERE, place)


def preview_move(stores: Stores, filled: Filled) -> Message:
    """What those who have signed up will read."""
    values = {"activity": stores.activities.get(about(filled)), "starts_at": filled[WHEN], "place": filled[WHERE]}
    return Message("activity.move_preview", values)


async def move(context: Context, filled: Filled) -> Ending:
    """Move it."""
    use_case = partial(
        running.move, actor=context.actor, number=about(filled), starts_at=filled[WHEN], place=filled[WHERE]
    )
    private = filled.draft.chat

    def unit(stores: Stores) -> Told:
        told = use_case(stores)
        message = Message("activity.was_moved", {"activity": told.activity, "count": told.people})
        stores.outbox.send(private, message, key=context.key, urgent=True)
        return Told()

    return unit


WHEN = Field("when", MOMENT, "activity.field_when", asks("activity.ask_move"), hear_move)
WHERE: Field[str] = Field(
    "where",
    WORDS,
    "activity.field_place",
    asks("activity.ask_place"),
    hears_words(lambda: WHERE, "activity.no_place", 60),
)
MOVE = Form("activity_move", (WHEN,), Permission.PLAN_WORK, move, preview_move)


def pick_no_reason(_: Actor, value: str) -> Fill:
    """It is called off without a reason. Raises ButtonExpired."""
    if value != NONE:
        raise ButtonExpired
    return lambda _, filled: filled.with_(WHY, "")


def preview_cancel(stores: Stores, filled: Filled) -> Message:
    """What is called off, and how many are told."""
    activity = stores.activities.get(about(filled))
    if activity is None:
        raise ButtonExpired
    values = {"sheet": looking.sheet_of(stores, activity), "reason": filled[WHY]}
    return Message("activity.cancel_preview", values)


async def cancel(context: Context, filled: Filled) -> Ending:
    """Call it off."""
    use_case = partial(running.cancel, actor=context.actor, number=about(filled), reason=filled[WHY])
    private, key = filled.draft.chat, context.key

    def unit(stores: Stores) -> Told:
        told = use_case(stores)
        message = Message("activity.was_cancelled", {"activity": told.activity, "count": told.people})
        stores.outbox.send(private, message, key=key, urgent=True)
        return Told()

    return unit


WHY: Field[str] = Field(
    "why",
    WORDS,
    "activity.field_reason",
    asks("activity.ask_why"),
    hears_words(lambda: WHY, "activity.no_reason", MAX_REASON_CHARS),
    offers("activity.no_why_button", NONE),
    pick_no_reason,
)
CANCEL = Form("activity_cancel", (WHY,), Permission.PLAN_WORK, cancel, preview_cancel)


async def give_back(context: Context, filled: Filled) -> Ending:
    """Return a proposal."""
    use_case = partial(approving.give_back, actor=context.actor, number=about(filled), reason=filled[REASON])
    return ending(use_case, say_given_back)


def say_given_back(activity: Activity) -> Message:
    """The confirmation."""
    return Message("activity.given_back", {"activity": activity})


REASON: Field[str] = Field(
    "reason",
    WORDS,
    "activity.field_reason",
    asks("activity.ask_reason"),
    hears_words(lambda: REASON, "activity.no_reason", MAX_REASON_CHARS),
)
RETURN = Form("activity_return", (REASON,), Permission.SEE_OWN, give_back)


async def put_cost(context: Context, filled: Filled) -> Ending:
    """Note the cost; the private card shows it."""
    use_case = partial(after.put_cost, actor=context.actor, number=about(filled), spent=filled[SPENT])

    def unit(stores: Stores) -> Told:
        sheet = use_case(stores)
        stores.outbox.send(filled.draft.chat, Message("activity.cost_noted", {"sheet": sheet}), key=context.key)
        return Told()

    return unit


SPENT: Field[int] = Field(
    "spent",
    NUMBER,
    "activity.field_spent",
    asks("activity.ask_spent"),
    hears_number(lambda: SPENT, spoken.money, "activity.no_money"),
)
COST = Form("activity_cost", (SPENT,), Permission.PLAN_WORK, put_cost)
FORMS = (WISH, MOVE, CANCEL, RETURN, COST)
