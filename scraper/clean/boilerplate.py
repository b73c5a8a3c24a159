"""Takes boilerplate out of blocks: by phrase (`phrases.toml`), by link density, by repetition.

Whole blocks go, never words inside a sentence. Three things are cut at the edge of a block: the dateline at the head
of the first paragraph, and marks such as "(adv)" or the writer's initials after a finished sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from scraper.article import Removed
from scraper.clean.authors import bare_credits
from scraper.clean.blocks import Block
from scraper.clean.dateline import opening
from scraper.clean.dates import parse_moment
from scraper.clean.phrases import Effect, rule_for, rules_at
from scraper.clean.readers import speaks_to_readers
from scraper.clean.structure import HEADINGS

_SAMPLE_LENGTH = 200
_REFRAIN = 4
_TEASERS = 2
_LITTLE = 0.25
_HEAD_BLOCKS = 12
_LABEL_WORDS = 5
_PULLED = 30
_MOST_QUOTES = 100
_DATE_LINES = 4
_DATE_LENGTH = 110
_MARK_ENDS = (")", "]", "*", ").", "].")
_MARK_LENGTH = 160
_SHORT_NAME = 5


@dataclass(frozen=True, slots=True)
class Stripped:
    """What is left of the blocks.

    Attributes:
        paragraphs: the article's text.
        removed: what was taken out, by rule.
        credits: lines that may name writers and editors, for the byline reader.
        dateline: place and brand before the first sentence.
        advertorial: a mark of a paid article stood in it.
    """

    paragraphs: tuple[str, ...]
    removed: tuple[Removed, ...]
    credits: tuple[str, ...]
    dateline: str | None
    advertorial: bool


def strip_boilerplate(
    blocks: Sequence[Block],
    *,
    title: str | None = None,
    dropped: Iterable[tuple[str, str]] = (),
    publisher: Sequence[str] = (),
) -> Stripped:
    """Runs all rules over the blocks of one article.

    Args:
        blocks: in document order.
        title: the headline, which is not repeated in the text.
        dropped: (rule, text) of what was already taken out by structure.
        publisher: names of the publisher, as its calls to readers have them.
    """
    sieve = _Sieve(title, [name.lower() for name in publisher])
    kept = sieve.run(blocks)
    dateline, begin, first = opening(kept)
    paragraphs = [*filter(None, (first,)), *(block.text for block in kept[begin + 1 :])]
    above = [("above-dateline", block.text) for block in kept[:begin]]
    taken = [*dropped, *sieve.taken, *above, *([("dateline", dateline)] if dateline else [])]
    return Stripped(
        tuple(paragraphs),
        tally(taken),
        tuple(sieve.credits),
        dateline,
        any(rule == "advertorial" or _PAID_KICKER.fullmatch(text) for rule, text in sieve.taken),
    )


_PAID_KICKER = re.compile(r"\W*(?:adver?torial|advetorial|adv|pariwara)\W*", re.IGNORECASE)


def tally(taken: Iterable[tuple[str, str]]) -> tuple[Removed, ...]:
    """Counts what was taken out, by rule, in the order in which the rules first took something."""
    counts: dict[str, list[str]] = {}
    for rule, text in taken:
        counts.setdefault(rule, []).append(text)
    return tuple(
        Removed(rule=rule, sample=texts[0][:_SAMPLE_LENGTH], count=len(texts)) for rule, texts in counts.items()
    )


_SENTENCE = re.compile(r"[.!?…。！？।](?:(?<=[。！？।])|[\"'”’)\]]*(?:\s|$))")
_WORD = re.compile(r"\w+")


def reads_as_prose(block: Block) -> bool:
    """Whether a block reads like running text rather than like a label, a link or a headline."""
    text = block.text
    if block.link_share > 0.6:
        return False
    return len(text) > 80 and _SENTENCE.search(text) is not None


class _Sieve:
    def __init__(self, title: str | None, publisher: Sequence[str]) -> None:
        self.taken: list[tuple[str, str]] = []
        self.credits: list[str] = []
        self._title = _key(title or "")
        self._publisher = publisher

    def run(self, blocks: Sequence[Block]) -> list[Block]:
        captions = [b for b in blocks if b.caption]
        blocks = [b for b in blocks if not b.caption]
        if not any(reads_as_prose(b) for b in blocks) and any(reads_as_prose(b) for b in captions):
            blocks = [*captions, *blocks]
            captions = []
        self._take_all("caption", captions)
        blocks = self._without_head(blocks)
        blocks = self._by_phrase(self._without_credits(self._without_dateblock(blocks)))
        blocks = self._once(self._without_calls(blocks))
        blocks = self._without_tail(blocks)
        return self._cut_ends(blocks)

    def _take(self, rule: str, block: Block) -> None:
        self.taken.append((rule, block.text))

    def _take_all(self, rule: str, blocks: Iterable[Block]) -> None:
        for block in blocks:
            self._take(rule, block)

    def _without_head(self, blocks: list[Block]) -> list[Block]:
        """What stands up to the headline, if the chosen node holds the headline too."""
        for index, block in enumerate(blocks[:_HEAD_BLOCKS]):
            is_title = bool(self._title) and _key(block.text) == self._title
            if reads_as_prose(block) and not is_title:
                break
            if is_title or block.tag == "h1":
                self._take_all("headline", blocks[: index + 1])
                return self._without_dates(blocks[index + 1 :])
        return blocks if self._title or not _is_headed(blocks) else self._without_dates(self._behind(blocks))

    def _behind(self, blocks: list[Block]) -> list[Block]:
        """What follows a headline that no title told."""
        self._take("headline", blocks[0])
        return blocks[1:]

    def _without_dates(self, blocks: list[Block]) -> list[Block]:
        """The date under the headline, or the age, with the byline and the publisher's name around it."""
        lines = list(takewhile(_is_label, blocks[: _DATE_LINES + 1]))
        told = (index for index, line in enumerate(lines) if _tells_date(line.text) or self._bears_name(line.text))
        end = max((index + 1 for index in told), default=0)
        self._take_all("date-line", blocks[:end])
        self.credits += [block.text for block in blocks[:end]]
        return blocks[end:]

    def _bears_name(self, text: str) -> bool:
        """Whether the publisher's name stands in a text."""
        return any(name in text.lower() for name in self._publisher if len(name) > _SHORT_NAME)

    def _without_dateblock(self, blocks: list[Block]) -> list[Block]:
        """The date, and what stands beside it, between a lead and the other paragraphs."""
        if not blocks or not reads_as_prose(blocks[0]):
            return blocks
        lines = list(takewhile(lambda block: not reads_as_prose(block), blocks[1:]))
        dated = any(_is_date_line(block) for block in lines[:_DATE_LINES])
        if not dated or len(lines) > _DATE_LINES or any(len(block.text) > _DATE_LENGTH for block in lines):
            return blocks
        self._take_all("date-line", lines)
        self.credits += [block.text for block in lines]
        return [blocks[0], *blocks[1 + len(lines) :]]

    def _without_credits(self, blocks: list[Block]) -> list[Block]:
        """Names that stand beside a bare label, with it."""
        credits = bare_credits([block.text for block in blocks])  # noqa: A001
        self.credits += [blocks[index].text for index in sorted(credits)]
        self._take_all("credit", (blocks[index] for index in sorted(credits)))
        return [block for index, block in enumerate(blocks) if index not in credits]

    def _by_phrase(self, blocks: list[Block]) -> list[Block]:
        prose = [len(block.text) if reads_as_prose(block) else 0 for block in blocks]
        first = next((index for index, length in enumerate(prose) if length), len(blocks))
        kept: list[Block] = []
        following: Effect = "drop"
        linked = False
        for index, block in enumerate(blocks):
            rule = rule_for(block.text, top=index < first)
            if rule is not None:
                self._take(rule.name, block)
                if rule.effect == "credit" or rule.name == "initials":
                    self.credits.append(block.text)
                closing = sum(prose[index:]) < _LITTLE * sum(prose[:index])
                if rule.effect == "end" and kept and closing:
                    self._take_all("after-end", blocks[index + 1 :])
                    break
                if rule.effect == "related":
                    following, linked = rule.effect, _names_headline(block)
                elif rule.effect in ("stop", "end") and (closing or not kept):
                    following, linked = rule.effect, False
            elif following != "drop" and _may_follow(block, following) and (block.links or not linked):
                self._take("related" if following == "related" else "after-end", block)
                linked = linked or (following == "related" and block.links > 0)
            elif _is_link_line(block):
                self._take("link", block)
            else:
                kept.append(block)
                if following == "related" or prose[index]:
                    following = "drop"
        return kept

    def _once(self, blocks: list[Block]) -> list[Block]:
        """Repeated paragraphs once, where they stand first; short lines that come again and again not at all."""
        keys = [block.text.lower() for block in blocks]
        counts = Counter(keys)
        pulled = _pulled(blocks)
        seen: set[str] = set()
        kept = []
        for block, key in zip(blocks, keys, strict=True):
            again = (key in seen and len(key) > 40) or (counts[key] >= _REFRAIN and not reads_as_prose(block))
            if again or block in pulled:
                self._take("repeated", block)
                continue
            seen.add(key)
            kept.append(block)
        return kept

    def _without_tail(self, blocks: list[Block]) -> list[Block]:
        """After the last prose: link lines, teasers that are cut off, and headings over nothing."""
        end = len(blocks)
        while end > 1 and blocks[end - 1].text.endswith(("…", "...")):
            end -= 1
        if len(blocks) - end >= _TEASERS:
            self._take_all("teaser", blocks[end:])
            blocks = blocks[:end]
        last = max((i for i, block in enumerate(blocks) if reads_as_prose(block)), default=len(blocks))
        kept = blocks[: last + 1]
        for block in blocks[last + 1 :]:
            rule = rule_for(block.text, top=True)
            # A date or a byline there is another article's.
            if block.link_share > 0.5 or (rule is not None and rule.position == "top"):
                self._take("after-end", block)
            else:
                kept.append(block)
        while len(kept) > 1 and kept[-1].tag in HEADINGS:
            self._take("after-end", kept.pop())
        rule = None
        while len(kept) > 1 and (rule is None or rule.effect != "credit"):
            rule = rule_for(kept[-1].text, closing=True)
            if rule is None and not self._calls(kept[-1]):
                break
            if rule is not None and rule.effect == "credit":
                self.credits.append(kept[-1].text)
            self._take(rule.name if rule else "reader-call", kept.pop())
        return kept

    def _without_calls(self, blocks: list[Block]) -> list[Block]:
        """The publisher's calls between paragraphs, told by the surest signs."""
        calls = [block for block in blocks[1:] if self._calls(block, closing=False)]
        self._take_all("reader-call", calls)
        taken = frozenset(calls)
        return [block for block in blocks if block not in taken]

    def _calls(self, block: Block, *, closing: bool = True) -> bool:
        """Whether a block speaks to readers; a step of a list may bid, too."""
        return block.tag != "li" and speaks_to_readers(block.text, self._publisher, closing=closing)

    def _cut_ends(self, blocks: list[Block]) -> list[Block]:
        ends, insides = rules_at("end", "last", "final"), rules_at("inside")
        kept = []
        for index, block in enumerate(blocks):
            text = block.text
            for rule in insides:
                if rule.needs in text and rule.pattern.search(text):
                    self.taken += [(rule.name, found.group().strip()) for found in rule.pattern.finditer(text)]
                    text = rule.pattern.sub("", text)
            for rule in ends if text.endswith(_MARK_ENDS) else ():
                if rule.position != "end" and index < len(blocks) - 1:
                    continue
                found = rule.pattern.search(text, max(0, len(text) - _MARK_LENGTH))
                if found:
                    self.taken.append((rule.name, found.group().strip()))
                    if rule.name == "signature-end":
                        self.credits.append(found.group().strip())
                    text = text[: found.start()].rstrip()
            if text:
                kept.append(block if text == block.text else replace(block, text=text))
        return kept


_AGE = re.compile(r"\b\d{1,2} (?:menit|jam|hari|minggu|bulan) (?:yang )?lalu\b", re.IGNORECASE)


def _is_label(block: Block) -> bool:
    """Whether a block is a short line that is no heading and ends no sentence."""
    text = block.text
    return len(text) <= _DATE_LENGTH and block.tag not in HEADINGS and not _SENTENCE.search(text[-3:])


def _tells_date(text: str) -> bool:
    return parse_moment(text) is not None or _AGE.search(text) is not None


def _is_headed(blocks: Sequence[Block]) -> bool:
    """Whether the first block is a headline: a bare line with a date or a byline between it and the text."""
    labels = takewhile(_is_label, blocks[1 : _DATE_LINES + 1])
    return bool(blocks) and _is_bare_headline(blocks[0]) and any(map(_is_article_line, labels))


def _is_article_line(block: Block) -> bool:
    """Whether a line tells an article's date or who wrote it."""
    rule = rule_for(block.text, top=True)
    return _tells_date(block.text) or (rule is not None and rule.effect == "credit")


def _is_date_line(block: Block) -> bool:
    rule = rule_for(block.text, top=True)
    return rule is not None and rule.name in ("date-line", "relative-time")


_LABEL = re.compile(r"\W{0,3}[A-Z][\w-]+(?: \w+){0,2}\s?[:»>!]+\s*")


def _key(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _is_bare_headline(block: Block) -> bool:
    text = block.text
    if block.link_share > 0.5:
        return True
    if block.bold or block.tag in HEADINGS:
        return False
    return len(text) < 160 and not _SENTENCE.search(text) and len(_WORD.findall(text)) > 2


def _may_follow(block: Block, following: Effect) -> bool:
    """Whether a headline goes with the line before it; behind a call, an article's own list goes on."""
    own = following == "stop" and block.tag == "li" and not block.links
    return not own and _is_bare_headline(block)


def _pulled(blocks: Sequence[Block]) -> frozenset[Block]:
    """Quotations set apart that stand word for word in a paragraph too; not where very many are set apart."""
    quotes = [block for block in blocks if block.tag == "blockquote" and len(block.text) > _PULLED]
    if not 0 < len(quotes) <= _MOST_QUOTES:
        return frozenset()
    keys = [(len(block.text), _key(block.text)) for block in blocks]
    return frozenset(quote for quote in quotes if _stands_in_longer(quote.text, keys))


def _stands_in_longer(quote: str, keys: Sequence[tuple[int, str]]) -> bool:
    key = _key(quote)
    return len(key) > _PULLED and any(length > len(quote) and key in other for length, other in keys)


def _names_headline(block: Block) -> bool:
    """Whether a line about another article holds its headline too: then no bare one follows, only linked ones."""
    return block.links > 0 or len(_WORD.findall(block.text)) > _LABEL_WORDS


def _is_link_line(block: Block) -> bool:
    """A block that is one link, with the length of a headline and no end of a sentence; or part of a linked card.

    A label may stand before the link: "Lainnya: Pasar Ramai Lagi".
    """
    label = _LABEL.match(block.text)
    free = label.end() if label and block.links == 1 else 0
    return block.card or (
        block.link_chars > 0.85 * (len(block.text) - free)
        and block.tag not in HEADINGS
        and not block.text.endswith((".", "!", '."', ".”"))
        and len(_WORD.findall(block.text)) > 3
    )
