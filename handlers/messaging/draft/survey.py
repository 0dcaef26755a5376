"""/survey alone: the question, its options, named or anonymous."""

from telegram import Update

from domain.messaging import draft as drafts
from domain.messaging.draft import Draft, DraftKind
from domain.messaging.message import Action, Button
from domain.people.permission import Permission
from domain.stores import Stores
from domain.voice import survey
from domain.voice.survey import Question
from handlers import arguments, asking
from handlers.arguments import BadArguments
from handlers.command import Press
from handlers.context import ButtonExpired, Context


async def begin(context: Context) -> None:
    """/survey alone: what is the question?"""

    def ask(stores: Stores) -> None:
        draft = drafts.begin(stores, context.actor, DraftKind.SURVEY, "question", context.now)
        asking.say(stores, context, draft, "survey.ask_question")

    await context.run(ask)


async def take_question(context: Context, draft: Draft) -> None:
    """The survey's question."""
    words = arguments.visible(context.text)
    if not words:
        raise BadArguments("survey.no_question")
    if len(words) > survey.MAX_QUESTION_CHARS:
        raise survey.TooLong(words=words, most=survey.MAX_QUESTION_CHARS)

    def ask(stores: Stores) -> None:
        filled = draft.filled("options", question=words)
        asking.step(stores, context, filled, "survey.ask_options", question=words)

    await context.run(ask)


async def take_options(context: Context, draft: Draft) -> None:
    """The survey's options, one a line or with bars between them."""
    lines = arguments.BAR.sub("\n", context.text).splitlines()
    question = Question(draft.values["question"], tuple(filter(None, map(arguments.visible, lines))))
    buttons = [
        [
            Button("survey.post_named_button", Action("draft.post", draft.id, 0)),
            Button("survey.post_anonymous_button", Action("draft.post", draft.id, 1)),
        ]
    ]

    def show(stores: Stores) -> None:
        filled = draft.filled("preview", options="\n".join(question.options))
        asking.step(
            stores, context, filled, "survey.preview", question=question.text, options=question.options, buttons=buttons
        )

    await context.run(show)


async def press_post(_: Update, context: Context) -> None:
    """The survey is right as shown: post it, with names or anonymously."""
    number, anonymous = context.pressed(2)
    group = context.group()

    def post(stores: Stores) -> None:
        draft = asking.own(stores, context, number, DraftKind.SURVEY)
        if "options" not in draft.values:
            raise ButtonExpired
        options = tuple(draft.values["options"].split("\n"))
        survey.ask(
            stores,
            group=group,
            asker=context.actor.member,
            question=Question(draft.values["question"], options, bool(anonymous)),
            closes_at=None,
            source=draft.about,
            thread=context.thread,
            at=context.now,
        )
        drafts.finish(stores, draft)

    await asking.press(context, post)


STEPS = {"question": take_question, "options": take_options, "preview": take_options}
PRESSED = (Press("draft.post", press_post, Permission.ASK_SURVEYS),)
