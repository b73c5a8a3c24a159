import random

import pytest

from scraper import clean
from scraper.clean.decode import MAX_BYTES, decode, fold
from scraper.errors import EmptyInput, InputTooLarge, NotText
from scraper.page import Page

SENTENCE = "Wali kota berkata, “sungai bersih” – itu janji kami untuk warga di bantaran sungai pada tahun ini."


def page(sentence: str = SENTENCE, charset: str = "utf-8") -> str:
    return (
        f"<html><head><meta charset='{charset}'><title>Sungai</title></head><body><h1>Sungai</h1>"
        f"<article><p>{sentence}</p></article></body></html>"
    )


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "utf-16", "no-such-charset", "us-ascii"])
def test_valid_utf8_is_utf8_whatever_the_page_declares(declared: str) -> None:
    article = clean(page(charset=declared).encode())
    assert article.text == SENTENCE
    assert any(declared in warning for warning in article.warnings)


@pytest.mark.parametrize("declared", ["iso-8859-1", "utf-8", "windows-1252"])
def test_windows_1252_quotes_are_read(declared: str) -> None:
    assert clean(page(charset=declared).encode("cp1252")).text == SENTENCE


def test_stray_bytes_in_utf8_are_read_and_told() -> None:
    body = page().encode().replace(b"tahun ini", b"tahun \x93ini\x94")
    article = clean(body)
    assert article.text.endswith("tahun “ini”.")
    assert any("windows-1252" in warning for warning in article.warnings)


def test_header_is_believed_where_the_bytes_allow_it() -> None:
    japanese = (
        "川の水がきれいになったと市長が語った。住民は喜んでいる。来年も続けるという。"
        "子どもたちは夏に泳げることを楽しみにしている。"
    )
    body = f"<h1>川</h1><article><p>{japanese}</p></article>".encode("euc-jp")
    assert clean(Page(body=body, encoding="euc-jp")).text == japanese


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_byte_order_marks(codec: str) -> None:
    assert clean(page().encode(codec)).text == SENTENCE


def test_mojibake_is_mended() -> None:
    shown = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in page().encode())
    assert clean(shown.encode()).text == SENTENCE


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a\xa0b \u200bc", "a b c"),
        ("Rp&amp;nbsp;5 &amp;quot;juta&amp;quot;", 'Rp 5 "juta"'),
        ("\x93tegas\x94 \x96 ujarnya", "“tegas” – ujarnya"),
        ("so\xadto", "soto"),
        ("AT&T dan R&D", "AT&T dan R&D"),
    ],
)
def test_fold(raw: str, text: str) -> None:
    assert fold(raw) == text


@pytest.mark.parametrize("empty", [b"", b"  \n", "", "\u3000", b"\x00\x00\x00"])
def test_empty_input(empty: bytes | str) -> None:
    with pytest.raises(EmptyInput):
        clean(empty)


@pytest.mark.parametrize("binary", [b"%PDF-1.7 x", b"\x89PNG\r\n", b"\x1f\x8b\x08abc", bytes(range(256)) * 20])
def test_binary_input(binary: bytes) -> None:
    with pytest.raises(NotText):
        clean(binary)


def test_too_large_input_tells_both_sizes() -> None:
    with pytest.raises(InputTooLarge, match=r"20,971,521 bytes.*20,971,520"):
        decode(b"x" * (MAX_BYTES + 1))


def test_surrogates_are_joined_or_replaced() -> None:
    assert decode("a \ud83d\ude00 b \ud83d c").text == "a 😀 b \ufffd c"


def test_random_bytes_are_no_page_whatever_tags_they_seem_to_hold() -> None:
    dice = random.Random(20)
    for _ in range(200):
        with pytest.raises(NotText):
            decode(b"<p" + dice.randbytes(3000))


@pytest.mark.parametrize(
    "name", ["hex", "idna", "punycode", "rot13", "zlib", "utf-7", "undefined", "x\0y", "unicode_escape"]
)
def test_a_codec_that_is_no_character_set_is_not_believed(name: str) -> None:
    body = page(charset=name).encode("cp1252")
    assert decode(body).text == decode(body, name).text == page(charset=name).replace("\0", "")
