"""Tagged articles in other formats: one module a format, each with `write(articles, out) -> int`.

`write` takes any iterable of `TaggedArticle`, reads it lazily, writes all of it to a binary stream and returns how many
articles it wrote: nothing is cut silently. A new format is one module here and one line in `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import BinaryIO, cast

from tagger.document import TaggedArticle

Writer = Callable[[Iterable[TaggedArticle], BinaryIO], int]


@dataclass(frozen=True, slots=True)
class Format:
    """One output format.

    Attributes:
        name: as given on the command line; its module is `kabar.export.<name with _>`.
        suffix: of a file in it.
        media_type: IANA type.
        about: one line for a person.
    """

    name: str
    suffix: str
    media_type: str
    about: str


FORMATS = (
    Format("jsonl", ".jsonl", "application/x-ndjson", "one TaggedArticle a line, everything kept"),
    Format("csv", ".csv", "text/csv; charset=utf-8", "one row an article, for spreadsheets"),
    Format(
        "xlsx",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "workbook: articles, places, officials, organizations, countries, quotes",
    ),
    Format("parquet", ".parquet", "application/vnd.apache.parquet", "columns with nested lists, for DuckDB and pandas"),
    Format("ninjs", ".jsonl", "application/x-ndjson", "IPTC ninjs 3.0, one news item a line"),
    Format("jsonfeed", ".json", "application/feed+json", "JSON Feed 1.1"),
    Format("atom", ".atom", "application/atom+xml", "Atom 1.0 (RFC 4287)"),
    Format("opensearch", ".ndjson", "application/x-ndjson", "bulk body for OpenSearch and Elasticsearch"),
    Format("gkg", ".csv", "text/tab-separated-values; charset=utf-8", "the 27 columns of the GDELT GKG 2.1 codebook"),
    Format("ftm", ".jsonl", "application/x-ndjson", "FollowTheMoney entities, for Aleph and OpenAleph"),
    Format("label-studio", ".json", "application/json", "tasks with the tags as predictions, for annotation"),
)


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


def _unknown(name: str) -> Format:
    raise KeyError(f"no format {name!r}; there are {', '.join(item.name for item in FORMATS)}")
