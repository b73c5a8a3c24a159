"""Everything that documents can be read from: files, folders, globs, lists, addresses and standard input.

    expand(arguments)   ─► Source, ...     which inputs there are; nothing is opened yet
    read(source)        ─► Raw, ...        what stands in one of them (`kabar.fetching` fetches addresses)

Both are lazy, and both yield a `Problem` in the place of what cannot be had, so a batch goes on.
"""

from __future__ import annotations

from kabar.inputs.formats import Format
from kabar.inputs.readers import read
from kabar.inputs.sources import Source, expand, listed

__all__ = ["Format", "Source", "expand", "listed", "read"]
