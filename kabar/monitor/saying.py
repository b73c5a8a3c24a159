"""Numbers, days and what is wrong with a search, as people of each language write them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kabar.monitor.catalog import in_words
from kabar.monitor.words import words

if TYPE_CHECKING:
    from kabar.store import QueryError
    from tagger.document import Entity

MULTIPLE = 4


def number(value: float, language: str) -> str:
    """With the language's signs: 1.234,5 in Indonesian, 1,234.5 in English.

    >>> number(1234.56, "id"), number(1234, "en")
    ('1.234,6', '1,234')
    """
    text = f"{value:,.1f}".removesuffix(".0") if isinstance(value, float) else f"{value:,}"
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))


def day(iso: str | None, language: str) -> str:
    """A day with its year; what is no day comes back as it is.

    >>> day("2026-05-31", "id")
    '31 Mei 2026'
    """
    try:
        when = date.fromisoformat((iso or "")[:10])
    except ValueError:
        return iso or ""
    return f"{when.day} {words(language)['months'].split()[when.month - 1]} {when.year}"


def short_day(iso: str, language: str) -> str:
    """A day without its year: 31 Mei."""
    return day(iso, language).rpartition(" ")[0]


def change(now: int, usual: float | None, language: str) -> str:
    """How far a count is from its usual, in percent or, far above, as a multiple; "new" where nothing was usual.

    >>> change(12, 10.0, "id"), change(30, 4.0, "id"), change(3, 0.0, "en"), change(3, None, "en")
    ('+20%', '×7,5', 'new', '')
    """
    if usual is None:
        return ""
    if usual < 0.05:
        return words(language)["is_new"]
    if now >= MULTIPLE * usual:
        times = now / usual
        return f"×{number(round(times, 1) if times < 10 else round(times), language)}"
    percent = round((now / usual - 1) * 100)
    return f"{'+' if percent > 0 else '−' if percent < 0 else '±'}{number(abs(percent), language)}%"


def evidence(entity: Entity, language: str) -> str:
    """Why something was tagged."""
    t, by = words(language), entity.evidence.by
    return f"{t.get(entity.type, entity.type)} · {t[f'by_{by}']}: {in_words(entity.evidence.cue, language, 'cues')}"


def refusal(error: QueryError, language: str) -> str:
    """What is wrong with a search."""
    return words(language)[f"query_{error.reason}"].format(**error.values)
