"""Which bodies a text names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from spacy.tokens import Span

from scraper.article import Article
from tagger import tag
from tagger.organizations import tag_organizations

if TYPE_CHECKING:
    from spacy.language import Language

    from tagger.document import Organization


def bodies(text: str, nlp: Language) -> list[Organization]:
    return list(tag(text, nlp).organizations)


def names(text: str, nlp: Language) -> list[str]:
    return [body.name for body in bodies(text, nlp)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dinas Perumahan dan Kawasan Permukiman Kota Metro menata taman.",
         "Dinas Perumahan dan Kawasan Permukiman Kota Metro"),
        ("Warga mendatangi Dinas Kesehatan Lampung Selatan kemarin.", "Dinas Kesehatan Lampung Selatan"),
        ("Kata Kementerian Pendidikan, Kebudayaan, Riset, dan Teknologi, sekolah libur.",
         "Kementerian Pendidikan, Kebudayaan, Riset, dan Teknologi"),
        ("Polres Way Kanan menahan dua orang.", "Polres Way Kanan"),
        ("Jaksa Kejari Sleman hadir.", "Kejari Sleman"),
        ("Hakim PN Kuala Kapuas hadir.", "PN Kuala Kapuas"),
        ("Sidang di PN Muara Bungo dibuka.", "PN Muara Bungo"),
        ("Proyek Dinas PU Bina Marga Konawe itu rusak.", "Dinas PU Bina Marga Konawe"),
        ("Proyek Dinas PU itu rusak.", "Dinas PU"),
        ("Rapat DPRD Kota Bogor ditunda.", "DPRD Kota Bogor"),
        ("Apel di Kodim 0422/Lampung Barat.", "Kodim 0422/Lampung Barat"),
        ("Ia dirawat di RSUD Abdul Moeloek sejak Senin.", "RSUD Abdul Moeloek"),
        ("Murid SMP Negeri 3 Sukadana menanam pohon.", "SMP Negeri 3 Sukadana"),
        ("Sembako dari PT Sumber Pangan Sejahtera Tbk tiba.", "PT Sumber Pangan Sejahtera Tbk"),
        ("Dosen Universitas Dr. Soetomo hadir.", "Universitas Dr. Soetomo"),
        ("Asosiasi Petani Kopi Gayo menolak.", "Asosiasi Petani Kopi Gayo"),
        ("Kata pemerintah Kabupaten Pesisir Barat, jalan dibuka.", "pemerintah Kabupaten Pesisir Barat"),
        ("Kepala BPJS Kesehatan Cabang Metro hadir.", "BPJS Kesehatan Cabang Metro"),
        ("Dinas Perhubungan (Dishub) DKI Jakarta menutup jalan.", "Dinas Perhubungan DKI Jakarta"),
        ("Kepolisian Resor (Polres) Way Kanan menahan dua orang.", "Kepolisian Resor Way Kanan"),
        ("Kata Kementerian Agama RI, jemaah siap.", "Kementerian Agama RI"),
        ("Kata Kementerian Pertahanan Jepang, kapal siap.", "Kementerian Pertahanan Jepang"),
        ("Kepala Dinas Bina Marga dan Bina Kontruksi Wahyu hadir.", "Dinas Bina Marga dan Bina Kontruksi"),
        ("Dinas Koperasi, UKM & Perdagangan membuka bazar.", "Dinas Koperasi, UKM & Perdagangan"),
        ("Kata kepala dinas pariwisata Pesibar, pantai dibuka.", "dinas pariwisata Pesibar"),
        ("Bupati meresmikan UPT Puskesmas kecamatan Lemong.", "UPT Puskesmas kecamatan Lemong"),
        ("Dosen Politeknik Pariwisata LombokSelanjutnya ia pulang.", "Politeknik Pariwisata Lombok"),
        ("Peneliti Balai Riset Padi Gogo BRPG Depok hadir.", "Balai Riset Padi Gogo"),
        ("Peneliti Balai Riset Ikan Hias BRIH Depok hadir.", "Balai Riset Ikan Hias"),
        ("Harga di PT Tunas Makmur Raya Rp. 11.935 sekilo.", "PT Tunas Makmur Raya"),
        ("Pajak dari PT Tunas Makmur Raya Rp57,1 juta masuk.", "PT Tunas Makmur Raya"),
        ("Ketua Komisi Perlindungan Sungai (KPS) hadir.", "Komisi Perlindungan Sungai"),
        ("Kata Asosiasi Petani Kakao dan Karet seluruh Indonesia (Apkarsi), harga turun.",
         "Asosiasi Petani Kakao dan Karet seluruh Indonesia"),
        ("Kata kepala Dinas Pariwisata Pemuda dan Olah Raga, taman siap.", "Dinas Pariwisata Pemuda dan Olah Raga"),
        ("Kata Lembaga Zakat Sodaqoh Nusa Utama (LemzakNU), beras dibagi.", "Lembaga Zakat Sodaqoh Nusa Utama"),
        ("Laga Perumda Tirta Raya 18.00 WIB usai.", "Perumda Tirta Raya"),
        ("Staf PT Karya Timah Makmur KTM hadir.", "PT Karya Timah Makmur"),
        ("Rumah Tahanan (Rutan) Kelas I Sleman penuh.", "Rutan Kelas I Sleman"),
        ("Budi selaku Direktur Utama PLN dalam siaran pers.", "PLN"),
        ("Bos Google dicemooh mahasiswa.", "Google"),
        ("Kantor Hukum Budi & Rekan menggugat.", "Kantor Hukum Budi & Rekan"),
        ("Warga Desa Sukamaju datang ke Polsek Sukamaju", "Polsek Sukamaju"),
        ("Hakim Pengadilan Negeri Tindak Pidana Korupsi (Tipikor) Surabaya hadir.",
         "Pengadilan Negeri Tindak Pidana Korupsi Surabaya"),
        ("Peneliti Nusa State University menguji beras.", "Nusa State University"),
        ("Ia lulus dari University of Leeds tahun lalu.", "University of Leeds"),
        ("Analis Raya Makmur Sekuritas menduga harga naik.", "Raya Makmur Sekuritas"),
        ("Tiket maskapai Garuda naik.", "Garuda"),
        ("Ketua Persatuan Panjat Seluruh Indonesia hadir.", "Persatuan Panjat Seluruh Indonesia"),
        ("Kata Persatuan Petani, Pekebun, dan Peternak Nusantara (PAPERNU), hujan turun.",
         "Persatuan Petani, Pekebun, dan Peternak Nusantara"),
        ("Ketua Asosiasi VR/AR Nusantara hadir.", "Asosiasi VR/AR Nusantara"),
        ("Pasien dibawa ke RSPI Cahaya Murni kemarin.", "RSPI Cahaya Murni"),
        ("Kata Satuan Polisi Pamong Praja dan Pemadam Kebakaran (Satpol-PP Damkar) Sleman, api padam.",
         "Satuan Polisi Pamong Praja dan Pemadam Kebakaran (Satpol-PP Damkar) Sleman"),
        ("Sidang isbat di Kantor Kementerian Agama usai.", "Kementerian Agama"),
        ("Ketua Pengadilan Negeri Kelas IA Kotaraya hadir.", "Pengadilan Negeri Kelas IA Kotaraya"),
        ("Kepala Balai Pemasyarakatan (Bapas) Kelas II Sleman hadir.", "Balai Pemasyarakatan Kelas II Sleman"),
        ("Perawat UPTD Puskesmas Kotaraya II hadir.", "UPTD Puskesmas Kotaraya II"),
        ("Kepala Distamhut Sleman hadir dalam Diskusi.", "Distamhut Sleman"),
        ("Rapat Satuan Tugas Penanganan Covid-19 usai.", "Satuan Tugas Penanganan Covid-19"),
        ("Staf Dinas Kependudukan dan Capil Sleman hadir.", "Dinas Kependudukan dan Capil Sleman"),
        ("Hakim Pengadilan Negeri Menggala hadir.", "Pengadilan Negeri Menggala"),
        ("Bea balik nama masih ke Samsat Kotaraya, ujarnya.", "Samsat Kotaraya"),
        ("Sekjen Pengurus Besar Panjat Nusantara hadir.", "Pengurus Besar Panjat Nusantara"),
        ("Ketua Dewan Kesenian Sleman (DKS) hadir.", "Dewan Kesenian Sleman"),
        ("Kata Panglima TNI Mayjen TNI Bondan Kurnia, latihan usai.", "TNI"),
        ("Pasien dirujuk ke RSUD Kabupaten Sleman kemarin.", "RSUD Kabupaten Sleman"),
        ("Kata Badan Narkotika Nasional Provinsi (BNNP) Jambi, dua orang ditahan.",
         "Badan Narkotika Nasional Provinsi Jambi"),
        ("Sidang di Pengadilan Negeri Kotaraya, usai.", "Pengadilan Negeri Kotaraya"),
        ("Sidang di Pengadilan Negeri Bagus Raharja hadiri usai.", "Pengadilan Negeri"),
        ("Saham Raya Makmur Sekuritas Indonesia naik.", "Raya Makmur Sekuritas Indonesia"),
        ("Peneliti Nusa State University Medical Center hadir.", "Nusa State University Medical Center"),
        ("Rute Lion Air Group bertambah.", "Lion Air Group"),
        ("Harga saham PT Antam Tbk naik.", "PT Antam Tbk"),
        ("Anggota Koalisi Ibu Kota berunjuk rasa.", "Koalisi Ibu Kota"),
        ("Rapat Satgas penanganan Covid-19 usai.", "Satgas penanganan Covid-19"),
        ("Pengurus Koperasi Bergerak Melayani Petani (BMP) hadir.", "Koperasi Bergerak Melayani Petani"),
        ("Kata Kantor Unit Penyelenggara Pelabuhan (KUPP) Kelas III Kotaraya, dermaga siap.",
         "Kantor Unit Penyelenggara Pelabuhan Kelas III Kotaraya"),
        ("Dosen Sekolah Tinggi Ilmu Ekonomi (STIE) Nusa Raya hadir.", "Sekolah Tinggi Ilmu Ekonomi Nusa Raya"),
        ("Kata Badan Pengelola Riset (BPR) Nusa Raya Sentosa (Nusaras), laba naik.",
         "Badan Pengelola Riset Nusa Raya Sentosa"),
        ("Jaksa Kejaksaan Negeri (Kejari) Kotaraya hadir.", "Kejaksaan Negeri Kotaraya"),
        ("Petugas Kantor Imigrasi Kelas I Kotaraya hadir.", "Kantor Imigrasi Kelas I Kotaraya"),
        ("Tahanan Lapas Klas IIB Kotaraya bebas.", "Lapas Klas IIB Kotaraya"),
        ("Pengurus LSM Pemuda Peduli Desa hadir.", "LSM Pemuda Peduli Desa"),
        ("Anggota Majelis Ulama Indonesia (MUI) Sleman hadir.", "Majelis Ulama Indonesia Sleman"),
        ("Kepala Dinas P3AP2KB Sleman hadir.", "Dinas P3AP2KB Sleman"),
        ("Anggota Kepolisian Sektor (Polsek) Kotaraya hadir.", "Kepolisian Sektor Kotaraya"),
        ("Kepala Ombudsman RI Perwakilan Lampung hadir.", "Ombudsman RI Perwakilan Lampung"),
        ("Program Badan Gizi Nasional Satuan Pemenuhan Gizi dibuka.", "Badan Gizi Nasional"),
        ("Gedung Ponpes Nurul Jannah Diresmikan.", "Ponpes Nurul Jannah"),
        ("Harga naik, catat Diskopdag.", "Diskopdag"),
        ("Skor 21/10/23Persija 1 - 1.", "Persija"),
        ("Liga Italia, skor 17:30Cagliari 1 - 3.", "Cagliari"),
        ("Skor 15/09/23PSIS 2 - 0.", "PSIS"),
        ("Anggota Royal College of Rivers and Seas (RCRS) hadir.", "Royal College of Rivers and Seas"),
        ("Rapat Tim Penataan Ruang Sungai (TPRS) dibuka.", "Tim Penataan Ruang Sungai"),
        ("Gelar tinju versi WBA direbut.", "WBA"),
        ("Kepala DKTH Sleman Rudi Hartono hadir.", "DKTH Sleman"),
        ("Ketua PMI Sleman menyambut pekerja migran.", "PMI"),
        ("Para ketua GOW Kota Metro hadir.", "GOW Kota Metro"),
        ("Kajian California Institute for Water Resources terbit.", "California Institute for Water Resources"),
        ("Warga PTPN IV Regional 2 hadir.", "PTPN IV Regional 2"),
        ("Santri TPQ Nurul Jannah hadir.", "TPQ Nurul Jannah"),
        ("Polisi hutan Balai Taman Nasional Gunung Raya hadir.", "Balai Taman Nasional Gunung Raya"),
    ],
)  # fmt: skip
def test_extent(text: str, expected: str, rules: Language) -> None:
    assert names(text, rules) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Anggaran APBD dan dana BOS cair, kata seorang ASN.",
        "Pemerintah meminta dinas terkait dan polisi bergerak.",
        "Pemkab akan memperbaiki jalan.",
        "Siswa SD, SMP, dan SMA libur.",
        "Badan Usaha Milik Negara rugi.",
        "Ia pindah ke Amerika Serikat. Seluruh keluarga ikut.",
        "Putusan Nomor 12/MK.07/2020 berlaku.",
        "Skuad Garuda menang di Solo.",
        "Pengeluaran Lembaga Nonprofit naik.",
        "Laga di Nusa Bank Arena usai.",
        "Warga Kampung Astra Ksetra menunggu.",
        "Usai penandatanganan PKS, wali kota pulang.",
        "Tim Piala Thomas dan Uber berangkat.",
        "Rumah Sakit Swasta buka, tim Gugus Tugas penanganan bersiap untuk Forum KTT GMR.",
        "Kadis Kominfo Sleman hadir.",
        "Peraturan Pemerintah RI Nomor 22 Tahun 2021 berlaku, Dewan Pengurus Pusat (DPP) setuju.",
        "Dewan Pengawas (Dewas) rapat, perjanjian kerjasama (PKS) menyusul.",
        "Revisi UU Kementerian Negara dan UU Keimigrasian dibahas.",
        "Industri Keuangan Non Bank (IKNB) tumbuh.",
        "Forum Indonesia dibuka, pemulihan Pascabencana berlanjut.",
        "Baca berita yang lain di Google News, unggah di Instagram.",
        "Kata kepala dinas terkait di Sleman, jalan dibuka.",
        "Gelora Bung Karno penuh, Liga Arab Saudi libur.",
        "Mobil bernomor B 1234KPK itu rusak.",
        "",
    ],
)
def test_no_bodies(text: str, rules: Language) -> None:
    assert names(text, rules) == []


def test_all_forms_are_one_entry(rules: Language) -> None:
    text = "Pemkot Jambi rapat. Pemerintah Kota Jambi setuju, kata Pemkot."
    (body,) = bodies(text, rules)
    assert (body.name, body.jurisdiction, body.kind) == ("Pemerintah Kota Jambi", "15.71", "local-government")
    assert [mention.text for mention in body.mentions] == ["Pemkot Jambi", "Pemerintah Kota Jambi", "Pemkot"]


def test_two_chambers_stay_two(rules: Language) -> None:
    found = bodies("DPRD Provinsi Lampung dan DPRD Lampung Timur bertemu di Sukadana.", rules)
    assert [body.jurisdiction for body in found] == ["18", "18.07"]


@pytest.mark.parametrize(
    "text",
    [
        "Badan Tani Muda (BTM) lahir. BTM maju.",
        "Dinas Kesehatan Sleman (DKS) bergerak. Kata DKS, warga sehat.",
    ],
)
def test_acronym_and_name_are_joined(text: str, rules: Language) -> None:
    (body,) = bodies(text.replace("Badan Tani Muda", "Asosiasi Tani Muda").replace("BTM", "ATM2"), rules)
    assert body.acronym is not None
    assert body.mentions[-1].text == body.acronym


def test_foreign_body_by_its_definition(rules: Language) -> None:
    text = "Anggota ICLEI (International Council for Local Environmental Initiatives) dan Rivers Watch Alliance (RWA)."
    found = {body.acronym: body.name for body in bodies(text, rules)}
    assert found == {
        "ICLEI": "International Council for Local Environmental Initiatives",
        "RWA": "Rivers Watch Alliance",
    }


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Sidang PBB dibuka.", "international"),
        ("Kader PAN berkumpul.", "party"),
        ("Petani membayar pajak bumi, PBB naik.", None),
    ],
)
def test_ambiguous_acronyms(text: str, kind: str | None, rules: Language) -> None:
    assert [body.kind for body in bodies(text, rules)] == ([kind] if kind else [])


def test_bare_mention_goes_with_the_named(rules: Language) -> None:
    (body,) = bodies("BPBD Sleman siaga. Tim BPBD turun.", rules)
    assert (body.name, len(body.mentions)) == ("BPBD Sleman", 2)


def test_a_headline_ends_a_school_at_a_common_word(rules: Language) -> None:
    article = Article(id="a", title="SMK Karya 2 Cilegon Berhasil Menang Lagi", text="Lomba usai.")
    assert [body.name for body in tag(article, rules).organizations] == ["SMK Karya 2 Cilegon"]


def test_a_sentence_as_title_may_hold_common_words(rules: Language) -> None:
    title = "Pipa milik Perumda Air Kunci Jaya bocor dan mengalir sampai ke jalan"
    article = Article(id="a", title=title, text="Warga menunggu.")
    assert [body.name for body in tag(article, rules).organizations] == ["Perumda Air Kunci Jaya"]


def test_a_headline_has_names_as_long_as_the_text(rules: Language) -> None:
    article = Article(id="a", title="PT Nusa Arta Upaya Resmikan Gedung Baru", text="PT Nusa Arta Upaya untung.")
    (body,) = tag(article, rules).organizations
    assert [mention.text for mention in body.mentions] == ["PT Nusa Arta Upaya", "PT Nusa Arta Upaya"]


def test_who_heads_a_body_is_no_part_of_it(rules: Language) -> None:
    text = "Gubernur memanggil Yayasan Nusa Jaya. Ketua Yayasan Nusa Jaya Sugeng Waluyo datang."
    (body,) = bodies(text, rules)
    assert [mention.text for mention in body.mentions] == ["Yayasan Nusa Jaya", "Yayasan Nusa Jaya"]


def test_a_headline_with_a_term_of_the_text_names_no_body(rules: Language) -> None:
    article = Article(id="a", title="Jumlah Bank Sistemik Bertambah Lagi", text="Kini ada 20 bank sistemik.")
    assert tag(article, rules).organizations == ()


def test_courts_of_two_towns_are_two(rules: Language) -> None:
    text = "Pengadilan Negeri Menggala ramai, Pengadilan Negeri Gunung Sugih sepi."
    assert names(text, rules) == ["Pengadilan Negeri Menggala", "Pengadilan Negeri Gunung Sugih"]


def test_all_schools_of_a_region_are_no_school(rules: Language) -> None:
    assert "SD Sleman" not in names("Warga Kabupaten Sleman datang. Siswa SD Sleman libur.", rules)


def test_a_list_of_bodies_is_no_enumeration(rules: Language) -> None:
    text = "Yang hadir Asosiasi Tani, Ikatan Nelayan Muda, dan Himpunan Petambak Nusantara (HPN)."
    assert names(text, rules) == ["Asosiasi Tani", "Ikatan Nelayan Muda", "Himpunan Petambak Nusantara"]


def test_a_bare_head_gives_no_name(rules: Language) -> None:
    (body,) = bodies("Pemprov Sulsel rapat. Kata Pemerintah Provinsi, dana cair.", rules)
    assert body.name == "Pemprov Sulsel"


def test_an_acronym_of_more_than_a_body(rules: Language) -> None:
    text = "Undang-Undang Hubungan Keuangan Pemerintah Daerah Lampung (HKPD) berlaku."
    (body,) = bodies(text, rules)
    assert body.acronym is None


def test_a_headlines_verb_is_no_portfolio(rules: Language) -> None:
    article = Article(id="a", title="Kementerian Sosial Kenalkan Program Kerja Baru", text="Acara usai.")
    assert [body.name for body in tag(article, rules).organizations] == ["Kementerian Sosial"]


def test_events_are_no_bodies(rules: Language) -> None:
    article = tag("KTT ASEAN dan G20 dibahas, lalu G-20 lagi.", rules)
    assert [event.name for event in article.events] == ["KTT ASEAN", "G20"]
    assert "KTT ASEAN" not in [body.name for body in article.organizations]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Maskapai Nusa Terbang", True),
        ("Menpora", False),
        ("Stadion Agung Raya", False),
        ("Kompas.com", False),
        ("WFH", False),
    ],
)
def test_what_the_model_sees_is_sieved(words: str, kept: bool, rules: Language) -> None:
    doc = rules.make_doc(f"Kemarin {words} hadir di sini.")
    first = 1
    last = len(doc) - 4
    doc.spans["ner"] = [Span(doc, first, last, label="ORG")]
    assert bool(tag_organizations(doc)._.organizations) is kept


def test_a_building_after_dan_is_no_part_of_a_hospital(rules: Language) -> None:
    assert names("RSUD Andi Setia dan Stadion Gelora Jaya dipoles.", rules) == ["RSUD Andi Setia"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Liga Italia: Lecce melawan Bologna.", ["Lecce", "Bologna"]),
        ("Kiper itu pindah dari klub Liga Italia ke rumah di Bologna.", []),
        ("Pameran dibuka di kota tua Bologna.", []),
        ("Kiper cilik bernama Chelsea tinggal di Perumahan Valencia, dekat Hotel Sevilla.", []),
    ],
)
def test_a_town_is_its_club_where_football_is_told(text: str, expected: list[str], rules: Language) -> None:
    assert [text[body.mentions[0].start : body.mentions[0].end] for body in rules(text)._.organizations] == expected


def test_clubs_glued_to_others_in_a_table_of_results(rules: Language) -> None:
    text = "Liga Inggris: Crystal PalaceAston Villa 2 - 0 BurnleyManchester City 1 - 1 Luton Town"
    found = [text[body.mentions[0].start : body.mentions[0].end] for body in rules(text)._.organizations]
    assert found == ["Crystal Palace", "Aston Villa", "Burnley", "Manchester City", "Luton Town"]


def test_names_of_papers_that_end_like_a_club(rules: Language) -> None:
    text = (
        "Kepada RadarMadura dan TribunBali, Kapolres membantah. MidWest dan CreditUnion tutup. PersijaBali United 2-1."
    )
    found = [text[body.mentions[0].start : body.mentions[0].end] for body in rules(text)._.organizations]
    assert found == ["Persija", "Bali United"]


@pytest.mark.parametrize("text", ["Partai Real Betis digelar malam ini.", "Kata Federasi Rusia, perang usai."])
def test_a_match_and_a_country_are_no_bodies(text: str, rules: Language) -> None:
    assert all(body.kind == "club" for body in rules(text)._.organizations)
