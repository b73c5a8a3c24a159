"""Secrets and servers, from the environment alone; nothing of it is ever stored or printed.

KABAR_WEBHOOK_SECRET   whsec_ and the base64 of 24 to 64 random bytes; signs webhooks
KABAR_TELEGRAM_TOKEN   of the bot, as @BotFather gives it
KABAR_TELEGRAM_API     a Bot API server of one's own; https://api.telegram.org when left out
KABAR_SMTP_URL         smtp://user:password@mail.example:587 (STARTTLS) or smtps://...:465 (TLS from the start)
KABAR_SMTP_FROM        the sender's address
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from kabar.alerts.errors import SettingsError

TELEGRAM = "https://api.telegram.org"
SECRET_BYTES = range(24, 65)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mail server and who sends."""

    host: str
    port: int
    tls: bool
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """The environment's variables, read when they are needed."""

    environ: Mapping[str, str] = field(repr=False)

    def webhook_secret(self) -> bytes:
        """The key of signatures.

        Raises:
            SettingsError: missing, not in its form, or too short.
        """
        value = self._value("KABAR_WEBHOOK_SECRET", 'export KABAR_WEBHOOK_SECRET="whsec_$(openssl rand -base64 32)"')
        try:
            key = base64.b64decode(value.removeprefix("whsec_"), validate=True)
        except binascii.Error:
            key = b""
        if not value.startswith("whsec_") or len(key) not in SECRET_BYTES:
            raise SettingsError("KABAR_WEBHOOK_SECRET must be whsec_ and the base64 of 24 to 64 random bytes")
        return key

    def telegram(self) -> tuple[str, str]:
        """Address of the Bot API, and the token.

        Raises:
            SettingsError: no token, or one that is none.
        """
        token = self._value("KABAR_TELEGRAM_TOKEN", "@BotFather gives it")
        if not re.fullmatch(r"\d+:[\w-]+", token):
            raise SettingsError("KABAR_TELEGRAM_TOKEN is no bot token, which looks like 123456:ABC-def")
        return self.environ.get("KABAR_TELEGRAM_API", TELEGRAM).rstrip("/"), token

    def mailbox(self) -> Mailbox:
        """The mail server.

        Raises:
            SettingsError: missing, or not in its form.
        """
        form = "smtp://user:password@mail.example:587 or smtps://user:password@mail.example:465"
        value = self._value("KABAR_SMTP_URL", form)
        sender = self._value("KABAR_SMTP_FROM", "the sender's address")
        try:
            url = urlsplit(value)
            port = url.port or (465 if url.scheme == "smtps" else 587)
        except ValueError:
            raise SettingsError(f"KABAR_SMTP_URL is no address like {form}") from None
        if url.scheme not in ("smtp", "smtps") or not url.hostname:
            raise SettingsError(f"KABAR_SMTP_URL is no address like {form}")
        if not is_address(sender):
            raise SettingsError("KABAR_SMTP_FROM is no e-mail address")
        user, password = (unquote(part) if part is not None else None for part in (url.username, url.password))
        return Mailbox(url.hostname, port, url.scheme == "smtps", sender, user, password)

    def resolved(self, target: str) -> str:
        """A target, or what the environment variable that it names (`env:NAME`) holds.

        Raises:
            SettingsError: there is no such variable.
        """
        name = target.removeprefix("env:")
        return target if name == target else self._value(name, f"the target of an alert is {target}")

    def _value(self, name: str, hint: str) -> str:
        value = self.environ.get(name, "").strip()
        if not value:
            raise SettingsError(f"{name} is not set in the environment ({hint})")
        return value


def is_address(text: str) -> bool:
    """Whether it may stand as one e-mail address in a header and in an SMTP command.

    >>> is_address("desk@warta.example"), is_address("a@b\\r\\nBcc: x@y")
    (True, False)
    """
    return bool(re.fullmatch(r"[^\s<>,;:\"\\@]{1,64}@[A-Za-z0-9.-]{1,253}", text))
