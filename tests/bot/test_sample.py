"""The sample files keep to the formats that their heads describe, and to the messenger's limits."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import bot
from bot.sample.company import in_turn
from sheets import read_roster

SAMPLE = Path(bot.__file__).parent / "sample"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((SAMPLE / name).read_text(encoding="utf-8"))


ITEMS = read("study.toml")["item"]
ENTERPRISE = read("enterprise.toml")
READING = read_roster((SAMPLE / "roster.csv").read_bytes())
ON_ROSTER = {line.number: line for line in READING.lines}
GROUPS = {branch["party"]: branch["code"] for branch in ENTERPRISE["branch"]}
BRANCH_OF = {one["code"]: GROUPS[ON_ROSTER[one["number"]].branch[-1]] for one in ENTERPRISE["person"]}


def minute(moment: str) -> int:
    """Minutes from Monday 00:00 of the week that holds today."""
    week, weekday, time = moment.split()
    hour, minutes = time.split(":")
    return ((int(week) * 7 + WEEKDAYS.index(weekday)) * 24 + int(hour)) * 60 + int(minutes)


def test_events_that_days_off_have_moved_to_one_day_keep_their_order() -> None:
    late, early, after = (datetime(2026, 10, day, hour, tzinfo=UTC) for day, hour in ((8, 10), (8, 9), (9, 9)))
    events = [(late, list), (early, dict), (after, set)]
    assert [*in_turn(events)] == [(late, list), (late, dict), (after, set)]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item["code"])
def test_a_study_item_fits_into_a_message_and_a_quiz(item: dict[str, Any]) -> None:
    fields = ("code", "title", "topic", "text", "source", "kind", "question", "options", "answer", "pairs")
    assert item.keys() <= {*fields, "explanation", "expires"}
    assert len(item["title"]) <= 30
    assert 80 <= len(item["text"]) <= 220
    assert item["source"]
    assert len(item["question"]) <= 300
    if "kind" not in item:
        assert 3 <= len(set(item["options"])) == len(item["options"]) <= 4
        assert max(map(len, item["options"])) <= 100
        assert 0 <= item["answer"] < len(item["options"])
    assert len(item["explanation"]) <= 180
    assert item["explanation"].count("\n") <= 2


def test_the_roster_is_in_order_and_everybody_of_the_story_is_on_it() -> None:
    assert not READING.faults
    assert [one.heading for one in READING.unused] == ["岗位"]
    assert READING.kinds == {"江北精工党委": "committee", **dict.fromkeys(GROUPS, "branch")}
    assert {one["number"] for one in ENTERPRISE["person"]} == ON_ROSTER.keys()


def test_there_are_thirty_six_items_with_codes_of_their_own() -> None:
    assert len({item["code"] for item in ITEMS}) == len(ITEMS) == 36


def test_right_answers_are_spread_over_the_places() -> None:
    single = [item for item in ITEMS if "kind" not in item]
    counts = [sum(item["answer"] == place for item in single) for place in range(4)]
    assert min(counts) >= 5


def test_each_branch_has_six_people_and_one_secretary_and_the_enterprise_one_administrator() -> None:
    people = ENTERPRISE["person"]
    for branch in ENTERPRISE["branch"]:
        inside = [ON_ROSTER[one["number"]] for one in people if BRANCH_OF[one["code"]] == branch["code"]]
        assert len(inside) == 6
        assert [line.role for line in inside].count("支部书记") == 1
    assert [person.get("role") for person in people].count("administrator") == 1
    assert all(0 <= person["study"] <= 1 and 0 <= person["quiz"] <= 1 for person in people)
    usernames = [person["username"] for person in people if "username" in person]
    assert len(set(usernames)) == len(usernames) < len(people)


def test_history_is_past_and_in_its_order() -> None:
    for task in ENTERPRISE["task"]:
        assert BRANCH_OF[task["owner"]] == task["branch"]
        assert minute(task["given"]) < min(minute(task["due"]), 0)
        assert "done" not in task or minute(task["given"]) < minute(task["done"]) < 0
    for survey in ENTERPRISE["survey"]:
        assert minute(survey["asked"]) < minute(survey["closes"]) < 0
        assert {BRANCH_OF[code] for code in survey["votes"]} == {survey["branch"]}
        assert set(survey["votes"].values()) <= set(range(len(survey["options"])))
    said = [minute(suggestion["at"]) for suggestion in ENTERPRISE["suggestion"]]
    assert said == sorted(said)
    assert said[-1] < 0
    assert {suggestion["by"] for suggestion in ENTERPRISE["suggestion"]} <= BRANCH_OF.keys()


def test_there_is_something_of_each_kind_to_show() -> None:
    tasks = ENTERPRISE["task"]
    done = [task for task in tasks if "done" in task]
    late = [task for task in done if minute(task["done"]) > minute(task["due"])]
    still_open = [task for task in tasks if "done" not in task]
    assert len(done) > len(late) > 0
    assert any(minute(task["due"]) < 0 for task in still_open)
    assert any(minute(task["due"]) > 0 for task in still_open)
    assert len(ENTERPRISE["suggestion"]) == 40
