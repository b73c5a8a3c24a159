"""What a store holds for some days: articles to stories, stories to sections."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from kabar.sources import outlet, web_link
from kabar.store import Query, Store
from kabar.store.clusters import Telling
from kabar.store.entities import Tagged, identity
from kabar.store.search import Hit
from scraper.article import Timestamp
from tagger.document import City, Official, Organization, TaggedArticle

Subject = Literal["official", "organization", "city", "country"]


@dataclass(frozen=True, slots=True)
class Topic:
    """An official, organization, region or country that stories are about.

    Attributes:
        key: the same for the same entity in whatever article.
        note: office, acronym or province, where there is one.
        mentions: in the article it was taken from.
    """

    key: str
    name: str
    note: str | None
    mentions: int


@dataclass(frozen=True, slots=True)
class Clip:
    """One article.

    Attributes:
        link: http(s) address, or None.
        day: of publication in Jakarta, `YYYY-MM-DD`.
        own: share of its text, 0 to 1, that does not stand in the story's first article.
        topics: what it is about, by the subject of the digest.
    """

    id: str
    title: str | None
    outlet: str
    domain: str | None
    link: str | None
    published: Timestamp | None
    day: str
    kind: str
    lead: str
    text: str
    own: float
    cities: tuple[str, ...]
    officials: tuple[str, ...]
    organizations: tuple[str, ...]
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that are copies of one text, first published first.

    Attributes:
        number: its place in the digest, from 1.
        clips: those found.
        began: the story's first article where that is none of these.
    """

    number: int
    clips: tuple[Clip, ...]
    began: Telling | None

    @property
    def topics(self) -> list[Topic]:
        """Everything that some of its articles are about, each once, that most mentioned first."""
        found: dict[str, Topic] = {}
        for clip in self.clips:
            for topic in clip.topics:
                found.setdefault(topic.key, topic)
        return sorted(found.values(), key=lambda topic: -topic.mentions)


@dataclass(frozen=True, slots=True)
class Section:
    """The stories that are most about one topic.

    Attributes:
        topic: None for stories that are about none.
        also: numbers of stories of other sections that name it.
    """

    topic: Topic | None
    stories: tuple[Story, ...]
    also: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """A whole digest; `since` and `until` are its first and last day."""

    since: str
    until: str
    query: str
    subject: Subject
    sections: tuple[Section, ...]

    @property
    def stories(self) -> list[Story]:
        """All stories, in the order of their numbers."""
        return [story for section in self.sections for story in section.stories]

    @property
    def clips(self) -> list[Clip]:
        """All articles, story by story."""
        return [clip for story in self.stories for clip in story.clips]


def gather(store: Store, query: Query, text: str, subject: Subject) -> Digest:
    """Everything that a query finds, none left out.

    Args:
        store: what is searched.
        query: with a first and a last day.
        text: how the query was written, without the days.
        subject: what the sections are.

    Raises:
        ValueError: the query lacks a day.
    """
    if query.since is None or query.until is None:
        raise ValueError("a digest needs a first and a last day")
    found = store.search(query, limit=-1)
    by_cluster: dict[int, list[Hit]] = defaultdict(list)
    for hit in found.hits:
        by_cluster[hit.cluster].append(hit)
    names = store.site_names()
    stories = [story for hits in by_cluster.values() if (story := _story(store, hits, subject, names)).clips]
    return Digest(query.since, query.until, text, subject, tuple(_numbered(_sections(stories))))


def _story(store: Store, hits: Iterable[Hit], subject: Subject, names: Mapping[str, str]) -> Story:
    found = {hit.id: hit for hit in hits}
    tellings = store.story(next(iter(found)))
    clips = tuple(
        _clip(article, found[telling.id], telling.own, subject, names)
        for telling in tellings
        if telling.id in found and (article := store.get(telling.id)) is not None
    )
    began = tellings[0] if tellings and clips and tellings[0].id != clips[0].id else None
    return Story(0, clips, began and replace(began, site=names.get(began.site or "", began.site)))


def _clip(article: TaggedArticle, hit: Hit, own: float, subject: Subject, names: Mapping[str, str]) -> Clip:
    return Clip(
        id=article.id,
        title=article.title,
        outlet=outlet(article, names),
        domain=article.site.domain,
        link=web_link(article),
        published=article.published,
        day=hit.day,
        kind=article.kind,
        lead=article.lead or article.text.partition("\n")[0],
        text=article.text,
        own=own,
        cities=tuple(city.name for city in article.cities),
        officials=tuple(f"{one.name} ({one.office})" for one in article.officials),
        organizations=tuple(body.name for body in article.organizations),
        topics=tuple(_topics(article, subject)),
    )


def _topics(article: TaggedArticle, subject: Subject) -> Iterator[Topic]:
    of: dict[Subject, tuple[Tagged, ...]] = {
        "official": article.officials,
        "organization": article.organizations,
        "city": article.cities,
        "country": article.countries,
    }
    for tagged in of[subject]:
        yield Topic(identity(tagged)[1], tagged.name, _note(tagged), len(tagged.mentions))


def _note(tagged: Tagged) -> str | None:
    match tagged:
        case Official(office=office):
            return office
        case Organization(acronym=acronym):
            return acronym
        case City(province=province, level=level):
            return province if level != "province" else None
        case _:
            return None


def _sections(stories: Iterable[Story]) -> Iterator[Section]:
    """Sections with most stories first, those of no topic last; within, the newest story first, as they come."""
    own: dict[str, list[Story]] = defaultdict(list)
    named: Counter[str] = Counter()
    topics: dict[str, Topic] = {}
    others: list[Story] = []
    for story in stories:
        about = story.topics
        named.update(topic.key for topic in about)
        if about:
            topics.setdefault(about[0].key, about[0])
            own[about[0].key].append(story)
        else:
            others.append(story)
    for key in sorted(own, key=lambda key: (-named[key], topics[key].name)):
        yield Section(topics[key], tuple(own[key]), ())
    if others:
        yield Section(None, tuple(others), ())


def _numbered(sections: Iterable[Section]) -> Iterator[Section]:
    """Gives each story its number, and each section the numbers of the stories elsewhere that name its topic."""
    number = 0
    numbered: list[Section] = []
    for section in sections:
        stories = tuple(replace(story, number=number + at) for at, story in enumerate(section.stories, 1))
        number += len(stories)
        numbered.append(replace(section, stories=stories))
    where: dict[str, list[int]] = defaultdict(list)
    for section in numbered:
        for story in section.stories:
            for topic in story.topics:
                where[topic.key].append(story.number)
    for section in numbered:
        own = {story.number for story in section.stories}
        named = where[section.topic.key] if section.topic else []
        yield replace(section, also=tuple(n for n in named if n not in own))
