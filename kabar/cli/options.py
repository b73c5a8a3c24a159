"""Arguments and options that several commands share."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Annotated

import typer


class Layouts(enum.StrEnum):
    """How documents are written."""

    JSONL = "jsonl"
    JSON = "json"
    TABLE = "table"


class Formats(enum.StrEnum):
    """What files and standard input hold."""

    HTML = "html"
    TEXT = "text"
    JSONL = "jsonl"
    WARC = "warc"
    MHTML = "mhtml"


Inputs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH|URL|-",
        show_default=False,
        help="Pages (.html, .mhtml), texts (.txt), lists (.jsonl with `text` or `html`), archives (.warc), "
        "each also as .gz; folders; glob patterns; addresses; `-` for standard input.",
    ),
]
FilesFrom = Annotated[
    str | None,
    typer.Option(metavar="FILE|-", show_default=False, help="Also take the inputs listed in FILE, one a line."),
]
InputFormat = Annotated[
    Formats | None,
    typer.Option(show_default=False, help="What files and standard input hold. [default: by name, else by content]"),
]
AsIs = Annotated[bool, typer.Option("--as-is", help="Take plain text as it stands; remove nothing from it.")]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Also fetch from private and loopback addresses (own servers, tests).")
]
Layout = Annotated[
    Layouts | None,
    typer.Option("--format", "-f", show_default=False, help="[default: table on a terminal, else jsonl]"),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="FILE", show_default=False,
        help="Write to FILE, in the format that its ending tells; it appears when complete. [default: standard output]",
    ),
]  # fmt: skip
Store = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", show_default=False,
        help="Put the articles into this store; nothing is printed then unless --format or --output asks for it.",
    ),
]  # fmt: skip
StoreFile = Annotated[Path, typer.Option("--store", metavar="FILE", envvar="KABAR_STORE", help="The store.")]
NEWS = Path("news.db")
Jobs = Annotated[
    int,
    typer.Option(
        "--jobs", "-j", min=0, metavar="N", help="Worker processes; 0: one a processor when there is much to do."
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but problems.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Also say what was noticed on the way.")]
RulesOnly = Annotated[bool, typer.Option("--rules-only", help="Leave the NER model out; faster, finds less.")]
Model = Annotated[
    str | None,
    typer.Option(metavar="PATH", show_default=False, help="A spaCy pipeline for NER in place of the one shipped."),
]
