"""A client process for the benchmark of the site: so many visitors, each with a connection.

``python -m tests.benchmarks.http_client PORT CLIENTS SECONDS`` reads paths from standard
input, asks for them in turn, and prints one JSON object: seconds for each answer, and the
processor time that it took itself. Plain sockets, for a client's own work is part of what
is measured.
"""

from __future__ import annotations

import json
import re
import selectors
import socket
import sys
import time
from collections.abc import Iterator
from itertools import cycle

_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)


class Visitor:
    """One connection that is kept; asks again as soon as it is answered."""

    def __init__(self, port: int, requests: Iterator[bytes]) -> None:
        """Connect."""
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._requests = requests
        self._answer = b""
        self._sent = 0.0

    def ask(self) -> None:
        """Send the next request."""
        self._answer = b""
        self._sent = time.perf_counter()
        self.socket.sendall(next(self._requests))

    def read(self) -> float | None:
        """Read what came; seconds since asking, once the answer is whole."""
        self._answer += self.socket.recv(262_144)
        end = self._answer.find(b"\r\n\r\n")
        if end < 0:
            return None
        if not self._answer.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(self._answer[:200])
        found = _LENGTH.search(self._answer)
        if found is None or len(self._answer) < end + 4 + int(found[1]):
            return None
        return time.perf_counter() - self._sent


def measure(port: int, clients: int, seconds: float, paths: list[str]) -> dict[str, object]:
    """Seconds for each answer within a time, and the client's own share of a core."""
    requests = [f"GET {path} HTTP/1.1\r\nHost: site\r\n\r\n".encode() for path in paths]
    endless = cycle(requests)
    visitors = [Visitor(port, endless) for _ in range(clients)]
    took: list[float] = []
    with selectors.DefaultSelector() as selector:
        for visitor in visitors:
            selector.register(visitor.socket, selectors.EVENT_READ, visitor)
        started, worked = time.perf_counter(), time.process_time()
        for visitor in visitors:
            visitor.ask()
        while time.perf_counter() - started < seconds:
            for key, _ in selector.select(timeout=1):
                visitor = key.data
                answered = visitor.read()
                if answered is not None:
                    took.append(answered)
                    visitor.ask()
        passed = time.perf_counter() - started
        share = (time.process_time() - worked) / passed
    return {"took": took, "seconds": passed, "share": share}


if __name__ == "__main__":
    port, clients, seconds = sys.argv[1:]
    result = measure(int(port), int(clients), float(seconds), sys.stdin.read().split())
    json.dump(result, sys.stdout)
