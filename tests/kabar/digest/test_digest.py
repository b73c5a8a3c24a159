"""The kliping: each story once, under whom it is about, in files that other programs read."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from kabar.digest import digest_report, gather
from kabar.report import writer
from kabar.report.words import words
from kabar.store import Store, parse
from scraper.article import Site, Timestamp
from tagger.document import City, Mention, Official, Organization, TaggedArticle, Tool

WIRE = " ".join(f"kata{n} tentang tanggul{n} yang{n % 7} jebol" for n in range(40))


def article(id_: str, text: str, officials: dict[str, int], **changes: Any) -> TaggedArticle:
    fields: dict[str, Any] = {
        "title": f"Judul {id_}",
        "lead": text.partition("\n")[0],
        "url": f"https://{id_}.example/baca",
        "site": Site(domain=f"{id_}.example", name=f"Warta {id_.title()}"),
        "published": Timestamp(value="2026-05-20T10:00:00+07:00", precision="minute"),
        "kind": "news",
        "officials": tuple(
            Official(
                name=name,
                office="Bupati Tebo",
                mentions=tuple(Mention(text="x", start=n, end=n + 1) for n in range(count)),
            )
            for name, count in officials.items()
        ),
        "organizations": (Organization(name="Badan Penanggulangan Bencana", acronym="BPBD"),),
        "cities": (City(name="Kabupaten Tebo", level="regency", code="15.09", province="Jambi"),),
        "tool": Tool(version="0", gazetteer="x"),
    }
    return TaggedArticle(id=id_, text=text, **{**fields, **changes})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    late = Timestamp(value="2026-05-20T23:30:00+07:00", precision="minute")
    with Store(tmp_path / "news.db") as store:
        store.add(
            [
                article("wire", WIRE, {"Siti Rahmah": 3, "Rahmat Hidayat": 1}),
                article("copy", WIRE + " Tambahan.", {"Siti Rahmah": 3}, published=late),
                article("paid", "Iklan desa.", {"Rahmat Hidayat": 1}, kind="advertorial"),
                article(
                    "plain", "Tanpa pejabat.", {}, title='=HYPERLINK("x") <script>alert(1)</script>', url="javascript:x"
                ),
                article("before", "Kemarin.", {}, published=Timestamp(value="2026-05-19", precision="day")),
            ]
        )
    return tmp_path / "news.db"


def made(path: Path, format_: Any, language: Any = "id", subject: Any = "official", body: Any = "lead") -> bytes:
    with Store(path) as store:
        digest = gather(store, parse("sejak:2026-05-20 sampai:2026-05-20"), "", subject)
    out = io.BytesIO()
    writer(format_)(digest_report(digest, words(language), body), out)
    return out.getvalue()


def test_text_tells_each_story_once_under_whom_it_is_about(path: Path) -> None:
    text = made(path, "text").decode()
    assert text.splitlines()[:3] == [
        "KLIPING BERITA",
        "Hari/tanggal: Rabu, 20 Mei 2026",
        "Jumlah: 3 berita dalam 4 artikel dari 4 media",
    ]
    sections = [line for line in text.splitlines() if line.startswith("==")]
    assert sections == [
        "== Rahmat Hidayat (Bupati Tebo): 1 berita ==",
        "== Siti Rahmah (Bupati Tebo): 1 berita ==",
        "== Lainnya: 1 berita ==",
    ]
    assert "Juga disebut dalam nomor 2." in text
    assert "Warta Paid · 10.00 WIB · ADVERTORIAL · https://paid.example/baca" in text
    assert "Juga dimuat:\n- Warta Copy · 23.30 WIB · berita · 1% teks sendiri" in text
    assert text.count("Judul wire") == 1
    assert "Judul copy" not in text
    assert "javascript" not in text


def test_english_by_organization_with_whole_texts(path: Path) -> None:
    text = made(path, "text", "en", "organization", "full").decode()
    assert "NEWS DIGEST\nDay: Wednesday, 20 May 2026" in text
    assert "== Badan Penanggulangan Bencana (BPBD): 3 stories ==" in text
    assert WIRE in text


def test_html_needs_nothing_else_and_runs_nothing(path: Path) -> None:
    raw = made(path, "html")
    page = html.fromstring(raw)
    assert page.get("lang") == "id"
    assert not page.xpath("//script | //img | //link | //@src | //@onclick")
    assert page.xpath("//h3")[2].text_content() == '3. =HYPERLINK("x") <script>alert(1)</script>'
    assert set(page.xpath("//a/@href")) == {f"https://{name}.example/baca" for name in ("wire", "copy", "paid")}
    assert b"@media print" in raw


def test_docx_is_read_by_python_docx(path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document(io.BytesIO(made(path, "docx")))
    headings = [p.text for p in document.paragraphs if p.style.name.startswith(("Title", "Heading"))]
    assert headings[:3] == ["Kliping berita", "Rahmat Hidayat (Bupati Tebo): 1 berita", "1. Judul paid"]
    links = [link.address for p in document.paragraphs for link in p.hyperlinks]
    assert links == [f"https://{name}.example/baca" for name in ("paid", "wire", "copy")]
    assert document.tables[0].cell(0, 1).text == "Rabu, 20 Mei 2026"
    assert "PAGE" in document.sections[0].footer.paragraphs[0]._p.xml
    assert round(document.sections[0].page_width.mm) == 210


def test_docx_takes_hostile_text(tmp_path: Path) -> None:
    pytest.importorskip("docx")
    hostile = article("h", "a\x00b\x0bc\ufffe <w:p/> " + "\u202e", {"X\x07": 1}, title="\x00" + "T" * 100_000)
    with Store(tmp_path / "h.db") as store:
        store.add([hostile])
    for format_ in ("docx", "html", "text", "xlsx"):
        assert made(tmp_path / "h.db", format_)


def test_xlsx_is_read_by_openpyxl_and_no_cell_is_a_formula(path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(made(path, "xlsx")))
    head, *rows = book["Artikel"].iter_rows(values_only=True)
    at = {name: place for place, name in enumerate(head)}
    assert [row[at["Media"]] for row in rows] == ["Warta Paid", "Warta Wire", "Warta Copy", "Warta Plain"]
    assert [row[at["Jenis"]] for row in rows] == ["ADVERTORIAL", "berita", "berita", "berita"]
    assert rows[3][at["Judul"]].startswith("'=HYPERLINK")
    assert all(cell.data_type != "f" for line in book["Artikel"] for cell in line)
    assert {row[at["Tanggal"]] for row in rows} == {datetime(2026, 5, 20)}, "a date, to filter and group by"


def test_a_story_that_began_earlier_says_so(tmp_path: Path) -> None:
    with Store(tmp_path / "x.db") as store:
        first = Timestamp(value="2026-05-19T10:00:00+07:00", precision="minute")
        store.add([article("first", WIRE, {}, published=first), article("later", WIRE, {})])
    text = made(tmp_path / "x.db", "text").decode()
    assert "Pertama terbit Selasa, 19 Mei 2026 di Warta First." in text


def test_digest_command(path: Path, kabar: Any, tmp_path: Path) -> None:
    out = tmp_path / "kliping.docx"
    ran = kabar("digest", "--date", "2026-05-20", "--store", path, "-o", out)
    assert ran.code == 0
    assert "3 stories in 4 articles" in ran.err
    assert out.read_bytes()[:2] == b"PK"
    assert not list(tmp_path.glob("*.part"))
    month = kabar("digest", "pejabat:siti", "--date", "2026-05", "--store", path)
    assert "Periode: Jumat, 1 Mei 2026 – Minggu, 31 Mei 2026\nPencarian: pejabat:siti" in month.out
    assert kabar("digest", "--query", "pejabat:siti", "--date", "2026-05", "--store", path).out == month.out
    assert kabar("digest", "siti", "--query", "siti", "--store", path).code == 2
    assert kabar("digest", "--date", "2020", "--store", path).code == 3
    assert kabar("digest", "--date", "kapan", "--store", path).code == 2
    assert kabar("digest", "sejak:7d", "--store", path).code == 2
    assert kabar("digest", "--date", "2026-05-20", "--store", path, "-o", tmp_path / "none" / "x.html").code == 1


def test_a_page_that_does_not_name_its_outlet_is_no_other_outlet(tmp_path: Path) -> None:
    silent = Site(domain="wire.example")
    with Store(tmp_path / "x.db") as store:
        store.add(
            [article("plain", "Tanpa nama.", {}, site=silent), article("wire", WIRE, {}), article("copy", WIRE, {})]
        )
    text = made(tmp_path / "x.db", "text").decode()
    assert "3 artikel dari 2 media" in text
    assert text.count("Warta Wire · ") == 2
    assert "wire.example · " not in text
