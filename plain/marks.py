"""Marks that nobody sees, and piles of marks that cover the lines around them."""

import re
import unicodedata

MAX_MARKS = 4  # combining marks on one sign; languages need three
# Signs of Unicode's Default_Ignorable_Code_Point, fillers that look like blanks, control characters other than tab and
# line feed, halves of characters, and places that no character has.
_NEVER = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\ufdd0-\ufdef\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_JOINER, _STYLES = "\u200d", "\ufe0e\ufe0f"
# What may be an emoji: the joiner and the two styles mean something beside one.
_EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
INVISIBLE = re.compile(
    rf"[{_NEVER}]"
    rf"|{_JOINER}(?:(?<![{_EMOJI}{_STYLES}]{_JOINER})|(?![{_EMOJI}]))"
    rf"|[{_STYLES}](?:(?<![{_EMOJI}0-9#*].)|(?<=[0-9#*].)(?!\u20e3))"
)
# Most texts have nothing of all this, and one look is cheaper than three.
_SUSPECT = re.compile(rf"[{_NEVER}{_JOINER}{_STYLES}\u2028\u2029]")
LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Combining marks are no letters, no digits and beyond Latin letters, so that they can only be in such a run.
_RUN = re.compile(rf"[^\w\s\x00-\u02ff]{{{MAX_MARKS + 1},}}")


def removed(text: str) -> str:
    """The text without invisible marks, with at most MAX_MARKS combining marks on a sign, and one kind of line end."""
    if text.isascii() and text.isprintable():
        return text
    if _SUSPECT.search(text):
        text = INVISIBLE.sub("", LINE_ENDS.sub("\n", text))
    return _RUN.sub(_thinned, text)


def _thinned(run: re.Match[str]) -> str:
    kept, marks = [], 0
    for sign in run.group():
        marks = marks + 1 if unicodedata.category(sign)[0] == "M" else 0
        if marks <= MAX_MARKS:
            kept.append(sign)
    return "".join(kept)
