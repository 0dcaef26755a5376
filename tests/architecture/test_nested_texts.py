"""A text inside another one."""

import sys
from dataclasses import dataclass, field
from typing import Any

import pytest
from jinja2 import ChoiceLoader, DictLoader

import texts
from tests.samples import AT

READER = texts.Reader("zh", "Asia/Shanghai")
LETTER = """
{% macro many(parts) %}
{% for part in parts %}
- {{ part | say }}
{% endfor %}
{% endmacro %}
{% macro one(part) %}<b>{{ part | say }}</b>{% endmacro %}
"""


@dataclass(frozen=True, slots=True)
class Part:
    """As the domain has it."""

    text: str
    values: dict[str, Any] = field(default_factory=dict)


@pytest.fixture(autouse=True)
def letter(monkeypatch):
    """A feature whose texts hold others."""
    render = sys.modules["texts.render"]  # `texts.render` is the function
    monkeypatch.setattr(render, "FILES", {**render.FILES, "letter": "letter.j2"})
    for language in texts.LANGUAGES:
        environment = render._environment(language)
        loader = ChoiceLoader([DictLoader({"letter.j2": LETTER}), environment.loader])
        monkeypatch.setattr(environment, "loader", loader)


def test_a_text_shows_others_in_their_order():
    parts = [Part("task.not_found", {"number": 7}), Part("general.failed")]
    first, second = (texts.render(part.text, READER, part.values) for part in parts)
    assert texts.render("letter.many", READER, {"parts": parts}) == f"- {first}\n- {second}"


def test_a_part_is_in_the_readers_language_and_zone():
    part = Part("general.belated", {"at": AT})
    assert "11月25日（周三）10:00" in texts.render("letter.one", READER, {"part": part})
    assert "Wed 25 Nov 02:00" in texts.render("letter.one", texts.Reader("en", "UTC"), {"part": part})


def test_a_parts_values_are_escaped_once_and_its_markup_is_kept():
    part = Part("letter.one", {"part": Part("general.unknown_command", {"command": "<i>&", "near": False})})
    shown = texts.render("letter.one", READER, {"part": part})
    assert shown.startswith("<b><b>")
    assert "/&lt;i&gt;&amp; " in shown
    assert "/<i>& " in texts.label("letter.one", READER, {"part": part})


def test_a_missing_value_of_a_part_is_an_error():
    with pytest.raises(KeyError, match="number"):
        texts.render("letter.one", READER, {"part": Part("task.not_found")})


def test_a_part_that_no_text_has_is_an_error():
    with pytest.raises(KeyError, match="letter"):
        texts.render("letter.one", READER, {"part": Part("letter.none")})
