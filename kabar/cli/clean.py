"""`kabar clean`: pages and texts to articles."""

from __future__ import annotations

from typing import Annotated

import typer

from kabar.cli import options
from kabar.cli.endings import layout_of
from kabar.cli.talk import Volume


def clean(  # noqa: PLR0913 - each is an option of the command line
    inputs: options.Inputs = None,
    files_from: options.FilesFrom = None,
    input_format: options.InputFormat = None,
    as_is: options.AsIs = False,
    allow_private: options.AllowPrivate = False,
    layout: options.Layout = None,
    output: options.Output = None,
    jobs: options.Jobs = 0,
    join: Annotated[
        bool, typer.Option("--join", help="Join saved pages of one article; needs all of them in memory.")
    ] = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Takes the article out of pages and texts, and tells what was removed.

    One article a line, in the order of the inputs; `kabar schema article` tells its fields.

        kabar clean samples/ --format table

        kabar clean https://example.org/berita/banjir-surut

        kabar clean --join page-1.html page-2.html | kabar tag -

        find saved -name '*.html' | kabar clean --files-from - -o articles.jsonl
    """
    from kabar.cli.batch import Wanted, run_batch, run_joined
    from kabar.output import opened
    from kabar.pipeline import Cleaning, Joining, clean_text, keep_text

    wanted = Wanted(
        inputs=tuple(inputs or ()),
        files_from=files_from,
        input_format=input_format.value if input_format else None,
        allow_private=allow_private,
        output=output,
        jobs=jobs,
        volume=Volume.of(quiet, verbose),
    )
    read_text = keep_text if as_is else clean_text
    writer = opened(layout_of(layout, output), output)
    if join:
        raise typer.Exit(run_joined(Joining(read_text), wanted, writer))
    raise typer.Exit(run_batch(Cleaning(read_text), wanted, writer))
