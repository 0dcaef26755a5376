"""The score of a match: fair to size, shared where equal."""

from hypothesis import given
from hypothesis import strategies as st

from domain.ids import ChatId
from domain.study.match.model import Team
from domain.study.match.scoring import Count, standings, winners
from storage.study.match import size

QUESTIONS = 15


def count(group, people, right, *, away=0):
    return Count(Team(ChatId(group), str(group)), people, people * QUESTIONS - away, right, min(people, right))


def ranks(*counts):
    return {one.count.team.group: one.rank for one in standings(counts, QUESTIONS)}


def test_one_who_answers_in_a_team_of_three_does_not_win_by_chance():
    assert ranks(count(1, 3, 15), count(2, 30, 12 * 15))[2] == 1, "5 of 45, and 180 of 450"


def test_a_small_team_in_which_all_know_all_stands_below_a_large_one_in_which_nearly_all_do():
    assert ranks(count(1, 3, 45), count(2, 100, 1400), count(3, 40, 200))[2] == 1


def test_a_small_team_wins_where_it_is_better_by_more_than_chance():
    assert ranks(count(1, 5, 70), count(2, 100, 600))[1] == 1


def test_size_alone_changes_nothing():
    assert ranks(count(1, 10, 75), count(2, 100, 750)) == {1: 1, 2: 1}


def test_whoever_is_on_leave_is_not_missing():
    there, on_leave = count(1, 20, 150), count(2, 21, 150, away=QUESTIONS)
    assert ranks(there, on_leave) == {1: 1, 2: 1}


def test_teams_that_show_the_same_score_share_the_place_and_the_next_one_is_left_out():
    assert ranks(count(1, 20, 100), count(2, 20, 100), count(3, 20, 50)) == {1: 1, 2: 1, 3: 3}


def test_nobody_wins_where_nothing_was_right():
    assert winners(standings([count(1, 5, 0), count(2, 5, 0)], QUESTIONS)) == []
    assert [one.score for one in standings([count(1, 0, 0), count(2, 0, 0)], 0)] == [0, 0]


@given(st.lists(st.tuples(st.integers(0, 200), st.floats(0, 1)), min_size=2, max_size=12))
def test_scores_lie_between_nothing_and_all_and_more_right_answers_never_cost_a_place(teams):
    counts = [count(group, people, int(share * people * QUESTIONS)) for group, (people, share) in enumerate(teams)]
    found = standings(counts, QUESTIONS)
    assert all(0 <= one.score <= 1000 for one in found)
    assert [one.rank for one in found] == sorted(one.rank for one in found)
    first = counts[0]
    if first.right < first.possible:
        better = Count(first.team, first.people, first.possible, first.right + 1, first.players)
        rank = {one.count.team.group: one.rank for one in found}[ChatId(0)]
        assert {one.count.team.group: one.rank for one in standings([better, *counts[1:]], QUESTIONS)}[0] <= rank


def test_a_guest_may_be_one_of_those_whose_account_is_not_known():
    assert size(10, 4, 3) == 10
    assert size(10, 0, 3) == 13
    assert size(0, 0, 7) == 7
