"""`kabar proof`: which outlets ran a press release (bukti tayang)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from kabar.cli import reporting
from kabar.cli.reporting import Formats, Languages
from kabar.cli.store import opened
from kabar.cli.talk import FAILED, NOTHING, say, usage_error


def proof(  # noqa: PLR0913 - each is an option of the command line
    release: Annotated[Path, typer.Argument(metavar="RELEASE.txt", help="Its text, in UTF-8.", show_default=False)],
    query: Annotated[
        str, typer.Argument(metavar="[QUERY]", help="As in `kabar search`; narrows what is compared.")
    ] = "",
    since: Annotated[str | None, typer.Option("--from", metavar="DAY", help="2026-05-01, 7d, kemarin.")] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="DAY", help="The last day.")] = None,
    least: Annotated[
        int, typer.Option(min=1, max=100, metavar="PERCENT", help="Least share of the release that counts.")
    ] = 15,
    to: Annotated[
        Formats | None,
        typer.Option("--to-format", show_default=False, help="[default: by the name of FILE, else text]"),
    ] = None,
    output: reporting.Output = None,
    store: reporting.StoreFile = Path("news.db"),
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
    from kabar.store import QueryError, parse

    chosen = reporting.format_for(to, output)
    days = reporting.days(since, until)
    try:
        wanted = parse(query, reporting.today())
        text = release.read_text("utf-8-sig")
    except QueryError as error:
        raise usage_error(str(error)) from None
    except OSError as error:
        say(f"{release}: cannot be read: {(error.strerror or str(error)).lower()}")
        raise typer.Exit(FAILED) from None
    except UnicodeDecodeError:
        say(f"{release}: no text in UTF-8; save it as plain text")
        raise typer.Exit(FAILED) from None
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
