"""The data that a page sends for its own scripts: `__NEXT_DATA__`, `__NUXT_DATA__`, `window.__NUXT__` and their kin.

Nothing is executed: JSON is parsed, and of what is no JSON the string literals are read. Work is linear in the scripts'
length, which is capped.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from lxml import etree

MAX_SCRIPT_CHARS = 4_000_000
_MAX_SCRIPTS = 20
_MAX_LITERAL_CHARS = 2_000_000
_HEAD = 10_000
_LONG = 1_000  # characters of a text that not many objects share
_MOST_SHARED = 10

# The boundary before a name is looked for behind it: so the engine leaps to its first letter, in a fifth of the time.
_ASSIGNED = re.compile(
    r"""(?:window(?<!\w.{6})|self(?<!\w.{4})|globalThis(?<!\w.{10}))(?:\.|\[["'])[\w$]{3,40}(?:["']\])?"""
    r"""\s*=\s*(?:JSON\.parse\(\s*)?(?=[{\["(])"""
)
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*+)(?:"|\Z)', re.DOTALL)
_KEY = re.compile(r"""([\w$]{1,40})["']?\s{0,3}:\s{0,3}$""")
_LONGEST_KEY = 50
_PAID = re.compile(r'"isAccessibleForFree"\s*:\s*"?[Ff]alse')


class Literal(NamedTuple):
    """A string of a script that is no JSON, and the key before it (empty if there is none)."""

    key: str
    text: str


def state_scripts(scripts: Iterable[etree._Element]) -> tuple[str, ...]:
    """The texts of those scripts that hold data; none of a page that calls itself paid for."""
    found = []
    for script in scripts:
        text = script.text or ""
        if "isAccessibleForFree" in text and _PAID.search(text):
            return ()
        if _is_state(script, text):
            found.append(text)
    return tuple(found[:_MAX_SCRIPTS])


def _is_state(script: etree._Element, text: str) -> bool:
    kind = script.get("type") or ""
    if not text or "ld+json" in kind or len(text) > MAX_SCRIPT_CHARS:
        return False
    return kind.endswith("json") or _ASSIGNED.search(text, 0, _HEAD) is not None


def read_states(scripts: Iterable[str]) -> tuple[list[Any], list[str]]:
    """The JSON values of scripts, and the scripts that are no JSON.

    References of flat values (Nuxt 3 numbers all that it sends) are looked up where they lead to no further references.
    """
    found, others = [], []
    for script in scripts:
        assigned = _ASSIGNED.search(script, 0, _HEAD)
        value = decoded(script[assigned.end() if assigned else 0 :].lstrip())
        if isinstance(value, str):  # JSON.parse("...")
            value = decoded(value)
        if isinstance(value, list) and any(map(_is_flat, value)):
            value = _looked_up(value)
        if value is None:
            others.append(script)
        else:
            found.append(value)
    return found, others


def decoded(text: str) -> Any:
    """The JSON value that a text begins with; None if it is none, or nested beyond reason."""
    try:
        return json.JSONDecoder(strict=False).raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None


def literals(script: str, at_least: int) -> Iterator[Literal]:
    """The string literals of a script that is no JSON (`window.__NUXT__=(function(a,b){...}("x",...))`)."""
    for found in _LITERAL.finditer(script, 0, _MAX_LITERAL_CHARS):
        if len(found[1]) >= at_least and isinstance(text := decoded(found[0]), str):
            key = _KEY.search(script, max(0, found.start() - _LONGEST_KEY), found.start())
            yield Literal(key[1] if key else "", text)


def _is_flat(item: Any) -> bool:
    return isinstance(item, dict) and len(item) > 1 and all(type(value) is int for value in item.values())


def _looked_up(flat: list[Any]) -> list[dict[str, Any]]:
    """The objects of a flat value with their texts and numbers; a long text goes to its first few objects alone."""
    shared = Counter[int]()

    def value_at(place: Any) -> Any:
        value = flat[place] if type(place) is int and 0 <= place < len(flat) else place
        if isinstance(value, str) and len(value) > _LONG and value is not place:
            shared[place] += 1
            return value if shared[place] <= _MOST_SHARED else None
        return place if isinstance(value, (list, dict)) else value

    return [{key: value_at(place) for key, place in item.items()} for item in flat if isinstance(item, dict)]
