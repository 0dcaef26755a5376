"""Reads plain words: exact phrases first, then those with arguments, then close ones, which are asked about."""

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache

from language.intent import looking, signs
from language.intent.distance import steps
from language.intent.looking import MIN_TOPIC, reached
from language.intent.phrases import Kind, Pattern, declared, general
from language.intent.signs import Signs

LONG_WORD = 7  # letters of a word in which two slips are forgiven
MIN_WORD = 4  # letters of a Latin word that somebody may have misspelt
LATIN = re.compile(r"[a-z ]+")
SLASH = re.compile(r"\s*+[/／]")
LEAVE_SIGNS = 9  # 请明天下午的事假
SEPARATORS = " \t\n\u3000:：,，、;；—-–。."


@dataclass(frozen=True, slots=True)
class Intent:
    """A command (without slash) and the arguments that remain.

    `place` is where they stand in the text; `None` where they do not stand there as they are. What is not `sure` is
    asked about before anything is done.
    """

    command: str
    rest: str = ""
    sure: bool = True
    place: int | None = None


def read(text: str) -> Intent | None:
    """What plain words mean; `None` where they are no order and no question to the bot."""
    slash = SLASH.match(text)
    cut = slash.end() if slash else 0
    found = _read(text[cut:])
    if found is None or found.place is None:
        return found
    return replace(found, place=found.place + cut)


def _read(text: str) -> Intent | None:
    written = signs.read(text)
    if not written.signs:
        return None
    return _exact(written) or _by_sound(written) or _about(written.signs) or _close(written)


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
    command = looking.loose(words)
    return Intent(command, sure=False) if command else None


def _about(words: str) -> Intent | None:
    command = looking.about(words)
    return Intent(command, sure=False) if command else None


def _by_sound(written: Signs) -> Intent | None:
    """The same with the signs that are meant where others sound the same: 机分, 请嫁到周五."""
    _, meant = signs.sounds()
    words = written.signs.translate(meant)
    if words == written.signs:
        return None
    found = _exact(replace(written, signs=words))
    return replace(found, sure=False) if found else None


def _whole(written: Signs, *, sure: bool) -> Intent | None:
    spans = {kind: _courteous(written.signs, kind) for kind in Kind}
    for phrases in declared():
        for one in phrases.whole:
            if one.sure is sure and (match := _matched(one, written.signs, spans[phrases.kind])):
                return _intent(one, match, written)
    return None


def _matched(one: Pattern, words: str, spans: Sequence[tuple[int, int]]) -> re.Match[str] | None:
    return next((match for span in spans if (match := one.pattern.fullmatch(words, *span))), None)


def _courteous(words: str, kind: Kind) -> list[tuple[int, int]]:
    """What may be an order: all, or what is between words of courtesy. 请 is none in 请假; a question is no order."""
    shared = general()
    asks = kind is not Kind.ACT
    before = shared["order"] | (shared["can"] if asks else frozenset())
    after = shared["order_end"] | (shared["asked"] if asks else frozenset())
    backwards = reached({0}, words[::-1], _reversed(after))
    starts = reached({0}, words, before - _no_courtesy(words))
    return [(start, len(words) - back) for start in sorted(starts) for back in sorted(backwards)]


def _no_courtesy(words: str) -> Set[str]:
    begin = words.find("请")
    return {"请"} if begin >= 0 and "假" in words[begin : begin + LEAVE_SIGNS] else frozenset()


@cache
def _reversed(pieces: Set[str]) -> Set[str]:
    return frozenset(piece[::-1] for piece in pieces)


def _intent(one: Pattern, match: re.Match[str], written: Signs) -> Intent:
    spans = [match.span(number) for number in range(1, match.re.groups + 1) if match[number]]
    if not spans:
        return Intent(one.command, one.rest, one.sure)
    rest = "".join(written.between(*span) for span in spans)
    place = written.places[spans[0][0]] if len(spans) == 1 else None
    return Intent(one.command, rest.strip(), one.sure, place)


def _opened(written: Signs) -> Intent | None:
    """An order with words of any kind after it: 提个建议 食堂早点开门."""
    starts = {start for start, _ in _courteous(written.signs, Kind.ACT)}
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
    begins = written.places[match.start(1)] if match.re.groups else begins
    return Intent(one.command, written.text[begins:].rstrip(), one.sure, begins)


def _goes_on(rest: str) -> bool:
    """Whether words that follow an order at once may be its arguments: 提个建议 食堂…, not 提个建议的人."""
    return rest[0] not in "的了吗呢吧啊呀都不没也是会要就很真好被?？"


def _close(written: Signs) -> Intent | None:
    """A look-up or a guided way that was nearly written."""
    words = written.signs
    if not LATIN.fullmatch(words):
        found = {one for phrase, one in _known().items() if _slipped(words, phrase)}
        return Intent(found.pop(), sure=False) if len(found) == 1 else None
    if (command := _spelt().get(words.replace(" ", ""))) is not None:
        return Intent(command, sure=False)
    known = {word: one.command for one in looking.looks() for word in (one.command, *one.topics) if word.isascii()}
    names = nearest(words, known)
    return Intent(known[names[0]], sure=False) if names else None


def _slipped(words: str, phrase: str) -> bool:
    """Whether a phrase lacks one sign, or two of its signs have changed places."""
    lacking = len(words) + 1 == len(phrase)
    return (lacking or len(words) == len(phrase)) and steps(words, phrase, replacing=False) == 1


@cache
def _known() -> dict[str, str]:
    """Common whole phrases of four signs or more by which look-ups are asked for."""
    mine = {f"我的{topic}": one.command for one in looking.looks() for topic in one.topics}
    own = {topic: one.command for one in looking.looks() for topic in one.topics}
    return {
        phrase: command for phrase, command in (mine | own).items() if len(phrase) >= MIN_WORD and not phrase.isascii()
    }


@cache
def _spelt() -> dict[str, str]:
    """Look-ups as they are spelt in pinyin."""
    spelling, _ = signs.sounds()
    found: dict[str, str] = {}
    for one in looking.looks():
        for topic in one.topics:
            if len(topic) >= MIN_TOPIC and all(sign in spelling for sign in topic):
                sound = "".join(spelling[sign] for sign in topic)
                found |= {sound: one.command, f"wode{sound}": one.command, f"kan{sound}": one.command}
    return found


def nearest(name: str, among: Iterable[str]) -> tuple[str, ...]:
    """Latin words that somebody may have meant with another one, nearest first: tsaks, ponits."""
    if len(name) < MIN_WORD or " " in name:
        return ()
    slips = {word: steps(name, word) for word in among if len(word) >= MIN_WORD and word[0] == name[0]}
    close = [word for word, count in slips.items() if count <= (1 if len(word) < LONG_WORD else 2)]
    return tuple(sorted(close, key=lambda word: slips[word]))


def near(text: str) -> tuple[str, ...]:
    """Commands that a text which is not understood may be about, the surest first: its words name them."""
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
