"""Settings as a command reads them: options before the environment, and errors that name the culprit."""

import argparse
import os
from pathlib import Path

import pytest
from pydantic import AliasChoices, ValidationError

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


BROKEN = {
    "PARLEY_PORT": ["eighty", "70000", "-1", "1e3", "8080.5"],
    "PARLEY_WORKERS": ["0", "-2", "65", "many"],
    "PARLEY_REUSE_PORT": ["perhaps"],
    "PARLEY_DRAIN_SECONDS": ["-1", "nan", "inf", "1e300"],
    "PARLEY_NODE": ["a b", "a:b", "x" * 101],
    "PARLEY_DATA_DIR": ["~nobody-of-that-name/data"],
    "PARLEY_LOG_LEVEL": ["loud"],
    "PARLEY_LOG_JSON": ["perhaps"],
    "PARLEY_PUBLIC_URL": [
        "nonsense",
        "parley.example",
        "ftp://x",
        "http://",
        "https://a b",
        "https://x:0",
        "https://x:99999",
        "https://x?y",
        "https://x#y",
        "https://me:hunter2@x",
        "http://[",
        "//x",
        "https://x\\y",
    ],
    "PARLEY_CORS_ORIGINS": [
        "foo",
        "https://app.example/path",
        "app.example",
        "https://",
        "https://x:99999",
        "https://x:0",
        "null",
        "https://ok.example,foo",
        "https://x y",
        "**",
        "https://*.example",
    ],
    "PARLEY_TRUSTED_PROXIES": ["everybody", "10.0.0.0/40"],
    "PARLEY_PROVIDERS": [
        "{broken",
        "{}",
        "[1]",
        "[" * 100_000,
        '[{"id": "a"}]',
        '[{"id": "a", "name": "A", "base_url": "nonsense", "models": ["m"]}]',
    ],
    "DATABASE_URL": ["nonsense", "mysql://x/y", "postgresql://u:hunter2@h:port/d", "http://x"],
    "REDIS_URL": ["nonsense", "http://x", "redis://:hunter2@h:0/0", "redis://h/database"],
    "PARLEY_DATABASE_POOL": ["0", "-5", "100000"],
    "OPENAI_BASE_URL": ["nonsense", "api.example/v1"],
    "OPENAI_API_KEY": ["hunter2é", "schlüssel"],
    "PARLEY_OPENAI_MODELS": [","],
    "PARLEY_SPEECH_URL": ["nonsense"],
    "PARLEY_SPEECH_ENGINE": ["ears", "remote", "ray"],
    "PARLEY_RAY_ADDRESS": ["nonsense", "http://x:1", "host:port", "ray://", "a b:1"],
    "PARLEY_RAY_GPUS": ["-1", "nan", "x"],
    "PARLEY_RAY_CPUS": ["-1", "nan", "inf"],
    "PARLEY_RAY_ACTORS_MIN": ["0", "9"],
    "PARLEY_RAY_ACTORS_MAX": ["0", "1"],
    "PARLEY_SPEECH_WORKERS": ["0", "-1", "1000000"],
    "PARLEY_SECRET_KEY": ["hunter2", "", " " * 40],
    "PARLEY_SERVICE_KEY": ["hunter2", "", "é" * 40],
    "PARLEY_GOOGLE_CLIENT_ID": ["alone"],
    "PARLEY_ICE_SERVERS": ["stun.example.org", "http://x", "stun:", "stun:x:port", "turn:turn.example.org"],
    "PARLEY_ICE_PORTS": ["50000", "50010-50000", "80-90", "1-2-3", "60000-70000", "a-b"],
    "PARLEY_ICE_ADDRESSES": ["parley.example", "203.0.113.7:80", "0.0.0.0", "224.0.0.1", "fe80::1%eth0", "1.2.3.4,x"],
    "PARLEY_PLAN_FREE_SECONDS": ["-1", "1e3x", "9" * 30],
    "PARLEY_LIVE_LONGEST_SECONDS": ["0", "-1", "9" * 30],
    "PARLEY_LIVE_SILENCE_SECONDS": ["0", "-1", "nan", "inf"],
    "PARLEY_RECORDING_DAYS": ["-1", "9" * 12],
    "PARLEY_LIMIT_READ": ["0", "-1", "9" * 30],
    "PARLEY_TYPESENSE_URL": ["nonsense"],
    "PARLEY_TYPESENSE_COLLECTION": ["a/b"],
    "PARLEY_VOICE": ["loud", "server"],
}


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [*os.environ]:
        if name.startswith(("PARLEY_", "DATABASE_URL", "REDIS_URL", "OPENAI_")):
            monkeypatch.delenv(name)


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in BROKEN.items() for value in values])
def test_a_broken_setting_is_named_in_one_sentence(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(Stop) as stop:
        configuration.read()
    said = str(stop.value)
    assert name in said or "folder" in said
    assert "\n" not in said and said.endswith(".") and "hunter2" not in said and len(said) < 300


@pytest.mark.parametrize("value", ["a\nb", "\x1b[2J", "a\0b", "\udcff"])
def test_no_setting_takes_what_cannot_be_written(value: str) -> None:
    """An environment cannot hold U+0000, but whoever makes settings can."""
    for field, described in Settings.model_fields.items():
        alias = described.validation_alias
        name = str(alias.choices[0]) if isinstance(alias, AliasChoices) else field
        with pytest.raises(ValidationError):
            Settings(**{name: value})  # type: ignore[arg-type]


def test_what_is_good_is_taken_as_it_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "PARLEY_PUBLIC_URL": "https://parley.example:8443/ ",
        "PARLEY_CORS_ORIGINS": "HTTPS://App.example:443/, http://localhost:3000,capacitor://localhost,http://[::1]:8080",
        "PARLEY_ICE_PORTS": "50000-50999",
        "PARLEY_ICE_ADDRESSES": "203.0.113.7, 2001:DB8::7",
        "PARLEY_ICE_SERVERS": "STUN:stun.example.org, turns:turn.example.org:5349?transport=tcp,stun:[::1]:3478",
        "PARLEY_TURN_SECRET": "s",
        "DATABASE_URL": "postgresql://u:p%40@/parley?host=/run/postgresql",
        "REDIS_URL": "unix:///run/valkey.sock",
        "OPENAI_BASE_URL": "http://127.0.0.1:11434/v1",
        "PARLEY_PROVIDERS": '[{"id": "a", "name": "A", "base_url": "http://x/v1", "models": ["m"]}]',
    }.items():
        monkeypatch.setenv(name, value)
    settings = configuration.read()
    assert settings.public_url == "https://parley.example:8443"
    assert settings.cors_origins == (
        "https://app.example",
        "http://localhost:3000",
        "capacitor://localhost",
        "http://[::1]:8080",
    )
    assert settings.ice_ports == (50000, 50999) and settings.ice_addresses == ("203.0.113.7", "2001:db8::7")
    assert len(settings.ice_servers) == 3 and settings.ice_servers[0] == "stun:stun.example.org"
    assert settings.redis_url == "unix:///run/valkey.sock"
    assert settings.providers[0].base_url == "http://x/v1"


def test_an_empty_setting_is_as_if_it_were_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a file of settings with a name and nothing behind it: above all, nothing listens on every address by that."""
    names = {f"PARLEY_{name.upper()}" for name in Settings.model_fields} | {"DATABASE_URL", "OPENAI_API_KEY"}
    for name in names - {"PARLEY_SECRET_KEY", "PARLEY_SERVICE_KEY"}:
        monkeypatch.setenv(name, " ")
    assert configuration.read() == configuration.read(argparse.Namespace(host="", port="", data="", workers=""))
    settings = configuration.read()
    assert (settings.host, settings.port, settings.data_dir) == ("127.0.0.1", 8080, ROOT / ".parley")
    assert settings.database_url is None and settings.cors_origins == () and settings.providers == ()


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


def test_models_are_kept_once_for_a_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PARLEY_MODELS", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    for cache, place in (("", ".cache"), ("relative", ".cache"), (str(tmp_path / "other"), "other")):
        monkeypatch.setenv("XDG_CACHE_HOME", cache)
        assert Settings().shared_models == tmp_path / place / "parley" / "models"
    monkeypatch.setenv("PARLEY_MODELS", "~/weights")
    assert Settings().shared_models == tmp_path / "weights"
