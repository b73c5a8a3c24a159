"""Telegram: one message of the Bot API (https://core.telegram.org/bots/api#sendmessage) to a chat.

Telegram knows no key by which it would tell a repeat: a kill between its answer and our note of it sends a message
twice, unless the alert is told once (`kabar alert add --once`): then it is given up, and the run says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

import msgspec

from kabar.alerts.errors import Undelivered
from kabar.alerts.message import Message, mark, shortened, told
from kabar.alerts.posting import Answer, judge, post
from kabar.alerts.settings import Settings
from scraper.http.guard import Guard

SIZE = 10
"""Stories in one message, which may have 4,096 characters."""
MOST = 4096
CHAT = re.compile(r"-?\d{1,20}|@\w{4,64}")


class _Parameters(msgspec.Struct):
    retry_after: int | None = None


class _Reply(msgspec.Struct):
    ok: bool = False
    description: str = ""
    parameters: _Parameters = msgspec.field(default_factory=_Parameters)


def send(message: Message, target: str, settings: Settings, guard: Guard) -> None:
    """Sends a message to a chat, by its number or @name.

    Raises:
        Undelivered: it was not taken; the reason never names the token.
        SettingsError: the token is missing.
    """
    base, token = settings.telegram()
    asked = {
        "chat_id": target,
        "text": text(message),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    answer = post(f"{base}/bot{token}/sendMessage", {}, msgspec.json.encode(asked), guard)
    reply = _reply(answer)
    wait = reply.parameters.retry_after if reply else None
    body = reply.description.replace(token, "…").encode() if reply else b""
    judge(Answer(answer.status, answer.wait if wait is None else float(wait), body))
    if reply is None or not reply.ok:
        raise Undelivered("the answer is none of the Bot API")


def check(target: str, settings: Settings) -> None:
    """Raises SettingsError or Undelivered if the target can be none, before anything is sent."""
    if not CHAT.fullmatch(settings.resolved(target)):
        raise Undelivered("a chat is a number, such as -1001234567890, or the @name of a channel", final=True)
    settings.telegram()


def text(message: Message) -> str:
    """The message in Telegram's HTML; what would go over the limit is counted at its end."""
    out, lines = f"<b>{escape(message.subject)}</b>", list(_lines(message))
    for count, line in enumerate(lines):
        if len(out) + len(line) > MOST - 40:
            return f"{out}\n\n… dan {len(lines) - count} lagi"
        out += f"\n\n{line}"
    return out


def _lines(message: Message) -> Iterator[str]:
    for story in message.stories:
        title = escape(shortened(story.title, 150))
        linked = f'<a href="{escape(story.link)}">{title}</a>' if story.link and len(story.link) < 400 else title
        yield f"{linked}{mark(story)}\n{escape(story.outlet)}" + (
            f", {escape(story.published)}" if story.published else ""
        )
    for silence in message.silences:
        yield escape(told(silence))


def _reply(answer: Answer) -> _Reply | None:
    try:
        return msgspec.json.decode(answer.body, type=_Reply)
    except msgspec.DecodeError:
        return None
