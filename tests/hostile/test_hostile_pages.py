"""Pages that mean harm, or are broken beyond repair: bounded time, a clear error or an article."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scraper import clean, clean_text
from scraper.errors import CleanError, InputTooLarge

PROSE = (
    "Warga kampung memperbaiki jembatan bambu bersama-sama pada hari Minggu. Pekerjaan selesai "
    "sebelum sore, kata kepala kampung."
)
SECONDS = 10


def bounded(source: bytes | str) -> str | None:
    began = time.process_time()
    try:
        text, reason = clean(source).text, None
    except CleanError as error:
        text, reason = None, error.reason
    assert text or reason
    assert time.process_time() - began < SECONDS
    return text


ARTICLE = f"<h1>Jembatan Bambu</h1><article><p>{PROSE}</p><p>{PROSE[:70]} lagi, dan lagi.</p></article>"
BOMBS = {
    "nested div": "<div>" * 50_000 + ARTICLE,
    "nested b": ARTICLE + "<b>" * 50_000 + "x",
    "nested table": ARTICLE + "<table><tr><td>" * 20_000,
    "nested list in the body": f"<article><p>{PROSE}</p>" + "<ul><li>" * 20_000 + PROSE,
    "attributes": "<p " + " ".join(f'a{i}="{i}"' for i in range(100_000)) + ">x</p>" + ARTICLE,
    "bare attributes": "<p " + " ".join(f"a{i}" for i in range(100_000)) + ">x</p>" + ARTICLE,
    "comments": ARTICLE + "<!--" * 10_000,
    "cdata": ARTICLE + "<![CDATA[" * 40_000,
    "less-than": ARTICLE + "<" * 200_000,
    "entities": ARTICLE + "&" * 1_000_000,
    "entity bomb": '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    + ARTICLE.replace("lagi", "&b;&b;"),
    "one line": f"<article><p>{'kata ' * 3_000_000}</p></article>",
    "many paragraphs": f"<article>{'<p>' + PROSE + '</p>'}</article>" * 20_000,
    "many breaks": f"<article>{PROSE}{'<br>' * 100_000}{PROSE}</article>",
    "brackets": f"<article><p>{PROSE} {'(' * 200_000}</p></article>",
    "capitals": f"<article><p>{'JAMBI ' * 100_000}</p><p>{PROSE}</p></article>",
    "hashtags": f"<article><p>{'#a ' * 100}</p><p>{PROSE}</p></article>",
    "unclosed quotes": '<a href="' * 20_000 + ARTICLE,
    "JSON-LD of brackets": '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + ARTICLE,
    "NUL": ARTICLE.replace("bambu", "bam\x00bu"),
    "lone surrogates": ARTICLE.replace("bambu", "bambu \ud800 \udfff"),
}


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_bounded(name: str) -> None:
    bounded(BOMBS[name])


@pytest.mark.parametrize(
    "name", ["attributes", "bare attributes", "comments", "cdata", "NUL", "lone surrogates", "JSON-LD of brackets"]
)
def test_the_article_survives(name: str) -> None:
    text = bounded(BOMBS[name])
    assert text is not None
    assert "Pekerjaan selesai sebelum sore" in text


def test_external_entities_are_not_read() -> None:
    source = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + ARTICLE.replace(
        "lagi", "&x;"
    )
    assert "root:" not in (bounded(source) or "")


def test_fifty_megabytes_are_refused_at_once() -> None:
    with pytest.raises(InputTooLarge, match="at most"):
        clean(b"<p>" + b"kata " * 10_000_000)


def test_too_many_tags_are_refused() -> None:
    with pytest.raises(InputTooLarge, match="tags"):
        clean("<i>x</i>" * 200_000)


MARKUP = st.lists(
    st.one_of(
        st.sampled_from(
            ["<p>", "</p>", "<div class='entry-content'>", "</div>", "<br>", "<table><tr><td>", "</table>",
            "<a href='?page=2'>",
             "</a>", "<li>", "<h1>", "</h1>", "<figure><figcaption>", "</figure>", "<script>", "</script>", "<!--",
             "-->", "&#0;",
             "&nbsp;", "<span style='display:none'>", "</span>", PROSE, "Baca juga: ", "(adv)", "JAMBI, KABAR.ID – ",
             "<article>",
             "</article>", "Editor: Rina", "<meta charset=utf-7>", "<base href='http://['>"]
        ),
        st.text(max_size=30),
    ),
    max_size=40,
).map("".join)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MARKUP)
def test_any_markup_gives_an_article_or_a_clean_error(markup: str) -> None:
    for source in (markup, markup.encode("utf-8", "surrogatepass")):
        try:
            article = clean(source)
        except CleanError:
            continue
        assert article.text.strip()
        assert article.text == article.text.encode("utf-8").decode("utf-8")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_an_article_or_a_clean_error(body: bytes) -> None:
    try:
        clean(body)
    except CleanError:
        return


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_an_article_or_a_clean_error(text: str) -> None:
    try:
        clean_text(text)
    except CleanError:
        return
