"""`kabar explain`: why something was tagged, and what was taken out."""

from __future__ import annotations

from typing import Annotated

import typer

from kabar.cli import options
from kabar.cli.talk import Volume


def explain(
    inputs: Annotated[
        list[str], typer.Argument(metavar="PATH|URL|-", help="What `kabar tag` takes.", show_default=False)
    ],
    input_format: options.InputFormat = None,
    as_is: options.AsIs = False,
    rules_only: options.RulesOnly = False,
    model: options.Model = None,
    allow_private: options.AllowPrivate = False,
) -> None:
    """Shows the text with its entities marked, the rule or model behind each, and what the cleaner took out and why.

    kabar explain samples/kota-jambi-u20.txt

    kabar explain page.html --rules-only | less -R
    """
    from contextlib import nullcontext

    from kabar.cli.batch import Wanted, run_batch
    from kabar.explanation import Explainer
    from kabar.pipeline import Tagging, clean_text, keep_text

    wanted = Wanted(
        inputs=tuple(inputs),
        files_from=None,
        input_format=input_format.value if input_format else None,
        allow_private=allow_private,
        output=None,
        jobs=1,
        volume=Volume.QUIET,
    )
    task = Tagging(keep_text if as_is else clean_text, model=model, rules_only=rules_only)
    raise typer.Exit(run_batch(task, wanted, nullcontext(Explainer())))
