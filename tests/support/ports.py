"""Ports that nobody has, at the time of asking."""

import socket


def free_port(kind: socket.SocketKind = socket.SOCK_STREAM, address: str = "127.0.0.1") -> int:
    """One of the system's own choice, for TCP unless `kind` says UDP."""
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind((address, 0))
        return int(probe.getsockname()[1])
