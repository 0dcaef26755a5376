"""The page on adding a feature is carried out in a copy of the tree: its feature works, and few lines change."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.architecture.source import ROOMS, ROOT

PAGE = ROOT / "docs" / "adding-a-feature.md"
BLOCK = re.compile(r"^(?:`(?P<path>[\w/.]+)`\n\n)?```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
MAX_CHANGED_LINES = 6
NEW_TESTS = ("tests/life/test_duty.py", "tests/storage/test_declarations.py", "tests/storage/test_schema.py")
TEXTS = ("tests/architecture/test_texts.py", "-k", "duty")


@dataclass(frozen=True)
class Block:
    """A block of the page: a whole file, or a change of one that is there."""

    path: str
    kind: str
    text: str


def blocks() -> Iterator[Block]:
    path = ""
    for found in BLOCK.finditer(PAGE.read_text(encoding="utf-8")):
        path = found["path"] or path
        yield Block(path, found["kind"], found["text"])


def changed_lines(block: Block) -> int:
    """A line that takes the place of another counts once; blank ones do not count."""
    lines = block.text.splitlines()
    return max(sum(line.startswith(sign) and bool(line[1:].strip()) for line in lines) for sign in "+-")


def changed(before: str, block: Block) -> str:
    """A file after a change: what the block has of the old stands in it once."""
    old = "".join(f"{line[1:]}\n" for line in block.text.splitlines() if line[:1] in ("", " ", "-"))
    new = "".join(f"{line[1:]}\n" for line in block.text.splitlines() if line[:1] in ("", " ", "+"))
    assert before.count(old) == 1, f"{block.path} does not have once:\n{old}"
    return before.replace(old, new)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree with the page's feature in it."""
    copy = tmp_path_factory.mktemp("recipe") / "tree"
    copy.mkdir()
    for room in (*ROOMS, "tests", "docs"):
        shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__", "images"))
    for file in ("pyproject.toml", "README.md", "README.zh-CN.md", "CHANGELOG.md"):
        shutil.copy(ROOT / file, copy / file)
    (copy / "tests" / "life").mkdir(exist_ok=True)
    (copy / "tests" / "life" / "__init__.py").touch()
    for block in blocks():
        file = copy / block.path
        if block.kind == "diff":
            file.write_text(changed(file.read_text(encoding="utf-8"), block), encoding="utf-8")
        else:
            assert not file.exists(), f"{block.path} is no new file"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, encoding="utf-8")
    return copy


def run(tree: Path, *command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=tree, capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def test_few_lines_change_in_files_that_are_there():
    changes = [block for block in blocks() if block.kind == "diff"]
    assert len({block.path for block in changes}) == len(("domain", "storage", "texts", "handlers"))
    assert 0 < sum(map(changed_lines, changes)) <= MAX_CHANGED_LINES


def test_the_feature_is_typed_and_in_form(tree):
    places = [f"{room}/life" for room in ("domain", "storage", "handlers")]
    run(tree, "ruff", "check", *places)
    run(tree, "ruff", "format", "--check", *places)
    run(tree, "mypy", "--strict", "-p", "domain.life", "-p", "storage.life", "-p", "handlers.life")


def test_its_dialogues_pass(tree):
    run(tree, "pytest", "-q", "-p", "no:cacheprovider", *NEW_TESTS)


def test_its_texts_are_whole(tree):
    run(tree, "pytest", "-q", "-p", "no:cacheprovider", *TEXTS)
