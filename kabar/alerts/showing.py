"""What may be shown of an alert's target: the address of a webhook is often a secret itself."""

from __future__ import annotations

from urllib.parse import urlsplit

from kabar.store.outbox import Alert


def shown_target(alert: Alert) -> str:
    """A chat, a mailbox or a variable's name as it is; of a webhook's address the host alone."""
    if alert.channel != "webhook" or alert.target.startswith("env:"):
        return alert.target
    try:
        return urlsplit(alert.target).hostname or "…"
    except ValueError:
        return "…"
