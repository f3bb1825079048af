"""Opens a tutor for each conversation of this node."""

from collections.abc import Callable
from dataclasses import dataclass

from kit.clock import Clock
from kit.tasks import Tasks
from realtime import ports
from realtime.reply.answering import Answering
from realtime.reply.ports import Brief, Stage, Tutor
from speech.synthesis.voices import Voice

_EPOCHS_AN_OWNER = 1000
"""More interruptions than a session sees on one node. Nodes would have to tell each other how many there were; the
fence says without that who came later."""


@dataclass(frozen=True)
class Tutoring:
    """`voice` gives the voice for a new session, or None where the client speaks."""

    tutor: Tutor
    voice: Callable[[], Voice | None]
    tasks: Tasks
    clock: Clock

    def open(self, session: ports.Session, stage: Stage) -> Answering:
        """The tutor of one session."""
        brief = Brief(session.id, session.user_id, session.scenario, session.language, session.kind == "avatar")
        first_epoch = (session.fence - 1) * _EPOCHS_AN_OWNER
        return Answering(brief, self.tutor, self.voice(), stage, self.tasks, self.clock, first_epoch)
