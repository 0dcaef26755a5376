"""Patterns that are compiled at their first use."""

import re
import subprocess
import sys

import pytest

from language.patterns import Lazy
from tests.architecture.source import ROOT

COMPILED = """
from language import ahead, patterns
before = sum(one._compiled is not None for one in patterns._MADE)
ahead.prepare()
print(before, sum(one._compiled is None for one in patterns._MADE), len(patterns._MADE) > 400)
"""


@pytest.mark.parametrize("text", ["a12b", "A12B", "b", "", "1a12b"])
@pytest.mark.parametrize("start", [0, 1])
def test_a_lazy_pattern_finds_what_re_finds(text, start):
    written, flags = r"a(?P<n>[0-9]+)b", re.IGNORECASE
    plain, lazy = re.compile(written, flags), Lazy(written, flags)
    for way in ("match", "fullmatch"):
        right, found = getattr(plain, way)(text, start), getattr(lazy, way)(text, start)
        assert (found and (found.span(), found["n"])) == (right and (right.span(), right["n"]))


def test_the_end_that_is_given_is_the_end():
    assert Lazy("ab").fullmatch("xabx", 1, 3)
    assert Lazy("ab").fullmatch("xabx", 1) is None


def test_nothing_is_compiled_at_import_and_everything_is_prepared():
    done = subprocess.run([sys.executable, "-c", COMPILED], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "0", "True"]
