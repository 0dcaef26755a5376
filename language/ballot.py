"""Instructions among the parts of a one-line survey: 多选, 不记名, 截止：周五18:00, “multiple choice”.

An instruction is never an option. What looks like one and is not understood is kept apart (`Ballot.unread`), so that it
can be asked about before anything is posted.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

import plain
from language import deadline
from language.deadline import Working
from language.deadline.working import USUAL

MAX_PIECE_CHARS = 100  # characters; nobody writes a longer instruction
MAX_TEXT_CHARS = 500  # of a question or an option that is searched for instructions; a poll shows fewer
MAX_PARTS = 60  # a poll shows fewer
MAX_IN_QUESTION = 10  # instructions


class Trait(StrEnum):
    """What an instruction says of the votes."""

    ANONYMOUS = "anonymous"
    NAMED = "named"
    MULTIPLE = "multiple"
    SINGLE = "single"


class Order(StrEnum):
    """What is asked for in a reply to a poll."""

    CLOSE = "close"
    WITHDRAW = "withdraw"
    NUDGE = "nudge"


@dataclass(frozen=True, slots=True)
class Ballot:
    """A question with its options and what was said of them; `None` where nothing was said.

    `unread` are the parts that look like instructions and are not understood, or contradict each other. `is_past`: the
    closing time is over.
    """

    question: str
    options: tuple[str, ...]
    anonymous: bool | None = None
    multiple: bool | None = None
    closes_at: datetime | None = None
    unread: tuple[str, ...] = ()
    is_past: bool = False


@dataclass(slots=True)
class _Said:
    """What the instructions of one text say."""

    traits: dict[Trait, str] = field(default_factory=dict)  # with the words that say it
    closings: dict[datetime, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    is_past: bool = False

    def add(self, other: "_Said") -> None:
        self.traits |= other.traits
        self.closings |= other.closings
        self.unread += other.unread
        self.is_past |= other.is_past


_COUNT = r"(?:[0-9]{1,2}|[一二两三四五六七八九十几])"
_USE = r"(?:制|方式|形式|投票|表决|填写|作答|调查|问卷|选择|进行)*"
_TRAITS = (
    (Trait.NAMED, rf"(?:非匿名|不匿名|实名|记名|具名|署名|公开姓名|显示姓名){_USE}"),
    (Trait.NAMED, r"(?:not|non)[- ]?anonymous|named|with names|by name|public (?:vote|poll|voting)"),
    (Trait.ANONYMOUS, rf"(?:匿名|不记名|无记名|不署名|不实名|不具名|不留名|不公开姓名|不显示姓名){_USE}"),
    (Trait.ANONYMOUS, r"anonymous(?:ly)?(?: (?:poll|survey|vote|voting|ballot))?|without names|no names|unnamed"),
    (Trait.ANONYMOUS, r"secret (?:ballot|vote|poll)"),
    (Trait.MULTIPLE, rf"(?:可以?|允许|支持)?(?:多选|复选|多项选择|选多[项个]|选择多[项个])(?:题|{_USE})"),
    (Trait.MULTIPLE, r"不定项(?:选择)?(?:题)?"),
    (Trait.MULTIPLE, r"(?:allow )?multi(?:ple)?[- ]?(?:choices?|answers?|selections?|select|options?)?(?: allowed)?"),
    (Trait.MULTIPLE, r"(?:select|choose|pick|tick|check) (?:all that apply|several|many)"),
    (Trait.SINGLE, rf"(?:只能|仅|限|只)?(?:单选|单项选择)(?:题|{_USE})"),
    (Trait.SINGLE, r"(?:只能|只可|仅可?|仅限|限|只|每人)(?:能|可|限)?(?:选|投)?[一1](?:项|个|票)"),
    (Trait.SINGLE, r"single[- ](?:choice|answer|selection|select)|one (?:answer|choice)(?: only)?"),
    (Trait.SINGLE, r"(?:choose|pick|select) (?:only )?one"),
)
_TRAIT = re.compile("|".join(f"(?P<{trait}_{place}>{words})" for place, (trait, words) in enumerate(_TRAITS)))
_EDGE = re.compile(r"[a-z0-9]")  # after a word in Latin letters none may follow
_BETWEEN = re.compile(r"(?:[^\w(\[【{:?]|并且|且|和|并|,? ?and )*+")
_KEY = re.compile(r"(?:投票|选择|作答|填写|参与|表决)?(?:方式|类型|形式|题型|type|mode) ?: ?")
_YES_OR_NO = re.compile(
    r"(?P<asked>是否)?(?P<what>匿名|不记名|记名|实名|多选|单选|anonymous|multiple(?: choice)?|named)(?P<mark> ?[:=] ?)?"
    r"(?P<yes>是|要|对|开|yes|true|on)?(?P<no>否|不|不要|不是|关|no|false|off)?"
)
_WHAT = {"多": Trait.MULTIPLE, "m": Trait.MULTIPLE, "单": Trait.SINGLE, "匿": Trait.ANONYMOUS, "不": Trait.ANONYMOUS}
_WHAT |= {"a": Trait.ANONYMOUS, "记": Trait.NAMED, "实": Trait.NAMED, "n": Trait.NAMED}
_OPPOSITE = {
    Trait.MULTIPLE: Trait.SINGLE,
    Trait.SINGLE: Trait.MULTIPLE,
    Trait.ANONYMOUS: Trait.NAMED,
    Trait.NAMED: Trait.ANONYMOUS,
}
_CLOSING_MARKED = re.compile(
    r"(?:投票|调查|问卷|收集|征集|回复)?(?:截止|截至|结束|关闭|停止)(?:日期|时间|时刻|期限|日|于|到|至|为|在)? ?: ?"
    r"|(?:poll |survey |voting )?(?:closes?|closing|deadline|ends?|until|due|by)(?: (?:time|date|on|at|by))? ?: ?"
)
_CLOSING = re.compile(
    r"(?:投票|调查|问卷|收集|征集|回复)?(?:截止|截至)(?:日期|时间|时刻|期限|日|于|到|至|为|在)? ?"
    r"|(?:closes?|closing|deadline)(?: (?:time|date))?(?: (?:on|at|by|is))? "
)
_CLOSING_AFTER = re.compile(r"\A(?P<when>.+?) ?(?:投票|调查|问卷)?(?:截止|截至)(?:投票|收集)?")
_LOOKS = re.compile(
    r"(?:投票|调查|问卷|收集|征集|回复)?(?:截止|截至)(?:(?:日期|时间|时刻|期限|日|到|至|于| ?:).*)?"
    r"|deadline\b.*|closing (?:time|date)\b.*"
    # how many may be chosen, which a poll cannot keep
    rf"|(?:可以?|允许|支持|最多|至多|至少|限|只能|必须|请|每人){{0,3}}(?:多?选|投|勾选|选择)"
    rf" ?{_COUNT}(?:[-~至到]{_COUNT})? ?(?:项|个|票|种|条|位)?"
    r"|(?:可以?|允许|支持|最多|至多|至少|限|只能|必须)(?:多选|单选|复选).+"
    rf"|多选\W*(?:最多|至多|至少|不超过|限|{_COUNT}).*"
    rf"|(?:最多|至多|至少|限|不超过) ?{_COUNT} ?(?:项|个选项|票)"
    r"|(?:choose|pick|select|vote for)? ?(?:(?:up to|at most|at least|max(?:imum)?|min(?:imum)?) )?"
    r"(?:[0-9]{1,2}|one|two|three|four) (?:options?|answers?|choices?)"
    r"|(?:choose|pick|select)(?: (?:up to|at most|at least))? (?:[0-9]{1,2}|two|three|four)"
    # what becomes of the result and of votes
    r"|(?:先|暂)?(?:隐藏|不公布|不公开|不显示|保密|公布|公开|显示|延后公布)(?:投票)?(?:结果|票数|得票)"
    r"|(?:投票)?(?:结果|票数)(?:先|暂)?(?:隐藏|不公布|不公开|不显示|保密|公开|可见)"
    r"|(?:hide|show|hidden|secret) (?:the )?results?(?: until .*)?|results? (?:are )?(?:hidden|secret)"
    r"|(?:不可|不能|不得|不许|禁止|允许|可以?)(?:改票|改选|撤票|修改|更改|重复投票|反悔)"
    r"|(?:no|allow) (?:revot(?:e|ing)|changes)"
    r"|必填|必选|必答|选填|required|mandatory|允许添加选项|可添加选项|可自行添加"
    # a name or not, as each likes
    r"|(?:可以?|允许|半|部分|尽量|最好|建议|自愿|自选)(?:选择)?(?:匿名|不记名|无记名|实名|记名|署名)(?:投票|填写|作答)?"
    r"|(?:匿名|不记名|无记名|实名|记名|多选|单选)(?:可选|优先|均可|都行|皆可|吗|吧|\?)+"
    r"|(?:anonymous|multiple|single)(?: optional)? ?\??"
    # other settings
    r"|(?:是否)?(?:匿名|不记名|记名|实名|多选|单选|结果|anonymous|multiple|named|results?) ?[:=].*"
    r"|(?:投票|选择|作答|填写|参与)?(?:方式|类型|形式|规则|要求|题型|对象|范围|备注|说明|注|选项数) ?[:=].*"
    r"|(?:开始|结束|发布|发送|公布|开放|有效|投票|收集|定时|提醒)(?:日期|时间|时长|期限|期)? ?[:=].*"
    r"|(?:closes?|closing|ends?|until|due|by|starts?|opens?|type|mode|rules?|audience)"
    r"(?: (?:time|date|on|at|by))? ?[:=].*"
)
_POLL = "(?:这个|本次|此次|该)?(?:投票|调查|问卷)?"
_ORDER = re.compile(
    rf"(?:请|麻烦)?(?:(?P<close>(?:现在|立即|马上)?(?:提前|现在)?(?:截止|结束|关闭){_POLL}"
    rf"|{_POLL}(?:提前|现在)?(?:截止|结束)吧?|close(?: it| the (?:poll|survey))?(?: now| early)?)"
    rf"|(?P<withdraw>(?:撤回|撤销|撤掉|作废|取消){_POLL}|{_POLL}(?:撤回|撤销|作废)吧?"
    r"|withdraw(?: it| the (?:poll|survey))?)"
    r"|(?P<nudge>(?:提醒|催)(?:一下)?(?:还没投|没投|未投|没有投)(?:票)?(?:的|的人|的同志)?"
    r"|remind (?:the others|them)))"
)
_OPEN, _SHUT = "（(【[［〔{「", "）)】]］〕}」"
_INSIDE = rf"[^{re.escape(_OPEN + _SHUT)}]{{1,{MAX_PIECE_CHARS}}}"
_BRACKETS = rf"[{re.escape(_OPEN)}](?P<in>{_INSIDE})[{re.escape(_SHUT)}]"
# Each begins where the text does and gives nothing back that could not fit otherwise: linear time.
_BRACKET_LAST = re.compile(rf"\A(?P<before>.*?)(?<!\s)\s*+{_BRACKETS}\s*+(?P<mark>[?？!！。.]*+)", re.DOTALL)
_BRACKET_FIRST = re.compile(rf"\s*{_BRACKETS}[\s:：]*(?P<after>.+)", re.DOTALL)
_HEAD = re.compile(rf"\A(?P<in>[^\s:：]{{1,{MAX_PIECE_CHARS}}}+)(?:\s*[:：]\s*|\s+)(?P<after>.+)", re.DOTALL)
_AFTER_MARK = re.compile(r"\A(?P<before>.*[?？!！。；;])\s*+(?P<in>[^?？!！。；;]++)", re.DOTALL)
_TAIL = re.compile(r"\A(?P<before>.*[^\s，,、；;])[\s，,、；;]++(?P<in>[^\s，,、；;]++)", re.DOTALL)


def read(parts: Sequence[str], now: datetime, *, working: Working = USUAL) -> Ballot:
    """Read the parts of a survey: the question, the options, and instructions anywhere among and in them.

    `now` is aware, in the group's zone. What is an option stays as it was written.
    """
    said, reader = _Said(), _Reader(now, working)
    first, *others = parts or [""]
    if sum(part.count("\n") + 1 for part in parts) > MAX_PARTS:
        return Ballot(first.strip(), tuple(others))
    question = _question(_without_lines(first, reader, said), reader, said)
    written = [one for part in others if (one := _without_lines(part, reader, said))]
    options = [one for one in written if not _taken(one, reader, said)]
    said.unread += [inner for one in options if (inner := _instruction_in(one, reader))]
    made = _agreed(question, options, said)
    if len(options) > 1 or not made.unread:
        return made
    open_ones = {*options, *(one for one in written if plain.tidy(one) in made.unread)}
    return replace(made, options=tuple(one for one in written if one in open_ones))  # 匿名 or 实名 may be the question


def read_closing(text: str, now: datetime, *, working: Working = USUAL) -> datetime | None:
    """A closing time alone, with or without 截止; `None` where it is none. Raises DeadlineError."""
    words = _folded(text)
    lead = _CLOSING_MARKED.match(words) or _CLOSING.match(words)
    words = words[lead.end() :] if lead else words
    after = _CLOSING_AFTER.fullmatch(words)
    reading = deadline.read(after["when"] if after else words, now, working=working)
    return None if reading is None or reading.rest else reading.due


def order(text: str) -> Order | None:
    """What a reply to a poll asks for, if that is all that it says."""
    words = _bare(_folded(text)) if len(text) <= MAX_PIECE_CHARS else ""
    found = _ORDER.fullmatch(words)
    return Order(found.lastgroup) if found and found.lastgroup else None


class _Reader:
    """Reads single pieces; `None` for one that is no instruction and does not look like one."""

    def __init__(self, now: datetime, working: Working) -> None:
        self.now, self.working = now, working

    def piece(self, text: str) -> _Said | None:
        """A piece that is instructions and nothing else, or looks like one."""
        if len(text) > MAX_PIECE_CHARS:
            return None
        written, words = plain.tidy(text), _bare(_folded(text))
        if not words:
            return None
        said = self.whole(words, written)
        if said is None and _LOOKS.fullmatch(words):
            return _Said(unread=[written])
        return said

    def whole(self, words: str, written: str) -> _Said | None:
        """A piece that is understood to its end."""
        said = _Said()
        rest = words
        while rest:
            rest = rest[_between(rest) :].lstrip("([【{)]】}")
            if not rest:
                break
            after = self._one(rest, written, said)
            if after is None:
                return None
            rest = after.lstrip(")]】}")
        return said if said.traits or said.closings or said.unread or said.is_past else None

    def _one(self, words: str, written: str, said: _Said) -> str | None:
        """Read the first instruction; what follows it, or `None` where there is none."""
        if key := _KEY.match(words):
            words = words[key.end() :]
        if (answer := _YES_OR_NO.fullmatch(words)) and (answer["asked"] or answer["mark"]):
            return self._yes_or_no(answer, written, said)
        if found := _trait(words):
            trait, end = found
            said.traits[trait] = written
            return words[end:]
        return self._closing(words, written, said)

    def _yes_or_no(self, answer: re.Match[str], written: str, said: _Said) -> str | None:
        trait = _WHAT[answer["what"][0]]
        if bool(answer["yes"]) == bool(answer["no"]):
            return None
        said.traits[trait if answer["yes"] else _OPPOSITE[trait]] = written
        return ""

    def _closing(self, words: str, written: str, said: _Said) -> str | None:
        marked = _CLOSING_MARKED.match(words)
        lead = marked or _CLOSING.match(words)
        after = None if lead else _CLOSING_AFTER.fullmatch(words)
        if lead is None and after is None:
            return None
        when = words[lead.end() :] if lead else str(after and after["when"])
        try:
            reading = deadline.read(when, self.now, working=self.working)
        except deadline.Past:
            said.is_past = True
            return ""
        except deadline.DeadlineError:
            said.unread.append(written)
            return ""
        if reading is None or (after and reading.rest):
            return None
        said.closings[reading.due] = written
        return reading.rest.removesuffix("截止").removesuffix("止")


def _folded(text: str) -> str:
    return plain.line(text).casefold()


def _bare(words: str) -> str:
    """A piece without the brackets around it and the marks at its ends."""
    while words and words[0] in _OPEN and words[-1] in _SHUT:
        words = words[1:-1].strip()
    return words.strip(" ,，、;；。.!！·#*-—_~\"'“”")


def _between(words: str) -> int:
    found = _BETWEEN.match(words)
    return found.end() if found else 0


def _trait(words: str) -> tuple[Trait, int] | None:
    found = _TRAIT.match(words)
    if found is None or found.lastgroup is None:
        return None
    end = found.end()
    if words[end - 1].isascii() and _EDGE.match(words, end):
        return None
    if words[:end] in ("single", "multi"):
        return None
    return Trait(found.lastgroup.split("_")[0]), end


def _without_lines(part: str, reader: _Reader, said: _Said) -> str:
    """A part without those of its lines, after the first, that are instructions."""
    first, *others = part.strip().splitlines() or [""]
    kept = [first, *(one for one in others if not _taken(one, reader, said))]
    return "\n".join(kept).strip()


def _taken(text: str, reader: _Reader, said: _Said) -> bool:
    """Whether a text is instructions, or looks like one; they are added to what is said."""
    found = reader.piece(text)
    if found is not None:
        said.add(found)
    return found is not None


def _question(text: str, reader: _Reader, said: _Said) -> str:
    """A question without the instructions before and after it."""
    for _ in range(MAX_IN_QUESTION if len(text) <= MAX_TEXT_CHARS else 0):
        shorter = _shorter(text, reader, said)
        if shorter is None:
            break
        text = shorter
    return text.strip()


def _shorter(text: str, reader: _Reader, said: _Said) -> str | None:
    for pattern in (_BRACKET_FIRST, _BRACKET_LAST, _AFTER_MARK):
        found = pattern.fullmatch(text)
        if found and (left := _left(found)) and _taken(found["in"], reader, said):
            return left
    for pattern in (_HEAD, _TAIL):
        found = pattern.fullmatch(text)
        if found and (left := _left(found)) and (one := reader.whole(_folded(found["in"]), found["in"])):
            said.add(one)
            return left
    return None


def _left(found: re.Match[str]) -> str:
    groups = found.groupdict()
    return f"{groups.get('before') or ''}{groups.get('after') or ''}{groups.get('mark') or ''}".strip()


def _instruction_in(option: str, reader: _Reader) -> str | None:
    """An option that ends in an instruction, which may be meant for all: 差（匿名）."""
    for pattern in (_BRACKET_LAST, _TAIL) if len(option) <= MAX_TEXT_CHARS else ():
        found = pattern.fullmatch(option)
        if found and _left(found) and reader.whole(_bare(_folded(found["in"])), option):
            return plain.tidy(option)
    return None


def _contradictions(said: _Said) -> Iterator[str]:
    """The words of instructions that contradict each other."""
    for one, other in ((Trait.ANONYMOUS, Trait.NAMED), (Trait.MULTIPLE, Trait.SINGLE)):
        if one in said.traits and other in said.traits:
            yield from (said.traits[one], said.traits[other])
    if len(said.closings) > 1:
        yield from said.closings.values()


def _agreed(question: str, options: Iterable[str], said: _Said) -> Ballot:
    """What is left to do: of two that contradict each other the safer one, and both are asked about."""
    traits = said.traits
    return Ballot(
        question,
        tuple(options),
        anonymous=_either(traits, Trait.ANONYMOUS, Trait.NAMED, safe=True),
        multiple=_either(traits, Trait.MULTIPLE, Trait.SINGLE, safe=False),
        closes_at=next(iter(said.closings)) if len(said.closings) == 1 else None,
        unread=tuple(dict.fromkeys([*said.unread, *_contradictions(said)])),
        is_past=said.is_past,
    )


def _either(traits: Iterable[Trait], yes: Trait, no: Trait, *, safe: bool) -> bool | None:
    given = set(traits)
    if {yes, no} <= given:
        return safe
    return True if yes in given else (False if no in given else None)
