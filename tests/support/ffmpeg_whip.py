"""FFmpeg as a WHIP client: its own muxer `whip`, with sound as of a microphone.

    python tests/support/ffmpeg_whip.py FILE URL TICKET

The same as docs/webrtc.md has for the program `ffmpeg`, and three seconds of silence. The certificate is given because
FFmpeg with GnuTLS makes one on a curve (P-224) that OpenSSL, on our side as in browsers, does not take.
"""

import datetime
import sys
import tempfile
import time
from pathlib import Path

import av
import numpy as np
import soundfile
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

RATE = 48_000
FRAME = 960


def certificate(folder: str) -> dict[str, str]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "whip")])
    now = datetime.datetime.now(datetime.UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(
        now + datetime.timedelta(days=1)
    )
    made = {"cert_file": Path(folder, "cert.pem"), "key_file": Path(folder, "key.pem")}
    made["cert_file"].write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    made["key_file"].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return {name: str(path) for name, path in made.items()}


def main(file: str, url: str, ticket: str) -> None:
    samples, rate = soundfile.read(file, dtype="float32")
    sound = np.interp(np.arange(len(samples) * RATE // rate) * rate / RATE, np.arange(len(samples)), samples)
    sound = np.concatenate([np.zeros(RATE // 2), sound, np.zeros(RATE * 3)])
    with tempfile.TemporaryDirectory() as folder:
        options = {"authorization": ticket, **certificate(folder)}
        with av.open(url, "w", format="whip", options=options) as container:
            stream = container.add_stream("libopus", rate=RATE, layout="stereo")
            stream.bit_rate = 64_000
            container.start_encoding()
            print("publishing", flush=True)
            began = time.monotonic()
            for start in range(0, len(sound) - FRAME, FRAME):
                pcm = (sound[start : start + FRAME] * 32767).astype(np.int16).repeat(2).reshape(1, -1)
                frame = av.AudioFrame.from_ndarray(pcm, format="s16", layout="stereo")
                frame.sample_rate, frame.pts = RATE, start
                for packet in stream.encode(frame):
                    container.mux(packet)
                time.sleep(max(0.0, began + start / RATE - time.monotonic()))


if __name__ == "__main__":
    main(*sys.argv[1:])
