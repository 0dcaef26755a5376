"""Questions for tests."""

from collections.abc import Sequence

from domain.study.question import Question, QuestionKind


def single(code: str, text: str, options: Sequence[str], right: int, explanation: str = "") -> Question:
    """A question with one right option."""
    return Question(code, QuestionKind.SINGLE, text, tuple(options), (right,), explanation=explanation)
