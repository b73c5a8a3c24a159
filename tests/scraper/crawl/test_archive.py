"""WARC files: what a checker and a reader find in them, when they end, and what a torn or full disk leaves."""

from __future__ import annotations

import asyncio
import gzip
import os
import resource
import zlib
from collections.abc import Callable
from concurrent.futures import wait
from io import FileIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from scraper.crawl.archive import Archive, read_pages
from scraper.crawl.members import whole_length
from scraper.crawl.work import Lease
from scraper.errors import CrawlError
from scraper.http.exchange import Exchange, Fetched
from scraper.page import Page

HTML = ("<html><body><h1>Banjir surut</h1>" + "<p>Banjir di Muara Bulian surut sejak Senin malam.</p>" * 500).encode()
URL = "https://contoh.example/read/1/banjir-surut"


def exchange(url: str = URL, wire: bytes = HTML, status: int = 200, **headers: str) -> Exchange:
    told = {"Content_Type": "text/html; charset=utf-8", "Content_Length": str(len(wire)), **headers}
    return Exchange(
        url=url,
        request_headers=(("Host", "contoh.example"), ("User-Agent", "kabar/0.1")),
        http_version="HTTP/1.1",
        status=status,
        reason="OK",
        headers=tuple((name.replace("_", "-"), value) for name, value in told.items()),
        wire=wire,
        sent_at="2026-06-01T01:10:00Z",
    )


def fetched(*exchanges: Exchange) -> Fetched:
    last = exchanges[-1]
    page = Page(body=last.wire, url=exchanges[0].url, final_url=last.url, status=last.status)
    return Fetched(page=page, exchanges=exchanges, seconds=0.25)


def lease(stored, url: str = URL) -> Lease:
    return Lease(id=1, url=url, host="contoh.example", kind="article", depth=0, attempt=1, expires=0.0,
                 payload=stored.payload, archived=stored.archived)  # fmt: skip


def records(path: Path) -> list[tuple[str, str | None]]:
    with path.open("rb") as stream:
        return [(r.rec_type, r.rec_headers.get_header("WARC-Target-URI")) for r in ArchiveIterator(stream)]


def check(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(path) for path in folder.iterdir()]
    assert Checker(SimpleNamespace(inputs=files, verbose=True)).process_all() == 0
    assert "digest pass" in capsys.readouterr().out


@pytest.mark.parametrize("packed", [False, True])
def test_a_page_comes_back_as_it_went_in(tmp_path, capsys, packed):
    told = exchange(wire=gzip.compress(HTML), Content_Encoding="gzip") if packed else exchange()
    with Archive(tmp_path) as archive:
        stored = archive.put(fetched(told)).result(5)
    (page,) = read_pages(tmp_path / stored.archived.path)
    assert (page.body, page.url, page.status, page.encoding) == (HTML, URL, 200, "utf-8")
    assert (page.fetched_at, page.archived) == ("2026-06-01T01:10:00Z", stored.archived)
    assert ("content-type", "text/html; charset=utf-8") in page.headers
    check(tmp_path, capsys)


def test_each_fetch_has_response_request_and_metadata(tmp_path):
    with Archive(tmp_path, user_agent="kabar/0.1 (+https://meja.example)") as archive:
        hop = exchange("https://contoh.example/?p=1", b"", 301, Location=URL)
        stored = archive.put(fetched(hop, exchange()), None).result(5)
    (path,) = tmp_path.iterdir()
    first = "https://contoh.example/?p=1"
    kinds = ("response", "request")
    assert records(path) == [
        ("warcinfo", None), *((kind, first) for kind in kinds), *((kind, URL) for kind in (*kinds, "metadata"))
    ]  # fmt: skip
    with path.open("rb") as stream:
        stream.seek(stored.archived.offset)
        record = next(iter(ArchiveIterator(stream)))
        assert record.rec_headers.get_header("WARC-Target-URI") == URL
        assert record.rec_headers.protocol == "WARC/1.1"
        assert record.rec_headers.get_header("WARC-Payload-Digest").startswith("sha1:")
    assert b"kabar/0.1 (+https://meja.example)" in gzip.decompress(path.read_bytes())


def test_an_unchanged_page_is_a_revisit_of_the_first(tmp_path, capsys):
    with Archive(tmp_path) as archive:
        first = archive.put(fetched(exchange())).result(5)
        same = archive.put(fetched(exchange()), lease(first)).result(5)
        not_modified = archive.put(fetched(exchange(wire=b"", status=304)), lease(same)).result(5)
        edited = archive.put(fetched(exchange(wire=HTML + b"!")), lease(not_modified)).result(5)
    assert [(s.revisit, s.archived == first.archived) for s in (first, same, not_modified, edited)] == [
        (False, True), (True, True), (True, True), (False, False)
    ]  # fmt: skip
    (path,) = tmp_path.iterdir()
    assert [kind for kind, _ in records(path) if kind in ("response", "revisit")] == [
        "response",
        "revisit",
        "revisit",
        "response",
    ]
    assert [page.body for page in read_pages(path)] == [HTML, HTML + b"!"]
    text = gzip.decompress(path.read_bytes()).decode()
    assert "revisit/identical-payload-digest" in text
    assert "revisit/server-not-modified" in text
    assert text.count("WARC-Refers-To-Date: 2026-06-01T01:10:00Z") == 2
    check(tmp_path, capsys)


def test_files_are_rotated_by_size_and_by_time(tmp_path, capsys):
    with Archive(tmp_path, max_bytes=20_000) as archive:
        for number in range(9):
            archive.put(fetched(exchange(wire=os.urandom(9_000) + str(number).encode()))).result(5)
    assert [path.stat().st_size < 32_000 for path in tmp_path.iterdir()] == [True] * len(list(tmp_path.iterdir()))
    assert len(list(tmp_path.iterdir())) >= 3
    check(tmp_path, capsys)
    before = len(list(tmp_path.iterdir()))
    with Archive(tmp_path, max_age=0.0) as archive:
        archive.put(fetched(exchange())).result(5)
        archive.put(fetched(exchange())).result(5)
    assert len(list(tmp_path.iterdir())) == before + 2


def test_hostile_headers_and_addresses_break_no_record(tmp_path, capsys):
    told = exchange(
        "https://contoh.example/a%20b", X_Evil="a\r\nWARC-Type: response\r\n\r\n", X_Name="Jambi – é", X_Odd="\ud800\0"
    )
    with Archive(tmp_path) as archive:
        archive.put(fetched(told)).result(5)
    (path,) = tmp_path.iterdir()
    assert [kind for kind, _ in records(path)] == ["warcinfo", "response", "request", "metadata"]
    check(tmp_path, capsys)


def test_a_body_cut_at_a_cap_is_marked(tmp_path):
    with Archive(tmp_path) as archive:
        archive.put(
            fetched(exchange(wire=HTML[:100], status=404, Content_Length="99999", Transfer_Encoding="chunked"))
        ).result(5)
    (path,) = tmp_path.iterdir()
    text = gzip.decompress(path.read_bytes()).decode()
    assert "WARC-Truncated: length" in text
    assert "X-Archive-Orig-Transfer-Encoding: chunked" in text


def test_many_tasks_may_write_at_once(tmp_path, capsys):
    async def all_at_once(archive: Archive) -> list:
        return await asyncio.gather(*(archive.write(fetched(exchange(f"{URL}-{n}"))) for n in range(200)))

    with Archive(tmp_path) as archive:
        stored = asyncio.run(all_at_once(archive))
    assert len({s.archived.offset for s in stored}) == 200
    (path,) = tmp_path.iterdir()
    assert {page.archived.offset: page.url for page in read_pages(path)} == {
        s.archived.offset: f"{URL}-{n}" for n, s in enumerate(stored)
    }
    check(tmp_path, capsys)


def test_a_closed_archive_says_so(tmp_path):
    archive = Archive(tmp_path)
    archive.close()
    archive.close()
    with pytest.raises(CrawlError, match="closed"):
        archive.put(fetched(exchange())).result(5)


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path):
    (tmp_path / "warc").write_text("")
    with pytest.raises(CrawlError, match="cannot be written"):
        Archive(tmp_path / "warc")


def test_a_full_disk_fails_the_page_and_keeps_the_file_whole(tmp_path, capsys):
    """A limit on file size stands for the full disk: the write comes back short, then with an error."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Archive(tmp_path) as archive:
        archive.put(fetched(exchange(wire=os.urandom(50_000)))).result(5)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, hard))
        try:
            with pytest.raises(CrawlError, match=r"kabar-.*cannot be written"):
                archive.put(fetched(exchange(wire=os.urandom(50_000)))).result(5)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        archive.put(fetched(exchange())).result(5)  # space again
    (path,) = tmp_path.iterdir()
    assert len(list(read_pages(path))) == 2
    check(tmp_path, capsys)


def test_a_file_that_cannot_be_cut_back_is_left_and_the_next_page_goes_into_another(tmp_path, monkeypatch):
    class Failing(FileIO):
        """A disk that takes half of a page, once, and then nothing more."""

        ill = False

        def write(self, data) -> int:
            if not Failing.ill:
                return super().write(data)
            super().write(data[: len(data) // 2])
            raise OSError(5, "Input/output error")

        def truncate(self, size=None) -> int:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr("scraper.crawl.archive.FileIO", Failing)
    with Archive(tmp_path) as archive:
        archive.put(fetched(exchange())).result(5)
        Failing.ill = True
        with pytest.raises(CrawlError, match="input/output error"):
            archive.put(fetched(exchange(wire=os.urandom(3_000)))).result(5)
        Failing.ill = False
        where = archive.put(fetched(exchange())).result(5).archived
    first, second = sorted(tmp_path.iterdir())
    assert where.path == second.name
    assert [len(list(read_pages(path, lambda _: None))) for path in (first, second)] == [1, 1]


@pytest.mark.parametrize("torn", [1, 9, 300, 2_000])
def test_the_next_start_cuts_a_torn_tail(tmp_path, capsys, torn):
    with Archive(tmp_path) as archive:
        wait([archive.put(fetched(exchange(wire=os.urandom(3_000)))) for _ in range(5)])
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-torn])
    Archive(tmp_path).close()
    assert len(list(read_pages(path, pytest.fail))) in (4, 5)
    check(tmp_path, capsys)


def test_the_end_is_found_from_the_tail_alone(tmp_path):
    path = written(tmp_path, 40)
    size = path.stat().st_size
    path.write_bytes(path.read_bytes() + path.read_bytes()[1_000:1_400])
    for tail in (size, 5_000, 700, 10):
        assert whole_length(path, tail) == size


def test_a_file_torn_in_its_first_record_goes(tmp_path):
    Archive(tmp_path).close()
    (tmp_path / "kabar-20260601000000-00000.warc.gz").write_bytes(b"\x1f\x8b\x08\0\0")
    Archive(tmp_path).close()
    assert list(tmp_path.iterdir()) == []


Damage = Callable[[bytes], bytes]


def written(folder: Path, pages: int = 6) -> Path:
    with Archive(folder) as archive:
        for number in range(pages):
            archive.put(fetched(exchange(f"{URL}-{number}", gzip.compress(HTML), Content_Encoding="gzip"))).result(5)
    return next(folder.iterdir())


@pytest.mark.parametrize(
    ("damage", "left"),
    [
        (lambda data: data[:-1], 6),  # only the last metadata record is torn
        (lambda data: data[: len(data) // 2], 3),
        (lambda data: data[: len(data) // 2] + b"\0" * 64 + data[len(data) // 2 + 64 :], 5),
        (lambda data: data[:5_000] + data[5_100:], 5),
        (lambda data: data + b"\0" * 5_000, 6),
        (lambda data: data + b"garbage", 6),
    ],
    ids=[
        "torn by a byte",
        "torn in the middle",
        "zeros in the middle",
        "a hole",
        "zeros at the end",
        "garbage at the end",
    ],
)
def test_damage_costs_only_itself(tmp_path, damage: Damage, left: int):
    path = written(tmp_path)
    path.write_bytes(damage(path.read_bytes()))
    problems: list[str] = []
    pages = list(read_pages(path, problems.append))
    assert abs(len(pages) - left) <= 1
    assert all(page.body == HTML for page in pages)
    assert problems
    assert path.name in problems[0]


def test_an_uncompressed_archive_and_one_that_is_torn_are_read(tmp_path):
    plain = tmp_path / "plain.warc"
    plain.write_bytes(gzip.decompress(written(tmp_path / "warc").read_bytes()))
    places = [page.archived.offset for page in read_pages(plain, pytest.fail)]
    assert len(places) == 6
    with plain.open("rb") as stream:
        assert len(list(read_pages(stream, pytest.fail))) == 6
    data = plain.read_bytes()
    plain.write_bytes(data[: data.index(b"WARC/1.1", places[-1] + 1) - 60])
    problems: list[str] = []
    assert len(list(read_pages(plain, problems.append))) == 5
    assert "cut short" in problems[0]


@pytest.mark.parametrize(
    ("field", "other"),
    [(b"WARC-Target-URI:", b"WARC-Target-URL:"), (b"Content-Length: ", b"Content-Length: 99999999999999999999")],
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_record_with_fields_that_make_no_sense_costs_no_more_than_the_rest(tmp_path, field, other, packed):
    members = [gzip.decompress(member) for member in split(written(tmp_path / "warc").read_bytes())]
    place = max(number for number, member in enumerate(members) if b"WARC-Type: response" in member)
    members[place] = members[place].replace(field, other, 1)
    path = tmp_path / "odd.warc"
    path.write_bytes(b"".join(map(gzip.compress, members) if packed else members))
    problems: list[str] = []
    assert len(list(read_pages(path, problems.append))) == 5
    assert len(problems) == 1
    assert "cannot be read" in problems[0]


def split(data: bytes) -> list[bytes]:
    """The gzip members of a file, one by one."""
    members = []
    while data:
        stream = zlib.decompressobj(wbits=31)
        stream.decompress(data)
        members.append(data[: len(data) - len(stream.unused_data)])
        data = stream.unused_data
    return members


def test_a_bomb_in_an_archive_is_passed_over(tmp_path):
    with Archive(tmp_path) as archive:
        bomb = gzip.compress(b"<p>" + b"\0" * 60_000_000)
        archive.put(fetched(exchange(wire=bomb, Content_Encoding="gzip"))).result(5)
        archive.put(fetched(exchange())).result(5)
    (path,) = tmp_path.iterdir()
    problems: list[str] = []
    assert [page.body for page in read_pages(path, problems.append)] == [HTML]
    assert "over the cap" in problems[0]


@pytest.mark.parametrize("content", [b"", b"<html>no archive</html>", b"PK\x03\x04"])
def test_what_is_no_archive_is_told(tmp_path, content):
    path = tmp_path / "pages.warc.gz"
    path.write_bytes(content)
    with pytest.raises(CrawlError, match=r"pages\.warc\.gz"):
        list(read_pages(path))
    with pytest.raises(CrawlError, match=r"missing\.warc"):
        list(read_pages(tmp_path / "missing.warc"))
