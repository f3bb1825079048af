"""The traces of one speaker: a step for each turn, and in it the passes that recognize it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from kit import tracing
from speech import events
from speech.pool import jobs


class TurnTraces:
    """`session` is the step that the speaker is part of. Each turn is a trace of its own."""

    def __init__(self, session: tracing.Span, session_id: str) -> None:
        self._session = session
        self._session_id = session_id
        self._turns: dict[int, tracing.Span] = {}
        self._pass: tracing.Span | None = None
        self._answered: tracing.Span | None = None  # whose answer is told now
        self._arrived_ns: int | None = None  # the newest sound

    def arrived(self) -> None:
        """A frame of audio is here."""
        self._arrived_ns = time.time_ns()

    def took(self, job: jobs.Job) -> None:
        """A worker is free for the job. A pass counts from the arrival of the newest frame that it hears."""
        values: tracing.Values = {"turn": job.turn, "audio.bytes": len(job.pcm)}
        turn = self._turns.get(job.turn, self._session)
        if isinstance(job, jobs.Recognise):
            self._pass = turn.begin("recognition pass", {**values, "kind": job.request.kind}, self._arrived_ns)
            self._pass.begin("wait for a worker", {}, self._arrived_ns).end()
        else:
            self._pass = turn.begin("pronunciation score", values)

    @contextmanager
    def answered(self, answer: jobs.Answer, queue_s: float) -> Iterator[None]:
        """What the block says comes from the answer to the last job."""
        done, self._pass = self._pass or self._session, None
        if answer.pid:
            ended_ns = answer.began_ns + round(answer.seconds * 1e9)
            values: tracing.Values = {"process.pid": answer.pid, "engine": answer.engine.name}
            done.begin("recognition worker", values, answer.began_ns).end(None, ended_ns)
        if done is not self._session:
            done.note({"queue_ms": round(queue_s * 1000), "engine_ms": round(answer.seconds * 1000)})
        self._answered = done
        try:
            yield
        finally:
            self._answered = None
            if done is not self._session:
                done.end()

    def failed(self, error: Exception) -> None:
        """The last job was not done."""
        if self._pass is not None:
            self._pass.end(type(error).__name__)
            self._pass = None

    @contextmanager
    def saying(self, event: events.SpeechEvent) -> Iterator[None]:
        """What follows from the event is part of its pass; without one, of its turn."""
        number = getattr(event, "turn", 0)
        if isinstance(event, events.SpeechStarted):
            values = {"session.id": self._session_id, "turn": number, "start_ms": event.start_ms}
            self._turns[number] = self._session.apart("turn", values)
        turn = self._turns.get(number, self._session)
        try:
            with tracing.within(self._answered or turn):
                yield
        finally:
            if isinstance(event, events.Final) and self._turns.pop(number, None) is not None:
                latency = {f"{part}_ms": milliseconds for part, milliseconds in event.latency_ms.items()}
                turn.note({"words": len(event.words), **latency})
                turn.end("recognition_failed" if event.failed else None)

    def close(self) -> None:
        """The speaker is gone."""
        self.failed(ConnectionResetError())
        for turn in self._turns.values():
            turn.end()
        self._turns.clear()
