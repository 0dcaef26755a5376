"""What people are told they may rely on is there, and what is there is told."""

import re
import tomllib
from importlib.metadata import distribution
from importlib.resources import files
from itertools import pairwise

import pytest
import typer
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pydantic_core import PydanticUndefined

import handlers
from bot import menus
from bot.cli import app
from bot.settings import EXAMPLES, Settings
from domain.people.language import LANGUAGES
from handlers.command import Command
from storage.schema import metadata
from tests.architecture.source import ROOT

READMES = ("README.md", "README.zh-CN.md")
# Fixed for people and programs that start it; there may be more.
CONTRACT = {
    "token",
    "api_url",
    "database_url",
    "webhook_url",
    "webhook_secret",
    "http",
    "timezone",
    "language",
    "admins",
    "log",
}
GUIDED = ("employee", "secretary", "administrator")
OF_OTHERS = {"health", "metrics", "newbot", "setprivacy"}  # paths of the web door, and @BotFather's commands
TRIED_OUT = {"demo", "sandbox"}  # told of with make and in docs/sandbox.md
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def variable(name: str) -> str:
    return f"JINGYI_{name.upper()}"


def default(name: str) -> str | None:
    value = Settings.model_fields[name].default
    return None if value in (PydanticUndefined, None, frozenset()) else str(value)


def test_the_settings_that_were_promised_are_there():
    assert set(Settings.model_fields) >= CONTRACT


def test_the_example_file_has_every_setting_with_its_default_and_no_other():
    written = dict(re.findall(r"^#? ?(JINGYI_[A-Z_]+)=(.*)$", read(".env.example"), re.MULTILINE))
    assert written == {variable(name): default(name) or "" for name in Settings.model_fields}


def test_every_setting_of_the_example_file_has_its_comment():
    lines = read(".env.example").splitlines()
    for before, line in pairwise(lines):
        if line.startswith("JINGYI_"):
            assert before.startswith("# "), line


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("name", Settings.model_fields)
def test_a_setting_has_its_line_in_the_table(readme, name):
    (line,) = [line for line in read(readme).splitlines() if line.startswith(f"| `{variable(name)}`")]
    assert default(name) is None or f"`{default(name)}`" in line


@pytest.mark.parametrize("readme", READMES)
def test_no_setting_is_told_of_that_is_not_there(readme):
    told = set(re.findall(r"JINGYI_[A-Z_]+", read(readme)))
    assert told <= {variable(name) for name in Settings.model_fields}


def test_every_setting_has_an_example():
    assert EXAMPLES.keys() == Settings.model_fields.keys()


def chat_commands() -> list[str]:
    return sorted({h.name for h in handlers.handlers() if isinstance(h, Command) and h.name})


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("command", chat_commands())
def test_a_command_in_chat_is_in_the_readme(readme, command):
    assert f"`/{command}" in read(readme)


def shell_commands(group=None, path=()):
    """The commands that do something, as they are typed."""
    for name, command in (group or typer.main.get_command(app)).commands.items():
        if hasattr(command, "commands"):
            yield from shell_commands(command, (*path, name))
        else:
            yield " ".join((*path, name))


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("command", sorted({*shell_commands()} - TRIED_OUT))
def test_a_command_of_the_shell_is_in_the_readme(readme, command):
    assert re.search(rf"`(?:jingyi )?{command}[ `]|^\S*jingyi {command}\b", read(readme), re.MULTILINE)


@pytest.mark.parametrize("readme", READMES)
def test_no_command_is_told_of_that_is_not_there(readme):
    told = set(re.findall(r"`/([a-z]+)[ `]", read(readme)))
    assert told - OF_OTHERS <= set(chat_commands())


def test_the_menus_offer_what_is_there():
    shown = {audience for _, audiences in menus.MENUS for audience in audiences}
    offered = {one.command for one in handlers.ENTRIES if one.audiences & shown}
    assert offered
    assert offered <= set(chat_commands())


@pytest.mark.parametrize("table", sorted(metadata.tables))
def test_the_page_on_privacy_names_every_table(table):
    assert f"`{table}`" in read("docs/privacy.md")


GUIDES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs" / "guide").rglob("*.md"))


def test_there_is_a_guide_for_everybody_in_both_languages():
    pages = {f"docs/guide/{language}/{who}.md" for language in LANGUAGES for who in GUIDED}
    assert set(GUIDES) == pages | {"docs/guide/README.md"}


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_shows_and_links_only_what_is_there(guide):
    links = re.findall(r"\]\(([^)#]+)\)|src=\"([^\"]+)\"", read(guide))
    assert [link for pair in links for link in pair if link and not ((ROOT / guide).parent / link).exists()] == []


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_tells_of_no_command_that_is_not_there(guide):
    assert set(re.findall(r"`/([a-z]+)", read(guide))) <= set(chat_commands())


def pinned() -> dict[str, str]:
    return dict(line.split("==") for line in read("requirements.lock").splitlines() if line)


def needed() -> list[Requirement]:
    return [Requirement(line) for line in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"]]


@pytest.mark.parametrize("requirement", needed(), ids=lambda requirement: requirement.name)
def test_the_lock_pins_what_is_needed_as_it_is_asked_for(requirement):
    lock = {canonicalize_name(name): version for name, version in pinned().items()}
    assert requirement.specifier.contains(lock[canonicalize_name(requirement.name)], prereleases=True)


@pytest.mark.parametrize("requirement", needed(), ids=lambda requirement: requirement.name)
def test_what_a_requirement_needs_is_pinned_too(requirement):
    lock = {canonicalize_name(name) for name in pinned()}
    for line in distribution(requirement.name).requires or ():
        inner = Requirement(line)
        if inner.marker is None or inner.marker.evaluate({"extra": ""}):
            assert canonicalize_name(inner.name) in lock, f"{requirement.name} needs {inner.name}"


def test_the_licence_is_mit_and_travels_along():
    assert PROJECT["license"] == "MIT"
    assert read("LICENSE").startswith("MIT License")


@pytest.mark.parametrize("name", ["zh/work/task.j2", "en/work/task.j2"])
def test_words_are_part_of_what_is_installed(name):
    assert files("texts").joinpath(name).is_file()
