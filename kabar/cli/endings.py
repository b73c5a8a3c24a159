"""What the name of an output file tells of its format: the same way for every command that writes one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kabar.cli.talk import usage_error

if TYPE_CHECKING:
    from kabar.cli.options import Layouts
    from kabar.output import Layout

Form = TypeVar("Form")
LAYOUTS: Mapping[str, Layout | None] = {"": None, ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json"}
FROM_A_STORE = "`kabar tag --store news.db` keeps them, and `kabar export --store news.db` writes {}"
NO_LAYOUTS = {
    ".csv": FROM_A_STORE.format("tables"),
    ".xlsx": FROM_A_STORE.format("workbooks"),
    ".parquet": FROM_A_STORE.format("it"),
}


def form_of(output: Path | None, endings: Mapping[str, Form], way_out: Mapping[str, str], option: str) -> Form:
    """The format that a file's ending means; ends the run where it means none.

    Args:
        output: the file; None for standard output.
        endings: the format of each ending (".csv"); that of "" is for a file without one and for standard output.
        way_out: what to do about an ending that is asked for often and means none.
        option: that says the format in so many words.
    """
    ending = output.suffix.lower() if output else ""
    if ending in endings:
        return endings[ending]
    known = [*filter(None, endings)]
    hint = way_out.get(ending, f"say {option} for another one")
    raise usage_error(
        f"{output}: no format ends in {ending}; there are {', '.join(known[:-1])} and {known[-1]}; {hint}"
    )


def layout_of(asked: Layouts | None, output: Path | None) -> Layout:
    """The layout of documents that is asked for, else the one that the file's ending means; ends the run at others."""
    from kabar.output import layout_for

    told = asked.value if asked else form_of(output, LAYOUTS, NO_LAYOUTS, "--format")
    return layout_for(told, output)
