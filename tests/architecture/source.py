"""The program's own source, as its syntax trees."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "web", "domain", "storage", "texts", "charts", "language", "sheets", "plain", "sandbox")


@cache
def modules(*rooms: str) -> tuple[Path, ...]:
    """The modules of rooms, as paths from the project's root."""
    return tuple(file.relative_to(ROOT) for room in rooms for file in sorted((ROOT / room).rglob("*.py")))


@cache
def tree(module: Path) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"))


def strings(module: Path) -> Iterator[ast.Constant]:
    """The string literals of a module, without its docstrings."""
    nodes = list(ast.walk(tree(module)))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in nodes
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node


def imports(module: Path) -> set[str]:
    """The top-level packages that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(str(node.module).split(".")[0])
    return found


def attributes(module: Path) -> set[tuple[str, str]]:
    """What a module takes from something it has a name for: `datetime.now` is `("datetime", "now")`."""
    found = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Attribute):
            owner = node.value
            name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
            found.add((name, node.attr))
        elif isinstance(node, ast.ImportFrom):
            found |= {(str(node.module), name.name) for name in node.names}
    return found
