"""Instructions in a one-line survey are done or asked about; none is ever an option."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language import ballot
from language.ballot import Order
from language.deadline import Past

NOW = datetime(2026, 11, 25, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
QUESTION, OPTIONS = "食堂怎么样？", ("好", "差")
ANONYMOUS = (
    *(
        "匿名",
        "不记名",
        "无记名",
        "（匿名）",
        "(不记名)",
        "【匿名】",
        "匿名投票",
        "不署名",
        "是否匿名：是",
        "方式：匿名",
        "🔒匿名",
    ),
    *("匿名。", "anonymous", "Anonymous poll", "ＡＮＯＮＹＭＯＵＳ", "secret ballot", "匿名：是"),
)
NAMED = ("实名", "记名", "具名", "实名投票", "非匿名", "不匿名", "named", "with names", "non-anonymous", "匿名：否")
MULTIPLE = (
    *("多选", "可多选", "可以多选", "允许多选", "多选题", "多项选择", "不定项选择", "复选", "（多选）", "多选：是"),
    *("multiple choice", "Multiple answers allowed", "select all that apply", "multi-select", "ＭＵＬＴＩＰＬＥ"),
)
SINGLE = ("单选", "单选题", "单项选择", "只能选一项", "每人一票", "single choice", "choose one", "多选：否")
CLOSING = {
    "11-27 18:00": (
        *("截止：周五18:00", "截止:周五", "截止日期：周五", "截止时间 周五18：00", "截至周五18:00", "周五18:00截止"),
        *(
            "截止周五18:00前",
            "（截止：周五）",
            "投票截止：11月27日",
            "截止到本周五",
            "closes: Friday 18:00",
            "deadline Friday",
        ),
        *("Closes on Friday 18:00", "until: Friday", "截止：27号", "截止：2天后"),
    ),
    "11-25 12:00": ("截止：2小时后", "截止：中午12点", "截止：今天12:00"),
    "12-05 18:00": ("截止日期：12月5日", "截止：2026-12-05"),
}
UNCLEAR = (
    *("截止：等通知", "截止时间等通知", "截止", "截止：周五左右", "截止日期：长期", "closes: when all have voted"),
    *(
        "可多选三项",
        "最多选2项",
        "多选（最多3项）",
        "多选2项",
        "限选3项",
        "选三项",
        "至少选两项",
        "choose up to 3 options",
        "pick 2",
    ),
    *("隐藏结果", "结果不公开", "暂不公布结果", "hide results", "results: hidden", "不可改票", "必填", "single"),
    *("可匿名", "匿名吗", "是否匿名：看情况", "规则：先到先得", "开始时间：周四", "类型：打分", "anonymous?"),
)
OPTIONS_ALIKE = (
    *("匿名信箱", "实名举报", "截止阀", "多选题太多", "结束时间晚一点", "单选框", "周五前都行"),
    *("by Friday", "until 19:00", "Anonymous letters", "closes too early", "named pipes", "一项", "结果很好", "记名章"),
)


def read(*parts: str) -> ballot.Ballot:
    return ballot.read(parts, NOW)


def among(instruction: str) -> list[ballot.Ballot]:
    """An instruction at each place among the parts, in brackets, and on a line of its own."""
    places = [(QUESTION, *(OPTIONS[:n]), instruction, *OPTIONS[n:]) for n in range(3)]
    within = [(f"{QUESTION}（{instruction}）", *OPTIONS), (f"{QUESTION}\n{instruction}", *OPTIONS)]
    last = [(QUESTION, "好", f"差\n{instruction}")]
    return [read(*parts) for parts in (*places, *within, *last) if not set("（(") & set(instruction) or parts in places]


@pytest.mark.parametrize("words", ANONYMOUS)
def test_without_names(words: str) -> None:
    for made in among(words):
        assert (made.question, made.options, made.anonymous, made.unread) == (QUESTION, OPTIONS, True, ())


@pytest.mark.parametrize("words", NAMED)
def test_with_names(words: str) -> None:
    for made in among(words):
        assert (made.question, made.options, made.anonymous, made.unread) == (QUESTION, OPTIONS, False, ())


@pytest.mark.parametrize("words", [*MULTIPLE, *SINGLE])
def test_how_many_may_be_chosen(words: str) -> None:
    for made in among(words):
        assert (made.question, made.options, made.unread) == (QUESTION, OPTIONS, ())
        assert made.multiple is (words in MULTIPLE)


@pytest.mark.parametrize(("due", "words"), [(due, words) for due, all_ in CLOSING.items() for words in all_])
def test_closing_times(due: str, words: str) -> None:
    for made in among(words):
        assert (made.question, made.options, made.unread) == (QUESTION, OPTIONS, ())
        assert made.closes_at is not None
        assert f"{made.closes_at:%m-%d %H:%M}" == due


@pytest.mark.parametrize("words", UNCLEAR)
def test_what_looks_like_an_instruction_is_kept_apart(words: str) -> None:
    for made in among(words):
        assert (made.question, made.options) == (QUESTION, OPTIONS)
        assert made.unread == (words,)


@pytest.mark.parametrize("option", OPTIONS_ALIKE)
def test_options_that_only_begin_alike_stay_options(option: str) -> None:
    made = read(QUESTION, "好", option)
    assert (made.options, made.unread) == (("好", option), ())


@pytest.mark.parametrize(
    ("question", "anonymous", "multiple"),
    [
        ("食堂怎么样？（匿名，多选）", True, True),
        ("食堂怎么样？(匿名)(多选)", True, True),
        ("食堂怎么样（不记名）？", True, None),
        ("【多选】【匿名】食堂怎么样？", True, True),
        ("匿名：食堂怎么样？", True, None),
        ("匿名、多选：食堂怎么样？", True, True),
        ("食堂怎么样？匿名，多选", True, True),
        ("食堂怎么样？ 实名", False, None),
    ],
)
def test_around_the_question(question: str, *, anonymous: bool, multiple: bool | None) -> None:
    made = read(question, *OPTIONS)
    assert (made.question, made.options, made.unread) == (QUESTION, OPTIONS, ())
    assert (made.anonymous, made.multiple) == (anonymous, multiple)


@pytest.mark.parametrize(
    "question", ["匿名信怎么处理？", "食堂（二楼）怎么样？", "食堂怎么样？（二楼）", "（一）组长选谁？"]
)
def test_a_question_stays_as_it_was_written(question: str) -> None:
    made = read(question, *OPTIONS)
    assert (made.question, made.anonymous, made.unread) == (question, None, ())


def test_several_at_once() -> None:
    made = read(QUESTION, *OPTIONS, "匿名多选；截止：周五18:00")
    assert (made.options, made.anonymous, made.multiple, made.unread) == (OPTIONS, True, True, ())
    assert made.closes_at == datetime(2026, 11, 27, 18, tzinfo=NOW.tzinfo)


@pytest.mark.parametrize(
    ("parts", "unread"),
    [
        (("匿名", "实名"), ("匿名", "实名")),
        (("单选", "多选"), ("多选", "单选")),
        (("截止：周五", "截止：周四"), ("截止：周五", "截止：周四")),
        (("截止：周五", "截止：周五18:00"), ()),
        (("匿名", "不记名"), ()),
    ],
)
def test_what_contradicts_itself_is_kept_apart(parts: tuple[str, ...], unread: tuple[str, ...]) -> None:
    made = read(QUESTION, *OPTIONS, *parts)
    assert (made.options, made.unread) == (OPTIONS, unread)


def test_of_contradictions_nobody_is_named() -> None:
    assert read(QUESTION, *OPTIONS, "匿名", "实名").anonymous is True


@pytest.mark.parametrize(
    "parts", [("匿名", "实名"), ("周五截止", "下周一截止"), ("single", "married"), ("匿名", "实名", "都行")]
)
def test_instructions_that_are_what_is_asked_are_shown_as_options_and_asked_about(parts: tuple[str, ...]) -> None:
    made = read("哪个好？", *parts)
    assert made.options == parts
    assert made.unread


def test_an_option_that_ends_in_an_instruction_is_asked_about() -> None:
    made = read(QUESTION, "好", "差（匿名）")
    assert (made.options, made.anonymous, made.unread) == (("好", "差（匿名）"), None, ("差（匿名）",))


def test_a_closing_time_in_the_past_is_told_apart() -> None:
    assert read(QUESTION, *OPTIONS, "截止：昨天18:00").is_past is True
    with pytest.raises(Past):
        ballot.read_closing("截止：昨天18:00", NOW)


@pytest.mark.parametrize(
    "words", ["周五18:00", "截止：周五18:00", "截止周五18:00", "周五18:00截止", "closes Friday 18:00"]
)
def test_a_closing_time_alone(words: str) -> None:
    assert ballot.read_closing(words, NOW) == datetime(2026, 11, 27, 18, tzinfo=NOW.tzinfo)


@pytest.mark.parametrize("words", ["等通知", "周五18:00 再说", ""])
def test_no_closing_time(words: str) -> None:
    assert ballot.read_closing(words, NOW) is None


@pytest.mark.parametrize(
    ("words", "order"),
    [
        ("提前截止", Order.CLOSE),
        ("现在截止吧", Order.CLOSE),
        ("结束投票", Order.CLOSE),
        ("close it now", Order.CLOSE),
        ("撤回", Order.WITHDRAW),
        ("撤回问卷。", Order.WITHDRAW),
        ("这个调查作废吧", Order.WITHDRAW),
        ("withdraw", Order.WITHDRAW),
        ("提醒没投的人", Order.NUDGE),
        ("截止到什么时候", None),
        ("撤回不了", None),
        ("我投了", None),
    ],
)
def test_what_a_reply_to_a_poll_asks_for(words: str, order: Order | None) -> None:
    assert ballot.order(words) is order


SIGNS = st.text("匿名实记多单选截止：周五18: ()（）【】，、|？\n最3项anonymous", max_size=30)


@given(SIGNS, st.lists(SIGNS, max_size=6))
def test_whatever_is_written_no_part_is_lost(question: str, parts: list[str]) -> None:
    """Each part is an option, an instruction that was understood, or is asked about; none is invented."""
    made = read(question, *parts)
    text = "\n".join([question, *parts])
    assert all(one.split("\n")[0] in text for one in made.options)
    if made.anonymous is made.multiple is made.closes_at is None and not made.unread and not made.is_past:
        assert [one for one in made.options if one] == [one.strip() for one in parts if one.strip()]
