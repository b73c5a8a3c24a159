"""The pages of the sample site, from `samples/site/articles.toml` and its templates: a path in, an answer out."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from string import Template
from xml.sax.saxutils import escape as xml_escape

PER_PAGE = 10
COPIED_EVERY = 10
EDITED = "pontianak-perbaiki-pipa-air"
EDIT = "Kabar terbaru: warga diminta menampung air selama penggantian pipa berlangsung."
ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Story:
    """One story of `articles.toml`."""

    slug: str
    template: str
    section: str
    author: str
    published: str
    title: str
    dateline: str
    text: tuple[str, ...]

    @property
    def path(self) -> str:
        """Where the site serves it: /YYYY/MM/DD/slug/."""
        return f"/{self.published[:10].replace('-', '/')}/{self.slug}/"


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    modified: datetime | None = None


@dataclass(frozen=True, slots=True)
class Portal:
    """One host of the sample site.

    Attributes:
        base: scheme and authority, e.g. http://127.0.0.1:8800.
        name: as printed on its pages.
        stories: what it carries, newest first.
        templates: name to page template.
        edited_at: since when the story `EDITED` shows its added paragraph, ISO 8601; None before.
    """

    base: str
    name: str
    stories: tuple[Story, ...]
    templates: Mapping[str, Template]
    edited_at: str | None = None

    def modified(self, story: Story) -> str:
        """When a story was last changed, ISO 8601."""
        return self.edited_at if self.edited_at is not None and story.slug == EDITED else story.published


def site_folder() -> Path:
    """The folder of the sample site: beside the package in a checkout, inside it when installed."""
    inside = Path(__file__).parent / "site"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "samples" / "site"


def read_stories(folder: Path) -> tuple[Story, ...]:
    """All stories, newest first."""
    rows = tomllib.loads((folder / "articles.toml").read_text(encoding="utf-8"))["article"]
    stories = (Story(**{**row, "text": tuple(row["text"])}) for row in rows)
    return tuple(sorted(stories, key=lambda story: (datetime.fromisoformat(story.published), story.slug), reverse=True))


def read_templates(folder: Path) -> dict[str, Template]:
    """Page templates by name."""
    return {path.stem: Template(path.read_text(encoding="utf-8")) for path in (folder / "templates").glob("*.template")}


def copies(stories: Sequence[Story]) -> tuple[Story, ...]:
    """The stories that the second host repeats."""
    return tuple(stories[::COPIED_EVERY])


def answer(portal: Portal, path: str) -> Answer:
    """What the portal answers to a path; 404 for what it does not have."""
    fixed = {
        "/robots.txt": robots,
        "/feed/": feed,
        "/atom.xml": atom,
        "/sitemap.xml": sitemap_index,
        "/news-sitemap.xml": news_sitemap,
        "/post-sitemap.xml": post_sitemap,
    }
    if path in fixed:
        return fixed[path](portal)
    if path == "/" or path.startswith("/page/"):
        return index(portal, path)
    for place, story in enumerate(portal.stories):
        if story.path == path:
            return article(portal, place)
    return Answer(b"<h1>404</h1><p>Halaman tidak ditemukan.</p>", status=404)


def robots(portal: Portal) -> Answer:
    """robots.txt: the admin pages are closed, the sitemap is told, and what machines may do with the stories."""
    text = "User-agent: *\nContent-Signal: search=yes, ai-train=no\nDisallow: /admin/\n"
    text += f"\nSitemap: {portal.base}/sitemap.xml\n"
    return Answer(text.encode(), "text/plain; charset=utf-8")


def visible_time(published: str) -> str:
    """The date as Indonesian portals print it: Senin, 1 Juni 2026 08:10 WIB."""
    when = datetime.fromisoformat(published)
    offset = when.utcoffset() or timedelta()
    return f"{visible_day(published)} {when:%H:%M} {ZONES[round(offset.total_seconds() / 3600)]}"


def visible_day(published: str) -> str:
    """The day as printed: Senin, 1 Juni 2026."""
    when = datetime.fromisoformat(published)
    return f"{DAYS[when.weekday()]}, {when.day} {MONTHS[when.month - 1]} {when.year}"


def paragraphs(portal: Portal, story: Story) -> tuple[str, ...]:
    """The story's paragraphs as the portal shows them now."""
    return (*story.text, EDIT) if portal.edited_at is not None and story.slug == EDITED else story.text


def article(portal: Portal, place: int) -> Answer:
    """One story's page; the related headline is the next story's."""
    story = portal.stories[place]
    related = portal.stories[(place + 1) % len(portal.stories)]
    first, *rest = paragraphs(portal, story)
    popular = portal.stories[:3]
    page = portal.templates[story.template].substitute(
        title=escape(story.title),
        title_json=json.dumps(story.title, ensure_ascii=False)[1:-1],
        site=portal.name,
        brand=f"{portal.name.replace(' ', '').upper()}.EXAMPLE",
        url=portal.base + story.path,
        published=story.published,
        modified=portal.modified(story),
        visible=visible_time(story.published),
        day=visible_day(story.published),
        section=story.section,
        author=story.author,
        dateline=story.dateline,
        first=escape(first, quote=False),
        rest="\n".join(f"<p>{escape(text, quote=False)}</p>" for text in rest),
        related_url=related.path,
        related_title=escape(related.title),
        popular="".join(
            f'<li><a href="{item.path}?utm_source=populer">{escape(item.title)}</a></li>' for item in popular
        ),
        number=str(7_000_000_000 + place),
    )
    return Answer(page.encode(), modified=_utc(portal.modified(story)))


def _utc(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone(UTC)


def index(portal: Portal, path: str) -> Answer:
    """One page of the archive, ten stories each; the last has no next."""
    number = "1" if path == "/" else path.removeprefix("/page/").strip("/")
    page = int(number) if number.isdecimal() else 0
    pages = -(-len(portal.stories) // PER_PAGE)
    if not 1 <= page <= pages:
        return Answer(b"<h1>404</h1>", status=404)
    items = portal.stories[(page - 1) * PER_PAGE : page * PER_PAGE]
    following = f"/page/{page + 1}/" if page < pages else ""
    body = portal.templates["index"].substitute(
        site=portal.name,
        page=page,
        next_link=f'<link rel="next" href="{following}">' if following else "",
        items="\n".join(
            f'<article class="item"><h2 class="entry-title"><a href="{item.path}">{escape(item.title)}</a></h2>'
            f'<time>{visible_day(item.published)}</time> <a href="{item.path}amp/">AMP</a></article>'
            for item in items
        ),
        paging=f'<a class="next page-numbers" href="{following}">Selanjutnya</a>' if following else "",
    )
    return Answer(body.encode())


def feed(portal: Portal) -> Answer:
    """RSS 2.0 of the newest ten."""
    items = "".join(
        f"<item><title>{xml_escape(story.title)}</title><link>{portal.base}{story.path}</link>"
        f"<pubDate>{datetime.fromisoformat(story.published):%a, %d %b %Y %H:%M:%S %z}</pubDate></item>"
        for story in portal.stories[:PER_PAGE]
    )
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{portal.name}</title>'
        f"<link>{portal.base}/</link><description>{portal.name}</description>{items}</channel></rss>"
    )
    return Answer(text.encode(), "application/rss+xml; charset=utf-8")


def atom(portal: Portal) -> Answer:
    """Atom 1.0 of the newest ten, with the time of their last change."""
    entries = "".join(
        f"<entry><title>{xml_escape(story.title)}</title><id>{portal.base}{story.path}</id>"
        f'<link rel="alternate" href="{portal.base}{story.path}"/><published>{story.published}</published>'
        f"<updated>{portal.modified(story)}</updated></entry>"
        for story in portal.stories[:PER_PAGE]
    )
    text = (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{portal.name}</title><id>{portal.base}/</id>{entries}</feed>'
    )
    return Answer(f'<?xml version="1.0" encoding="UTF-8"?>{text}'.encode(), "application/atom+xml; charset=utf-8")


def sitemap_index(portal: Portal) -> Answer:
    """The index of both sitemaps, with the time of the last change in them."""
    latest = max((portal.modified(story) for story in portal.stories), key=datetime.fromisoformat)
    maps = "".join(
        f"<sitemap><loc>{portal.base}/{name}-sitemap.xml</loc><lastmod>{latest}</lastmod></sitemap>"
        for name in ("news", "post")
    )
    return _xml(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>')


def news_sitemap(portal: Portal) -> Answer:
    """Google News sitemap of the newest twenty."""
    urls = "".join(
        f"<url><loc>{portal.base}{story.path}</loc><news:news><news:publication><news:name>{portal.name}</news:name>"
        f"<news:language>id</news:language></news:publication><news:publication_date>{story.published}"
        f"</news:publication_date><news:title>{xml_escape(story.title)}</news:title></news:news></url>"
        for story in portal.stories[: 2 * PER_PAGE]
    )
    return _xml(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'
    )


def post_sitemap(portal: Portal) -> Answer:
    """Sitemap of all but the oldest ten, which only the archive pages show."""
    urls = "".join(
        f"<url><loc>{portal.base}{story.path}</loc><lastmod>{portal.modified(story)}</lastmod></url>"
        for story in portal.stories[:-PER_PAGE]
    )
    return _xml(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>')


def _xml(text: str) -> Answer:
    return Answer(f'<?xml version="1.0" encoding="UTF-8"?>{text}'.encode(), "application/xml; charset=utf-8")
