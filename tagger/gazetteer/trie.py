"""A trie over words: all names of a gazetteer are looked for in one pass over a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

T = TypeVar("T")


class Node(Generic[T]):
    """A prefix: what may follow, and what ends here."""

    __slots__ = ("next", "values")

    def __init__(self) -> None:
        self.next: dict[str, Node[T]] = {}
        self.values: tuple[T, ...] = ()


class Trie(Generic[T]):
    """Sequences of words, each with any number of values.

    >>> trie = Trie([(("way", "kanan"), "18.08")])
    >>> trie.longest(["di", "way", "kanan", "."], 1)
    (3, ('18.08',))
    """

    def __init__(self, entries: Iterable[tuple[Sequence[str], T]]) -> None:
        self.root: Node[T] = Node()
        for words, value in entries:
            node = self.root
            for word in words:
                node = node.next.setdefault(word, Node())
            node.values = (*node.values, value)

    def longest(self, words: Sequence[str], start: int, stop: int | None = None) -> tuple[int, tuple[T, ...]] | None:
        """The longest entry that begins at `start`: (end, values), or None.

        Args:
            words: the text.
            start: index of the first word.
            stop: index that the entry may not pass.
        """
        node = self.root.next.get(words[start])
        found = None
        at, last = start + 1, len(words) if stop is None else stop
        while node is not None:
            if node.values:
                found = (at, node.values)
            if at >= last:
                break
            node = node.next.get(words[at])
            at += 1
        return found
