"""One round of all alerts: what is new is written down, what is due is sent."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any, get_args

from kabar.alerts.errors import SettingsError, Undelivered
from kabar.alerts.message import Message, Silence, Story, story
from kabar.alerts.settings import Settings
from kabar.alerts.silence import LOOK_BACK, silences
from kabar.store import Store, parse
from kabar.store.errors import QueryError
from kabar.store.keys import WIB
from kabar.store.outbox import LONGEST_WAIT, Alert, Channel, Claim
from scraper.errors import RefusedURL
from scraper.http.guard import Guard, parse_target

CHANNELS: tuple[Channel, ...] = get_args(Channel)
WINDOW = timedelta(days=3)
"""Articles published earlier are no news, even if they were first seen now."""
FIRST_WAIT, TRIES = 60.0, 12
"""Seconds before the second try; tries before a message is given up, about a day after it was made."""
CUT_OFF = "it was cut off while it was sent, and may have arrived"

_SAMPLE: dict[str, Any] = {
    "link": None,
    "outlet": "kabar",
    "kind": "news",
    "lead": "Pesan ini dikirim untuk menguji pemberitahuan; tidak ada berita baru.",
}


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did: messages taken, put back for later, and given up."""

    sent: int = 0
    put_back: int = 0
    given_up: int = 0


def run(store: Store, settings: Settings, guard: Guard, now: datetime, tell: Callable[[str], None]) -> Round:
    """Looks for what is new, and sends what is due.

    Args:
        store: its alerts.
        settings: secrets and servers.
        guard: decides which addresses may be dialled.
        now: UTC.
        tell: is given every problem, in one line.
    """
    outbox, counts = store.outbox(), {"sent": 0, "put_back": 0, "given_up": 0}
    alerts = outbox.alerts()
    for alert in (alert for alert in alerts if alert.paused is None):
        try:
            outbox.put(alert, found(store, alert, now), module(alert.channel).SIZE)
        except QueryError as error:
            tell(f"alert {alert.number} ({alert.search}): {error}")
    outbox.note_look()
    ready = [channel for channel in CHANNELS if _ready(channel, alerts, settings, tell)]
    while claim := outbox.claim(ready):
        try:
            if claim.cut_off and claim.alert.once:
                raise Undelivered(CUT_OFF, unsure=True)
            send(claim, store, settings, guard, now)
        except (Undelivered, SettingsError) as error:
            again = wait(claim, error)
            outbox.failed(claim, str(error), again)
            counts["given_up" if again is None else "put_back"] += 1
            later = "given up" if again is None else f"tried again in {again:.0f} s"
            tell(f"alert {claim.alert.number} ({claim.alert.channel}): {error}; {later}")
        else:
            outbox.taken(claim)
            counts["sent"] += 1
    return Round(**counts)


def found(store: Store, alert: Alert, now: datetime) -> list[str]:
    """Ids of the articles that an alert has to tell; of a silent site, its last one.

    Raises:
        QueryError: the saved search cannot be read.
    """
    if alert.silent is not None:
        return [pulse.last for pulse, _ in _silences(store, alert.silent, now)]
    query = parse(alert.query or "", now.astimezone(WIB).date())
    earliest = (now.astimezone(WIB) - WINDOW).date().isoformat()
    return store.outbox().fresh(alert, replace(query, since=max(earliest, query.since or earliest)))


def send(claim: Claim, store: Store, settings: Settings, guard: Guard, now: datetime) -> None:
    """Sends one message.

    Raises:
        Undelivered: it was not taken.
        SettingsError: something that the channel needs is missing.
    """
    alert = claim.alert
    if alert.silent is not None:
        ended = tuple(silence for pulse, silence in _silences(store, 0, now) if pulse.last in claim.articles)
        if ended:
            deliver(alert, Message(claim.key, None, None, silences=ended), settings, guard)
        return  # a site that has published meanwhile is silent no more
    articles = (store.get(id_) for id_ in claim.articles)
    names = store.site_names()
    stories = tuple(story(article, names) for article in articles if article is not None)
    if stories:
        deliver(alert, Message(claim.key, alert.search, alert.query, stories), settings, guard)


def deliver(alert: Alert, message: Message, settings: Settings, guard: Guard) -> None:
    """Sends a message to the target of an alert. Raises as `send` does."""
    module(alert.channel).send(message, settings.resolved(alert.target), settings, guard)


def check(channel: Channel, target: str, settings: Settings, guard: Guard) -> None:
    """Checks what can be checked of a target before anything is sent; names are looked up when they are dialled.

    Raises:
        Undelivered: the target can be none, or is an address that the guard refuses.
        SettingsError: something that the channel needs is missing; it may be set later.
    """
    if channel == "webhook":
        try:
            guard.check_literal(parse_target(settings.resolved(target)).host)
        except RefusedURL as error:
            raise Undelivered(error.reason, final=True) from None
    module(channel).check(target, settings)


def sample(alert: Alert) -> Message:
    """What `kabar alert test` sends: of the right kind, and clearly a test."""
    key = f"test-{os.urandom(8).hex()}"
    moment = datetime.now(UTC).astimezone(WIB).isoformat(timespec="minutes")
    if alert.silent is not None:
        return Message(key, None, None, silences=(Silence("contoh.example", "Uji coba kabar", moment, 0),))
    return Message(
        key,
        alert.search,
        alert.query,
        (Story(id=key, title="Uji coba pemberitahuan kabar", published=moment, **_SAMPLE),),
    )


def wait(claim: Claim, error: Undelivered | SettingsError) -> float | None:
    """Seconds until the next try, doubling from a minute to six hours; None to give up."""
    asked = None
    if isinstance(error, Undelivered):
        if error.final or (error.unsure and claim.alert.once):
            return None
        asked = error.retry_after
    if claim.tries >= TRIES:
        return None
    return max(min(FIRST_WAIT * 2.0 ** (claim.tries - 1), LONGEST_WAIT), min(asked or 0.0, LONGEST_WAIT))


def module(channel: Channel) -> Any:
    """The module of a channel, which has `SIZE`, `check` and `send`."""
    return import_module(f"kabar.alerts.{channel}")


def _silences(store: Store, least: float, now: datetime) -> Iterator[Any]:
    return silences(store.outbox().pulses(now - LOOK_BACK), now, least)


def _ready(channel: Channel, alerts: list[Alert], settings: Settings, tell: Callable[[str], None]) -> bool:
    """Whether a channel has what it needs; its messages wait, and cost no tries, until it has."""
    for alert in alerts:
        if alert.channel == channel and not alert.target.startswith("env:"):
            try:
                module(channel).check(alert.target, settings)
            except SettingsError as error:
                tell(f"{channel}: {error}; its messages wait")
                return False
            except Undelivered:
                continue  # the message that goes there tells
    return True
