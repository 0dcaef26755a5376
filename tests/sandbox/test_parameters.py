import json

import pytest

from sandbox.parameters import Parameters, whole


@pytest.mark.parametrize(
    ("value", "number"),
    [(7, 7), ("7", 7), (" -7 ", -7), ("+7", 7), (7.9, 7), (True, 3), ("7.5", 3), ("", 3), ([], 3), (None, 3)],
)
def test_a_number_is_read_however_it_is_written(value, number):
    assert whole(value, 3) == number


@pytest.mark.parametrize("value", [10**30, str(10**30), "9" * 5000, float("inf"), float("nan"), -(10**30)])
def test_a_number_beyond_all_ids_is_none(value):
    assert whole(value, 3) == 3


def test_a_form_is_recorded_as_what_it_means():
    given = Parameters({"chat_id": "-1", "is_anonymous": "false", "options": json.dumps([{"text": "甲"}]), "text": "1"})
    assert given.record() == {"chat_id": -1, "is_anonymous": False, "options": [{"text": "甲"}], "text": "1"}


async def test_of_link_preview_options_only_those_that_exist_are_kept(scene, program):
    options = {"is_disabled": True, "url": 1, "colour": "red"}
    sent = await program.call("sendMessage", chat_id=scene.group.id, text="好", link_preview_options=options)
    assert sent["link_preview_options"] == {"is_disabled": True}
