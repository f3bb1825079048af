"""The packets of a receiver, before aiortc buffers and decodes them.

Its jitter buffer gives up four good frames for each lost packet (it wants four in a row and drops from the front when
it is full), and it decodes to 48 kHz stereo in a thread of each track. A recogniser wants neither. The buffer is the
one seam that leaves decryption, statistics and RTCP reports to aiortc; there is no public one.
"""

from collections.abc import Callable
from typing import Any

from aiortc import RTCRtpReceiver
from aiortc.rtcrtpparameters import RTCRtpCodecParameters

from realtime.transports.webrtc.jitter import Packet

Take = Callable[[Packet, RTCRtpCodecParameters], None]
"""Gets a packet and its codec."""

_BUFFER = "_RTCRtpReceiver__jitter_buffer"
_CODECS = "_RTCRtpReceiver__codecs"


class _Tap:
    """Stands where the receiver has its jitter buffer."""

    def __init__(self, codecs: dict[int, RTCRtpCodecParameters], take: Take) -> None:
        self._codecs = codecs
        self._take = take

    def add(self, packet: Any) -> tuple[bool, None]:
        if packet.payload:
            found = Packet(packet.sequence_number, packet.timestamp, packet.payload)
            self._take(found, self._codecs[packet.payload_type])
        return False, None


def tap(receiver: RTCRtpReceiver, take: Take) -> None:
    """`take` gets the packets from now on, and the receiver's track no frames."""
    assert hasattr(receiver, _BUFFER), "this aiortc keeps its jitter buffer elsewhere"
    setattr(receiver, _BUFFER, _Tap(getattr(receiver, _CODECS), take))
