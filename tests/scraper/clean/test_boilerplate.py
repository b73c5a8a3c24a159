import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper import clean_text
from scraper.clean.blocks import Block
from scraper.clean.boilerplate import strip_boilerplate
from scraper.clean.dateline import split_dateline
from scraper.clean.phrases import Rule, rules

PROSE = [
    "Dinas perhubungan menertibkan parkir liar di depan pasar mulai pekan ini setelah menerima banyak keluhan warga.",
    (
        "Petugas memasang rambu baru dan menyiapkan lahan pengganti yang bisa menampung dua ratus "
        "sepeda motor, kata kepala dinas."
    ),
    "Pedagang menyambut baik langkah itu karena pembeli selama ini kesulitan mencari jalan masuk ke dalam pasar.",
]


def strip(*texts: str, title: str | None = None) -> tuple[str, ...]:
    return strip_boilerplate([Block(text) for text in texts], title=title).paragraphs


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_every_rule_takes_its_examples(rule: Rule) -> None:
    assert rule.reason
    assert rule.examples
    for example in rule.examples:
        if rule.position == "final":
            assert rule.pattern.search(f"Pasar ramai {example}"), example
        elif rule.position in ("end", "last"):
            assert rule.pattern.search(f"Pasar ramai. {example}"), example
        elif rule.position == "inside":
            assert rule.pattern.search(f"Pasar ramai {example} kemarin."), example
            assert rule.needs in example
        else:
            assert rule.takes(example), example


def test_rule_names_are_unique() -> None:
    names = [rule.name for rule in rules()]
    assert len(set(names)) == len(names)


EXAMPLES = [
    (rule.name, example)
    for rule in rules()
    for example in rule.examples
    if rule.position in ("whole", "head", "top", "closing")
]
WRAPPINGS = st.sampled_from(
    [
        (
            "Kepala dinas meminta warga yang melihat tulisan {} di tembok pasar untuk melapor, karena "
            "pemasangannya tidak berizin sama sekali."
        ),
        (
            'Menurut dia, kalimat "{}" yang tertera pada selebaran itu membingungkan pembaca, sehingga '
            "selebaran ditarik dari peredaran."
        ),
        (
            "Setelah rapat panjang yang berakhir malam hari, pengurus sepakat menghapus {} dari papan "
            "pengumuman, lalu menggantinya pekan depan."
        ),
    ]
)


@settings(max_examples=200)
@given(st.sampled_from(EXAMPLES), WRAPPINGS, st.integers(0, 2))
def test_no_rule_takes_prose_that_merely_contains_its_phrase(
    example: tuple[str, str], wrapping: str, place: int
) -> None:
    sentence = re.sub(r"\s+", " ", wrapping.format(example[1].replace('"', "")))
    paragraphs = [*PROSE[:place], sentence, *PROSE[place:]]
    assert strip(*paragraphs) == tuple(paragraphs)


@pytest.mark.parametrize(
    "sentence",
    [
        (
            "Wali kota menertibkan iklan rokok di sepanjang jalan protokol, termasuk baliho yang menutupi "
            "rambu lalu lintas."
        ),
        "Editor buku itu hadir dalam peluncuran di perpustakaan daerah, ditemani penulis dan seorang fotografer muda.",
        "Sumber air bersih di tiga desa mulai mengering sehingga warga membeli air galon dari kecamatan tetangga.",
        "Komentar warga beragam soal rencana itu, mulai dari yang mendukung sampai yang menolak keras.",
        "Tag harga pada kemasan wajib dipasang, kata kepala dinas perdagangan saat memeriksa pasar swalayan.",
        "Baca puisi menjadi acara penutup festival yang digelar di halaman balai kota pada Sabtu malam.",
        "Halaman sekolah itu terendam setinggi lutut sehingga murid belajar dari rumah selama tiga hari.",
        (
            "Simak penjelasan kepala dinas soal lokasi baru itu, yang menurut dia lebih luas dan lebih aman "
            "bagi pejalan kaki."
        ),
        "Dapatkan kartu antrean di loket depan, kata petugas, lalu tunggu panggilan di ruang tunggu sebelah timur.",
        (
            "Selengkapnya aturan itu memuat dua belas pasal yang mengatur jam buka, kebersihan, dan "
            "keamanan lapak pedagang."
        ),
        "Berita bohong soal penutupan pasar menyebar cepat, kata kepala dinas, sehingga pedagang sempat panik.",
        "Video rekaman warga memperlihatkan kendaraan parkir di trotoar selama berjam-jam pada hari kerja.",
        "Read aloud to the council, the letter asked for a new market hall and for more parking behind the old one.",
        "More than two hundred traders have moved to the new hall, according to the head of the market office.",
        "Watch shops on the east side of the square stayed open during the works, their owners said on Friday.",
        "Related costs rose by a third within a year, which the council blames on the price of steel and cement.",
        "Follow-up visits are planned for the end of the month, the inspector said, and fines will then be due.",
        "Ikuti lomba itu, kata panitia, peserta cukup membawa kartu keluarga dan dua lembar foto terbaru.",
        "Berita berbayar yang dimuat media lokal itu dibahas Dewan Pers dalam rapat di kantor bupati pekan lalu.",
        "Masuk ke perpustakaan untuk membaca buku kini gratis bagi warga desa, kata kepala dinas pada hari Senin.",
        "Daftar untuk mengakses bantuan itu dibuka di balai desa mulai pekan depan, kata kepala dinas sosial.",
    ],
)
def test_prose_that_starts_like_a_label_stays(sentence: str) -> None:
    assert strip(PROSE[0], sentence, PROSE[1]) == (PROSE[0], sentence, PROSE[1])


@pytest.mark.parametrize(
    "line",
    [
        "iklan", "ADVERTISEMENT", "Baca juga: Harga Cabai Turun", "BACA JUGA : Harga Cabai Turun",
        "Simak Video \"Pasar Ramai\"", "[Gambas:Video 20detik]",
        "2 dari 6 halaman", "Halaman selanjutnya", "Editor: Rina Wulandari", "Reporter : Dedi | Editor : Rina",
        "COPYRIGHT © KABAR 2017", "Copyright 2021",
        "Ikuti kami di Google News", "Ikuti berita terbaru Kabar di WhatsApp Channel",
        "masukkan script iklan disini", "add images", "(rwl/dds)", "(*)", "***",
        "Sumber: Diskominfo", "Tag: pasar, parkir", "Bagikan:", "0 Komentar", "Post Views: 1.204", "Dibaca 45 kali",
        "LOAD MORE", "- Advertisement -",
        "Saksikan Video Pilihan Berikut Ini:", "Artikel ini telah tayang di kabar.example dengan judul Pasar Ramai",
        "Foto: Istimewa", "12 jam lalu", "/",
        "Pilihan Editor: Harga Cabai Turun", "Simak selengkapnya di halaman selanjutnya",
        "Selalu update info terkini, ikuti kami di kanal Telegram kami",
        "Silakan baca konten menarik lainnya dari Kabar di Google News", "Video Terpopuler Hari ini:",
        "(KABAR.com/RINA WULANDARI)", "(Kabar.com/Rina Wulandari)",
        "Berita lainnya terkait parkir liar", "[rwl]", "(KR-RWL)",
        "READ MORE: Market Hall Opens", "Related: Market Hall Opens", "Story continues below advertisement",
        "Follow Rina Wulandari on Twitter", "Sign up for our daily newsletter", "Image source, Getty Images",
        "Write to Rina Wulandari at rina@kabar.example.", "Watch: how the market moved", "Share this article",
        "Ikuti terus berita terhangat dari Kabar via WhatsApp", "2 / 6", "Baca Selengkapnya : Harga Cabai Turun",
    ],
)  # fmt: skip
def test_lines_that_are_no_text(line: str) -> None:
    assert strip(*PROSE[:2], line, PROSE[2]) == tuple(PROSE)


def test_a_link_run_into_the_end_of_a_paragraph_goes_and_a_quotation_stays() -> None:
    told = f"{PROSE[0]} Baca juga: Harga Karet Naik Lagi di Tingkat Petani"
    assert strip(told, PROSE[1]) == (PROSE[0], PROSE[1])
    quoted = f"{PROSE[0]} Baca juga: begitu tulisan di papan itu. Warga pun tertawa membacanya."
    assert strip(quoted, PROSE[1]) == (quoted, PROSE[1])


@pytest.mark.parametrize(
    "text",
    [
        "Dukung jurnalisme lokal agar tetap hidup, kata bupati.",
        "Apakah berita ini benar? Camat menjawab singkat.",
        "Tonton video itu sampai selesai sebelum menuduh, ujar kepala dinas.",
        "Rekomendasi: jembatan lama harus dibongkar sebelum musim hujan.",
        "Unduh aplikasi layanan kependudukan di gawai masing-masing",
        "Instagram: @museum_kerinci",
        "Kategori: pelajar dan umum",
        "Artikel ini ditulis tangan oleh siswa kelas lima.",
    ],
)
def test_sentences_that_begin_like_a_call_stay(text: str) -> None:
    assert strip(PROSE[0], text, PROSE[1]) == (PROSE[0], text, PROSE[1])


@pytest.mark.parametrize(
    "credits",
    [
        ("Reporter", "Rina Wulandari", "Editor", "Dedi Saputra"),
        ("Rina Wulandari", "Reporter", "Dedi Saputra", "Editor"),
        ("Reporter :", "Rina Wulandari", "Editor :", "Dedi Saputra"),
    ],
)
def test_names_beside_bare_labels_go_to_the_byline(credits: tuple[str, ...]) -> None:  # noqa: A002
    article = clean_text("\n\n".join([*PROSE, *credits]))
    assert article.text == "\n\n".join(PROSE)
    assert [(author.role, author.name) for author in article.authors] == [
        ("reporter", "Rina Wulandari"),
        ("editor", "Dedi Saputra"),
    ]


def test_name_and_date_between_a_lead_and_the_text_go() -> None:
    assert strip(PROSE[0], "Rina Wulandari", "Senin, 4 Mei 2020, Pkl. 14:25 WIB", *PROSE[1:]) == tuple(PROSE)
    assert strip(PROSE[0], "Jadwal penertiban", *PROSE[1:]) == (PROSE[0], "Jadwal penertiban", *PROSE[1:])


def test_a_wall_before_a_paid_article_goes() -> None:
    wall = ("Artikel ini khusus pelanggan", "Berlangganan mulai Rp30.000 per bulan untuk membaca tanpa iklan.")
    assert strip(*PROSE, *wall[:2]) == tuple(PROSE)


def test_related_headlines_after_their_heading_go_until_prose_comes_back() -> None:
    lines = ["Berita Terkait", "Harga Cabai Turun di Tiga Pasar", "Sekolah Apung Dapat Panel Surya"]
    assert strip(*PROSE[:2], *lines, PROSE[2]) == tuple(PROSE)


def test_lines_without_a_link_stay_behind_a_complete_link_line() -> None:
    line = "Parkir motor di sisi timur, mobil di sisi barat"
    link = Block("Baca juga: Harga Cabai Turun Lagi", links=1, link_chars=22)
    blocks = [Block(PROSE[0]), link, Block(line), Block(PROSE[1])]
    assert strip_boilerplate(blocks).paragraphs == (PROSE[0], line, PROSE[1])


def test_lines_without_a_link_stay_behind_linked_headlines() -> None:
    line = "Parkir motor di sisi timur, mobil di sisi barat"
    links = [Block(f"Harga cabai turun {n} persen", links=1, link_chars=25) for n in range(3)]
    blocks = [Block(PROSE[0]), Block("Berita Terkait"), *links, Block(line), Block(PROSE[1])]
    assert strip_boilerplate(blocks).paragraphs == (PROSE[0], line, PROSE[1])


def test_a_call_in_mid_article_does_not_end_it() -> None:
    line = "Jadwal penertiban"
    assert strip(PROSE[0], "Ikuti kami di Google News", line, *PROSE[1:]) == (PROSE[0], line, *PROSE[1:])


def test_an_articles_own_list_goes_on_behind_a_call() -> None:
    items = tuple(Block(text, tag="li") for text in ("Juara I: Sanggar Tepi Sungai", "Juara II: Karang Taruna Hulu"))
    call = Block("Dukung kami dengan berdonasi lewat tautan di bawah")
    kept = strip_boilerplate([*map(Block, PROSE), call, *items]).paragraphs
    assert kept == (*PROSE, *(item.text for item in items))


@pytest.mark.parametrize("mark", ["(rwl)", "(rwl/dds)", "(*)", "(adv)"])
def test_initials_leave_a_last_sentence_without_a_full_stop(mark: str) -> None:
    last = "Lahan pengganti siap dipakai pekan depan"
    assert strip(PROSE[0], f"{last} {mark}") == (PROSE[0], last)


@pytest.mark.parametrize("mark", ["(alm)", "(PAN)", "(kanan)", "(2024)"])
def test_other_brackets_at_the_end_of_the_text_stay(mark: str) -> None:
    last = f"Lahan pengganti disiapkan pengelola {mark}"
    assert strip(PROSE[0], PROSE[1], last)[-1] == last


def test_bare_linked_headlines_go_without_any_label() -> None:
    linked = [
        Block(text, link_chars=len(text), links=1)
        for text in ("Harga Cabai Turun di Tiga Pasar", "Sekolah Apung Dapat Panel Surya")
    ]
    stripped = strip_boilerplate([*map(Block, PROSE), *linked])
    assert stripped.paragraphs == tuple(PROSE)
    assert stripped.removed[0].rule == "link"
    assert stripped.removed[0].count == 2


@pytest.mark.parametrize(
    "mark", ["(adv)", "(ADV)", "(Adv/jek)", "(adv/diskominfo)", "(Nn/Adv/DprdProvinsi)", "(Advetorial)", "*adv*"]
)
def test_paid_marks_set_the_kind_and_leave_the_text(mark: str) -> None:
    article = clean_text("\n\n".join([*PROSE[:2], f"{PROSE[2]} {mark}"]))
    assert article.kind == "advertorial"
    assert article.text == "\n\n".join(PROSE)


@pytest.mark.parametrize(
    "mark",
    [
        "(rwl)",
        "(rwl/dds)",
        "(kbr/rwl/dds)",
        "(Wulan)",
        "(Rina Wulandari)",
        "(H-2)",
        "(*)",
        "(LGco_Rina)",
        "(MC. Kota/rwl)",
        "[rwl]",
    ],
)
def test_signatures_leave_the_last_paragraph(mark: str) -> None:
    assert strip(*PROSE[:2], f"{PROSE[2]} {mark}") == tuple(PROSE)


def test_bracketed_acronym_at_the_end_of_a_sentence_stays() -> None:
    sentence = "Rapat itu dihadiri pengurus cabang Persatuan Pedagang Pasar (P3)."
    assert strip(*PROSE, sentence)[-1] == sentence


def test_headline_and_repeated_lead_stand_once() -> None:
    assert strip(
        "Parkir Liar Ditertibkan", PROSE[0], PROSE[1], PROSE[0], PROSE[2], title="Parkir Liar Ditertibkan"
    ) == tuple(PROSE)


def test_a_pull_quote_leaves_and_a_quotation_stays() -> None:
    pulled = Block("lahan pengganti yang bisa menampung dua ratus sepeda motor", "blockquote")
    quoted = Block("Kami minta lahan itu beratap, sebab pembeli datang juga saat hujan.", "blockquote")
    blocks = [Block(PROSE[0]), pulled, Block(PROSE[1]), quoted, Block(PROSE[2])]
    assert strip_boilerplate(blocks).paragraphs == (*PROSE[:2], quoted.text, PROSE[2])


def test_credits_are_handed_on() -> None:
    stripped = strip_boilerplate([*map(Block, PROSE), Block("Editor: Rina Wulandari"), Block("DEDI SAPUTRA")])
    assert stripped.credits == ("Editor: Rina Wulandari", "DEDI SAPUTRA")


@pytest.mark.parametrize(
    ("dateline", "dash"),
    [
        ("JAMBI, KABAR.com", " – "), ("JAMBI, KABAR.com", " -- "), ("Kabar6.com, Jakarta", " - "),
        ("KABAR.CO.ID, BANJARMASIN", " -- "), ("Mataram, NTB (KABAR News)", " - "),
        ("JAMBI (SR28)", " - "), ("MEDIA CENTER, Palangka Raya", " – "), ("WAY BUNGUR (5/2/2026)", " – "),
        ("DETAIL.ID, Jambi", " – "), ("kabar.com , JAKARTA", " - "),
        ("Samarinda, kabar.co", " – "), ("Bandarlampung (SL)", "- "), ("JAKARTA", " – "), ("Kabar.com", " - "),
        ("KABAR KITA | MUARA BULIAN", " – "), ("KBRN, Jambi", ": "), ("RMOLHilir", ". "),
        ("KABAR.ID || MUARA BULIAN", " – "), ("MUARA BULIAN || kabar.id", " || "), ("Muara Bulian - kabar.id", " - "),
        ("kabar.id. Muara Bulian", " – "), ("MUARA BULIAN, KABAR.ID", ". "), ("Muara Bulian, kabar.id", "] "),
        ("Kabar.id/Muara Bulian", " – "), ("Muara Bulian, kabar.id", " ~ "), ("Jambi, 12 Maret 2026", " – "),
        ("kabarmalukuID", " - "),
    ],
)  # fmt: skip
def test_datelines(dateline: str, dash: str) -> None:
    assert split_dateline(f"{dateline}{dash}{PROSE[0]}") == (dateline, PROSE[0])


@pytest.mark.parametrize(
    "sentence",
    [
        *PROSE,
        "Kota Jambi - Muara Bungo ditempuh lima jam lewat jalan lintas.",
        "Jembatan Batanghari II-Simpang Rimbo macet.",
        "Covid-19 mereda.",
        "Menurut catatan Kabar.com, harga beras naik.",
        "Rabu, 12 Maret 2026 warga berkumpul di balai desa.",
        "Terhitung 23 November 2021 - 6 Desember 2021 jembatan ditutup.",
        "KPK-Polri sepakat bekerja sama dalam pencegahan korupsi.",
        "DPR-RI menyetujui anggaran itu.",
    ],
)
def test_sentences_have_no_dateline(sentence: str) -> None:
    assert split_dateline(sentence)[1].endswith(sentence[-30:])
    if " - " not in sentence:
        assert split_dateline(sentence) == (None, sentence)


@pytest.mark.parametrize(
    "line",
    [
        "Persib Bandung (4-3-3): Deden; Supardi, Jupe, Vlado, Toncip.",
        "Gubernur Jambi - Wakil Gubernur Jambi hadir bersama.",
    ],
)
def test_line_ups_are_no_datelines_below_the_first_paragraph(line: str) -> None:
    short = "Susunan pemain diumumkan sejam sebelum laga dimulai di stadion kota, kata panitia."
    assert strip(short, line, *PROSE) == (short, line, *PROSE)
