"""Raw document → article → tagged article, one at a time or in batches, in one process or several.

A `Task` is a plain value that says what shall be done; opening it loads what it needs (the tagger, once a process)
and gives a `Step` that works on batches. So the same task runs here, in a worker process, or on another machine.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Protocol

import msgspec

from kabar.documents import Done, Idle, Outcome, Problem, Raw, Read, Skipped
from scraper.article import Article
from scraper.errors import CleanError, NoArticle
from scraper.page import Page

if TYPE_CHECKING:
    from spacy.language import Language

    from scraper.sites import Registry
    from tagger.document import TaggedArticle

BATCH_SIZE = 32
BATCH_BYTES = 16 * 2**20
LITTLE = 64 * 2**10
"""Bytes of documents that can neither take long nor fill the memory, whatever they hold; a worker costs 0.05 s."""

Step = Callable[[Sequence[Read]], list[Outcome]]
ReadText = Callable[[Raw], Article]


class Task(Protocol):
    """What shall be done with every document; small, and can be sent to another process."""

    def open(self) -> Step:
        """Loads what the work needs."""
        ...

    def beside_others(self) -> Task:
        """The same work for one of several processes, which leaves the other processors alone."""
        ...


@dataclass(frozen=True, slots=True)
class Cleaning:
    """Raw documents to `Article` lines.

    Attributes:
        read_text: how plain text becomes an article: `clean_text` or `keep_text`.
    """

    read_text: ReadText

    def open(self) -> Step:
        """Gives the step; nothing has to be loaded."""
        return self._run

    def beside_others(self) -> Cleaning:
        """The same: cleaning uses one processor."""
        return self

    def _run(self, batch: Sequence[Read]) -> list[Outcome]:
        return [_encoded(to_article(read, self.read_text)) for read in batch]


@dataclass(frozen=True, slots=True)
class Joining:
    """Raw documents to `Article` lines, saved pages of one article joined; all of them are held until the end.

    The work is done here, not in workers: of their limits only the sizes of documents hold.

    Attributes:
        read_text: how plain text becomes an article: `clean_text` or `keep_text`.
    """

    read_text: ReadText

    def run(self, documents: Iterable[Read]) -> Generator[Outcome]:
        """The problems as they come, then the articles in the order of their first pages."""
        from scraper.clean.paging import join_saved

        articles: list[Article] = []
        for read in documents:
            outcome = to_article(read, self.read_text)
            if isinstance(outcome, Problem):
                yield outcome
            else:
                articles.append(outcome[1])
        for article in join_saved(articles):
            yield _encoded((article.file or article.url or article.id, article))


@dataclass(frozen=True, slots=True)
class Tagging:
    """Raw documents to `TaggedArticle` lines.

    Attributes:
        read_text: how plain text becomes an article: `clean_text` or `keep_text`.
        model: a spaCy pipeline for NER in place of the one shipped.
        rules_only: no NER by model.
        threads: of the NER model; 0 takes one a processor.
        sites: definitions of publishers; None goes by those that ship.
    """

    read_text: ReadText
    model: str | None = None
    rules_only: bool = False
    threads: int = 0
    sites: Registry | None = None

    def beside_others(self) -> Tagging:
        """With one thread for the model."""
        return replace(self, threads=1)

    def open(self) -> Step:
        """Loads the tagger.

        Raises:
            TaggerError: weights or gazetteers are missing or damaged.
        """
        from tagger import load

        nlp = load(self.model, rules_only=self.rules_only)
        if self.threads and nlp.has_pipe("kabar_ner"):
            nlp.get_pipe("kabar_ner").threads = self.threads  # type: ignore[attr-defined]
        return lambda batch: [_encoded(outcome) for outcome in self._tagged(batch, nlp)]

    def _tagged(self, batch: Sequence[Read], nlp: Language) -> Iterator[tuple[str, TaggedArticle] | Problem]:
        from tagger import tag_many

        cleaned = [to_article(read, self.read_text, self.sites) for read in batch]
        articles = [item[1] for item in cleaned if not isinstance(item, Problem)]
        tagged = tag_many(articles, nlp, batch_size=BATCH_SIZE)
        for item in cleaned:
            yield item if isinstance(item, Problem) else (item[0], next(tagged))


def run(task: Task, documents: Iterable[Read | Idle], workers: int = 0) -> Generator[Outcome]:
    """Does a task to a stream of documents; the outcomes keep its order, and little is read ahead.

    Whatever was read before a mark of `Idle` comes out before the stream is asked for more. The work is done in worker
    processes, which no document can keep for ever or take more memory from than they have; only where all there is to
    do is `LITTLE`, and nobody said how many workers it shall be, it is done here.

    Args:
        task: what to do.
        documents: read lazily.
        workers: processes; 0 takes one for each processor once there is a whole batch, and one for what comes bit by
            bit.

    Raises:
        TaggerError: what the task needs cannot be loaded.
        WorkerError: worker processes cannot be started.
    """
    parts = batches(documents)
    first = next(parts, None)
    comes_slowly = first == [] or (first is not None and _was_fetched(first[-1]))
    first = first or next(filter(None, parts), None)
    if first is None:
        return
    if not workers and not comes_slowly and len(first) < BATCH_SIZE and _bytes(first) <= LITTLE:
        second = next(parts, None)
        if second is None:
            yield from task.open()(first)
            return
        parts = chain([second], parts)
    from kabar.workers import run_in_workers, usable_processors

    count = workers or (usable_processors() if _is_whole(first) else 1)
    yield from run_in_workers(task if count == 1 else task.beside_others(), chain([first], parts), count)


def batches(documents: Iterable[Read | Idle]) -> Iterator[list[Read]]:
    """Groups documents by number and by bytes; one that was fetched does not wait for the next.

    An empty group asks for all that was given out before the next is asked for.
    """
    part: list[Read] = []
    for document in documents:
        if isinstance(document, Idle):
            yield from (part, []) if part else ([],)
            part = []
            continue
        part.append(document)
        if _is_whole(part) or _was_fetched(document):
            yield part
            part = []
    if part:
        yield part


def _is_whole(part: Sequence[Read]) -> bool:
    return len(part) == BATCH_SIZE or _bytes(part) >= BATCH_BYTES


def _bytes(part: Sequence[Read]) -> int:
    return sum(document.size for document in part if isinstance(document, Raw))


def to_article(read: Read, read_text: ReadText, sites: Registry | None = None) -> tuple[str, Article] | Problem:
    """Cleans one document, and adds to the article what was given beside it.

    Args:
        read: a document, or a problem, which is handed on.
        read_text: how plain text becomes an article.
        sites: definitions of publishers; None goes by those that ship.
    """
    if isinstance(read, Problem):
        return read
    try:
        article = _to_article(read, read_text, sites)
    except NoArticle as error:
        archived = isinstance(read.content, Page) and read.content.archived is not None
        return Skipped(read.name, error.reason) if archived else Problem(read.name, error.reason)
    except CleanError as error:
        return Problem(read.name, error.reason)
    return read.name, _with_given(article, read)


def clean_text(raw: Raw) -> Article:
    """Plain text through the cleaner's phrase rules. Raises CleanError."""
    import scraper

    return scraper.clean_text(_text(raw), title=raw.title, url=raw.url)


def keep_text(raw: Raw) -> Article:
    """Plain text as it stands, character by character."""
    text = _text(raw)
    return Article(
        id=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16],
        text=text,
        title=raw.title,
        url=raw.url,
        lead=next((line for line in text.splitlines() if line.strip()), None),
        method="text",
    )


def _text(raw: Raw) -> str:
    if not isinstance(raw.content, str):
        raise TypeError(f"{raw.name} is no plain text")
    return raw.content


def _to_article(raw: Raw, read_text: ReadText, sites: Registry | None) -> Article:
    from scraper.clean.cleaner import clean_page

    match raw.content:
        case Article() as article:
            return article
        case Page() as page:
            return _joined(clean_page(page, raw.url, sites), raw.parts, sites)
        case _:
            return read_text(raw)


def _joined(first: Article, further: Sequence[Page], sites: Registry | None) -> Article:
    """One article of its pages; a further page without any article in it is told, not lost in silence."""
    if not further:
        return first
    from scraper.clean.cleaner import clean_page
    from scraper.clean.paging import join_parts

    parts, warnings = [first], []
    for page in further:
        try:
            parts.append(clean_page(page, sites=sites))
        except CleanError as error:
            warnings.append(f"a further page is left out: {page.url}: {error.reason}")
    whole = join_parts(parts)
    return msgspec.structs.replace(whole, warnings=(*whole.warnings, *warnings)) if warnings else whole


def _with_given(article: Article, raw: Raw) -> Article:
    return msgspec.structs.replace(
        article,
        id=raw.id or article.id,
        file=_file(raw) or article.file,
        title=article.title or raw.title,
        published=article.published or raw.published,
        warnings=(*article.warnings, *raw.warnings),
    )


def _file(raw: Raw) -> str | None:
    """The path as given; bytes of it that are no UTF-8 are written as escapes."""
    return None if raw.file is None else os.fsencode(raw.file).decode("utf-8", "backslashreplace")


def _encoded(outcome: tuple[str, Article] | Problem) -> Outcome:
    if isinstance(outcome, Problem):
        return outcome
    name, document = outcome
    try:
        return Done(name, msgspec.json.encode(document))
    except UnicodeEncodeError:
        return Problem(name, "the text holds half a surrogate pair, which no JSON can carry")


def _was_fetched(document: Read) -> bool:
    return isinstance(document, Raw) and document.file is None
