import socket
import threading

from connectors.local.ports import becomes_free


def test_a_port_that_is_let_go_in_a_moment_becomes_free_and_one_that_is_held_does_not() -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        assert not becomes_free(port, 0.1)
        release = threading.Timer(0.2, held.close)
        release.start()
        assert becomes_free(port, 10)
        release.join()
