import socket
import time

import pytest


def call(receiver, line):
    with socket.create_connection(receiver.server_address, timeout=30) as connection:
        connection.sendall(f"{line}\n".encode())
        return connection.recv(10)


@pytest.mark.parametrize("event", ["paid", "shipped", "returned", "cancelled"])
@pytest.mark.parametrize("partner", ["north", "south", "east", "west"])
def test_a_call_is_received(receiver, partner, event):
    assert call(receiver, f"{partner} {event}") == b"ok\n"
    time.sleep(0.3)
    assert receiver.received == [f"{partner} {event}"]


@pytest.mark.parametrize("event", ["paid", "shipped", "returned", "cancelled"])
def test_events_are_past(event):
    assert event.endswith(("d", "ed"))
