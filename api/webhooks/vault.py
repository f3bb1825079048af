"""The secrets of endpoints, encrypted at rest; each is bound to its endpoint."""

from datetime import datetime

from api.webhooks.models import Parcel
from kit.secrets import Sealer


class Vault:
    """Secrets of endpoints, sealed."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    def sealed(self, endpoint_id: str, secret: str) -> bytes:
        """The secret, sealed for this endpoint."""
        return self._sealer.seal(secret.encode(), _place(endpoint_id))

    def secrets(self, parcel: Parcel, now: datetime) -> list[str]:
        """Those that sign now, the newest first. ValueError when PARLEY_SECRET_KEY was changed."""
        kept = [parcel.secret_sealed]
        if parcel.previous_secret_sealed and parcel.previous_until is not None and parcel.previous_until > now:
            kept.append(parcel.previous_secret_sealed)
        return [self._sealer.open(one, _place(parcel.endpoint_id)).decode() for one in kept]


def _place(endpoint_id: str) -> str:
    return f"webhook-secret:{endpoint_id}"
