"""What holds for every text, however it is made."""

import html
import re
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from sandbox.markup import MarkupError, clean, detect, parse, utf16_length, utf16_slice

MODES = ["HTML", "MarkdownV2", "Markdown"]
TEXTS = st.text(max_size=60)
EVIL = st.text("<>/&;#x=\"' \n\r*_`~|[]()!\\>abB😀中\u202e\u200fA1.:@", max_size=40)

patient = settings(deadline=None)  # a loaded machine is no error


@patient
@given(TEXTS | EVIL)
def test_escaped_text_comes_back_as_it_was(text):
    assert parse(html.escape(text), "HTML") == clean(text)


@patient
@given(TEXTS | EVIL)
def test_text_escaped_for_markdown_comes_back_as_it_was(text):
    assert parse(re.sub(r"([_*\[\]()~`>#+\-=|{}.!\\])", r"\\\1", text), "MarkdownV2") == clean(text)


@patient
@given(TEXTS | EVIL)
def test_styled_text_is_covered_exactly(text):
    plain, entities = parse(f"😀<b>{html.escape(text)}</b>.", "HTML")
    middle = plain.removeprefix("😀").removesuffix(".")
    covered = [utf16_slice(plain, entity["offset"], entity["length"]) for entity in entities]
    assert covered == ([middle] if middle else [])


@patient
@given(EVIL | TEXTS, st.sampled_from(MODES))
@example("<a href='http://[::1]'>x</a>", "HTML")
@example("<a href='http://x:\u0663@y.z:\u00b2'>x</a>", "HTML")
def test_parsing_never_raises_anything_but_its_own_error(text, mode):
    try:
        plain, entities = parse(text, mode)
    except MarkupError as refused:
        assert refused.description
    else:
        check_entities(plain, entities)


@patient
@given(EVIL | TEXTS | st.text("@#/$.:ab1中 ?&=-_https😀", max_size=60))
def test_what_is_found_lies_in_the_text_and_never_overlaps(text):
    found = detect(text)
    check_entities(text, found)
    for one, other in pairwise(found):
        assert one["offset"] + one["length"] <= other["offset"]


@patient
@given(
    EVIL,
    st.lists(
        st.tuples(st.sampled_from(["bold", "italic", "code", "blockquote", "text_link"]), *[st.integers(0, 20)] * 2)
    ),
)
def test_cleaning_what_is_clean_changes_nothing(text, spans):
    entities = [
        {"type": kind, "offset": offset, "length": length} | ({"url": "http://a.b/"} if kind == "text_link" else {})
        for kind, offset, length in spans
    ]
    try:
        once = clean(text, entities)
    except MarkupError:
        return
    check_entities(*once)
    assert clean(*once) == once


def check_entities(text, entities):
    whole = utf16_length(text)
    places = [(entity["offset"], -entity["length"]) for entity in entities]
    assert places == sorted(places)
    for entity in entities:
        assert 0 <= entity["offset"] < entity["offset"] + entity["length"] <= whole
        covered = utf16_slice(text, entity["offset"], entity["length"])
        assert utf16_length(covered) == entity["length"]
