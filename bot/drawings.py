"""The drawings of all kinds of pictures: a line for each."""

from collections.abc import Mapping

from bot.pictures import Drawing

DRAWINGS: Mapping[str, Drawing] = {}
