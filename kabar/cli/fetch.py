"""`kabar fetch`: addresses to pages."""

from __future__ import annotations

import contextlib
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kabar.cli import options
from kabar.cli.talk import FAILED, NOTHING, OK, Volume, say, unreadable, unwritable, usage_error

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from kabar.documents import Idle, Problem
    from kabar.fetching import Fetcher
    from scraper.page import Page

Save = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        show_default=False,
        help="Save each body in DIR under a hash of its address, and its record beside.",
    ),
]
IgnoreRobots = Annotated[bool, typer.Option("--ignore-robots", help="Fetch whatever robots.txt says; own sites only.")]
Timeout = Annotated[
    float, typer.Option(min=1, max=600, metavar="SECONDS", help="Time for one page, redirects included.")
]
Contact = Annotated[
    str | None,
    typer.Option(
        metavar="URL|EMAIL", show_default=False, envvar="KABAR_CONTACT",
        help="Where a site reaches you; it stands in the User-Agent.",
    ),
]  # fmt: skip


def fetch(  # noqa: PLR0913 - each is an option of the command line
    urls: Annotated[list[str] | None, typer.Argument(metavar="URL", show_default=False)] = None,
    files_from: Annotated[
        Path | None,
        typer.Option(metavar="FILE|-", show_default=False, help="Also fetch the addresses listed in FILE, one a line."),
    ] = None,
    save: Save = None,
    allow_private: options.AllowPrivate = False,
    ignore_robots: IgnoreRobots = False,
    timeout: Timeout = 60.0,
    contact: Contact = None,
    quiet: options.Quiet = False,
) -> None:
    """Fetches pages politely: robots.txt respected, one request at a time to a host, a second between two.

    One record a line, in the order of the addresses: `url`, `final_url`, `status`, `headers`, `fetched_at`, `encoding`,
    `sha256`, and the page as `html` (or `body` in base64 if it is no text). `kabar tag -` reads these lines.

        kabar fetch https://example.org/berita/banjir-surut | kabar tag -

        kabar fetch --save pages --files-from addresses.txt
    """
    from kabar.fetching import Fetcher

    wanted = _addresses(urls or [], files_from)
    first = next(wanted, None)
    if first is None:
        raise usage_error("no address given; say `kabar fetch URL`")
    if save is not None:
        _open_folder(save)
    volume = Volume.of(quiet, False)
    if volume and not contact and not allow_private:
        say("sites cannot reach you: set KABAR_CONTACT or --contact to a web or e-mail address")
    fetching = Fetcher(allow_private=allow_private, ignore_robots=ignore_robots, timeout=timeout, contact=contact)
    with fetching as fetcher, contextlib.closing(_pages(fetcher, chain([first], wanted))) as outcomes:
        raise typer.Exit(_write(outcomes, save))


def _write(outcomes: Iterable[Page | Problem], folder: Path | None) -> int:
    """Prints the record of each page, saves its body where asked to, and gives the exit code."""
    import sys

    import msgspec

    from kabar.documents import Problem
    from kabar.page_record import record, save

    done = failed = 0
    for outcome in outcomes:
        if isinstance(outcome, Problem):
            say(f"{outcome.name}: {outcome.reason}")
            failed += 1
            continue
        try:
            kept = record(outcome) if folder is None else save(outcome, folder)
        except OSError as error:
            say(unwritable(str(folder), error))
            return FAILED
        sys.stdout.buffer.write(msgspec.json.encode(kept) + b"\n")
        sys.stdout.buffer.flush()
        done += 1
    if failed:
        return FAILED
    return OK if done else NOTHING


def _addresses(urls: Sequence[str], files_from: Path | None) -> Iterator[str | Idle]:
    from kabar.documents import Idle
    from kabar.inputs import listed

    yield from urls
    if files_from is None:
        return
    try:
        for line in listed(str(files_from)):
            if isinstance(line, Idle):
                yield line
            elif not line.lstrip().startswith("#"):
                yield line.strip()
    except OSError as error:
        raise usage_error(unreadable(files_from, error)) from None


def _pages(fetcher: Fetcher, addresses: Iterable[str | Idle]) -> Generator[Page | Problem]:
    """The pages in order; those before a pause of the list come before it is waited for."""
    for _, some in groupby(addresses, lambda address: isinstance(address, str)):
        yield from fetcher.pages(address for address in some if isinstance(address, str))


def _open_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise usage_error(unwritable(folder, error)) from None
