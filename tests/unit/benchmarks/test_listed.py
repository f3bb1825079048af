"""What `run.py bench` lists can be run, and says what it takes."""

import importlib

import pytest

from server.bootstrap import benchmarks


@pytest.mark.parametrize("name", sorted(benchmarks.listed()))
def test_every_benchmark_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        importlib.import_module(f"benchmarks.{name}").main(["--help"])
    said = capsys.readouterr().out
    assert ended.value.code == 0 and said.startswith(f"usage: run.py bench {name} ")
    assert benchmarks.listed()[name][:30] in said


def test_what_is_no_benchmark_is_not_listed() -> None:
    assert not {"node", "scores", "virtual", "chaos", "peers"} & set(benchmarks.listed())
    assert all(benchmarks.listed().values())
