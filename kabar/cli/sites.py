"""`kabar sites`: the publishers whose page structure is known, and whether it still holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from kabar.cli import options
from kabar.cli.help import Group
from kabar.cli.talk import FAILED, NOTHING, OK, say, usage_error

if TYPE_CHECKING:
    from kabar.documents import Read
    from scraper.sites import SiteDefinition
    from scraper.sites.drift import PageCheck, SiteCheck

app = typer.Typer(cls=Group, no_args_is_help=True, help="Lists, shows and checks the definitions of known publishers.")


@app.command("list")
def list_sites(
    region: Annotated[
        str | None, typer.Option(metavar="CODE", show_default=False, help="Only of this home region, e.g. 15 or 15.71.")
    ] = None,
) -> None:
    """Lists the known publishers: host, name, home region, family, the date it was last right and what tells it.

    kabar sites list

    kabar sites list --region 15
    """
    from scraper.sites import default_registry

    if region is not None and not re.fullmatch(r"\d\d(\.\d\d)?", region):
        raise usage_error(
            f"--region {region}: a Kemendagri code, as in 15 or 15.71; the third column of the list has them"
        )
    known = [
        site for site in default_registry().publishers() if region is None or (site.edition or "").startswith(region)
    ]
    for site in known:
        columns = (site.domain, site.name, site.edition, site.family, site.last_right, site.evidence)
        typer.echo("\t".join(column or "-" for column in columns))
    if not known:
        say(f"no publisher of region {region} is known")
    raise typer.Exit(OK if known else NOTHING)


@app.command()
def show(
    site: Annotated[str, typer.Argument(metavar="HOST|URL", help="The publisher's host, or any address there.")],
) -> None:
    """Shows one definition as JSON, with what it takes from its family.

    kabar sites show jambi.tribunnews.com
    """
    import msgspec

    from scraper.sites import site_for

    found = site_for(site if "//" in site else f"https://{site}/")
    if found is None:
        say(f"{site}: no definition; `kabar sites list` names the hosts that have one")
        raise typer.Exit(NOTHING)
    told = {name: value for name, value in msgspec.to_builtins(found).items() if value}
    typer.echo(msgspec.json.format(msgspec.json.encode(told), indent=2).decode())


@app.command()
def check(
    inputs: options.Inputs = None,
    files_from: options.FilesFrom = None,
    input_format: options.InputFormat = None,
    allow_private: options.AllowPrivate = False,
    verbose: options.Verbose = False,
) -> None:
    """Checks which definitions no longer match the pages they get, on saved pages or live ones.

    One line a publisher: host, `right` or what drifted, on how many pages each part was right, when it was last right.
    Exit code 1 if a definition has drifted, 3 if no page belongs to a known publisher.

        kabar sites check saved/

        kabar sites check https://jambi.tribunnews.com/2026/03/01/banjir-surut
    """
    from kabar.cli.batch import Wanted, documents
    from kabar.cli.talk import Volume
    from scraper.sites.drift import summarize

    wanted = Wanted(
        inputs=tuple(inputs or ()),
        files_from=files_from,
        input_format=input_format.value if input_format else None,
        allow_private=allow_private,
        output=None,
        jobs=1,
        volume=Volume.of(False, verbose),
    )
    problems: list[str] = []
    checks = list(_checks(documents(wanted), problems))
    for page in checks if verbose else ():
        say(f"{page.page}: {', '.join(f'{part} {state}' for part, state in page.states)}")
    summaries = summarize(checks)
    for summary in summaries:
        typer.echo(_line(summary))
    if not summaries:
        say("no page belongs to a known publisher")
        raise typer.Exit(FAILED if problems else NOTHING)
    raise typer.Exit(FAILED if problems or any(summary.drifted for summary in summaries) else OK)


def _checks(read: Iterator[Read], problems: list[str]) -> Iterator[PageCheck]:
    """The pages of known publishers, held against their definitions; what cannot be read is told and counted."""
    from kabar.documents import Noted, Problem
    from scraper.clean.decode import decode, parse
    from scraper.errors import ScraperError
    from scraper.page import Page
    from scraper.sites import site_for
    from scraper.sites.drift import check_page

    for raw in read:
        if isinstance(raw, Problem):
            say(f"{raw.name}: {raw.reason}")
            problems += [raw.name] * (not isinstance(raw, Noted))
            continue
        if not isinstance(raw.content, Page):
            continue
        url = raw.content.final_url or raw.content.url or raw.url
        try:
            tree = parse(decode(raw.content.body, raw.content.encoding))
        except ScraperError as error:
            say(f"{raw.name}: {error.reason}")
            problems.append(raw.name)
            continue
        site = site_for(url, tree)
        if site is not None and site.name is not None:
            yield check_page(tree, site, raw.name)


def _line(summary: SiteCheck) -> str:
    site: SiteDefinition = summary.site
    verdict = "drifted: " + ", ".join(summary.drifted) if summary.drifted else "right"
    counts = " ".join(f"{part} {right}/{summary.pages}" for part, right in summary.right)
    return "\t".join((site.domain or "-", verdict, counts, f"last right {site.last_right or 'unknown'}"))
