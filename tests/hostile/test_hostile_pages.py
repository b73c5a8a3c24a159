"""Pages that mean harm, or are broken beyond repair: bounded time, a clear error or an article."""

import gc
import json
import os
import re
import resource
from datetime import datetime

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scraper import clean, clean_text
from scraper.article import Article
from scraper.errors import CleanError, InputTooLarge
from tests.timing import at_most

PROSE = (
    "Warga kampung memperbaiki jembatan bambu bersama-sama pada hari Minggu. Pekerjaan selesai "
    "sebelum sore, kata kepala kampung."
)
SECONDS = 25  # some take two
MEGABYTES = 800


def peak() -> float:
    """The most memory that this process ever held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def bounded(source: bytes | str) -> str | None:
    held = peak()
    with at_most(SECONDS):
        try:
            text, reason = clean(source).text, None
        except CleanError as error:
            text, reason = None, error.reason
    assert text or reason
    assert peak() - held < MEGABYTES
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
    "five megabytes of short paragraphs": f"<article><p class=x>{PROSE[:40]}</p></article>" * 60_000,
    "lines behind the body": ARTICLE + "<time>12 Januari 2024 10:00 WIB</time>" * 30_000,
    "many breaks": f"<article>{PROSE}{'<br>' * 100_000}{PROSE}</article>",
    "brackets": f"<article><p>{PROSE} {'(' * 200_000}</p></article>",
    "capitals": f"<article><p>{'JAMBI ' * 100_000}</p><p>{PROSE}</p></article>",
    "hashtags": f"<article><p>{'#a ' * 100}</p><p>{PROSE}</p></article>",
    "headings over comments": f"<article><p>{PROSE}</p><p>{PROSE}</p>{'<h3>Komentar</h3>' * 12_000}</article>",
    "quotations set apart": f"<article><p>{PROSE}</p>"
    + "".join(f"<blockquote>{PROSE} {number}</blockquote>" for number in range(10_000)),
    "calls to readers": f"<article><p>{PROSE}</p>"
    + "".join(f"<p>Klik kanal WhatsApp kami, newsletter Anda ke-{number}.</p>" for number in range(20_000))
    + f"<p>{PROSE} Lagi.</p><p>{PROSE} Lagi dan lagi.</p>",
    "unclosed quotes": '<a href="' * 20_000 + ARTICLE,
    "JSON-LD of brackets": '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + ARTICLE,
    "NUL": ARTICLE.replace("bambu", "bam\x00bu"),
    "JSON for attributes": ARTICLE.replace("<p>", '<p {"1":1}];>'),
    "lone surrogates": ARTICLE.replace("bambu", "bambu \ud800 \udfff"),
}


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_bounded(name: str) -> None:
    bounded(BOMBS[name])


@pytest.mark.parametrize(
    "name",
    [
        "attributes",
        "bare attributes",
        "comments",
        "cdata",
        "NUL",
        "lone surrogates",
        "JSON-LD of brackets",
        "JSON for attributes",
    ],
)
def test_the_article_survives(name: str) -> None:
    text = bounded(BOMBS[name])
    assert text is not None
    assert "Pekerjaan selesai sebelum sore" in text


def test_pages_leave_nothing_behind() -> None:
    def living(pages: int) -> int:
        for _ in range(pages):
            clean(ARTICLE)
        gc.collect()
        return len(gc.get_objects())

    before = living(20)
    assert living(200) - before < 200


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


# A grammar of broken pages. Tags are opened and closed without regard to each other, attributes and structured data
# use the words that rules look for, and text mixes prose, phrases, entities and anything at all.
WORDS = st.sampled_from(
    ["entry-content", "td-post-content", "related", "baca-juga", "sidebar", "comments", "caption", "byline", "date",
     "read__content clearfix", "post-body", "hidden", "jeg_share_button", "twitter-tweet", "x1", "tag-banjir",
     "o:p"]
)  # fmt: skip
TAGS = st.sampled_from(
    ["p", "div", "br", "span", "b", "a", "ul", "li", "table", "tr", "td", "h1", "h2", "h4", "article", "aside",
     "nav", "section", "figure", "figcaption", "blockquote", "script", "style", "form", "iframe", "svg", "select",
     "textarea", "time", "body", "html", "head", "title", "template", "noscript", "o:p", "amp-img", "font",
     "center", "pre", "input", "frameset", "math", "xmp"]
)  # fmt: skip
DATES = st.one_of(
    st.sampled_from(
        ["Jum'at, 29 Agustus 2025 |13:10 WIB", "2014-07-13T20:07:27.82", "2023-11-02T20-59-53Z", "31/02/2024",
         "0000-00-00", "9999-12-31T23:59:59+14:00", "2024-01-01T00:00:00-99:99", "12 jam lalu", "1709512345",
         "Mar 12, 2026"]
    ),
    st.text(alphabet="0123456789-/:.T+Z WIBTAmarei", max_size=24),
)  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(
        [PROSE, PROSE, PROSE[:71], "Baca juga: ", "Berita Terkait", "(adv)", "(rwl/dds)", "JAMBI, KABAR.ID – ",
         "Editor: Rina", "Penulis : Dedi | Editor : Rina", "2 dari 6 halaman", "COPYRIGHT © KABAR 2017", "&nbsp;",
         "&#0;", "&#xD800;", "&amp;amp;quot;", "&bogus;", "&#99999999999;", "\u200b", "\u00a0", "â€œ", "<!--",
         "-->", "<![CDATA[", "]]>", "<?php", "<!DOCTYPE x [", "\x00", "\x85", "(((((", "***", "… …", "»", "<", ">",
         "&"]
    ),
    DATES,
    st.text(max_size=20),
)  # fmt: skip
ATTRIBUTES = st.one_of(
    st.just(""),
    WORDS.map(" class='{}'".format),
    WORDS.map(' id="{}"'.format),
    DATES.map(" datetime='{}'".format),
    st.sampled_from(
        [" style='display:none'", " hidden", " itemprop=articleBody", " itemprop='author'", " href='?page=2'",
         " href='http://['", " class", ' class="', " =", " rel=next href=//", " class='a' class='b'", " lang=jv",
         " content='javascript:'"]
    ),
)  # fmt: skip
JSON_LD = st.recursive(
    # Lone surrogates among the characters: JSON can escape them.
    st.one_of(
        st.sampled_from(["NewsArticle", "#a", PROSE, None, True]), DATES, st.text(st.characters(), max_size=12)
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ["@type", "@graph", "@id", "headline", "datePublished", "author", "name", "articleBody",
                 "publisher", "image", "keywords", "mainEntityOfPage", "url", "inLanguage"]
            ),
            inner,
            max_size=6,
        ),
    ),
    max_leaves=12,
).map(json.dumps)  # fmt: skip
DAMAGE = st.sampled_from(
    [("", ""), (":", ": \n"), ('"', "'"), ("}", ",}"), ("}", ""), ('"', "&quot;"), ("[", "[" * 400)]
)
PIECES = st.one_of(
    st.tuples(TAGS, ATTRIBUTES).map("<{0[0]}{0[1]}>".format),
    TAGS.map("</{}>".format),
    TEXTS,
    st.tuples(JSON_LD, DAMAGE).map(
        lambda pair: (
            f'<script type="application/ld+json">{pair[0].replace(*pair[1]) if pair[1][0] else pair[0]}</script>'
        )
    ),
    st.tuples(
        st.sampled_from(["og:title", "article:published_time", "author", "og:url", "keywords", "og:image"]), TEXTS
    ).map("<meta property='{0[0]}' content='{0[1]}'>".format),
)
PAGES = st.lists(PIECES, max_size=40).map("".join)
CODECS = st.sampled_from(["utf-8", "cp1252", "utf-16", "utf-16-le", "latin-1", "koi8-r", "utf-7", "shift_jis"])
HEADS = st.sampled_from(
    ["", "<meta charset=iso-8859-1>", "<meta charset='utf-7'>", "<meta charset=nonsense>", "\ufeff", "<?xml?>"]
)

# In continuous integration about a minute in all; a twentieth of it on every other run.
EXAMPLES = 3_000 if os.environ.get("CI") else 150
fuzz = settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))


def sound(source: bytes | str) -> None:
    """An article that every consumer can read, the same every time, or a clean error; within bounds."""
    try:
        with at_most(SECONDS):
            article = clean(source)
    except CleanError:
        return
    assert article.text.strip()
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", article.text)
    assert all(paragraph == " ".join(paragraph.split()) for paragraph in article.text.split("\n\n"))
    assert msgspec.json.decode(msgspec.json.encode(article), type=Article) == article
    assert clean(source) == article
    for stamp in filter(None, (article.published, article.modified)):
        if stamp.precision in ("minute", "second"):
            assert datetime.fromisoformat(stamp.value).tzinfo is not None


@pytest.mark.parametrize(
    "head",
    [
        "<title>Jembatan\x1bBambu dari Tepian</title>",
        '<meta property="og:title" content="Jembatan \x01 Bambu dari Tepian">',
        """<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Jembatan \\ud800 Bambu dari Tepian",
        "publisher": {"name": "Kabar \\udfff Tepian"}, "image": "https://kabar.example/\\ud800.jpg"}</script>""",
    ],
    ids=["title", "meta", "JSON-LD"],
)
def test_characters_that_are_no_text_leave_the_metadata(head: str) -> None:
    sound(head + ARTICLE)


@fuzz
@given(PAGES)
def test_any_markup_gives_an_article_or_a_clean_error(page: str) -> None:
    sound(page)


@fuzz
@given(PAGES, HEADS, CODECS, st.binary(max_size=4), st.integers(min_value=0))
def test_any_encoding_gives_an_article_or_a_clean_error(
    page: str, head: str, codec: str, damage: bytes, place: int
) -> None:
    body = (head + page).encode(codec, "replace" if codec != "utf-8" else "surrogatepass")
    place %= len(body) + 1
    sound(body[:place] + damage + body[place:])


@fuzz
@given(st.binary(max_size=400))
def test_any_bytes_give_an_article_or_a_clean_error(body: bytes) -> None:
    sound(body)


@fuzz
@given(st.lists(st.one_of(TEXTS, st.just("\n")), max_size=30).map("".join))
def test_any_text_gives_an_article_or_a_clean_error(text: str) -> None:
    try:
        article = clean_text(text)
    except CleanError:
        return
    assert article.text.strip()
