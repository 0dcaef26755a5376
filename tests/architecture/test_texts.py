"""Every word that a person reads: there in both languages, asked for by somebody, and fit for the chat."""

import ast
import html
import importlib
import pkgutil
import re
from functools import cache
from typing import Any, cast

import pytest
from jinja2 import Environment, nodes

import domain
import handlers
import texts
from bot.drawings import DRAWINGS
from domain.features import EVENTS, FEATURES, JOBS
from domain.points import adjustment
from domain.points.event import NO_RULE
from domain.points.scheme import default
from domain.refusal import Refusal
from handlers.command import Press
from handlers.feature import Section
from sandbox.markup.html import read_html
from storage.features import FEATURES as STORED
from tests.architecture.source import ROOT, modules, strings, tree
from tests.samples import PHONE, Samples, Words, english, evil, lifelike, longest
from texts.areas import FILES

RULES = sorted({*default.names(), NO_RULE, adjustment.MADE, adjustment.CORRECTED})
NAME = re.compile(rf"({'|'.join(FILES)})\.[a-z_]+")
FILE_NAMES = ("study.toml", "points.toml", "roster.csv", "scheme.toml")
MESSAGE = 4096  # characters, the platform's limit
LANGUAGES = sorted(texts.LANGUAGES)


@cache
def asked_for() -> tuple[frozenset[str], frozenset[str]]:
    """The names that the program's source holds in full, and the beginnings of those that it puts together."""
    whole, begun = set(), set()
    for module in modules("domain", "handlers", "bot"):
        whole |= {literal.value for literal in strings(module) if NAME.fullmatch(literal.value)}
        for node in ast.walk(tree(module)):
            first = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else None
            if isinstance(first, ast.Constant) and NAME.fullmatch(str(first.value)):
                begun.add(str(first.value))
    return frozenset(whole - begun), frozenset(begun)


@cache
def other_names() -> frozenset[str]:
    """What is written like a text's name and is none: rules, schedules, files, pictures, actions of buttons."""
    schedules = {job.schedule.name for job in JOBS}
    actions = {handler.action for handler in handlers.handlers() if isinstance(handler, Press)}
    audit = {action for feature in FEATURES for action in feature.audit}
    rules = {*RULES, *EVENTS}
    return frozenset({*rules, *audit, *schedules, *actions, *DRAWINGS, *FILE_NAMES})


@cache
def declared() -> frozenset[str]:
    """The texts that are named by what features declare: menus and /help, points rules, what /export me shows."""
    told = {text for one in handlers.ENTRIES for text in (one.menu_text, one.help_text)}
    headings = {f"help.{section}" for section in Section}
    sheets = {f"{one.texts}.{text}" for feature in STORED for one in feature.personal for text in ("sheet", "column")}
    return frozenset(told | headings | sheets | {rule_text(rule) for rule in RULES})


def rule_text(rule: str) -> str:
    """The text that names a points rule."""
    feature, _, name = rule.partition(".")
    return f"{feature}.rule_{name}"


@cache
def names_of(feature: str) -> list[str]:
    """The names of a feature's texts."""
    return sorted(name for name in texts.names("zh") if name.startswith(f"{feature}."))


@pytest.mark.parametrize("rule", RULES)
def test_every_points_rule_has_a_name(rule):
    assert rule_text(rule) in texts.names("zh")


def test_both_languages_have_the_same_texts():
    assert texts.names("zh") == texts.names("en")


@pytest.mark.parametrize("feature", sorted(FILES))
def test_a_text_has_the_same_parameters_in_both_languages(feature):
    for name in names_of(feature):
        assert texts.parameters(name, "zh") == texts.parameters(name, "en"), name


def test_a_text_that_is_asked_for_exists():
    assert asked_for()[0] - other_names() <= set(texts.names("zh"))


@pytest.mark.parametrize("feature", sorted(FILES))
def test_a_text_is_asked_for_somewhere(feature):
    whole, begun = asked_for()
    whole |= declared()
    used_by_texts = {used for language in LANGUAGES for used in macros_called(language)}
    unused = set(names_of(feature)) - whole - used_by_texts
    assert {name for name in unused if not name.startswith(tuple(begun))} == set()


@cache
def macros_called(language: str) -> frozenset[str]:
    """The texts that other texts are made of."""
    found = set()
    for file in (ROOT / "texts" / language).rglob("*.j2"):
        for call in Environment(autoescape=True).parse(file.read_text(encoding="utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name):
                found.add(f"{file.stem}.{call.node.name}")
            elif isinstance(call.node, nodes.Getattr) and isinstance(call.node.node, nodes.Name):
                found.add(f"{call.node.node.name}.{call.node.attr}")
    return frozenset(found)


def refusals() -> list[type[Refusal]]:
    """Every kind of refusal that a person may be given."""
    for package in (domain, handlers):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    found, waiting = [], [Refusal]
    while waiting:
        kinds = waiting.pop().__subclasses__()
        waiting += kinds
        found += [kind for kind in kinds if kind.__module__.startswith(("domain.", "handlers."))]
    return sorted(found, key=lambda kind: f"{kind.__module__}.{kind.__name__}")


@pytest.mark.parametrize("refusal", refusals(), ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_every_refusal_has_its_words(refusal):
    if refusal is handlers.arguments.BadArguments:  # it is given the text's name where it is raised
        return
    assert refusal.text in texts.names("zh")


def test_every_template_file_is_listed():
    """A file that `texts/areas.py` does not list is never read."""
    for language in LANGUAGES:
        folder = ROOT / "texts" / language
        assert {file.relative_to(folder).as_posix() for file in folder.rglob("*.j2")} == set(FILES.values())


@pytest.mark.parametrize("feature", sorted(FILES))
def test_every_feature_has_samples(feature):
    samples_of(feature)


@pytest.mark.parametrize("feature", sorted(FILES))
def test_samples_have_values_for_the_parameters_and_no_others(feature):
    values = samples_of(feature).values(lifelike)
    wanted = {parameter for name in names_of(feature) for parameter in texts.parameters(name, "zh")}
    assert set(values) == wanted, f"correct the values in {place(feature)}"


def place(feature: str) -> str:
    """Where a feature's samples are to be written."""
    return f"tests/{FILES[feature].partition('/')[0]}/samples_{feature}.py"


@cache
def samples_of(feature: str) -> Samples:
    """A feature's samples, written beside its tests."""
    if not (ROOT / place(feature)).is_file():
        pytest.fail(f"The texts of {feature} have no sample values: write {place(feature)}.")
    module = importlib.import_module(place(feature).removesuffix(".py").replace("/", "."))
    return cast(Samples, module.SAMPLES)


def test_a_feature_without_samples_says_where_to_add_them(monkeypatch):
    monkeypatch.setitem(FILES, "duty", "life/duty.j2")
    with pytest.raises(pytest.fail.Exception, match=r"tests/life/samples_duty\.py"):
        samples_of("duty")


def showings(name: str, words: Words) -> list[dict[str, Any]]:
    """Every value of each parameter at least once."""
    feature, _, text = name.partition(".")
    known = samples_of(feature).of(text, words)
    missing = set(texts.parameters(name, "zh")) - set(known)
    assert not missing, f"{name} has no sample values for {sorted(missing)}: add them to {place(feature)}"
    mine = {parameter: known[parameter] for parameter in texts.parameters(name, "zh")}
    most = max(map(len, mine.values()), default=1)
    turns = {
        tuple((turn + shift * place) % len(mine[name]) for place, name in enumerate(mine))
        for turn in range(most)
        for shift in range(most)
    }
    shown = ({name: mine[name][place] for name, place in zip(mine, places, strict=True)} for places in sorted(turns))
    return [values for values in shown if samples_of(feature).occurs(text, values)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("feature", sorted(FILES))
@pytest.mark.parametrize("words", [lifelike, evil, longest], ids=lambda words: words.__name__)
def test_a_text_is_a_message_whatever_it_is_given(feature, language, words):
    for name in names_of(feature):
        check_message(name, texts.Reader(language, "Asia/Shanghai"), words)


def check_message(name: str, reader: texts.Reader, words: Words) -> None:
    """A text with each of its sample values is a message of the platform."""
    seen = showings(name, words)
    assert seen
    for values in seen:
        shown = texts.render(name, reader, values)
        plain = read_html(shown)[0]
        assert len(plain) <= MESSAGE, name
        assert shown == shown.strip(), name
        assert PHONE not in shown, "a telephone number is nobody's but its owner's"
        if words is evil:
            assert "<b>&amp;\u202e" not in shown, "a value reached the chat as markup"
            assert "49" not in shown.replace("499", ""), "a value was taken for a template"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name", [name for name in sorted(texts.names("zh")) if name.endswith(("_button", "_toast", "_button_of"))]
)
def test_a_label_has_no_markup_and_fits_on_a_button(name, language):
    for words in (lifelike, evil, longest):
        for values in showings(name, words):
            shown = texts.label(name, texts.Reader(language, "Asia/Shanghai"), values)
            assert "&lt;" not in shown
            assert "\n" not in shown
            assert 0 < len(shown) <= 64


def test_a_missing_value_is_an_error_and_not_a_gap():
    with pytest.raises(KeyError):
        texts.render("task.not_found", texts.Reader("zh", "Asia/Shanghai"), {})


@pytest.mark.parametrize("feature", sorted(FILES))
def test_english_speaks_english(feature):
    """Examples that a reader types may be Chinese names; sentences are not."""
    reader = texts.Reader("en", "Asia/Shanghai")
    for name in names_of(feature):
        for values in showings(name, english):
            assert not re.search("[\u4e00-\u9fff]{5}", html.unescape(texts.render(name, reader, values))), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_says_a_telephone_number(language):
    """They are in files alone that who keeps the roster, or their owner, asks for in private."""
    for file in (ROOT / "texts" / language).rglob("*.j2"):
        assert not re.search(r"\.phone\b", file.read_text(encoding="utf-8")), file
