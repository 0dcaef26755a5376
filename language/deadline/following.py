"""Reads the text around a deadline: words that belong to it, the title, and words that make it unclear."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from language.deadline.errors import Unclear
from language.deadline.script import ACTION, AFTER, BEFORE, EDGE, END, NUMBER, ONLY, VERB, WITHIN, pattern


class Next(Enum):
    """What follows a deadline."""

    NOTHING = auto()
    TITLE = auto()
    NOUN = auto()  # the day is the first word of a title: 周三党课签到表
    UNCLEAR = auto()


@dataclass(frozen=True, slots=True)
class Lead:
    """The end of the words before a deadline, and whether they begin a range: 从, 自."""

    end: int
    needs_range: bool


_DUE = (
    r"(?:截[止至](?:时间|日期|日)?|最[迟晚]|至迟|至晚|不得?(?:能|可)?[晚迟]于|不得超过|不超过|限期?"
    r"|期限|时限|完成时(?:间|限)|务必|必须|一定|尽量|力争|争取|确保"
    r"|请|烦请|麻烦|于|在|赶在|应|须|需|要|ddl|deadline|截(?=[0-9周本明今下]))"
)
_LEAD = pattern(
    rf" (?:(?:{_DUE})(?: : )? ){{0,4}}+(?:(?P<from>从|自|from\b|since\b) |[到至] |(?:(?:by|before"
    rf"|until|till|due|on|is|no later than|not later than)\b :? ){{1,3}}+)?"
)
_BETWEEN = pattern(r" (?:的|,|at\b|by\b)? ")
_TAIL = pattern(rf"{BEFORE}|{WITHIN}|{ONLY}|(?<=[0-9]):? at the latest\b")
_TAIL_ACROSS = pattern(rf"\x20(?:{BEFORE}|{WITHIN}|{ONLY})(?:{END})|\x20at the latest\b")
_INCLUDED = pattern(r" \((?:含|包含|包括)(?:当天|当日|本日|该日|当周|[^()不]{0,6})?\)")
_CLOSED = re.compile(r"[前内后止时]$|\b(?:in|within)\b", re.IGNORECASE)
_EDGE = pattern(EDGE)
# Words right after a deadline that are no title and make it unclear: 18:00起, 周五前三天, 明天9点左右, 周五或周六.
_ASK = pattern(
    rf" (?:起(?!草|重|吊|订|步|动|床|降|诉|源|火|名|爆|模|码|锚|航|飞)|开始(?!{VERB})|左右|前后"
    r"|上下|以来|附近|不到|出头"
    rf"|(?:提前|(?<=前)) (?:{NUMBER}|半|几|一两|两三)个? (?:天|日|周|星期|礼拜|小时|分钟|钟头|月|工作日)|{AFTER}|过后"
    r"|(?<=前)(?:最后|第)|的?(?:前|后)一?[天周]|(?:大约|大概|约|估计|可能|或者|还是|暂定|待定))"
)
# The same after a blank, as a word of its own; and a range of hours with 点 only after the last one.
_ASK_ACROSS = pattern(
    r"\x20 (?:(?:起|开始|左右|前后|之后|以后|过后)(?=\s|$)"
    r"|[0-9]{1,2}(?::[0-9]{2})? (?:[到至~-]|to\b) [0-9]{1,2}(?::[0-9]{2})? (?:[点时]|[ap]m\b))"
)
_DAYISH = (
    r"(?:[0-9一二三四五六七八九十]{1,3} [日号点时月:/.]|(?:下|本|这|上)?个?(?:周|星期|礼拜)[一二三四五六日天末]"
    r"|[今明后昨当次]天|[今明后]日|大后天|[今明后][早晚]"
    r"|月底|年底|月末|年末|季度末|上午|下午|中午|晚上|早上|(?:下|本)个?月|春节|国庆|元旦|下周|本周"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow)"
)
_LIST = pattern(
    rf" (?:和|与|及|以及|或|或者|还是|、|/|&|\+|跟|并|and|or|,) (?:{_DAYISH}|[一二三四五六日天](?=\s|$|,|、|和))"
)
_UNTIL = pattern(
    r" (?:起|开始|onwards?)? (?:[(] 含 [)])? (?:一?直?[到至]|[~-]{1,2}|(?:until|till|to|through)\b) (?P<place>)"
)
_MARK = re.compile(r"[^\w\s()/\-~.%&+:,'’]|[,;:](?=\D|$)")
_ABOUT = pattern(
    r"(?P<n>(?:[一二两三四五六七八九十百零半几数多来余若干0-9.个]|[到至~、-](?=[一二两三四五六七八九十0-9])){1,8})(?P<unit>天"
    r"|日|周|星期|礼拜|月|年|小时|钟头|分钟|分|刻钟|工作日|季度)"
    rf"(?:半|多|左右|零?[0-9一二三四五六七八九十半]{{1,3}}(?:个?小时|分钟?|天))? (?P<after>{WITHIN}"
    rf"|{AFTER}|之前|以前|前(?!的)|左右)"
)
_VAGUE = pattern(
    r"(?:春节|国庆|元旦|五一|节|年|假期?|学期|开学|会|汛期|节假日)(?:之后|以后|后)(?![勤台备续])"
    r"|节前|(?:春节|国庆|元旦|五一|端午|中秋|清明)节?(?:小?长?假期?|放假)(?:之前|前|内|后)|年前(?=\s"
    rf"|$|[,。]|{VERB})|(?:农历|阴历|腊月|正月|冬月|大年|年三十|初[一二三四五六七八九十])"
    r"|(?:这|近|过|最近)(?:几|两|两三|三|一两)?天(?:之?内)?(?=\s|$)|近期(?=\s|$)|近日(?=\s|$)|今明(?:两"
    r"|二)?[天日]|(?:晚|早)于|每(?:周|星期|天|日|月|个?工作日|季度|年)(?!之|一|[^\s]{0,2}[题课讲读星])|逢周|隔(?:周|天|日)"
    rf"|[下本上]?个?月初(?=\s|$|{BEFORE}|{VERB})|年初(?=\s|$|{BEFORE}|{VERB})|年中(?=\s|$|{BEFORE}"
    rf"|{VERB})|明年(?=\s|$|{VERB})"
    r"|(?:around|about|after|from|starting|since|every|each) (?:next |this )?(?:mon|tues|wednes"
    r"|thurs|fri|satur|sun)day|(?:after|around|about|from) tomorrow"
)


def lead(text: str, start: int) -> Lead:
    """The words before a deadline."""
    match = _LEAD.match(text, start)
    return Lead(match.end(), bool(match["from"])) if match else Lead(start, needs_range=False)


def was_range(text: str, start: int, end: int) -> bool:
    """Whether the deadline was a range."""
    return _RANGE.search(text, start, end) is not None


_RANGE = re.compile(r"[到至~-]|until|till|to|through", re.IGNORECASE)


def reject_unread(text: str, found: Lead) -> None:
    """Raises Unclear if a text without a readable deadline speaks of a time: 三五天内, 节后, 每周五."""
    match = _ABOUT.match(text, found.end) or _VAGUE.match(text, found.end)
    if match and not re.match(r" *的", text[match.end() :]):
        raise Unclear(match.group().strip())


def between(text: str, end: int) -> int:
    """The place after a day where a time of day may begin."""
    match = _BETWEEN.match(text, end)
    return match.end() if match else end


def english_gap(text: str, end: int) -> int | None:
    """The place after an English time where a day may begin: 5pm Friday, 5 pm on Friday."""
    match = _ENGLISH_GAP.match(text, end)
    return match.end() if match else None


_ENGLISH_GAP = pattern(r"(?<=[a-z0-9.]) ,? (?:on\b|by\b)? (?=[a-z])")


def after_tail(text: str, end: int) -> int:
    """The end of a deadline with the short words that belong to it: 前, 之前, 截止."""
    for form in (_INCLUDED, _TAIL, _TAIL_ACROSS, _INCLUDED):
        if match := form.match(text, end):
            end = match.end()
    return end


def is_closed(written: str) -> bool:
    """Whether a deadline ends in a word that closes it, so that a title may follow without a blank."""
    return bool(_CLOSED.search(written))


def is_edge(text: str, end: int) -> bool:
    """Whether a time that stands alone may end here."""
    return bool(_EDGE.match(text, end))


def until(text: str, end: int) -> int | None:
    """The place where the last day of a range may begin; None if there is no range."""
    match = _UNTIL.match(text, end)
    return match.end() if match else None


def title(text: str, end: int) -> int:
    """The place where the title begins."""
    while end < len(text) and text[end] in " \t\r\n,:、;。!(":
        end += 1
    return end


def what(text: str, end: int, *, is_closed: bool) -> Next:
    """The kind of text after a deadline that ends here."""
    rest = text[end:]
    if not rest.strip():
        return Next.NOTHING
    if _LIST.match(text, end) or _ASK_ACROSS.match(text, end) or _unclear_bracket(text, end, is_closed=is_closed):
        return Next.UNCLEAR
    is_glued = not (rest[0].isspace() or _MARK.match(rest))
    if is_glued and _ASK.match(text, end):
        return Next.UNCLEAR
    if not is_glued or is_closed:
        return Next.TITLE
    return _behind_a_day(text, end)


def _unclear_bracket(text: str, end: int, *, is_closed: bool) -> bool:
    """Whether brackets follow at once that cannot be read: 周五（暂定）."""
    return text[end] == "(" and not (
        is_closed and not re.match(r"\((?:不含|暂定|待定|左右|[^)]*[含周日号月])", text[end:])
    )


_EVENT = re.compile(r"[^\s,，|]{1,8}?(?:之前|以前|前)(?=\s|$|[\u4e00-\u9fff])")
_DOCUMENT = re.compile(
    r"(?:安排|分工|方案|计划|通知|记录|报告|总结|名单|表|单|会|日志|纪要|台账|情况|要求|清单|制度"
    r"|办法|预案|材料|稿|照片|结果|任务|工作|事项|人员"
    r"|主持人|负责人|人|图|册|账|课|班|率|表格|要点|提纲|须知|流程|标准|细则|心得|资料|数据|信息|经费|费用|物资)$"
)


_VERB, _ACTION = re.compile(VERB), re.compile(ACTION)


def _behind_a_day(text: str, end: int) -> Next:
    """A bare day and no blank: with a verb behind it, it is a deadline; with a noun, the title's first word."""
    rest = text[end:]
    first = re.match(r"[^\s,，。;；|]*", rest)
    word = first.group() if first else ""
    verb = _VERB.match(rest)
    if not verb and not (_ACTION.match(rest) and not _DOCUMENT.search(word)):
        return Next.NOUN
    return Next.UNCLEAR if _EVENT.match(rest) else Next.TITLE
