"""Settings as a command reads them: options before the environment, and errors that name the culprit."""

import argparse
from pathlib import Path

import pytest

from server.bootstrap.environment import ROOT
from server.bootstrap.terminal import Stop
from server.cli import settings as configuration
from server.config import Settings


def test_an_option_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PARLEY_PORT", "1111")
    monkeypatch.setenv("PARLEY_HOST", "0.0.0.0")
    settings = configuration.read(argparse.Namespace(port="2222", host=None, data=str(tmp_path)))
    assert (settings.port, settings.host, settings.data_dir) == (2222, "0.0.0.0", tmp_path)


def test_data_stays_with_the_program_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PARLEY_DATA_DIR", raising=False)
    assert configuration.read().data_dir == ROOT / ".parley"
    monkeypatch.setenv("PARLEY_DATA_DIR", "mine")
    assert configuration.read().data_dir == tmp_path / "mine"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PARLEY_PORT", "eighty", "PARLEY_PORT is not usable"),
        ("PARLEY_PORT", "70000", "PARLEY_PORT is not usable"),
        ("PARLEY_LOG_LEVEL", "loud", "PARLEY_LOG_LEVEL is not usable"),
        ("PARLEY_PROVIDERS", "{broken", "PARLEY_PROVIDERS is not usable"),
        ("PARLEY_TRUSTED_PROXIES", "everybody", "PARLEY_TRUSTED_PROXIES is not usable"),
    ],
)
def test_a_broken_setting_is_named_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(Stop) as stop:
        configuration.read()
    assert str(stop.value).startswith(said) and "\n" not in str(stop.value)


def test_a_broken_secret_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_SECRET_KEY", "hunter2")
    with pytest.raises(Stop) as stop:
        configuration.read()
    assert "PARLEY_SECRET_KEY" in str(stop.value) and "hunter2" not in str(stop.value)


def test_a_broken_option_is_named_as_it_was_typed() -> None:
    with pytest.raises(Stop, match=r"^--port is not usable"):
        configuration.read(argparse.Namespace(port="x", host=None, data=None))


def test_every_setting_is_listed_with_what_it_does() -> None:
    lines = list(configuration.described())
    assert len(lines) == len(Settings.model_fields)
    assert all(line.startswith("PARLEY_") and "None" not in line for line in lines)
