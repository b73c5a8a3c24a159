"""Pages in, articles out: fetching, politeness, crawling and cleaning of Indonesian news.

>>> from scraper import clean
>>> text = "Banjir di Muara Bulian, Batang Hari, mulai surut sejak Minggu pagi."
>>> clean(f"<h1>Banjir surut</h1><article><p>{text}</p></article>").title
'Banjir surut'
"""

from scraper.clean import clean, clean_text
from scraper.http import fetch

__all__ = ["clean", "clean_text", "fetch"]
