"""What flows through the pipeline: a raw document in, its JSON or a problem out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from scraper.article import Article, Timestamp
from scraper.page import Page

MAX_BYTES = 32 * 2**20
"""The largest document that is read, after decompression."""


@dataclass(frozen=True, slots=True)
class Raw:
    """One document as it was read, before anything is taken from it.

    Attributes:
        name: how messages call it: a path, an address, `path:line`.
        content: a `Page` is HTML, a `str` plain text, an `Article` has been cleaned before.
        file: the path as the user gave it; None for what came from the network.
        id: the user's own identifier, kept as it is.
        title: headline that was given beside the content.
        url: address that was given beside the content.
        published: time that was given beside the content.
        warnings: what the reader noticed.
        parts: further pages of the same article, in order; for a `Page` only.
    """

    name: str
    content: Page | str | Article
    file: str | None = None
    id: str | None = None
    title: str | None = None
    url: str | None = None
    published: Timestamp | None = None
    warnings: tuple[str, ...] = ()
    parts: tuple[Page, ...] = ()

    @property
    def size(self) -> int:
        """Bytes (or code points of text) that it holds, for bounding what is read ahead."""
        match self.content:
            case Page(body=body):
                return len(body) + sum(len(part.body) for part in self.parts)
            case Article(text=text):
                return len(text)
            case text:
                return len(text)


@dataclass(frozen=True, slots=True)
class Done:
    """One document that came through: its JSON, without a line end."""

    name: str
    json: bytes


@dataclass(frozen=True, slots=True)
class Problem:
    """One input that gave no document.

    Attributes:
        name: the input.
        reason: one lower-case sentence for a person.
    """

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class NothingFound(Problem):
    """An input in which there is nothing to work on, such as a folder without pages; no failure by itself."""


@dataclass(frozen=True, slots=True)
class Skipped(Problem):
    """A page of an archive that holds no article; home pages and lists belong into an archive, so nothing failed."""


@dataclass(frozen=True, slots=True)
class Noted(Problem):
    """Something to know of an input that gave its documents; no failure."""


def too_large(name: str) -> Problem:
    """The problem of an input over `MAX_BYTES`."""
    return Problem(name, f"larger than {MAX_BYTES // 2**20} MiB; no article is that long")


@dataclass(frozen=True, slots=True)
class Idle:
    """A list that is still being written has no more for now: what was read of it is not to wait for the rest."""


Read: TypeAlias = Raw | Problem
Outcome: TypeAlias = Done | Problem
