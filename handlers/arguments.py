"""Untrusted text becomes typed values here, or a refusal that says what is wrong and shows a right example."""

import calendar
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from telegram import Message, MessageEntity, User

from domain.ids import TaskId
from domain.messaging.chat import Chat, monday
from domain.people import role as roles
from domain.people.member import Mention
from domain.people.permission import EVERYWHERE, Area, Role
from domain.refusal import Refusal
from domain.report.export import Period
from domain.voice.survey import Question
from domain.work.task import Plan
from handlers.origin import person_profile
from language import deadline

COMMAND = re.compile(r"[/／](?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>\w+))?(?=\s|$)")
NAME = re.compile(r"[@＠]([A-Za-z0-9_]{1,32}|[^\W\d_]{1,24})")
DAY = re.compile(r"([12]\d{3})-(\d{1,2})(?:-(\d{1,2}))?")
MAX_DAYS = 2
MONTH = re.compile(r"(?:(?P<year>20\d\d)[-/.年])?(?P<month>\d{1,2})月?份?")
WEEKS = {"本周": 0, "这周": 0, "this week": 0, "上周": -7, "last week": -7}
MONTHS = {"": 0, "本月": 0, "这个月": 0, "this month": 0, "上月": -1, "上个月": -1, "last month": -1}
BAR = re.compile(r"[|｜]")
NOBODY = ("all", "everyone", "here", "所有人", "全体成员")  # whoever is named answers for the task
BETWEEN_NAMES = " \t\n\u3000,，、"
LABEL = re.compile(r"(标准|成果|standard|outcome)\s*[:：]\s*(.*)", re.IGNORECASE | re.DOTALL)
CLOSING = re.compile(r"(?:截止|截至|closes?)\s*[:：]\s*(.*)", re.IGNORECASE | re.DOTALL)
ANONYMOUS = ("匿名", "anonymous")
NAMED = ("实名", "named", "with names")
IDENTITY = re.compile(
    r"\s*(?:工号|number)?\s*:?\s*(?P<number>[A-Za-z0-9][A-Za-z0-9_-]{0,31})"
    r"(?:[\s,、;]+(?:(?:姓名|name)\s*:?\s*)?(?P<name>.*))?\s*",
    re.IGNORECASE | re.DOTALL,
)
MINUS = re.compile(r"^[-－–—−]")
WITHDRAW = ("-", "－", "–", "—", "−", "撤销", "withdraw", "remove")
WHOLE = ("全企业", "enterprise", "all")
WRONG_DEADLINE = {
    deadline.Reason.PAST: "task.past_deadline",
    deadline.Reason.NO_SUCH_DAY: "task.no_such_day",
    deadline.Reason.NO_SUCH_TIME: "task.no_such_time",
}
MAX_TITLE_CHARS, MAX_PART_CHARS, MAX_NAME_CHARS = 200, 500, 64  # characters
MAX_NUMBER = 2**53


class BadArguments(Refusal):
    """Arguments that cannot be read; `name` is the text that says why."""

    def __init__(self, name: str, **values: object) -> None:
        super().__init__(**values)
        self.text = name  # type: ignore[misc]  # every other refusal has one text for its class


@dataclass(frozen=True, slots=True)
class TaskWanted:
    """What `/task` asks for."""

    mentions: Sequence[Mention]
    due_at: datetime
    plan: Plan


@dataclass(frozen=True, slots=True)
class SurveyWanted:
    """What `/survey` asks for."""

    question: Question
    closes_at: datetime | None


@dataclass(frozen=True, slots=True)
class RoleWanted:
    """What `/roles` asks for: nothing, to see what there is. `over` is a branch's name or a whole area, if said."""

    mention: Mention | None
    role: Role | None
    withdraw: bool
    over: str | Area | None


@dataclass(frozen=True, slots=True)
class AuditWanted:
    """What `/audit` asks for."""

    mention: Mention | None
    since: date | None
    until: date | None


def after_command(text: str) -> str:
    """What follows the command."""
    return COMMAND.sub("", text, count=1).strip()


def visible(text: str) -> str:
    """The text without blanks around it; nothing where it has no character that can be seen."""
    return text.strip() if any(unicodedata.category(sign)[0] not in "CZ" for sign in text) else ""


def number(text: str, usage: str) -> TaskId:
    """A task's number, in any digits. Raises BadArguments."""
    words = text.strip().strip("#＃号")
    if not words.isdecimal() or not 0 < int(words) < MAX_NUMBER:
        raise BadArguments(usage)
    return TaskId(int(words))


def task(message: Message, group: Chat, now: datetime) -> TaskWanted:
    """`@name … DEADLINE TITLE [| 标准：…] [| 成果：…]`; a reply's author is meant where nobody is named.

    Raises BadArguments.
    """
    named, rest = leading_mentions(message)
    bot = message.get_bot().username.lower()
    mentions = [mention for mention in named if mention.name.lower() not in {bot, *NOBODY}]
    answered = answered_person(message)
    if not mentions and answered:
        mentions = [Mention(answered.full_name, person_profile(answered))]
    if not mentions:
        raise BadArguments("task.no_owner")
    due_at, rest = due(rest, group, now)
    return TaskWanted(mentions, due_at, plan(rest))


def answered_person(message: Message) -> User | None:
    """Who wrote the message that this one replies to; in a topic everything replies to the one that opened it."""
    answered = message.reply_to_message
    if answered is None or answered.forum_topic_created or not answered.from_user or answered.from_user.is_bot:
        return None
    return answered.from_user


def identity(text: str, usage: str) -> tuple[str, str]:
    """An employee number, and the name after it, if there is one: `10023 李明`, `工号10023，姓名李明`.

    Raises BadArguments.
    """
    match = IDENTITY.fullmatch(unicodedata.normalize("NFKC", text))
    if match is None or len(match["name"] or "") > MAX_NAME_CHARS:
        raise BadArguments(usage)
    return match["number"], (match["name"] or "").strip()


def first_mention(message: Message) -> Mention | None:
    """Who is named right behind the command."""
    named = leading_mentions(message)[0]
    return named[0] if named else None


def whom(message: Message) -> Mention | None:
    """Somebody else who is named behind the first word, or whose message is replied to."""
    words = after_command(message.text or message.caption or "").partition(" ")[2].strip()
    linked = message.parse_entities([MessageEntity.TEXT_MENTION])
    for entity, named in linked.items():
        if entity.user:
            return Mention(named, person_profile(entity.user))
    name = NAME.match(words)
    if name:
        return Mention(name[1])
    answered = answered_person(message)
    return Mention(answered.full_name, person_profile(answered)) if answered and not words else None


def leading_mentions(message: Message) -> tuple[list[Mention], str]:
    """The people named at the start of a command's arguments, and what follows them."""
    text = message.text or message.caption or ""
    entities = message.parse_entities([MessageEntity.TEXT_MENTION]) or message.parse_caption_entities(
        [MessageEntity.TEXT_MENTION]
    )
    rest = after_command(text)
    found: list[Mention] = []
    while rest:
        rest = rest.lstrip(BETWEEN_NAMES)
        link = next(((e, words) for e, words in entities.items() if words and rest.startswith(words) and e.user), None)
        name = NAME.match(rest)
        if link and link[0].user:
            found.append(Mention(link[1], person_profile(link[0].user)))
            rest = rest[len(link[1]) :]
        elif name:
            found.append(Mention(name[1]))
            rest = rest[name.end() :]
        else:
            break
    return found, rest


def due(text: str, group: Chat, now: datetime) -> tuple[datetime, str]:
    """A deadline at the start of a text, and what follows it. Raises BadArguments."""
    try:
        reading = deadline.read(text, group.local(now))
    except deadline.DeadlineError as error:
        raise BadArguments(WRONG_DEADLINE[error.reason]) from error
    if reading is None:
        raise BadArguments("task.no_deadline")
    return reading.due, reading.rest


def plan(text: str) -> Plan:
    """`TITLE [| 标准：…] [| 成果：…]`. Raises BadArguments."""
    title, *parts = (visible(part) for part in BAR.split(text))
    title = visible(title.lstrip("，,：: \u3000"))
    if not title:
        raise BadArguments("task.no_title")
    _hold_to(title, MAX_TITLE_CHARS)
    said = {"standard": "", "outcome": ""}
    for part in filter(None, parts):
        match = LABEL.fullmatch(part)
        if match is None:
            raise BadArguments("task.unknown_part", part=part)
        _hold_to(match[2], MAX_PART_CHARS)
        said["standard" if match[1].lower() in ("标准", "standard") else "outcome"] = match[2].strip()
    return Plan(title, **said)


def _hold_to(words: str, most: int) -> None:
    if len(words) > most:
        raise BadArguments("task.too_long", length=len(words), most=most)


def survey(text: str, group: Chat, now: datetime) -> SurveyWanted:
    """`QUESTION | OPTION | OPTION … [| 匿名] [| 截止：…]`. Raises BadArguments and the refusals of Question."""
    question, *parts = (visible(part) for part in BAR.split(text))
    if not question:
        raise BadArguments("survey.no_question")
    closes_at, options, anonymous = None, [], False
    for part in filter(None, parts):
        closing = CLOSING.fullmatch(part)
        if closing:
            closes_at = _closing(closing[1], group, now)
        elif part.lower() in ANONYMOUS:
            anonymous = True
        else:
            options.append(part)
    return SurveyWanted(Question(question, tuple(options), anonymous), closes_at)


def _closing(text: str, group: Chat, now: datetime) -> datetime:
    try:
        reading = deadline.read(text, group.local(now))
    except deadline.DeadlineError as error:
        raise BadArguments("survey.bad_closing") from error
    if reading is None or reading.rest:
        raise BadArguments("survey.bad_closing")
    return reading.due


def role(message: Message) -> RoleWanted:
    """`[@name] [-]ROLE [BRANCH]` or `[@name] 撤销 [ROLE]`; a reply's author is meant where nobody is named.

    Raises BadArguments.
    """
    named, rest = leading_mentions(message)
    bot = message.get_bot().username.lower()
    mention = next((one for one in named if one.name.lower() != bot), None)
    answered = answered_person(message)
    if mention is None and answered:
        mention = Mention(answered.full_name, person_profile(answered))
    words = MINUS.sub(r" \g<0> ", rest.strip(), count=1).split()
    withdraw = any(word in WITHDRAW for word in words)
    words = [word for word in words if word not in WITHDRAW]
    wanted = next((found for found in (roles.read(" ".join(words[:2])), *map(roles.read, words[:1])) if found), None)
    if words and wanted is None:
        raise BadArguments("role.no_such_role", words=words[0])
    both = wanted is not None and roles.read(" ".join(words[:2])) is not None and len(words) > 1
    over = " ".join(words[2 if both else 1 :])
    return RoleWanted(mention, wanted, withdraw, EVERYWHERE if over.lower() in WHOLE else over or None)


def gives_up(message: Message) -> bool:
    """Whether `/roles` is about giving up a role of one's own: `/roles -书记`, with nobody or oneself named."""
    try:
        wanted = role(message)
    except BadArguments:
        return False
    own = message.from_user
    if not wanted.withdraw or own is None:
        return False
    if wanted.mention is None:
        return True
    named, person = wanted.mention.name.lower(), wanted.mention.person
    return person.platform_id == own.id if person else named == (own.username or "").lower()


def audit(message: Message) -> AuditWanted:
    """`[@name] [DAY [DAY]]`: a day is 2026-11-05, or a whole month 2026-11. Raises BadArguments."""
    named, rest = leading_mentions(message)
    words = rest.split()
    spans = [_days(word) for word in words]
    if len(spans) > MAX_DAYS:
        raise BadArguments("audit.usage")
    since, until = (spans[0][0], spans[-1][1]) if spans else (None, None)
    return AuditWanted(named[0] if named else None, since, until)


def _days(word: str) -> tuple[date, date]:
    """The first and the last day of what is a day or a month. Raises BadArguments."""
    match = DAY.fullmatch(word)
    try:
        if match is None:
            raise BadArguments("audit.usage")
        year, month = int(match[1]), int(match[2])
        if match[3]:
            day = date(year, month, int(match[3]))
            return day, day
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    except (ValueError, calendar.IllegalMonthError) as error:
        raise BadArguments("audit.usage") from error


def period(text: str, today: date) -> Period:
    """`10月`, `2026-10`, `本周`; nothing means this month, and a month without its year the last that has begun.

    Raises BadArguments.
    """
    words = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    if words in WEEKS:
        first = monday(today) + timedelta(days=WEEKS[words])
        return Period(first, first + timedelta(days=6))
    if words in MONTHS:
        return _month(today.year, today.month + MONTHS[words])
    match = MONTH.fullmatch(words.replace(" ", ""))
    if match is None or not 1 <= int(match["month"]) <= 12 or words.isdecimal():  # noqa: PLR2004 - months of a year
        raise BadArguments("export.usage")
    month = int(match["month"])
    year = int(match["year"] or today.year - (month > today.month))
    return _month(year, month)


def _month(year: int, month: int) -> Period:
    """A month; the one before January is December."""
    if month < 1:
        year, month = year - 1, 12
    return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
