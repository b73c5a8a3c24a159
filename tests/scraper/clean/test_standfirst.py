"""What stands between the headline and the body: the lead belongs to the text, a summary or a caption does not."""

import pytest

from scraper.clean import clean

LEAD = "Kelompok tani di lereng gunung menata ulang saluran air yang rusak akibat banjir bandang pekan ini."
BODY = (
    "Dinas pekerjaan umum menyiapkan bantuan pipa sepanjang dua kilometer untuk tiga dusun di hulu.",
    '"Kami berharap pekerjaan ini selesai sebelum musim tanam," kata ketua kelompok kepada wartawan.',
    "Camat mengatakan perbaikan itu memakai dana desa dan sumbangan warga perantauan di kota.",
)
DATE = "<div class='tgl'>Senin, 4 Mei 2020, Pkl. 14:25 WIB</div>"


def page(between: str, body: str = "<p>{}</p>") -> str:
    paragraphs = "".join(body.format(text) for text in BODY)
    return (
        "<html><head><title>Petani Tata Saluran Air di Lereng | Kabar</title></head><body><ul><li>Beranda</li></ul>"
        f"<div class='k'><h1>Petani Tata Saluran Air di Lereng</h1>{between}<div class='isi'>{paragraphs}</div></div>"
        "</body></html>"
    )


def text_of(between: str) -> list[str]:
    return clean(page(between), url="https://kabar.example/petani").text.split("\n\n")


@pytest.mark.parametrize(
    "between",
    [
        f"<p class='lead'>{LEAD}</p>{DATE}<figure><img src='a.jpg'><figcaption>Saluran air.</figcaption></figure>",
        f"{DATE}<div><img src='a.jpg'></div><div class='post-subtitle'><p>{LEAD}</p></div>",
        f"{DATE}<div><b>{LEAD}</b></div><img src='a.jpg'>",
        f"{DATE}<div class='sapo'>{LEAD.replace('lereng', '<a href=/tag/lereng>lereng</a>')}</div><img src='a.jpg'>",
        f"<div><p>{LEAD}</p></div><div>Rina Wulandari</div>{DATE}",
    ],
)
def test_lead_above_the_container_opens_the_text(between: str) -> None:
    assert text_of(between) == [LEAD, *BODY]


@pytest.mark.parametrize(
    "between",
    [
        f"{DATE}<img src='a.jpg'><div>{LEAD}</div>",
        f"{DATE}<div class='lead'>Dinas pekerjaan umum menyiapkan bantuan pipa dua kilometer untuk tiga dusun.</div>",
        f"{DATE}<div class='lead'><a href='/lain'>{LEAD}</a></div>",
        f"{DATE}<div class='related'><p>{LEAD}</p></div>",
        f"{DATE}<p class='lead'>{LEAD[:-1]}...</p>",
    ],
    ids=["caption", "summary", "link", "apart", "cut-off"],
)
def test_what_is_no_lead_stays_out(between: str) -> None:
    assert text_of(between) == [*BODY]


def test_lead_that_the_body_repeats_stands_once() -> None:
    assert text_of(f"<p class='lead'>{BODY[0]}</p>{DATE}") == [*BODY]
