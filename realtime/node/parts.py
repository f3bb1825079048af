"""The parts of one session on this node."""

from dataclasses import dataclass

from kit import tracing
from realtime.node.carrier import CarrierSlot
from realtime.node.client_slot import ClientSlot
from realtime.node.inbox import Inbox
from realtime.node.log import EventLog
from realtime.node.outbox import Outbox
from realtime.node.recorder import Recorder
from realtime.node.session_clock import SessionClock
from realtime.node.storage import SessionStorage
from realtime.node.view import SessionView
from realtime.reply.answering import Answering
from realtime.reply.microphone import Microphone
from realtime.session.machine import Machine


@dataclass(frozen=True, slots=True)
class Parts:
    """`inbox` takes the reports of the parts; `outbox` is the ordered way out of the session. There is a `recorder` if
    the learner asked for a recording, and a `tutor` in conversations. `trace` lasts from here to the session's end."""

    machine: Machine
    clock: SessionClock
    log: EventLog
    view: SessionView
    inbox: Inbox
    outbox: Outbox
    clients: ClientSlot
    carriers: CarrierSlot
    storage: SessionStorage
    recorder: Recorder | None
    listener: Microphone
    tutor: Answering | None
    trace: tracing.Span
