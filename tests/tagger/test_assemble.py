"""From findings on a Doc to the document: offsets per field, order, references."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.article import Article
from tagger import tag
from tagger.assemble import Fields
from tagger.mentions import Where

if TYPE_CHECKING:
    from spacy.language import Language


def test_offsets_are_told_per_field() -> None:
    fields = Fields("Judul", "Isi berita", 7)
    title, text = fields.mention(Where(0, 5)), fields.mention(Where(7, 10))
    assert title is not None
    assert text is not None
    assert (title.field, title.start, title.end, title.text) == ("title", 0, 5, "Judul")
    assert (text.field, text.start, text.end, text.text) == ("text", 0, 3, "Isi")


def test_a_span_across_the_fields_or_empty_is_none() -> None:
    fields = Fields("Judul", "Isi berita", 7)
    assert fields.mention(Where(3, 9)) is None
    assert fields.mention(Where(2, 2)) is None
    assert fields.mention(Where(7, 99)) is None


def test_entries_stand_in_order_of_first_mention_title_first(rules: Language) -> None:
    article = Article(id="1", title="Bantuan untuk Tegal", text="Bupati Brebes tiba di Kota Tegal.")
    tagged = tag(article, rules)
    assert [city.name for city in tagged.cities] == ["Kota Tegal", "Kabupaten Brebes"]
    assert [mention.field for mention in tagged.cities[0].mentions] == ["title", "text"]


def test_every_mention_slices_back_and_is_told_as_an_entity(rules: Language) -> None:
    article = Article(
        id="1",
        title="Wali Kota Ambon Temui Dubes Jepang",
        text='Wali Kota Ambon Richard Pesulima menerima bantuan Jepang. "Terima kasih atas bantuan ini," katanya.',
    )
    tagged = tag(article, rules)
    entries = {"cities": tagged.cities, "countries": tagged.countries, "officials": tagged.officials}
    entries |= {"organizations": tagged.organizations, "events": tagged.events}
    for field, items in entries.items():
        for index, item in enumerate(items):
            refs = [entity for entity in tagged.entities if entity.ref == f"{field}/{index}"]
            assert len(refs) == len(item.mentions) > 0
            for mention in item.mentions:
                assert getattr(article, mention.field)[mention.start : mention.end] == mention.text
    assert [entity.ref for entity in tagged.entities if entity.type == "quote"] == ["quotes/0"]


def test_entities_stand_in_order_of_the_text(rules: Language) -> None:
    tagged = tag(Article(id="1", title="Jepang dan Bali", text="Gubernur Bali ke Jepang."), rules)
    places = [(entity.field == "text", entity.start) for entity in tagged.entities]
    assert places == sorted(places)
