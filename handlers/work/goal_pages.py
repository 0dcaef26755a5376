"""What goals look like in chat: a home's tree, one goal, its history, and the buttons under each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging.message import Action, Button, DeepLink, Message, in_rows
from domain.work.goal.picture import of_month, of_year

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.messaging.chat import Chat
    from domain.messaging.message import Buttons
    from domain.people.permission import Area
    from domain.work.goal.monthly import Month
    from domain.work.goal.reading import Opened, Past, Place, Shown
    from domain.work.goal.tree import Node

LINK = "goal_"  # the payload of a deep link
MAX_BUTTONS = 12  # goals with a button of their own


def say_places(places: Sequence[Place]) -> Message:
    """The homes whose goals one sees, a button each."""
    rows = [[Button("goal.place_button", home_action(one.home), {"place": one})] for one in places[:MAX_BUTTONS]]
    return Message("goal.places" if places else "goal.no_place", {}, rows)


def home_action(home: Area, year: int = 0) -> Action:
    """What opens the tree of a home, of a year or of this one."""
    return Action("goal.home", home.branch or 0, home.group or 0, year)


def say_home(shown: Shown, *, chat: Chat) -> Message:
    """A home's tree. In a group what changes goals stands in private."""
    home = shown.place.home
    rows = _goal_rows(shown.roots)
    turns = [Button("goal.year_button", home_action(home, one), {"year": one}) for one in shown.years]
    rows += in_rows(turns, 3)
    if shown.roots:
        about = (home.branch or 0, home.group or 0)
        first = shown.today.replace(year=shown.year, day=1)
        rows.append(
            [
                Button("goal.picture_button", Action("goal.picture", *about, shown.year)),
                Button("goal.month_button", Action("goal.month", *about, month_number(first)), {"first": first}),
            ]
        )
    if chat.is_group:
        rows.append([Button("goal.private_button", DeepLink(f"{LINK}{_letter(home)}"))])
    elif shown.may_plan:
        rows.append([Button("goal.add_button", Action("goal.add", home.branch or 0, home.group or 0, 0))])
        rows.append(
            [
                Button("goal.template_button", Action("goal.template")),
                Button("goal.export_button", Action("goal.export")),
            ]
        )
    return Message("goal.home", {"shown": shown}, rows)


def say_picture(shown: Shown) -> Message:
    """A home's tree of a year as a picture."""
    return Message("goal.pictured", {"shown": shown}, picture=of_year(shown))


def month_number(first: date) -> int:
    """A month on a button: `202611`."""
    return first.year * 100 + first.month


def say_month(month: Month) -> Message:
    """The report of a month with its picture, and the months beside it."""
    home = month.place.home
    beside = [
        Button(
            "goal.month_button",
            Action("goal.month", home.branch or 0, home.group or 0, month_number(one)),
            {"first": one},
        )
        for one in (month.earlier, *([month.later] if month.later <= month.day else []))
    ]
    picture = of_month(month) if month.rows else None
    return Message("goal.month", {"month": month}, [beside], picture=picture)


def _letter(home: Area) -> str:
    """A home in a deep link."""
    return f"b{home.branch}" if home.branch is not None else f"h{home.group}"


def _goal_rows(nodes: Sequence[Node]) -> list[Sequence[Button]]:
    return [
        [Button("goal.open_button", Action("goal.open", one.goal.id), {"node": one})] for one in nodes[:MAX_BUTTONS]
    ]


def say_goal(opened: Opened, *, chat: Chat) -> Message:
    """One goal; the way down, what can be done, and the way up."""
    rows = _goal_rows(opened.node.below)
    if chat.is_group:
        rows.append([Button("goal.private_button", DeepLink(f"{LINK}{opened.node.goal.id}"))])
    else:
        rows += _changing(opened)
    rows.append(_ways(opened))
    return Message("goal.opened", {"opened": opened}, rows)


def _changing(opened: Opened) -> Buttons:
    """What the viewer can do with a goal."""
    number, goal = opened.node.goal.id, opened.node.goal
    if not goal.is_open:
        back = Button("goal.restore_button", Action("goal.restore", number))
        return [[back]] if opened.may_plan else []
    doing = [
        *([Button("goal.report_button", Action("goal.report", number))] if opened.may_report else []),
        *([Button("goal.give_button", Action("goal.give", number, 0))] if opened.may_give else []),
    ]
    planning = [
        Button("goal.adjust_button", Action("goal.adjust", number)),
        Button("goal.below_button", Action("goal.add", 0, 0, number)),
    ]
    return [row for row in (doing, planning if opened.may_plan else []) if row]


def _ways(opened: Opened) -> Sequence[Button]:
    """Up, and the history."""
    goal = opened.node.goal
    up = (
        Button("goal.up_button", Action("goal.open", opened.above[0].id), {"goal": opened.above[0]})
        if opened.above
        else Button("goal.back_button", home_action(opened.place.home, goal.due.year))
    )
    return [up, Button("goal.history_button", Action("goal.history", goal.id))]


def say_history(past: Past) -> Message:
    """A goal's versions with their reasons, and what was reported."""
    back: Buttons = [[Button("goal.open_back_button", Action("goal.open", past.goal.id))]]
    return Message("goal.history", {"past": past}, back)
