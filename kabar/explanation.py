"""A tagged article told to a person: marked text, the evidence behind each entity, and what was removed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec
from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kabar.console import PlainConsole
from kabar.documents import Done
from kabar.printable import printable
from tagger.document import Entity, Field, TaggedArticle

STYLES = {
    "city": "bold green",
    "official": "bold magenta",
    "organization": "bold blue",
    "country": "bold yellow",
    "event": "bold cyan",
    "person": "underline",
    "place": "italic",
}


class Explainer:
    """Prints an explanation of each document that it is given, in colour where the terminal has it."""

    def __init__(self) -> None:
        self._console = PlainConsole()

    def write(self, done: Done) -> None:
        """Prints one explanation."""
        article = msgspec.json.decode(done.json, type=TaggedArticle)
        coloured = self._console.is_terminal and not self._console.no_color
        self._console.rule(Text(printable(done.name)), align="left")
        self._console.print(explanation(article, colour=coloured))

    def close(self) -> None:
        """Nothing ends the explanations."""


def explanation(article: TaggedArticle, *, colour: bool) -> RenderableType:
    """Tells how an article came to be.

    Args:
        article: as the tagger gave it.
        colour: show entities by colour; else in square brackets with their type.
    """
    mark = _coloured if colour else _bracketed
    parts: list[RenderableType] = []
    if article.title:
        parts += [Text.assemble(mark(article, "title"), style="bold"), Text()]
    parts += [mark(article, "text"), Text()]
    parts += [_legend(), Text()] if colour else []
    parts += [_why(article), Text(), _quotes(article), Text(), _removed(article), Text(_body(article), style="dim")]
    return Group(*parts)


def _in_field(article: TaggedArticle, field: Field) -> tuple[str, list[Entity]]:
    source = (article.title or "") if field == "title" else article.text
    return source, [entity for entity in article.entities if entity.field == field and entity.type in STYLES]


def _coloured(article: TaggedArticle, field: Field) -> Text:
    source, entities = _in_field(article, field)
    text = Text(printable(source))
    for entity in sorted(entities, key=lambda entity: entity.start - entity.end):  # longest first, so inner ones show
        text.stylize(STYLES[entity.type], entity.start, entity.end)
    return text


def _bracketed(article: TaggedArticle, field: Field) -> Text:
    source, entities = _in_field(article, field)
    marks = [(entity.start, 1, -entity.end, "[") for entity in entities]
    marks += [(entity.end, 0, -entity.start, f"|{entity.type}]") for entity in entities]
    out, last = [], 0
    for at, _, _, mark in sorted(marks):
        out += [source[last:at], mark]
        last = at
    return Text(printable("".join([*out, source[last:]])))


def _legend() -> Text:
    return Text("  ").join(Text(kind, style=style) for kind, style in STYLES.items())


def _why(article: TaggedArticle) -> RenderableType:
    table = _table("type", "in the text", "refers to", "by", "because of", "times")
    reasons = Counter(
        (entity.type, entity.text, _referent(article, entity.ref), entity.evidence.by, entity.evidence.cue)
        for entity in article.entities
        if entity.type in STYLES
    )
    for (kind, text, referent, by, cue), times in reasons.items():
        table.add_row(Text(kind, style=STYLES[kind]), *_texts(text, referent, by, cue, str(times)))
    return table if reasons else Text("No entity was found.")


def _referent(article: TaggedArticle, ref: str | None) -> str:
    if ref is None:
        return ""
    collection, _, index = ref.partition("/")
    entries: Sequence[object] = getattr(article, collection, ())
    if not index.isdecimal() or int(index) >= len(entries):
        return ref
    entry = entries[int(index)]
    known_as = (getattr(entry, name, None) for name in ("name", "code", "alpha2", "office"))
    return ", ".join(str(value) for value in known_as if value)


def _quotes(article: TaggedArticle) -> RenderableType:
    table = _table("speaker", "verb", "quote")
    for quote in article.quotes:
        table.add_row(*_texts(quote.speaker or "not known", quote.verb or "", quote.text))
    return table if article.quotes else Text("No quote was found.")


def _removed(article: TaggedArticle) -> RenderableType:
    table = _table("removed by rule", "times", "first of them")
    for entry in article.removed:
        table.add_row(*_texts(entry.rule, str(entry.count), entry.sample))
    return table if article.removed else Text("Nothing was removed.")


def _body(article: TaggedArticle) -> str:
    parts = [f"kind: {article.kind}", f"body found by: {article.method or 'not told'}"]
    if article.confidence is not None:
        parts.append(f"confidence: {article.confidence:.2f}")
    parts += [f"note: {warning}" for warning in article.warnings]
    return printable("; ".join(parts))


def _table(*headings: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _texts(*cells: str) -> Iterator[Text]:
    return (Text(printable(" ".join(cell.split()))) for cell in cells)
