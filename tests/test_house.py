"""The house's size limits: small functions, modules that fit in the head, one face a package."""

from __future__ import annotations

import ast
from pathlib import Path
from statistics import median

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "dateline"
MODULES = sorted(SOURCE.rglob("*.py"))
FUNCTION_LIMIT = 40
MODULE_LIMIT = 400


def _functions(module: Path) -> list[tuple[str, int]]:
    """Return name and body length of each function, docstrings not counted."""
    tree = ast.parse(module.read_text("utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [(node.name, _length(node)) for node in ast.walk(tree) if isinstance(node, kinds)]


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(SOURCE)))
def test_no_function_is_long(module: Path) -> None:
    assert [(name, length) for name, length in _functions(module) if length > FUNCTION_LIMIT] == []


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(SOURCE)))
def test_no_module_is_long(module: Path) -> None:
    assert len(module.read_text("utf-8").splitlines()) <= MODULE_LIMIT


def test_the_typical_function_is_short() -> None:
    assert median(length for module in MODULES for _, length in _functions(module)) < 10


def test_no_module_is_a_drawer_for_anything() -> None:
    assert [module.name for module in MODULES if module.stem in {"utils", "helpers", "common", "core", "misc"}] == []
