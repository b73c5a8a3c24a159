"""What publishers say to their readers is told from what they report."""

from __future__ import annotations

import pytest

from scraper.clean.readers import speaks_to_readers

NAMES = ["kabar teluk"]

ANYWHERE = [
    "Nyalakan notifikasi Kabar Teluk di ponsel Anda.",
    "Jangan sampai ketinggalan berita, ikuti Kabar Teluk di media sosial.",
    "Yuk, gabung komunitas pembaca Kabar Teluk di WhatsApp sekarang.",
    "Temukan kami juga di TikTok dan Instagram.",
    "Apa pendapat Anda tentang berita ini? Sampaikan di kolom komentar.",
    "Tetap ikuti berita Kabar Teluk.",
    "Dapatkan berita pilihan langsung di ponsel Anda.",
    "Ada yang ingin disampaikan? Tulis di kolom komentar, ya.",
    "Dapatkan kabar terbaru langsung di ponsel Anda.",
    "Klik tautan di bawah ini untuk membaca berita lainnya.",
    "Akses kabar sungai lebih mudah lewat aplikasi Kabar Teluk",
    "Ada kejadian di kampungmu? Kabari redaksi lewat pesan singkat.",
    "Jadikan Kabar Teluk sumber berita pilihan Anda di Google.",
    "Suka artikel ini? Tekan tombol berbagi di bawah.",
]
CLOSING = [
    "Mau dapat kabar lebih cepat? Klik tombol di pojok kanan.",
    "Dapatkan notifikasi langsung di ponsel Anda.",
    "Klik tautan di bawah ini untuk mengunduh naskahnya.",
]
REPORTS = [
    "Warga dapat mendaftar lewat laman panitia atau datang ke kantor desa.",
    "“Ikuti akun Instagram kami,” kata ketua panitia.",
    "Saat dihubungi Kabar Teluk, kepala desa membenarkan kabar itu.",
    "Ia mengaku kepada Kabar Teluk sudah lama berdagang dan punya dua kapal.",
    "Polisi mengimbau warga mengirim laporan melalui aplikasi yang tersedia.",
    "Kami menunggu di dermaga sampai kapal terakhir datang.",
    "Anda perlu membawa kartu keluarga dan pas foto.",
    "Akses menuju dermaga masih tertutup longsor hingga berita ini ditulis.",
    "Ikuti arahan petugas di lapangan; sampai artikel ini dimuat, jalan belum dibuka.",
    "Dapatkan informasi jadwal kapal lewat aplikasi pelabuhan.",
    "Isi formulir pada laman dinas sebelum tanggal sepuluh.",
    "Cek kabar yang beredar di WhatsApp sebelum membagikannya.",
]


@pytest.mark.parametrize("call", ANYWHERE)
def test_calls_are_told_anywhere(call: str) -> None:
    assert speaks_to_readers(call, NAMES, closing=False)
    assert speaks_to_readers(call, NAMES)


@pytest.mark.parametrize("call", CLOSING)
def test_calls_that_could_be_a_guides_steps_are_told_behind_the_article_only(call: str) -> None:
    assert speaks_to_readers(call, NAMES)
    assert not speaks_to_readers(call, NAMES, closing=False)


@pytest.mark.parametrize("report", REPORTS)
def test_reports_are_no_calls(report: str) -> None:
    assert not speaks_to_readers(report, NAMES)
