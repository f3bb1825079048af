"""Malformed bodies of requests: offers of WebRTC and forms with a recording."""

import random

from tests.support.hostile import noise


def sdp(chance: random.Random) -> bytes:
    """An offer with something wrong in it."""
    lines = [
        "v=0",
        "o=- 1 2 IN IP4 127.0.0.1",
        "s=-",
        "t=0 0",
        "a=group:BUNDLE 0",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111",
        "c=IN IP4 0.0.0.0",
        "a=mid:0",
        "a=sendonly",
        "a=rtcp-mux",
        "a=ice-ufrag:abcd",
        "a=ice-pwd:" + "p" * 22,
        "a=fingerprint:sha-256 " + ":".join(["AB"] * 32),
        "a=setup:actpass",
        "a=rtpmap:111 opus/48000/2",
    ]
    for _ in range(chance.randrange(1, 4)):
        place = chance.randrange(1, len(lines))
        match chance.randrange(6):
            case 0:
                del lines[place]
            case 1:
                lines[place] = lines[place][: chance.randrange(len(lines[place]))]
            case 2:
                lines.insert(place, lines[place].replace("0", chance.choice(["-1", "99999999999999", "²", "\0", "é"])))
            case 3:
                lines.insert(place, chance.choice("abcmostvz") + "=" + noise(chance))
            case 4:
                lines += [chance.choice(lines)] * chance.choice([2, 40, 700])
            case 5:
                lines.insert(
                    place, "a=candidate:1 1 udp 1 " + chance.choice(["127.0.0.1 9", "x.local 1", "::1 x", "²"])
                )
    return chance.choice(["\r\n", "\r\n", "\n", "\r"]).join([*lines, ""]).encode()


def bodies(chance: random.Random) -> tuple[dict[str, str], bytes]:
    """Headers and the body of a WHIP request."""
    kinds = [
        "application/sdp",
        "application/sdp; charset=punycode",
        "application/sdp; charset=hex",
        "application/sdp; charset",
        "application/sdp; charset=utf-16",
        "application/sdp;charset=idna",
        "application/sdp; charset=undefined",
        "text/plain",
        "application/json",
        "",
        "application/sdp; charset=utf-7",
        "multipart/form-data",
        "application/sdp; charset=" + "x" * 3000,
    ]
    odd = [b"", b"v=0", b"v=0\r\n", b"v=0\0", b"\xff\xfe", b"v=0\r\n" + b"a" * 70_000, chance.randbytes(300)]
    headers = {"Content-Type": "application/sdp" if chance.random() < 0.7 else chance.choice(kinds)}
    if chance.random() < 0.08:
        headers["Content-Encoding"] = chance.choice(["gzip", "deflate", "br", "x"])
    return headers, sdp(chance) if chance.random() < 0.7 else chance.choice(odd)


def forms(chance: random.Random) -> tuple[dict[str, str], bytes]:
    """Headers and the body of a form with a file."""
    names = ["file", "audio", "skill", "title", "model", "language", "response_format", "prompt", noise(chance), ""]
    name = chance.choice([*names, "x" * 9000])
    part = chance.choice(
        [
            f'--B\r\nContent-Disposition: form-data; name="{name}"; filename="a.wav"\r\n\r\n{noise(chance)}\r\n',
            f'--B\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{"x" * 9000}\r\n',
            f"--B\r\nContent-Disposition: {noise(chance)}\r\n\r\nx\r\n",
            "--B\r\n\r\n\r\n",
            "--B\r\nno header\r\n\r\nx\r\n",
            "--B\r\nContent-Type: multipart/mixed; boundary=C\r\n\r\n--C\r\n\r\nx\r\n--C--\r\n",
            "--B",
            "",
            noise(chance),
            f"--B\r\nContent-Transfer-Encoding: {chance.choice(['base64', 'x', 'quoted-printable'])}\r\n\r\n=\r\n",
            f"--B\r\nX: {'y' * 20_000}\r\n\r\nx\r\n",
            "--B\r\n" + "X: y\r\n" * 2000 + "\r\nx\r\n",
            f'--B\r\nContent-Disposition: form-data; name="{name}"\r\nContent-Encoding: gzip\r\n\r\nx\r\n',
            f'--B\r\nContent-Disposition: form-data; name="{name}"; filename="a.txt"\r\n\r\nx\r\n' * 2,
            f'--B\nContent-Disposition: form-data; name="{name}"; filename="a.txt"\n\nx\n',
            "".join(f'--B\r\nContent-Disposition: form-data; name="n{n}"\r\n\r\nx\r\n' for n in range(500)),
        ]
    )
    body = (part + chance.choice(["--B--\r\n", "--B--", "--B", "", "\r\n"])).encode("utf-8", "surrogateescape")
    kinds = ["multipart/form-data; boundary=B"] * 8 + [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=" + "B" * 300,
        "text/plain",
        "multipart/mixed; boundary=B",
        "application/json",
    ]
    return {"Content-Type": chance.choice(kinds)}, body + (chance.randbytes(50) if chance.random() < 0.3 else b"")
