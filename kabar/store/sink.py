"""A run's output into a store."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import msgspec

from kabar.documents import Done
from kabar.output import Writer
from kabar.store.store import BATCH, Store, open_store
from tagger.document import TaggedArticle


class StoreWriter:
    """Puts documents into a store, a batch in one transaction.

    Args:
        store: where they go.
        beside: what also takes each of them, if anything.
    """

    def __init__(self, store: Store, beside: Writer | None) -> None:
        self._store = store
        self._beside = beside
        self._batch: list[TaggedArticle] = []

    def write(self, done: Done) -> None:
        """Takes one document."""
        self._batch.append(msgspec.json.decode(done.json, type=TaggedArticle))
        if self._beside is not None:
            self._beside.write(done)
        if len(self._batch) == BATCH:
            self.close()

    def close(self) -> None:
        """Puts what is left."""
        batch, self._batch = self._batch, []
        self._store.add(batch)


@contextlib.contextmanager
def into_store(path: Path, beside: AbstractContextManager[Writer] | None) -> Iterator[Writer]:
    """Opens a store as the output of a run; what was done before an interrupt is in it.

    Raises:
        StoreError: the file is no store, newer, or cannot be opened.
    """
    with open_store(path) as store, contextlib.ExitStack() as stack:
        writer = StoreWriter(store, stack.enter_context(beside) if beside is not None else None)
        try:
            yield writer
        finally:
            writer.close()
