"""Sites that publish and have given nothing for hours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from kabar.alerts.message import Silence
from kabar.store.keys import WIB
from kabar.store.outbox import Pulse

LOOK_BACK = timedelta(days=14)
PUBLISHES = 10
"""Articles in that time that a site must have given to be expected to give more."""


def silences(pulses: Iterable[Pulse], now: datetime, least: float) -> Iterator[tuple[Pulse, Silence]]:
    """Sites silent for `least` seconds, and for longer than any pause that they made themselves in the last weeks.

    So a desk that rests at night or at the end of the week is not told, and one that stops is.
    """
    for pulse in pulses:
        quiet = now.timestamp() - pulse.times[-1]
        longest = max((later - earlier for earlier, later in pairwise(pulse.times)), default=0.0)
        if len(pulse.times) >= PUBLISHES and quiet >= max(least, longest):
            last = datetime.fromtimestamp(pulse.times[-1], WIB).isoformat(timespec="minutes")
            yield pulse, Silence(pulse.domain, pulse.name, last, int(quiet // 3600))
