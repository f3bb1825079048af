"""What each kind of input begins with, and who reads it."""

import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import orjson
from aiortc.rtcrtpparameters import RTCRtpCodecParameters
from aiortc.rtp import RtpPacket
from aiortc.sdp import SessionDescription

from api.knowledge.extraction import read, sniff
from api.knowledge.extraction.blocks import Unreadable as UnreadableDocument
from benchmarks import _mutations as mutations
from kit.errors import Failure
from realtime import payload, wire
from realtime.transports.webrtc.candidates import Candidates
from realtime.transports.webrtc.decoding import Decoder
from realtime.transports.webrtc.jitter import JitterBuffer, Packet
from realtime.transports.webrtc.offer import Offer
from speech.decoding import decode
from speech.decoding.verdict import Unreadable as UnreadableRecording
from tests.support import files, offers, recordings

_CONTAINERS = (("flac", "flac"), ("mp3", "libmp3lame"), ("ogg", "libopus"), ("webm", "libopus"), ("mp4", "aac"))


@dataclass(frozen=True)
class Kind:
    """`read` raises one of `refusals` for what it does not take; an input is changed in one of `ways`."""

    name: str
    corpus: list[bytes]
    read: Callable[[bytes], object]
    refusals: tuple[type[Exception], ...]
    ways: tuple[mutations.Way, ...] = (mutations.pieces,)


def sdp() -> Kind:
    """Offers of real clients; what we make of them has to be what aiortc understands."""

    def offered(given: bytes) -> None:
        SessionDescription.parse(Offer(given.decode(errors="replace"), Candidates()).sdp)

    return Kind(
        "sdp",
        [offers.offer(name).encode() for name in offers.CLIENTS],
        offered,
        (Failure,),
        (mutations.pieces, mutations.lines),
    )


def rtp() -> Kind:
    """Packets of one track in the order of their making: buffer and decoder keep their state over all of them."""
    codec = RTCRtpCodecParameters("audio/opus", 48_000, 2, 111)
    buffer, decoder, clock = JitterBuffer(), Decoder(), iter(range(10**12))

    def arrived(given: bytes) -> None:
        packet = RtpPacket.parse(given)
        if not packet.payload:
            return
        held = Packet(packet.sequence_number, packet.timestamp, packet.payload)
        for one in buffer.add(held, next(clock) * 0.02):
            decoder.decode(codec, one.payload)

    return Kind("rtp", _packets(), arrived, (ValueError,))


def _packets() -> list[bytes]:
    encoder: Any = av.CodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format = 48_000, "mono", "s16"
    sound = recordings.samples(1.0, 48_000)
    frame = av.AudioFrame.from_ndarray(sound.reshape(1, -1), format="s16", layout="mono")
    frame.sample_rate = 48_000
    fifo = av.AudioFifo()
    fifo.write(frame)
    encoded = [bytes(packet) for piece in fifo.read_many(960) for packet in encoder.encode(piece)]
    packets = [RtpPacket(111, 0, number, number * 960, 1, one) for number, one in enumerate(encoded)]
    return [packet.serialize() for packet in packets]


def events() -> Kind:
    """An example of every event that clients send, as text of the plain WebSocket."""

    def said(given: bytes) -> None:
        message, name = payload.envelope(given)
        if (row := wire.CLIENT.get(name)) is not None:
            payload.fitting(row.payload, message.get("data", {}))

    examples = [{"event": name, "id": 1, "data": _example(row)} for name, row in wire.CLIENT.items()]
    return Kind(
        "events", [orjson.dumps(one) for one in examples], said, (Failure,), (mutations.pieces, mutations.values)
    )


def _example(row: wire.Event) -> dict[str, Any]:
    kinds = {"string": "a text", "integer": 7, "number": 0.5, "boolean": True, "array": [], "object": {}}
    described = row.payload.model_json_schema().get("properties", {})
    return {name: (shape.get("examples") or [kinds.get(shape.get("type"))])[0] for name, shape in described.items()}


def audio() -> Kind:
    """A second of a recording in several containers."""

    def heard(given: bytes) -> None:
        for _ in decode.sound(io.BytesIO(given), 60.0):
            pass

    av.logging.set_level(av.logging.PANIC)
    sound = recordings.samples(1.0)
    made = [recordings.wav(sound), recordings.amr_with_pauses()]
    made += [recordings.encoded(container, codec, seconds=1.0) for container, codec in _CONTAINERS]
    return Kind("audio", made, heard, (UnreadableRecording,))


def documents() -> Kind:
    """A document of each kind; their names say any kind."""
    kept = tempfile.NamedTemporaryFile(prefix="parley-mutate-")  # goes with the kind  # noqa: SIM115
    path = Path(kept.name)
    names = ("a.pdf", "a.docx", "a.html", "a.md", "a.txt", "a")

    def opened(given: bytes) -> None:
        kept.seek(0)
        kept.truncate()
        kept.write(given)
        kept.flush()
        list(read.blocks(path, sniff.media_type(given[:4096], given[-2048:], names[len(given) % len(names)])))

    ways = (mutations.pieces, mutations.lines, mutations.members)
    html = b"<!doctype html><title>T</title><h1>Rules</h1><p>Since and <b>for</b></p><table><tr><td>1</table>"
    made = [
        files.pdf(["Since is for a moment.", "For is for a time."]),
        files.word([("Heading 1", "A"), ("Normal", "b c"), ("Table", "1|2")]),
    ]
    made += [html, b"# Rules\n\n- since\n- for\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", "Plain text, ÄÖ.".encode()]
    return Kind("documents", made, opened, (UnreadableDocument, MemoryError, RecursionError), ways)


KINDS: dict[str, Callable[[], Kind]] = {
    "sdp": sdp,
    "rtp": rtp,
    "events": events,
    "audio": audio,
    "documents": documents,
}
