"""What is taken of an offer, and how it is answered."""

import time

import pytest
from aiortc.sdp import SessionDescription

from kit.errors import Failure
from realtime.transports.webrtc.candidates import MOST, Candidates
from realtime.transports.webrtc.offer import Offer
from tests.support import offers

WANTED = {  # kinds of each offer's sections, and whether we take them
    "ffmpeg": [("audio", True), ("video", False)],
    "gstreamer": [("video", True), ("audio", True)],  # the sound is bundle-only: the picture's line carries it
    "larix": [("audio", True), ("video", False)],
    "mobile": [("audio", True), ("video", False), ("application", True), ("video", False)],
    "obs": [("audio", True), ("video", False)],
    "old": [("audio", True), ("image", False), ("application", True), ("text", False)],
    "pion": [("video", True), ("audio", True)],  # the same: one transport for both, which the picture's line names
}


def _offer(text: str, *, private: bool = False) -> Offer:
    return Offer(text, Candidates(private=private))


def _parsed(text: str) -> SessionDescription:
    """What aiortc understands of the offer that it gets."""
    return SessionDescription.parse(_offer(text).sdp)


def _why(text: str) -> str:
    with pytest.raises(Failure) as refusal:
        _offer(text)
    assert refusal.value.code == "invalid_request"
    return str(refusal.value.details["fields"][0]["message"])


def test_every_client_is_tried() -> None:
    assert sorted(WANTED) == offers.CLIENTS


@pytest.mark.parametrize("client", offers.CLIENTS)
def test_the_audio_of_other_clients_is_taken(client: str) -> None:
    found = _parsed(offers.offer(client))
    more = ["application"] if ("application", True) in WANTED[client] else []
    assert [media.kind for media in found.media] == ["audio", *more]
    audio = found.media[0]
    assert audio.kind == "audio" and audio.rtcp_mux
    assert audio.ice and audio.ice.usernameFragment and audio.dtls and audio.dtls.fingerprints
    assert audio.direction in ("sendrecv", "sendonly")


@pytest.mark.parametrize("client", offers.CLIENTS)
def test_an_answer_has_the_sections_of_the_offer(client: str) -> None:
    made = _offer(offers.offer(client))
    answer = made.answer(
        made.sdp.replace("m=audio 9", "m=audio 40001").replace("m=application 9", "m=application 40002")
    )
    assert offers.taken(answer) == WANTED[client]
    asked, given = offers.sections(offers.offer(client)), offers.sections(answer)
    for section, back in zip(asked, given, strict=True):
        assert section.split(" ")[2] == back.split(" ")[2]  # the profile
        mids = [line for line in section.splitlines() if line.startswith("a=mid:")]
        assert [line for line in back.splitlines() if line.startswith("a=mid:")] == mids
    group = [line for line in answer.splitlines() if line.startswith("a=group:")]
    shared = [
        s.split("a=mid:")[1].split()[0]
        for s, (_, here) in zip(given, WANTED[client], strict=True)
        if here and "a=mid:" in s
    ]
    assert group == ([f"a=group:BUNDLE {' '.join(shared)}"] if client != "old" else [])


def test_opus_comes_first_whatever_the_order_and_wherever_its_number() -> None:
    found = _parsed(offers.simple(media="m=audio 9 UDP/TLS/RTP/SAVPF 8 0 111 63").replace("111 opus", "63 opus"))
    assert [(codec.name, codec.payloadType) for codec in found.media[0].rtp.codecs] == [
        ("opus", 63),
        ("PCMU", 0),
        ("PCMA", 8),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("a=fmtp:96 apt=97",),
        ("a=fmtp:111",),
        ("a=fmtp:111 minptime=x;useinbandfec",),
        ("a=fmtp",),
        ("a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level vad=on more",),
        ("a=extmap:x y", "a=extmap", "a=extmap:999 urn:x"),
        ("a=ssrc:x", "a=ssrc:1", "a=ssrc-group:FID a b", "a=ssrc:4294967296 cname:x"),
        ("a=rtpmap:x", "a=rtpmap:200 opus/48000/2", "a=rtpmap:112 L16/x", "a=rtcp:x IN IP9 y", "a=rtcp-fb:*"),
        ("a=candidate:x", "a=candidate:1 1 udp 1 a.local 5000 typ host", "a=candidate:" + "1 " * 400),
        ("a=candidate:1 1 tcp 1 8.8.8.8 9 typ host tcptype active", "a=end-of-candidates"),
        (
            "c=IN IP6 fe80::1%eth0",
            "c=rubbish",
            "b=AS:64",
            "k=clear:x",
            "z=0 0",
            "x=unknown",
            "",
            "rubbish",
            "a=",
            "a=:",
        ),
        ("a=ice-options:trickle ice2 renomination", "a=ice-pacing:50", "a=rtcp-mux-only", "a=rtcp-rsize"),
        ("a=max-message-size:x", "a=sctp-port:x", "a=sctpmap:x", "a=setup:actpass", "a=crypto:1 x inline:y"),
        ("m=video 9 TCP/TLS/RTP/SAVPF 96 300", "a=rtpmap:96 H267/90000", "a=fmtp:97 x=y"),
        ("m=application 9 TCP/DTLS/SCTP webrtc-datachannel",),
        ("m=application 9 UDP/BFCP *",),
        ("m=audio 9 RTP/AVP 0", "m=audio 0 UDP/TLS/RTP/SAVPF 111", "m=message 2855 TCP/MSRP *"),
    ],
)
def test_what_is_not_known_does_no_harm(lines: tuple[str, ...]) -> None:
    made = _offer(offers.simple(*lines))
    found = SessionDescription.parse(made.sdp)
    assert [codec.name for codec in found.media[0].rtp.codecs] == ["opus"]
    assert offers.taken(made.answer(made.sdp))[0] == ("audio", True)


def test_one_of_several_audio_lines_is_taken_the_first_that_sends_what_we_know() -> None:
    text = offers.simple(
        "a=recvonly",
        *("m=audio 9 UDP/TLS/RTP/SAVPF 96", "a=rtpmap:96 speex/16000", "a=sendonly"),
        *offers.simple("a=mid:good").splitlines()[4:],
        *offers.simple("a=mid:late").splitlines()[4:],
    )
    made = _offer(text)
    assert "a=mid:good" in made.sdp
    assert [here for _, here in offers.taken(made.answer(made.sdp))] == [False, False, True, False]


def test_a_bundled_line_has_the_transport_of_its_group() -> None:
    text = offers.simple(
        "a=mid:v",
        "a=candidate:1 1 udp 1 8.8.8.8 5000 typ host",
        "m=audio 0 UDP/TLS/RTP/SAVPF 111",
        "a=mid:a",
        "a=bundle-only",
        "a=rtcp-mux",
        "a=rtpmap:111 opus/48000/2",
        media="m=video 9 UDP/TLS/RTP/SAVPF 111",
    ).replace("t=0 0", "t=0 0\r\na=group:BUNDLE v a")
    made = _offer(text)
    audio = SessionDescription.parse(made.sdp).media[0]
    assert audio.ice and audio.ice.usernameFragment == "abcd"
    assert [candidate.ip for candidate in audio.ice_candidates] == ["8.8.8.8"]
    assert made.target("v", 0) == made.target("a", 1) == made.target(None, 0) == made.target(None, None) == "a"
    answer = made.answer(made.sdp)
    assert "a=group:BUNDLE v a\r\n" in answer
    carrier = offers.sections(answer)[0]
    assert carrier.startswith("m=video 9 UDP/TLS/RTP/SAVPF 111\r\n") and "a=inactive" in carrier
    assert all(line in carrier for line in ("a=ice-ufrag:abcd", "a=fingerprint:sha-256", "a=mid:v", "a=rtpmap:111"))


def test_a_candidate_of_a_line_that_is_not_taken_goes_nowhere() -> None:
    made = _offer(offers.simple("m=video 9 UDP/TLS/RTP/SAVPF 96", "a=mid:v"))
    assert made.target("v", 1) is None
    assert made.target(None, 1) is None
    assert made.target(None, 7) is None
    assert made.target(None, 0) == made.target("unknown", 0) == "audio"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("v=0", "an audio line"),
        (offers.simple(media="m=video 9 UDP/TLS/RTP/SAVPF 111"), "an audio line"),
        (offers.simple(media="m=audio 0 UDP/TLS/RTP/SAVPF 111"), "an audio line"),
        (offers.simple("a=recvonly"), "an audio line that sends"),
        (offers.simple().replace("opus", "speex"), "Opus, G.722 or G.711 as audio codec"),
        (offers.simple().replace("111", "72"), "Opus, G.722 or G.711 as audio codec"),
        (offers.simple().replace("a=rtcp-mux\r\n", ""), "a=rtcp-mux"),
        (offers.simple(transport=False), "a=ice-ufrag and a=ice-pwd"),
        (offers.simple().replace("sha-256", "md5"), "a=fingerprint by sha-256, sha-384 or sha-512"),
        (offers.simple().replace("actpass", "holdconn"), "a=setup of actpass, active or passive"),
        (offers.simple("s=\0"), "text without control characters"),
        (offers.simple("a=mid:a", "m=text 9 RTP/AVP 1", "a=mid:a"), "a mid of its own for each m= line"),
        (offers.simple("a=mid:a b"), "a mid of its own for each m= line"),
        (offers.simple("m=video x y z"), "m= lines as in RFC 8866"),
        (offers.simple("m=video 99999 RTP/AVP 1"), "m= lines as in RFC 8866"),
        (offers.simple(*["m=video 9 RTP/AVP 1"] * 40), "at most 32 m= lines"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(text: str, why: str) -> None:
    assert _why(text) == why


def test_nothing_of_an_offer_gets_into_what_we_write_but_what_was_looked_at() -> None:
    text = offers.simple("a=mid:a\u2028a=ice-lite", "a=sendonly\x85a=candidate:1 1 udp 1 127.0.0.1 1 typ host")
    assert _why(text) == "a mid of its own for each m= line"
    made = _offer(
        offers.simple("a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid x\u2028m=audio", "a=tool:\u2029m=video 9")
    )
    assert made.sdp.isascii() and made.sdp.count("m=") == 1


def test_a_long_offer_is_read_in_no_time_and_a_longer_one_refused() -> None:
    lines = [f"a=ssrc:{n} cname:x" for n in range(2600)]
    began = time.process_time()
    _offer(offers.simple(*lines))
    assert time.process_time() - began < 0.2
    with pytest.raises(Failure) as refusal:
        _offer(offers.simple(*lines, *lines))
    assert refusal.value.code == "too_large"


def test_only_so_many_candidates_are_used() -> None:
    lines = [f"a=candidate:1 1 udp 1 8.8.{n}.8 5000 typ host" for n in range(60)]
    candidates = Candidates()
    made = Offer(offers.simple(*lines), candidates)
    assert made.sdp.count("a=candidate:") == MOST
    assert candidates.take("1 1 udp 1 9.9.9.9 5000 typ host") is None


def test_the_end_of_candidates_is_not_passed_on() -> None:
    """Without one left the search would end before the client's own checks come."""
    assert "end-of-candidates" not in _offer(offers.simple("a=end-of-candidates")).sdp
