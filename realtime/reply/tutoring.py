"""Opens a tutor for each conversation of this node."""

from collections.abc import Callable
from dataclasses import dataclass

from realtime import ports
from realtime.reply.answering import Answering
from realtime.reply.ports import Brief, Stage, Tutor
from server.kit.clock import Clock
from server.kit.tasks import Tasks
from speech.synthesis.voices import Voice


@dataclass(frozen=True)
class Tutoring:
    """`voice` gives the voice for a new session, or None where the client speaks."""

    tutor: Tutor
    voice: Callable[[], Voice | None]
    tasks: Tasks
    clock: Clock

    def open(self, session: ports.Session, stage: Stage) -> Answering:
        brief = Brief(session.id, session.user_id, session.scenario, session.language, session.kind == "avatar")
        return Answering(brief, self.tutor, self.voice(), stage, self.tasks, self.clock)
