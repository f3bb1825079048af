"""Counting failed passwords without giving strangers a way to lock an owner out.

Failures are counted in buckets. A stranger fills two: first the account's and then, with a far higher bound, their own
address's: behind one address there may be a whole school. A person on a device that signed in before (a signed cookie),
or at an address where this account was opened or signed in before, fills only a bucket of their own, so what strangers
do to the account cannot keep its owner away, and what an owner mistypes does not count against the school. (The scheme
is OWASP's "device cookies", with known addresses added for clients that keep no cookies.)
"""

import hashlib
import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from api.auth import attempt_store as store
from kit import errors, ids
from kit.clock import Clock
from kit.database import Connection, Database
from kit.http import addresses


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many failures fill a bucket: one that a single account fills, and an address that tries many."""

    failures: int = 10
    at_address: int = 300
    window: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Bucket:
    """`account` is the id of the account whose failures it counts, if only one's."""

    key: bytes
    account: str | None = None
    many_accounts: bool = False


def network(address: str) -> str:
    """The part of an address that one party controls: an IPv4 address, an IPv6 /64."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


class SharedAddresses:
    """Addresses that many people share, such as a school's: there failures count by account only.

    `networks`: addresses or CIDR blocks. ValueError when malformed.
    """

    def __init__(self, networks: Iterable[str] = ()) -> None:
        self._networks = tuple(ipaddress.ip_network(text, strict=False) for text in networks)

    def __contains__(self, address: str) -> bool:
        found = addresses.read(address)
        return found is not None and any(found in network for network in self._networks)


def buckets(
    account: str, address: str, device: str | None, address_known: bool, *, address_shared: bool = False
) -> list[Bucket]:
    """The buckets that a try fills. `account` is the user's id, or the name if no account has it.

    The account's comes before the address's everywhere, so that two tries never wait for each other in a ring, and a
    closed account costs its address nothing.
    """
    if device is not None:
        return [_bucket("device", account, device)]
    place = network(address)
    if address_known:
        return [_bucket("known address", account, place)]
    own = account_bucket(account)
    return [own] if address_shared else [own, address_bucket(address)]


def account_bucket(account: str) -> Bucket:
    """What strangers fill who try this account, or this name."""
    return _bucket("account", account)


def address_bucket(address: str) -> Bucket:
    """What strangers fill who try accounts from this address."""
    return Bucket(_bucket("address", network(address)).key, many_accounts=True)


def guests_bucket(address: str) -> bytes:
    """For the guests who come from this address."""
    return _bucket("guests", network(address)).key


def session_bucket(session_id: str) -> Bucket:
    """For a signed-in person who confirms the password."""
    return _bucket("session", session_id)


def _bucket(*parts: str) -> Bucket:
    """`parts`: what is counted, then for whom."""
    account = parts[1] if parts[0] != "session" and ids.is_id(parts[1]) else None
    return Bucket(hashlib.sha256("\0".join(parts).encode()).digest(), account)


class Attempts:
    """Each try is counted before the password is looked at, so that no number of parallel tries slips through."""

    def __init__(self, database: Database, clock: Clock, allowance: Allowance, shared: SharedAddresses) -> None:
        self._database = database
        self._clock = clock
        self._allowance = allowance
        self.shared = shared

    async def begin(self, filled: list[Bucket]) -> str:
        """Count one try in every bucket; its id is for `forgive`. Failure `rate_limited` when one is full."""
        now = self._clock.now()
        attempt = ids.new_id()
        async with self._database.transaction() as tx:
            for bucket in filled:
                await store.lock_bucket(tx, bucket.key)
                most = self._allowance.at_address if bucket.many_accounts else self._allowance.failures
                free_at = await store.bucket_free_at(tx, bucket.key, now, self._allowance.window, most)
                if free_at is not None:
                    wait = (free_at - now).total_seconds()
                    raise errors.limited("rate_limited", "Too many failed attempts. Try again later.", wait)
            for bucket in filled:
                await store.add_attempt(tx, attempt, bucket.key, bucket.account, now)
        return attempt

    async def forgive(self, attempt: str) -> None:
        """The password was right: the try does not count."""
        async with self._database.connection() as cx:
            await store.remove_attempt(cx, attempt)

    async def forget_account(self, tx: Connection, account: str) -> int:
        """Forget the failures of an account (its id), or of a name that no account has; how many there were."""
        if ids.is_id(account):
            return await store.forget_account(tx, account)
        return await store.forget_bucket(tx, account_bucket(account).key)

    async def forget_address(self, tx: Connection, address: str) -> int:
        """Forget the failures of strangers at an address; how many there were."""
        return await store.forget_bucket(tx, address_bucket(address).key)

    async def sweep(self) -> None:
        """Delete failures that no longer count."""
        async with self._database.connection() as cx:
            await store.sweep(cx, self._clock.now(), self._allowance.window)
