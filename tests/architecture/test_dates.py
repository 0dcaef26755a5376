"""Dates: what stays to be read on other days has absolute ones; "today" and "tomorrow" are for answers.

A text counts as relative if it uses the filter `moment` or says such a word itself, or by a macro that it calls.
Examples of commands are no dates. A new text that is relative fails until it is listed here as an answer.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest
from jinja2 import Environment, nodes

import texts
from tests.architecture.source import ROOT, modules, tree
from texts.areas import FILES

WORDS = re.compile(
    r"今天|今日|明天|明日|昨天|昨日|后天|本周|这周|上周|下周|本月|上月|下月"
    r"|\b(?:today|tomorrow|yesterday|(?:this|last|next) (?:week|month))\b",
    re.IGNORECASE,
)
EXAMPLE = re.compile(r"/[a-z]+ .*")

# The answers to a command or a press, and the buttons and notices that go with them.
ANSWERS = {
    "asking.wrong_last_day",
    "audit.page",
    "day.plan",
    "day.plans_button",
    "missing.page",
    "points.account",
    "points.board",
    "points.period",
    "points.menu_rank",
    "questionnaire.ask_field",
    "questionnaire.bad_closing",
    "schedule.changed",
    "study.over",
    "study.read_toast",
    "suggestion.received",
    "task.deadline_button",
    "browsing.list",
    "goal.month",
    "thanks.ask_who",
    "thanks.noted",
}
# Answers that the domain makes: the panel of /schedule and the parts of today's card, which is drawn anew as days pass.
DRAWN = {"points.today", "schedule.list", "schedule.panel", "study.today", "today.card"}
# Words on the keyboard: what they open is of the day they are pressed on.
KEYS = {"study.key", "summary.key"}


@cache
def macros(feature: str, language: str) -> dict[str, nodes.Macro]:
    """The macros of a feature, also those for its own use."""
    return {one.name: one for one in template(feature, language).find_all(nodes.Macro)}


@cache
def template(feature: str, language: str) -> nodes.Template:
    file = ROOT / "texts" / language / FILES[feature]
    return Environment(autoescape=True, trim_blocks=True).parse(file.read_text(encoding="utf-8"))


@cache
def imported(feature: str, language: str) -> dict[str, str]:
    """What a feature calls others in its templates, and the features that it means."""
    features = {file: name for name, file in FILES.items()}
    return {one.target: features[one.template.value] for one in template(feature, language).find_all(nodes.Import)}


def called(feature: str, language: str, macro: nodes.Macro) -> Iterator[tuple[str, str]]:
    """The macros that a macro calls, by feature and name."""
    others = imported(feature, language)
    for call in macro.find_all(nodes.Call):
        match call.node:
            case nodes.Name(name=name) if name in macros(feature, language):
                yield feature, name
            case nodes.Getattr(node=nodes.Name(name=name), attr=attr) if name in others:
                yield others[name], attr


def is_relative(feature: str, language: str, name: str) -> bool:
    """Whether a macro may say when something is by a word that is wrong on the next day."""
    macro = macros(feature, language)[name]
    said = (EXAMPLE.sub("", data.data) for data in macro.find_all(nodes.TemplateData))
    return (
        any(one.name == "moment" for one in macro.find_all(nodes.Filter))
        or any(map(WORDS.search, said))
        or any(is_relative(other, language, called_name) for other, called_name in called(feature, language, macro))
    )


@cache
def relative(language: str) -> set[str]:
    """The texts of a language that are relative."""
    return {
        f"{feature}.{name}"
        for feature in FILES
        for name in macros(feature, language)
        if not name.startswith("_") and is_relative(feature, language, name)
    }


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_relative_words_are_in_answers_alone(language):
    assert relative(language) <= ANSWERS | DRAWN | KEYS


def test_the_lists_name_no_text_that_is_absolute():
    assert set().union(*map(relative, texts.LANGUAGES)) >= ANSWERS | DRAWN | KEYS


def test_what_is_sent_unasked_is_absolute():
    """Pushes, cards, reminders, notices and what becomes a part of them are made by the domain."""
    sent = set(sent_by("domain", "bot"))
    assert {"task.given", "task.handed", "task.leaver", "task.round", "summary.week", "study.missing"} <= sent
    assert sent & set().union(*map(relative, texts.LANGUAGES)) <= DRAWN


def sent_by(*rooms: str) -> Iterator[str]:
    """The texts that rooms make messages and parts of."""
    calls = (node for module in modules(*rooms) for node in ast.walk(tree(module)) if isinstance(node, ast.Call))
    for call in calls:
        if isinstance(call.func, ast.Name) and call.func.id in {"Message", "Text"}:
            yield from (str(one.value) for one in ast.walk(call.args[0]) if isinstance(one, ast.Constant))


@pytest.mark.parametrize(
    "macro",
    [
        "{% macro given(at, now) %}{{ at | moment(now) }}{% endmacro %}",
        "{% macro given() %}今天截止{% endmacro %}",
        "{% macro _at(at) %}{{ at | moment(at) }}{% endmacro %}{% macro given(at) %}{{ _at(at) }}{% endmacro %}",
    ],
)
def test_a_new_text_that_stays_and_is_relative_is_found(macro, monkeypatch):
    made = Environment(autoescape=True).parse(macro)
    macros.cache_clear()
    monkeypatch.setitem(globals(), "template", lambda feature, language: made)
    assert is_relative("task", "zh", "given")
    monkeypatch.undo()
    macros.cache_clear()
