"""The rules of asking: pace, order, choosing, typed answers, and what a question may be asked as."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import texts
from domain.ids import ChatId, MemberId, QuestionId, SheetId
from domain.messaging.message import Text
from domain.study.asking.daily import explained, options_of
from domain.study.asking.flow import Asked, fits
from domain.study.asking.order import order, shown_places
from domain.study.asking.pace import LEAST, is_hasty, reading_time
from domain.study.asking.sheet import Sheet
from domain.study.asking.showing import letters_of, say_answered, say_question
from domain.study.attempt import Attempt, Occasion, OccasionKind, Result
from domain.study.question import MAX_OPTIONS, Question, QuestionKind, StoredQuestion, faults, is_right
from domain.study.sets.picking import pick
from handlers.arguments import BadArguments
from handlers.study.asking import read_answer
from language import answer
from tests.stores import AT
from tests.study.questions import kinds

OCCASION = Occasion(OccasionKind.WEEKLY, 3, ChatId(1))
LI, WANG = MemberId(1), MemberId(2)
ALL = kinds()


def sheet(member: MemberId = LI) -> Sheet:
    return Sheet(SheetId(1), member, ChatId(5), OCCASION, QuestionId(7), 1, AT)


def asked(kind: QuestionKind) -> Asked:
    return Asked(sheet(), StoredQuestion(QuestionId(7), ALL[kind]))


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_several_letters_are_told_in_their_own_order(language: str) -> None:
    asked_of = next(one for one in map(sheet, map(MemberId, range(50))) if _letters(one)[0] > _letters(one)[1])
    told = Attempt(asked_of.member, asked_of.question, OCCASION, (2, 0, 1), is_right=False, at=AT)
    message = say_answered(asked_of, ALL[QuestionKind.MULTIPLE], told)
    shown = texts.render(message.text, texts.Reader(language, "Asia/Shanghai"), message.values)
    ticked = {"zh": "、", "en": ", "}[language].join(sorted(_letters(asked_of)[place] for place in (0, 1, 2)))
    right = {"zh": "、", "en": ", "}[language].join(sorted(_letters(asked_of)[place] for place in (0, 1)))
    assert ticked in shown
    assert any(line.endswith(right) for line in shown.splitlines())


def _letters(of: Sheet) -> dict[int, str]:
    return letters_of(of, ALL[QuestionKind.MULTIPLE])


@pytest.mark.parametrize(
    ("count", "rows"), [(2, [2]), (3, [3]), (4, [4]), (5, [3, 2]), (6, [3, 3]), (9, [3, 3, 3]), (12, [4, 4, 4])]
)
def test_no_letter_stands_alone(count: int, rows: list[int]) -> None:
    question = replace(ALL[QuestionKind.SINGLE], options=tuple(map(str, range(count))))
    assert [len(row) for row in say_question(sheet(), question).buttons] == rows


def test_reading_takes_a_second_for_eight_signs_and_two_at_least() -> None:
    assert reading_time(Question("a", QuestionKind.TRUE_FALSE, "短", right=(0,))) == LEAST
    long = Question("a", QuestionKind.SINGLE, "题" * 60, ("甲" * 10, "乙" * 10), (0,))
    assert reading_time(long) == timedelta(seconds=10)
    assert is_hasty(long, timedelta(seconds=9.9))
    assert not is_hasty(long, timedelta(seconds=10))
    assert not is_hasty(long, None), "nobody knows how long a quiz in a group was thought about"


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, MAX_OPTIONS))
def test_each_person_sees_all_options_in_an_order_that_stays(member: int, question: int, count: int) -> None:
    seen = order(MemberId(member), QuestionId(question), OCCASION, count)
    assert sorted(seen) == list(range(count))
    assert seen == order(MemberId(member), QuestionId(question), OCCASION, count)


def test_the_orders_of_people_differ() -> None:
    orders = {order(MemberId(member), QuestionId(1), OCCASION, 5) for member in range(50)}
    assert len(orders) > 30
    other = replace(OCCASION, id=4)
    assert any(order(LI, QuestionId(1), OCCASION, 4) != order(LI, QuestionId(1), other, 4) for _ in range(1))


def test_true_always_stands_before_false() -> None:
    for member in range(20):
        assert shown_places(MemberId(member), QuestionId(1), ALL[QuestionKind.TRUE_FALSE], OCCASION) == (0, 1)


@pytest.mark.parametrize("kind", QuestionKind)
@given(number=st.integers(1, 1000))
def test_whoever_is_shown_the_right_answer_can_type_it(kind: QuestionKind, number: int) -> None:
    one = replace(asked(kind), sheet=sheet(MemberId(number)))
    question = one.question.question
    letters = letters_of(one.sheet, question)
    right = question.right_answer
    if kind is QuestionKind.FILL_IN:
        typed = "\n".join(map(str, right))
    elif kind is QuestionKind.TRUE_FALSE:
        typed = "对" if right == (0,) else "错"
    else:
        typed = "".join(letters[int(place)] for place in right)
    assert is_right(question, read_answer(one, typed))
    assert is_right(question, read_answer(one, f" {typed.lower()} "))


@pytest.mark.parametrize("kind", QuestionKind)
@given(words=st.text(max_size=40))
def test_whatever_is_typed_is_an_answer_or_refused(kind: QuestionKind, words: str) -> None:
    one = asked(kind)
    try:
        found = read_answer(one, words)
    except BadArguments as refused:
        assert refused.text == "asking.not_understood"
    else:
        assert fits(one.question, found)
        is_right(one.question.question, found)


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("B", (1,)),
        ("ｂ", (1,)),
        ("选B", (1,)),
        ("答案：B。", (1,)),
        ("ABD", (0, 1, 3)),
        ("A、B、D", (0, 1, 3)),
        ("a b d", (0, 1, 3)),
        ("1 3", (0, 2)),
        ("E", None),
        ("0", None),
        ("13", None),
        ("B吧", None),
        ("", None),
    ],
)
def test_letters_and_numbers_are_places(words: str, places: tuple[int, ...] | None) -> None:
    assert answer.places(words, 4) == places


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("开锁\n自己", ("开锁", "自己")),
        ("开锁；自己", ("开锁", "自己")),
        ("开锁; 自己", ("开锁", "自己")),
        ("开锁，自己", ("开锁", "自己")),
        ("开锁 自己", ("开锁", "自己")),
        ("开锁", None),
        ("一；二；三", None),
    ],
)
def test_blanks_stand_on_lines_or_between_signs(words: str, found: tuple[str, ...] | None) -> None:
    assert answer.blanks(words, 2) == found


def test_one_blank_takes_the_whole_text() -> None:
    assert answer.blanks(" 谁上锁，谁开锁 ", 1) == ("谁上锁，谁开锁",)


@pytest.mark.parametrize(("words", "said"), [("对", True), ("√", True), ("错。", False), ("F", False), ("也许", None)])
def test_right_and_wrong_have_many_words(words: str, said: bool | None) -> None:
    assert answer.truth(words) is said


def test_a_button_carries_the_options_own_place() -> None:
    question = ALL[QuestionKind.SINGLE]
    for member in range(1, 20):
        made = say_question(sheet(MemberId(member)), question)
        buttons = [button for row in made.buttons for button in row]
        letters = letters_of(sheet(MemberId(member)), question)
        assert [button.action.arguments[2] for button in buttons] == list(letters)
        assert [button.values["letter"] for button in buttons] == ["A", "B", "C"]


def test_a_long_explanation_is_no_part_of_a_quiz() -> None:
    question = ALL[QuestionKind.SINGLE]
    assert explained(question) == "松了会掉。\nGB 2811-2019"
    assert explained(replace(question, explanation="长" * 200)) is None
    assert explained(replace(question, explanation="一\n二\n三\n四")) is None, "the platform allows two line feeds"
    assert explained(replace(question, explanation="", source="")) == ""


def test_what_a_quiz_cannot_ask_is_asked_in_private() -> None:
    question = ALL[QuestionKind.SINGLE]
    assert question.fits_poll
    assert not replace(question, text="长" * 301).fits_poll
    assert not replace(question, options=("长" * 101, "短")).fits_poll
    assert not ALL[QuestionKind.MULTIPLE].fits_poll
    assert options_of(ALL[QuestionKind.TRUE_FALSE]) == (Text("asking.true_button"), Text("asking.false_button"))


def test_thirteen_options_or_other_sides_are_a_fault() -> None:
    many = tuple(str(number) for number in range(13))
    assert "options" in list(faults(replace(ALL[QuestionKind.SINGLE], options=many)))
    assert "pairs" in list(faults(replace(ALL[QuestionKind.MATCHING], distractors=many)))


def stored(*numbers: int) -> list[StoredQuestion]:
    return [StoredQuestion(QuestionId(number), ALL[QuestionKind.SINGLE]) for number in numbers]


@given(
    st.lists(st.integers(1, 30), max_size=30),
    st.dictionaries(st.integers(1, 30), st.tuples(st.integers(1, 9), st.integers(0, 9)), max_size=30),
    st.integers(0, 12),
    st.text(max_size=5),
)
def test_unseen_questions_come_first_then_those_that_went_wrong(numbers, results, most, seed) -> None:
    seen = {QuestionId(key): Result(answers, min(right, answers)) for key, (answers, right) in results.items()}
    chosen = pick(stored(*numbers), seen, most, seed)
    assert chosen == pick(reversed(stored(*numbers)), seen, most, seed), "the same whatever the order"
    assert len(chosen) == len({one.id for one in chosen}) == min(most, len(set(numbers)))
    shares = [-1.0 if one.id not in seen else seen[one.id].right / seen[one.id].answers for one in chosen]
    assert shares == sorted(shares)
    left = set(numbers) - {one.id for one in chosen}
    assert all(number in seen for number in left) or all(share < 0 for share in shares)


def test_another_seed_is_another_choice() -> None:
    choices = {tuple(one.id for one in pick(stored(*range(1, 20)), {}, 5, str(seed))) for seed in range(10)}
    assert len(choices) > 5


def choice(*options: str) -> Question:
    return Question("x", QuestionKind.SINGLE, "?", options, (0,))


@given(st.integers(1, 500))
def test_what_sums_the_others_up_stays_last(member: int) -> None:
    said = choice("一", "以上都对", "二", "以上都不对", "三")
    places = shown_places(MemberId(member), QuestionId(7), said, OCCASION)
    assert sorted(places) == list(range(5))
    assert places[-2:] == (1, 3)


@given(st.integers(1, 500))
def test_options_that_are_named_by_letter_stay_where_they_are(member: int) -> None:
    assert shown_places(MemberId(member), QuestionId(7), choice("一", "二", "A和B", "三"), OCCASION) == (0, 1, 2, 3)


def test_other_options_are_still_in_everybodys_own_order() -> None:
    said = choice("一", "二", "三", "以上都对")
    orders = {shown_places(MemberId(member), QuestionId(7), said, OCCASION) for member in range(30)}
    assert len(orders) > 1
