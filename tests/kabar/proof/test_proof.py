"""Bukti tayang: who ran a release, how much of it, and who did not."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path
from typing import Any

import pytest

from kabar.proof import LEAST, overlap, prove
from kabar.proof.evidence import NoRelease
from kabar.store import Store, parse
from scraper.article import Site, Timestamp
from tagger.document import TaggedArticle, Tool

RELEASE = """Pemkab Tebo Perbaiki Tanggul Sungai

Pemerintah Kabupaten Tebo mulai memperbaiki tanggul sungai yang jebol akibat hujan deras sepanjang pekan lalu di tiga
desa.

Bupati Tebo mengatakan perbaikan itu memakai dana tak terduga dan ditargetkan selesai sebelum musim tanam
berikutnya tiba.

Warga diminta tetap waspada serta melapor ke posko bila permukaan air naik lagi pada malam hari atau ada
retakan baru."""
FIRST, SECOND, THIRD = RELEASE.split("\n\n")[1:]
OWN = "Menurut pantauan kami di lapangan, alat berat sudah datang sejak subuh dan warga menonton dari tepi jalan raya."
STRANGER = "Bupati Tebo membuka lomba baca puisi di aula kecamatan dan berharap anak sekolah lebih gemar membaca buku."


def article(id_: str, text: str, **changes: Any) -> TaggedArticle:
    fields: dict[str, Any] = {
        "title": f"Judul {id_}",
        "url": f"https://{id_}.example/a",
        "site": Site(domain=f"{id_}.example", name=id_.title()),
        "published": Timestamp(value="2026-05-20T10:00:00+08:00", precision="minute"),
        "kind": "news",
        "tool": Tool(version="0", gazetteer="x"),
    }
    return TaggedArticle(id=id_, text=text, **{**fields, **changes})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    upper = "\n\n".join((FIRST, SECOND, THIRD)).upper().replace("DESA.", "DESA!")
    with Store(tmp_path / "news.db") as store:
        store.add(
            [
                article("whole", upper, kind="advertorial"),
                article(
                    "part", f"{OWN}\n\n{SECOND}\n\n{OWN}", published=Timestamp(value="2026-05-21", precision="day")
                ),
                article("stranger", STRANGER),
                article("late", RELEASE, published=Timestamp(value="2026-07-01", precision="day")),
            ]
        )
    return tmp_path / "news.db"


def test_shares_are_of_the_release_and_of_the_article() -> None:
    part = overlap(RELEASE, f"{OWN}\n\n{SECOND}\n\n{OWN}")
    assert 0.2 < part.share < 0.35
    assert 0.35 < part.of_article < 0.45
    assert (part.longest, part.paragraphs) == (len(SECOND.split()), 1)
    same = overlap(RELEASE, RELEASE.replace("jebol", "JEBOL,"))
    assert (same.share, same.of_article, same.paragraphs) == (1, 1, 4)
    none = overlap(RELEASE, STRANGER)
    assert none.share < 0.05
    assert overlap(RELEASE, "").share == overlap("", RELEASE).share == 0


def test_apostrophes_do_not_matter() -> None:
    assert overlap("pada hari Jum'at pagi", "pada hari Jumat pagi").share == 1


def test_all_that_ran_it_and_no_others(path: Path) -> None:
    with Store(path) as store:
        evidence = prove(store, RELEASE, parse("sejak:2026-05 sampai:2026-05"), LEAST)
    assert [(run.id, run.kind, run.day) for run in evidence.runs] == [
        ("whole", "advertorial", "2026-05-20"),
        ("part", "news", "2026-05-21"),
    ]
    assert evidence.compared == 3
    assert evidence.runs[0].overlap.share > 0.8
    content = f"Judul part\n{OWN}\n\n{SECOND}\n\n{OWN}"
    assert evidence.runs[1].digest == hashlib.sha256(content.encode()).hexdigest()


def test_a_release_of_a_few_words_is_refused(path: Path) -> None:
    with Store(path) as store, pytest.raises(NoRelease, match="3 words"):
        prove(store, "Bupati Tebo mengatakan", parse(""), LEAST)


def test_proof_command(path: Path, kabar: Any, tmp_path: Path) -> None:
    release = tmp_path / "rilis.txt"
    release.write_text(RELEASE, encoding="utf-8-sig")
    ran = kabar("proof", release, "--from", "2026-05-01", "--to", "2026-05-31", "--store", path)
    assert ran.code == 0
    assert "2 of 3 articles ran it" in ran.err
    assert "Periode: Jumat, 1 Mei 2026 – Minggu, 31 Mei 2026" in ran.out
    assert "Jumlah: 2 artikel di 2 media; 1 di antaranya advertorial" in ran.out
    assert "Whole · Rabu, 20 Mei 2026 · 10.00 WITA · ADVERTORIAL\nhttps://whole.example/a" in ran.out
    assert "sebagian besar" not in ran.out
    assert "(utuh)" in ran.out
    table = kabar("proof", release, "--from", "2026-05", "--to", "2026-05", "--to-format", "csv", "--store", path)
    rows = list(csv.DictReader(io.StringIO(table.out.lstrip("\ufeff"))))
    assert [(row["Media"], row["Advertorial"]) for row in rows] == [("Whole", "ya"), ("Part", "tidak")]
    assert rows[1]["SHA-256 judul dan teks"] in ran.out
    narrowed = kabar("proof", release, "situs:part.example", "--from", "2026-05", "--store", path)
    assert "1 of 1 articles" in narrowed.err
    assert kabar("proof", release, "--from", "2020", "--to", "2020", "--store", path).code == 3
    assert kabar("proof", tmp_path / "none.txt", "--store", path).code == 1
    release.write_bytes(b"\xff\xfe\x00")
    assert kabar("proof", release, "--store", path).code == 1


def test_xlsx_holds_shares_as_numbers(path: Path, kabar: Any, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    release, out = tmp_path / "rilis.txt", tmp_path / "bukti.xlsx"
    release.write_text(RELEASE, encoding="utf-8")
    assert kabar("proof", release, "--from", "2026-05", "--to", "2026-05", "--store", path, "-o", out).code == 0
    book = openpyxl.load_workbook(out)
    head, *rows = book["Artikel"].iter_rows(values_only=True)
    at = {name: place for place, name in enumerate(head)}
    assert 0.2 < rows[1][at["Dimuat"]] < 0.35
    assert rows[0][at["Keterangan"]] == "utuh"
    assert book["Bukti tayang"]["B1"].value == "Pemkab Tebo Perbaiki Tanggul Sungai"
