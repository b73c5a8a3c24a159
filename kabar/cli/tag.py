"""`kabar tag`: pages and texts to tagged articles."""

from __future__ import annotations

import typer

from kabar.cli import options
from kabar.cli.endings import layout_of
from kabar.cli.talk import Volume


def tag(  # noqa: PLR0913 - each is an option of the command line
    inputs: options.Inputs = None,
    files_from: options.FilesFrom = None,
    input_format: options.InputFormat = None,
    as_is: options.AsIs = False,
    rules_only: options.RulesOnly = False,
    model: options.Model = None,
    allow_private: options.AllowPrivate = False,
    store: options.Store = None,
    layout: options.Layout = None,
    output: options.Output = None,
    jobs: options.Jobs = 0,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Cleans pages and texts, and tags cities, officials, organizations, countries and quotes.

    One tagged article a line, in the order of the inputs; `kabar schema` tells its fields.

        kabar tag samples/

        kabar tag saved/*.html -o tagged.jsonl -j 2

        kabar tag https://example.org/berita/banjir-surut

        kabar clean pages.warc.gz | kabar tag - --format table

        kabar tag saved/ --store news.db
    """
    from kabar.cli.batch import Wanted, run_batch
    from kabar.output import opened
    from kabar.pipeline import Tagging, clean_text, keep_text

    wanted = Wanted(
        inputs=tuple(inputs or ()),
        files_from=files_from,
        input_format=input_format.value if input_format else None,
        allow_private=allow_private,
        output=output,
        jobs=jobs,
        volume=Volume.of(quiet, verbose),
        store=store,
    )
    task = Tagging(keep_text if as_is else clean_text, model=model, rules_only=rules_only)
    writer = opened(layout_of(layout, output), output)
    if store is not None:
        from kabar.store.sink import into_store

        writer = into_store(store, writer if layout or output else None)
    raise typer.Exit(run_batch(task, wanted, writer))
