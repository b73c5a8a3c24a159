import pytest

from scraper import clean
from scraper.article import Article, Author
from scraper.clean.paging import base_address, join_parts, join_saved, page_number, part_addresses
from scraper.page import Page

URL = "https://kabar.example/read/2024/05/jalan-lintas-dibuka"
ONE = "Jalan lintas yang longsor sejak awal bulan akhirnya dibuka kembali untuk kendaraan kecil pada Rabu sore."
TWO = "Truk bermuatan masih dialihkan ke jalur timur sampai dinding penahan tanah selesai dibangun bulan depan."
THREE = "Warga dua desa sebelumnya harus memutar sejauh empat puluh kilometer untuk mencapai rumah sakit terdekat."


def article(text: str, url: str = URL, **more: object) -> Article:
    return Article(id=url, text=text, url=url, title="Jalan Lintas Dibuka", **more)  # type: ignore[arg-type]


def paged(links: str) -> Page:
    return Page(body=f"<h1>Jalan</h1><p>{ONE}</p><div class='paging__wrap'>{links}</div>".encode(), url=URL)


def test_the_page_with_everything_is_preferred() -> None:
    links = "<a href='?page=1'>1</a><a href='?page=2'>2</a><a href='?page=all'>Show All</a>"
    assert part_addresses(paged(links)) == (f"{URL}?page=all",)


def test_numbered_parts_come_in_order_and_gaps_are_filled() -> None:
    links = f"<a href='{URL}/2'>2</a> … <a href='{URL}/4'>4</a>"
    assert part_addresses(paged(links)) == (f"{URL}/2", f"{URL}/3", f"{URL}/4")


def test_a_pager_that_counts_paragraphs_has_the_parts_it_shows() -> None:
    links = f"<a href='{URL}'>1</a> <a href='{URL}/15'>2</a> <a href='{URL}/30'>3</a>"
    assert part_addresses(paged(links)) == (f"{URL}/15", f"{URL}/30")
    parts = [article(THREE, f"{URL}/30"), article(ONE), article(TWO, f"{URL}/15")]
    assert join_parts(parts).text.split("\n\n") == [ONE, TWO, THREE]


def test_links_to_other_articles_are_no_parts() -> None:
    assert part_addresses(paged("<a href='/read/2024/05/jembatan-roboh?page=2'>Lanjut</a>")) == ()
    assert part_addresses(paged("<a href='https://other.example/read/2024/05/jalan-lintas-dibuka?page=2'>2</a>")) == ()


def test_rel_next_is_followed() -> None:
    body = f"<head><link rel='next' href='{URL}?page=2'></head><p>{ONE}</p>".encode()
    assert part_addresses(Page(body=body, url=URL)) == (f"{URL}?page=2",)


@pytest.mark.parametrize(
    ("url", "number"),
    [
        (URL, None),
        (f"{URL}?page=2", 2),
        (f"{URL}?page=all", 0),
        (f"{URL}/3", 3),
        (f"{URL}?page=x", None),
        ("https://kabar.example/2024", None),
    ],
)
def test_page_number(url: str, number: int | None) -> None:
    assert page_number(url) == number


def test_all_parts_have_one_base() -> None:
    assert (
        len(
            {
                base_address(u)
                for u in (URL, f"{URL}?page=2", f"{URL}/3", f"{URL}?page=all", URL.replace("//", "//www."))
            }
        )
        == 1
    )


def test_parts_are_ordered_and_nothing_is_said_twice() -> None:
    parts = [article(f"{TWO}\n\n{THREE}", f"{URL}?page=2"), article(f"{ONE}\n\n{TWO}", URL)]
    joined = join_parts(parts)
    assert joined.text.split("\n\n") == [ONE, TWO, THREE]
    assert joined.lead == ONE
    assert joined.pages == 2


def test_authors_of_later_parts_are_added() -> None:
    rina, dedi = Author(name="Rina", role="reporter"), Author(name="Dedi", role="editor")
    joined = join_parts([article(ONE, authors=(rina,)), article(TWO, f"{URL}?page=2", authors=(rina, dedi))])
    assert joined.authors == (rina, dedi)


def test_saved_pages_of_one_article_become_one() -> None:
    saved = [article(ONE), article(THREE, "https://kabar.example/read/lain"), article(TWO, f"{URL}?page=2")]
    assert [a.text for a in join_saved(saved)] == [f"{ONE}\n\n{TWO}", THREE]


def test_no_part_is_an_error() -> None:
    with pytest.raises(ValueError, match="no part"):
        join_parts([])


def test_cleaned_parts_join() -> None:
    parts = [
        clean(f"<h1>Jalan Lintas Dibuka</h1><div class='entry-content'><p>{a}</p><p>{b}</p></div>", url)
        for a, b, url in ((ONE, TWO, URL), (TWO, THREE, f"{URL}?page=2"))
    ]
    assert join_parts(parts).text.split("\n\n") == [ONE, TWO, THREE]
