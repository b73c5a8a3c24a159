"""An article on several pages comes out whole: fetched by its first page, or joined from saved ones."""

from __future__ import annotations

import json
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "samples"
FIRST, SECOND = (SAMPLES / f"kompas-like-kupang-{n}.html" for n in (1, 2))
HOME = b"https://regional.kompastimur.example/read/2026/04/14/081509178/"


def routes(http_answer, *, second: bool):
    """A publisher without a page that holds all of the article: only numbered ones."""
    path = "/kekeringan-di-kupang-meluas-pemprov-ntt-tetapkan-siaga-darurat"
    pages = {path: FIRST, path + "?page=2": SECOND} if second else {path: FIRST}
    bodies = {
        target: file.read_bytes().replace(HOME, b"/").replace(b'href="?page=all"', b'href="#all"')
        for target, file in pages.items()
    }
    made = {target: http_answer(body, Content_Type="text/html") for target, body in bodies.items()}
    return {**made, "/robots.txt": http_answer(b"")}, path


def texts(ran):
    return [document["text"] for document in ran.lines]


def test_further_pages_are_fetched_and_joined(serve, http_answer, kabar):
    made, path = routes(http_answer, second=True)
    server = serve(made)
    ran = kabar("clean", "--allow-private", server.url + path)
    assert ran.code == 0, ran.err
    (text,) = texts(ran)
    assert text.startswith("Pemerintah Provinsi")
    assert text.endswith("sampai Juni.")
    assert text.count("\n\n") == 6


def test_a_missing_further_page_is_told_and_the_rest_kept(serve, http_answer, kabar):
    made, path = routes(http_answer, second=False)
    server = serve(made)
    ran = kabar("clean", "--allow-private", server.url + path)
    (document,) = ran.lines
    assert document["text"].startswith("Pemerintah Provinsi")
    assert any("page=2" in warning for warning in document["warnings"])


def test_saved_pages_of_one_article_are_joined_on_request(kabar):
    apart = texts(kabar("clean", str(SECOND), str(FIRST)))
    (whole,) = texts(kabar("clean", "--join", str(SECOND), str(FIRST)))
    assert len(apart) == 2
    assert whole.split("\n\n") == [*apart[1].split("\n\n"), *apart[0].split("\n\n")]


def test_an_address_that_is_none_is_joined_with_nothing(kabar):
    rows = [{"text": f"Tanggul nomor {number} jebol.", "url": "http://["} for number in range(2)]
    ran = kabar("clean", "--join", "-", stdin="\n".join(map(json.dumps, rows)).encode())
    assert (ran.code, len(ran.lines)) == (0, 2)
