"""What an alert tells, whatever the channel, and its wording in Indonesian."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kabar.sources import outlet, web_link
from kabar.store.fold import one_line
from tagger.document import TaggedArticle

TITLE, LEAD = 200, 300
"""Characters of a title and a lead that go into a message."""


@dataclass(frozen=True, slots=True)
class Story:
    """One article that is told.

    Attributes:
        link: http(s) address, or None.
        outlet: publisher's name or domain.
        published: ISO 8601 as the page tells it, or None.
    """

    id: str
    title: str
    link: str | None
    outlet: str
    kind: str
    published: str | None
    lead: str
    cities: tuple[str, ...] = ()
    officials: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Silence:
    """A site that publishes, and has given nothing; `last` is the ISO time of its newest article."""

    site: str
    name: str | None
    last: str
    hours: int


@dataclass(frozen=True, slots=True)
class Message:
    """One message of an alert.

    Attributes:
        key: the same at every try.
        search: name of the saved search; None for silences.
        query: of that search.
        stories: what is told.
        silences: what is told.
    """

    key: str
    search: str | None
    query: str | None
    stories: tuple[Story, ...] = ()
    silences: tuple[Silence, ...] = ()

    @property
    def subject(self) -> str:
        """One line."""
        if self.silences:
            return f"kabar: {len(self.silences)} situs tidak memuat berita baru"
        return f"kabar: {len(self.stories)} berita untuk “{self.search}”"


def story(article: TaggedArticle, names: Mapping[str, str] | None = None) -> Story:
    """What is told of an article; a link that is not http(s) is left out. `names` of sites are by domain."""
    return Story(
        id=article.id,
        title=shortened(article.title or article.lead or article.text or article.id, TITLE),
        link=web_link(article),
        outlet=one_line(outlet(article, names)),
        kind=article.kind,
        published=article.published.value if article.published else None,
        lead=shortened(article.lead or article.text, LEAD),
        cities=tuple(city.name for city in article.cities),
        officials=tuple(f"{one.name} ({one.office})" for one in article.officials),
        organizations=tuple(body.name for body in article.organizations),
    )


def shortened(text: str, most: int) -> str:
    """One line of at most so many characters, cut between words.

    >>> shortened("Banjir surut di  tiga desa", 15)
    'Banjir surut…'
    """
    text = one_line(text)
    if len(text) <= most:
        return text
    return (text[:most].rpartition(" ")[0] or text[: most - 1]) + "…"


def told(silence: Silence) -> str:
    """A silence in one line."""
    name = f"{one_line(silence.name)} ({silence.site})" if silence.name else silence.site
    return f"{name}: {silence.hours} jam tanpa berita baru; yang terakhir {silence.last}"


def mark(story: Story) -> str:
    """How an advertorial is marked."""
    return " [ADVERTORIAL]" if story.kind == "advertorial" else ""
