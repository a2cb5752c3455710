"""Fetching one file over the web: to a checked address only, within limits of time and size, told in words that hold nothing of the answer."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

from msgspec import Struct

from directory.fetching.hosts import NotFetched, Resolve, Target, target_of

TYPES: Final = {
    "application/json": ".json", "application/ld+json": ".json", "application/x-ndjson": ".ndjson", "application/jsonl": ".ndjson",
    "application/x-jsonlines": ".ndjson", "text/csv": ".csv", "application/csv": ".csv", "text/plain": "", "application/octet-stream": "",
}  # fmt: skip
ENDINGS: Final = (".json", ".ndjson", ".jsonl", ".csv", ".tsv")
MOVED: Final = (301, 302, 303, 307, 308)
MOST_HOPS: Final = 3
PIECE: Final = 65_536
Connect = Callable[[tuple[str, int], float], socket.socket]


class Limits(Struct, frozen=True, kw_only=True):
    """What a fetch may take: seconds in all, bytes as sent, bytes unpacked, and how many times larger unpacking may make it; which ports may be asked."""

    seconds: float = 20
    most_bytes: int = 20_000_000
    most_unpacked: int = 200_000_000
    most_ratio: int = 100
    ports: tuple[int, ...] = (80, 443)


def fetch(
    url: str, folder: Path, *, limits: Limits | None = None, resolve: Resolve = socket.getaddrinfo,
    connect: Connect = socket.create_connection, tls: ssl.SSLContext | None = None,
) -> Path:
    """Fetch an address into a new file of ``folder``, whose name ends as its kind asks; ``NotFetched`` says what went wrong, and leaves no file.

    Every redirect (three at most) is checked as the first address was. The name of the host is looked up once for each, and the connection goes to an
    address that was checked, so that a name that changes between the two leads nowhere.
    """
    limits = limits or Limits()
    ends_at = time.monotonic() + limits.seconds
    for _ in range(MOST_HOPS + 1):
        target = target_of(url, ports=limits.ports, resolve=resolve)
        with _asked(target, ends_at, connect, tls) as answer:
            if answer.status not in MOVED:
                return _kept(answer, target, folder, limits, ends_at)
            url = _moved(url, answer.headers.get("Location") or "", target.scheme)
    raise NotFetched(f"It was moved more than {MOST_HOPS} times.")


@contextmanager
def _asked(target: Target, ends_at: float, connect: Connect, tls: ssl.SSLContext | None) -> Iterator[http.client.HTTPResponse]:
    connection = http.client.HTTPConnection(target.host, target.port)
    open_sockets: list[socket.socket] = []
    # Time-outs of a socket count from byte to byte; one that drips is cut off at the end all the same.
    watch = threading.Timer(max(0.0, ends_at - time.monotonic()), _cut, [open_sockets])
    watch.daemon = True
    watch.start()
    try:
        connection.sock = _socket(target, ends_at, connect, tls, open_sockets)
        host = target.host if target.port in (80, 443) else f"{target.host}:{target.port}"
        headers = {"Host": host, "User-Agent": "Homeground", "Accept": ", ".join(TYPES), "Accept-Encoding": "gzip, identity", "Connection": "close"}
        connection.request("GET", target.path, headers=headers)
        yield connection.getresponse()
    except ssl.SSLCertVerificationError:
        raise NotFetched("Its certificate is not right for this name, so it may be somebody else. Tell the source.") from None
    except (OSError, http.client.HTTPException, ValueError):
        raise NotFetched(_late(ends_at) or "It did not answer as a web server does.") from None
    finally:
        watch.cancel()
        connection.close()


def _socket(target: Target, ends_at: float, connect: Connect, tls: ssl.SSLContext | None, opened: list[socket.socket]) -> socket.socket:
    for address in target.addresses:
        with suppress(OSError):
            raw = connect((address, target.port), _left(ends_at))
            opened.append(raw)
            raw.settimeout(_left(ends_at))
            if target.scheme == "http":
                return raw
            wrapped = (tls or ssl.create_default_context()).wrap_socket(raw, server_hostname=target.host, do_handshake_on_connect=False)
            opened.append(wrapped)
            break
    else:
        raise NotFetched(_late(ends_at) or "Nobody answers at this address.")
    wrapped.do_handshake()
    return wrapped


def _kept(answer: http.client.HTTPResponse, target: Target, folder: Path, limits: Limits, ends_at: float) -> Path:
    if answer.status != 200:
        raise NotFetched(f"It answered with status {answer.status}, not with a file.")
    kind = (answer.headers.get_content_type() if "content-type" in answer.headers else "").lower()
    if kind not in TYPES:
        raise NotFetched("It sent something that is no table and no JSON (a web page, perhaps). Give the address of the file itself.")
    ending = TYPES[kind] or next((end for end in ENDINGS if target.path.partition("?")[0].lower().endswith(end)), ".json")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"fetched{ending}"
    try:
        with path.open("wb") as file:
            for piece in _unpacked(answer, limits, ends_at):
                file.write(piece)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def _unpacked(answer: http.client.HTTPResponse, limits: Limits, ends_at: float) -> Iterator[bytes]:
    coding = (answer.headers.get("Content-Encoding") or "identity").lower()
    if coding not in ("identity", "gzip", "x-gzip"):
        raise NotFetched("It is packed in a way that is not known here.")
    unpack = zlib.decompressobj(31) if coding != "identity" else None
    made = 0
    for piece, came in _pieces(answer, limits, ends_at):
        for part in _parts(unpack, piece) if unpack else (piece,):
            made += len(part)
            if made > limits.most_unpacked or (unpack and made > PIECE and made > came * limits.most_ratio):
                raise NotFetched("Unpacked it would be far larger than any directory is. Nothing was taken.")
            yield part
    if unpack and not unpack.eof:
        raise NotFetched("It broke off before its end. Nothing was taken.")


def _pieces(answer: http.client.HTTPResponse, limits: Limits, ends_at: float) -> Iterator[tuple[bytes, int]]:
    came, length = 0, answer.length
    while piece := answer.read1(PIECE):
        came += len(piece)
        if came > limits.most_bytes:
            raise NotFetched(f"It is larger than {limits.most_bytes // 1_000_000} MB. Import it from a file.")
        if late := _late(ends_at):
            raise NotFetched(late)
        yield piece, came
    late = _late(ends_at)   # a connection that was cut looks like one that ended
    if late or (length is not None and came < length):
        raise NotFetched(late or "It broke off before its end. Nothing was taken.")


def _parts(unpack: zlib._Decompress, piece: bytes) -> Iterator[bytes]:
    try:
        while piece:
            yield unpack.decompress(piece, PIECE)
            piece = unpack.unconsumed_tail
    except zlib.error:
        raise NotFetched("It says that it is packed, and cannot be unpacked.") from None


def _moved(url: str, to: str, scheme: str) -> str:
    moved = urljoin(url, to)
    if not to or (scheme == "https" and not moved.startswith("https://")):
        raise NotFetched("It was moved to where it must not be followed.")
    return moved


def _left(ends_at: float) -> float:
    return max(0.05, ends_at - time.monotonic())


def _late(ends_at: float) -> str:
    return "It took too long. Nothing was taken." if time.monotonic() >= ends_at - 0.02 else ""


def _cut(opened: list[socket.socket]) -> None:
    for one in opened:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
