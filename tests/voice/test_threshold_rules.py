"""Nothing that is told of a round tells a figure of fewer than k people, however it is added up and taken away."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise, product

import pytest

from domain.ids import BranchId, MemberId
from domain.voice.questionnaire.counting import Counted, count, of_counted, step, to_counted
from domain.voice.questionnaire.figures import Figure
from domain.voice.questionnaire.model import Condition, Option, Question, QuestionKind, Questionnaire
from domain.voice.questionnaire.round import Returned
from domain.voice.questionnaire.threshold import comparable, told_branches

OPTIONS = (Option("a", "好"), Option("b", "一般"), Option("c", "差"))
ASKED = Questionnaire(
    "食堂",
    (
        Question("pick", QuestionKind.SINGLE, "怎么样？", OPTIONS),
        Question("why", QuestionKind.MULTIPLE, "为什么？", OPTIONS, when=Condition("pick", frozenset("c"))),
        Question("rate", QuestionKind.RATING, "打几分？", low=1, high=5, required=False),
        Question("worst", QuestionKind.SINGLE, "最差？", OPTIONS, when=Condition("rate", frozenset("12"))),
        Question(
            "more", QuestionKind.SINGLE, "再说？", OPTIONS, required=False, when=Condition("pick", frozenset("ab"))
        ),
        Question("words", QuestionKind.TEXT, "还有呢？", required=False),
    ),
)
Parents = dict[BranchId, BranchId | None]
People = frozenset[int]


def organisation(chance: random.Random) -> Parents:
    """A tree of up to nine branches."""
    branches: list[BranchId | None] = [None]
    parents: Parents = {}
    for number in range(1, chance.randint(2, 9)):
        parents[BranchId(number)] = chance.choice(branches)
        branches.append(BranchId(number))
    return parents


def response(chance: random.Random) -> dict:
    given = {"pick": (chance.choice("aabc"),), "why": ("a", "b"), "worst": ("c",)}
    given |= {"rate": chance.randint(1, 5)} if chance.random() < 0.7 else {}
    given |= {"more": ("a",)} if chance.random() < 0.8 else {}
    given |= {"words": "挺好"} if chance.random() < 0.3 else {}
    return ASKED.kept(given)


def returned(chance: random.Random, parents: Parents, most: int) -> list[Returned]:
    branches = [*parents, None]
    weights = [chance.random() ** 2 for _ in branches]
    places = chance.choices(branches, weights, k=chance.randint(0, most))
    return [Returned(response(chance), branch, MemberId(number)) for number, branch in enumerate(places)]


def below(branch: BranchId | None, above: BranchId, parents: Parents) -> bool:
    while branch not in (None, above):
        branch = parents[branch]
    return branch == above


def groups(counted: Counted, among: Sequence[Returned], key: str, parents: Parents) -> list[People]:
    """The people of each figure that is told of a question, of those who have answered it or were asked."""
    people = {number: one for number, one in enumerate(among) if one is not None}
    found = [frozenset(people)] if not counted.figure(key).hidden else []
    found += [
        frozenset(number for number, one in people.items() if below(one.branch, part.branch, parents))
        for part in counted.parts_of(key)
    ]
    return found


def answering(everybody: Sequence[Returned], key: str) -> list[Returned | None]:
    return [one if key in one.response else None for one in everybody]


def asked_for(everybody: Sequence[Returned], key: str) -> list[Returned | None]:
    return [one if any(each.key == key for each in ASKED.asked(one.response)) else None for one in everybody]


def derived(told: Sequence[People]) -> Iterator[People]:
    """Every group of people whose figure is a sum and difference of figures that are told."""
    for factors in product((-1, 0, 1), repeat=len(told)):
        weights = Counter()
        for factor, people in zip(factors, told, strict=True):
            for one in people:
                weights[one] += factor
        if set(weights.values()) <= {0, 1}:
            yield frozenset(one for one, weight in weights.items() if weight)


@pytest.mark.parametrize("seed", range(80))
def test_no_sum_and_no_difference_is_of_a_few_people(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same cases at every run
    least, parents = chance.choice((3, 4, 5)), organisation(chance)
    everybody = returned(chance, parents, 60)
    counted = count(ASKED, everybody, parents, invited=None, least=least)
    for question in ASKED.questions:
        parts = [counted.figure(question.key), *(one.figure for one in counted.parts_of(question.key))]
        for among, count_of in ((answering, "answered"), (asked_for, "asked")):
            told = groups(counted, among(everybody, question.key), question.key, parents)
            assert [len(one) for one in told] == [getattr(one, count_of) for one in parts if not one.hidden]
            assert [people for people in derived(told[:8]) if 0 < len(people) < least] == []
            for parent, one in product(told, repeat=2):  # of many branches too, along the tree
                assert one == parent or not one < parent or len(parent - one) >= least


def test_the_test_finds_what_a_careless_split_tells() -> None:
    whole, large = frozenset(range(9)), frozenset(range(7))
    assert frozenset({7, 8}) in set(derived([whole, large]))


def test_much_of_what_may_be_told_is_told() -> None:
    parents = {BranchId(1): None, BranchId(2): 1, BranchId(3): 1, BranchId(4): 1, BranchId(5): 2}

    def of(answered: dict, asked: dict | None = None) -> list[BranchId]:
        return told_branches(answered, asked or answered, parents, 5)

    assert of({2: 10, 3: 10, 4: 10}) == [1, 2, 3, 4]
    assert of({2: 10, 3: 8, 4: 2}) == [1, 2]  # 3 and 4 together stay in 1
    assert of({2: 10, 3: 8, 4: 2, 1: 3}) == [1, 2, 3]
    assert of({2: 10, 3: 2}) == [1]
    assert of({5: 10}) == [1, 2, 5]
    assert of({5: 4}) == []
    assert of({None: 2, 1: 8}) == []
    assert of({2: 10, 3: 10}, {2: 10, 3: 10, 4: 2}) == [1, 2]  # two of 4 were asked and left it out


@pytest.mark.parametrize("seed", range(40))
def test_looks_at_an_open_round_differ_by_enough_people(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same cases at every run
    least = chance.choice((3, 5))
    everybody = [Returned(response(chance), None, None) for _ in range(chance.randint(1, 50))]
    looks = sorted(chance.choices(range(len(everybody) + 1), k=6))
    told: dict[str, list[People]] = {one.key: [] for one in ASKED.questions}
    counted = None
    for seen in looks:
        counted = step(counted, ASKED, everybody[:seen], invited=None, least=least)
        counted = to_counted(ASKED, of_counted(counted))
        assert counted.parts == ()
        for one in ASKED.questions:
            _note(told[one.key], counted.figure(one.key), everybody, one.key)
    final = count(ASKED, everybody, {}, invited=None, least=least)
    for one in ASKED.questions:
        _note(told[one.key], final.figure(one.key), everybody, one.key)
        assert [people for people in derived(told[one.key]) if 0 < len(people) < least] == []
        for earlier, later in pairwise(told[one.key]):
            assert earlier <= later


def _note(told: list[People], figure: Figure, everybody: Sequence[Returned], key: str) -> None:
    """Answers come one after another, so that a figure is of the first that answered."""
    if not figure.hidden:
        answering = [number for number, one in enumerate(everybody) if key in one.response]
        told.append(frozenset(answering[: figure.answered]))


def test_a_hidden_question_says_nothing_at_all() -> None:
    everybody = [Returned({"pick": ("c" if number < 2 else "a",), "why": ("a",)}, None, None) for number in range(20)]
    found = count(ASKED, everybody, {}, invited=20, least=5).figure("why")
    assert found == Figure(ASKED.question("why"), 0, 0, hidden=True)


def test_the_difference_between_nearly_the_same_people_is_not_compared() -> None:
    rate = ASKED.question("rate")

    def found(*counts: int) -> Figure:
        return Figure(rate, sum(counts), sum(counts), counts)

    assert not comparable(found(1, 0, 5, 6, 0), found(0, 0, 5, 6, 0), 5)  # who left had given one star
    assert not comparable(found(0, 0, 5, 6, 0), found(0, 1, 5, 5, 0), 5)  # one has changed
    assert comparable(found(0, 0, 5, 6, 0), found(0, 0, 5, 6, 0), 5)
    assert comparable(found(0, 0, 5, 6, 0), found(0, 6, 5, 0, 0), 5)
    assert not comparable(found(0, 0, 1, 3, 0), found(0, 6, 5, 0, 0), 5)
    assert comparable(found(0, 0, 1, 1, 0), found(0, 0, 1, 2, 0), 1)  # a named round, for those in charge
    other = Question("rate", QuestionKind.RATING, "打几分？", low=1, high=6)
    assert not comparable(found(0, 0, 5, 6, 0), Figure(other, 11, 11, (0, 0, 5, 6, 0, 0)), 5)


def test_one_who_ticks_everything_is_still_one() -> None:
    why = ASKED.question("why")
    assert not comparable(Figure(why, 9, 9, (9, 9, 9)), Figure(why, 8, 8, (8, 8, 8)), 3)
