"""Who said what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tagger import tag

if TYPE_CHECKING:
    from spacy.language import Language

    from tagger.document import Quote


def quotes(text: str, nlp: Language) -> list[tuple[str, str | None, bool]]:
    return [(quote.text, quote.speaker, quote.direct) for quote in tag(text, nlp).quotes]


@pytest.mark.parametrize(
    "text",
    [
        '"Jalan itu selesai pekan depan," kata Bupati Tebo Rahman Saleh.',
        "“Jalan itu selesai pekan depan,” ujar Bupati Tebo Rahman Saleh, Senin.",
        'Bupati Tebo Rahman Saleh mengatakan, "Jalan itu selesai pekan depan."',
        'Kata Bupati Tebo Rahman Saleh, "Jalan itu selesai pekan depan."',
        'Bupati Tebo Rahman Saleh meninjau jalan. "Jalan itu selesai pekan depan," ujarnya.',
        'Bupati Tebo Rahman Saleh meninjau jalan. "Jalan itu selesai pekan depan," kata dia.',
        'Bupati Tebo Rahman Saleh meninjau jalan."Jalan itu selesai pekan depan,"ujar Bupati.',
    ],
)
def test_direct_speech_with_its_speaker(text: str, rules: Language) -> None:
    (quote,) = tag(text, rules).quotes
    assert quote.text.rstrip(".") == "Jalan itu selesai pekan depan"
    assert (quote.speaker, quote.official, quote.direct) == ("Rahman Saleh", 0, True)


def test_a_term_in_quotation_marks_is_not_speech(rules: Language) -> None:
    assert quotes("Bupati Tebo Rahman Saleh menyebut desa itu sebagai “rumah pulang” bagi warga.", rules) == []
    assert quotes('Bupati Tebo Rahman Saleh dikenal dengan program "Tebo Terang" di desanya.', rules) == []


def test_a_pronoun_after_two_persons_has_no_speaker(rules: Language) -> None:
    text = (
        "Bupati Tebo Rahman Saleh dan Wali Kota Jambi Fikri Hamdani meninjau jalan. "
        '"Jalan itu selesai pekan depan," ujarnya.'
    )
    ((_, speaker, _),) = quotes(text, rules)
    assert speaker is None


def test_the_subject_of_the_speech_verb_is_the_antecedent(rules: Language) -> None:
    text = (
        '"Kami siap membantu warga," kata Wali Kota Jambi Fikri Hamdani. Bupati Tebo Rahman Saleh menambahkan, '
        'anggaran sudah tersedia sejak tahun lalu. "Jalan itu selesai pekan depan," ujarnya.'
    )
    assert [speaker for _, speaker, direct in quotes(text, rules) if direct] == ["Fikri Hamdani", "Rahman Saleh"]


def test_an_office_alone_means_its_only_holder(rules: Language) -> None:
    text = 'Bupati Tebo Rahman Saleh dan Sekda Tebo Ali Amin hadir. "Jalan itu selesai pekan depan," ujar Bupati.'
    ((_, speaker, _),) = quotes(text, rules)
    assert speaker == "Rahman Saleh"


def test_an_office_with_its_region_means_its_holder(rules: Language) -> None:
    text = 'Kapolres Tebo AKBP Rahman Saleh hadir. "Jalan itu selesai pekan depan," kata Kapolres Tebo.'
    ((_, speaker, _),) = quotes(text, rules)
    assert speaker == "Rahman Saleh"


def test_ranks_are_no_names(rules: Language) -> None:
    for words in ("Kombes Rudi", "Kapolsek Todanan Iptu Rudi", "Drs. Rudi"):
        ((_, speaker, _),) = quotes(f'"Jalan itu selesai pekan depan," kata {words}.', rules)
        assert speaker == "Rudi"


def test_a_relative_of_somebody_is_not_that_somebody(rules: Language) -> None:
    text = 'Bupati Tebo Rahman Saleh hadir. "Jalan itu selesai pekan depan," kata kakak Rahman Saleh.'
    ((_, speaker, _),) = quotes(text, rules)
    assert speaker is None


def test_reported_speech_is_marked(rules: Language) -> None:
    text = "Bupati Tebo Rahman Saleh mengatakan bahwa jalan itu selesai pekan depan. Warga senang."
    assert quotes(text, rules) == [("jalan itu selesai pekan depan", "Rahman Saleh", False)]


def test_a_mark_that_was_never_closed_takes_nothing_along(rules: Language) -> None:
    text = "“Kalimat yang tidak pernah ditutup\n\n“Jalan itu selesai pekan depan,” kata Bupati Tebo Rahman Saleh."
    assert [quote for quote, _, _ in quotes(text, rules)] == ["Jalan itu selesai pekan depan"]


def test_spans_slice_back(rules: Language) -> None:
    text = (
        'Bupati Tebo Rahman Saleh tiba. “Jalan itu, kata warga, selesai,” ujarnya. "Belum tentu juga, Bu," kata Rahman.'
    )
    found: tuple[Quote, ...] = tag(text, rules).quotes
    assert [text[quote.span.start : quote.span.end] for quote in found] == [quote.text for quote in found]
    assert len(found) == 2
