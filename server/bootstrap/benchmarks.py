"""Lists the benchmarks before anything is set up. Standard library only."""

from __future__ import annotations

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
    """The first line of its docstring, which is that of the file, up to the command. Every start asks for all of them,
    so none is parsed."""
    with path.open(encoding="utf-8") as file:
        said = file.readline()
    return said.removeprefix('"""').partition('"""')[0].partition("`")[0].rstrip(".: \n")
