"""How pg_dump and psql are told of a database: other accounts of the machine can read their command lines."""

from urllib.parse import unquote

import pytest

from server.embedded import clients


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://ann:p%40ss@db.example:5433/parley", "postgresql://ann@db.example:5433/parley"),
        ("postgresql://ann@db/parley?password=p%40ss&sslmode=require", "postgresql://ann@db/parley?sslmode=require"),
        ("postgresql://ann:other@db/parley?password=p%40ss", "postgresql://ann@db/parley"),
    ],
)
def test_a_password_stands_in_the_environment_only(url: str, shown: str) -> None:
    target = clients.target(url, embedded=False)
    assert (target.url, target.environment["PGPASSWORD"]) == (shown, "p@ss")


def test_variables_for_other_servers_do_not_reach_the_embedded_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("PGHOST", "elsewhere.example")
    monkeypatch.setenv("PGPASSWORD", "theirs")
    url = f"postgresql://parley@/parley?host={tmp_path}"
    embedded = clients.target(url, embedded=True)
    assert unquote(embedded.url) == url
    assert not {"PGHOST", "PGPASSWORD"} & set(embedded.environment)
    assert clients.target(url, embedded=False).environment["PGHOST"] == "elsewhere.example"
