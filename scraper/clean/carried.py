"""The article that a page carries as data alone, where its own text is absent or a stub.

Portals that draw their pages in the browser send the article as JSON-LD `articleBody`, or in what
`scraper.clean.states` reads. There it is told from the page's other articles and texts by three agreements, one of
which must hold: its title is the page's, or that of the address's slug, or it begins as the page describes itself.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import etree

from scraper.clean.blocks import Reading, read_blocks
from scraper.clean.decode import SILENT, decode, fold, parse
from scraper.clean.metadata import Metadata
from scraper.clean.states import Literal, decoded, literals, read_states
from scraper.clean.titles import words
from scraper.errors import CleanError

MIN_PROSE = 140
"""Characters of text that make a string an article's body."""

_LONE_PARAGRAPH = 300
_MAX_BODY = 500_000
_MAX_NODES = 30_000
_MAX_DEPTH = 8
_ENOUGH_WORDS = 3
_LITERAL_WORDS = 4
_SHORTEST_TITLE = 15
_OPENING = 60
_TOLD_CHARS = 100

_TAGS = re.compile(r"<[a-zA-Z/!][^<>]*>")
_PARAGRAPHS = re.compile(r"<(?:p|br|div)\b", re.IGNORECASE)
_ESCAPED_TAG = re.compile(r"&lt;(?:p|div|br|strong|em|span)\b", re.IGNORECASE)
_BODY_KEYS = frozenset(
    ("content", "body", "articlecontent", "articlebody", "detail", "details", "isi", "isiberita", "isiartikel",
     "konten", "text", "fulltext", "html", "contenthtml", "bodyhtml", "newscontent", "postcontent", "naskah",
     "story", "rendered", "raw", "blocks", "paragraphs", "document", "json", "root")
)  # fmt: skip
_TEXT_KEYS = ("data", "text", "value", "html", "rendered", "content", "children", "paragraph", "isi", "root", "blocks")
_TITLE_KEYS = ("title", "judul", "headline", "posttitle", "newstitle", "articletitle", "judulberita", "name")
_SLUG_KEYS = ("slug", "permalink", "url", "link", "path", "uri")
_PAID_KEYS = frozenset(("premium", "ispremium", "ispaid", "paid", "paywall", "ispaywall", "isplus"))
_TOLD_KEYS = {
    "published_at": (
        "publishedat", "publishdate", "publisheddate", "datepublished", "publishat", "publishtime", "published",
        "tanggalterbit", "tanggaltayang", "date", "tanggal", "createdat",
    ),
    "author": ("author", "penulis", "reporter", "wartawan", "writer", "authors"),
    "editor": ("editor", "redaktur"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Carried:
    """An article in a page's data.

    Attributes:
        body: HTML, or plain text.
        title: its headline, where told beside it.
        slug: its address or the last part of it, where told beside it.
        told: date and names that stand beside it, named as data layers name them (`Head.layer`).
    """

    body: str
    title: str | None = None
    slug: str | None = None
    told: Mapping[str, str] = field(default_factory=dict)


class PageTells(NamedTuple):
    """What a page tells of its article without its body."""

    titles: Sequence[str]
    description: str | None
    url: str | None


def carried_article(scripts: Sequence[str], page: PageTells) -> Carried | None:
    """The longest article in a page's data that agrees with what the page tells; None if there is none.

    Args:
        scripts: from `scraper.clean.states.state_scripts`.
        page: headline, `<title>`, description and address.
    """
    found, others = read_states(scripts)
    fitting = [told for told in _candidates(found) if _agrees(told, page)]
    if fitting:
        return max(fitting, key=lambda told: _prose(told.body))
    return next((told for script in others if (told := _among(list(literals(script, _SHORTEST_TITLE)), page))), None)


def completed(meta: Metadata, carried: Carried) -> Metadata:
    """The metadata with the body that the data carries, its headline, and what stands beside it: date and names.

    What the page tells itself goes first, but for a headline that is not the article's.
    """
    clues = meta.clues
    shown = clues is not None and clues.headline is not None
    strange = carried.title is not None and not (shown and _same_title(words(carried.title), words(meta.title or "")))
    if clues is not None and carried.told:
        clues = replace(clues, head=replace(clues.head, layer={**carried.told, **clues.head.layer}))
    body = max(carried.body, meta.article_body or "", key=_prose)
    return replace(meta, title=carried.title if strange else meta.title, article_body=body, clues=clues)


def read_markup(body: str, drop: Iterable[str] = ()) -> Reading | None:
    """The blocks of a body that came as data, if it is HTML; None if it is plain text.

    Args:
        body: as it came.
        drop: CSS selectors of what the site definition takes out.
    """
    if not _TAGS.search(body):
        return None
    try:
        tree = parse(decode(f"<body>{body[:_MAX_BODY]}"))
    except CleanError:
        return Reading(())
    etree.strip_elements(tree, *SILENT, with_tail=False)
    return read_blocks([tree], drop)


# Candidates: objects that hold a body.


def _candidates(found: Iterable[Any]) -> Iterator[Carried]:
    stack: list[tuple[Any, Carried | None]] = [(value, None) for value in found]
    stack.reverse()
    for _ in range(_MAX_NODES):
        if not stack:
            return
        value, above = stack.pop()
        if isinstance(value, str):
            value = decoded(value)
        if isinstance(value, list):
            stack += [(item, above) for item in reversed(value) if _leads_on(item)]
        elif isinstance(value, dict):
            keys = {_squashed(key): item for key, item in value.items()}
            if any(keys.get(key) not in (None, False, 0, "", "0", "false") for key in _PAID_KEYS):
                continue
            body = _body_of(keys)
            below = [(key, item) for key, item in keys.items() if _leads_on(item)]
            if body or below:
                own = _labels(keys, above)
                yield from [replace(own, body=body)] if body else []
                stack += [(item, own if key in _BODY_KEYS else None) for key, item in reversed(below)]


def _leads_on(value: Any) -> bool:
    """Whether a value may hold objects; JSON is also sent inside of strings."""
    return isinstance(value, (dict, list)) or (
        isinstance(value, str) and len(value) > MIN_PROSE and value.startswith(("{", "[{"))
    )


def _squashed(key: str) -> str:
    return key.replace("_", "").replace("-", "").lower()


def _labels(keys: Mapping[str, Any], above: Carried | None) -> Carried:
    """What stands beside the body; a body that lies deeper is still under the labels above it."""
    title, slug = _first_text(keys, _TITLE_KEYS), _first_text(keys, _SLUG_KEYS)
    if title is None and above is not None:
        return above
    told = {name: text for name, wanted in _TOLD_KEYS.items() if (text := _first_text(keys, wanted))}
    return Carried("", title, slug, {name: fold(text) for name, text in told.items() if len(text) <= _TOLD_CHARS})


def _first_text(keys: Mapping[str, Any], wanted: Iterable[str]) -> str | None:
    return next((text for key in wanted if (text := _plain(keys.get(key)))), None)


def _plain(value: Any) -> str | None:
    """A text, name or time: as it is, inside of an object, or the first of several."""
    value = value[0] if isinstance(value, list) and value else value
    if isinstance(value, dict):
        value = next(
            (value[key] for key in ("rendered", "name", "display_name", "nama", "title") if key in value), None
        )
    if isinstance(value, (int, float)) and 1e9 < value < 1e13:  # seconds or milliseconds since 1970
        return datetime.fromtimestamp(value / 1000 if value > 1e11 else value, UTC).isoformat(timespec="seconds")
    return fold(_TAGS.sub(" ", html.unescape(value[:1000]))) or None if isinstance(value, str) else None


def _body_of(keys: Mapping[str, Any]) -> str | None:
    """The longest text of an object that reads like a body: HTML of several paragraphs, or one under a usual key."""
    long = ((key, value) for key, value in keys.items() if isinstance(value, (str, dict, list)))
    found = [body for key, value in long if (body := _as_body(value, usual=key in _BODY_KEYS))]
    return max(found, key=_prose, default=None) if found else None


def _as_body(value: Any, *, usual: bool) -> str | None:
    if isinstance(value, str) and len(value) < MIN_PROSE:
        return None
    if usual and isinstance(value, str) and value.startswith(("{", "[{")):
        value = decoded(value)  # an editor's document
    if usual and isinstance(value, (dict, list)):
        value = _flowing(value)
    if not isinstance(value, str) or len(value) > _MAX_BODY:
        return None
    value = html.unescape(value) if _ESCAPED_TAG.search(value) and not _TAGS.search(value) else value
    parts = len(_PARAGRAPHS.findall(value)) if "<" in value else value.count("\n\n") * usual
    prose = _prose(value)
    return value if prose >= MIN_PROSE and (parts > 1 or (usual and prose >= _LONE_PARAGRAPH)) else None


def _flowing(value: Any) -> str | None:
    """The paragraphs of an editor's document: Editor.js, Portable Text, Tiptap, Lexical, or a plain list of texts."""
    for _ in range(_MAX_DEPTH):
        if not isinstance(value, dict):
            break
        value = next((value[key] for key in _TEXT_KEYS if isinstance(value.get(key), (str, dict, list))), None)
    if not isinstance(value, list):
        return value if isinstance(value, str) else None
    return "".join(f"<p>{text}</p>" for item in value if (text := _inline(item)))


def _inline(item: Any) -> str:
    stack = [(item, 0)]
    texts = []
    while stack:
        value, depth = stack.pop()
        if isinstance(value, str):
            texts.append(value)
        elif depth < _MAX_DEPTH and isinstance(value, list):
            stack += [(one, depth + 1) for one in reversed(value)]
        elif depth < _MAX_DEPTH and isinstance(value, dict):
            stack += [(value[key], depth + 1) for key in reversed(_TEXT_KEYS) if key in value]
    return "".join(texts)


def _prose(body: str) -> int:
    return len(fold(_TAGS.sub(" ", body)))


# Agreement with the page.


def _agrees(told: Carried, page: PageTells) -> bool:
    title = words(told.title or "")
    if len(title.split()) >= _ENOUGH_WORDS:
        if any(_same_title(title, words(shown)) for shown in page.titles):
            return True
        slug = _slug(page.url)
        if slug and slug in (title, _slug(told.slug)):
            return True
    return _opens_as_described(told.body, page)


def _same_title(title: str, shown: str) -> bool:
    return len(shown.split()) >= _ENOUGH_WORDS and (title in shown or shown in title)


def _slug(address: str | None) -> str | None:
    """The words of an address's last part, without numbers and endings; None of one that is too short."""
    try:
        last = unquote(urlsplit(address or "").path).rstrip("/").rpartition("/")[2]
    except ValueError:
        return None
    named = words(re.sub(r"\.\w{2,5}$", "", last).replace("_", "-"))
    named = re.sub(r"^(?:\d+ )+|(?: \d{3,})+$", "", named)
    return named if len(named.split()) >= _ENOUGH_WORDS else None


def _opens_as_described(body: str, page: PageTells) -> bool:
    described = words(page.description or "")[:_OPENING]
    return len(described) == _OPENING and described in words(html.unescape(_TAGS.sub(" ", body[:5000])))


def _among(found: Sequence[Literal], page: PageTells) -> Carried | None:
    """Of string literals, whose objects are not known: the one body that is described, or the only one of its title."""
    shown = [words(title) for title in page.titles]
    short = (told.text for told in found if len(told.text) < MIN_PROSE)
    title = next((text for text in short if any(_is_part(words(text), one) for one in shown)), None)
    bodies = [body for told in found if (body := _as_body(told.text, usual=_squashed(told.key) in _BODY_KEYS))]
    described = [body for body in bodies if _opens_as_described(body, page)]
    if described:
        return Carried(max(described, key=_prose), title)
    return Carried(bodies[0], title) if len(bodies) == 1 and title else None


def _is_part(title: str, shown: str) -> bool:
    return len(title.split()) >= _LITERAL_WORDS and title in shown
