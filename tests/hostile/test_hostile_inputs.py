"""Bad input: one clear line that names it and tells why, no traceback, the rest goes on, the exit code tells."""

from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

GOOD = (
    b"<html><body><article><h1>Pemkab Perbaiki Tanggul Sungai Tebo</h1>"
    b"<p>Pemerintah Kabupaten Tebo memperbaiki tanggul sungai yang jebol sejak hari Senin pekan lalu.</p>"
    b"<p>Bupati Tebo meninjau perbaikan itu pada hari Rabu dan meminta warga tetap waspada pada hujan.</p>"
    b"</article></body></html>"
)
INDEX = (
    b"<html><body><h1>Daerah</h1><ul>"
    + b"".join(b'<li><a href="/b/%d">Berita nomor %d dari daerah</a></li>' % (n, n) for n in range(60))
    + b"</ul></body></html>"
)

BAD_FILES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty page": ("empty.html", lambda: b"", "empty"),
    "empty text": ("empty.txt", lambda: b" \n\n", "empty"),
    "empty list": ("empty.jsonl", lambda: b"", ""),
    "picture as page": ("picture.html", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "binary"),
    "picture as text": ("picture.txt", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "binary"),
    "truncated gzip": ("cut.html.gz", lambda: gzip.compress(GOOD * 50)[:200], "cut short"),
    "damaged gzip": ("damaged.html.gz", lambda: b"\x1f\x8b\x08\x00" + b"\xff" * 200, "damaged"),
    "gzip bomb": ("bomb.html.gz", lambda: gzip.compress(bytes(60 * 2**20), 1), "larger than"),
    "50 MB page": ("huge.html", lambda: GOOD + b"<p>a</p>" * (50 * 2**20 // 8), "larger than"),
    "index page": ("index.html", lambda: INDEX, ""),
    "half a WARC": ("cut.warc", lambda: b"WARC/1.1\r\nWARC-Type: resp", ""),
    "no WARC": ("no.warc.gz", lambda: gzip.compress(b"hello\n"), "WARC"),
    "no HTML part": ("no.mhtml", lambda: b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nhi", "no HTML part"),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_bad_file_gives_one_message_and_the_rest_goes_on(kabar, tmp_path: Path, case: str) -> None:
    name, make, reason = BAD_FILES[case]
    bad, good = tmp_path / name, tmp_path / "z.html"
    bad.write_bytes(make())
    good.write_bytes(GOOD)
    ran = kabar("clean", "-q", bad, good)
    assert ran.code in ((0, 1) if case == "empty list" else (1,))
    assert [line["file"] for line in ran.lines] == [str(good)]
    if case != "empty list":
        [message] = ran.messages
        assert message.startswith(f"kabar: {bad}: ")
        assert reason in message
    assert "Traceback" not in ran.err


def test_20000_nested_tags(kabar, tmp_path: Path) -> None:
    deep = tmp_path / "deep.html"
    deep.write_bytes(b"<html><body>" + b"<div>" * 20_000 + GOOD + b"</div>" * 20_000)
    ran = kabar("clean", "-q", deep)
    assert (ran.code == 0 and "tanggul" in ran.lines[0]["text"]) or (ran.code == 1 and len(ran.messages) == 1)


def test_broken_line_in_the_middle_is_named_and_the_rest_goes_on(kabar, tmp_path: Path) -> None:
    path = tmp_path / "list.jsonl"
    broken = [
        b'{"text": "cut',
        b"[1, 2]",
        b'{"title": "neither"}',
        b'{"text": 7}',
        b'{"text": "\xff\xfe"}',
        b'{"text": "\\ud800"}',
        b'{"text": ' + b"[" * 100_000,
        b"",
    ]
    good = [json.dumps({"id": n, "text": f"Tanggul nomor {n} diperbaiki."}).encode() for n in (1, 2)]
    path.write_bytes(b"\n".join([good[0], *broken, good[1]]))
    ran = kabar("clean", "-q", path)
    assert ran.code == 1
    assert [line["id"] for line in ran.lines] == ["1", "2"]
    assert [message.split(": ")[1] for message in ran.messages] == [f"{path}:{line}" for line in range(2, 9)]
    assert "Traceback" not in ran.err


def test_truncated_list_gives_what_stood_before_the_cut(kabar, tmp_path: Path) -> None:
    rows = b"".join(
        json.dumps({"id": n, "text": f"Tanggul {n} jebol {n * 7919}."}).encode() + b"\n" for n in range(3000)
    )
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(gzip.compress(rows)[:-2000])
    ran = kabar("clean", "-q", "-j", "1", path)
    assert ran.code == 1
    assert [line["id"] for line in ran.lines] == [str(n) for n in range(len(ran.lines))]
    assert len(ran.lines) > 1000
    assert ran.messages[-1] == f"kabar: {path}: the compressed data is cut short"


def test_missing_and_unreadable(kabar, tmp_path: Path) -> None:
    loop = tmp_path / "loop.html"
    loop.symlink_to(loop)
    ran = kabar("clean", tmp_path / "none.html", tmp_path / "*.pdf", "ftp://warta.example/a", loop)
    assert ran.code == 1
    assert [message.removeprefix("kabar: ") for message in ran.messages[:4]] == [
        f"{tmp_path}/none.html: there is no such file or folder",
        f"{tmp_path}/*.pdf: no file matches the pattern",
        "ftp://warta.example/a: only http and https addresses can be fetched",
        f"{loop}: cannot be read: too many levels of symbolic links",
    ]


def test_file_names_cannot_steer_the_terminal(kabar, tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[2J.html"
    path.write_bytes(b"")
    assert "\x1b" not in kabar("clean", path).err


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_addresses_that_give_no_page(kabar, serve, http_answer, tmp_path: Path) -> None:
    server = serve(
        {
            "/good": http_answer(GOOD, Content_Type="text/html"),
            "/loop": http_answer(status="302 Found", Location="/loop"),
            "/robots.txt": http_answer(b"User-agent: *\nDisallow: /secret\n", Content_Type="text/plain"),
            "/secret": http_answer(GOOD, Content_Type="text/html"),
        }
    )
    bad = [
        f"{server.url}/none",
        f"{server.url}/loop",
        f"{server.url}/secret",
        f"http://127.0.0.1:{closed_port()}/",
        "http://no-such-host.invalid/",
        "http:///no-host",
    ]
    ran = kabar("clean", "-q", "--allow-private", *bad, f"{server.url}/good")
    assert ran.code == 1
    assert [line["url"] for line in ran.lines] == [f"{server.url}/good"]
    assert len(ran.messages) == len(bad)
    for url, message in zip(bad, ran.messages, strict=True):
        assert message.startswith(f"kabar: {url}: ")
    assert "404" in ran.messages[0]
    assert "robots.txt" in ran.messages[2]


def test_private_addresses_are_refused_unless_allowed(kabar, serve) -> None:
    server = serve({})
    ran = kabar("clean", server.url)
    assert ran.code == 1
    assert not server.requests
    assert len(ran.messages) == 1
