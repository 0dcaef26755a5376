"""Who thanks almost nobody but each other."""

from hypothesis import given
from hypothesis import strategies as st

from domain.ids import MemberId
from domain.points.thanks import reciprocal
from domain.points.thanks.pairs import EACH_WAY, SHARE

ONE, OTHER, THIRD = map(MemberId, (1, 2, 3))
SUMS = st.dictionaries(
    st.tuples(st.integers(1, 4).map(MemberId), st.integers(1, 4).map(MemberId)).filter(lambda pair: pair[0] != pair[1]),
    st.integers(1, 12),
)


def test_four_each_way_and_nearly_nobody_else_is_a_pair() -> None:
    assert reciprocal({(ONE, OTHER): 4, (OTHER, ONE): 4}) == [(ONE, OTHER)]
    assert reciprocal({(ONE, OTHER): 4, (OTHER, ONE): 3}) == []
    assert reciprocal({(ONE, OTHER): 40}) == []
    assert reciprocal({(ONE, OTHER): 7, (OTHER, ONE): 7, (ONE, THIRD): 6}) == [], "seven in ten are not more than that"
    assert reciprocal({(ONE, OTHER): 7, (OTHER, ONE): 8, (ONE, THIRD): 6}) == [(ONE, OTHER)]


@given(sums=SUMS)
def test_a_pair_is_found_once_whoever_is_asked_first(sums: dict[tuple[MemberId, MemberId], int]) -> None:
    found = reciprocal(sums)
    assert found == reciprocal(dict(reversed(sums.items())))
    for one, other in found:
        given_by_both = sum(count for (giver, _), count in sums.items() if giver in (one, other))
        there, back = sums[one, other], sums[other, one]
        assert one < other
        assert min(there, back) >= EACH_WAY
        assert there + back > SHARE * given_by_both
