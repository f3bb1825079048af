"""What every player plays is decoded, as far as ffmpeg's program decodes it; nothing else is opened at all."""

import io
import shutil
import struct
import subprocess
import wave
from collections.abc import Callable

import av
import numpy as np
import pytest
import soundfile

from speech.decoding import containers, decode
from speech.decoding.verdict import Unreadable
from tests.support import recordings as made

CLIP_S = 3.65
FFMPEG = shutil.which("ffmpeg")


def seconds(content: bytes, most_s: float = 300) -> float:
    return sum(map(len, decode.sound(io.BytesIO(content), most_s))) / 2 / 16_000


def refused(content: bytes, most_s: float = 300) -> str:
    with pytest.raises(Unreadable) as caught:
        seconds(content, most_s)
    return caught.value.reason


def _ffmpeg_seconds(content: bytes) -> float:
    """What the program makes of it."""
    assert FFMPEG is not None
    said = subprocess.run(
        [FFMPEG, "-v", "quiet", "-i", "pipe:", "-ac", "1", "-ar", "16000", "-f", "s16le", "-"],
        input=content,
        capture_output=True,
        check=False,
    )
    return len(said.stdout) / 2 / 16_000


def _vorbis(rate: int, length: float | None = None) -> bytes:
    target = io.BytesIO()
    soundfile.write(target, made.samples(length, rate), rate, format="OGG", subtype="VORBIS")
    return target.getvalue()


def _zero_length_packets() -> bytes:
    """An M4A in whose table of sizes some packets have none."""
    whole = bytearray(made.encoded("mp4", "aac", rate=44_100))
    at = whole.index(b"stsz") + 16
    for number in (20, 21, 22, 60):
        entry = at + 4 * number
        before = struct.unpack(">I", whole[entry - 4 : entry])[0]
        size = struct.unpack(">I", whole[entry : entry + 4])[0]
        whole[entry - 4 : entry] = struct.pack(">I", before + size)  # what follows keeps its place
        whole[entry : entry + 4] = bytes(4)
    return bytes(whole)


def _packets_damaged(container: str, codec: str, rate: int) -> bytes:
    """A file in a container whose own structure is whole: a disk or a line has hurt what is inside."""
    whole = made.encoded(container, codec, rate=rate)
    middle = whole[len(whole) // 4 : len(whole) * 3 // 4]
    return whole.replace(middle, made.damaged(middle, 0.0))


WHOLE: dict[str, Callable[[], bytes]] = {
    "mp3": lambda: made.encoded("mp3", "libmp3lame", rate=44_100),
    "aac": lambda: made.encoded("adts", "aac", rate=44_100),
    "aac in latm": lambda: made.encoded("latm", "aac", rate=44_100),
    "m4a": lambda: made.encoded("mp4", "aac", rate=44_100),
    "m4a in fragments": lambda: made.encoded(
        "mp4", "aac", rate=44_100, options={"movflags": "frag_keyframe+empty_moov+default_base_moof"}
    ),
    "alac": lambda: made.encoded("mp4", "alac", rate=44_100),
    "flac": lambda: made.encoded("flac", "flac"),
    "opus": lambda: made.encoded("ogg", "libopus", rate=48_000),
    "vorbis": lambda: _vorbis(44_100),
    "webm": lambda: made.encoded("webm", "libopus", rate=48_000),
    "webm of a browser": lambda: made.encoded("webm", "libopus", rate=48_000, options={"live": "1"}),
    "webm without a duration": lambda: made.without_duration(made.encoded("webm", "libopus", rate=48_000)),
    "amr": lambda: made.encoded("amr", "libopencore_amrnb", rate=8_000),
    "3gp": lambda: made.encoded("3gp", "libopencore_amrnb", rate=8_000),
    "matroska": lambda: made.encoded("matroska", "aac", rate=44_100),
    "mpeg ts": lambda: made.encoded("mpegts", "aac", rate=44_100),
    "mpeg ps": lambda: made.encoded("mpeg", "mp2", rate=44_100),
    "caf": lambda: made.encoded("caf", "pcm_s16be"),
    "aiff": lambda: made.encoded("aiff", "pcm_s16be"),
    "au": lambda: made.encoded("au", "pcm_s16be"),
    "w64": lambda: made.encoded("w64", "pcm_s16le"),
    "wav": lambda: made.wav(made.samples()),
    "wav with a-law": lambda: made.encoded("wav", "pcm_alaw", rate=8_000),
    "wav with adpcm": lambda: made.encoded("wav", "adpcm_ima_wav", rate=22_050),
    "wav with mp3": lambda: made.encoded("wav", "libmp3lame", rate=44_100),
    "wav of a stream": lambda: made.with_sizes(made.wav(made.samples()), 0xFFFFFFFF, 0xFFFFFFFF),
    "wav never finished": lambda: made.with_sizes(made.wav(made.samples()), 0, 0),
    "wav with a header only": lambda: made.with_sizes(made.wav(made.samples()), 36, 0),
    "wav said to be longer": lambda: made.with_sizes(made.wav(made.samples()), 1_000_000, 999_964),
    "wav cut in a sample": lambda: made.wav(made.samples())[:-1],
    "mp3 behind junk": lambda: bytes(5_000) + b"junk" * 200 + WHOLE["mp3"](),
    "zero-length packets": _zero_length_packets,
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_recording_is_decoded_whole(name: str) -> None:
    assert seconds(WHOLE[name]()) == pytest.approx(CLIP_S, abs=0.1)


@pytest.mark.parametrize("channels", [2, 3, 4, 6, 8, 9, 16])
def test_any_number_of_microphones_is_heard(channels: int) -> None:
    """Four and more without places are what microphone arrays record."""
    assert seconds(made.wav(np.repeat(made.samples(), channels), channels=channels)) == pytest.approx(CLIP_S)


DAMAGED: dict[str, tuple[Callable[[], bytes], float]] = {
    "mp3": (lambda: made.damaged(WHOLE["mp3"]()), 3.2),
    "mp3 from its first byte on": (lambda: made.damaged(WHOLE["mp3"](), 0.0), 3.2),
    "aac": (lambda: made.damaged(WHOLE["aac"]()), 3.0),
    "aac begun in a frame": (lambda: WHOLE["aac"]()[777:], 3.5),
    "m4a": (lambda: _packets_damaged("mp4", "aac", 44_100), 3.0),
    "m4a cut short": (lambda: (whole := WHOLE["m4a in fragments"]())[: len(whole) * 2 // 3], 2.2),
    "flac cut short": (lambda: (whole := WHOLE["flac"]())[: len(whole) * 2 // 3], 2.1),
    "flac cut at the front": (lambda: (whole := WHOLE["flac"]())[len(whole) // 3 :], 2.3),
    "opus": (lambda: made.damaged(WHOLE["opus"](), every=9_000), 1.5),
    "webm": (lambda: _packets_damaged("webm", "libopus", 48_000), 1.5),
    "webm cut short": (lambda: (whole := WHOLE["webm"]())[: len(whole) // 2], 1.5),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damage_costs_the_packets_that_it_hit_and_no_more(name: str) -> None:
    make, least = DAMAGED[name]
    content = make()
    found = seconds(content)
    assert found >= least
    if FFMPEG and name not in ("m4a", "flac cut at the front"):  # these it plays from a file, but not from a pipe
        assert found == pytest.approx(_ffmpeg_seconds(content), abs=0.15)


def test_pauses_that_a_phone_does_not_send_are_as_long_as_they_were() -> None:
    """48 frames of 20 ms stand for a pause, in six of which there is something."""
    assert seconds(made.amr_with_pauses()) == pytest.approx(CLIP_S + 48 * 0.02, abs=0.1)


CHANGING = {
    "mp3": lambda: WHOLE["mp3"]() + made.encoded("mp3", "libmp3lame", rate=22_050, seconds=2),
    "mp3 in stereo": lambda: (
        WHOLE["mp3"]() + made.encoded("mp3", "libmp3lame", rate=48_000, layout="stereo", seconds=2)
    ),
    "aac": lambda: WHOLE["aac"]() + made.encoded("adts", "aac", rate=22_050, seconds=2),
    "opus chained": lambda: WHOLE["opus"]() + made.serial(made.encoded("ogg", "libopus", rate=48_000, seconds=2), 7),
    "opus chained under one number": lambda: WHOLE["opus"]() + made.encoded("ogg", "libopus", rate=48_000, seconds=2),
    "opus chained in stereo": lambda: (
        WHOLE["opus"]() + made.serial(made.encoded("ogg", "libopus", rate=48_000, layout="stereo", seconds=2), 7)
    ),
    "vorbis chained": lambda: _vorbis(44_100) + made.serial(_vorbis(22_050, 2), 8),
    "vorbis and opus": lambda: _vorbis(44_100) + made.serial(made.encoded("ogg", "libopus", rate=48_000, seconds=2), 9),
}


@pytest.mark.parametrize("name", CHANGING)
def test_a_recording_may_change_its_kind_on_the_way(name: str) -> None:
    assert seconds(CHANGING[name]()) == pytest.approx(CLIP_S + 2, abs=0.15)


def _cyrillic(content: bytes) -> bytes:
    return (
        made.id3(made.id3_text(b"TIT2", "Привет".encode("cp1251")) + made.id3_text(b"TPE1", b"\xff\xfe\xcf")) + content
    )


def _ogg_comment() -> bytes:
    whole = WHOLE["opus"]()
    number = struct.unpack("<I", whole[14:18])[0]
    return made.serial(whole.replace(b"encoder=", b"enc\xff\xfe\xcf\xf0="), number)


def _wav_list() -> bytes:
    whole = made.wav(made.samples())
    name = "Привет!".encode("cp1251") + b"\0"
    listed = b"LIST" + struct.pack("<I", 12 + len(name)) + b"INFOINAM" + struct.pack("<I", len(name)) + name
    return whole[:12] + listed + whole[12:]


def _title(content: bytes) -> bytes:
    assert b"Hello" in content
    return content.replace(b"Hello", "Приве".encode("cp1251"))


TAGGED: dict[str, Callable[[], bytes]] = {
    "mp3": lambda: _cyrillic(WHOLE["mp3"]()),
    "mp3 tagged twice": lambda: _cyrillic(_cyrillic(WHOLE["mp3"]())),
    "aac": lambda: _cyrillic(WHOLE["aac"]()),
    "flac": lambda: _cyrillic(WHOLE["flac"]()),
    "wav": lambda: _cyrillic(WHOLE["wav"]()),
    "wav with a list": _wav_list,
    "ogg": _ogg_comment,
    "m4a": lambda: _title(made.encoded("mp4", "aac", rate=44_100, tags={"title": "Hello"})),
    "webm": lambda: _title(made.encoded("webm", "libopus", rate=48_000, tags={"title": "Hello"})),
}


@pytest.mark.parametrize("name", TAGGED)
def test_tags_are_nobodys_business(name: str) -> None:
    assert seconds(TAGGED[name]()) == pytest.approx(CLIP_S, abs=0.1)


def test_of_several_tracks_one_that_can_be_decoded_is_taken() -> None:
    """Newer phones write their sound twice, one of them in a codec of their own."""
    target = io.BytesIO()
    with av.open(target, "w", format="matroska") as writer:
        streams = [writer.add_stream("aac", rate=44_100, layout="mono") for _ in range(2)]
        frame = av.AudioFrame.from_ndarray(made.samples(None, 44_100).reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = 44_100
        for stream in streams:
            resampler = av.AudioResampler(format=stream.format, layout="mono", rate=44_100, frame_size=1024)
            for piece in [*resampler.resample(frame), *resampler.resample(None)]:
                writer.mux(stream.encode(piece))
            writer.mux(stream.encode(None))
    content = target.getvalue().replace(b"A_AAC", b"A_XXX", 1)
    assert seconds(content) == pytest.approx(CLIP_S, abs=0.1)


NONE = {
    "nothing": b"",
    "text": b"not a sound at all",
    "a list of files": b"ffconcat version 1.0\nfile 'tests/data/audio/jfk.flac'\n",
    "a list behind a byte order mark": b"\xef\xbb\xbfffconcat version 1.0\nfile 'jfk.flac'\n",
    "a playlist": b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
    "a session description": b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nt=0 0\nm=audio 40000 RTP/AVP 0\n",
    "a manifest": b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>/etc/</BaseURL></MPD>',
    "a filter": b"sine=frequency=440:duration=1",
    "a smooth stream": b'<?xml version="1.0"?><SmoothStreamingMedia MajorVersion="2"></SmoothStreamingMedia>',
    "subtitles": b"1\n00:00:00,000 --> 00:00:01,000\nHello\n",
    "metadata": b";FFMETADATA1\ntitle=x\n",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(64),
    "a drawing": b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
    "a film in another container": b"RIFF\x00\x00\x00\x00AVI LIST" + bytes(64),
    "an edit list": b"# mplayer EDL file, version 2\n/etc/passwd,0,1\n",
    "a reference to a stream": b"[Reference]\nRef1=http://127.0.0.1:1/x\n",
    "a real-time address": b"rtsp://127.0.0.1:9/x\n",
}


@pytest.mark.parametrize("name", NONE)
def test_what_is_no_recording_is_given_to_no_demuxer(name: str) -> None:
    assert containers.opening(NONE[name], len(NONE[name]))[0] is None
    assert refused(NONE[name]) == "unknown"


@pytest.mark.parametrize(
    "mark",
    [
        b"RIFF\x00\x00\x00\x00WAVEfmt ",
        b"OggS",
        b"fLaC",
        b"\x1aE\xdf\xa3",
        b"\x00\x00\x00\x18ftypM4A ",
        b"caff",
        b"ID3\x03\x00\x00\x00\x00\x00\x01x",
    ],
)
def test_a_mark_alone_is_broken(mark: bytes) -> None:
    assert refused(mark + b"ffconcat version 1.0\nfile 'tests/data/audio/jfk.flac'\n") in ("broken", "silent")


def test_a_reference_to_another_file_inside_a_container_is_not_followed() -> None:
    """QuickTime may keep its sound elsewhere; here what it names is not looked for."""
    whole = made.encoded("mov", "pcm_s16be")
    at = whole.index(b"url ")
    content = whole[:at] + b"alis" + bytes([0, 0, 0, 0]) + whole[at + 8 :]
    try:
        seconds(content)
    except Unreadable as verdict:
        assert verdict.reason in ("broken", "silent")


def test_no_more_comes_out_than_is_wanted() -> None:
    silence = np.zeros(16_000 * 40, np.int16)
    assert refused(made.wav(silence), most_s=30) == "too_long"
    assert seconds(made.wav(silence), most_s=40) == 40


def test_a_clock_of_a_few_beats_a_second_is_refused() -> None:
    """A kilobyte of samples at 1 Hz would be 18 minutes of sound."""
    for rate in (1, 10, 999):
        assert refused(made.wav(np.zeros(2_000, np.int16), rate=rate)) == "broken"


def test_many_channels_do_not_multiply_what_may_be_decoded() -> None:
    target = io.BytesIO()
    with wave.open(target, "wb") as out:
        out.setparams((60, 2, 48_000, 0, "NONE", ""))
        out.writeframes(bytes(48_000 * 60 * 2))
    assert refused(target.getvalue(), most_s=2) == "too_much"
