"""`kabar digest`: the news of a day as a report for people."""

from __future__ import annotations

import enum
from dataclasses import replace
from typing import Annotated

import typer

from kabar.cli import options, reporting
from kabar.cli.reporting import Formats, Languages
from kabar.cli.store import asked, opened
from kabar.cli.talk import NOTHING, say, usage_error


class Subjects(enum.StrEnum):
    """What the sections are."""

    OFFICIAL = "official"
    ORGANIZATION = "organization"
    CITY = "city"
    COUNTRY = "country"


class Bodies(enum.StrEnum):
    """How much of an article is printed."""

    LEAD = "lead"
    FULL = "full"


def digest(  # noqa: PLR0913 - each is an option of the command line
    query: Annotated[
        str, typer.Argument(metavar="QUERY", help="As in `kabar search`; all articles of the day if left out.")
    ] = "",
    named: Annotated[
        str, typer.Option("--query", metavar="QUERY", show_default=False, help="The same, by its name.")
    ] = "",
    date: Annotated[
        str, typer.Option(metavar="DAY", help="2026-05-31, kemarin, hari-ini; 2026-05 for a whole month.")
    ] = "hari-ini",
    by: Annotated[Subjects, typer.Option(help="What the sections are.")] = Subjects.OFFICIAL,
    body: Annotated[Bodies, typer.Option(help="Print the first paragraph, or the whole text.")] = Bodies.LEAD,
    to: Annotated[
        Formats | None,
        typer.Option("--to", "-t", show_default=False, help="[default: by the name of FILE, else text]"),
    ] = None,
    output: options.Output = None,
    store: options.StoreFile = options.NEWS,
    lang: reporting.Language = Languages.ID,
) -> None:
    """Puts the news of a day together (kliping): each story once, with all outlets that carried it.

    A story stands under the official, organization, region or country that it mentions most; others refer to it by
    number. Advertorials are marked.

        kabar digest --date kemarin

        kabar digest 'kota:15.71' --by organization --body full -o kliping.docx

        kabar digest --date 2026-05-31 --query banjir --to xlsx -o kliping.xlsx

    docx and xlsx need kabar[office].
    """
    from kabar.digest import digest_report, gather
    from kabar.report.words import words

    chosen = reporting.format_for(to, output, "--to")
    day = reporting.days(date, date)
    if query and named:
        raise usage_error("say the query once")
    query = query or named
    wanted = asked(query)
    if wanted.since or wanted.until:
        raise usage_error("the day is said with --date, not in the query")
    with opened(store) as source:
        found = gather(source, replace(wanted, since=day.since, until=day.until), query, by.value)
    if not found.clips:
        say(f"{store}: nothing found for {date}")
        raise typer.Exit(NOTHING)
    reporting.put(digest_report(found, words(lang.value), body.value), chosen, output)
    say(f"{len(found.stories)} stories in {len(found.clips)} articles" + (f", written to {output}" if output else ""))
