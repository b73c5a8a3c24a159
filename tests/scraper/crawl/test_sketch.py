"""Fingerprints: equal for equal text, near for near copies, far for other news."""

from __future__ import annotations

from scraper.crawl.sketch import bands, content_digest, distance, simhash

STORY = (
    "Hujan deras sejak Senin malam membuat air Sungai Batanghari meluap dan merendam ratusan rumah di tiga kecamatan. "
    "Petugas badan penanggulangan bencana mengevakuasi warga lanjut usia dan anak dengan perahu karet ke balai desa. "
    "Camat setempat meminta warga tetap waspada karena hujan diperkirakan masih turun sampai akhir pekan. "
    "Dapur umum sudah dibuka di halaman kantor kelurahan, dan dinas kesehatan membagikan obat kulit kepada pengungsi. "
) * 3
OTHER = (
    "Harga cabai merah di pasar induk turun setelah pasokan dari dataran tinggi kembali lancar, kata pedagang. "
    "Dinas perdagangan mencatat harga beras medium bertahan, sedangkan minyak goreng curah naik tipis. "
) * 6


def test_an_edit_changes_the_digest_and_white_space_does_not():
    assert content_digest(STORY) == content_digest(STORY.replace(" ", "\n "))
    assert content_digest(STORY) != content_digest(STORY + "Kabar terbaru.")
    assert len(content_digest(b"\0")) == 16


def test_near_copies_are_near_and_other_news_is_far():
    copied = STORY.replace("Camat setempat", "Camat Pelayangan", 1)
    assert distance(simhash(STORY), simhash(copied)) <= 6
    assert distance(simhash(STORY), simhash(OTHER)) > 15
    assert set(bands(simhash(STORY))) & set(bands(simhash(copied)))


def test_a_sketch_fits_a_signed_column():
    for text in (STORY, OTHER, "", "satu", "satu dua", "\ud800 rusak"):
        assert -(2**63) <= simhash(text) < 2**63
