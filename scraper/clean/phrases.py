"""The phrase rules of `phrases.toml`, compiled, and which of them takes a block."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

Position = Literal["whole", "head", "top", "closing", "inside", "end", "last", "final"]
Effect = Literal["drop", "related", "credit", "stop", "end"]

_LONG = 170
"""Characters beyond which only few of the rules for whole blocks are left: most paragraphs are longer."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of `phrases.toml`; see the head of that file for the meaning of the fields."""

    name: str
    position: Position
    max_length: int
    effect: Effect
    pattern: re.Pattern[str]
    reason: str
    examples: tuple[str, ...]
    needs: str = ""

    def takes(self, text: str) -> bool:
        """Whether this rule takes the whole block."""
        if len(text) > self.max_length:
            return False
        if self.position in ("whole", "top", "closing"):
            return self.pattern.fullmatch(text) is not None
        return self.position == "head" and self.pattern.match(text) is not None


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The phrase rules that the package ships, in the order of the file."""
    data = tomllib.loads(resources.files("scraper.clean").joinpath("phrases.toml").read_text("utf-8"))
    return tuple(_rule(entry) for entry in data["rule"])


@lru_cache(maxsize=8)
def rules_at(*positions: Position) -> tuple[Rule, ...]:
    """The rules for these positions."""
    return tuple(rule for rule in rules() if rule.position in positions)


def rule_for(text: str, *, top: bool = False, closing: bool = False) -> Rule | None:
    """The first rule that takes a whole block.

    Args:
        text: the block's text.
        top: it stands above the first paragraph.
        closing: it is the last block of all; then only the rules for that position are asked.
    """
    if closing:
        return _first(rules_at("closing"), text)
    if top and _first(rules_at("top"), text):
        return _first(rules_at("whole", "head", "top"), text)
    screens = _screens(_LONG if len(text) > _LONG else 0)
    if any(len(text) <= longest and screen.match(text) for longest, screen in screens):
        return _first(rules_at("whole", "head"), text)
    return None


def _first(asked: Iterable[Rule], text: str) -> Rule | None:
    return next((rule for rule in asked if rule.takes(text)), None)


def _rule(entry: dict[str, Any]) -> Rule:
    if "phrases" in entry:
        words = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in entry["phrases"])
        pattern = rf"\W*(?:{words})\W*"
    else:
        pattern = entry["pattern"]
    if entry["position"] == "final":
        pattern = rf"(?<=\w)\s+(?:{pattern})\s*$"
    elif entry["position"] in ("end", "last"):
        pattern = rf"(?<=[.!?…\"”’'])\s*(?:{pattern})\s*$"
    return Rule(
        name=entry["name"],
        position=entry["position"],
        max_length=entry["max_length"],
        effect=entry.get("effect", "drop"),
        pattern=re.compile(pattern, 0 if entry.get("cased") else re.IGNORECASE),
        reason=entry["reason"],
        examples=tuple(entry.get("examples", ())),
        needs=entry.get("needs", ""),
    )


@lru_cache(maxsize=2)
def _screens(above: int) -> tuple[tuple[int, re.Pattern[str]], ...]:
    """All patterns for any block longer than this in two, with the longest text they take: most match neither."""
    return _screen(rules_at("whole"), above, r"(?:{})\Z"), _screen(rules_at("head"), above, r"(?:{})")


def _screen(asked: Iterable[Rule], above: int, form: str) -> tuple[int, re.Pattern[str]]:
    members = [rule for rule in asked if rule.max_length > above]
    parts = (f"(?{'i' if r.pattern.flags & re.IGNORECASE else '-i'}:{r.pattern.pattern})" for r in members)
    return max(rule.max_length for rule in members), re.compile(form.format("|".join(parts)), re.IGNORECASE)
