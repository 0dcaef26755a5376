"""A model learned from corrected tags is used where it beats the table."""

import pytest

from language import learned
from language.learned import ENOUGH, learn

PLACES = ("东区", "西区", "北厂", "南厂", "老楼", "新楼", "二期", "三期")
# An enterprise's own tag, of which the table knows nothing.
TALK = (
    ("{}的窑皮又掉了{}", ("窑炉",)),
    ("{}篦冷机堆雪人{}", ("窑炉",)),
    ("{}食堂的菜咸{}", ("食堂后勤",)),
    ("{}班车晚点{}", ("交通班车",)),
    ("{}大家辛苦{}", ()),
)


def _examples(count: int) -> list[tuple[str, tuple[str, ...]]]:
    made = [(text.format(place, end), tags) for end in range(99) for place in PLACES for text, tags in TALK]
    return made[:count]


def _table(text: str) -> tuple[str, ...]:
    return ("食堂后勤",) if "食堂" in text else ()


def test_an_own_tag_is_learned_and_beats_a_table_that_does_not_know_it() -> None:
    found = learn(_examples(ENOUGH), _table)
    assert found is not None
    assert found.is_better
    assert found.tags("西区的窑皮掉了好大一块") == ("窑炉",)
    assert found.tags("大家辛苦了") == ()


def test_what_is_no_better_than_the_table_is_not_used() -> None:
    examples = _examples(ENOUGH)
    found = learn(examples, lambda text: dict(examples)[text])
    assert found is not None
    assert not found.is_better


def test_too_few_corrections_teach_nothing() -> None:
    assert learn(_examples(ENOUGH - 1), _table) is None


@pytest.mark.parametrize("tags", [(), ("食堂后勤",)])
def test_corrections_that_are_all_alike_teach_nothing(tags: tuple[str, ...]) -> None:
    assert learn([(f"第{n}条", tags) for n in range(ENOUGH)], _table) is None


def test_without_the_extra_nothing_is_learned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learned, "find_spec", lambda _: None)
    assert learn(_examples(ENOUGH), _table) is None
