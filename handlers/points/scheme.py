"""Rules of points in private chats."""

from domain.points.scheme.outside import Sound, text_of
from domain.points.scheme.problem import Problem
from sheets.reader import Reader

SCHEME = Reader("domain.points.scheme.outside:entry", (Problem, Sound), text_of)
