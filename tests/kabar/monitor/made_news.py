"""Made-up news of real regencies and invented people, the same for the same seed: what the monitor's tests look at."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from scraper.article import Removed, Site, Timestamp
from tagger.document import City, Country, Entity, Evidence, Mention, Official, Organization, Quote, TaggedArticle, Tool
from tagger.gazetteer.regions import Region, regions

WIB = timezone(timedelta(hours=7))
LAST = datetime(2026, 11, 24, 21, tzinfo=WIB)
WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
SITES = WORDS["sites"]
TOOL = Tool(version="0", gazetteer="made")


@dataclass
class Text:
    """A text as it grows, with what is tagged in it."""

    text: str = ""
    entities: tuple[Entity, ...] = ()

    def add(self, words: str) -> Text:
        self.text += words
        return self

    def tag(self, type_: Any, words: str, ref: str, cue: str, by: Any = "rule") -> Text:
        start = len(self.text)
        self.entities += (
            Entity(
                type=type_, text=words, field="text", start=start, end=start + len(words), ref=ref,
                evidence=Evidence(by=by, cue=cue),
            ),
        )  # fmt: skip
        return self.add(words)

    def mentions(self, ref: str) -> tuple[Mention, ...]:
        return tuple(Mention(text=e.text, start=e.start, end=e.end) for e in self.entities if e.ref == ref)


class Newsroom:
    """Makes articles of the `days` days that end with `LAST`."""

    def __init__(self, seed: int = 7, days: int = 70) -> None:
        self.random, self.days = random.Random(seed), days
        found = [region for region in regions().values() if region.level != "province"]
        self.random.shuffle(found)
        found.sort(key=lambda region: region.province not in ("15", "32", "91", "81"))
        self.places = found
        self.weights = [1 / (n + 3) for n in range(len(found))]

    def head(self, region: Region) -> tuple[str, str]:
        """Name and office of who governs a region; the same person always."""
        chance = random.Random(region.code)
        title = "Wali Kota" if region.level == "city" else "Bupati"
        return f"{chance.choice(WORDS['first'])} {chance.choice(WORDS['last'])}", f"{title} {region.short}"

    def articles(self, count: int) -> Iterator[TaggedArticle]:
        for number in range(count):
            time = LAST - timedelta(
                days=self.days * (1 - (number + 1) / count) ** 0.95, minutes=self.random.random() * 300
            )
            late = (LAST - time).days < 2 and self.random.random() < 0.45
            region = regions()["15.71"] if late else self.random.choices(self.places, self.weights)[0]
            topic = WORDS["topics"][0 if late else self.random.randrange(len(WORDS["topics"]))]
            made = self.article(f"{number:06x}", region, topic, time, self.random.choice(SITES))
            yield made
            if number % 9 == 0:
                yield from self.copies(made, time)

    def article(self, id_: str, region: Region, topic: dict[str, Any], time: datetime, site: str) -> TaggedArticle:
        about, acronym, body = (topic[name] for name in ("about", "acronym", "body"))
        title = self.random.choice(topic["titles"])
        name, office = self.head(region)
        other = self.random.choice(self.places)
        country = self.random.choice(WORDS["countries"]) if self.random.random() < 0.25 else None
        status: Any = "acting" if time < LAST - timedelta(days=45) and region.code == "15.71" else "in_office"
        mark = "Penjabat " if status == "acting" else ""
        quote = self.random.choice(WORDS["quotes"]).format(about=about)
        text = Text().tag("official", f"{mark}{office} {name}", "officials/0", "office, place, name")
        text.add(f" meninjau langsung {about} di ").tag("city", region.name, "cities/0", "level word")
        text.add(f" pada {self.random.choice(('Senin', 'Rabu', 'Kamis'))}. Ia didampingi kepala ")
        text.tag("organization", f"{body} ({acronym}) {region.short}", "organizations/0", "definition with acronym")
        text.add(f".\n\n“{quote},” ujar ").tag("official", name.split()[-1], "officials/0", "surname of the official")
        sentences = self.random.sample(WORDS["sentences"], 9)
        text.add(f" kepada wartawan. {' '.join(sentences[:4])}\n\n{' '.join(sentences[4:])}\n\n")
        text.tag("organization", acronym, "organizations/0", "acronym defined before")
        text.add(f" mencatat {self.random.randint(40, 900)} keluarga terdampak. Bantuan serupa pernah dikirim dari ")
        text.tag("city", other.name, "cities/1", "level word")
        if country:
            text.add(" dan dari ").tag("country", country[0], "countries/0", "name")
        text.add(f". Berkas {id_}.")
        at = text.text.find(quote)
        span = Mention(text=quote, start=at, end=at + len(quote))
        return TaggedArticle(
            id=id_, url=f"https://{site}.example/{id_}", title=title.format(place=region.name), text=text.text,
            kind=self.random.choices(("news", "advertorial", "release"), (12, 1, 1))[0],
            site=Site(domain=f"{site}.example", name=site.replace("-", " ").title()),
            published=Timestamp(value=time.isoformat(timespec="minutes"), precision="minute"), language="id",
            removed=(Removed(rule="read-also", sample="Baca juga: Harga cabai di pasar induk", count=2),),
            cities=_cities((region, other), text),
            officials=(
                Official(
                    name=name, office=office, office_class=office.split(" " + region.short)[0], status=status,
                    jurisdiction=region.code, mentions=text.mentions("officials/0"),
                ),
            ),
            organizations=(
                Organization(
                    name=f"{body} {region.short}", acronym=acronym, kind="local-government", jurisdiction=region.code,
                    mentions=text.mentions("organizations/0"),
                ),
            ),
            countries=(
                (Country(name=country[0], alpha2=country[1], alpha3=country[2], mentions=text.mentions("countries/0")),)
                if country else ()
            ),
            quotes=(
                Quote(text=quote, span=span, speaker=name, official=0, verb="ujar"),
            ),
            entities=text.entities, tool=TOOL,
        )  # fmt: skip

    def copies(self, made: TaggedArticle, time: datetime) -> Iterator[TaggedArticle]:
        """The same wire story on other sites, with a sentence of their own."""
        others = [site for site in SITES if site not in (made.site.domain or "")]
        for number, site in enumerate(self.random.sample(others, self.random.randint(1, 3))):
            later = min(time + timedelta(hours=2 + number), LAST)
            yield _replace(
                made, id=f"{made.id}{number}", url=f"https://{site}.example/{made.id}",
                text=made.text + "\n\nPantauan di lokasi, warga mulai membersihkan halaman rumah masing-masing.",
                site=Site(domain=f"{site}.example", name=site.replace("-", " ").title()),
                published=Timestamp(value=later.isoformat(timespec="minutes"), precision="minute"),
            )  # fmt: skip

    def edited(self, made: TaggedArticle) -> TaggedArticle:
        """The article as its site changed it later."""
        return _replace(made, text=made.text.replace(". Berkas", ". Dua posko dibuka malam itu juga. Berkas"))


def _cities(found: tuple[Region, ...], text: Text) -> tuple[City, ...]:
    return tuple(
        City(
            name=region.name, level=region.level, code=region.code, province=regions()[region.province].short,
            role="jurisdiction" if number == 0 else "mention", mentions=text.mentions(f"cities/{number}"),
        )
        for number, region in enumerate(found)
    )  # fmt: skip


def _replace(made: TaggedArticle, **changes: Any) -> TaggedArticle:
    values = {name: getattr(made, name) for name in made.__struct_fields__}
    return TaggedArticle(**{**values, **changes})
