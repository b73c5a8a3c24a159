"""Challenge, login and paywall pages: recognised from status, headers and a small body; told, and never evaded."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

import msgspec


class Signs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table in `challenges.toml`; what each field holds is said there."""

    headers: tuple[tuple[str, str, str], ...]
    refusals: frozenset[int]
    small: int
    body: tuple[tuple[str, str], ...]
    status: dict[int, str]
    redirect: dict[str, frozenset[str]]


@cache
def signs() -> Signs:
    """Reads the table once."""
    table = tomllib.loads(files(__package__).joinpath("challenges.toml").read_text("utf-8"))
    return msgspec.convert(table, Signs, strict=False)


def challenge(status: int, headers: Sequence[tuple[str, str]], body: bytes) -> str | None:
    """What stands where the article should be, e.g. `a Cloudflare challenge`; None for a page like any other.

    Args:
        status: HTTP status.
        headers: response headers, names in lower case.
        body: the decoded body, or its beginning.
    """
    table = signs()
    for name, value in headers:
        for wanted, start, what in table.headers:
            if name == wanted and value.lower().startswith(start):
                return what
    if status in table.refusals or len(body) < table.small:
        text = body[: table.small].lower()
        for words, what in table.body:
            if words.encode() in text:
                return what
    return table.status.get(status)


def login_redirect(url: str, final_url: str) -> bool:
    """Tells whether a redirect led from an article to a login or subscription page."""
    segments = signs().redirect["segments"]
    return _last_segment(final_url) in segments and _last_segment(url) not in segments


def _last_segment(url: str) -> str:
    return urlsplit(url).path.rstrip("/").rpartition("/")[2].lower()
