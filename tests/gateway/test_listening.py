"""The server's socket: taken first, and refused with what to do."""

import socket

import pytest

from gateway.transport.listening import ListenError, listening_socket


def test_a_free_port_is_listened_on() -> None:
    with listening_socket("127.0.0.1", 0) as bound, socket.create_connection(bound.getsockname()) as caller:
        assert caller.getpeername() == bound.getsockname()


def test_a_port_in_use_is_said() -> None:
    with listening_socket("127.0.0.1", 0) as bound:
        port = bound.getsockname()[1]
        with pytest.raises(ListenError, match=f"^port {port} is in use.*SVOD_PORT"):
            listening_socket("127.0.0.1", port)


@pytest.mark.parametrize("host", ["192.0.2.1", "nowhere.invalid", "2001:db8::1"])
def test_an_address_of_another_machine_is_said(host: str) -> None:
    with pytest.raises(ListenError, match=f"^address {host} .*SVOD_HOST"):
        listening_socket(host, 8000)
