"""The command line of run.py."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

RUN = Path(__file__).resolve().parents[3] / "run.py"


@pytest.fixture(scope="module")
def run() -> ModuleType:
    spec = importlib.util.spec_from_file_location("parley_run", RUN)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_serves_when_nothing_is_said(run: ModuleType) -> None:
    assert run.parse([]).command == "serve"
    arguments = run.parse(["--port", "9000", "--no-browser"])
    assert (arguments.command, arguments.port, arguments.no_browser) == ("serve", "9000", True)


def test_tests_demos_and_benchmarks_get_the_rest_of_the_line_untouched(run: ModuleType) -> None:
    assert run.parse(["test", "-k", "quota", "tests/unit", "-x"]).rest == ["-k", "quota", "tests/unit", "-x"]
    assert run.parse(["demo", "--clip", "a b.flac"]).rest == ["--clip", "a b.flac"]
    assert run.parse(["bench", "import_time", "--rounds", "3"]).rest == ["import_time", "--rounds", "3"]


def test_admin_knows_its_actions(run: ModuleType) -> None:
    arguments = run.parse(["admin", "grant", "ann@example.com", "--data", "/d"])
    assert (arguments.action, arguments.email, arguments.data) == ("grant", "ann@example.com", "/d")
    arguments = run.parse(["admin", "guests", "closed", "--a-day", "30"])
    assert (arguments.action, arguments.state, arguments.a_day) == ("guests", "closed", 30)


@pytest.mark.parametrize(
    "line", [["admin", "promote", "a@b.example"], ["nonsense"], ["serve", "extra"], ["--prot", "1"]]
)
def test_what_is_not_understood_ends_with_2(
    run: ModuleType, line: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run.parse(line)
    assert ended.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "command", ["serve", "test", "demo", "doctor", "bench", "admin", "migrate", "docs", "backup", "restore"]
)
def test_every_command_explains_itself(run: ModuleType, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run.parse([command, "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: run.py {command}")
