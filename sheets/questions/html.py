"""HTML in questions becomes plain text; what is lost with its tags is told."""

import re

from sheets.questionnaire.words import Plain, lines
from sheets.questions.collecting import Collected
from sheets.questions.found import Loss, Place

EMBEDDED = re.compile(r"data:[\w/+.;=-]{0,100},[A-Za-z0-9+/=%\s]*")
TAG = re.compile(
    r"</?(?:p|br|b|i|u|s|em|strong|span|div|img|script|style|table|t[rdh]|tbody|thead|ul|ol|li|h[1-6]|a|sub|sup|font|pre"
    r"|code|iframe|video|audio|object|embed|svg)\b[^<>]*>|<!--",
    re.IGNORECASE,
)
UNCLOSED = re.compile(r"<(?=[^<>]*+(?:<|$))")  # html.parser looks for the end of each one through all of the text
TABLE = re.compile(r"<table\b", re.IGNORECASE)


def looks_like_html(text: str) -> bool:
    """Whether a text has one of the usual tags; `a<b` has none."""
    return TAG.search(text) is not None


def _without_comments(html: str) -> str:
    kept, at = [], 0
    while (begun := html.find("<!--", at)) >= 0 and (end := html.find("-->", begun)) >= 0:
        kept.append(html[at:begun])
        at = end + 3
    return "".join([*kept, html[at:]])


def as_text(html: str, place: Place, into: Collected) -> str:
    """The words of an HTML text."""
    if "<" not in html and "&" not in html:
        return html
    bare = UNCLOSED.sub("&lt;", _without_comments(EMBEDDED.sub("", html)))
    made = Plain(bare)
    if made.has_picture:
        into.lose(place, Loss.IMAGE, lines(made.text))
    if made.has_script:
        into.lose(place, Loss.SCRIPT, lines(made.text))
    if TABLE.search(bare):
        into.lose(place, Loss.TABLE, lines(made.text))
    return made.text
