"""The store: tagged articles in one SQLite file that other programs can read as it is.

    with open_store(path) as store:
        store.add(articles)
        store.search(parse("banjir kota:15.71 sejak:7d"))

Tables are named in the singular and may change with a migration; the views in the plural (`articles`, `cities`,
`officials`, `organizations`, `countries`, `events`, `mentions`, `quotes`, `removed`, `versions`, `clusters`, `sites`,
`daily`, `corrections`, `saved_searches`, `alerts`) are for other programs, and their columns stay.
"""

from __future__ import annotations

from kabar.store.errors import QueryError, StoreError
from kabar.store.overrides import Correction, Override
from kabar.store.query import Query, parse
from kabar.store.saved import SavedSearch
from kabar.store.store import Added, Store, open_store

__all__ = [
    "Added",
    "Correction",
    "Override",
    "Query",
    "QueryError",
    "SavedSearch",
    "Store",
    "StoreError",
    "open_store",
    "parse",
]
