"""The output formats by name; nothing heavy is imported here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """One output format.

    Attributes:
        name: as given on the command line; its module is `kabar.export.<name with _>`.
        suffix: of a file in it.
        media_type: IANA type.
        about: one line for a person.
        edits: whether it tells when an item last changed, which then is when the store saw its newest text.
    """

    name: str
    suffix: str
    media_type: str
    about: str
    edits: bool = False


FORMATS = (
    Format("jsonl", ".jsonl", "application/x-ndjson", "one TaggedArticle a line, everything kept"),
    Format("csv", ".csv", "text/csv; charset=utf-8", "one row an article, for spreadsheets"),
    Format(
        "xlsx",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "workbook: articles, places, officials, organizations, countries, events, quotes",
    ),
    Format("parquet", ".parquet", "application/vnd.apache.parquet", "columns with nested lists, for DuckDB and pandas"),
    Format("ninjs", ".jsonl", "application/x-ndjson", "IPTC ninjs 3.0, one news item a line", edits=True),
    Format("jsonfeed", ".json", "application/feed+json", "JSON Feed 1.1", edits=True),
    Format("atom", ".atom", "application/atom+xml", "Atom 1.0 (RFC 4287)", edits=True),
    Format("opensearch", ".ndjson", "application/x-ndjson", "bulk body for OpenSearch and Elasticsearch"),
    Format("gkg", ".csv", "text/tab-separated-values; charset=utf-8", "the 27 columns of the GDELT GKG 2.1 codebook"),
    Format("ftm", ".jsonl", "application/x-ndjson", "FollowTheMoney entities, for Aleph and OpenAleph"),
    Format("label-studio", ".json", "application/json", "tasks with the tags as predictions, for annotation"),
)
