"""A digest as a report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from kabar.digest.gathering import Clip, Digest, Section, Story
from kabar.report.document import Block, Bullets, Cell, Entry, Heading, Paragraph, Report, Sheet, Span
from kabar.report.words import Words

Body = Literal["lead", "full"]
"""How much of an article a digest prints: its first paragraph, or all."""


def digest_report(digest: Digest, words: Words, body: Body) -> Report:
    """Lays a digest out, in the language of the words."""
    outlets = len({clip.domain or clip.outlet for clip in digest.clips})
    counts = words("n_stories", stories=len(digest.stories), articles=len(digest.clips), outlets=outlets)
    facts = [_period(digest, words), (words("counts"), counts)]
    if digest.query:
        facts.insert(1, (words("query"), digest.query))
    blocks = [block for section in digest.sections for block in _section(section, digest, words, body)]
    return Report(words.language, words("kliping"), tuple(facts), tuple(blocks), (_sheet(digest, words),))


def _period(digest: Digest, words: Words) -> tuple[str, str]:
    first, last = words.day(digest.since), words.day(digest.until)
    return (words("day"), first) if first == last else (words("period"), f"{first} – {last}")


def _section(section: Section, digest: Digest, words: Words, body: Body) -> Iterator[Block]:
    stories = words("n_stories_of", stories=len(section.stories))
    yield Heading(f"{name_of(section, words)}: {stories}")
    if section.also:
        numbers = ", ".join(map(str, section.also))
        yield Paragraph((Span(words("also_here", numbers=numbers)),), faint=True)
    for story in section.stories:
        yield from _story(story, digest, words, body)


def name_of(section: Section, words: Words) -> str:
    """The heading of a section: a name, with the office, acronym or province that tells it apart."""
    topic = section.topic
    if topic is None:
        return words("others")
    return f"{topic.name} ({topic.note})" if topic.note and topic.note != topic.name else topic.name


def _story(story: Story, digest: Digest, words: Words, body: Body) -> Iterator[Block]:
    first, *copies = story.clips
    yield Entry(story.number, first.title or words("no_title"))
    yield Paragraph(_where(first, digest, words), faint=True)
    for paragraph in first.text.split("\n\n") if body == "full" else [first.lead]:
        yield Paragraph((Span(paragraph),))
    if story.began is not None:
        outlet = story.began.site or "-"
        yield Paragraph((Span(words("began", day=words.day(story.began.day), outlet=outlet)),), faint=True)
    for label, names in ((words("officials"), first.officials), (words("cities"), first.cities)):
        if names:
            yield Paragraph((Span(f"{label}: {'; '.join(names)}"),), faint=True)
    if copies:
        yield Paragraph((Span(words("also_at")),), faint=True)
        yield Bullets(tuple(_copy(copy, digest, words) for copy in copies))


def _where(clip: Clip, digest: Digest, words: Words) -> tuple[Span, ...]:
    """Outlet, day where the digest has several, time, kind, link."""
    day = words.day(clip.day) if digest.since != digest.until else ""
    parts = (clip.outlet, day, words.time(clip.published), words.kind(clip.kind))
    line = " · ".join(filter(None, parts))
    return (Span(f"{line} · "), Span("", clip.link)) if clip.link else (Span(line),)


def _copy(clip: Clip, digest: Digest, words: Words) -> tuple[Span, ...]:
    own = words("own_share", share=words.share(clip.own))
    line, *link = _where(clip, digest, words)
    return (Span(f"{line.text}{own} · " if link else f"{line.text} · {own}"), *link)


def _sheet(digest: Digest, words: Words) -> Sheet:
    columns = (
        "number", "section", "date", "time", "outlet", "headline", "kind", "own", "lead", "cities", "officials",
        "organizations", "link",
    )  # fmt: skip
    rows = tuple(
        _row(clip, story, section, words)
        for section in digest.sections
        for story in section.stories
        for clip in story.clips
    )
    return Sheet(words("articles"), tuple(map(words, columns)), rows, frozenset({columns.index("own")}))


def _row(clip: Clip, story: Story, section: Section, words: Words) -> tuple[Cell, ...]:
    return (
        story.number,
        name_of(section, words),
        date.fromisoformat(clip.day),
        words.time(clip.published),
        clip.outlet,
        clip.title,
        words.kind(clip.kind),
        clip.own if clip is not story.clips[0] else None,
        clip.lead,
        "; ".join(clip.cities),
        "; ".join(clip.officials),
        "; ".join(clip.organizations),
        clip.link,
    )
