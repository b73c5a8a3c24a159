"""Evidence as a report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kabar.proof.evidence import Evidence, Run
from kabar.report.document import Block, Cell, Entry, Paragraph, Report, Sheet, Span
from kabar.report.words import Words

WHOLE, MOST = 0.8, 0.4
"""Shares of the release from which it is said to have been run whole, or for the most part."""


def proof_report(evidence: Evidence, words: Words) -> Report:
    """Lays evidence out, in the language of the words."""
    outlets = len({run.domain or run.outlet for run in evidence.runs})
    advertorials = sum(run.kind == "advertorial" for run in evidence.runs)
    period = " – ".join(words.day(day) if day else "…" for day in (evidence.since, evidence.until))
    facts = (
        (words("release"), evidence.title),
        (words("size"), words("release_size", words=evidence.words, paragraphs=evidence.paragraphs)),
        (words("release_hash"), evidence.digest),
        (words("period"), period),
        (words("compared"), words("n_compared", articles=evidence.compared)),
        (words("least"), words("least_is", share=words.share(evidence.least))),
        (words("counts"), words("found", runs=len(evidence.runs), outlets=outlets, advertorials=advertorials)),
    )
    blocks = [block for number, run in enumerate(evidence.runs, 1) for block in _run(number, run, evidence, words)]
    return Report(words.language, words("bukti"), facts, tuple(blocks), (_sheet(evidence, words),))


def extent(share: float) -> str:
    """The key of the word for how much of a release was run.

    >>> extent(0.9), extent(0.5), extent(0.2)
    ('whole', 'most', 'part')
    """
    return "whole" if share >= WHOLE else "most" if share >= MOST else "part"


def _run(number: int, run: Run, evidence: Evidence, words: Words) -> Iterator[Block]:
    yield Entry(number, run.title or words("no_title"))
    parts = (run.outlet, words.day(run.day), words.time(run.published), words.kind(run.kind))
    yield Paragraph((Span(" · ".join(filter(None, parts))),))
    if run.link:
        yield Paragraph((Span("", run.link),))
    part, size = run.overlap, evidence.paragraphs
    ran = words("ran", share=words.share(part.share), paragraphs=part.paragraphs, of=size)
    own = words("of_article", share=words.share(part.of_article))
    longest = words("longest_is", words=part.longest)
    yield Paragraph((Span(f"{ran} ({words(extent(part.share))}); {longest}; {own}."),))
    yield Paragraph((Span(f"{words('hash')}: {run.digest}"),), faint=True)


def _sheet(evidence: Evidence, words: Words) -> Sheet:
    columns = (
        "number", "date", "time", "outlet", "headline", "kind", "advertorial", "share", "extent", "longest",
        "paragraphs", "from_release", "link", "hash",
    )  # fmt: skip
    rows = tuple(_row(number, run, words) for number, run in enumerate(evidence.runs, 1))
    percent = frozenset(map(columns.index, ("share", "from_release")))
    return Sheet(words("articles"), tuple(map(words, columns)), rows, percent)


def _row(number: int, run: Run, words: Words) -> tuple[Cell, ...]:
    part = run.overlap
    return (
        number,
        date.fromisoformat(run.day),
        words.time(run.published),
        run.outlet,
        run.title,
        words.kind(run.kind),
        words("yes" if run.kind == "advertorial" else "no"),
        round(part.share, 4),
        words(extent(part.share)),
        part.longest,
        part.paragraphs,
        round(part.of_article, 4),
        run.link,
        run.digest,
    )
