"""Claiming an address to listen at."""

from __future__ import annotations

import socket
from threading import Event

import pytest

from indexer.errors import InputError
from web.listening import Address, wait_until_healthy


def test_port_0_becomes_a_free_one() -> None:
    address = Address.claim("127.0.0.1", 0)

    assert address.port > 0
    assert address.url == f"http://127.0.0.1:{address.port}"


def test_a_name_is_looked_up_and_shown() -> None:
    address = Address.claim("localhost", 0)

    assert address.ip in {"127.0.0.1", "::1"}
    assert address.url == f"http://localhost:{address.port}"


def test_an_ipv6_address_stands_in_brackets() -> None:
    assert Address("::1", "::1", 8000).url == "http://[::1]:8000"


def test_a_port_in_use_is_refused_even_to_those_who_would_share_it() -> None:
    with socket.create_server(
        ("127.0.0.1", 0), reuse_port=hasattr(socket, "SO_REUSEPORT")
    ) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(InputError, match=rf"127\.0\.0\.1:{port}: cannot listen there"):
            Address.claim("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(InputError, match=r"192\.0\.2\.1:0: cannot listen there"):
        Address.claim("192.0.2.1", 0)


def test_waiting_ends_when_the_server_does() -> None:
    stopped = Event()
    stopped.set()

    assert wait_until_healthy(Address.claim("127.0.0.1", 0), stopped) is None
