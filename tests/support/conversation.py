"""Sessions as conversations: short ways to say what happens and what is wanted."""

from realtime.session import commands as do
from realtime.session import events as on
from realtime.session.audio import AudioSequence, FrameDecision, Heard
from realtime.session.coverage import Coverage
from realtime.session.machine import Machine
from realtime.session.terms import Terms
from realtime.session.transcript import Transcript
from speech import events as heard
from speech.assessment import Engine

ENGINE: Engine = {"name": "test", "model": "none", "version": "1"}
LATENCY = {"total": 5, "queue": 1, "engine": 3, "policy": 1}


def session(remaining_s: int = 600, limit_s: int = 3600) -> Machine:
    return Machine(Terms(limit_ms=limit_s * 1000), now_ms=0, remaining_ms=remaining_s * 1000)


def names(commands: list[do.Command]) -> list[str]:
    return [c.name if isinstance(c, do.Emit) else type(c).__name__ for c in commands]


def talk(machine: Machine, start_ms: int, seconds: float, seq: int = 1) -> tuple[int, list[do.Command]]:
    """Frames of 100 ms in real time; returns the next sequence number and every command."""
    commands: list[do.Command] = []
    for n in range(round(seconds * 10)):
        verdict, wanted = machine.hear(seq, 100, start_ms + n * 100)
        assert verdict is FrameDecision.NEW
        commands += wanted + machine.handle(on.Ticked(), start_ms + n * 100)
        seq += 1
    return seq, commands


def covered(commands: list[do.Command]) -> int:
    return sum(c.end_ms - c.start_ms for c in commands if isinstance(c, do.Cover))


def said(machine: Machine, turn: int, text: str, start_ms: int, end_ms: int, now_ms: int) -> list[do.Command]:
    words = (heard.Word(f"{turn}.0", text, start_ms, end_ms, 0.9),)
    return [
        *machine.handle(on.Spoke(heard.SpeechStarted(turn, start_ms)), now_ms),
        *machine.handle(on.Spoke(heard.Partial(turn, text, 0, words)), now_ms),
        *machine.handle(on.Spoke(heard.SpeechStopped(turn, end_ms)), now_ms),
        *machine.handle(on.Spoke(heard.Final(turn, text, words, ENGINE, LATENCY)), now_ms),
    ]


def resumed(heard_ms: float = 20_000, known_ms: float = 8_000) -> Machine:
    """A session that another node ran: frames up to 30 are safe, more had been heard."""
    before = Heard(known_ms, heard_ms, mark=31)
    return Machine(
        Terms(limit_ms=3_600_000),
        now_ms=0,
        remaining_ms=600_000,
        status="active",
        audio=AudioSequence(30, 3_000, before),
        transcript=Transcript(border_ms=round(known_ms)),
        coverage=Coverage(15_000, recorded_ms=1_000, heard_ms=round(heard_ms)),
    )
