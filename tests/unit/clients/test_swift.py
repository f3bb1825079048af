"""The one-file client in Swift, read by a parser of the language: there is no compiler here."""

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest

from realtime import wire

ROOT = Path(__file__).parents[3]
FETCHED = ROOT / ".tools" / "clients"  # by .ci/run


@pytest.fixture
def parser(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(sys, "path", [*sys.path, str(FETCHED)])
    tree_sitter = pytest.importorskip("tree_sitter", reason="no parser: see .ci/run")
    swift = importlib.import_module("tree_sitter_swift")
    return tree_sitter.Parser(tree_sitter.Language(swift.language()))


def _faults(node: Any) -> list[int]:
    """Lines that are no Swift."""
    if node.type == "ERROR" or node.is_missing:
        return [node.start_point[0] + 1]
    return [line for child in node.children for line in _faults(child)]


def test_the_client_is_swift(parser: Any) -> None:
    source = (ROOT / "clients" / "swift" / "Parley.swift").read_bytes()
    assert _faults(parser.parse(source).root_node) == []
    broken = source.replace(b"public actor Session {", b"public actor Session ( {")
    assert _faults(parser.parse(broken).root_node) != []


def test_both_clients_know_every_event_of_the_server() -> None:
    for name in ("kotlin/Parley.kt", "swift/Parley.swift"):
        text = (ROOT / "clients" / name).read_text()
        assert [
            event for event in wire.SERVER if f'"{event}"' not in text and event not in ("audio.ack", "response.audio")
        ] == []
