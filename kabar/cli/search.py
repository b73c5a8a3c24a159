"""`kabar search`: articles of a store."""

from __future__ import annotations

import enum
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from kabar.cli import options
from kabar.cli.store import asked, opened
from kabar.cli.talk import NOTHING, OK, say

if TYPE_CHECKING:
    from kabar.store.facets import Facets
    from kabar.store.search import Hit


class Orders(enum.StrEnum):
    """In which order articles come."""

    NEWEST = "newest"
    RELEVANCE = "relevance"


def search(
    query: Annotated[
        str, typer.Argument(metavar="QUERY", help="In quotation marks, so that the shell leaves it whole.")
    ],
    store: options.StoreFile = options.NEWS,
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, metavar="N", help="At most so many articles.")] = 20,
    offset: Annotated[int, typer.Option(min=0, metavar="N", help="Leave out the first so many.")] = 0,
    order: Annotated[Orders, typer.Option(help="Newest first, or the best match first.")] = Orders.NEWEST,
    facets: Annotated[bool, typer.Option("--facets", help="Also tell what the articles are about.")] = False,
    layout: options.Layout = None,
) -> None:
    """Finds articles in a store: words, "phrases", prefi*, -without, and filters.

    All of them must match. Filters, each also in English: kota: (city), pejabat: (official), lembaga: (organization),
    negara: (country), acara: (event), situs: (site), jenis: (kind), kutipan: (quote), judul: (title), sejak: (since),
    sampai: (until).

        kabar search 'banjir kota:15.71 sejak:7d'

        kabar search 'pejabat:"Syarif Fasha" -jenis:advertorial' --facets

        kabar search 'judul:"jalan rusak" sampai:2026-05' --format jsonl --limit 1000
    """
    import msgspec

    from kabar.output import layout_for

    wanted = asked(query)
    with opened(store) as source:
        found = source.search(wanted, limit=limit, offset=offset, order=order.value)
        about = source.facets(wanted) if facets else None
    match layout_for(layout.value if layout else None, None):
        case "table":
            _print(found.hits, about)
        case "json":
            document = {"total": found.total, "hits": found.hits, "facets": about}
            sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n")
        case "jsonl":
            sys.stdout.buffer.write(msgspec.json.Encoder().encode_lines([*found.hits, *([about] if about else [])]))
    say(f"{found.total} articles" + (f", {offset + 1} to {offset + len(found.hits)} shown" if found.hits else ""))
    raise typer.Exit(OK if found.total else NOTHING)


def _print(hits: tuple[Hit, ...], about: Facets | None) -> None:
    from rich.text import Text

    from kabar.console import PlainConsole
    from kabar.printable import printable

    console = PlainConsole()
    for hit in hits:
        console.print(Text(printable(hit.title or hit.id), style="bold"))
        console.print(Text(printable(" · ".join(filter(None, (hit.day, hit.site, hit.kind, hit.url)))), style="dim"))
        passage = Text(printable(hit.snippet.text))
        for start, end in hit.snippet.marks:
            passage.stylize("bold yellow", start, end)
        console.print(passage, end="\n\n")
    for count in about.counts if about else ():
        console.print(f"{count.facet:14}{count.articles:8}  {printable(count.name)} {count.code or ''}")
    if about and not about.complete:
        console.print(f"Counted over the newest {about.articles} articles.")
