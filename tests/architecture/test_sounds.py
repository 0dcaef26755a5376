"""What makes a sound in a group: only messages that say so, and the functions that make them are listed here."""

import ast

from tests.architecture.source import modules, tree

# Functions whose messages ring: what a day begins with, the week's summary, and what names people.
SOUNDING = {
    ("domain/points/anniversary.py", "_in_group"),
    ("domain/points/honour/service.py", "announcement"),
    ("domain/report/summary.py", "post"),
    ("domain/study/study.py", "_show"),
    ("domain/voice/suggestion/hazard.py", "_message"),  # in a group only where nobody on call can be written to
    ("domain/work/procedure/running.py", "_tell"),  # in a group only where who does it cannot be written to
    ("domain/work/task/cards.py", "round_message"),
    ("domain/work/task/handing.py", "_tell_owner"),
    ("domain/work/task/review.py", "_return"),  # in a group only where its owner cannot be written to
    ("handlers/work/task_form.py", "call_owners"),
}


def test_only_the_morning_the_summary_and_what_names_people_make_a_sound() -> None:
    found = {
        (str(module), function.name)
        for module in modules("bot", "domain", "handlers", "web")
        for function in ast.walk(tree(module))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.keyword) and node.arg == "sounds"
    }
    assert found == SOUNDING
