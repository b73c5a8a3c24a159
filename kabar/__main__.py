"""`python -m kabar`: the same as the `kabar` command."""

from __future__ import annotations

from kabar.cli import main

if __name__ == "__main__":
    main()
