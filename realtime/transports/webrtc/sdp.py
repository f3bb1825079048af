"""Reads SDP (RFC 8866) as far as this server needs it and ignores the rest.

aiortc's own reader takes what browsers of its time sent, and nothing else: a codec that it has no word for, an
attribute with a parameter more, or a missing default is an error of any kind there, and some of it takes quadratic
time.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kit import errors
from kit.errors import Failure

LARGEST = 64 * 1024
"""Characters of a description."""
_MOST_SECTIONS = 32
_MOST_VALUES = 64
"""Times that one attribute of one section counts; candidates and codecs of real clients are fewer."""
_MEDIA = re.compile(
    r"m=([A-Za-z0-9-]{1,20}) ([0-9]{1,5})(?:/[0-9]{1,5})? ([A-Za-z0-9/.-]{1,40})((?: [!-~]{1,64}){1,128}) *"
)
_ATTRIBUTE = re.compile(r"a=([A-Za-z0-9-]{1,40})(?::(.*))?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_KEPT = frozenset({
    "group", "fingerprint", "setup", "ice-ufrag", "ice-pwd", "ice-lite", "mid", "rtcp-mux", "bundle-only", "rtpmap",
    "fmtp", "extmap", "candidate", "sctp-port", "max-message-size", "sendrecv", "sendonly", "recvonly", "inactive",
})  # fmt: skip


@dataclass
class Attributes:
    """The attributes that count here, in order; a flag's value is ""."""

    known: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, value: str) -> None:
        """Keep an attribute that matters, up to a number of times."""
        if name in _KEPT and len(values := self.known.setdefault(name, [])) < _MOST_VALUES:
            values.append(value.strip())

    def first(self, name: str) -> str | None:
        """The first value of an attribute."""
        values = self.known.get(name)
        return values[0] if values else None

    def all(self, name: str) -> list[str]:
        """All values of an attribute."""
        return self.known.get(name, [])

    def has(self, name: str) -> bool:
        """Whether there is such an attribute."""
        return bool(self.known.get(name))


@dataclass
class Section(Attributes):
    """An `m=` line and what belongs to it."""

    kind: str = ""
    port: int = 0
    profile: str = ""
    formats: tuple[str, ...] = ()

    @property
    def offered(self) -> bool:
        """A port of 0 withdraws a section, but for one that has no transport of its own (RFC 8843, section 6)."""
        return self.port != 0 or self.has("bundle-only")

    @property
    def mid(self) -> str | None:
        """Name of the section."""
        return self.first("mid")


@dataclass
class Description(Attributes):
    """A session description with its sections."""

    sections: list[Section] = field(default_factory=list)

    def bundle(self, mid: str | None) -> list[str]:
        """The mids of the group that share a transport with `mid`, as they stand there."""
        for group in self.all("group"):
            match group.split():
                case ["BUNDLE", *mids] if mid in mids:
                    return mids
        return []

    @property
    def audio_tracks(self) -> int:
        """How many audio lines want to send."""
        lines = [one for one in self.sections if one.kind == "audio" and one.offered]
        return sum(not (one.has("recvonly") or one.has("inactive")) for one in lines)

    @property
    def ice(self) -> frozenset[tuple[str, str]]:
        """All names and passwords of ICE, as (attribute, value) pairs."""
        everywhere: list[Attributes] = [self, *self.sections]
        return frozenset((name, v) for one in everywhere for name in ("ice-ufrag", "ice-pwd") for v in one.all(name))

    @property
    def candidates(self) -> list[tuple[str | None, str]]:
        """(mid, candidate) pairs."""
        below = [(one.mid, text) for one in self.sections for text in one.all("candidate")]
        return [(None, text) for text in self.all("candidate")] + below


def refused(why: str) -> Failure:
    """`why` says what an offer has to have."""
    return errors.invalid("The offer cannot be used.", [("/sdp", why)])


def read(text: str) -> Description:
    """Failure `invalid_request` for what is no SDP, `too_large`."""
    if len(text) > LARGEST:
        raise errors.too_large("The offer is too large.")
    if _CONTROL.search(text):
        raise refused("text without control characters")
    found = Description()
    current: Attributes = found
    for line in _lines(text):
        if line.startswith("m="):
            current = _section(line)
            found.sections.append(current)
            if len(found.sections) > _MOST_SECTIONS:
                raise refused(f"at most {_MOST_SECTIONS} m= lines")
        elif (attribute := _ATTRIBUTE.fullmatch(line)) is not None:
            current.add(attribute[1], attribute[2] or "")
    mids = [section.mid for section in found.sections if section.mid is not None]
    if len(set(mids)) < len(mids) or not all(re.fullmatch(r"[!#-'*+.0-9A-Z^-~-]{1,64}", mid) for mid in mids):
        raise refused("a mid of its own for each m= line")
    return found


def _lines(text: str) -> Iterator[str]:
    return (line.removesuffix("\r") for line in text.split("\n"))


def _section(line: str) -> Section:
    found = _MEDIA.fullmatch(line)
    if found is None or int(found[2]) > 0xFFFF:
        raise refused("m= lines as in RFC 8866")
    return Section(kind=found[1], port=int(found[2]), profile=found[3], formats=tuple(found[4].split()))
