"""Which addresses are open: spellings, special networks, and names that lead to them."""

from __future__ import annotations

import asyncio
import socket
import threading

import pytest

from scraper.errors import RefusedURL
from scraper.http.guard import PRIVATE, Guard, parse_target, system_resolve
from tests.timing import PATIENCE, SOON

SHUT = [
    "127.0.0.1", "127.8.9.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "0.0.0.0", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1",
    "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:a00:1", "::127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "64:ff9b:1:7f00:0:100:808:808", "2002:7f00:1::", "2001:db8::1",
]  # fmt: skip


@pytest.mark.parametrize("address", SHUT)
def test_no_special_address_is_open(address: str) -> None:
    with pytest.raises(RefusedURL):
        Guard().check(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822", "::ffff:93.184.216.34"]
)
def test_public_addresses_are_open(address: str) -> None:
    Guard().check(address)


def test_private_networks_open_on_wish_but_never_the_metadata_address() -> None:
    guard = Guard(PRIVATE)
    for address in ("127.0.0.1", "10.1.2.3", "::1", "::ffff:127.0.0.1", "100.64.3.4"):
        guard.check(address)
    for address in ("169.254.169.254", "::ffff:169.254.169.254", "224.0.0.1", "0.0.0.0"):
        with pytest.raises(RefusedURL):
            guard.check(address)


@pytest.mark.parametrize(
    "url",
    ["http://0x7f000001/", "http://2130706433/", "http://0177.0.0.1/", "http://127.1/", "http://１２７.0.0.1/",
     "http://127.0.0.1./", "http://%31%32%37.0.0.1/", "http://[::ffff:127.0.0.1]/", "http://[::1]:80/"],
)  # fmt: skip
def test_odd_spellings_of_loopback_are_seen_through(url: str) -> None:
    target = parse_target(url)
    with pytest.raises(RefusedURL, match="loopback"):
        Guard().check_literal(target.host)


@pytest.mark.parametrize(
    ("url", "reason"),
    [("file:///etc/passwd", "not file"), ("ftp://example.org/", "not ftp"), ("javascript:alert(1)", "not javascript"),
     ("data:text/html,x", "not data"), ("example.org/a", "no valid web address"), ("http://", "no valid web address"),
     ("http://a b/", "no valid web address"), ("http://1.2.3.4.5/", "no valid web address"),
     ("https://example.org/" + "a" * 9000, "longer than 8,192"),
     ("https://a..example.org/", "no name that can be looked up"), ("https://.example.org/", "no name"),
     (f"https://{'a' * 64}.example.org/", "no name"), (f"https://{'a.' * 130}org/", "no name"),
     ("https://xn--a.example.org/", "no name"),
     ("http://example.org:25/", "port 25 is kept for another protocol"), ("https://example.org:6667/", "port 6667"),
     ("http://[::1]:10080/", "port 10080"), ("http://example.org:0/", "port 0")],
)  # fmt: skip
def test_what_is_no_web_address_is_refused_with_its_reason(url: str, reason: str) -> None:
    with pytest.raises(RefusedURL, match=reason):
        parse_target(url)


@pytest.mark.parametrize("url", ["http://example.org:80/", "https://example.org:8443/", "http://example.org:443/"])
def test_ports_of_the_web_are_open(url: str) -> None:
    assert parse_target(url).host == "example.org"


def test_credentials_leave_the_address_and_stay_for_the_origin() -> None:
    target = parse_target("https://desk:p%40ss@example.org/a?b#c")
    assert target.url == "https://example.org/a?b"
    assert target.authorization == "Basic ZGVzazpwQHNz"


def resolved(*answers: list[str]) -> list[tuple[str, ...] | RefusedURL]:
    waiting = iter(answers)

    async def resolve(host: str, port: int) -> list[str]:
        return next(waiting)

    async def run() -> list[tuple[str, ...] | RefusedURL]:
        guard = Guard(resolve=resolve)
        seen: list[tuple[str, ...] | RefusedURL] = []
        for _ in answers:
            try:
                seen.append(await guard.addresses("news.example", 443))
            except RefusedURL as error:
                seen.append(error)
        return seen

    return asyncio.run(run())


def test_only_the_public_addresses_of_a_name_are_dialled() -> None:
    assert resolved(["10.0.0.1", "93.184.216.34", "::1"]) == [("93.184.216.34",)]


def test_a_name_that_turns_private_is_refused_from_then_on() -> None:
    first, second = resolved(["93.184.216.34"], ["127.0.0.1"])
    assert first == ("93.184.216.34",)
    assert isinstance(second, RefusedURL)
    assert "127.0.0.1 is a loopback address" in second.reason


def test_a_name_server_that_does_not_answer_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = threading.Event()

    def silent(*_arguments: object, **_options: object) -> list[object]:
        answers.wait(PATIENCE)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", silent)

    async def ask() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await asyncio.gather(*(system_resolve(f"{number}.example", 80) for number in range(40)))
        await asyncio.to_thread(int)  # the loop's own threads are free

    answering = threading.Timer(SOON, answers.set)
    answering.start()
    asyncio.run(ask())
    assert not answers.is_set()
    answering.cancel()
    answers.set()
