"""The sample schemes of docs/points, with worked figures."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine

from domain.features import EVENTS
from domain.life.meeting import crediting
from domain.messaging.chat import ChatKind, ChatProfile
from domain.people.actor import Actor
from domain.people.member import PersonProfile
from domain.points import points, score
from domain.points.event import ITEM_APPROVED
from domain.points.period import Every, containing
from domain.points.scheme import default
from domain.points.scheme.checking import check
from domain.points.scheme.simulation import run
from domain.points.scheme.versions import Versions
from storage.schema import metadata
from storage.stores import Stores
from tests.points.events import (
    CHALLENGE,
    GUESSED,
    LATE,
    MADE,
    NO_LENGTH,
    ON_TIME,
    READ,
    REFLECTED,
    REVIEWED,
    RIGHT,
    SPECIAL_FULL,
    WEEKLY,
    WEEKLY_FULL,
    WON,
    WRONG,
)
from tests.stores import AT, LOCALE, Renderer

DOCS = Path(__file__).parents[2] / "docs" / "points"
SAMPLES = sorted(file.stem for file in DOCS.glob("*.toml"))
SHANGHAI = ZoneInfo("Asia/Shanghai")


def item(name):
    return ITEM_APPROVED, {"item": name}


ABSENT = crediting.MISSED, {"kind": "assembly"}


def attended(kind):
    return crediting.ATTENDED, {"kind": kind, "late": False}


@cache
def empty():
    """A store in memory without anything: copying it takes a tenth of making it."""
    connection = create_engine("sqlite://").connect()
    metadata.create_all(connection)
    connection.commit()
    return connection.connection.driver_connection


class Enterprise:
    """A store in memory with a group, and what happens in it."""

    def __init__(self, *schemes):
        self.engine = create_engine("sqlite://")
        self.connection = self.engine.connect()
        empty().backup(self.connection.connection.driver_connection)
        self.stores = Stores(self.connection, Renderer(), AT)
        self.group = self.stores.chats.add(ChatProfile(-1, ChatKind.GROUP, "g"), LOCALE, AT)
        self.members = [self.stores.members.add(PersonProfile(n, f"m{n}"), AT).id for n in (1, 2)]
        self.number = 0
        for text in schemes:
            self.stores.schemes.add(check(text, EVENTS, named=default.names()).since, text, None, AT)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()
        self.engine.dispose()

    def happens(self, what, day, clock="10:00", *, who=0, source=None):
        self.number += 1
        at = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=SHANGHAI).astimezone(UTC)
        event, facts = what
        source = source or f"s:{self.number}"
        credit = points.award(self.stores, self.members[who], self.group, event, facts, source=source, cause="x", at=at)
        return None if credit is None else credit.points

    def many(self, what, days):
        return sum(self.happens(what, day) for day in days)

    def score(self, every, day):
        return score.score(self.stores, self.members[0], containing(every, date.fromisoformat(day)))


def sample(name):
    return (DOCS / f"{name}.toml").read_text(encoding="utf-8")


def days(first, count, every=1):
    return [date.fromisoformat(first) + timedelta(days=every * n) for n in range(count)]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_has_no_mistake(name):
    assert check(sample(name), EVENTS, today=date(2026, 12, 31)).since == date(2027, 1, 1)


def test_the_default_file_has_no_mistake_and_gives_what_was_given():
    scheme = check(default.FILE.read_text(encoding="utf-8"), EVENTS, named=default.names())
    assert [(str(rule.name), rule.points, [cap.most for cap in rule.caps]) for rule in scheme.rules] == [
        ("task.on_time", 5, []),
        ("task.late", 2, []),
        ("study.read", 1, [3]),
        ("study.right", 1, [3]),
        ("study.set_full", 3, [6]),
        ("study.set_wrong", 0, []),
        ("study.set_done", 2, [6]),
        ("study.challenge_empty", 0, []),
        ("study.challenge", 1, [3]),
        ("study.reviewed", 1, [5]),
        ("study.reflected", 2, [4]),
        ("study.reflection_featured", 3, [9]),
        ("study.match_won", 5, [10]),
        ("suggestion.made", 2, [6]),
        ("suggestion.adopted", 5, [30]),
        ("suggestion.done", 3, [18]),
        ("survey.answered", 1, [3]),
        ("training.finished", 3, [9]),
        ("thanks.received", 1, [3]),
    ]


def test_daily_caps_and_double_windows():
    with Enterprise(sample("daily")) as here:
        day = "2027-03-01"
        clocks = ("05:59", "06:00", "08:29", "08:30", "12:00")
        assert [here.happens(READ, day, clock) for clock in clocks] == [1, 2, 2, 1, 0], "6 a day"
        assert [here.happens(RIGHT, day), here.happens(WRONG, day), here.happens(RIGHT, day)] == [2, 1, 2]
        assert [here.happens(RIGHT, day), here.happens(WRONG, day)] == [1, 0], "6 a day"
        assert here.happens(WEEKLY_FULL, day) == 3, "15 a day in all"
        assert here.happens(WEEKLY, "2027-03-02") == 5, "8 a week"
        assert here.happens(WEEKLY, "2027-03-08") == 6
        assert here.score(Every.DAY, day).points == 15


def test_a_year_of_sixty_by_category():
    with Enterprise(sample("yearly")) as here:
        assert here.many(attended("lecture"), days("2027-01-10", 8, 30)) == 12
        assert here.many(item("notes"), days("2027-01-10", 12, 30)) == 4, "one a quarter"
        assert here.many(item("reflection"), days("2027-01-10", 3, 100)) == 3
        assert here.many(attended("theme_day"), days("2027-01-15", 20, 15)) == 10, "one a month, until October"
        assert here.many(attended("life"), days("2027-12-01", 2)) == 4
        assert here.many(ON_TIME, days("2027-02-01", 12)) == 10
        found = here.score(Every.YEAR, "2027-06-30")
        assert [(one.category.name, one.points) for one in found.by_category] == [
            ("study", 19),
            ("party_life", 14),
            ("role", 10),
        ]
        assert (found.points, found.earned) == (43, 43)
        assert here.score(Every.YEAR, "2028-01-01").points == 0, "a new year begins anew"


def test_a_quarter_of_seventy_and_thirty_with_deductions_and_extra():
    with Enterprise(sample("quarterly")) as here:
        begun = here.score(Every.QUARTER, "2027-05-01")
        assert (begun.points, begun.by_category[0].points) == (70, 70)
        assert here.many(LATE, days("2027-04-01", 11)) == -20, "20 are taken at most"
        assert here.many(ABSENT, days("2027-04-20", 2)) == -10
        assert here.many(ON_TIME, days("2027-05-01", 6)) == 15
        assert here.many(READ, days("2027-05-01", 12)) == 10
        assert here.many(MADE, days("2027-05-01", 6)) == 5
        assert here.many(item("commended"), days("2027-06-01", 3)) == 10
        found = here.score(Every.QUARTER, "2027-05-01")
        assert [one.points for one in found.by_category] == [40, 30, 10]
        assert found.points == 80
        assert here.score(Every.QUARTER, "2027-07-01").points == 70


def test_a_hundred_points_with_floor_reset_and_veto():
    with Enterprise(sample("hundred")) as here:
        assert here.many(ON_TIME, days("2027-01-04", 25)) == 10, "ten a month"
        assert here.many(READ, days("2027-02-01", 28)) == 10
        assert here.score(Every.YEAR, "2027-12-31").points == 80
        for month in range(3, 8):
            here.many(READ, days(f"2027-{month:02}-01", 10))
        assert here.score(Every.YEAR, "2027-12-31").points == 100, "the ceiling"
        here.many(item("unsafe"), days("2027-09-01", 6))
        found = here.score(Every.YEAR, "2027-12-31")
        assert (found.earned, found.points) == (-50, 20), "the floor"
        here.happens(item("discipline"), "2027-10-01", source="case:1")
        vetoed = here.score(Every.YEAR, "2027-12-31")
        assert (vetoed.points, vetoed.vetoed_by) == (0, "discipline")
        points.reverse(here.stores, here.members[0], ITEM_APPROVED, source="case:1", at=AT)
        assert here.score(Every.YEAR, "2027-12-31").vetoed_by is None
        assert here.score(Every.YEAR, "2028-01-01").points == 60, "a new year begins anew"


def test_sets_reviews_and_matches_have_caps_of_their_own():
    with Enterprise(sample("hundred")) as here:
        assert here.many(SPECIAL_FULL, days("2027-03-01", 3)) == 4, "four a month"
        assert here.happens(WEEKLY_FULL, "2027-03-04") is None, "no rule has the week's set here"
        assert here.many(REVIEWED, days("2027-03-01", 7)) == 2, "two a week"
        assert here.many(WON, days("2027-01-08", 4, 7)) == 6, "two won matches a quarter"


def test_by_the_default_file_study_earns_little_and_nothing_for_opening_or_guessing():
    with Enterprise() as here:
        day = "2027-03-01"
        assert [here.happens(one, day) for one in (WEEKLY_FULL, WEEKLY, SPECIAL_FULL, WEEKLY)] == [3, 2, 3, 2]
        assert [here.happens(one, "2027-03-02") for one in (SPECIAL_FULL, WEEKLY, WEEKLY)] == [0, 2, 0], "6 a week each"
        assert [here.happens(one, "2027-03-09") for one in (GUESSED, NO_LENGTH)] == [0, 0]
        assert [here.happens(one, "2027-03-09") for one in (CHALLENGE, CHALLENGE, CHALLENGE, CHALLENGE)] == [1, 1, 1, 0]
        assert here.many(REVIEWED, days("2027-03-08", 7)) == 5, "five a week"
        assert here.many(WON, days("2027-03-08", 3, 7)) == 10, "two a month"
        assert here.many(REFLECTED, days("2027-03-08", 3)) == 4, "two a week, late or not"


def test_a_change_in_the_middle_of_a_period_holds_from_its_day_on():
    later = sample("daily").replace("2027-01-01", "2027-03-03").replace("points = 1\ncaps = { day = 6 }", "points = 3")
    with Enterprise(sample("daily"), later) as here:
        assert [here.happens(READ, day) for day in ("2026-12-31", "2027-03-02", "2027-03-03")] == [1, 1, 3]
        assert here.happens(READ, "2027-03-02") == 1, "what comes late has the rules of its day"


def test_each_entry_keeps_what_it_needs_to_be_played_again():
    with Enterprise(sample("daily")) as here:
        here.happens(MADE, "2027-03-02")
        here.happens(RIGHT, "2027-03-02")
        kept = [one.entry for one in here.stores.points.lines(0, 9)]
        assert [(one.rule, one.event, one.facts, one.category, one.points) for one in kept] == [
            ("points.none", "suggestion.made", "{}", "", 0),
            ("quiz_full", "quiz.answered", '{"correct":true,"full_marks":true}', "quiz", 2),
        ]


def test_a_window_goes_by_the_clock_of_the_group_when_clocks_change():
    text = sample("daily")
    with Enterprise(text) as here:
        berlin = replace(here.group, zone="Europe/Berlin")
        for minute, number in ((29, 1), (30, 2)):  # 28 March 2027: 02:00 becomes 03:00; 08:30 is 06:30 UTC
            at = datetime(2027, 3, 28, 6, minute, tzinfo=UTC)
            credit = points.award(here.stores, here.members[0], berlin, *READ, source=f"s:{number}", cause="x", at=at)
            assert credit.points == (2 if minute == 29 else 1)


def test_what_is_possible_today_is_what_the_caps_leave():
    with Enterprise(sample("daily")) as here:
        here.happens(READ, "2027-03-02", "07:00")
        here.happens(RIGHT, "2027-03-02")
        who = here.stores.members.get(here.members[0])
        now = datetime(2027, 3, 2, 4, tzinfo=UTC)
        found = score.possible_today(here.stores, Actor(who, here.group, now))
        assert [(str(one.rule), one.each, one.left) for one in found] == [
            ("read", 1, 4),
            ("quiz_full", 2, 4),
            ("quiz", 1, 4),
            ("weekly_full", 8, 8),
            ("weekly", 6, 8),
        ]


HAPPENING = st.tuples(
    st.sampled_from([ON_TIME, LATE, READ, RIGHT, WRONG, MADE, WEEKLY, item("absent"), item("commended")]),
    st.integers(0, 100).map(lambda n: date(2027, 2, 20) + timedelta(days=n)),
    st.sampled_from(["05:00", "07:00", "13:00", "23:30"]),
    st.integers(0, 1),
    st.booleans(),
)


def live(here, story):
    """Let things happen in an order; some are taken back at once, some later."""
    for number, (what, day, clock, who, back) in enumerate(story):
        here.happens(what, day, clock, who=who, source=f"s:{number}")
        if back:
            at = AT + timedelta(days=number)
            undone = story[number // 2]
            points.reverse(here.stores, here.members[undone[3]], undone[0][0], source=f"s:{number // 2}", at=at)


def over_caps(here, scheme):
    """The sums that are above their caps."""
    entries = [line.entry for line in here.stores.points.lines(0, 10_000)]
    for rule in scheme.all_rules:
        for limit in rule.limits:
            sums = {}
            for entry in entries:
                of_rule = limit.scope == "rule" and entry.rule == limit.name
                counts = of_rule or (
                    entry.rule not in scheme.deductions
                    and (limit.scope == "total" or (limit.scope == "category" and entry.category == limit.name))
                )
                if counts:
                    key = entry.member, containing(limit.cap.period, entry.day)
                    sums[key] = sums.get(key, 0) + entry.points
            yield from (key for key, total in sums.items() if abs(total) > limit.cap.most)


@pytest.mark.parametrize("name", SAMPLES)
@given(story=st.lists(HAPPENING, max_size=40))
@settings(max_examples=12, deadline=None)
def test_no_cap_is_exceeded_and_a_simulation_says_what_happens_then(name, story):
    """Whatever the order: caps hold, totals are the ledger's, and playing the events again gives the same."""
    scheme = check(sample(name), EVENTS)
    with Enterprise(sample(name)) as here, Enterprise() as before:
        live(here, story)
        live(before, story)
        assert list(over_caps(here, scheme)) == []
        entries = [line.entry for line in here.stores.points.lines(0, 10_000)]
        for member in here.members:
            assert here.stores.points.total(member) == sum(one.points for one in entries if one.member == member)
        again = run(here.stores, scheme=scheme, since=date(2027, 1, 1))
        assert again.changed == 0, "playing the ledger again gives the same"
        foreseen = run(before.stores, scheme=scheme, since=date(2027, 1, 1))
        assert {one.member.id: one.then for one in foreseen.people} == {one.member.id: one.now for one in again.people}


def test_a_category_is_not_called_by_a_rule_that_is_of_another_one():
    """The default rules list tasks as "task"; this scheme has a rule of that name in the category "role"."""
    versions = Versions(None, (check(sample("yearly"), EVENTS),))
    assert not versions.titled_category("task").called
    assert versions.titled_category("role").called == "发挥作用"
