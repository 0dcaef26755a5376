"""JSON by orjson, and what the standard library has to read and write in its place."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import jsons

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


@given(VALUES)
def test_what_is_written_reads_the_same(value):
    text = jsons.write(value)
    assert json.loads(text) == value
    assert "\n" not in text


def test_half_characters_are_read_and_written():
    halves = {"text": "\ud83d"}
    assert jsons.read(json.dumps(halves)) == halves
    assert jsons.read(json.dumps(halves).encode()) == halves
    assert jsons.write(halves) == '{"text": "\ud83d"}'


def test_bytes_that_are_no_text_become_replacement_characters():
    assert jsons.read(b'{"text": "\xff"}') == {"text": "\ufffd"}


@pytest.mark.parametrize("text", [b"", b"{", b"<html>"])
def test_what_is_no_json_is_refused(text):
    with pytest.raises(ValueError, match="Expecting"):
        jsons.read(text)
