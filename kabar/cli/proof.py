"""`kabar proof`: which outlets ran a press release (bukti tayang)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from kabar.cli import options, reporting
from kabar.cli.reporting import Formats, Languages
from kabar.cli.store import asked, opened
from kabar.cli.talk import FAILED, NOTHING, say, unreadable, usage_error


def proof(  # noqa: PLR0913 - each is an option of the command line
    release: Annotated[Path, typer.Argument(metavar="RELEASE.txt", help="Its plain text.", show_default=False)],
    query: Annotated[str, typer.Argument(metavar="QUERY", help="As in `kabar search`; narrows what is compared.")] = "",
    since: Annotated[str | None, typer.Option("--from", metavar="DAY", help="2026-05-01, 7d, kemarin.")] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="DAY", help="The last day.")] = None,
    least: Annotated[
        int, typer.Option(min=1, max=100, metavar="PERCENT", help="Least share of the release that counts.")
    ] = 15,
    to: Annotated[
        Formats | None,
        typer.Option("--to-format", show_default=False, help="[default: by the name of FILE, else text]"),
    ] = None,
    output: options.Output = None,
    store: options.StoreFile = options.NEWS,
    lang: reporting.Language = Languages.ID,
) -> None:
    """Tells which outlets ran a press release: when, how much of it, as advertorial or not, with address and hash.

    Every article of these days is compared, by runs of four words: the share of the release that stands in the article,
    the longest run that both have, and the share of the article that is the release.

        kabar proof rilis.txt --from 2026-05-01 --to 2026-05-14

        kabar proof rilis.txt --from 7d --to-format xlsx -o bukti.xlsx

        kabar proof rilis.txt 'situs:warta.example' --from 2026-05 --to 2026-05 -o bukti.html

    docx and xlsx need kabar[office].
    """
    from kabar.proof import proof_report, prove
    from kabar.proof.evidence import NoRelease
    from kabar.report.words import words

    chosen = reporting.format_for(to, output, "--to-format")
    days = reporting.days(since, until)
    wanted = asked(query)
    if days.since and days.until and days.since > days.until:
        raise usage_error(f"--from {since} is after --to {until}")
    text = _read(release)
    wanted = replace(wanted, since=days.since or wanted.since, until=days.until or wanted.until)
    with opened(store) as source:
        try:
            evidence = prove(source, text, wanted, least / 100)
        except NoRelease as error:
            say(f"{release}: {error}")
            raise typer.Exit(FAILED) from None
    reporting.put(proof_report(evidence, words(lang.value)), chosen, output)
    say(f"{len(evidence.runs)} of {evidence.compared} articles ran it" + (f", written to {output}" if output else ""))
    if not evidence.runs:
        raise typer.Exit(NOTHING)


def _read(release: Path) -> str:
    """The text of a release; ends the run where there is none to read."""
    from kabar.inputs.text import decoded
    from scraper.errors import NotText

    try:
        text, notes = decoded(release.read_bytes())
    except OSError as error:
        say(unreadable(release, error))
        raise typer.Exit(FAILED) from None
    except NotText:
        say(f"{release}: this is no plain text; save it as one (.txt) from the program that wrote it")
        raise typer.Exit(FAILED) from None
    for note in notes:
        say(f"{release}: note: {note}")
    return text
