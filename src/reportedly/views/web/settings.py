"""What a desk is started with."""

from __future__ import annotations

import ipaddress
import secrets
from dataclasses import dataclass, field

from reportedly.config import READING_SECONDS

LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where it listens and what it takes.

    `token` None: nobody is asked for one. `hosts` are further names that a browser may call it by. Sizes are bytes,
    times seconds; a reading time of 0 sets no limit.
    `secret` signs what the desk hands out for one visitor; a new one is drawn at each start.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    token: str | None = None
    hosts: frozenset[str] = frozenset()
    most_upload: int = 20 * 1024 * 1024
    most_files: int = 200
    most_form: int = 256 * 1024
    reading_time: float = READING_SECONDS
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def knows(self, host: str) -> bool:
        """Whether a Host header names this desk. An address needs no name service, so it cannot be rebound."""
        name = _without_port(host).casefold().rstrip(".")
        if name in LOCAL_NAMES or name in self.hosts or name == self.host.casefold():
            return True
        return self.token is not None and is_address(name)


def is_local(host: str) -> bool:
    """Whether only this machine can reach that address."""
    return host in LOCAL_NAMES or (is_address(host) and ipaddress.ip_address(host).is_loopback)


def is_address(name: str) -> bool:
    """Whether it is an IP address and no name."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0] if host.count(":") == 1 else host
