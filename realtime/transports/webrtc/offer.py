"""A client's offer, cut to what this server takes: one audio section that sends, and a data channel.

aiortc gets an offer of our own writing that has these two only. Its answer is put back among the sections that the
client offered; all others are answered with port 0.
"""

import re
from collections.abc import Iterator

from aiortc import rtp

from kit.errors import Failure
from realtime.transports.webrtc import sdp
from realtime.transports.webrtc.candidates import Candidates
from realtime.transports.webrtc.sdp import Section, refused

# Codec: clock rate. In order of preference.
_CODECS = {"opus": 48000, "g722": 8000, "pcmu": 8000, "pcma": 8000}
_STATIC = {"0": "PCMU/8000", "8": "PCMA/8000", "9": "G722/8000"}
_RTPMAP = re.compile(r"([0-9]{1,3}) ([A-Za-z0-9-]{1,20})/([0-9]{1,6})(?:/([0-9]{1,2}))?")
_EXTENSION = re.compile(r"([0-9]{1,3})(?:/[a-z]+)? ([!-~]{1,200})(?: .*)?")
_EXTENSIONS = frozenset({"urn:ietf:params:rtp-hdrext:sdes:mid", "urn:ietf:params:rtp-hdrext:ssrc-audio-level"})
_FINGERPRINT = re.compile(r"(sha-(?:256|384|512)) +((?:[0-9a-f]{2}:){31,63}[0-9a-f]{2})", re.I | re.A)
_CREDENTIAL = re.compile(r"[!-~]{1,256}")
_PRINTABLE = re.compile(r"[ -~]{1,400}")
_NUMBER = re.compile(r"[0-9]{1,10}")
_DIRECTIONS = ("sendrecv", "sendonly", "recvonly", "inactive")
_SCTP_PORT = "5000"
_MOST_FINGERPRINTS = 4
# Browsers also give 35 to 63 freely, when those above 95 do not suffice (RFC 3551, section 3).
rtp.DYNAMIC_PAYLOAD_TYPES = (*range(35, 64), *range(96, 128))  # type: ignore[assignment]


class Offer:
    """Failure `invalid_request` for one that cannot be used, `too_large`."""

    def __init__(self, text: str, candidates: Candidates) -> None:
        self._offered = sdp.read(text)
        self._candidates = candidates
        self._audio = self._choose()
        self._mids: dict[int, str] = {id(self._audio): self._mid(self._audio, "audio")}
        self._bundle = self._offered.bundle(self._audio.mid)
        self._data = self._channel()
        self.sdp = "\r\n".join(self._written()) + "\r\n"

    def target(self, mid: str | None, index: int | None) -> str | None:
        """Where a later candidate belongs: the mid in `sdp`; None for a section that is not taken."""
        section = next((one for one in self._offered.sections if mid is not None and one.mid == mid), None)
        if section is None and index is not None and index < len(self._offered.sections):
            section = self._offered.sections[index]
        if (mid is None and index is None) or (section is not None and section.mid in self._bundle):
            section = self._audio
        return self._mids.get(id(section))

    def answer(self, text: str) -> str:
        """Our answer out of aiortc's to `sdp`."""
        session, *blocks = re.split(r"(?m)^(?=m=)", text)
        taken = {id(section): block for section, block in zip((self._audio, self._data), blocks, strict=False)}
        carrier = self._carrier()
        accepted = [one.mid for one in self._offered.sections if id(one) in taken or one is carrier]
        group = [mid for mid in accepted if mid is not None and mid in self._bundle]
        head = [line for line in session.splitlines() if not line.startswith("a=group:")]
        if group:
            head.append(f"a=group:BUNDLE {' '.join(group)}")
        lines = [*head]
        for section in self._offered.sections:
            block = taken.get(id(section))
            if section is carrier:
                lines += _silent(section, taken[id(self._audio)])
            else:
                lines += _rejected(section) if block is None else _accepted(section, block)
        return "\r\n".join(lines) + "\r\n"

    def _carrier(self) -> Section | None:
        """A section that we do not want and cannot refuse, because the audio's transport is its own.

        So it is for a bundle-only audio line, and for browsers that bundle as much as they can: Chromium takes no
        answer that rejects the first line of such a bundle.
        """
        first = next((one for one in self._offered.sections if self._bundle[:1] == [one.mid]), None)
        if first is None or first is self._audio or first is self._data or not first.offered:
            return None
        same = first.first("ice-ufrag") is not None and first.first("ice-ufrag") == self._audio.first("ice-ufrag")
        return first if self._audio.has("bundle-only") or (same and _pictures(first)) else None

    def _choose(self) -> Section:
        lines = [one for one in self._offered.sections if one.kind == "audio" and one.offered]
        secured = [one for one in lines if "RTP/" in one.profile]
        sending = [one for one in secured if self._direction(one) in ("sendrecv", "sendonly")]
        usable = [one for one in sending if _codecs(one)]
        if not sending:
            raise refused("an audio line that sends" if secured else "an audio line")
        if not usable:
            raise refused("Opus, G.722 or G.711 as audio codec")
        if not usable[0].has("rtcp-mux"):
            raise refused("a=rtcp-mux")
        return usable[0]

    def _channel(self) -> Section | None:
        """The section of the data channel; None when there is none that can be used."""
        for one in self._offered.sections:
            if one.kind == "application" and one.offered and one.profile in ("UDP/DTLS/SCTP", "DTLS/SCTP"):
                try:
                    self._transport(one)
                except Failure:
                    return None
                self._mids[id(one)] = self._mid(one, "data")
                return one
        return None

    def _mid(self, section: Section, otherwise: str) -> str:
        """Sections without a mid get one between aiortc and us."""
        used = {one.mid for one in self._offered.sections}
        while otherwise in used:
            otherwise += "-"
        return section.mid or otherwise

    def _direction(self, section: Section) -> str:
        return next((d for one in (section, self._offered) for d in _DIRECTIONS if one.has(d)), "sendrecv")

    def _written(self) -> Iterator[str]:
        yield from ("v=0", "o=- 0 0 IN IP4 0.0.0.0", "s=-", "t=0 0")
        if self._offered.has("ice-lite"):
            yield "a=ice-lite"
        together = [self._mids[id(one)] for one in (self._audio, self._data) if one and one.mid in self._bundle]
        if together:
            yield f"a=group:BUNDLE {' '.join(together)}"
        yield "a=msid-semantic: WMS *"
        codecs = _codecs(self._audio)
        yield f"m=audio 9 UDP/TLS/RTP/SAVPF {' '.join(codecs)}"
        yield f"a=mid:{self._mids[id(self._audio)]}"
        yield f"a={self._direction(self._audio)}"
        yield "a=rtcp-mux"
        yield from (f"a=rtpmap:{payload} {codec}" for payload, codec in codecs.items())
        yield from _extensions(self._audio)
        yield from self._transport(self._audio)
        yield from self._found(self._audio)
        if self._data is not None:
            yield from _sctp(self._data, self._mids[id(self._data)])
            yield from self._transport(self._data)
            yield from self._found(self._data)

    def _around(self, section: Section) -> list[sdp.Attributes]:
        """Where a section's transport may stand: in itself, above all, in another that shares it."""
        shared = [one for mid in self._offered.bundle(section.mid) for one in self._offered.sections if one.mid == mid]
        return [section, self._offered, *shared]

    def _first(self, section: Section, name: str) -> str | None:
        return next((found for one in self._around(section) if (found := one.first(name)) is not None), None)

    def _transport(self, section: Section) -> list[str]:
        """ICE and DTLS. Failure `invalid_request`."""
        name, password = self._first(section, "ice-ufrag") or "", self._first(section, "ice-pwd") or ""
        if not (_CREDENTIAL.fullmatch(name) and _CREDENTIAL.fullmatch(password)):
            raise refused("a=ice-ufrag and a=ice-pwd")
        setup = self._first(section, "setup") or "active"  # RFC 4145, section 4
        if setup not in ("actpass", "active", "passive"):
            raise refused("a=setup of actpass, active or passive")
        given = next((one.all("fingerprint") for one in self._around(section) if one.has("fingerprint")), [])
        prints = [match for text in given[:_MOST_FINGERPRINTS] if (match := _FINGERPRINT.fullmatch(text))]
        if not prints:
            raise refused("a=fingerprint by sha-256, sha-384 or sha-512")
        return [
            f"a=ice-ufrag:{name}",
            f"a=ice-pwd:{password}",
            *(f"a=fingerprint:{match[1].lower()} {match[2].upper()}" for match in prints),
            f"a=setup:{setup}",
        ]

    def _found(self, section: Section) -> Iterator[str]:
        """The candidates of a section's transport. Their end is not signalled: checks may come from other addresses."""
        name = self._first(section, "ice-ufrag")
        shared = [one for one in self._around(section) if isinstance(one, Section)]
        unique = {id(one): one for one in shared if (one.first("ice-ufrag") or name) == name}
        if section is self._data and section.mid in self._bundle:
            return  # they are the audio's
        for text in (text for one in unique.values() for text in one.all("candidate")):
            try:
                found = self._candidates.take(text)
            except Failure:
                continue
            if found is not None:
                yield (
                    f"a=candidate:{found.foundation} 1 udp {found.priority} {found.ip} {found.port} typ {found.type}"
                )


def _codecs(section: Section) -> dict[str, str]:
    """Payload types with what is known of them, the best first."""
    named = {payload: _STATIC[payload] for payload in section.formats if payload in _STATIC}
    for match in map(_RTPMAP.fullmatch, section.all("rtpmap")):
        if match is not None and match[1] in section.formats:
            named[match[1]] = f"{match[2]}/{match[3]}" + (f"/{match[4]}" if match[4] else "")
    known: dict[str, tuple[str, str]] = {}
    for payload, codec in named.items():
        name, rate, *channels = codec.split("/")
        right = _CODECS.get(name.lower()) == int(rate) and (name.lower() == "opus" or channels in ([], ["1"]))
        if right and payload.isdigit() and (int(payload) < 64 or 96 <= int(payload) < 128):
            known.setdefault(name.lower(), (str(int(payload)), codec))
    return dict(known[name] for name in _CODECS if name in known)


def _extensions(section: Section) -> Iterator[str]:
    seen: set[str] = set()
    for match in map(_EXTENSION.fullmatch, section.all("extmap")):
        if match is not None and match[2] in _EXTENSIONS and match[1] not in seen and 0 < int(match[1]) < 256:
            seen.add(match[1])
            yield f"a=extmap:{int(match[1])} {match[2]}"


def _sctp(section: Section, mid: str) -> Iterator[str]:
    port = section.first("sctp-port") or _SCTP_PORT
    if section.profile == "DTLS/SCTP":
        port = section.formats[0]
    port = port if _NUMBER.fullmatch(port) and 0 < int(port) <= 0xFFFF else _SCTP_PORT
    largest = section.first("max-message-size") or ""
    yield f"m=application 9 {section.profile} {port if section.profile == 'DTLS/SCTP' else 'webrtc-datachannel'}"
    yield f"a=mid:{mid}"
    yield f"a=sctpmap:{port} webrtc-datachannel 256" if section.profile == "DTLS/SCTP" else f"a=sctp-port:{port}"
    if _NUMBER.fullmatch(largest):
        yield f"a=max-message-size:{int(largest)}"


def _accepted(section: Section, block: str) -> list[str]:
    first, *lines = block.splitlines()
    kind, port, _, *formats = first.split(" ")
    if section.mid is None:
        lines = [line for line in lines if not line.startswith("a=mid:")]
    return [" ".join([kind, port, section.profile, *formats]), *lines]


def _pictures(section: Section) -> list[str]:
    """The payload types of a section that every browser can name."""
    found = [match for match in map(_RTPMAP.fullmatch, section.all("rtpmap")) if match is not None]
    return [match[1] for match in found if match[2].upper() in ("VP8", "H264") and match[1] in section.formats]


def _silent(section: Section, block: str) -> list[str]:
    """A section that is accepted for its transport alone, which is that of `block`, and carries nothing."""
    _, port, *_ = block.split(" ", 2)
    shared = ("a=ice-", "a=candidate:", "a=end-of-candidates", "a=fingerprint:", "a=setup:", "a=rtcp-mux", "c=")
    payload = next(iter(_pictures(section)), section.formats[0])
    codec = [
        f"a={name}:{text}" for name in ("rtpmap", "fmtp") for text in section.all(name)
        if text.split(" ")[0] == payload and _PRINTABLE.fullmatch(text)
    ]  # fmt: skip
    lines = [f"m={section.kind} {port} {section.profile} {payload}", "a=inactive", f"a=mid:{section.mid}", *codec]
    return [*lines, *(line for line in block.splitlines() if line.startswith(shared))]


def _rejected(section: Section) -> list[str]:
    lines = [f"m={section.kind} 0 {section.profile} {' '.join(section.formats)}", "c=IN IP4 0.0.0.0", "a=inactive"]
    return [*lines, f"a=mid:{section.mid}"] if section.mid is not None else lines
