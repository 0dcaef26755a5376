"""A question as plain Chinese text, as GIFT, as Aiken and as Moodle XML."""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from sheets.questionnaire.words import one_line
from sheets.questions import html, spoken
from sheets.questions.collecting import LETTERS, letters
from sheets.questions.found import CHOICES, Kind, Question

NAME_CHARS = 60
TOP = "$course$/top"
MOODLE_KINDS = {
    Kind.SINGLE: "multichoice",
    Kind.MULTIPLE: "multichoice",
    Kind.TRUE_FALSE: "truefalse",
    Kind.FILL_IN: "shortanswer",
    Kind.MATCHING: "matching",
    Kind.ORDERING: "ordering",
}


def as_chinese(one: Question, at: int) -> str:
    """`1．【单选题】…`, its options and answer, each on a line, and an empty line."""
    lines = [f"{at}．【{spoken.NAMES['zh'][one.kind]}】{one.text}"]
    lines += [f"{LETTERS[place]}．{option}" for place, option in enumerate(one.options)]
    lines += [_tagged("pair", f"{left}——{right}") for left, right in one.pairs]
    lines += [_tagged("distractor", side) for side in one.distractors]
    if one.kind is not Kind.MATCHING:
        lines.append(_tagged("answer", answer_of(one, "zh")))
    if one.tolerance is not None:
        lines.append(_tagged("tolerance", f"{one.tolerance:f}"))
    for tag, said in (
        ("source", one.source), ("topic", one.topic), ("code", one.code), ("explanation", one.explanation)
    ):  # fmt: skip
        lines += [_tagged(tag, said)] if said else []
    return "\n".join([*lines, ""])


def _tagged(tag: str, said: str) -> str:
    return f"{spoken.WRITE[tag]}：{said}"


def answer_of(one: Question, language: str) -> str:
    """The right answer in words; a matching has none beside its pairs."""
    if one.kind in CHOICES:
        return letters(one.right)
    if one.kind is Kind.TRUE_FALSE:
        word = ("true", "false")[one.right[0]]
        return spoken.WRITE[word] if language == "zh" else word
    if one.kind is Kind.ORDERING:
        return letters(range(len(one.options)))
    return "；".join("|".join(blank) for blank in one.blanks)


def as_aiken(one: Question) -> str:
    """A question, its options and `ANSWER:`, and an empty line."""
    options = [f"{LETTERS[place]}. {option}" for place, option in enumerate(one.options)]
    return "\n".join([one.text, *options, f"ANSWER: {letters(one.right)}", ""])


def in_gift(questions: Sequence[Question]) -> str:
    """A GIFT file."""
    topic, parts = "", []
    for one in questions:
        if one.topic != topic:
            topic = one.topic
            parts.append(f"$CATEGORY: {_path(topic)}\n")
        parts.append(as_gift(one))
    return "\n".join(parts)


def _path(topic: str) -> str:
    return f"{TOP}/{topic.replace('/', '//')}" if topic else TOP


def as_gift(one: Question) -> str:
    """One question, and an empty line."""
    head = f"// source: {one.source}\n" if one.source else ""
    title = f"::{_gift(one.code)}::" if one.code else ""
    said = (one.text, one.explanation, *one.options, *(side for pair in one.pairs for side in pair), *one.distractors)
    guarded = one.text.startswith(("[", "//", "$")) or any(map(html.looks_like_html, said))
    mark = "[plain]" if guarded else ""
    explanation = f"####{_gift(one.explanation)}\n" if one.explanation else ""
    answers = "".join(f"{line}\n" for line in _gift_answers(one))
    return f"{head}{title}{mark}{_gift(one.text)} {{{answers}{explanation}}}\n"


def _gift(text: str) -> str:
    return "".join(f"\\{sign}" if sign in "~=#{}:\\" else sign for sign in text).replace("\n", "\\n")


def _gift_answers(one: Question) -> Iterator[str]:
    match one.kind:
        case Kind.TRUE_FALSE:
            yield ("TRUE", "FALSE")[one.right[0]]
        case Kind.SINGLE:
            yield from (f"{'=' if place in one.right else '~'}{_gift(text)}" for place, text in enumerate(one.options))
        case Kind.MULTIPLE:
            yield from (f"~%{_share(one, place)}%{_gift(text)}" for place, text in enumerate(one.options))
        case Kind.MATCHING:
            yield from (f"={_gift(left)} -> {_gift(right)}" for left, right in one.pairs)
            yield from (f"= -> {_gift(right)}" for right in one.distractors)
        case Kind.ORDERING:
            yield f">{len(one.options)} ALL"
            yield from map(_gift, one.options)
        case Kind.FILL_IN if one.tolerance is not None:
            yield f"#{one.blanks[0][0]}:{one.tolerance:f}"
        case _:
            yield from (f"={_gift(word)}" for word in one.blanks[0])


def _share(one: Question, place: int) -> str:
    """The share of an option in the points, in per cent, as Moodle has it: what is wrong takes all of them."""
    return f"{100 / len(one.right):.5f}".rstrip("0").rstrip(".") if place in one.right else "-100"


def in_moodle(questions: Sequence[Question]) -> str:
    """A Moodle XML."""
    topic, parts = "", ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    for one in questions:
        if one.topic != topic:
            topic = one.topic
            parts.append(f'<question type="category"><category>{_text(_path(topic))}</category></question>')
        parts.append(as_moodle(one))
    return "\n".join([*parts, "</quiz>", ""])


def as_moodle(one: Question) -> str:
    """One `<question>`."""
    kind = "numerical" if one.tolerance is not None else MOODLE_KINDS[one.kind]
    tag = f"<tags><tag>{_text(_tagged('source', one.source))}</tag></tags>" if one.source else ""
    parts = [
        f"<question type={quoteattr(kind)}>",
        f"<name>{_text(one_line(one.text)[:NAME_CHARS])}</name>",
        f'<questiontext format="plain_text">{_text(one.text)}</questiontext>',
        f'<generalfeedback format="plain_text">{_text(one.explanation)}</generalfeedback>' if one.explanation else "",
        f"<idnumber>{escape(one.code)}</idnumber>" if one.code else "",
        *_moodle_answers(one),
        tag,
        "</question>",
    ]
    return "\n".join(part for part in parts if part)


def _text(words: str) -> str:
    return f"<text>{escape(words)}</text>"


def _moodle_answers(one: Question) -> Iterator[str]:
    match one.kind:
        case Kind.TRUE_FALSE:
            yield from (_answer(word, "100" if one.right == (place,) else "0") for place, word in _TRUTHS)
        case Kind.SINGLE | Kind.MULTIPLE:
            single = one.kind is Kind.SINGLE
            yield f"<single>{'true' if single else 'false'}</single>"
            for place, text in enumerate(one.options):
                yield _answer(text, _share(one, place) if place in one.right or not single else "0")
        case Kind.MATCHING:
            for left, right in [*one.pairs, *(("", side) for side in one.distractors)]:
                yield f'<subquestion format="plain_text">{_text(left)}<answer>{_text(right)}</answer></subquestion>'
        case Kind.ORDERING:
            yield from (_answer(text, str(place)) for place, text in enumerate(one.options, 1))
        case Kind.FILL_IN if one.tolerance is not None:
            yield _answer(one.blanks[0][0], "100", f"<tolerance>{one.tolerance:f}</tolerance>")
        case _:
            yield from (_answer(word.replace("*", "\\*"), "100") for word in one.blanks[0])


_TRUTHS = tuple(enumerate(("true", "false")))


def _answer(words: str, fraction: str, more: str = "") -> str:
    return f'<answer fraction="{fraction}" format="plain_text">{_text(words)}{more}</answer>'
