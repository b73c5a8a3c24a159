"""A real headless Chromium that is watched: what a page says on its console, and whom it asks."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from tests.timing import PATIENCE

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MARKS = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed: apt install chromium"),
]
ALLOWED = re.compile(r"Failed to load resource: the server responded with a status of 40[04]")


@contextlib.contextmanager
def launched() -> Iterator[Any]:
    """A browser."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@contextlib.contextmanager
def watched(browser: Any, address: str, **options: Any) -> Iterator[Any]:
    """A page that must stay quiet and at home: nothing on its console, where violations of the policy are told too."""
    said: list[str] = []
    elsewhere: list[str] = []
    options.setdefault("viewport", {"width": 1280, "height": 900})
    context = browser.new_context(base_url=address, **options)
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda asked: asked.url.startswith(address) or elsewhere.append(asked.url))
    yield page
    context.close()
    loud = [line for line in said if not ALLOWED.match(line)]
    assert not loud, loud
    assert not elsewhere, elsewhere
