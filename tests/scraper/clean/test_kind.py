"""What kind of page it is."""

from __future__ import annotations

import pytest

from scraper.article import Removed, Timestamp
from scraper.clean.kind import tell_kind
from scraper.clean.metadata import Metadata

BODY = ("Warga mengangkat batang kayu yang menutup jalan desa.", "Jalan kembali dibuka menjelang malam.")
DATE = Timestamp(value="2024-01-02", precision="day")


def kind(
    title: str = "Jalan Desa Kembali Dibuka",
    url: str = "",
    body: tuple[str, ...] = BODY,
    removed: str = "",
    **meta: object,
) -> str:
    taken = (Removed(rule="mark", sample=removed),) if removed else ()
    return tell_kind(Metadata(title=title, published=DATE, **meta), body, taken, url or None)  # type: ignore[arg-type]


TOLD = {
    "gallery": [
        {"title": "FOTO: Jalan Desa Dibuka"},
        {"title": "In Picture: Jalan Desa Dibuka"},
        {"url": "https://finance.contoh.com/readfoto/2016/02/23/1/a"},
        {"url": "https://photo.contoh.com/musik/a-1"},
        {"types": ("ImageGallery",)},
    ],
    "video": [{"title": "VIDEO: Detik-detik Jembatan Putus"}, {"types": ("VideoObject",)}],
    "live": [{"types": ("LiveBlogPosting",)}, {"title": "Live Report: Penghitungan Suara"}],
    "advertorial": [
        {"section": "Advertorial"},
        {"url": "https://contoh.id/adv/2024/a"},
        {"body": ("ADVERTORIAL", *BODY)},
        {"body": (*BODY, "Kegiatan berlanjut pekan depan. (adv)")},
        {"body": (*BODY, "Kegiatan berlanjut pekan depan. (Adv/jek)")},
        {"removed": "(Nn/Adv/DprdContoh)"},
        {"tags": ("Pariwara", "Desa")},
    ],
    "release": [
        {"body": ("JAKARTA, 2 Januari 2024 (Antara/PRNewswire) --", *BODY)},
        {"url": "https://www.contoh.com/rilis-pers/1/a"},
        {"section": "Siaran Pers"},
    ],
    "opinion": [
        {"section": "Opini"},
        {"url": "https://kolom.contoh.com/1/a"},
        {"title": "OPINI: Menjaga Sungai"},
        {"types": ("OpinionNewsArticle",)},
    ],
    "listicle": [
        {"title": "5 Penyebab Pusing Setelah Makan"},
        {"title": "Ini 7 Alasan Orang Malas Bergerak"},
        {"title": "Simak, Lima Cara Merawat Tanaman"},
        {"title": "10 Rekomendasi Tempat Wisata di Kerinci"},
    ],
    "news": [
        {},
        {"title": "29 Penerbangan Dibatalkan"},
        {"title": "Polisi Sita 5 Truk Kayu"},
        {"title": "Tiga Orang Tewas Tertimbun Longsor"},
        {"title": "Videotron di Simpang Pasar Rusak"},
        {"title": "Foto Bupati Dicatut Penipu"},
        {
            "body": (
                "Iklan rokok ditertibkan oleh petugas gabungan.",
                "Advertorial bukan berita, kata pengamat media itu.",
            )
        },
        {"url": "https://contoh.com/tag/a"},
    ],
}


@pytest.mark.parametrize(("expected", "page"), [(told, page) for told, pages in TOLD.items() for page in pages])
def test_tells_the_kind(expected: str, page: dict[str, object]) -> None:
    assert kind(**page) == expected  # type: ignore[arg-type]


def test_an_undated_list_address_is_an_index() -> None:
    assert tell_kind(Metadata(title="Desa"), BODY, (), "https://contoh.com/tag/desa") == "index"
    assert tell_kind(Metadata(title="Desa"), BODY, (), "https://contoh.com/") == "index"


def test_no_body_is_of_no_kind() -> None:
    assert tell_kind(Metadata(title="Desa"), (), (), None) == "unknown"
