"""Encryption at rest: AES-256-GCM under a key derived from `PARLEY_SECRET_KEY` by HKDF-SHA256."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE_BYTES = 12


class Sealer:
    """Encrypts what the database holds with the server's key (AES-GCM)."""

    def __init__(self, secret_key: str) -> None:
        derived = HKDF(SHA256(), length=32, salt=None, info=b"parley at rest").derive(secret_key.encode())
        self._cipher = AESGCM(derived)

    def seal(self, plain: bytes, context: str) -> bytes:
        """Encrypt. `context` (say "tenant-key:<id>") must be given again to open it, so a sealed value cannot be
        moved."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, context.encode())

    def open(self, sealed: bytes, context: str) -> bytes:
        """Decrypt. ValueError when the key, the context or the bytes are not the ones that sealed it."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], context.encode())
        except InvalidTag as error:
            raise ValueError("a sealed value cannot be opened: was PARLEY_SECRET_KEY changed?") from error
