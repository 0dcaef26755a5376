"""Every word that a person reads: there in both languages, asked for by somebody, and fit for the chat."""

import ast
import html
import importlib
import pkgutil
import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

import jobs
import pytest
from jinja2 import Environment, nodes
from jobs import privacy as privacy_job

import domain
import handlers
import texts
from domain.admin.audit import FIRST, KINDS, Part, Record, Searched, Tip, Wanted
from domain.admin.audit import Line as AuditLine
from domain.admin.setting import ENTERPRISE, SETTINGS, Line, Name, Page, Ranking, Scope, Where
from domain.clock.schedule import Changed, Days, Timetable, When
from domain.clock.schedule import Entry as Timed
from domain.ids import BranchId, ChatId, GrantId, MemberId, PersonId, SuggestionId, SurveyId, TaskId
from domain.messaging import alarm
from domain.messaging.alarm import Found
from domain.messaging.chat import Chat, ChatKind
from domain.messaging.quiet import Quiet
from domain.people import role, roster
from domain.people.branch import Branch, BranchKind, Twig
from domain.people.invitation import Answered
from domain.people.leave import Away
from domain.people.member import Member
from domain.people.permission import EVERYWHERE, Area, Role
from domain.people.person import Person, Rate
from domain.people.role import ROLE_GRANTED, Grant, Granted, Roles
from domain.people.roster import Change, Leave, Move, Row, Unclear, Why
from domain.people.welcome import Greeting, Thing
from domain.points.points import TARIFFS, Account, Board, BranchStanding, Credit, Entry, Rule, Standing
from domain.points.verify import Difference
from domain.refusal import Refusal
from domain.report.summary import StudyWeek, Summary, SurveyWeek, TaskWeek, Topic
from domain.study.study import Lesson
from domain.voice.suggestion import MAX_TEXT_CHARS, Became, Suggestion, Tagging
from domain.voice.survey import Question, Survey, Tally, Turnout
from domain.work.task import LISTED, MAX_OWNERS, Listing, Plan, Task
from handlers.command import Command
from handlers.people.roster import Preview
from sandbox.markup.html import read_html
from sheets import Fault, Mistake, Reason
from storage.people import privacy
from tests.architecture.source import ROOT, modules, strings, tree

FEATURES = sorted({name.split(".")[0] for name in texts.names("zh")})
NAME = re.compile(rf"({'|'.join(FEATURES)})\.[a-z_]+")
MESSAGE = 4096  # characters, the platform's limit
LANGUAGES = sorted(texts.LANGUAGES)
PHONE = "13987654321"
COMMANDS = sorted({one.told_as for one in handlers.features() if isinstance(one, Command) and one.told_as})
WORK_COLUMNS = [
    *(
        "number",
        "title",
        "owner",
        "standard",
        "outcome",
        "given_at",
        "due_at",
        "done_at",
        "on_time",
        "text",
        "tags",
        "at",
    ),
    *("author", "member", "total", "rule", "cause", "points", "times", "day", "item", "read", "answered", "right"),
    *("readers", "question", "asked_at", "published_at", "anonymous", "voters", "option", "votes", "chosen_by"),
]
AT = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@cache
def asked_for() -> tuple[frozenset[str], frozenset[str]]:
    """The names that the program's source holds in full, and the beginnings of those that it puts together."""
    whole, begun = set(), set()
    for module in modules("domain", "handlers", "jobs", "bot"):
        whole |= {literal.value for literal in strings(module) if NAME.fullmatch(literal.value)}
        for node in ast.walk(tree(module)):
            first = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else None
            if isinstance(first, ast.Constant) and NAME.fullmatch(str(first.value)):
                begun.add(str(first.value))
    return frozenset(whole - begun), frozenset(begun)


@cache
def other_names() -> frozenset[str]:
    """What is written like a text's name and is none: rules, schedules, files, actions of buttons."""
    schedules = {job.schedule.name for job in jobs.JOBS} | {privacy_job.SCHEDULE.name}
    actions = {handler.action for handler in handlers.features() if hasattr(handler, "action")}
    return frozenset({*Rule, *Action, *schedules, *actions, "study.toml", "roster.csv"})


def test_both_languages_have_the_same_texts():
    assert texts.names("zh") == texts.names("en")


@pytest.mark.parametrize("name", sorted(texts.names("zh")))
def test_a_text_has_the_same_parameters_in_both_languages(name):
    assert texts.parameters(name, "zh") == texts.parameters(name, "en")


@pytest.mark.parametrize("name", sorted(asked_for()[0] - other_names()))
def test_a_text_that_is_asked_for_exists(name):
    assert name in texts.names("zh")


@pytest.mark.parametrize("name", sorted(texts.names("zh")))
def test_a_text_is_asked_for_somewhere(name):
    whole, begun = asked_for()
    used_by_texts = {used for language in LANGUAGES for used in macros_called(language)}
    assert name in whole | used_by_texts or name.startswith(tuple(begun)), f"nobody asks for {name}"


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


# What a text is shown with: lifelike, evil, and as long as the program takes it. `words` makes so many characters.


def lifelike(most: int) -> str:
    return "整理实验室台账并于周五前交支部"[:most]


def evil(most: int) -> str:
    return "<b>&amp;\u202e🧪</i>\u0301</a>'\"{{7*7}}%s"[:most]


def longest(most: int) -> str:
    return "汉" * most


def values_with(words: Any, many: int) -> dict[str, list[Any]]:
    """For each parameter the values that a text may be given, the same place in two lists belonging together."""
    anybody = Member(MemberId(7), 10**15, words(255), words(32), "zh", ChatId(1))
    awaited = replace(anybody, platform_id=None, name="@" + "a" * 32)
    given = Task(
        id=TaskId(2**53),
        batch=TaskId(1),
        group=ChatId(1),
        owner=anybody,
        giver=anybody,
        plan=Plan(words(200), words(500), words(500)),
        due_at=AT + timedelta(days=400),
        given_at=AT,
    )
    done, late = replace(given, done_at=AT), replace(given, done_at=AT + timedelta(days=401))
    overdue = replace(given, due_at=AT - timedelta(days=400), owner=awaited)
    earned = [Credit(Rule.TASK_ON_TIME, 5, False, 10**6), Credit(Rule.STUDY_READ, 0, True, 10**6)]
    question = Question(words(300), tuple(f"{number:2}{words(98)}" for number in range(12)), True)
    survey = Survey(SurveyId(1), ChatId(1), anybody, question, AT, AT)
    entries = [
        Entry(anybody.id, ChatId(1), rule, "x", words(500), points, MONDAY, AT)
        for rule in Rule
        for points in (-tariff_of(rule), 0, tariff_of(rule))
    ]
    board = Board(MONDAY, [Standing(n, anybody, 10**6) for n in range(1, many + 1)], 10**6, Standing(99, anybody, 3))
    summary = Summary(
        MONDAY,
        MONDAY,
        10**6,
        Rate(1, 3),
        StudyWeek(7, 10**6, 10**6, 10**6),
        TaskWeek(10**6, 10**6, 10**6, 10**6),
        SurveyWeek(10**6, 10**6),
        10**6,
        [Topic(words(20), 10**6)] * 3,
        board,
    )
    nothing = Summary(
        MONDAY,
        MONDAY,
        0,
        None,
        StudyWeek(0, 0, 0, 0),
        TaskWeek(0, 0, 0, 0),
        SurveyWeek(0, 0),
        0,
        [],
        Board(MONDAY, [], 0),
        so_far=True,
    )
    suggestion = Suggestion(
        SuggestionId(1), ChatId(1), anybody, words(MAX_TEXT_CHARS), Tagging((words(20),), (words(20),) * 5), AT
    )
    weekly = Timed("summary", When(time(9), 0), Days.ANY, False, True, AT, waits=True)
    muted = Timed("study", When(time(22)), Days.WORKDAYS, False, True, None, mute=True)
    paused = Timed("study", None, Days.ANY, True, True, None)
    own_line = Line(Name.ZONE, words(40), Where(Scope.CHAT, 1), own=True)
    values = [(name, value) for name in Name for value in SETTINGS[name].choices]
    from_above = [Line(name, value, Where(Scope.BRANCH, 1), False, words(60)) for name, value in values]
    few = [own_line, *from_above[:6], replace(own_line, source=None, own=False), replace(own_line, source=ENTERPRISE)]
    pages = [Page(Where(scope, 1), words(60), few) for scope in Scope]
    by_branch = Board(MONDAY, (), 0, ranking=Ranking.BRANCH, branches=[BranchStanding(1, words(60), 10.5, True)] * 11)
    boards = [board, Board(MONDAY, [], 0), by_branch, replace(by_branch, branches=())]
    boards.append(Board(MONDAY, (), 0, ranking=Ranking.PRIVATE))
    listing = Listing([given, overdue] * (LISTED // 2) + [given], 10**6, False, AT)
    both = [True, False]
    grant = Grant(GrantId(1), anybody, Role.ADMINISTRATOR, Area(BranchId(1)), None, words(60))
    over_all = replace(grant, member=awaited, area=EVERYWHERE, where=None)
    some_group = Chat(ChatId(1), -1, ChatKind.GROUP, words(255), "Asia/Shanghai", "zh", active=True)
    held = [Roles([grant, over_all] * (role.LISTED // 2), [anybody], group, True, True) for group in (some_group, None)]
    held += [Roles([], [], group, False, False) for group in (some_group, None)]
    parts = [Part(words(255), True), Part(words(200), False), Part("secretary", False)]
    record = Record(10**9, AT, anybody.id, ROLE_GRANTED, "", None, None, FIRST)
    noted = [
        AuditLine(replace(record, action=one), who, parts, old, new)
        for one in (*Action, "unheard.of")
        for who, old, new in ((anybody, parts, parts), (None, (), parts), (awaited, parts, ()), (awaited, (), ()))
    ]
    whose = Wanted(anybody.id, "role", MONDAY, MONDAY + timedelta(days=9))
    searched = [Searched(whose, anybody, noted[n : n + 8], 7, AT) for n in range(0, len(noted), 8)]
    searched.append(Searched(Wanted(), None, [], None, AT))
    clocks = {"clock": [time(8, 30)], "weekday": list(range(7)), "word": ["study", "summary"], "hours": [16]}
    clocks |= {"enterprise": both, "quiet": [Quiet(time(21, 30), time(7, 30)), None]}
    table = Timetable([weekly, muted, paused], clocks["quiet"][0], True, True, AT)
    changed = Changed(weekly, True, AT, AT, 10**6, 10**6)
    clocks |= {"entry": [weekly, muted, paused], "mute": [[], [muted] * 2]}
    clocks |= {"changed": [changed, Changed(paused, False, AT)], "timetable": [table, replace(table, enterprise=False)]}
    person = Person(PersonId(1), "1" * 32, words(64), BranchId(1), words(64), PHONE, member=anybody.id)
    leaves = [Away(person, MONDAY, last) for last in (MONDAY, TUESDAY, None)]
    path = tuple([words(60)] * 6)
    greetings = [
        Greeting(words(64), person, path, tuple(Role)[1:], tuple(Thing)[:3], 10**6),
        Greeting(words(64), None, (), (Role.SECRETARY,), tuple(Thing)[3:6], 1),
        Greeting(words(64), None, (), (), tuple(Thing)[6:], 0),
        Greeting(words(64), person, path, (), (), 0),
    ]
    troubles = {
        "set_aside": [Found((str(2**31),) * alarm.LISTED, 10**6), Found((), 0)],
        "removed": [Found((words(255),) * alarm.LISTED, 10**6), Found((words(255),), 1)],
        "chain": [Found((str(2**31),), 1), Found((), 0)],
        "differs": [Found(("7", "7:1:2026-11-23"), 2), Found((), 0)],
    }
    return clocks | troubles | {
        "account": [Account(10**6, 10**6, entries[:10]), Account(0, 0, [])],
        "at": [AT], "board": boards, "administrator": both,
        "command": [words(32)], "hears_all": both,
        "credit": [*earned, None], "day": [MONDAY], "days": [30], "due_at": [AT], "group": [None],
        "length": [10**6], "lesson": [Lesson("a", words(30), words(30), words(1000), words(200))],
        "listing": [replace(listing, own=own, tasks=tasks) for own in both for tasks in (listing.tasks, [])],
        "member": [anybody, awaited, replace(anybody, name="\u202e\n")], "most": [2000], "name": [words(255)],
        "became": list(Became), "now": [AT], "number": [2**53], "option": [words(4000)], "options": [question.options],
        "owner": [anybody, awaited], "part": [words(4000)], "question": [words(300)], "secretary": both,
        "suggestion": [suggestion, replace(suggestion, repeats=3), replace(suggestion, tagging=Tagging())],
        "summary": [summary, nothing], "survey": [survey], "tally": [Tally((10**6,) * 12, 10**6), Tally((), 0)],
        "task": [done, late, given, overdue], "tasks": [[given], [overdue], [done, late, given, overdue] * (many // 4)],
        "turnout": [Turnout(10**6, Rate(1, 3)), Turnout(0, None)], "words": [words(4000)], "more": [0, 10**6],
        "difference": [Difference(anybody.id, 10**6, -1, ChatId(1), MONDAY), Difference(anybody.id, 0, 10**6)],
        "file": [words(255)], "kept": [words(255), ""], "process": ["4194304", ""], "reason": [words(255)],
        "seconds": ["0.1"], "size": ["1234.5 MB"], "version": ["0001"], "year": [2027], "years": ["2026, 2027"],
        "branch": [Branch(BranchId(1), None, BranchKind.BRANCH, words(60))], "branches": [0, 10**6], "people": [10**6],
        "to": [Branch(BranchId(2), BranchId(1), BranchKind.GROUP, words(60))],
        "grant": [grant, over_all], "granted": [Granted(grant), Granted(over_all)], "role": list(Role), "roles": held,
        "by": list(Role),
        "answered": [Answered(person, anybody, anybody, confirmed=yes) for yes in both], "asked": [0, 3],
        "sheet": list(privacy.OWN), "truth": ["yes", "no"], "points": [10**6],
        "column": sorted({one.key for own in privacy.OWN.values() for one in own.selected_columns}),
        "offered": [COMMANDS, ["help"]], "named": both, "rule": list(Rule),
        "work_sheet": ["tasks", "suggestions", "points", "ledger", "study", "surveys"], "work_column": WORK_COLUMNS,
        "can_bind": both, "greeting": greetings, "link": ["https://t.me/b?start=invite-" + "a" * 32],
        "path": [path, ()], "person": [person, None], "until": [AT],
        "group_admins": both, "where": [words(255), None],
        "away": leaves, "leaves": [leaves * 10, []], "who": [person],
        "first": [TUESDAY], "last": [MONDAY],
        "twigs": [[Twig(Branch(BranchId(1), None, BranchKind.BRANCH, words(60)), 10, 10**6)] * 60, []],
        "preview": previews(words, many), "wrong": list(Reason), "detail": [words(255)],
        "fault": faults(words), "faults": [faults(words), faults(words) * 20, faults(words)[:1]],
        "setting": [name for name, _ in values], "value": [value for _, value in values],
        "page": pages, "searched": searched, "kind": [None, *KINDS],
        "line": [own_line, *from_above], "chosen": both,
        "count": [10**6], "encoding": ["SQL_ASCII"], "host": [words(255)], "tip": [Tip(10**6, "f" * 64), Tip(0, FIRST)],
    }  # fmt: skip


def faults(words: Any) -> list[Fault]:
    return [Fault(10**6, "AAA", mistake, words(40)) for mistake in Mistake]


def previews(words: Any, many: int) -> list[Preview]:
    """What a roster would do: everything at once, and nothing."""
    path = tuple([words(60)] * 10)
    person = Person(PersonId(1), words(32), words(60), BranchId(1))
    changed = replace(person, name=words(59), role=words(100), phone=words(20), joined_on=MONDAY)
    everything = roster.Plan(
        branches=[path] * many,
        new=[Row(1, words(32), words(60), path)] * many,
        changed=[Change(person, changed)] * many,
        moved=[Move(person, path), Move(replace(person, left_on=MONDAY), path)] * many,
        left=[person] * many,
        leave=[Leave(words(32), MONDAY, None)],
        unclear=[Unclear(10**6, words(60), why) for why in Why] * many,
        same=10**6,
        covered=many,
    )
    one = roster.Plan(unclear=everything.unclear[:1], same=1)
    return [Preview(words(255), everything, again=True), Preview(words(255), everything), Preview("", one)]


def tariff_of(rule: Rule) -> int:
    return TARIFFS[rule].points


def showings(name: str, words: Any) -> list[dict[str, Any]]:
    """Every value of each parameter at least once."""
    known = values_with(words, MAX_OWNERS)
    if name in ("task.ask_deadline", "task.ask_title"):  # these take the names, not the person
        known["owner"] = ["、".join([words(64)] * MAX_OWNERS)]
    mine = {parameter: known[parameter] for parameter in texts.parameters(name, "zh")}
    most = max(map(len, mine.values()), default=1)
    shown = [
        {name: mine[name][(turn + shift * place) % len(mine[name])] for place, name in enumerate(mine)}
        for turn in range(most)
        for shift in range(most)
    ]
    return [values for values in shown if sensible(name, values)]


def sensible(name: str, values: dict[str, Any]) -> bool:
    """Some texts are about finished tasks only; a reading that is told has its credit."""
    if name == "study.read_toast":
        return values["credit"] is not None
    if values.get("person", 1) is None:
        return name in ("invitation.not_your_branch", "invitation.claimed")
    return name not in ("task.done", "task.done_toast", "task.already_done") or values["task"].done_at is not None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(texts.names("zh")))
@pytest.mark.parametrize("words", [lifelike, evil, longest], ids=lambda words: words.__name__)
def test_a_text_is_a_message_whatever_it_is_given(name, language, words):
    reader = texts.Reader(language, "Asia/Shanghai")
    seen = showings(name, words)
    assert seen
    for values in seen:
        shown = texts.render(name, reader, values)
        plain = read_html(shown)[0]
        assert len(plain) <= MESSAGE
        assert shown == shown.strip()
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


@pytest.mark.parametrize("name", sorted(texts.names("zh")))
def test_english_speaks_english(name):
    """Examples that a reader types may be Chinese names; sentences are not."""
    reader = texts.Reader("en", "Asia/Shanghai")
    for values in showings(name, lambda most: "word"[:most]):
        assert not re.search("[\u4e00-\u9fff]{5}", html.unescape(texts.render(name, reader, values)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_says_a_telephone_number(language):
    """They are in files alone that who keeps the roster, or their owner, asks for in private."""
    for file in (ROOT / "texts" / language).rglob("*.j2"):
        assert not re.search(r"\.phone\b", file.read_text(encoding="utf-8")), file
