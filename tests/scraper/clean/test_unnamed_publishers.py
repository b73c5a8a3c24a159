"""Pages that tell neither their publisher nor their headline where machines look for them."""

from __future__ import annotations

import pytest
from lxml import etree

from scraper.clean import clean
from scraper.clean.descriptors import owner_of

TITLE = "Empat Perahu Nelayan Kuala Sembilang Diperbaiki"
PARAGRAPHS = [
    "Empat perahu nelayan yang rusak dihantam ombak pekan lalu mulai diperbaiki di galangan kecil Kuala Sembilang.",
    "Tukang kayu setempat mengerjakannya bersama pemilik perahu, sedangkan papan disumbang oleh koperasi nelayan.",
    "Ketua koperasi berharap semua perahu sudah dapat melaut lagi sebelum musim udang dimulai bulan depan.",
    "Selama perbaikan, para nelayan menumpang perahu tetangga dan berbagi hasil tangkapan dengan pemiliknya.",
]
OWNER = "<footer>© 2025 Sorot Kuala. All Rights Reserved.</footer>"


def page(byline: str, *, between: str = "", title: str = "Portal Sorot Kuala", headline: str = "div") -> str:
    head = f"<{headline} class='detail-title'>{TITLE}</{headline}><div>3 Februari 2025 08:15 WIB</div><p>{byline}</p>"
    first, *others = (f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    body = f"{first}{between}{''.join(others)}"
    return f"<html><head><title>{title}</title></head><body><div class='isi'>{head}{body}</div>{OWNER}</body></html>"


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Penulis: Rina Wulandari", ["Rina Wulandari"]),
        ("Monalisa - Sorot Kuala", ["Monalisa"]),
        ("Rina Wulandari | Sorot Kuala", ["Rina Wulandari"]),
        ("Sorot Kuala", []),
    ],
)
def test_headline_date_and_writer_in_the_texts_own_element_are_read(byline: str, names: list[str]) -> None:
    article = clean(page(byline))
    assert article.title == TITLE
    assert article.published is not None
    assert article.published.value == "2025-02-03T08:15:00+07:00"
    assert [author.name for author in article.authors] == names
    assert article.text.split("\n\n") == PARAGRAPHS


def test_a_subheading_over_the_text_without_date_or_byline_is_no_headline() -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    html = f"<html><body><div class='isi'><p>Perahu Rusak Dihantam Ombak Besar</p>{body}</div></body></html>"
    assert "Perahu Rusak Dihantam Ombak Besar" in clean(html).text


def test_calls_that_name_the_owner_are_told_between_paragraphs() -> None:
    call = "<p>Ikuti terus berita Sorot Kuala tentang musim udang.</p>"
    assert clean(page("Sorot Kuala", between=call)).text.split("\n\n") == PARAGRAPHS


@pytest.mark.parametrize(
    ("notice", "owner"),
    [
        ("© 2025 Sorot Kuala. All Rights Reserved.", "Sorot Kuala"),
        ("Copyright © 2019-2025 Sorot Kuala", "Sorot Kuala"),
        ("© Sorot Kuala 2025", "Sorot Kuala"),
        ("Copyright 2025 sorotkuala.example, hak cipta dilindungi", "sorotkuala.example"),
        ("© 2025", None),
        ("Hak siar ada pada penyelenggara", None),
    ],
)
def test_the_owner_is_read_from_the_notice_of_rights(notice: str, owner: str | None) -> None:
    tree = etree.fromstring(f"<html><body><p>{PARAGRAPHS[0]}</p><div>{notice}</div></body></html>", etree.HTMLParser())
    assert owner_of(tree) == owner
