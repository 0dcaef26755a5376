"""How results of questionnaires look in private, page by page."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from domain.messaging.message import Action, Button, Message, in_rows
from domain.voice.questionnaire.publishing import picture
from handlers.pages import page_buttons

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import RoundId
    from domain.messaging.message import Buttons
    from domain.voice.questionnaire.results import Shown, Text
    from domain.voice.questionnaire.round import Round
    from domain.work.task import Task

QUESTIONS_A_PAGE, TEXTS_A_PAGE, BRANCHES_A_PAGE = 3, 8, 15


class View(StrEnum):
    """What of the results is shown."""

    QUESTIONS = "questions"
    BRANCHES = "branches"
    TEXTS = "texts"


def say_list(rounds: Sequence[Round]) -> Message:
    """The rounds whose results somebody may see, a button each."""
    rows = [[Button("results.round_button", Action("results.look", one.id), {"round": one})] for one in rounds]
    return Message("results.listed", {"rounds": rounds}, rows)


def say_results(shown: Shown, topics: Sequence[tuple[str, int]]) -> Message:
    """A round's results: how many have answered, what stands out, and the ways further."""
    values = {"shown": shown, "topics": topics}
    return Message("results.shown", values, _ways(shown), picture=picture(shown.round, shown.counted, shown.lines))


def _ways(shown: Shown) -> Buttons:
    number = shown.round.id
    if not shown.counted.tells:
        return ()
    views = [(View.QUESTIONS, True), (View.BRANCHES, bool(shown.counted.parts)), (View.TEXTS, bool(shown.texts))]
    looks = [
        Button("results.view_button", Action("results.open", number, view.value), {"view": view.value})
        for view, there in views
        if there
    ]
    if shown.open:
        return [looks]
    ways = [] if shown.published else [Button("results.publish_button", Action("results.publish", number))]
    ways.append(Button("results.file_button", Action("results.file", number)))
    ways.append(Button("results.task_button", Action("results.task", number)))
    ways.append(Button("results.tasks_button", Action("results.tasks", number)))
    return [looks, *in_rows(ways, 2)]


def say_view(shown: Shown, view: View, page: int = 0) -> Message:
    """A page of all questions, or of a question by branch."""
    return _branches(shown, page) if view is View.BRANCHES else _questions(shown, page)


def _questions(shown: Shown, page: int) -> Message:
    first = page * QUESTIONS_A_PAGE
    values = {
        "round": shown.round,
        "lines": shown.lines[first : first + QUESTIONS_A_PAGE],
        "first": first + 1,
        "least": shown.least,
    }
    more = first + QUESTIONS_A_PAGE < len(shown.lines)
    return Message("results.questions", values, _turning(shown.round, View.QUESTIONS, page, more=more))


def _branches(shown: Shown, page: int) -> Message:
    questions = shown.counted.split
    question = questions[page] if page < len(questions) else None
    parts = shown.counted.parts_of(question.key) if question else []
    named = [(shown.branches[one.branch].name, one.figure) for one in parts if one.branch in shown.branches]
    values = {
        "round": shown.round,
        "question": question,
        "parts": named[:BRANCHES_A_PAGE],
        "more": len(named[BRANCHES_A_PAGE:]),
        "least": shown.least,
    }
    return Message(
        "results.branches", values, _turning(shown.round, View.BRANCHES, page, more=page + 1 < len(questions))
    )


def say_texts(found: tuple[Round, Sequence[Text]], page: int = 0) -> Message:
    """A page of what people wrote."""
    one, texts = found
    first = page * TEXTS_A_PAGE
    some = texts[first : first + TEXTS_A_PAGE]
    values = {"round": one, "texts": some, "total": len(texts)}
    more = first + TEXTS_A_PAGE < len(texts)
    return Message("results.texts", values, _turning(one, View.TEXTS, page, more=more))


def _turning(one: Round, view: View, page: int, *, more: bool) -> Buttons:
    first = Action("results.page", one.id, view.value, 0) if page else None
    further = Action("results.page", one.id, view.value, page + 1) if more else None
    return page_buttons(first=first, further=further)


def say_preview(message: Message, number: RoundId) -> Message:
    """What the group would get, with the choice."""
    row = [
        Button("results.send_button", Action("results.send", number)),
        Button("results.drop_button", Action("results.drop")),
    ]
    return Message("results.preview", message.values, [row], picture=message.picture)


def say_tasks(found: tuple[Round, Sequence[Task]]) -> Message:
    """The tasks that may follow from a round."""
    one, tasks = found
    rows = [[Button("results.link_button", Action("results.link", one.id, task.id), {"task": task})] for task in tasks]
    return Message("results.choose_task" if tasks else "results.no_task", {"round": one}, rows)


def say_linked(shown: Shown) -> Message:
    """What follows from a round by now."""
    return Message("results.linked", {"shown": shown})
