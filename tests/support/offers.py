"""Offers as clients that are not ours write them, and what an answer to one says."""

import contextlib
import re
import socket
from pathlib import Path

_OFFERS = Path(__file__).parents[1] / "data" / "offers"
CLIENTS = sorted(path.stem for path in _OFFERS.glob("*.sdp"))
FINGERPRINT = "a=fingerprint:sha-256 " + ":".join(["AB"] * 32)


def offer(client: str) -> str:
    """The offer of `client`, written after its source or its logs."""
    return (_OFFERS / f"{client}.sdp").read_text().replace("\n", "\r\n")


def simple(*lines: str, media: str = "m=audio 9 UDP/TLS/RTP/SAVPF 111", transport: bool = True) -> str:
    """A small offer with Opus, and `lines` at its end."""
    base = ["v=0", "o=- 1 1 IN IP4 0.0.0.0", "s=-", "t=0 0", media, "a=rtcp-mux", "a=rtpmap:111 opus/48000/2"]
    if transport:
        base += ["a=ice-ufrag:abcd", "a=ice-pwd:abcdefghijklmnopqrstuv", FINGERPRINT, "a=setup:actpass"]
    return "\r\n".join([*base, *lines]) + "\r\n"


def sections(sdp: str) -> list[str]:
    return re.split(r"(?m)^(?=m=)", sdp)[1:]


def taken(sdp: str) -> list[tuple[str, bool]]:
    """The kinds of an answer's sections, and whether each is accepted."""
    heads = [section.split(" ", 2) for section in sections(sdp)]
    return [(head[0].removeprefix("m="), head[1] != "0") for head in heads]


def undressed(answer: str, kept: list[int]) -> str:
    """An answer without the sections that a client did not offer itself."""
    head, *found = re.split(r"(?m)^(?=m=)", answer)
    return head + "".join(found[index] for index in kept)


def dressed(sdp: str) -> str:
    """A learner's own offer with what other clients put in; the learner's sections are the second and later ones."""
    head, *own = re.split(r"(?m)^(?=m=)", sdp)
    transport = [line for line in own[0].splitlines() if line.startswith(("a=ice-", "a=fingerprint:", "a=setup:"))]
    video = [
        "m=video 9 UDP/TLS/RTP/SAVPF 96 97",
        "c=IN IP4 0.0.0.0",
        *transport,
        "a=mid:picture",
        "a=sendonly",
        "a=rtcp-mux",
        "a=rtpmap:96 H267/90000",
        "a=fmtp:96 level=x",
        "a=rtpmap:97 rtx/90000",
        "a=fmtp:97 apt=96",
    ]
    odd = [
        "a=fmtp:125 0-16",
        "a=extmap:7/sendonly urn:ietf:params:rtp-hdrext:ssrc-audio-level vad=on",
        "a=ssrc:9 cname",
        "a=candidate:1 1 udp 1 12345678-1234-4abc-8abc-123456789abc.local 5000 typ host",
        "a=end-of-candidates",
        "a=x",
    ]
    head = re.sub(r"(?m)^a=group:BUNDLE (.*)$", r"a=group:BUNDLE picture \1", head)
    last = ["m=text 0 RTP/AVP 98", "a=mid:words"]
    parts = [*video, *own[0].splitlines(), *odd, *"".join(own[1:]).splitlines(), *last]
    return head + "\r\n".join(parts) + "\r\n"


class Ear:
    """A UDP socket that notes whoever sends to it."""

    def __init__(self, address: str = "127.0.0.1") -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((address, 0))
        self._socket.setblocking(False)
        self.port: int = self._socket.getsockname()[1]

    def heard(self) -> list[bytes]:
        found = []
        with contextlib.suppress(BlockingIOError):
            while True:
                found.append(self._socket.recv(2048))
        return found

    def close(self) -> None:
        self._socket.close()
