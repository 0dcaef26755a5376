"""Settlements under the sample schemes of docs/points, with worked figures: base, bounds, veto, what comes late."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import texts
from domain.admin.enterprise import DEFAULT
from domain.messaging.chat import ChatKind, ChatProfile
from domain.people.actor import Actor
from domain.people.member import PersonProfile
from domain.points import account, adjustment, appraisal, board, points, publicity, score, settlement
from domain.points.counting import Share
from domain.points.period import Every, containing
from domain.points.scheme.service import logged
from handlers.points.points import say_categories
from storage.stores import Stores
from tests.points.events import ANSWERED, LATE, MADE, ON_TIME, READ
from tests.points.test_samples import ABSENT, Enterprise, attended, days, item, sample
from tests.stores import AT, LOCALE, Renderer

NEW_YEAR = datetime(2028, 1, 4, 2, tzinfo=UTC)
YEAR = containing(Every.YEAR, date(2027, 1, 1))
SPRING = containing(Every.QUARTER, date(2027, 4, 1))
SUMMER = containing(Every.QUARTER, date(2027, 7, 1))


class Settling(Enterprise):
    """An enterprise of two people in a group, and the administrator who settles."""

    def __init__(self, *schemes):
        super().__init__(*schemes)
        self.stores = Stores(self.connection, Renderer(), NEW_YEAR, replace(DEFAULT, root_admins=frozenset({9})))
        for member in self.members:
            self.stores.members.speak(self.group.id, member, AT)
        admin = self.stores.members.add(PersonProfile(9, "admin"), AT)
        private = self.stores.chats.add(ChatProfile(9, ChatKind.PRIVATE, "admin"), LOCALE, AT)
        self.admin = Actor(admin, private, NEW_YEAR, is_root_admin=True)

    def settle(self, period, *, final=True):
        begun = settlement.begin(self.stores, self.admin, period=period)
        if final:
            publicity.end(self.stores, NEW_YEAR + timedelta(days=60))
        return self.stores.settlements.get(begun.id)

    def line(self, settled, who=0):
        return self.stores.settlements.line(settled.id, self.members[who])

    def mine(self, settled, who=0):
        actor = Actor(self.stores.members.get(self.members[who]), self.group, NEW_YEAR)
        return settlement.mine(self.stores, actor, number=settled.id).made


def test_a_year_of_sixty_is_settled_within_the_ceilings_of_its_categories():
    text = sample("yearly").replace('title = "学习教育"\nceiling = 20', 'title = "学习教育"\nceiling = 15')
    with Settling(text) as here:
        here.many(attended("lecture"), days("2027-01-10", 8, 30))
        here.many(item("notes"), days("2027-01-10", 12, 30))
        here.many(ON_TIME, days("2027-02-01", 12))
        settled = here.settle(YEAR)
        line = here.line(settled)
        assert line.points == 25, "12 + 4 = 16, of which 15 count; and 10"
        assert line.by_category == {"study": (16, 15), "party_life": (0, 0), "role": (10, 10), "": (0, 0)}
        assert line.by_rule == {"meeting": 12, "notes": 4, "task": 10}
        assert here.line(settled, 1) is None, "without a base who has done nothing and is on no roster has no line"
        assert here.mine(settled).shares == [Share("study", 0, 16, 15), Share("role", 0, 10, 10)]
        assert [one.category.called for one in here.mine(settled).shares] == ["学习教育", "发挥作用"]


def test_a_quarter_of_seventy_is_settled_with_base_and_bounds_of_each_category():
    with Settling(sample("quarterly")) as here:
        here.many(LATE, days("2027-04-01", 11))
        here.many(ABSENT, days("2027-04-20", 2))
        here.many(ON_TIME, days("2027-05-01", 6))
        here.many(READ, days("2027-05-01", 12))
        here.many(MADE, days("2027-05-01", 6))
        here.many(item("commended"), days("2027-06-01", 3))
        settled = here.settle(SPRING)
        line = here.line(settled)
        assert (line.points, line.late) == (80, 0)
        assert line.by_category == {"basic": (-30, 40), "striving": (30, 30), "extra": (10, 10), "": (0, 0)}
        assert settled.scheme == logged(here.stores.schemes.newest())
        flat = appraisal.flat(appraisal.look(here.stores, here.admin, number=settled.id))
        own = [row for row in flat.rows if row[0] not in ("entry", "correction")][:6]
        assert [(row[0], row[5], row[7]) for row in own] == [
            ("score", None, 80),
            ("base", None, 0),
            ("category", "basic", 40),
            ("category", "extra", 10),
            ("category", "striving", 30),
            ("other", None, 0),
        ]
        assert here.line(settled, 1).points == 70, "who has done nothing has the base"
        assert here.mine(settled, 1).shares == [Share("basic", 70, 0, 70)]
        month = here.settle(containing(Every.MONTH, date(2027, 4, 1)))
        assert here.line(month).points == -30, "base and bounds are those of the scheme's own period"
        assert here.line(month, 1) is None


def test_a_hundred_points_are_settled_with_ceiling_floor_and_veto():
    with Settling(sample("hundred")) as here:
        for month in range(2, 8):
            here.many(READ, days(f"2027-{month:02}-01", 10))
        shown = here.settle(YEAR, final=False)
        assert (here.line(shown).points, here.line(shown, 1).points) == (100, 60)
        assert (here.mine(shown).bound, here.mine(shown, 1).bound) == (100, None)
        publicity.cancel(here.stores, here.admin, number=shown.id, reason="算错了")
        here.many(item("unsafe"), days("2027-09-01", 6))
        shown = here.settle(YEAR, final=False)
        made = here.mine(shown)
        assert (here.line(shown).points, made.base, made.other, made.bound) == (20, 60, -60, 20)
        here.happens(item("discipline"), "2027-10-01", source="case:1")
        publicity.end(here.stores, NEW_YEAR + timedelta(days=60))
        line = here.line(shown)
        assert (line.points, line.vetoed_by) == (0, "discipline")
        assert here.mine(shown).vetoed_by.called == "受到党纪政纪处分"
        assert here.line(shown, 1).points == 60


def test_a_veto_is_taken_back_though_it_gives_no_points():
    with Settling(sample("hundred")) as here:
        here.happens(item("discipline"), "2027-10-01", source="case:1")
        who = here.members[0]
        (found,) = adjustment.items_of(here.stores, here.admin, member=who)
        assert (found.points, found.is_capped, found.is_taken_back) == (0, False, False)
        adjustment.take_back(here.stores, here.admin, number=found.number, reason="复核后撤销")
        after = account.item(here.stores, found.number)
        assert (after.is_capped, after.is_taken_back, after.reason) == (False, True, "复核后撤销")
        assert adjustment.items_of(here.stores, here.admin, member=who) == []
        with pytest.raises(adjustment.TakenBack):
            adjustment.take_back(here.stores, here.admin, number=found.number, reason="复核后撤销")
        settled = here.settle(YEAR)
        assert (here.line(settled).points, here.line(settled).vetoed_by) == (60, "")


def test_what_comes_late_changes_the_score_of_its_own_period_and_counts_in_the_next_one():
    with Settling(sample("quarterly")) as here:
        here.many(ON_TIME, days("2027-04-01", 5))
        here.many(READ, days("2027-04-01", 10))
        assert here.line(here.settle(SPRING)).points == 95
        here.many(MADE, days("2027-05-01", 5))
        here.happens(ABSENT, "2027-06-30")
        here.happens(ON_TIME, "2027-07-01")
        line = here.line(here.settle(SUMMER))
        assert line.points == 70 + 3 + 5 - 5, "five for suggestions, within the thirty of spring; five for an absence"
        assert line.late == 0
        assert line.by_rule == {"suggestion": 5, "absent": -5, "task_on_time": 3}


def test_a_late_veto_takes_the_score_of_its_own_period_and_no_more():
    with Settling(sample("hundred")) as here:
        here.many(READ, days("2027-02-01", 10))
        assert here.line(here.settle(YEAR)).points == 70
        here.happens(item("discipline"), "2027-10-01", source="case:1")
        here.stores = Stores(here.connection, Renderer(), NEW_YEAR, here.stores.enterprise)
        here.admin = replace(here.admin, now=datetime(2029, 1, 4, 2, tzinfo=UTC))
        line = here.line(here.settle(containing(Every.YEAR, date(2028, 1, 1)), final=False))
        assert (line.points, line.late, line.vetoed_by) == (60 - 70, -70, "")
        assert here.mine(here.stores.settlements.newest(1)[0]).late == -70


def test_a_final_one_stays_when_another_scheme_is_activated():
    with Settling(sample("hundred")) as here:
        here.many(READ, days("2027-02-01", 10))
        settled = here.settle(YEAR)
        lines = here.stores.settlements.lines(settled.id)
        text = sample("hundred").replace("2027-01-01", "2028-01-04").replace("base = 60", "base = 80")
        here.stores.schemes.add(date(2028, 1, 4), text, None, NEW_YEAR)
        here.stores.schemes.reload()
        publicity.end(here.stores, NEW_YEAR + timedelta(days=90))
        assert here.stores.settlements.get(settled.id) == settled
        assert here.stores.settlements.lines(settled.id) == lines
        assert settlement.digest(settled, lines) == settled.hash
        assert settlement.unlogged(here.stores) == []
        assert (here.mine(settled).base, here.mine(settled).other) == (60, 10)


def test_the_appraisal_says_what_each_score_is_made_of():
    with Settling(sample("quarterly")) as here:
        here.many(ON_TIME, days("2027-05-01", 6))
        settled = here.settle(SPRING)
        found = appraisal.look(here.stores, here.admin, number=settled.id)
        people, about = appraisal.tables(found)[0], appraisal.tables(found)[-1]
        row = dict(zip([getattr(one, "called", "") or one for one in people.columns], people.rows[0], strict=True))
        assert [row[one] for one in ("points", "base", "基础分", "争先分", "加分", "任务按时完成")] == [
            85,
            0,
            70,
            15,
            0,
            15,
        ]
        assert ("scheme", settled.scheme) in about.rows


HAPPENING = st.tuples(
    st.sampled_from([ON_TIME, LATE, READ, MADE, item("absent"), item("commended"), item("unsafe"), item("discipline")]),
    st.integers(0, 120).map(lambda n: date(2027, 3, 15) + timedelta(days=n)),
    st.integers(0, 1),
    st.booleans(),
)


@pytest.mark.parametrize("name", ["quarterly", "hundred", "yearly"])
@settings(max_examples=15, deadline=None)
@given(story=st.lists(HAPPENING, max_size=25))
def test_the_settled_score_is_the_score_when_nothing_is_late(name, story):
    with Settling(sample(name)) as here:
        for number, (what, day, who, back) in enumerate(story):
            here.happens(what, day, who=who, source=f"s:{number}")
            if back:
                points.reverse(here.stores, here.members[who], what[0], source=f"s:{number}", at=NEW_YEAR)
        for period in (YEAR, SPRING, containing(Every.MONTH, date(2027, 5, 1))):
            settled = here.settle(period, final=False)
            expected = score.scores(here.stores, here.members, period)
            for who, member in enumerate(here.members):
                line = here.line(settled, who)
                assert (0 if line is None else line.points) == expected[member].points
                assert line is None or (line.late, line.vetoed_by or None) == (0, expected[member].vetoed_by)


def test_boards_name_categories_as_the_scheme_does_and_the_button_carries_the_name():
    with Settling(sample("quarterly").replace("2027-01-01", "2026-11-01")) as here:
        here.happens(ON_TIME, "2026-11-24")
        here.happens(item("commended"), "2026-11-24")
        here.happens(ANSWERED, "2026-11-24")
        asker = Actor(here.stores.members.get(here.members[0]), here.group, AT)
        found = board.current(here.stores, asker, every=Every.MONTH, category="striving")
        assert [(str(one), one.called) for one in found.categories] == [("extra", "加分"), ("striving", "争先分")]
        button = [one for row in say_categories(found).buttons for one in row][1]
        reader = texts.Reader("zh", "Asia/Shanghai")
        assert str(button.action) == "rank.show:month:extra"
        assert texts.label(button.text, reader, button.values) == "加分"
        assert "积分榜 · 争先分" in texts.label("points.board", reader, {"board": found})
