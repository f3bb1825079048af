"""Lists the benchmarks before anything is set up. Standard library only."""

from __future__ import annotations

import ast
from pathlib import Path

from server.bootstrap import installer

FOLDER = installer.ROOT / "benchmarks"


def listed() -> dict[str, str]:
    """Names for `run.py bench NAME`, and what each measures. Other modules of the folder begin with `_`."""
    return {path.stem: _headline(path) for path in sorted(FOLDER.glob("[!_]*.py"))}


def described() -> str:
    """A line for each."""
    return "\n".join(["Benchmarks:", *(f"  {name:<15}{about}" for name, about in listed().items())])


def _headline(path: Path) -> str:
    """The first line of its docstring, up to the command."""
    said = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n")[0]
    return said.partition("`")[0].rstrip(".: ")
