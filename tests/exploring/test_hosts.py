"""Who is answered, over a real socket: only this machine's own names, only with the key, and no WebSocket at all."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from tests.exploring.browser.conftest import served
from tests.exploring.sample import leipzig

from dateline.exploring.app import listen

HALLE = "Halle"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, str]]:
    """Serve a project; give its port and key."""
    with served(leipzig().write(tmp_path_factory.mktemp("hosts"))) as (address, key):
        yield int(address.rstrip("/").rpartition(":")[2]), key


def ask(server: tuple[int, str], *lines: str, first: str = "GET / HTTP/1.1", key: str | None = None) -> tuple[int, str]:
    """Send a request of just these lines, with the key, and return status and all that came back."""
    port, token = server
    head = [first, *lines, f"Authorization: Bearer {token if key is None else key}", "Connection: close", "", ""]
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall("\r\n".join(head).encode("latin-1"))
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode("utf-8", "replace")
    return int(answer.split(" ", 2)[1]) if answer else 0, answer


OWN = ["127.0.0.1:{port}", "127.0.0.1", "localhost:{port}", "LOCALHOST:1", "[::1]:{port}"]
OTHERS = [
    "evil.example",
    "evil.example:{port}",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "127.0.0.1@evil.example",
    "evil.example@127.0.0.1",
    "localhost.:80",
    "2130706433",
    "0x7f.1",
    "127.1",
    "0.0.0.0",
    "::1",
    "[::ffff:127.0.0.1]",
    "localhost, evil.example",
    "localhost/",
    "",
]


@pytest.mark.parametrize("host", OWN)
def test_this_machine_is_answered_under_its_own_names(server: tuple[int, str], host: str) -> None:
    status, answer = ask(server, f"Host: {host.format(port=server[0])}")
    assert status == 200
    assert HALLE in answer


@pytest.mark.parametrize("host", OTHERS)
def test_under_any_other_name_nobody_is_answered(server: tuple[int, str], host: str) -> None:
    status, answer = ask(server, f"Host: {host.format(port=server[0])}")
    assert status == 400
    assert HALLE not in answer


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("Host: evil.example", "X-Forwarded-Host: localhost"),
        ("Host: evil.example", "Host: localhost"),
        ("Host: localhost", "Host: evil.example"),
    ],
)
def test_no_two_names_and_no_lack_of_one_get_round_it(server: tuple[int, str], lines: tuple[str, ...]) -> None:
    status, answer = ask(server, *lines)
    assert status == 400
    assert HALLE not in answer


@pytest.mark.parametrize("host", ["evil.example", "localhost"])
def test_no_websocket_is_opened(server: tuple[int, str], host: str) -> None:
    asked = ("Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
    status, answer = ask(server, f"Host: {host}", *asked)
    assert status != 101
    assert "Sec-WebSocket-Accept" not in answer


@pytest.mark.parametrize("path", ["/", "/map.json", "/texts", "/issues", "/review", "/api", "/api/v1/incidents"])
@pytest.mark.parametrize("key", ["", "x", "0" * 32])
def test_without_the_key_nothing_is_answered(server: tuple[int, str], path: str, key: str) -> None:
    status, answer = ask(server, "Host: localhost", first=f"GET {path} HTTP/1.1", key=key)
    assert status == 401
    assert HALLE not in answer


REFUSED = [
    ("Origin: http://evil.example",),
    ("Origin: null",),
    ("Origin: https://localhost",),
    ("Origin: http://localhost:1",),
    ("Origin: http://localhost.evil.example",),
    ("Sec-Fetch-Site: cross-site",),
    ("Sec-Fetch-Site: same-site",),
    ("Sec-Fetch-Site: cross-site", "Origin: http://localhost"),
    ("Sec-Fetch-Site: ",),
]


@pytest.mark.parametrize("lines", REFUSED)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_no_page_elsewhere_changes_anything(server: tuple[int, str], method: str, lines: tuple[str, ...]) -> None:
    told = leipzig().mentions[0].id
    first = f"{method} /review/{told}?who=amber HTTP/1.1"
    status, _ = ask(server, "Host: localhost", *lines, "Content-Length: 0", first=first)
    assert status == 403


def test_no_answer_waits_until_its_headers_were_received() -> None:
    with listen(0) as listener, socket.create_connection(listener.getsockname()):
        asked, _ = listener.accept()
        with asked:
            assert asked.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
