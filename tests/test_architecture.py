"""The rules between the packages: who may import whom, and what must not be loaded before it is needed."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = ("scraper", "tagger", "kabar")
MAY_IMPORT = {
    "scraper": ("scraper",),
    "tagger": ("tagger", "scraper.article"),
    "kabar": ("kabar", "tagger", "scraper"),
}
HEAVY = ("spacy", "onnxruntime", "numpy", "lxml", "bs4", "httpx", "warcio", "feedparser", "rich.progress", "sqlite3")


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Every module that a file imports, with its line; in `from a import b` it may be `a` or `a.b`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def within(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


@pytest.mark.parametrize("package", OURS)
def test_packages_import_only_what_stands_left_of_them(package: str) -> None:
    broken = [
        f"{path.relative_to(ROOT)}:{line} imports {module}"
        for path in modules(package)
        for line, module in imported(path)
        if any(within(module, ours) for ours in OURS) and not any(within(module, ok) for ok in MAY_IMPORT[package])
    ]
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("package", OURS)
def test_nothing_imports_the_tests_or_the_training_by_chance(package: str) -> None:
    broken = [
        f"{path.relative_to(ROOT)}:{line} imports {module}"
        for path in modules(package)
        if "training" not in path.parts
        for line, module in imported(path)
        if within(module, "tests") or within(module, "torch") or within(module, "tagger.training")
    ]
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize(
    "statement",
    ["import scraper, tagger", "from kabar.cli import app; app(['--help'], standalone_mode=False)"],
    ids=["libraries", "help"],
)
def test_heavy_libraries_are_loaded_when_they_are_needed(statement: str) -> None:
    program = f"{statement}\nimport sys\nprint('LOADED', *(name for name in {HEAVY!r} if name in sys.modules))"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)
    assert answer.stdout.splitlines()[-1] == "LOADED"


def test_modules_fit_on_a_few_screens() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {lines} lines"
        for package in OURS
        for path in modules(package)
        if (lines := len(path.read_text("utf-8").splitlines())) > 400
    ]
    assert not long, "\n".join(long)
