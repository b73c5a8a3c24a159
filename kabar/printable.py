"""Text from a page or a file name, made safe for a terminal."""

from __future__ import annotations

_KEPT = {9, 10}
_CONTROL = dict.fromkeys((c for c in (*range(32), *range(127, 160)) if c not in _KEPT), "\N{REPLACEMENT CHARACTER}")


def printable(text: str) -> str:
    r"""Makes control characters visible, so that a page cannot steer the terminal.

    >>> printable("a\x1b[2Jb")
    'a�[2Jb'
    """
    return text.translate(_CONTROL).encode("utf-8", "replace").decode("utf-8")
