"""What may be in the process: every package of the lock says its licence, and none asks that ours be another."""

import re
from importlib import metadata

from tests.support.source import ROOT

PERMISSIVE = re.compile(
    r"\b(MIT|MIT-CMU|0?BSD|Apache|ISC|PSF|Python Software Foundation|Unlicense|Zlib|CC0-1\.0)\b", re.IGNORECASE
)
LIBRARY_ONLY = {"soxr": "LGPL-2.1-or-later: a library of its own that is linked while running, and can be replaced"}
FILE_BY_FILE = {"bidict", "orjson", "tqdm"}
"""MPL-2.0: changes of their files would have to be published; we change none."""


def _locked(name: str) -> dict[str, bool]:
    """Package → whether every machine has it."""
    text = (ROOT / name).read_text()
    lines = re.findall(r"^([\w.-]+)(?:\[[\w.,-]+\])?==[^\s;]+ *(;)?", text, re.MULTILINE)
    assert len(lines) == len(re.findall(r"^[^\s#-]", text, re.MULTILINE)), f"{name} has lines of another kind"
    return {package: not marker for package, marker in lines}


def _licences(package: str) -> list[str]:
    """What the package says of itself, the most exact first: an expression, a classifier, a word."""
    said = metadata.metadata(package)
    for expression in said.get_all("License-Expression") or []:
        return re.split(r" (?:AND|OR) ", re.sub(r"[()]", "", expression))
    classified = [c.split("::")[-1].strip() for c in said.get_all("Classifier") or [] if c.startswith("License ::")]
    return [one for one in classified if one != "OSI Approved"] or [(said.get_all("License") or [""])[0].split("\n")[0]]


def _found() -> dict[str, list[str]]:
    found = {}
    for package, always in _locked("requirements.lock").items():
        try:
            found[package] = _licences(package)
        except metadata.PackageNotFoundError:
            assert not always, f"{package} is in the lock and not installed"
    return found


def test_no_package_of_the_process_is_under_a_licence_that_spreads() -> None:
    found = _found()
    spreading = {name for name, licences in found.items() if any("GPL" in one.upper() for one in licences)}
    assert spreading == set(LIBRARY_ONLY)
    assert all(one.startswith("LGPL") for name in LIBRARY_ONLY for one in found[name])


def test_every_licence_is_known() -> None:
    found = _found()
    assert len(found) > 80
    mozilla = {name for name, licences in found.items() if any("MPL" in one or "Mozilla" in one for one in licences)}
    assert mozilla == FILE_BY_FILE
    unknown = {
        name: licences
        for name, licences in found.items()
        if name not in LIBRARY_ONLY | dict.fromkeys(FILE_BY_FILE) and not all(map(PERMISSIVE.search, licences))
    }
    assert unknown == {}


def test_a_word_that_only_holds_a_permissive_name_is_none() -> None:
    for text in ("Limited use, no redistribution", "Permitted to customers", "Miscellaneous", "Proprietary", ""):
        assert not PERMISSIVE.search(text), text
