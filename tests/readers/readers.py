"""Every reader of text that people write, in one list: the tests and `make soak` feed each of them.

A reader takes any text and gives a value or one of its named refusals. A new one is a line here; `test_readers.py`
finds modules with patterns, forms and settings that no line names.
"""

import re
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from tempfile import mkdtemp
from types import SimpleNamespace
from typing import Any

import telegram

import handlers
import plain
import texts
from domain.admin.setting import SETTINGS
from domain.clock import calendar
from domain.clock.calendar import WrongCalendar
from domain.ids import MemberId
from domain.life.meeting import minutes as unfinished
from domain.messaging.chat import Chat, ChatKind
from domain.people import role
from domain.people.branch import structure
from domain.people.branch.model import Branch, BranchKind
from domain.people.member import Member
from domain.people.naming import Directory, Somebody
from domain.refusal import Refusal
from domain.study.library import Kind as RecordKind
from domain.study.library import Record, WrongLibrary
from domain.study.reading import check
from domain.study.telling import to_blank, to_pair, to_places
from domain.voice import suggestion
from domain.voice.questionnaire import model as questionnaires
from domain.voice.questionnaire.model import QuestionKind
from domain.voice.survey import Question
from domain.voice.tags import cue_of
from domain.work.goal.model import Measure, MeasureKind
from domain.work.recurring import holding
from handlers import arguments, command, veil
from handlers.action import Pressed
from handlers.admin import arguments as of_audit
from handlers.clock.schedule import reading as of_schedule
from handlers.form import Field
from handlers.life import evaluation_form as of_evaluation
from handlers.life import minutes_lines
from handlers.life.decision_form import counts_in
from handlers.life.rubric_files import looks_like as looks_like_rubric
from handlers.messaging import form as forms
from handlers.origin import person_profile
from handlers.people import arguments as of_people
from handlers.people import branch, privacy
from handlers.points import arguments as of_points
from handlers.points import honour as of_honours
from handlers.points import names as of_thanks
from handlers.report import arguments as of_export
from handlers.study.match_form import numbers_in
from handlers.voice import arguments as of_survey
from handlers.voice import questionnaire_lines as of_questionnaires
from handlers.voice.hiding import BETWEEN
from handlers.voice.questionnaire_answers import read_answer
from handlers.voice.retagging import NUMBERED
from handlers.voice.suggestion import words_of
from handlers.voice.tags import read_order
from handlers.work import arguments as of_task
from handlers.work import goal_reading, leaving
from handlers.work.measure_form import number_in
from language import activity as activities
from language import (
    answer,
    ballot,
    copied,
    deadline,
    hazard,
    intent,
    leave,
    meeting,
    remark,
    result,
    rhythm,
    similar,
    training,
)
from language import evaluation as of_evaluations
from language import inspection as of_rounds
from language import thanks as of_courtesy
from language.deadline import DeadlineError
from language.tags import Tagger
from plain.options import names_letters, sums_up
from sheets import cells, columns, people, reading, roster, writing
from sheets import procedure as of_procedures
from sheets.cells import Unclear
from sheets.study import looks_like

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)
TODAY = date(2026, 11, 25)
GROUP = Chat(1, -100, ChatKind.GROUP, "群", "Asia/Shanghai", "zh", True)
TIMES = Measure(MeasureKind.NUMBER, Decimal(12), "次")
BOT = SimpleNamespace(username="jingyi_bot", defaults=None)
NAMED = telegram.User(7, "王芳", is_bot=False)
BUDGET = 0.020  # seconds of a processor, for MAX_CHARS characters
PLAIN_WORDS = 0.060  # a thousand phrases are tried on the first 80 signs, however long a text is
OFF_THE_LOOP = 0.3  # seconds, for what runs in a thread of its own
SHARED = {
    "language/deadline/script.py",
    "language/patterns.py",
    "plain/gate.py",
    "plain/marks.py",
}  # what many readers use


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader: what it is called, the module with its patterns, and beginnings behind which it looks further."""

    name: str
    read: Callable[[str], object]
    module: str
    heads: tuple[str, ...] = ()
    refusals: tuple[type[Exception], ...] = (Refusal,)
    budget: float = BUDGET

    def __str__(self) -> str:
        return self.name


def in_library(text: str) -> object:
    """A text in every field of an item."""
    fields = ("title", "text", "source", "url", "expires", "media", "media_size", "roles", "topics", "question", "kind")
    return check([Record(RecordKind.ITEM, dict.fromkeys(fields, (text,)))])


def message(text: str) -> telegram.Message:
    """A message as the platform tells it, with an entity for the first name in it."""
    place = text.find("王芳")
    entities = (
        []
        if place < 0
        else [telegram.MessageEntity("text_mention", len(text[:place].encode("utf-16-le")) // 2, 2, user=NAMED)]
    )
    made = telegram.Message(1, NOW, telegram.Chat(-100, "group"), from_user=NAMED, text=text, entities=entities)
    made.set_bot(BOT)  # type: ignore[arg-type]
    return made


def context(text: str) -> Any:
    """What a handler that only reads may ask its context for."""

    async def answer(*_: object) -> None:
        """Do nothing with what was read."""

    async def read(query: object) -> Directory | deadline.Working:
        """What is looked up before a text is read: when people work, or the names of the group's people."""
        return deadline.Working() if isinstance(query, partial) else NAMES

    actor = SimpleNamespace(chat=GROUP, group=GROUP, today=TODAY, now=NOW)
    said = message(text)
    said_by = {"message": said, "actor": actor, "now": NOW, "source": "-100/1", "update_id": 1}
    return SimpleNamespace(text=plain.bounded(text), answer=answer, read=read, **said_by)


def done(reading: Coroutine[Any, Any, Any]) -> object:
    """What a reader that waits for nothing gives. A loop of its own would cost more than the reading."""
    try:
        reading.send(None)
    except StopIteration as end:
        return end.value
    finally:
        reading.close()
    raise AssertionError("it waits")


def filled(field: Field[Any], text: str) -> object:
    """An answer to a form's question."""
    return done(field.hear(context(text)))


@cache
def tagger() -> Tagger:
    made = Tagger(Path(mkdtemp(prefix="jingyi-words-")))
    made.load()
    return made


def branch_named(text: str) -> object:
    tree = [Branch(number, number - 1 or None, BranchKind.BRANCH, f"第{number}支部", None) for number in range(1, 50)]
    return structure.named(SimpleNamespace(branches=SimpleNamespace(all=lambda: tree)), text)  # type: ignore[arg-type]


def line_of_minutes(text: str) -> object:
    hours = deadline.Working()
    line, fault = minutes_lines.read_line(text, NAMES, NOW, hours), minutes_lines.read_fault(text, NOW, hours)
    return line, fault, unfinished.number_of(text)


def csv(text: str) -> bytes:
    return ("姓名,工号,支部\n" + f'"{text.replace(chr(34), chr(34) * 2)}",{text},{text}\n').encode("utf-8", "replace")


def headings(text: str) -> bytes:
    return f"{text},姓名,工号,支部\n{text},李伟,10023,一支部\n".encode("utf-8", "replace")


def number_pressed(text: str) -> object:
    return Pressed.read(text).numbers(1)


def rendered(text: str) -> object:
    values = {"options": [text, text], "question": text, "anonymous": False, "unread": [text]}
    values |= {"multiple": False, "closes_at": None}
    return texts.render("survey.preview", texts.Reader("zh", "Asia/Shanghai"), values)


def answers(text: str) -> list[object]:
    """A typed answer to a question of each kind, or why it is none."""
    found: list[object] = []
    for kind in (QuestionKind.DATE, QuestionKind.NUMBER):
        try:
            found.append(done(read_answer(context(text), questionnaires.Question("q", kind, "几？"))))
        except Refusal as refusal:
            found.append(refusal)
    return found


NAMES = Directory([Somebody(Member(MemberId(1), 1, name, None, None), None) for name in ("李伟", "Anna Li", "aaa")], [])
HANDLERS = (
    Reader("after_command", arguments.after_command, "handlers/arguments.py", ("/task", "/task@")),
    Reader("visible", arguments.visible, "handlers/arguments.py"),
    Reader("number", partial(arguments.number, usage="task.done_usage"), "handlers/arguments.py", ("#1",)),
    Reader(
        "leading_mentions",
        lambda text: arguments.leading_mentions(message(text)),
        "handlers/arguments.py",
        ("/task 王芳", "/task @li"),
    ),
    Reader("due", lambda text: arguments.due(text, GROUP, NOW), "handlers/arguments.py", ("明天", "请", "截止")),
    Reader("command", lambda text: command.command_of(message(text)), "handlers/arguments.py", ("/task@",)),
    Reader(
        "identity",
        partial(of_people.identity, usage="invitation.bind_usage"),
        "handlers/people/arguments.py",
        ("工号", "10023", "10023，姓名"),
    ),
    Reader(
        "mention after a number",
        lambda text: of_people.mention_after_number(message(text)),
        "handlers/people/arguments.py",
        ("/bind 1 @",),
    ),
    Reader(
        "role",
        lambda text: of_people.role(message(text)),
        "handlers/people/arguments.py",
        ("/roles @li", "/roles -", "/roles @li 书记"),
    ),
    Reader(
        "role given up", lambda text: of_people.gives_up(message(text)), "handlers/people/arguments.py", ("/roles -",)
    ),
    Reader("budget", of_audit.budget_of, "handlers/admin/arguments.py"),
    Reader("audit", lambda text: of_audit.audit(message(text)), "handlers/admin/arguments.py", ("/audit 2026-11-05",)),
    Reader("period", lambda text: of_export.period(text, TODAY), "handlers/report/arguments.py", ("2026", "10月")),
    Reader("me", lambda text: privacy.is_me(message(text)), "handlers/arguments.py", ("/export me",)),
    Reader(
        "survey",
        lambda text: of_survey.survey(text, GROUP, NOW),
        "handlers/voice/arguments.py",
        ("几点？|1|2|截止", "几点？|1|2|截止：明天", "几点？（", "几点？|1|2（", "几点？|1|2|多选"),
    ),
    Reader(
        "ballot",
        lambda text: of_survey.survey(text, GROUP, NOW),
        "language/ballot.py",
        ("几点？|1\n", "匿名：", "几点？"),
    ),
    Reader("order about a poll", ballot.order, "language/ballot.py", ("提前", "撤回")),
    Reader(
        "questionnaire",
        of_questionnaires.read,
        "handlers/voice/questionnaire_lines.py",
        ("标题\n1. 满意吗？（单选）", "标题\n1. 哪些？A. 是 B. 否（", "标题（匿名）\n第1题 （第1题选", "（最多"),
    ),
    Reader(
        "answers to a question",
        lambda text: (answer.places(text, 5), answer.truth(text), answer.blanks(text, 2)),
        "language/answer.py",
        ("ABD", "选B", "答案：", "1 3", "对", "开锁；自己", "开锁\n"),
    ),
    Reader(
        "answers to a questionnaire",
        answers,
        "handlers/voice/questionnaire_answers.py",
        ("2026-05-01", "12.5分钟", "A、C", "明天"),
    ),
    Reader(
        "task",
        lambda text: of_task.task(message(text), GROUP, NOW, NAMES),
        "handlers/work/arguments.py",
        (
            "/task @li 明天",
            "/task @li 明天18:00前 交心得|标准",
            "/task 李伟",
            "/task 李伟、",
            "/task 李伟和",
            "/task 某某",
        ),
    ),
    Reader(
        "owners",
        lambda text: of_task.named(message(text), GROUP, NOW, NAMES),
        "handlers/work/owners.py",
        ("/task 李伟", "/task 李伟、", "/task 李伟和", "/task @"),
    ),
    Reader("measure", goal_reading.measure, "language/amount.py", ("12", "≥", "95%")),
    Reader("value of a goal", lambda text: goal_reading.value(text, TIMES), "language/amount.py", ("9次，",)),
    Reader("weight", goal_reading.weight, "handlers/work/goal_reading.py", ("30%",)),
    Reader("number of a goal", goal_reading.goal_number, "handlers/work/goal_reading.py", ("#12",)),
    Reader("task to withdraw", leaving.withdrawn_number, "handlers/work/leaving.py", ("撤回", "撤回 3")),
    Reader(
        "name of a party group",
        lambda text: NAMES.find(plain.bounded(text), 0),
        "domain/people/naming/directory.py",
        ("第", "第1党小组"),
    ),
    Reader("terms", of_task.planned, "handlers/work/arguments.py", ("交心得|验收：", "交心得|协同：@", "交心得|资源")),
    Reader("people in a part", of_task.people, "handlers/work/arguments.py", ("李伟 和 ", "李伟 ,;")),
    Reader("answer to a task", result.read, "language/result.py", ("好的，收到", "已经都", "完成了")),
    Reader("words on a result", result.says_something, "language/result.py"),
    Reader("done after all", result.undone, "language/result.py", ("撤销 完成 #", "取消3")),
    Reader("plan", of_task.plan, "handlers/work/arguments.py", ("交心得|标准：", "交心得|成果")),
    Reader("veil", lambda text: veil.without_tokens({"text": text}), "handlers/veil.py", ("/start invite-", "/start@")),
    Reader(
        "thanks",
        lambda text: of_thanks.read(message(text), NAMES, arguments.arguments_begin(plain.bounded(text))),
        "handlers/points/names.py",
        ("/thanks 李伟", "/thanks 李伟、", "/thanks 李伟和", "/thanks @", "/thanks 李伟同志"),
    ),
    Reader("points to add", of_points.AMOUNT.fullmatch, "handlers/points/arguments.py", ("加", "-")),
    Reader("entry to take back", of_points.ENTRY.fullmatch, "handlers/points/arguments.py", ("撤回",)),
    Reader("honour to withdraw", of_honours.WITHDRAWAL.match, "handlers/points/honour.py", ("撤销", "withdraw")),
    Reader(
        "courtesy",
        lambda text: of_courtesy.OPENING.match(text) or of_courtesy.COURTESY.fullmatch(plain.key(text)),
        "language/thanks.py",
        ("谢谢", "thank you", "非常"),
    ),
    Reader("remark", remark.is_remark, "language/remark.py", ("收到", "没有", "好")),
    Reader("suggestion to take back", remark.TAKE_BACK.fullmatch, "language/remark.py", ("撤回", "撤回建议")),
    Reader("words that hide", BETWEEN.split, "handlers/voice/hiding.py", ("，", " ")),
    Reader("suggestion to tag", NUMBERED.fullmatch, "handlers/voice/retagging.py", ("#", "12", "suggestion")),
    Reader("figure of a measure", number_in, "handlers/work/measure_form.py", ("1", "-", "1.")),
    Reader("teams of a match", numbers_in, "handlers/study/match_form.py", ("1、", "，", "100")),
    Reader("tags and words", read_order, "handlers/voice/tags.py", ("+", "-", "，", "新建", "删除")),
    Reader("cue", cue_of, "domain/voice/tags.py", ("...", "…", ".")),
    Reader("suggestion", words_of, "handlers/voice/suggestion.py", ("建议", "建议：", "#")),
    Reader(
        "branch",
        lambda text: done(branch.manage(None, context(text))),
        "handlers/people/branch.py",
        ("/branch 改名 甲", "/branch 移动 甲", "/branch 撤销 甲", "/branch 撤销 甲 人员", "/branch 新建 甲"),
    ),
    Reader(
        "schedule",
        of_schedule.read,
        "handlers/clock/schedule/reading.py",
        ("学习", "免打扰 22:00", "免打扰 22:00 至", "小结 周五", "小结 每"),
    ),
    Reader("option", lambda text: sums_up(text) or names_letters(text), "plain/options.py", ("以上", "A和")),
    Reader("step back", lambda text: forms.BACK.fullmatch(plain.line(text)), "handlers/messaging/form.py", ("‹",)),
    Reader("press", number_pressed, "handlers/action.py", ("task.done:",)),
    Reader(
        "display name",
        lambda text: person_profile(telegram.User(1, text, is_bot=False, last_name=text)),
        "plain/gate.py",
    ),
)
FORMS = tuple(
    Reader(f"form {form.name}.{field.name}", partial(filled, field), "handlers/form.py", ("明天", "王芳", "10023"))
    for feature in handlers.FEATURES
    for form in feature.forms
    for field in form.fields
)
DOMAIN = (
    *(
        Reader(f"setting {name}", setting.read, "domain/admin/setting/model.py", ("Asia/", "9:"))
        for name, setting in SETTINGS.items()
    ),
    Reader("name of a role", role.read, "domain/people/role/model.py"),
    Reader("branch by its name", branch_named, "domain/people/branch/structure.py", ("第1支部/",)),
    Reader("fingerprint", suggestion.fingerprint, "domain/voice/suggestion/model.py", ("1.", "+", "c+", "1%")),
    Reader(
        "options", lambda text: Question("几点？", (text[:100], f"{text[:99]}1", *text.split("|")[:9])), "plain/gate.py"
    ),
    Reader("calendar, CSV", calendar.read_csv, "domain/clock/calendar.py", ("2027-01-01,off,",), (WrongCalendar,)),
    Reader(
        "calendar, TOML",
        calendar.read_toml,
        "domain/clock/calendar.py",
        ("off = [2027-01-01", 'work = ["'),
        (WrongCalendar,),
    ),
    Reader("library", in_library, "domain/study/reading.py", ("2027-01-", "https://a.b/", "picture:"), (WrongLibrary,)),
    Reader("blank of a question", to_blank, "domain/study/telling.py", ("a|", "1±1", "\\|")),
    Reader("pair of a question", to_pair, "domain/study/telling.py", ("a = ", "\\=")),
    Reader("answer of a question", lambda text: to_places([text], ["a", "b"]), "domain/study/telling.py", ("A、",)),
    Reader(
        "beginning of a procedure",
        lambda text: of_procedures.looks_like(text.encode("utf-8", "replace")),
        "sheets/procedure/reader.py",
        ("steps:", "steps ", ",", "步骤,"),
    ),
    Reader(
        "beginning of a library", lambda text: looks_like(text.encode("utf-8", "replace")), "sheets/study/reader.py"
    ),
)
LANGUAGE = (
    *(
        Reader(
            f"rhythm, {module}",
            rhythm.read,
            f"language/rhythm/{module}.py",
            ("每", "每月", "每年1月、", "every ", "每周一", "of every "),
            (DeadlineError,),
        )
        for module in ("reading", "forms", "chinese", "english")
    ),
    Reader("role", holding.key, "domain/work/recurring/holding.py", ("党支部", "中共", "、")),
    Reader("code of a meeting", meeting.code, "language/meeting.py", ("签到码：", "0417")),
    Reader("money of an activity", activities.money, "language/activity.py", ("¥", "1.2 万", "12")),
    Reader("places of an activity", activities.people, "language/activity.py", ("最多 ", "at most ")),
    Reader("what an activity needs", activities.needed, "language/activity.py", ("大客车 8:00-", "8点到")),
    Reader("end of photos", activities.is_done, "language/activity.py", ("完成",)),
    Reader("agenda", meeting.items, "language/meeting.py", ("一、", "1. ", "· ")),
    Reader("who prepares an item", meeting.prepared, "language/meeting.py", ("通报（李伟", "（汇报人：", "(a, ")),
    Reader("who prepares which item", meeting.numbered_names, "language/meeting.py", ("2 李伟、", "3. ")),
    Reader("time of day", meeting.says_clock, "language/meeting.py", ("周五14", "十二点")),
    Reader("length of a training", training.minutes, "language/training.py", ("2 ", "90分", "1.")),
    Reader(
        "quarter", lambda text: training.quarter(text, NOW.date()), "language/training.py", ("2026年第", "Q", "明年")
    ),
    Reader("months of a certificate", training.months, "language/training.py", ("12个", "3")),
    Reader(
        "two days",
        lambda text: of_evaluation.span_in(text, 2026, arguments.BadArguments("evaluation.no_period")),
        "handlers/life/evaluation_form.py",
        ("2026-01-01 ", "年"),
    ),
    Reader(
        "workdays of stages",
        lambda text: of_evaluation.days_in(text, arguments.BadArguments("evaluation.no_period")),
        "handlers/life/evaluation_form.py",
        ("3 5 ",),
    ),
    Reader("numbers of ballots", counts_in, "handlers/life/decision_form.py", ("赞成 8 ", "8 1 ")),
    Reader("points of an evaluation", of_evaluations.points_in, "language/evaluation.py", ("8", " 分", "分")),
    Reader(
        "days of an evaluation",
        lambda text: of_evaluations.dates_in(text, 2026),
        "language/evaluation.py",
        ("2026-12-3", "2026年1月", "/"),
    ),
    Reader("branches of a round", of_rounds.names_in, "language/inspection.py", ("除了 ", "一支部、", "except ")),
    Reader("days of a round", of_rounds.days_in, "language/inspection.py", ("12月1日到", "—", " - ")),
    Reader("pairs of branches", of_rounds.pair_in, "language/inspection.py", ("一支部 查 ", "→", " ")),
    Reader(
        "beginning of a rubric",
        lambda text: looks_like_rubric(text.encode("utf-8", "replace")),
        "handlers/life/rubric_files.py",
        ("[[ criterion", "\n\t"),
    ),
    Reader(
        "line of minutes",
        line_of_minutes,
        "domain/life/meeting/minutes.py",
        ("1. ", "三、", "王芳 周五前"),
        (DeadlineError,),
    ),
    Reader(
        "deadline",
        lambda text: deadline.read(text, NOW),
        "language/deadline/reading.py",
        ("明天", "请", "截止", "(", "周五", "12月", "in "),
        (DeadlineError,),
    ),
    Reader(
        "day",
        lambda text: deadline.read(text, NOW),
        "language/deadline/day.py",
        ("12月5日", "2026-", "下周"),
        (DeadlineError,),
    ),
    *(
        Reader(
            f"deadline, {module}",
            lambda text: deadline.read(text, NOW),
            f"language/deadline/{module}.py",
            heads,
            (DeadlineError,),
        )
        for module, heads in (
            ("dates", ("12月", "二季度", "春节", "Dec ", "26年")),
            ("workdays", ("3个工作日", "本月最后一个", "11月第二个周")),
            ("hours", ("一小时", "1小时五十", "in ")),
            ("following", ("周五", "周五前", "周五到", "周五和", "三四", "请务必", "周五（", "周五 5pm ")),
            ("rules", ("下周",)),
        )
    ),
    Reader(
        "time of day", deadline.time_of_day, "language/deadline/clock.py", ("18:00", "下午", "3点"), (DeadlineError,)
    ),
    Reader(
        "leave",
        lambda text: leave.read(text, TODAY),
        "language/leave.py",
        ("到", "11-24", "11月24日至"),
        (DeadlineError,),
    ),
    Reader("back", leave.is_back, "language/leave.py"),
    *(
        Reader(
            f"plain words, {module}",
            intent.read,
            f"language/intent/{module}.py",
            ("请", "帮我", "把", "/"),
            budget=PLAIN_WORDS,
        )
        for module in ("reading", "phrases")
    ),
    Reader("hazard", hazard.read, "language/hazard.py", ("瓦斯", "2号面", "演练")),
    Reader("similar", lambda text: similar.are_similar(text, text + "。"), "language/similar.py"),
    Reader(
        "copied",
        lambda text: copied.is_copied(copied.core(text + "。", text[:99]), copied.core(text)),
        "language/copied.py",
    ),
    Reader("tags", lambda text: tagger().read(text), "language/words.py", (), (), OFF_THE_LOOP),
)
SHEETS = (
    Reader("cell", cells.text, "sheets/cells.py", ("'", "李")),
    Reader("number in a cell", cells.number, "sheets/cells.py", (), (Unclear,)),
    Reader("number in a cell of a CSV", cells.is_bare, "sheets/cells.py", ('="', "1.", "1,")),
    Reader("names in a cell", people.several_names, "sheets/people.py", ("张伟、", "张伟 ")),
    Reader("numbers in a cell", people.several_numbers, "sheets/people.py", ("10023、", "10,")),
    Reader("status in a cell", partial(people.is_gone, ""), "sheets/people.py", ("已", "离职("), (Unclear,)),
    Reader("telephone in a cell", cells.phone, "sheets/cells.py", ("+86", "010-"), (Unclear,)),
    Reader("day in a cell", cells.day, "sheets/cells.py", ("2026", "2026-11-25", "2026年11月"), (Unclear,)),
    Reader("lines of a CSV", lambda text: reading.read(csv(text)), "sheets/reading.py", (), (reading.WrongFile,)),
    Reader("heading", columns.plain, "sheets/columns.py", ("姓名(",)),
    Reader("kind of a branch", columns.kind_of, "sheets/columns.py"),
    Reader("path of a branch", roster.split, "sheets/roster.py", ("一支部/", "机关、")),
    Reader(
        "row of a roster",
        lambda text: roster.read_roster(csv(text)),
        "sheets/roster.py",
        (),
        (reading.WrongFile,),
        OFF_THE_LOOP,
    ),
    Reader(
        "headings of a roster",
        lambda text: roster.read_roster(headings(text)),
        "sheets/columns.py",
        (),
        (reading.WrongFile,),
        OFF_THE_LOOP,
    ),
    Reader(
        "table",
        lambda text: writing.write([writing.Table("", [writing.Column("", 1)], [[text]])], as_csv=True),
        "plain/gate.py",
    ),
)
SHOWN = (
    Reader("rendered", rendered, "texts/render.py", (), (), 2 * BUDGET),  # a text with three such values
    *(
        Reader(one.__name__, one, "plain/gate.py", (), ())
        for one in (plain.clean, plain.tidy, plain.line, plain.appearance, plain.key)
    ),
)
READERS = (*HANDLERS, *FORMS, *DOMAIN, *LANGUAGE, *SHEETS, *SHOWN)

UNITS = (
    *" \t\n\u00a0\u2003\u3000\u200b\u2028\u2800\ufeff",  # blanks, and what looks like one
    *"09٣一十零百aA号@＠|｜:：,，、;；.。-~～/／>到改月日年周点半T=+#＃",
    *("ﷺ", "\u0301", "\u0301\u0327", "a\u0301", "\U0001d15e", "한", "👨\u200d", "\u202e", "\u200d", "\ufe0f", "İ", "ß"),
    *("年月日", "1年", "12月5日", "周五", "第1号", "1点", "1:", "2026-", "11.24-", "零一", "半小时内", "in 1 "),
    *(
        "@a",
        "@li ",
        "王芳",
        "@王芳、",
        "/a",
        "/a@b",
        "| ",
        "　|",
        "|标准",
        "|截止：",
        "\n|",
        "建议",
        "#建议",
        "人员到",
        ",人",
        "to ",
    ),
    *(
        '"',
        "“",
        "'",
        "'=",
        "(",
        "（",
        "[",
        "【(",
        "((a)",
        "()",
        "[[",
        "{",
        "a.",
        "a=",
        "工号",
        "工号:",
        "书记 ",
        "- ",
        "改为",
        "每 ",
    ),
)
TAIL = "!"


def whole(head: str, unit: str, tail: str) -> str:
    """A text of MAX_CHARS characters: one thing again and again, and at the end what does not fit."""
    room = plain.MAX_CHARS - len(head) - len(tail)
    return f"{head}{unit * (room // len(unit))}{tail}"


def hostile(reader: Reader) -> Iterator[str]:
    """What is fed to a reader: every unit, and behind its own beginnings those of one sign."""
    for unit in UNITS:
        for tail in ("", TAIL):
            yield whole("", unit, tail)
    for head in reader.heads:
        for unit in (one for one in UNITS if len(one) == 1):
            yield whole(head, unit, TAIL)


def pattern_modules(root: Path, *rooms: str) -> set[str]:
    """The modules of rooms that use regular expressions."""
    found = (file for room in rooms for file in (root / room).rglob("*.py"))
    uses = re.compile(r"^import re$|^from re import|\bpattern\(", re.MULTILINE)
    return {file.relative_to(root).as_posix() for file in found if uses.search(file.read_text(encoding="utf-8"))}


def take(reader: Reader, text: str) -> None:
    """Feed a reader; its refusals are answers. Raises whatever else it raises."""
    try:
        reader.read(text)
    except reader.refusals:
        return
