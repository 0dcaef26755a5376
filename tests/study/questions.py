"""Questions for tests."""

from collections.abc import Sequence

from domain.study.question import Blank, Question, QuestionKind

RIGHT = "照规程做"  # the right option where another is 看心情


def single(code: str, text: str, options: Sequence[str], right: int, explanation: str = "") -> Question:
    """A question with one right option."""
    return Question(code, QuestionKind.SINGLE, text, tuple(options), (right,), explanation=explanation)


def kinds() -> dict[QuestionKind, Question]:
    """A question of each kind."""
    told = {"explanation": "松了会掉。", "source": "GB 2811-2019", "topic": "安全"}
    return {
        QuestionKind.SINGLE: Question(
            "single", QuestionKind.SINGLE, "帽带怎么系？", ("松", "紧", "不系"), (1,), **told
        ),
        QuestionKind.MULTIPLE: Question(
            "multiple", QuestionKind.MULTIPLE, "进现场要戴什么？", ("安全帽", "护目镜", "耳机", "围巾"), (0, 1), **told
        ),
        QuestionKind.TRUE_FALSE: Question(
            "true_false", QuestionKind.TRUE_FALSE, "检修要先挂牌上锁。", right=(0,), **told
        ),
        QuestionKind.FILL_IN: Question(
            "fill_in",
            QuestionKind.FILL_IN,
            "谁上锁谁＿＿，钥匙＿＿保管。",
            blanks=(Blank(("开锁",)), Blank(("自己", "本人"))),
            **told,
        ),
        QuestionKind.MATCHING: Question(
            "matching",
            QuestionKind.MATCHING,
            "什么颜色什么意思？",
            pairs=(("红", "禁止"), ("黄", "警告"), ("蓝", "指令")),
            distractors=("提示",),
            **told,
        ),
        QuestionKind.ORDERING: Question(
            "ordering", QuestionKind.ORDERING, "检修的次序？", ("断电", "验电", "挂牌", "检修"), **told
        ),
    }
