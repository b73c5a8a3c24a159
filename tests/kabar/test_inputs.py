"""Every way in: files, folders, globs, lists, standard input, archives, addresses; the order kept, `file` as given."""

from __future__ import annotations

import gzip
import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

Page = Callable[[str], str]


@pytest.fixture
def folder(tmp_path: Path, page: Page, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three pages, one of them deeper, and files that are no pages; the current folder is its parent."""
    saved = tmp_path / "saved"
    (saved / "b").mkdir(parents=True)
    (saved / "c.html").write_text(page("Tembesi"), "utf-8")
    (saved / "a.htm").write_text(page("Batanghari"), "utf-8")
    (saved / "b" / "d.html.gz").write_bytes(gzip.compress(page("Merangin").encode()))
    (saved / ".hidden.html").write_text(page("Tebo"), "utf-8")
    (saved / "logo.png").write_bytes(b"\x89PNG\r\n")
    monkeypatch.chdir(tmp_path)
    return saved


def test_folder_is_walked_in_order_of_names(kabar, folder):
    ran = kabar("clean", "saved")
    assert ran.code == 0
    assert [line["file"] for line in ran.lines] == ["saved/a.htm", "saved/c.html", "saved/b/d.html.gz"]
    assert ran.rivers == ["Batanghari", "Tembesi", "Merangin"]


@pytest.mark.parametrize("given", ["saved/a.htm", "./saved//a.htm"])
def test_file_holds_the_path_as_given(kabar, folder, given):
    assert kabar("clean", given).lines[0]["file"] == given


def test_glob_that_the_shell_left_alone(kabar, folder):
    ran = kabar("clean", "saved/**/*.html*")
    assert ran.rivers == ["Merangin", "Tembesi"]


def test_file_with_a_glob_letter_in_its_name(kabar, folder, page):
    (folder / "a[1].html").write_text(page("Sarolangun"), "utf-8")
    assert kabar("clean", "saved/a[1].html").rivers == ["Sarolangun"]


def test_order_of_arguments_is_kept_and_problems_do_not_stop_the_rest(kabar, folder):
    ran = kabar("clean", "saved/c.html", "saved/none.html", "saved/a.htm")
    assert ran.code == 1
    assert ran.rivers == ["Tembesi", "Batanghari"]
    assert ran.messages[0] == "kabar: saved/none.html: there is no such file or folder"


def test_files_from_a_list(kabar, folder):
    Path("list.txt").write_bytes(b"saved/c.html\r\n\r\nsaved/a.htm\n")
    titles = ["Tembesi", "Batanghari"]
    assert kabar("clean", "--files-from", "list.txt").rivers == titles
    from_stdin = kabar("clean", "--files-from", "-", stdin=b"saved/c.html\nsaved/a.htm\n")
    assert from_stdin.rivers == titles


def test_list_and_input_cannot_both_be_standard_input(kabar):
    assert kabar("clean", "-", "--files-from", "-", stdin=b"").code == 2


def test_no_input_is_wrong_usage(kabar):
    ran = kabar("clean")
    assert ran.code == 2
    assert "no input" in ran.err


def test_folder_without_pages_is_nothing_found(kabar, tmp_path):
    ran = kabar("clean", tmp_path)
    assert (ran.code, ran.out) == (3, "")
    assert str(tmp_path) in ran.err


def test_output_file_is_no_input_of_its_own_run(kabar, folder):
    for _ in range(2):
        assert kabar("clean", "saved", "-o", "saved/out.jsonl").code == 0
        assert len((folder / "out.jsonl").read_text().splitlines()) == 3


@pytest.mark.parametrize("kind", ["html", "jsonl", "text"])
def test_standard_input_is_told_by_its_content(kabar, page, kind):
    content = {
        "html": "\n " + page("Tebo"),
        "jsonl": json.dumps({"id": 7, "title": "Tebo", "text": "Tanggul jebol di Tebo."}),
        "text": "Tanggul jebol di Tebo.",
    }[kind]
    [article] = kabar("clean", "-", stdin=content.encode()).lines
    assert article["file"] == "-"
    assert "Tebo" in article["text"]
    assert article["method"] == ("text" if kind != "html" else article["method"])


def test_input_format_overrules_name_and_content(kabar, tmp_path):
    path = tmp_path / "odd.html"
    path.write_text('{"text": "Tanggul jebol di Tebo."}')
    assert kabar("clean", path, "--input-format", "jsonl").lines[0]["text"] == "Tanggul jebol di Tebo."


def test_jsonl_keeps_what_stands_beside_the_text(kabar, page):
    rows = [
        {
            "id": 12,
            "title": "Judul",
            "text": "Isi berita.",
            "url": "https://warta.example/a",
            "published": "2024-03-01",
        },
        {"id": "b", "html": page("Tebo"), "url": "https://warta.example/b", "published": "2024-03-01T09:30:00+08:00"},
        {"id": "c", "text": "Isi berita lain.", "published": "kemarin", "labels": [1, 2]},
    ]
    first, second, third = kabar("clean", "-", stdin="\n".join(map(json.dumps, rows)).encode()).lines
    assert (first["id"], first["title"], first["url"]) == ("12", "Judul", "https://warta.example/a")
    assert first["published"]["value"] == "2024-03-01"
    assert first["published"]["precision"] == "day"
    assert second["id"] == "b"
    assert second["published"]["value"] == "2024-03-01T09:30:00+08:00"
    assert third["warnings"] == ["`published` is not understood"]


def test_cleaned_lines_pass_through_unchanged(kabar, folder):
    cleaned = kabar("clean", "saved").out
    again = kabar("clean", "-", stdin=cleaned.encode())
    assert [{**line, "file": ""} for line in again.lines] == [
        {**json.loads(x), "file": ""} for x in cleaned.splitlines()
    ]


def test_as_is_takes_nothing_out(kabar):
    text = "iklan\n\nTanggul jebol di Tebo.  (adv)\n"
    assert kabar("clean", "-", "--as-is", stdin=text.encode()).lines[0]["text"] == text
    assert "iklan" not in kabar("clean", "-", stdin=text.encode()).lines[0]["text"]


def test_text_that_is_not_utf8_is_read_with_a_note(kabar, tmp_path):
    path = tmp_path / "lama.txt"
    path.write_bytes("Warga berkata “banjir”.".encode("cp1252"))
    [article] = kabar("clean", path).lines
    assert article["text"] == "Warga berkata “banjir”."
    assert article["warnings"] == ["not UTF-8; read as windows-1252"]


def warc(pages: list[tuple[str, str, str, bytes]], *, compressed: bool) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=compressed)
    for url, status, media_type, body in pages:
        headers = StatusAndHeaders(status, [("Content-Type", media_type)], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers))
    return stream.getvalue()


@pytest.mark.parametrize("compressed", [True, False])
@pytest.mark.parametrize("from_stdin", [True, False])
def test_warc_gives_its_html_pages(kabar, page, tmp_path, compressed, from_stdin):
    data = warc(
        [
            ("https://warta.example/1", "200 OK", "text/html; charset=utf-8", page("Tebo").encode()),
            ("https://warta.example/x.css", "200 OK", "text/css", b"p {}"),
            ("https://warta.example/gone", "404 Not Found", "text/html", page("Hilang").encode()),
            ("https://warta.example/2", "200 OK", "text/html", page("Merangin").encode()),
        ],
        compressed=compressed,
    )
    path = tmp_path / ("pages.warc.gz" if compressed else "pages.warc")
    path.write_bytes(data)
    ran = kabar("clean", "-", stdin=data) if from_stdin else kabar("clean", path)
    assert ran.rivers == ["Tebo", "Merangin"]
    assert [line["url"] for line in ran.lines] == ["https://warta.example/1", "https://warta.example/2"]


def test_an_archives_lists_are_no_failures_and_its_damage_costs_only_itself(kabar, page, tmp_path):
    html = "text/html"
    pages = [
        ("https://warta.example/", "200 OK", html, b"<html><a href='/1'>Banjir</a></html>"),
        ("https://warta.example/robots.txt", "200 OK", "text/plain", b"User-agent: *"),
        *(
            (f"https://warta.example/{name}", "200 OK", html, page(name).encode())
            for name in ("Tebo", "Bungo", "Kerinci")
        ),
    ]
    path = tmp_path / "pages.warc.gz"
    path.write_bytes(warc(pages, compressed=True))
    ran = kabar("clean", path)
    assert ran.code == 0
    assert ran.messages[:-1] == []
    assert "1 pages without an article" in ran.messages[-1]
    assert f"{path}: https://warta.example/: " in kabar("clean", "-v", path).err
    data = bytearray(path.read_bytes())
    middle = data.index(b"\x1f\x8b", data.index(b"\x1f\x8b", len(data) // 2))
    data[middle + 30 : middle + 60] = bytes(30)
    path.write_bytes(data)
    ran = kabar("clean", "-q", path)
    assert ran.code == 1
    assert len(ran.rivers) == 2
    assert [message.startswith(f"kabar: {path}: a record") for message in ran.messages] == [True]


def test_mhtml_as_browsers_save_it(kabar, page, tmp_path):
    path = tmp_path / "page.mhtml"
    html = page("Tebo").replace("\n", "\r\n")
    path.write_text(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://warta.example/tebo\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n'
        "--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        f"{html}\r\n--x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0K\r\n--x--\r\n",
        "utf-8",
    )
    ran = kabar("clean", path)
    assert ran.rivers == ["Tebo"]
    assert ran.lines[0]["url"] == "https://warta.example/tebo"


def test_address_is_fetched(kabar, serve, http_answer, page):
    body = page("Tebo").encode()
    server = serve({"/a": http_answer(body, Content_Type="text/html; charset=utf-8")})
    ran = kabar("clean", "--allow-private", f"{server.url}/a")
    assert ran.rivers == ["Tebo"]
    assert (ran.lines[0]["url"], ran.lines[0]["file"]) == (f"{server.url}/a", None)


def test_undecodable_file_name_is_no_obstacle(kabar, page, tmp_path):
    name = os.fsencode(tmp_path) + b"/caf\xe9.html"
    Path(os.fsdecode(name)).write_text(page("Tebo"), "utf-8")
    ran = kabar("clean", tmp_path)
    assert ran.code == 0
    assert ran.lines[0]["file"].endswith("caf\\xe9.html")
