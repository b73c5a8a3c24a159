"""`kabar alert`: what a search newly finds, told by webhook, Telegram or e-mail."""

from __future__ import annotations

import contextlib
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from kabar.cli import options
from kabar.cli.help import Group
from kabar.cli.spans import seconds
from kabar.cli.store import opened
from kabar.cli.talk import FAILED, NOTHING, OK, say, usage_error

if TYPE_CHECKING:
    from kabar.store.outbox import Alert, Channel
    from scraper.http.guard import Guard

app = typer.Typer(
    cls=Group,
    no_args_is_help=True,
    help="""Tells what a saved search newly finds, or that a site has fallen silent.

Secrets come from the environment alone: KABAR_WEBHOOK_SECRET signs webhooks; KABAR_TELEGRAM_TOKEN is the bot's;
KABAR_SMTP_URL (smtp://user:password@host:587 or smtps://host:465) and KABAR_SMTP_FROM send e-mail.
A target that is a secret itself is given as env:NAME.""",
)

Number = Annotated[int, typer.Argument(metavar="NUMBER", help="As `kabar alert list` tells it.", show_default=False)]


@app.command()
def add(  # noqa: PLR0913 - each is an option of the command line
    search: Annotated[
        str | None, typer.Argument(metavar="NAME", help="The name of a saved search, or for a new one.")
    ] = None,
    query: Annotated[
        str | None, typer.Argument(metavar="QUERY", help="As in `kabar search`; saved under the name.")
    ] = None,
    webhook: Annotated[str | None, typer.Option(metavar="URL", help="Post signed JSON there.")] = None,
    telegram: Annotated[str | None, typer.Option(metavar="CHAT", help="Number or @name of a chat.")] = None,
    email: Annotated[str | None, typer.Option(metavar="ADDRESS", help="Send e-mail there.")] = None,
    silent: Annotated[
        str | None,
        typer.Option(metavar="12h", help="No search: tell when a site that publishes has given nothing for so long."),
    ] = None,
    once: Annotated[
        bool, typer.Option("--once", help="Rather lose a message than tell it twice after a kill or a lost answer.")
    ] = False,
    store: options.StoreFile = options.NEWS,
) -> None:
    """Sets an alert. Articles that the store holds already are not told.

        kabar alert add banjir 'banjir kota:15' --telegram -1001234567890

        kabar alert add walikota 'pejabat:"Syarif Fasha" -jenis:adv' --email desk@warta.example

        kabar alert add banjir --webhook env:DESK_HOOK

        kabar alert add --silent 12h --email desk@warta.example

    A story that many sites copy is told once. Messages that are not taken are tried again for about a day; one that was
    cut off may come twice, under the same id, unless `--once` is given: Telegram knows no id by which to tell a repeat.
    """
    from kabar.alerts.showing import shown_target
    from kabar.store import QueryError

    targets: dict[Channel, str | None] = {"webhook": webhook, "telegram": telegram, "email": email}
    chosen = [(channel, target) for channel, target in targets.items() if target]
    if len(chosen) != 1:
        raise usage_error("say one of --webhook, --telegram and --email (see --help)")
    if (search is None) == (silent is None):
        raise usage_error("name a search, or say --silent 12h (see --help)")
    silence = None if silent is None else seconds("--silent", silent)
    [(channel, target)] = chosen
    _check(channel, target)
    with opened(store) as news:
        if search is not None and query is not None:
            try:
                news.save_search(search, query)
            except QueryError as error:
                raise usage_error(str(error)) from None
        alert = news.outbox().add(channel, target, search=search, silent=silence, once=once)
    say(f"{store}: {_line(alert, shown_target(alert))}; `kabar alert run --every 15m` tells what comes")


@app.command(name="list")
def list_(
    store: options.StoreFile = options.NEWS,
    targets: Annotated[bool, typer.Option("--targets", help="Print the whole address of a webhook.")] = False,
) -> None:
    """Lists the alerts, what they told, what waits, and what went wrong; of a webhook's address the host alone.

    kabar alert list --store news.db

    kabar alert list --targets
    """
    from kabar.alerts.showing import shown_target
    from kabar.printable import printable

    with opened(store) as news:
        alerts = news.outbox().alerts()
    for alert in alerts:
        typer.echo(printable(_line(alert, alert.target if targets else shown_target(alert))))
    raise typer.Exit(OK if alerts else NOTHING)


@app.command()
def remove(number: Number, store: options.StoreFile = options.NEWS) -> None:
    """Drops an alert, and what waits to be sent for it. The saved search stays.

    kabar alert remove 2
    """
    with opened(store) as news:
        _done(store, number, "removed", known=news.outbox().remove(number))


@app.command()
def pause(number: Number, store: options.StoreFile = options.NEWS) -> None:
    """Lets an alert rest: it looks for nothing, and what waits is not sent.

    kabar alert pause 2
    """
    with opened(store) as news:
        _done(store, number, "rests", known=news.outbox().pause(number))


@app.command()
def resume(number: Number, store: options.StoreFile = options.NEWS) -> None:
    """Lets an alert that rests go on. What came while it rested is not told.

    kabar alert resume 2
    """
    with opened(store) as news:
        _done(store, number, "tells what comes", known=news.outbox().resume(number))


@app.command()
def run(
    every: Annotated[str | None, typer.Option(metavar="15m", help="Go on for ever, with such a pause.")] = None,
    store: options.StoreFile = options.NEWS,
    allow_private: options.AllowPrivate = False,
) -> None:
    """Looks for what is new and tells it; then what was not taken before, if it is due.

        kabar alert run

        kabar alert run --every 15m

    It may run beside a crawl, and twice at once: no message is sent by both.
    """
    pause = None if every is None else seconds("--every", every)
    while pause is not None:
        with contextlib.suppress(typer.Exit):  # a store that is busy was told, and may be free the next time
            _round(store, allow_private)
        time.sleep(pause)
    raise typer.Exit(FAILED if _round(store, allow_private) else OK)


@app.command(name="test")
def try_(number: Number, store: options.StoreFile = options.NEWS, allow_private: options.AllowPrivate = False) -> None:
    """Sends a message now that says that it is a test.

    kabar alert test 1
    """
    from kabar.alerts.errors import SettingsError, Undelivered
    from kabar.alerts.running import deliver, sample
    from kabar.alerts.settings import Settings

    with opened(store) as news:
        alert = next((alert for alert in news.outbox().alerts() if alert.number == number), None)
    if alert is None:
        say(f"{store}: there is no alert {number}")
        raise typer.Exit(FAILED)
    try:
        deliver(alert, sample(alert), Settings(os.environ), guard_of(allow_private))
    except (SettingsError, Undelivered) as error:
        say(f"alert {number} ({alert.channel}): {error}")
        raise typer.Exit(FAILED) from None
    say(f"alert {number} ({alert.channel}): taken")


def _done(store: Path, number: int, what: str, *, known: bool) -> NoReturn:
    say(f"{store}: alert {number} {what}" if known else f"{store}: there is no alert {number}")
    raise typer.Exit(OK if known else FAILED)


def _round(path: Path, allow_private: bool) -> int:
    """One round; returns how many problems there were."""
    from kabar.alerts.running import run as run_once
    from kabar.alerts.settings import Settings

    problems: list[str] = []
    with opened(path) as news:
        done = run_once(news, Settings(os.environ), guard_of(allow_private), datetime.now(UTC), problems.append)
    for problem in problems:
        say(problem)
    say(f"{path}: {done.sent} messages sent, {done.put_back} to be tried again, {done.given_up} given up")
    return len(problems)


def _check(channel: Channel, target: str) -> None:
    """Ends with a usage error if the target can be none; a secret may be set later, and is only told."""
    from kabar.alerts.errors import SettingsError, Undelivered
    from kabar.alerts.running import module
    from kabar.alerts.settings import Settings

    try:
        module(channel).check(target, Settings(os.environ))
    except Undelivered as error:
        raise usage_error(str(error)) from None
    except SettingsError as error:
        say(f"not yet ready: {error}")


def guard_of(allow_private: bool) -> Guard:
    """Which addresses messages may go to."""
    from scraper.http.guard import PRIVATE, Guard

    return Guard(PRIVATE if allow_private else ())


def _line(alert: Alert, target: str) -> str:
    if alert.silent is None:
        what = f"“{alert.search}” ({alert.query})"
    else:
        what = f"sites silent for {alert.silent / 3600:g} h"
    sent = f", last at {alert.last_sent}" if alert.last_sent else ""
    trouble = f"; {alert.waiting} messages wait" if alert.waiting else ""
    trouble += f"; problem: {alert.problem}" if alert.problem else ""
    once = ", at most once" if alert.once else ""
    once += f", rests since {alert.paused}" if alert.paused else ""
    return f"alert {alert.number}: {what} to {alert.channel} {target}{once}: {alert.told} told{sent}{trouble}"
