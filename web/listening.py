"""Where the server listens, and whether it answers there."""

from __future__ import annotations

import http.client
import json
import os
import socket
from dataclasses import dataclass
from threading import Event

from indexer.errors import InputError

_SECONDS_BETWEEN_ASKS = 0.05
_ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # where to ask a server that listens everywhere


@dataclass(frozen=True, slots=True)
class Address:
    """An address to listen at.

    Attributes:
        host: as it was given, for messages.
        ip: what the host's name stands for.
        port: never 0.
    """

    host: str
    ip: str
    port: int

    @classmethod
    def claim(cls, host: str, port: int) -> Address:
        """An address that is free; port 0 becomes a free one.

        Workers share their port, so the system would let a second server in and deal
        the requests out between the two: hence this look beforehand.

        Raises:
            InputError: the host is unknown, or the port is taken or not allowed.
        """
        try:
            family, _, _, _, (ip, *_) = socket.getaddrinfo(
                host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
            )[0]
        except (OSError, UnicodeError):
            raise InputError(f"{host}: no such address on this machine") from None
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            if os.name == "posix":  # elsewhere it would allow what it must refuse
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((ip, port))
            except OSError as error:
                reason = (error.strerror or str(error)).lower()
                problem = f"{host}:{port}: cannot listen there ({reason})"
                raise InputError(f"{problem}; choose another --host or --port") from None
            return cls(host, str(ip), trial.getsockname()[1])

    @property
    def url(self) -> str:
        """What to type into a browser."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


def wait_until_healthy(address: Address, stopped: Event) -> dict[str, object] | None:
    """What ``/health`` says once it answers; None if the server stops before that."""
    while not stopped.wait(_SECONDS_BETWEEN_ASKS):
        try:
            return _health(address)
        except (OSError, http.client.HTTPException, ValueError):
            continue
    return None


def _health(address: Address) -> dict[str, object]:
    connection = http.client.HTTPConnection(_ANY.get(address.ip, address.ip), address.port, 5)
    try:
        connection.request("GET", "/health", headers={"Connection": "close"})
        answer = connection.getresponse()
        health: dict[str, object] = json.loads(answer.read())
        if answer.status != http.HTTPStatus.OK:
            raise ValueError(answer.status)
        return health
    finally:
        connection.close()
