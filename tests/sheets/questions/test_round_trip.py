"""What is written is read as the same, in every format, for what the format can carry; what it cannot is listed."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from sheets import reading
from sheets.questions import (
    Format,
    Kind,
    Loss,
    Mistake,
    Place,
    Question,
    aiken,
    chinese,
    gift,
    moodle,
    tabular,
    write,
    write_table,
)
from sheets.questions.collecting import mistakes, tidied
from sheets.questions.reader import read

WORDS = some.text(
    alphabet=some.one_of(
        some.sampled_from("党员学习一二（）()_AB．.:：=~#{}\\|;；%<>&'\"*-—/[]【】1２3 $\n答案解析"),
        some.characters(exclude_categories=("Cs", "Cc", "Cn", "Co", "Zl", "Zp")),
    ),
    min_size=1,
    max_size=12,
)
LINE = WORDS.map(lambda text: text.replace("\n", " "))
OPTIONS = some.lists(LINE, min_size=2, max_size=5)


@some.composite
def questions(draw):
    kind = draw(some.sampled_from(Kind))
    one = Question(
        Place(),
        kind,
        draw(WORDS),
        explanation=draw(some.one_of(some.just(""), WORDS)),
        source=draw(some.one_of(some.just(""), LINE)),
        topic=draw(some.one_of(some.just(""), LINE)),
    )
    match kind:
        case Kind.SINGLE | Kind.MULTIPLE:
            options = tuple(draw(OPTIONS))
            places = some.integers(0, len(options) - 1)
            right = draw(some.sets(places, min_size=1, max_size=1 if kind is Kind.SINGLE else None))
            one = replace(one, options=options, right=tuple(sorted(right)))
        case Kind.TRUE_FALSE:
            one = replace(one, right=(draw(some.integers(0, 1)),))
        case Kind.ORDERING:
            one = replace(one, options=tuple(draw(OPTIONS)))
        case Kind.MATCHING:
            pairs = tuple(draw(some.lists(some.tuples(LINE, LINE), min_size=2, max_size=4)))
            one = replace(one, pairs=pairs, distractors=tuple(draw(some.lists(LINE, max_size=2))))
        case _ if draw(some.booleans()):
            number = draw(some.decimals(-1000, 1000, places=2))
            one = replace(
                one, blanks=((str(number),),), tolerance=draw(some.sampled_from([Decimal(0), Decimal("0.5")]))
            )
        case _:
            blanks = draw(some.lists(some.lists(LINE, min_size=1, max_size=3, unique=True), min_size=1, max_size=3))
            one = replace(one, blanks=tuple(map(tuple, blanks)))
    return tidied(one)


LISTS = some.lists(questions().filter(lambda one: not list(mistakes(one))), max_size=4)


def as_files(made):
    yield from ((format_, write(made, format_)) for format_ in Format if format_ is not Format.TABLE)
    for as_csv in (True, False):
        yield Format.TABLE, write_table(made, "题库", "zh", as_csv=as_csv)
    yield Format.TABLE, write_table(made, "questions", "en", as_csv=True)


def bare(found):
    return [replace(one, place=Place()) for one in found.questions]


# Which format it is, is not asked here: one question of signs may look like another format.
READ = {
    Format.CHINESE: lambda content: chinese.read(content.decode()),
    Format.GIFT: lambda content: gift.read(content.decode()),
    Format.AIKEN: lambda content: aiken.read(content.decode()),
    Format.MOODLE: moodle.read,
    Format.TABLE: lambda content: tabular.read(reading.read(content, tabular.fields_in)),
}


@settings(max_examples=30)
@given(LISTS)
def test_what_is_written_is_read_as_the_same(made):
    for format_, written in as_files(made):
        losses = {one.place.row: one.loss for one in written.lost}
        kept = [at for at in range(1, len(made) + 1) if losses.get(at) not in LEFT_OUT]
        found = READ[format_](written.content)
        assert [one.mistake for one in found.wrong] == ([] if kept else [Mistake.NO_QUESTIONS])
        assert len(found.questions) == len(kept)
        for at, again in zip(kept, bare(found), strict=True):
            assert at in losses or again == numbered(made[at - 1])
        if format_ is not Format.TABLE:
            assert write(found.questions, format_) == replace(written, lost=())


LEFT_OUT = {Loss.KIND, Loss.BLANKS, Loss.UNWRITABLE}


def numbered(one):
    if one.tolerance is None:
        return one
    return replace(one, blanks=tuple((f"{Decimal(blank[0]):f}",) for blank in one.blanks))


ALL = [
    Question(
        Place(), Kind.SINGLE, "成立于（ ）年", ("1919", "1921 年"), (1,),
        explanation="一大。\n\n在上海。", source="党史", topic="历史", code="ds-1",
    ),
    Question(Place(), Kind.MULTIPLE, "下列 = ~ # {正确} 的有", ("甲:a", "乙\\b", "丙"), (0, 2), topic="历史"),
    Question(Place(), Kind.TRUE_FALSE, "第一行\n第二行", right=(1,)),
    Question(Place(), Kind.FILL_IN, "根本宗旨是____", blanks=(("为人民服务", "全心全意为人民服务"),)),
    Question(Place(), Kind.FILL_IN, "圆周率", blanks=(("3.14",),), tolerance=Decimal("0.01"), topic="数/学"),
    Question(Place(), Kind.MATCHING, "连一连", pairs=(("甲", "1"), ("乙", "2")), distractors=("3",)),
    Question(Place(), Kind.ORDERING, "排一排", ("先", "后", "最后")),
]  # fmt: skip


@pytest.mark.parametrize("format_", [Format.CHINESE, Format.GIFT, Format.MOODLE])
def test_ordinary_questions_are_carried_whole(format_):
    written = write(ALL, format_)
    assert written.lost == ()
    assert bare(read(written.content)) == ALL


@pytest.mark.parametrize(("language", "as_csv"), [("zh", True), ("zh", False), ("en", False)])
def test_ordinary_questions_are_carried_whole_by_tables(language, as_csv):
    written = write_table(ALL, "q", language, as_csv=as_csv)
    assert written.lost == ()
    assert bare(read(written.content)) == ALL


def test_what_a_format_cannot_carry_is_listed():
    written = write(ALL, Format.AIKEN)
    assert [(one.place.row, one.loss) for one in written.lost] == [
        *((1, loss) for loss in (Loss.EXPLANATION, Loss.SOURCE, Loss.TOPIC, Loss.CODE)),
        *((at, Loss.KIND) for at in range(2, 8)),
    ]
    (one,) = read(written.content).questions
    assert (one.options, one.right) == (("1919", "1921 年"), (1,))
    two = [replace(ALL[3], blanks=(("甲",), ("乙",)), text="____和____")]
    assert [one.loss for one in write(two, Format.GIFT).lost] == [Loss.BLANKS]
    assert write(two, Format.CHINESE).lost == ()
