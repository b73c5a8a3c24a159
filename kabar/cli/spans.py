"""Spans of time as options take them: 90m, 24h, 7d."""

from __future__ import annotations

import re

from kabar.cli.talk import usage_error

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}


def seconds(option: str, value: str) -> int:
    """Seconds of a span such as 24h; ends the run with a usage error for what is none, or no time at all.

    >>> seconds("--every", "15m")
    900
    """
    match = re.fullmatch(r"(\d{1,5})([smhdw])", value.strip().lower())
    if match is None or not int(match[1]):
        raise usage_error(f"{option} {value}: a number and s, m, h, d or w (seconds to weeks), as in 90m or 24h")
    return int(match[1]) * UNITS[match[2]]
