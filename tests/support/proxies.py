"""nginx and Caddy with the files of deploy/, in front of one server and with a certificate of the test's own."""

import asyncio
import base64
import contextlib
import datetime
import hashlib
import os
import ssl
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from server.bootstrap import debian
from tests.support.ports import free_port

DEPLOY = Path(__file__).parents[2] / "deploy"


def certificate(folder: Path) -> tuple[Path, Path]:
    """(certificate, key) for localhost, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "localhost.pem", folder / "localhost.key"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return public, private


def fingerprint(public: Path) -> str:
    """Of the certificate's key, by which Chromium can be told to take it."""
    key = x509.load_pem_x509_certificate(public.read_bytes()).public_key()
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return base64.b64encode(hashlib.sha256(key.public_bytes(serialization.Encoding.DER, form)).digest()).decode()


def replaced(text: str, changes: dict[str, str]) -> str:
    for old, new in changes.items():
        assert old in text, f"deploy/ has no “{old}” any more"
        text = text.replace(old, new)
    return text


def rewrite(file: Path, changes: dict[str, str]) -> None:
    file.write_text(replaced(file.read_text(), changes))


def nginx_line(folder: Path, port: int, upstream: int) -> list[str]:
    public, private = certificate(folder)
    site = replaced(
        (DEPLOY / "nginx.conf").read_text(),
        {
            "listen 80;": f"listen 127.0.0.1:{free_port()};",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{port} ssl http2;",
            "parley.example;": "localhost;",
            "/etc/letsencrypt/live/parley.example/fullchain.pem": str(public),
            "/etc/letsencrypt/live/parley.example/privkey.pem": str(private),
            "127.0.0.1:8080": f"127.0.0.1:{upstream}",
        },
    )
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = " ".join(f"{kind}_temp_path {folder / kind};" for kind in kinds)
    whole = folder / "nginx.conf"
    account = "user root;" if os.geteuid() == 0 else ""
    whole.write_text(
        f"{account} worker_processes 1; daemon off; pid {folder / 'pid'}; error_log {folder / 'log'} warn; "
        f"events {{}} http {{ access_log off; {folders}\n{site}\n}}"
    )
    return [str(debian.program("nginx")), "-p", str(folder), "-e", str(folder / "log"), "-c", str(whole)]


def caddy_line(folder: Path, port: int, upstream: int) -> list[str]:
    program = str(debian.program("caddy"))
    told = subprocess.run([program, "version"], check=True, capture_output=True, text=True).stdout
    old = tuple(map(int, told.removeprefix("v").split(".")[:2])) < (2, 7)  # Debian 12 has 2.6, without this one line
    public, private = certificate(folder)
    site = replaced(
        (DEPLOY / "Caddyfile").read_text(),
        {
            "{$PARLEY_DOMAIN} {": f"https://localhost:{port} {{\n\tbind 127.0.0.1\n\ttls {public} {private}",
            "{$PARLEY_NODES:127.0.0.1:8080}": f"127.0.0.1:{upstream}",
            **({"stream_close_delay 1h": ""} if old else {}),
        },
    )
    whole = folder / "Caddyfile"
    whole.write_text(f"{{\n\tadmin off\n\tauto_https disable_redirects\n}}\n{site}")
    return [program, "run", "--adapter", "caddyfile", "--config", str(whole)]


LINES = {"nginx": nginx_line, "caddy": caddy_line}


def has(name: str) -> bool:
    return debian.program(name) is not None


@contextlib.asynccontextmanager
async def running(
    name: str, folder: Path, port: int, upstream: int, spoilt: dict[str, str] | None = None
) -> AsyncIterator[ssl.SSLContext]:
    """The proxy on `port`, answering; what comes out trusts its certificate. `spoilt` changes its file."""
    line = LINES[name](folder, port, upstream)
    rewrite(Path(line[-1]), spoilt or {})
    environment = os.environ | {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    environment |= debian.libraries(Path(line[0]))
    with (folder / "said").open("wb") as said:
        process = await asyncio.create_subprocess_exec(*line, env=environment, stdout=said, stderr=said)
    try:
        async with asyncio.timeout(60):
            while True:
                assert process.returncode is None, (folder / "said").read_text()
                with contextlib.suppress(OSError):
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                    writer.close()
                    break
                await asyncio.sleep(0.05)
        yield ssl.create_default_context(cafile=folder / "localhost.pem")
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
