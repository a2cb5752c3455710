"""No address that somebody wrote down leads into a private network: of a table of hostile ones none opens a connection."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.fetching.fetch import Limits, fetch
from directory.fetching.hosts import NotFetched, is_open, target_of

HOSTILE_HOSTS = (
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "0", "0.0.0.0", "000.000.000.000",  # noqa: S104  (asked, not bound)
    "127.0.0.1.", "127.255.255.254", "localhost", "LOCALHOST", "localhost.", "a.localhost", "ip6-localhost", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b::127.0.0.1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]",
    "[2002:a9fe:a9fe::1]", "[2001:0:4136:e378:8000:63bf:3fff:fdd2]", "[fe80::1]", "[fe80::1%25lo]", "[fc00::1]", "[fd00:ec2::254]", "[ff02::1]",
    "169.254.169.254", "169.254.1.1", "0xa9fea9fe", "2852039166", "10.0.0.1", "10.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.1",
    "100.64.0.1", "100.127.255.254", "192.0.0.8", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "metadata", "metadata.google.internal", "instance-data.internal", "printer.local", "router.lan", "intranet", "db.corp",
    "１２７.0.0.1", "①②⑦.⓪.⓪.①", "127。0。0。1", "127.0.0.1%00.example.org", "example.org@127.0.0.1", "127.0.0.1#.example.org", "127.0.0.1\\.example.org",
)
"""Hosts that name this machine, its network, or nothing in the open, in every spelling that we know of."""
PRIVATE = (
    "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "192.0.0.1",  # noqa: S104
    "192.88.99.1", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8",
    "64:ff9b::7f00:1", "64:ff9b::808:808", "2002:7f00:1::", "2002:808:808::1", "2001::1", "2001:db8::1", "3fff::1", "not an address", "",
)  # fmt: skip
"""Addresses that a name in the open may be made to lead to."""


@pytest.fixture
def knocks() -> Iterator[tuple[int, list[Any]]]:
    """A listening socket on this machine, and who connected to it."""
    listener, seen = socket.create_server(("127.0.0.1", 0)), list[Any]()
    listener.settimeout(0.05)
    over = threading.Event()

    def listen() -> None:
        while not over.is_set():
            try:
                connection, peer = listener.accept()
            except TimeoutError:
                continue
            seen.append(peer)
            connection.close()

    thread = threading.Thread(target=listen)
    thread.start()
    yield listener.getsockname()[1], seen
    over.set()
    thread.join()
    listener.close()


def test_none_of_the_hostile_hosts_is_reached_in_any_spelling(knocks: tuple[int, list[Any]], tmp_path: Path) -> None:
    port, seen = knocks
    assert len(HOSTILE_HOSTS) >= 60
    for scheme in ("http", "https"):
        for host in HOSTILE_HOSTS:
            with pytest.raises(NotFetched):
                fetch(f"{scheme}://{host}:{port}/feed.json", tmp_path, limits=Limits(ports=(80, 443, port)))
    socket.create_connection(("127.0.0.1", port)).close()   # the socket does hear: this knock is the only one
    while not seen:
        pass
    assert len(seen) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_in_the_open_that_leads_inside_is_not_asked_even_beside_an_open_address(address: str, tmp_path: Path) -> None:
    connected: list[Any] = []

    def connect(to: tuple[str, int], _seconds: float) -> socket.socket:
        connected.append(to)
        raise OSError

    for addresses in ([address], ["93.184.215.14", address], [address, "93.184.215.14"]):
        with pytest.raises(NotFetched):
            fetch("https://data.example.org/feed.json", tmp_path, resolve=leading_to(addresses), connect=connect)
    assert connected == []
    assert not is_open(address)


def test_a_name_that_leads_elsewhere_the_second_time_is_asked_where_it_led_the_first_time(tmp_path: Path) -> None:
    connected: list[tuple[str, int]] = []
    answers = iter([["93.184.215.14"], ["127.0.0.1"], ["127.0.0.1"]])

    def resolve(_host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in next(answers)]

    def connect(to: tuple[str, int], _seconds: float) -> socket.socket:
        connected.append(to)
        raise ConnectionRefusedError

    with pytest.raises(NotFetched):
        fetch("http://data.example.org/feed.json", tmp_path, resolve=resolve, connect=connect)
    assert connected == [("93.184.215.14", 80)]


@pytest.mark.parametrize("url", [
    "ftp://data.example.org/", "file:///etc/hostname", "gopher://data.example.org/", "//data.example.org/feed", "data.example.org/feed",
    "http://name:word@data.example.org/", "http://name@data.example.org/", "http://data.example.org:22/", "http://data.example.org:0/",
    "http://data.example.org:99999/", "http://data.example.org:8080/", "http:///feed", "http://", "https://data.example.org/a b",
    "https://data.example.org/\r\nHost: inside", "https://data.example.org/\N{SNOWMAN}", "https://" + "a" * 2_000 + ".example.org/", "https://[::1/",
])  # fmt: skip
def test_only_plain_addresses_of_the_web_are_taken(url: str) -> None:
    with pytest.raises(NotFetched):
        target_of(url, resolve=leading_to(["93.184.215.14"]))


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "2a00:1450:4001:82a::200e"])
def test_an_address_in_the_open_may_be_asked(address: str) -> None:
    assert target_of("https://data.example.org/feed?page=1", resolve=leading_to([address])).addresses == (address,)


@given(st.ip_addresses())
def test_an_open_address_is_never_one_of_a_kind_that_is_not(address: Any) -> None:
    closed = address.is_private or address.is_loopback or address.is_link_local or address.is_multicast or address.is_unspecified
    assert not (is_open(str(address)) and (closed or getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)))


def leading_to(addresses: list[str]) -> Any:
    return lambda _host, port, **_: [(0, 0, 0, "", (address, port)) for address in addresses]
