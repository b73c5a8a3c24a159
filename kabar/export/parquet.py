"""Parquet: one row an article, tags as nested lists; written in row groups of a thousand."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from kabar.export.rows import published_day
from tagger.document import TaggedArticle

if TYPE_CHECKING:
    import pyarrow

GROUP = 1_000


def write(articles: Iterable[TaggedArticle], out: BinaryIO) -> int:
    """Writes the file; returns how many articles.

    Raises:
        ImportError: pyarrow is missing: `pip install 'kabar[parquet]'`.
    """
    try:
        import pyarrow
        import pyarrow.parquet as parquet
    except ImportError as error:
        raise ImportError("parquet needs pyarrow: pip install 'kabar[parquet]'") from error
    schema, stream, count = _schema(pyarrow), iter(articles), 0
    with parquet.ParquetWriter(out, schema, compression="zstd") as file:
        while group := [record(article) for article in islice(stream, GROUP)]:
            file.write_table(pyarrow.Table.from_pylist(group, schema=schema))
            count += len(group)
    return count


def record(article: TaggedArticle) -> dict[str, Any]:
    """One row: scalars as columns, tags as lists of records without their mentions, which `mentions` counts."""
    plain = msgspec.to_builtins(article)
    row = {name: plain.get(name) for name in ("id", "url", "canonical_url", "title", "kind", "section", "language")}
    row |= {name: plain.get(name) for name in ("dateline", "text", "file", "confidence")}
    row |= {"site": article.site.domain, "site_name": article.site.name, "tags": list(article.tags)}
    row["published"] = article.published.value if article.published else None
    row["modified"] = article.modified.value if article.modified else None
    row["authors"] = [{"name": author.name, "role": author.role} for author in article.authors]
    row["day"] = published_day(article)
    for kind in ("cities", "officials", "organizations", "countries", "events"):
        row[kind] = [{**item, "mentions": len(item["mentions"])} for item in plain[kind]]
    row["quotes"] = [{key: quote[key] for key in ("speaker", "verb", "direct", "text")} for quote in plain["quotes"]]
    return row


def _schema(pa: Any) -> pyarrow.Schema:
    text, real, whole = pa.string(), pa.float64(), pa.int64()

    def many(**fields: Any) -> Any:
        return pa.list_(pa.struct(list(fields.items())))

    scalars = (
        "id", "url", "canonical_url", "title", "kind", "section", "language", "dateline", "text", "file",
        "site", "site_name", "published", "modified",
    )  # fmt: skip
    return pa.schema(
        [(name, text) for name in scalars]
        + [
            ("day", pa.date32()),
            ("confidence", real),
            ("tags", pa.list_(text)),
            ("authors", many(name=text, role=text)),
            ("cities", many(name=text, level=text, code=text, province=text, role=text, score=real, mentions=whole)),
            (
                "officials",
                many(
                    name=text,
                    office=text,
                    office_class=text,
                    jurisdiction=text,
                    organization=text,
                    status=text,
                    score=real,
                    mentions=whole,
                ),
            ),
            ("organizations", many(name=text, acronym=text, kind=text, jurisdiction=text, score=real, mentions=whole)),
            ("countries", many(name=text, alpha2=text, alpha3=text, via=text, score=real, mentions=whole)),
            ("events", many(name=text, score=real, mentions=whole)),
            ("quotes", many(speaker=text, verb=text, direct=pa.bool_(), text=text)),
        ]
    )
