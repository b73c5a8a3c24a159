"""Webhooks, signed as https://www.standardwebhooks.com says, so that ready libraries verify them in many languages.

    webhook-id         the message's key: the same at every try; a receiver that has seen it answers 2xx and ends
    webhook-timestamp  Unix seconds of this try; older than five minutes is a replay
    webhook-signature  v1,<base64 of HMAC-SHA256 over "id.timestamp.body">, several parted by spaces

The body is {"type": "kabar.stories" or "kabar.silence", "timestamp": ..., "data": {...}}.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec

from kabar.alerts.errors import Undelivered
from kabar.alerts.message import Message
from kabar.alerts.posting import judge, post
from kabar.alerts.settings import Settings
from scraper.errors import RefusedURL
from scraper.http.guard import Guard, parse_target

SIZE = 50
"""Stories in one message."""
TOLERANCE = 300.0
"""Seconds that a timestamp may be off."""


def send(message: Message, target: str, settings: Settings, guard: Guard) -> None:
    """Posts a message.

    Raises:
        Undelivered: it was not taken.
        SettingsError: the secret is missing.
    """
    now = int(time.time())
    body = payload(message, now)
    headers = {
        "webhook-id": message.key,
        "webhook-timestamp": str(now),
        "webhook-signature": signature(settings.webhook_secret(), message.key, now, body),
    }
    judge(post(target, headers, body, guard))


def check(target: str, settings: Settings) -> None:
    """Raises SettingsError or Undelivered if the target can be none, before anything is sent."""
    address = settings.resolved(target)
    if not address.startswith(("https://", "http://")):
        raise Undelivered("a webhook is an http or https address", final=True)
    try:
        parse_target(address)
    except RefusedURL as error:
        raise Undelivered(error.reason, final=True) from None
    settings.webhook_secret()


def payload(message: Message, now: int) -> bytes:
    """The body of a message."""
    kind = "kabar.silence" if message.silences else "kabar.stories"
    data = {"search": message.search, "query": message.query, "stories": message.stories, "silences": message.silences}
    moment = datetime.fromtimestamp(now, UTC).isoformat().replace("+00:00", "Z")
    return msgspec.json.encode({"type": kind, "timestamp": moment, "data": data})


def signature(secret: bytes, key: str, timestamp: int, body: bytes) -> str:
    """The value of `webhook-signature`.

    >>> signature(b"0" * 24, "a", 1, b"{}")
    'v1,mPEBmxvEotL2+wyY+0IEVeA1jeZwx801wp/tlrt/Agc='
    """
    content = f"{key}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(secret, content, hashlib.sha256).digest()).decode()


def verify(secret: bytes, headers: Mapping[str, str], body: bytes, now: float) -> bool:
    """Whether a message came from the holder of the secret, just now; what a receiver in Python does.

    Args:
        secret: the bytes behind `whsec_`, decoded from base64.
        headers: with lower-case names.
        body: as it came, not parsed and written anew.
        now: Unix time.
    """
    key, told = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not told.isascii() or not told.isdigit() or abs(now - int(told[:12])) > TOLERANCE:
        return False
    right = signature(secret, key, int(told), body)
    return any(hmac.compare_digest(right, one) for one in headers.get("webhook-signature", "").split())
