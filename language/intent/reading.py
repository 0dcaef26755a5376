"""Reads plain words: exact phrases first, then phrases with arguments, then similar ones, which are asked about."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache

from language.intent import looking, signs
from language.intent.distance import steps
from language.intent.looking import MIN_TOPIC, reached, without
from language.intent.phrases import Kind, Pattern, Phrases, Pieces, declared, general
from language.intent.signs import Signs

LONG_WORD = 7  # letters of a word in which two slips are forgiven
MIN_WORD = 4  # letters of a Latin word that somebody may have misspelt
LATIN = re.compile(r"[a-z ]+")
PINYIN = re.compile(r"[a-z0-9 ]+")
MAX_SPANS = 150  # more places where words of courtesy may end: the text is nothing else
DIGITS = re.compile(r"[0-9]{20}|[0-9][0-9./:~-]{35}")  # too long for the number of a task or a person, or for days
MIN_SPELT = 6  # letters of an order in pinyin
SLASH = re.compile(r"\s*+[/／]")
# The person who is spoken to, before a mark: 李书记您好，…
ADDRESS = re.compile(
    r"\s*(?:[^\W\d_a-zA-Z]{0,3}(?:书记|主任|领导|老师|经理|部长|组长|班长|管理员|助手|机器人)(?:您好|你好|好)?|您好|你好|早上好|上午好|下午好|晚上好|早|报告|麻烦您?|麻烦问一下|"
    r"请问一?下?|不好意思|打扰一?下?了?|辛苦了?|hi|hello)[\s,，:：!！。、~～]+",
    re.IGNORECASE,
)
CLAUSES = re.compile(r"[\n,，。;；!！?？]+")
MAX_CLAUSES = 3
LEAVE_SIGNS = 9  # 请明天下午的事假
SEPARATORS = " \t\n\u3000:：,，、;；—-–。."


@dataclass(frozen=True, slots=True)
class Intent:
    """A command (without slash) and its arguments, `rest`.

    `place` is where the arguments begin in the text; `None` if they are not one piece of it. If it is not `sure`, the
    bot asks before it does anything.
    """

    command: str
    rest: str = ""
    sure: bool = True
    place: int | None = None


def read(text: str) -> Intent | None:
    """The meaning of plain words; `None` if they are neither an order nor a question to the bot."""
    slash = SLASH.match(text)
    begin = slash.end() if slash else 0
    found = _read_from(text, begin)
    address = None if found else ADDRESS.match(text, begin)
    return _read_from(text, address.end()) if address else found


def _read_from(text: str, begin: int) -> Intent | None:
    found = _read(text[begin:])
    if found is None or found.place is None:
        return found
    return replace(found, place=found.place + begin)


def _read(text: str) -> Intent | None:
    written = signs.read(text)
    if not written.signs or DIGITS.search(written.signs):
        return None
    if twice := _said_twice(written.signs):
        return _exact(signs.read(twice))
    return (
        _exact(written) or _by_sound(written) or _about(written.signs) or _in_clauses(written.text) or _close(written)
    )


def _said_twice(words: str) -> str | None:
    """The half of a text that says the same twice, as 积分积分 does."""
    half = words[: len(words) // 2]
    return half if len(half) >= MIN_TOPIC and half + half == words and not words.isdecimal() else None


def _exact(written: Signs) -> Intent | None:
    words = written.signs
    for one in declared():
        if any(pattern.pattern.fullmatch(words) for pattern in one.never):
            return None
    if found := _whole(written, sure=True) or _opened(written):
        return found
    if command := looking.exact(words):
        return Intent(command)
    if found := _whole(written, sure=False):
        return found
    if command := _asked_how(words):
        return Intent(command)
    command = looking.loose(words)
    return Intent(command, sure=False) if command else None


def _about(words: str) -> Intent | None:
    command = looking.about(words)
    return Intent(command, sure=False) if command else None


def _in_clauses(text: str) -> Intent | None:
    """The only look-up among clauses without a meaning: 今天还没学，学习内容在哪. It is asked about."""
    clauses = [one.signs for one in map(signs.read, CLAUSES.split(text, MAX_CLAUSES)) if one.signs]
    if not 1 < len(clauses) <= MAX_CLAUSES:
        return None
    found = {command for one in clauses if len(one) > MIN_TOPIC and (command := looking.exact(one))}
    return Intent(found.pop(), sure=False) if len(found) == 1 else None


def _by_sound(written: Signs) -> Intent | None:
    """The meaning once signs are replaced by the usual ones of the same sound: 机分, 请嫁到周五."""
    _, meant = signs.sounds()
    words = written.signs.translate(meant)
    if words == written.signs:
        return None
    found = _exact(replace(written, signs=words))
    return replace(found, sure=False) if found else None


def _whole(written: Signs, *, sure: bool) -> Intent | None:
    words, spans = written.signs, _Spans(written.signs)
    for phrases in declared():
        for one in phrases.whole:
            if one.sure is sure and (match := _matched(one, words, spans.of(phrases))):
                return _intent(one, match, written)
    return None


def _asked_how(words: str) -> str | None:
    """The command that somebody asks how or where to use: 怎么请假, 建议在哪提."""
    spans = list(_without_how(words))
    for phrases in declared() if spans else ():
        plain = [one for one in phrases.whole if phrases.guided and one.sure and not one.rest]
        for span in spans:
            if any((match := one.pattern.fullmatch(words, *span)) and not any(match.groups()) for one in plain):
                return phrases.command
    return None


def _without_how(words: str) -> Iterator[tuple[int, int]]:
    shared = general()
    for start, end in _between(words, (shared["order"],), (shared["order_end"], shared["asked"])):
        yield from ((start + len(one), end) for one in shared["how"] if words.startswith(one, start, end))
        yield from ((start, end - len(one)) for one in shared["how_end"] if words.endswith(one, start, end))


def _matched(one: Pattern, words: str, spans: Sequence[tuple[int, int]]) -> re.Match[str] | None:
    return next((match for span in spans if (match := one.pattern.fullmatch(words, *span))), None)


class _Spans:
    """The parts of a text that may be an order: all of it, or what words of courtesy enclose."""

    def __init__(self, words: str) -> None:
        self._words = words
        self._found: dict[tuple[Pieces, Pieces], list[tuple[int, int]]] = {}

    def of(self, phrases: Phrases) -> list[tuple[int, int]]:
        """The spans for one command; most commands share their words."""
        key = (phrases.before, phrases.after)
        if key not in self._found:
            self._found[key] = _between(self._words, phrases.before, phrases.after)
        return self._found[key]


def _between(words: str, before: Pieces, after: Pieces) -> list[tuple[int, int]]:
    """The spans between words of courtesy. In 请假 the 请 is not courtesy."""
    backwards = reached({0}, words[::-1], tuple(map(_reversed, after)))
    starts = reached({0}, words, without(before, _no_courtesy(words)))
    if len(starts) * len(backwards) > MAX_SPANS:
        return [(0, len(words))]
    return [(start, len(words) - back) for start in sorted(starts) for back in sorted(backwards)]


def _no_courtesy(words: str) -> frozenset[str]:
    begin = words.find("请")
    return frozenset("请") if begin >= 0 and "假" in words[begin : begin + LEAVE_SIGNS] else frozenset()


@cache
def _reversed(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word[::-1] for word in words)


def _intent(one: Pattern, match: re.Match[str], written: Signs) -> Intent:
    spans = [match.span(number) for number in range(1, match.re.groups + 1) if match[number]]
    if not spans:
        return Intent(one.command, one.rest, one.sure)
    rest = "".join(written.between(*span) for span in spans)
    place = written.places[spans[0][0]] if len(spans) == 1 else None
    return Intent(one.command, rest.strip(), one.sure, place)


def _opened(written: Signs) -> Intent | None:
    """An order with any words after it: 提个建议 食堂早点开门."""
    shared = general()
    starts = {start for start, _ in _between(written.signs, (shared["order"],), (shared["order_end"],))}
    for phrases in declared():
        for one in (*phrases.opened, *phrases.joined):
            for start in starts:
                match = one.pattern.match(written.signs, start)
                found = match and _with_words(one, match, written, at_once=one in phrases.joined)
                if found:
                    return found
    return None


def _with_words(one: Pattern, match: re.Match[str], written: Signs, *, at_once: bool) -> Intent | None:
    place = written.place_after(match.end())
    rest = written.text[place:].lstrip(SEPARATORS)
    begins = len(written.text) - len(rest)
    if not rest or (begins == place and not (at_once and _goes_on(rest))):
        return None
    first = match[1] if match.re.groups else None
    if first is None:
        return Intent(one.command, rest.rstrip(), one.sure, begins)
    start = written.places[match.start(1)]
    if match.end(1) == match.end():
        return Intent(one.command, written.text[start:].rstrip(), one.sure, start)
    return Intent(one.command, f"{written.between(*match.span(1)).strip()} {rest.rstrip()}", one.sure)


def _goes_on(rest: str) -> bool:
    """Whether words right after an order may be its arguments: 食堂… after 提个建议, but not 的人."""
    return rest[0] not in "的了吗呢吧啊呀都不没也是会要就很真好被?？"


def _close(written: Signs) -> Intent | None:
    """A command whose words are nearly written: by pinyin, with a slip, or misspelt."""
    words = written.signs
    if PINYIN.fullmatch(words) and (command := _order_by_pinyin(words) or _look_by_pinyin(words.replace(" ", ""))):
        return Intent(command, sure=False)
    if not LATIN.fullmatch(words):
        found = _slips().get(words, frozenset())
        return Intent(min(found), sure=False) if len(found) == 1 else None
    known = {word: one.command for one in looking.looks() for word in (one.command, *one.topics) if word.isascii()}
    names = nearest(words, known)
    return Intent(known[names[0]], sure=False) if names else None


@cache
def _slips() -> Mapping[str, Set[str]]:
    """Common phrases with one sign left out, or with two neighbouring signs swapped, and their commands."""
    found: dict[str, set[str]] = {}
    for phrase, command in _known().items():
        for place in range(len(phrase)):
            start, one, end = phrase[:place], phrase[place], phrase[place + 1 :]
            for slip in (start + end, start + end[:1] + one + end[1:]):
                found.setdefault(slip, set()).add(command)
    return found


@cache
def _known() -> dict[str, str]:
    """Common phrases of four signs or more that ask for a look-up, and their commands."""
    mine = {f"我的{topic}": one.command for one in looking.looks() for topic in one.topics}
    own = {topic: one.command for one in looking.looks() for topic in one.topics}
    return {
        phrase: command for phrase, command in (mine | own).items() if len(phrase) >= MIN_WORD and not phrase.isascii()
    }


def _order_by_pinyin(words: str) -> str | None:
    """An order that begins with its topic in pinyin: wan cheng 12, qingjia dao zhouwu."""
    pieces = re.findall(r"[a-z]+|[0-9]+", words)
    heads = ("".join(pieces[:count]) for count in range(1, len(pieces) + 1))
    return next((orders[head] for head in heads if head in orders), None) if (orders := _orders_spelt()) else None


@cache
def _orders_spelt() -> Mapping[str, str]:
    known = {sound: one.command for one in declared() if one.kind is not Kind.LOOK for sound in _spelt(one.topics)}
    return {sound: command for sound, command in known.items() if len(sound) >= MIN_SPELT}


def _look_by_pinyin(words: str) -> str | None:
    """A look-up in pinyin: jifen, wo de renwu you na xie."""
    found = {command for command, parts in _looks_spelt().items() if _made_of(words, *parts)}
    return found.pop() if len(found) == 1 else None


def _made_of(words: str, before: Pieces, topics: Set[str], after: Pieces) -> bool:
    starts = reached({0}, words, before, whole_words=False)
    ends = {start + len(one) for start in starts for one in topics if words.startswith(one, start)}
    return len(words) in reached(ends, words, after, whole_words=False)


@cache
def _looks_spelt() -> Mapping[str, tuple[Pieces, Set[str], Pieces]]:
    found: dict[str, tuple[Pieces, Set[str], Pieces]] = {}
    for one in looking.looks():
        topics = frozenset(topic for topic in one.topics if len(topic) > 1)
        found[one.command] = (_all_spelt(one.before), _spelt(topics), _all_spelt(one.after))
    return found


def _all_spelt(pieces: Pieces) -> Pieces:
    return tuple(map(_spelt, pieces))


@cache
def _spelt(words: frozenset[str]) -> frozenset[str]:
    """Words in pinyin; without those that have a sign of unknown sound."""
    spelling, _ = signs.sounds()
    return frozenset(
        "".join(spelling[sign] for sign in word) for word in words if all(sign in spelling for sign in word)
    )


def nearest(name: str, among: Iterable[str]) -> tuple[str, ...]:
    """The known words that a misspelt Latin one may mean, the nearest first: tsaks, ponits."""
    if len(name) < MIN_WORD or " " in name:
        return ()
    slips = {word: steps(name, word) for word in among if len(word) >= MIN_WORD and word[0] == name[0]}
    close = [word for word, count in slips.items() if count <= (1 if len(word) < LONG_WORD else 2)]
    return tuple(sorted(close, key=lambda word: slips[word]))


def near(text: str) -> tuple[str, ...]:
    """Commands whose topics a text names although it is not understood, the longest topic first."""
    words = signs.read(text).signs
    known = general()["before"] | general()["after"]
    found = {
        one.command: max((len(topic) for topic in one.topics if _names(topic, words)), default=0)
        for one in declared()
        if one.topics - known
    }
    return tuple(sorted((one for one in found if found[one]), key=lambda one: -found[one]))


def _names(topic: str, words: str) -> bool:
    return len(topic) >= MIN_TOPIC and (topic in words.split(" ") if topic.isascii() else topic in words)
