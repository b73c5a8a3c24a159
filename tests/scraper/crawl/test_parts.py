"""Which pages are looked at for further ones: every kind of pager, and few others."""

from __future__ import annotations

import pytest

from scraper.crawl.parts import further_addresses
from scraper.page import Page

URL = "https://warta.example/daerah/banjir-surut-di-kota"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("?page=2", f"{URL}?page=2"),
        ("?PAGE=2", f"{URL}?PAGE=2"),
        (f"{URL}?page=all", f"{URL}?page=all"),
        (f"{URL}/2", f"{URL}/2"),
        ("/daerah/banjir-surut-di-kota/page/2/", f"{URL}/page/2/"),
        ("/daerah/banjir-surut-di-kota/halaman/2", f"{URL}/halaman/2"),
    ],
)
def test_every_kind_of_pager_is_followed(link: str, address: str) -> None:
    page = Page(body=f'<p>Satu.</p><ul class="pagination"><li><a href="{link}">2</a></ul>'.encode(), url=URL)
    assert further_addresses(page, 1.0) == (address,)


def test_a_page_beside_its_own_folder_is_followed() -> None:
    page = Page(body=b"<div id=paging><a href=2>2</a></div>", url=f"{URL}/")
    assert further_addresses(page, 1.0) == (f"{URL}/2",)


def test_a_long_delay_leaves_pages_out() -> None:
    pager = "".join(f'<a href="?page={number}">{number}</a>' for number in range(2, 10))
    page = Page(body=f'<div class="paging">{pager}</div>'.encode(), url=URL)
    assert len(further_addresses(page, 60.0)) == 2
    assert len(further_addresses(page, 0.0)) == 8


def test_pages_without_an_address_have_no_further_ones() -> None:
    assert further_addresses(Page(body=b'<div class="paging"><a href="?page=2">2</a></div>'), 1.0) == ()


@pytest.mark.parametrize(
    "link", ["http://[", "//[::1", "http://a]b/?page=3", "http://[x]/?page=3", "http://a℀b/?page=3"]
)
def test_a_pagers_link_that_is_no_address_costs_only_itself(link: str) -> None:
    pager = f'<ul class="pagination"><li><a href="{link}">3</a><a href="?page=2">2</a></ul>'
    page = Page(body=f"<p>Satu.</p>{pager}".encode(), url=URL)
    assert further_addresses(page, 1.0) == (f"{URL}?page=2",)
