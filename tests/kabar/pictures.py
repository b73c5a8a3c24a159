"""Takes the picture of an explanation in docs/, over a sample.

python -m tests.kabar.pictures docs
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from rich.text import Text

from kabar.console import PlainConsole
from kabar.explanation import explanation
from scraper import clean
from tagger import load, tag

SAMPLE = Path("samples/advertorial-muaro-jambi.html")
COLUMNS = 110


def main(folder: Path) -> None:
    console = PlainConsole(
        record=True, width=COLUMNS, force_terminal=True, color_system="truecolor", file=io.StringIO()
    )
    console.rule(Text(str(SAMPLE)), align="left")
    console.print(explanation(tag(clean(SAMPLE.read_bytes()), load()), colour=True))
    console.save_svg(str(folder / "explain.svg"), title=f"kabar explain {SAMPLE}", unique_id="explain")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
