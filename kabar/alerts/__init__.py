"""Alerts: what a saved search newly finds, told by webhook, Telegram or e-mail; and sites that have fallen silent.

Each channel is one module with `send(message, target, settings, guard)`, which raises `Undelivered`. What is told, and
what has been, stands in the store (`kabar.store.outbox`); secrets come from the environment (`Settings`).
"""

from __future__ import annotations
