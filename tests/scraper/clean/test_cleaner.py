import msgspec
import pytest

from scraper import clean, clean_text
from scraper.article import Article
from scraper.errors import NoArticle
from scraper.sites import NO_SITES

FIRST = "Puskesmas keliling mulai melayani tiga dusun terpencil di hulu sungai sejak awal pekan ini, kata kepala dinas."
SECOND = "Petugas membawa obat, vaksin dan alat periksa dengan perahu motor karena jalan darat belum tersambung."
URL = "https://kabar.example/daerah/puskesmas-keliling-layani-dusun-terpencil"


def page(
    body: str = f"<p>MUARA SIAU, KABAR.example – {FIRST}</p><p>{SECOND}</p><p>(rwl/dds)</p>", head: str = ""
) -> str:
    return (
        "<html><head><title>Puskesmas Keliling Layani Dusun - Kabar "
        f"Hulu</title>{head}</head><body><h1>Puskesmas Keliling Layani Dusun</h1><div "
        f"class='entry-content'>{body}</div></body></html>"
    )


def test_fields_of_an_article() -> None:
    article = clean(page(), URL)
    assert article.title == "Puskesmas Keliling Layani Dusun"
    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert article.lead == FIRST
    assert article.dateline == "MUARA SIAU, KABAR.example"
    assert article.url == URL
    assert article.kind == "news"
    assert {(r.rule, r.sample, r.count) for r in article.removed} >= {("initials", "(rwl/dds)", 1)}
    assert article.confidence is not None
    assert 0 < article.confidence <= 1


def test_an_article_is_plain_data() -> None:
    article = clean(page(), URL)
    assert msgspec.json.decode(msgspec.json.encode(article), type=Article) == article


def test_the_same_input_gives_the_same_article() -> None:
    assert clean(page(), URL) == clean(page().encode(), URL)


def test_id_goes_by_the_address_or_else_by_the_text() -> None:
    home = "<link rel='canonical' href='https://kabar.example/'>"
    one, other = clean(page(head=home)), clean(page(f"<p>{SECOND}</p><p>{FIRST}</p>", head=home))
    assert one.id != other.id
    assert clean(page(), URL).id == clean(page(f"<p>{FIRST}</p><p>{SECOND}</p>"), URL).id


def test_structured_data_helps_where_the_body_is_missing() -> None:
    data = msgspec.json.encode(
        {"@type": "NewsArticle", "headline": "Puskesmas", "articleBody": f"{FIRST}\n{SECOND}"}
    ).decode()
    article = clean(page("", f"<script type='application/ld+json'>{data}</script>"))
    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert article.method == "structured"


def test_structured_data_that_holds_boilerplate_alone_is_no_body() -> None:
    data = '{"@type": "NewsArticle", "articleBody": "#puskesmas #dusun"}'
    with pytest.raises(NoArticle):
        clean(f"<script type='application/ld+json'>{data}</script>")


def test_a_site_definition_is_no_must() -> None:
    from scraper.clean.cleaner import clean_page

    assert clean_page(page(), URL, NO_SITES).text == clean(page(), URL).text


def test_plain_text_goes_through_the_same_rules() -> None:
    article = clean_text(
        f"iklan\n\n{FIRST}\n\n{SECOND} (adv)\n\nBerita Terkait\n\nadd images", title="Puskesmas Keliling", url=URL
    )
    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert article.kind == "advertorial"
    assert article.method == "text"
    assert article.title == "Puskesmas Keliling"
    assert [r.rule for r in article.removed] == [
        "advertisement",
        "related-heading",
        "advertisement-script",
        "advertorial",
    ]


def test_lines_that_break_off_inside_a_sentence_are_joined() -> None:
    wrapped = FIRST.replace(" sejak ", "\nsejak ")
    assert clean_text(f"{wrapped}\n\n{SECOND}").text == f"{FIRST}\n\n{SECOND}"
