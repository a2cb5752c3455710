"""A fetch takes one file within its limits, follows what may be followed, and tells nothing of what it was sent."""

from __future__ import annotations

import gzip
import http.server
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest

from directory.fetching.fetch import Limits, fetch
from directory.fetching.hosts import NotFetched

OPEN = "93.184.215.14"
SECRET = "words of the answer"  # noqa: S105  (of no door)


class Answers(http.server.BaseHTTPRequestHandler):
    """A web server of this machine; ``pages`` says what stands where: status, headers, body, and whether it drips."""

    pages: ClassVar[dict[str, tuple[int, dict[str, str], bytes]]] = {}
    asked: ClassVar[list[tuple[str, str]]] = []

    def do_GET(self) -> None:
        self.asked.append((self.headers["Host"], self.path))
        status, headers, body = self.pages[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            if self.path == "/drip":
                for byte in body:
                    self.wfile.write(bytes([byte]))
                    time.sleep(0.05)
            self.wfile.write(body)
        except OSError:
            return

    def log_message(self, *_: Any) -> None:
        return


@pytest.fixture
def port() -> Iterator[int]:
    Answers.pages, Answers.asked = {}, []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


def get(port: int, folder: Path, path: str = "/feed.json", *, host: str = "data.example.org", **limits: Any) -> Path:
    """Fetch as from a host in the open; the connection to its address is made to our own server."""

    def connect(to: tuple[str, int], seconds: float) -> socket.socket:
        assert to == (OPEN, 80)
        return socket.create_connection(("127.0.0.1", port), seconds)

    def resolve(name: str, to: int, **_: Any) -> list[Any]:
        return [(0, 0, 0, "", ("127.0.0.1" if name.startswith("inside") else OPEN, to))]

    return fetch(f"http://{host}{path}", folder, limits=Limits(**limits), resolve=resolve, connect=connect)


def put(path: str, body: bytes = b"[]", kind: str = "application/json", status: int = 200, **headers: str) -> None:
    said = {"Content-Type": kind} if kind else {}
    Answers.pages[path] = (status, {**said, **{name.replace("_", "-"): value for name, value in headers.items()}}, body)


def test_a_file_is_kept_whole_under_a_name_that_tells_its_kind(port: int, tmp_path: Path) -> None:
    put("/feed.json", b'[{"id": 1}]', "application/json; charset=utf-8")
    put("/table", b"name\nShed\n", "text/csv")
    put("/lines.ndjson?page=1", b"{}\n", "text/plain")
    found = [get(port, tmp_path, path) for path in ("/feed.json", "/table", "/lines.ndjson?page=1")]
    assert [path.name for path in found] == ["fetched.json", "fetched.csv", "fetched.ndjson"]
    assert found[1].read_bytes() == b"name\nShed\n"
    assert Answers.asked[0] == ("data.example.org", "/feed.json")


def test_a_packed_file_is_unpacked(port: int, tmp_path: Path) -> None:
    put("/feed.json", gzip.compress(b'["mending"]' * 1_000), Content_Encoding="gzip")
    assert get(port, tmp_path).read_bytes() == b'["mending"]' * 1_000


def refusal(port: int, folder: Path, path: str = "/feed.json", **limits: Any) -> str:
    with pytest.raises(NotFetched) as caught:
        get(port, folder, path, **limits)
    assert list(folder.iterdir()) == []
    assert SECRET not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("kind", ["text/html", "image/png", "application/zip", "application/x-sh", ""])
def test_what_is_no_table_and_no_json_is_not_taken(port: int, tmp_path: Path, kind: str) -> None:
    put("/feed.json", SECRET.encode(), kind)
    assert "no table" in refusal(port, tmp_path)


@pytest.mark.parametrize("status", [204, 400, 401, 404, 500, 503])
def test_another_status_is_told_without_what_came_with_it(port: int, tmp_path: Path, status: int) -> None:
    put("/feed.json", SECRET.encode() if status != 204 else b"", status=status)
    assert str(status) in refusal(port, tmp_path)


def test_what_is_too_large_is_left_on_the_way(port: int, tmp_path: Path) -> None:
    put("/feed.json", b" " * 300_000)
    assert "larger than" in refusal(port, tmp_path, most_bytes=100_000)


def test_what_is_packed_to_burst_is_not_unpacked(port: int, tmp_path: Path) -> None:
    bomb = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = b"".join(bomb.compress(b"\0" * 1_000_000) for _ in range(300)) + bomb.flush()
    put("/feed.json", packed, Content_Encoding="gzip")
    began = time.monotonic()
    assert "far larger" in refusal(port, tmp_path)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(("body", "coding"), [(b"not packed at all", "gzip"), (gzip.compress(b"[]" * 9_000, mtime=0)[:-20], "gzip"), (b"[]", "br")])
def test_what_cannot_be_unpacked_is_not_taken(port: int, tmp_path: Path, body: bytes, coding: str) -> None:
    put("/feed.json", body, Content_Encoding=coding)
    refusal(port, tmp_path)


def test_what_breaks_off_is_not_taken(port: int, tmp_path: Path) -> None:
    put("/feed.json", b"[1, 2", Content_Length="500")
    assert "broke off" in refusal(port, tmp_path)


def test_a_server_that_drips_is_cut_off_in_time(port: int, tmp_path: Path) -> None:
    put("/drip", b" " * 400)
    began = time.monotonic()
    assert "too long" in refusal(port, tmp_path, "/drip", seconds=0.6)
    assert time.monotonic() - began < 2


def test_a_move_is_followed_three_times_and_no_more(port: int, tmp_path: Path) -> None:
    for step in range(5):
        put(f"/{step}", status=302, Location=f"/{step + 1}")
    put("/3", b"[3]")
    assert get(port, tmp_path, "/0").read_bytes() == b"[3]"
    put("/3", status=302, Location="/4")
    (tmp_path / "fetched.json").unlink()
    assert "more than 3" in refusal(port, tmp_path, "/0")


@pytest.mark.parametrize("to", [
    "http://127.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://inside.example.org/feed.json", "file:///etc/hostname", "http://[::1]/",
    "http://data.example.org:22/", "",
])
def test_a_move_is_checked_like_the_first_address(port: int, tmp_path: Path, to: str) -> None:
    put("/feed.json", status=302, Location=to)
    refusal(port, tmp_path)
    assert len(Answers.asked) == 1


def test_what_is_no_web_server_is_told_so(tmp_path: Path) -> None:
    listener = socket.create_server(("127.0.0.1", 0))

    def speak() -> None:
        connection, _ = listener.accept()
        connection.recv(10_000)
        connection.sendall(SECRET.encode() + b"\r\n\r\n")
        connection.close()

    thread = threading.Thread(target=speak)
    thread.start()
    assert "web server" in refusal(listener.getsockname()[1], tmp_path)
    thread.join()
    listener.close()
