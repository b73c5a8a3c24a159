"""Tagged articles in other formats: one module a format, each with `write(articles, out) -> int`.

`write` takes any iterable of `TaggedArticle`, reads it lazily, writes all of it to a binary stream and returns how many
articles it wrote: nothing is cut silently. A new format is one module here and one line in `formats.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO, cast

from kabar.export.formats import FORMATS, Format
from tagger.document import TaggedArticle

if TYPE_CHECKING:
    from kabar.store import Query, Store

__all__ = ["FORMATS", "Format", "Writer", "articles", "find", "writer"]

Writer = Callable[[Iterable[TaggedArticle], BinaryIO], int]


def find(name: str) -> Format:
    """The format of that name.

    Raises:
        KeyError: no such format.
    """
    return next((item for item in FORMATS if item.name == name), None) or _unknown(name)


def writer(name: str) -> Writer:
    """The writer of that format; its module is imported only now.

    Raises:
        KeyError: no such format.
        ImportError: the format needs an extra that is not installed; the message names it.
    """
    module = import_module(f"kabar.export.{find(name).name.replace('-', '_')}")
    return cast("Writer", module.write)


def articles(form: Format, store: Store, query: Query) -> Iterator[TaggedArticle]:
    """All articles that a query finds, as a format wants them; read lazily."""
    return store.editions(query) if form.edits else store.articles(query)


def _unknown(name: str) -> Format:
    raise KeyError(f"no format {name!r}; there are {', '.join(item.name for item in FORMATS)}")
