"""The results as they stand in `docs/benchmarks.md`, between two marks."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.result import table

BEGIN, END = "<!-- results: python -m benchmarks report -->", "<!-- end of results -->"
BETWEEN = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.DOTALL)


def write_into(document: Path, results: Mapping[str, Any]) -> None:
    """Replace what stands between the marks. Raises ValueError for a page without them."""
    page = document.read_text(encoding="utf-8")
    if not BETWEEN.search(page):
        raise ValueError(f"{document.name} has no place for results")
    document.write_text(BETWEEN.sub(lambda _: f"{BEGIN}\n{told(results)}\n{END}", page), encoding="utf-8")


def told(results: Mapping[str, Any]) -> str:
    """The table, and below it what it was measured on."""
    machine = dict(results["machine"])
    place = (
        f"{machine.pop('cpu')}, {machine.pop('cores')} cores, {machine.pop('memory_gb')} GB, {machine.pop('system')}"
    )
    versions = ", ".join(f"{name} {version}" for name, version in machine.items())
    short = "A short run, to look at and not to quote. " if results["short"] else ""
    return f"{table(results['rows'])}\n\n{short}{place}; {versions}. It took {results['minutes']} minutes."
