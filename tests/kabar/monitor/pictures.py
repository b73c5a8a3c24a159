"""Takes the pictures of the monitor in docs/, over made-up news, in a headless Chromium.

python -m tests.kabar.monitor.pictures docs
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from kabar.monitor.app import create_app
from kabar.store import open_store
from tests.kabar.monitor.browsing import launched, watched
from tests.kabar.monitor.made_news import Newsroom
from tests.kabar.monitor.serving import served

ARTICLES = 1500
PICTURES: dict[str, tuple[str, dict[str, Any]]] = {
    "monitor": ("/?lang=en", {"viewport": {"width": 1280, "height": 1180}}),
    "monitor-search": ("/search?q=banjir+kota%3A15&lang=en", {"viewport": {"width": 1280, "height": 860}}),
    "monitor-place": ("/place/15.71?lang=en", {"viewport": {"width": 1280, "height": 1000}}),
    "monitor-article": (
        "/article/{edited}?lang=en",
        {"viewport": {"width": 1280, "height": 1000}, "color_scheme": "dark"},
    ),
    "monitor-phone": ("/", {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}),
}


def fill(path: Path) -> str:
    """Makes the news; gives the id of an article that was edited and has copies, of a city that is in the news."""
    room = Newsroom()
    made = list(room.articles(ARTICLES))
    with open_store(path) as store:
        store.add(made)
        edited = next(
            one
            for one in reversed(made)
            if any(city.code == "15.71" for city in one.cities) and len(store.story(one.id)) > 1
        )
        store.add([room.edited(edited)])
    return edited.id


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "news.db"
        edited = fill(path)
        with served(create_app(path)) as (host, port), launched() as browser:
            for name, (address, options) in PICTURES.items():
                with watched(browser, f"http://{host}:{port}", **options) as page:
                    page.goto(address.format(edited=edited))
                    page.screenshot(path=folder / f"{name}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
