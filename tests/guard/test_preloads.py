"""A page asks for all its modules at once, instead of one level of imports after the other."""

import posixpath
import re
from pathlib import Path

import pytest

from tests.support.source import ROOT

_IMPORT = re.compile(r'^(?:import\b[^";(]*|export\b[^";=(]*\bfrom\s*)"([./][^"]+)"', re.MULTILINE)
_ENTRY = re.compile(r'<script type="module" src="([^"]+)">')
_PRELOAD = re.compile(r'<link rel="modulepreload" href="([^"]+)">')


def _file(address: str) -> Path:
    folder, _, name = address.removeprefix("/").partition("/")
    return ROOT / ("clients/javascript/src" if folder == "sdk" else folder) / name


def _needed(entry: str) -> set[str]:
    """The addresses of all modules that `entry` imports before it runs."""
    found: set[str] = set()
    waiting = [entry]
    while waiting:
        address = waiting.pop()
        imports = [] if "/vendor/" in address else _IMPORT.findall(_file(address).read_text())
        named = {posixpath.normpath(posixpath.join(posixpath.dirname(address), name)) for name in imports}
        waiting += named - found
        found |= named
    return found


@pytest.mark.parametrize("page", ["index.html", "embed.html"])
def test_pages_preload_the_modules_that_they_import(page: str) -> None:
    text = (ROOT / "static" / page).read_text()
    (entry,) = _ENTRY.findall(text)
    preloaded = _PRELOAD.findall(text)
    assert len(preloaded) > 10
    assert sorted(preloaded) == sorted(_needed(entry))
