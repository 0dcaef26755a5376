"""The program's own source, as its syntax trees.

What is found in a tree is kept, the tree is not: hundreds of them would be looked through for garbage all the time.
"""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "web", "domain", "storage", "texts", "charts", "language", "sheets", "plain", "sandbox")


@cache
def modules(*rooms: str) -> tuple[Path, ...]:
    """The modules of rooms, as paths from the project's root."""
    return tuple(file.relative_to(ROOT) for room in rooms for file in sorted((ROOT / room).rglob("*.py")))


def tree(module: Path) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"))


@cache
def strings(module: Path) -> tuple[ast.Constant, ...]:
    """The string literals of a module, without its docstrings."""
    nodes = list(ast.walk(tree(module)))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in nodes
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    literals = (node for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return tuple(node for node in literals if id(node) not in docstrings)


@cache
def imports(module: Path) -> frozenset[str]:
    """The top-level packages that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(str(node.module).split(".")[0])
    return frozenset(found)


@cache
def attributes(module: Path) -> frozenset[tuple[str, str]]:
    """What a module takes from something it has a name for: `datetime.now` is `("datetime", "now")`."""
    found = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Attribute):
            owner = node.value
            name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
            found.add((name, node.attr))
        elif isinstance(node, ast.ImportFrom):
            found |= {(str(node.module), name.name) for name in node.names}
    return frozenset(found)
