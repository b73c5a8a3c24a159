"""`kabar evaluate`: how good the tagger is, against labelled data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kabar.cli import options
from kabar.cli.help import Group
from kabar.cli.talk import OK, unreadable, usage_error

app = typer.Typer(cls=Group, no_args_is_help=True, help="Measures the tagger against labelled data.")


@app.command()
def gold(
    annotations: Annotated[Path, typer.Argument(metavar="GOLD.jsonl", help="Articles with their right answers.")],
    tagged: Annotated[
        Path | None,
        typer.Argument(metavar="TAGGED.jsonl", help="What the tagger gave. [default: tag now]", show_default=False),
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="Also list each thing wrong or missed.")] = False,
    as_is: options.AsIs = False,
    rules_only: options.RulesOnly = False,
    model: options.Model = None,
) -> None:
    """Scores tagged articles against gold annotations: precision, recall and F1 a type, and the share of right offices.

    kabar evaluate gold ../shared/gold/dev.jsonl --errors

    kabar evaluate gold gold.jsonl tagged.jsonl
    """
    from kabar.gold import read_lines, report, tag_now
    from kabar.pipeline import Tagging, clean_text, keep_text
    from tagger.errors import TaggerError

    task = Tagging(keep_text if as_is else clean_text, model=model, rules_only=rules_only)
    try:
        golds = read_lines(annotations)
        found = tag_now(annotations, task) if tagged is None else read_lines(tagged)
        lines = list(report(golds, found, errors=errors))
    except (ValueError, TaggerError) as error:
        raise usage_error(str(error)) from None
    except OSError as error:
        raise usage_error(unreadable(error.filename, error)) from None
    for line in lines:
        typer.echo(line)
    raise typer.Exit(OK)


@app.command()
def ner(
    labelled: Annotated[Path, typer.Argument(metavar="FILE.tsv", help="token TAB tag, a blank line after a sentence.")],
    style: Annotated[str, typer.Option(metavar="NAME", help="Whose conventions the labels follow, e.g. idner.")],
) -> None:
    """Scores the shipped NER model by strict spans: precision, recall and F1 a type.

    kabar evaluate ner --style idner ../shared/corpora/ner/idner/dev.tsv
    """
    from tagger.errors import TaggerError
    from tagger.evaluate import evaluate_ner

    try:
        labelled.open("rb").close()
        typer.echo(evaluate_ner(labelled, style))
    except OSError as error:
        raise usage_error(unreadable(labelled, error)) from None
    except TaggerError as error:
        raise usage_error(str(error)) from None
