"""What a step of a trace is, and what of a statement is written down."""

import time

import pytest

from kit import otlp, tracing
from kit.queries import summed_up


class Step:
    """A span that ended at a time, or has not."""

    def __init__(self, ended_ns: int | None = None) -> None:
        self.ended_ns = ended_ns

    def begin(self, name: str, values: tracing.Values | None = None, began_ns: int | None = None) -> "Step":
        return Step()

    def apart(self, name: str, values: tracing.Values | None = None) -> "Step":
        return Step()

    def note(self, values: tracing.Values) -> None: ...

    def end(self, problem: str | None = None, ended_ns: int | None = None) -> None: ...

    def covers(self, at_ns: int) -> bool:
        return self.ended_ns is None or at_ns < self.ended_ns


def test_the_innermost_step_is_the_current_one() -> None:
    assert tracing.current() is None
    outer, inner = Step(), Step()
    with tracing.within(outer):
        with tracing.within(inner):
            assert tracing.current() is inner
        assert tracing.current() is outer
        with tracing.within(tracing.NO_SPAN):
            assert tracing.current() is None
    assert tracing.current() is None


def test_what_goes_on_after_a_step_is_not_part_of_it() -> None:
    ended = time.time_ns() - 1_000_000
    with tracing.within(Step(ended)):
        assert tracing.current() is None
        assert tracing.current(ended - 1) is not None, "a statement that began before, and is noted now"


def test_nothing_is_recorded_by_default() -> None:
    span = tracing.NOTHING.begin("session", {"session.id": "1"})
    assert span is tracing.NO_SPAN and span.begin("turn") is span
    span.note({"words": 3})
    span.end("failed")
    assert not span.covers(time.time_ns())


@pytest.mark.parametrize(
    ("statement", "summary"),
    [
        ("select id, email from users where id = $1", "select users"),
        ("insert into live_turns (a) values ($1) on conflict do nothing", "insert live_turns"),
        ("\n  with found as (select 1 from jobs) update jobs set a = 1", "select jobs"),
        ("UPDATE only accounts SET name = 'Ann Lee'", "update accounts"),
        ("select * from unnest($1::text[]) t join notes on true", "select notes"),
        ("BEGIN;", "begin"),
        ("select 'secret'", "select"),
        ("vacuum", "statement"),
    ],
)
def test_a_statement_is_summed_up_by_its_verb_and_table(statement: str, summary: str) -> None:
    assert summed_up(statement) == summary


def test_a_server_runs_without_the_packages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import builtins

    real = builtins.__import__

    def refuse(name: str, *rest: object, **named: object) -> object:
        if name.startswith("opentelemetry"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return real(name, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", refuse)
    assert otlp.opened("http://127.0.0.1:4318", "node", "1") is tracing.NOTHING
    said = capsys.readouterr()
    assert "requirements-otel.lock" in said.out + said.err
