"""Pages in, articles out: fetching, politeness, crawling and cleaning of Indonesian news.

>>> from scraper import clean
>>> clean("<h1>Banjir surut</h1><article><p>Banjir di Muara Bulian surut.</p></article>").title
'Banjir surut'
"""

from scraper.clean import clean, clean_text
from scraper.http import fetch

__all__ = ["clean", "clean_text", "fetch"]
