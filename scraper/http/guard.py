"""Which addresses may be fetched: the URL's form first, then every IP address that its name leads to.

A name is resolved once a connection, the addresses are checked, and one of those very addresses is dialled, so a name
that answers with a public address first and a private one later (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import socket
import threading
import tomllib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import unquote

import ada_url
import idna

from scraper.errors import RefusedURL

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

MAX_URL = 8_192  # characters; the longest that common servers take
MAX_NAME, MAX_LABEL = 254, 63  # characters of a host name, with a last dot, and of a part of it

# What `allow_private` opens. Link-local (cloud metadata), multicast and reserved addresses stay shut.
PRIVATE: tuple[Network, ...] = tuple(
    ip_network(net)
    for net in (
        "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "::1/128", "fc00::/7",
    )
)  # fmt: skip

CGNAT = ip_network("100.64.0.0/10")
NAT64 = ip_network("64:ff9b::/96")
LOCAL_NAT64 = ip_network("64:ff9b:1::/48")  # RFC 8215: where in it the IPv4 address stands is each network's own choice
IPV4_COMPATIBLE = ip_network("::/96")


@dataclass(frozen=True, slots=True)
class Target:
    """One address to fetch, in WHATWG form.

    Attributes:
        url: normalized, without fragment and credentials.
        scheme: `http` or `https`.
        host: name or IP literal, without brackets.
        origin: scheme, host and port, e.g. `https://example.org:8443`.
        authorization: value of the Authorization header if the address held credentials; meant for `origin` alone.
    """

    url: str
    scheme: str
    host: str
    origin: str
    authorization: str | None = None

    @property
    def authority(self) -> str:
        """Host, and port off the default one: what politeness counts by."""
        return self.origin.partition("://")[2]


def parse_target(url: str, base: str | None = None) -> Target:
    """Reads an address as a browser would (`http://0x7f000001` is 127.0.0.1).

    Args:
        url: absolute, or relative to `base`.
        base: the address that redirected here.

    Raises:
        RefusedURL: not http or https, no host, a port of another protocol, too long, or no URL at all.

    >>> parse_target("HTTP://Example.ORG:80/a b#top").url
    'http://example.org/a%20b'
    """
    if len(url) > MAX_URL:
        raise RefusedURL(f"the address is longer than {MAX_URL:,} characters", url[:120] + "…")
    try:
        parsed = ada_url.URL(url, base=base)
    except ValueError:
        raise RefusedURL("this is no valid web address", url) from None
    if parsed.protocol not in ("http:", "https:"):
        raise RefusedURL(f"only http and https addresses are fetched, not {parsed.protocol.rstrip(':')}", url)
    if not parsed.hostname:
        raise RefusedURL("the address has no host", url)
    if not _is_name(parsed.hostname):
        raise RefusedURL("its host is no name that can be looked up", url)
    if parsed.port:
        check_port(int(parsed.port), url)
    authorization = _basic(parsed.username, parsed.password)
    parsed.username = parsed.password = parsed.hash = ""
    host: str = parsed.hostname
    return Target(parsed.href, parsed.protocol[:-1], host.strip("[]"), parsed.origin, authorization)


def check_port(port: int, subject: str | None = None) -> None:
    """Raises RefusedURL for a port that browsers refuse too, whatever networks are open; see `ports.toml`."""
    if port in _bad_ports():
        raise RefusedURL(f"port {port} is kept for another protocol, and no page is asked there", subject)


@cache
def _bad_ports() -> frozenset[int]:
    return frozenset(tomllib.loads(files(__package__).joinpath("ports.toml").read_text("utf-8"))["bad"])


def _is_name(host: str) -> bool:
    """Whether a host is an address, or a name by RFC 1035 and, where it is one of other letters, IDNA.

    The WHATWG form lets more through, on which encoders stumble later: `a..b`, labels of 64 letters, `xn--a`.
    """
    if host.startswith("["):
        return True
    labels = host.removesuffix(".").split(".")
    if len(host) > MAX_NAME or not all(0 < len(label) <= MAX_LABEL for label in labels):
        return False
    try:
        for label in labels:
            if label.startswith("xn--"):
                idna.decode(label)
    except UnicodeError:
        return False
    return True


def _basic(username: str, password: str) -> str | None:
    if not (username or password):
        return None
    return "Basic " + base64.b64encode(f"{unquote(username)}:{unquote(password)}".encode()).decode()


async def system_resolve(host: str, port: int) -> Sequence[str]:
    """Asks the operating system, which knows /etc/hosts and the network's name servers.

    Each question has a thread of its own, and nobody waits for one whose asker has left: the event loop's few threads
    would all hang on name servers that do not answer, and so would the end of the process.

    Raises:
        OSError: the name does not resolve (`socket.gaierror`).
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[str]] = loop.create_future()

    def settle(found: list[str] | OSError) -> None:
        if answer.done():  # the asker has left
            return
        if isinstance(found, OSError):
            answer.set_exception(found)
        else:
            answer.set_result(found)

    def look_up() -> None:
        found = _look_up(host, port)
        with contextlib.suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(settle, found)

    threading.Thread(target=look_up, name=f"look up {host}", daemon=True).start()
    return await answer


def _look_up(host: str, port: int) -> list[str] | OSError:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        return error
    except UnicodeError as error:
        return socket.gaierror(socket.EAI_NONAME, str(error))
    return list(dict.fromkeys(str(info[4][0]) for info in found))


@dataclass(frozen=True, slots=True)
class Guard:
    """Decides whether an IP address may be dialled.

    Attributes:
        allowed: networks that are open although they are not public.
        resolve: gives the addresses of a name.
    """

    allowed: tuple[Network, ...] = ()
    resolve: Resolve = system_resolve

    def check(self, address: str) -> None:
        """Raises RefusedURL unless the address may be dialled."""
        ip = innermost(ip_address(address.partition("%")[0]))
        kind = special_kind(ip)
        if kind is None or any(ip in net for net in self.allowed if net.version == ip.version):
            return
        can_open = any(ip in net for net in PRIVATE if net.version == ip.version)
        way_out = "; --allow-private permits it" if can_open else ""
        raise RefusedURL(f"{address} is a {kind} address{way_out}")

    def check_literal(self, host: str) -> None:
        """Raises RefusedURL if the host is an IP literal that may not be dialled; names are left for later."""
        try:
            ip_address(host)
        except ValueError:
            return
        self.check(host)

    async def addresses(self, host: str, port: int) -> tuple[str, ...]:
        """The addresses of a host that may be dialled, in the resolver's order.

        Raises:
            RefusedURL: there are addresses, and none may be dialled.
            OSError: the name does not resolve.
        """
        try:
            ip_address(host)
            found: Sequence[str] = (host,)
        except ValueError:
            found = await self.resolve(host, port)
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "no address for this name")
        good, refused = [], None
        for address in found:
            try:
                self.check(address)
                good.append(address)
            except RefusedURL as error:
                refused = error
        if refused is not None and not good:
            raise refused
        return tuple(good)


def innermost(ip: Address) -> Address:
    """The IPv4 address that an IPv6 address stands for (mapped, compatible, NAT64, 6to4, Teredo), or the address."""
    if not isinstance(ip, IPv6Address):
        return ip
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip in NAT64 or (ip in IPV4_COMPATIBLE and int(ip) > 1):
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip.teredo is not None:
        return ip.teredo[1]
    return ip


def special_kind(ip: Address) -> str | None:  # noqa: PLR0911 - one line a kind
    """What kind of not publicly reachable address this is, by the IANA special-purpose registries, or None."""
    if ip.is_unspecified:
        return "unspecified"
    if ip.is_loopback:
        return "loopback"
    if ip.is_link_local:
        return "link-local"
    if ip.is_multicast:
        return "multicast"
    if ip in CGNAT:
        return "carrier-grade NAT"
    if ip.is_reserved:
        return "reserved"
    if not ip.is_global or (isinstance(ip, IPv6Address) and (ip.is_site_local or ip in LOCAL_NAT64)):
        return "private"
    return None
