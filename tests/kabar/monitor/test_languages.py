"""Every page and every failure, in Indonesian and in English: no word of the one stands on a page of the other.

A word on a page must stand in the tables of the page's language, in the news, or among names that are the same in both.
"""

from __future__ import annotations

import ast
import itertools
import json
import re
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import msgspec
import pytest

pytest.importorskip("starlette")
from starlette.testclient import TestClient

from kabar.export import FORMATS
from kabar.monitor.api_answers import ENDPOINTS
from kabar.monitor.api_spec import parameters
from kabar.monitor.app import create_app
from kabar.monitor.catalog import translated
from kabar.monitor.security import Access
from kabar.store import open_store
from kabar.workers import DIED
from scraper.crawl.frontier import Frontier
from scraper.discover.found import Link
from tagger.document import Evidence, TaggedArticle
from tagger.gazetteer.regions import regions
from tests.kabar.monitor.made_news import Newsroom

ROOT = Path(__file__).parents[3]
MONITOR = files("kabar.monitor")
CSRF = re.compile(r'name="csrf" value="([^"]+)"')
WORD = re.compile(r"[a-z]{3,}")
CUES = ("office before name", "level word: Kota", "definition of its acronym", "alias", "ner: LOC", "quotation marks")
SHOWN = ("title", "text", "site", "cities", "officials", "organizations", "countries")
SAID = ("title", "aria-label", "placeholder", "alt", "label")
PAGES = (
    "/", "/?days=1", "/search", "/search?q=banjir", "/search?q=banjir&order=relevance", "/search?q=tidakada", "/places",
    "/officials?sort=change", "/organizations", "/countries", "/events", "/sites", "/sites/crawl", "/saved",
    "/corrections",
    "/api", "/article/{article}", "/article/{edited}", "/compare/{article}/{copy}", "/place/15.71", "/place/15",
    "/place/15.71/correct", "/official/{official}", "/organization/{organization}", "/country/MY",
    "/site/warta-jambi.example", "/article/none", "/place/99.99", "/nowhere", "/export/doc",
    "/export/csv?q=kapan:besok",
    "/search?q=kapan:besok", '/search?q=ban"jir', "/search?q=jenis:dongeng", "/search?q=sejak:besok",
    "/clippings/doc", "/clippings/docx?q=tidakada", "/clippings/docx?q=kapan:besok", "/search?q=" + "z" * 9000,
)  # fmt: skip


class Words(HTMLParser):
    """All that a page says: its text, and what is read out of it; code and what a person typed apart."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said += [value for name, value in attrs if name in SAID and value]
        self.silent += tag in ("code", "script", "style")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("code", "script", "style")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(data)


def words_of(*texts: str) -> set[str]:
    return {word for text in texts for word in WORD.findall(text.lower())}


# The same in both languages: formats, programs, channels, variables, the name of the other language.
BOTH = words_of(
    """
    kabar indonesia english api openapi atom json jsonl feed prometheus excel word csv xlsx docx parquet ninjs jsonfeed
    opensearch gkg ftm label studio get http https token telegram webhook env nama name wib wita wit sqlite hooks
    example desk warta authorization bearer pip install office pyarrow xlsxwriter robots txt tmp status cloudflare
    application www form urlencoded head post allow private serve alert export openssl rand user password mail
    """
)


def texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts_in(one)


def table(name: str) -> dict:
    return tomllib.loads(MONITOR.joinpath(name).read_text(encoding="utf-8"))


def known(language: str) -> set[str]:
    """The words of a language's tables."""
    failures = {status: told[language] for status, told in table("failures.toml").items()}
    catalog = table("catalog.toml")
    sentences = (
        [said for section in catalog.values() for said in section.values()]
        if language == "id"
        else [english for section in catalog.values() for english in section]
    )
    return words_of(*table("strings.toml")[language].values(), *texts_in(failures), *sentences)


def as_tagged(made: TaggedArticle) -> TaggedArticle:
    """The article with what the tagger says of why, in the place of what the made news say."""
    cues = itertools.cycle(CUES)
    entities = (msgspec.structs.replace(one, evidence=Evidence(by="rule", cue=next(cues))) for one in made.entities)
    removed = tuple(msgspec.structs.replace(one, rule="related") for one in made.removed)
    return msgspec.structs.replace(made, entities=tuple(entities), removed=removed)


@pytest.fixture(scope="module")
def news(tmp_path_factory) -> tuple[Path, dict[str, str], set[str]]:
    """A store, ids in it, and the words of its news without the tagger's and the cleaner's own."""
    path = tmp_path_factory.mktemp("languages") / "news.db"
    room = Newsroom()
    made = [as_tagged(one) for one in room.articles(120)]
    with open_store(path) as store:
        store.add(made)
        store.add([room.edited(made[-1])])
        story = next(found for one in made if len(found := store.story(one.id)) > 1)
        store.save_search("banjir", "banjir")
        store.outbox().add("webhook", "https://hooks.example/x", search="banjir")
        store.outbox().add("telegram", "@warta", search="banjir")
        store.outbox().add("email", "desk@warta.example", silent=36_000, once=True)
        store.outbox().pause(2)
    ids = {"article": story[0].id, "copy": story[1].id, "edited": made[-1].id}
    ids["official"] = made[-1].officials[0].name.lower()
    ids["organization"] = made[-1].organizations[0].name.lower()
    told = set()
    for one in [*made, room.edited(made[-1])]:
        kept = msgspec.structs.replace(one, removed=(), warnings=(), kind="unknown", url="")
        fields = json.loads(msgspec.json.encode(kept))
        told |= words_of(*texts_in([fields[name] for name in SHOWN]), *(removed.sample for removed in one.removed))
    told -= words_of("in_office acting jurisdiction mention rule city regency province local government")
    return path, ids, told | words_of(*(region.name for region in regions().values()))


@pytest.fixture(scope="module")
def crawl(tmp_path_factory) -> Path:
    """A crawl whose hosts failed in every way that the catalogue has a sentence for."""
    folder = tmp_path_factory.mktemp("crawl")
    with Frontier(folder / "frontier.sqlite") as frontier:
        for number, sentence in enumerate(table("catalog.toml")["messages"]):
            frontier.add_many([Link(url=f"https://x{number}.example/1", kind="article")])
            for lease in frontier.claim(1):
                frontier.fail(lease, sentence.replace("{}", "404"))
    return folder


def strange(page: str, language: str, allowed: set[str]) -> set[str]:
    parser = Words()
    parser.feed(page)
    return words_of(*parser.said) - known(language) - allowed - BOTH


@pytest.mark.parametrize("language", ["id", "en"])
def test_pages_speak_their_language(news, crawl, language):
    path, ids, told = news
    client = TestClient(create_app(path, crawl=crawl), base_url="http://127.0.0.1", cookies={"lang": language})
    found = {}
    for address in PAGES:
        page = client.get(address.format(**ids))
        asked = words_of(str(page.url).rpartition("/")[2])
        if said := strange(page.text, language, told | asked):
            found[address] = sorted(said)
    assert not found


@pytest.mark.parametrize("language", ["id", "en"])
def test_failures_speak_their_language(news, tmp_path, monkeypatch, language):
    path, _, told = news
    client = TestClient(create_app(path), base_url="http://127.0.0.1", cookies={"lang": language})
    csrf = CSRF.search(client.get("/saved").text)[1]
    locked = TestClient(
        create_app(path, access=Access.with_token("satu-dua-tiga-empat")), base_url="http://127.0.0.1",
        cookies={"lang": language},
    )  # fmt: skip
    spoiled = tmp_path / "spoiled.db"
    spoiled.write_bytes(b"no store " * 1000)
    newer = tmp_path / "newer.db"
    with open_store(newer) as store:
        store.connection.execute("PRAGMA user_version = 99")
    monkeypatch.delenv("KABAR_WEBHOOK_SECRET", raising=False)
    monkeypatch.delenv("KABAR_TELEGRAM_TOKEN", raising=False)
    monkeypatch.delenv("KABAR_SMTP_URL", raising=False)
    form = "application/x-www-form-urlencoded"

    def posted(address: str, **fields: str):
        return client.post(address, data={"csrf": csrf, **fields})

    def of(store: Path):
        return TestClient(create_app(store), base_url="http://127.0.0.1", cookies={"lang": language}).get("/")

    answers = [
        client.post("/saved", data={"csrf": "x"}),
        client.post("/saved", headers={"Origin": "https://evil.example"}, data={"csrf": csrf}),
        client.post("/saved", json={}),
        client.post("/saved", content=b"a=" + b"b" * 70_000, headers={"Content-Type": form}),
        client.post("/saved", content=b"a=%ff", headers={"Content-Type": form}),
        client.post("/"),
        client.get("/saved", headers={"Host": "evil.example", "Cookie": f"lang={language}"}),
        client.get("/saved", headers={"X-Long": "x" * 17_000}),
        locked.post("/saved"),
        locked.get("/login"),
        posted("/saved", name="", query="banjir"),
        posted("/saved", name="x", query="kapan:besok"),
        posted("/saved/delete", name="banjir"),
        *(posted("/alerts", channel="webhook", target=target, search="banjir")
          for target in ("x", "https://hooks.example/x", "https://hooks.example/y", "http://10.0.0.1/")),
        posted("/alerts", channel="telegram", target="?!", search="banjir"),
        posted("/alerts", channel="telegram", target="@warta", search="zzz"),
        posted("/alerts", channel="email", target="x", search="banjir"),
        posted("/alerts", channel="email", target="", search="banjir"),
        posted("/alerts", channel="email", target="a@b.example", hours="0"),
        *(posted("/alerts/test", number=str(number)) for number in (1, 2, 3, 99)),
        *(posted("/place/15.71/correct", action=action, target=target)
          for action, target in (("merge", "Kota Jam"), ("merge", "Kota Jambi"), ("merge", "zzz"), ("rename", " ! "))),
        posted("/place/15.71/correct", action="rename", target="Kota Jambi", article="zzz"),
        of(spoiled), of(newer),
    ]  # fmt: skip
    found = {}
    for answer in answers:
        assert answer.status_code >= 400 or answer.request.url.path in ("/login", "/alerts"), answer.request.url
        if said := strange(answer.text, language, told | words_of("kapan zzz spoiled newer", str(tmp_path))):
            found[str(answer.request.url), answer.status_code] = sorted(said)
    assert not found


def sentences(*paths: str, errors: str) -> Iterator[tuple[str, str]]:
    """(place, sentence) of what is raised or told in some modules, gaps filled with a number."""
    for path in (found for pattern in paths for found in sorted(ROOT.glob(pattern))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                at = 1 if name in ("HTTPException", "failure", "_refused") else 0
                if name == "failure" or name == "_refused":
                    at = 2
                if re.fullmatch(errors, name) and len(node.args) > at and (said := literal(node.args[at])):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", said


def literal(node: ast.expr) -> str:
    """A constant or f-string with a number in each gap; "" for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "7" for one in node.values)
    return ""


def lacking(found: Iterator[tuple[str, str]]) -> list[tuple[str, str]]:
    """What `kabar/monitor/catalog.toml` lacks: a line there for each, in Indonesian."""
    return [(place, said) for place, said in found if translated(said, "id") is None]


def test_the_catalogue_has_all_that_a_store_an_alert_and_a_form_can_say():
    said = list(sentences("kabar/store/*.py", "kabar/alerts/*.py", errors="StoreError|Undelivered|SettingsError"))
    said += sentences("kabar/export/*.py", "kabar/report/*.py", errors="ImportError|KeyError")
    said += sentences("kabar/monitor/security.py", "kabar/monitor/guard.py", errors="HTTPException|failure|_refused")
    assert len(said) > 40
    assert not lacking(iter(said))


def test_the_catalogue_has_all_that_a_crawl_can_fail_with():
    errors = r"(?!Worker)\w*(Error|URL|Disallowed|Status|Blocked|TooLarge|Exceeded)|pass_over"
    said = list(sentences("scraper/http/*.py", "scraper/crawl/*.py", "kabar/desk.py", errors=errors))
    apart = re.compile(r"reader\.py|ledger\.py")  # what is wrong with files and with us, never with a page
    ours = [(place, one) for place, one in said if " " in one and not apart.search(place)]
    explained = ast.parse((ROOT / "scraper/http/explain.py").read_text(encoding="utf-8"))
    returned = (literal(node.value) for node in ast.walk(explained) if isinstance(node, ast.Return) and node.value)
    ours += [("explain.py", one) for one in returned if one]
    challenges = tomllib.loads((ROOT / "scraper/http/challenges.toml").read_text(encoding="utf-8"))
    ours += [("challenges", one[-1]) for one in (*challenges["headers"], *challenges["body"])]
    ours += [("challenges", one) for one in challenges["status"].values()]
    assert len(ours) > 60
    assert not lacking(iter([*ours, ("workers", DIED)]))


def test_the_catalogue_has_all_formats_and_the_whole_api():
    assert all(translated(form.about, "id", "formats") for form in FORMATS)
    for endpoint in ENDPOINTS:
        assert translated(endpoint.about, "id", "api"), endpoint.about
        for one in parameters(endpoint):
            assert translated(one["description"], "id", "api"), one["description"]


def test_the_catalogue_has_the_taggers_cues():
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "tagger").glob("*.py")))
    nodes = [node for tree in trees for node in ast.walk(tree)]
    cues = {literal(node.value) for node in nodes if isinstance(node, ast.keyword) and node.arg == "cue"}
    pairs = (node for node in nodes if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Pair")
    cues |= {literal(node.args[-1]) for node in pairs if node.args}
    assert len(cues) > 6
    assert not {cue for cue in cues if " " in cue and translated(cue, "id", "cues") is None}


def test_the_catalogue_has_the_cleaners_rules():
    phrases = tomllib.loads((ROOT / "scraper/clean/phrases.toml").read_text(encoding="utf-8"))
    names = [rule["name"] for rule in phrases["rule"]]
    assert not [name for name in names if translated(name, "id", "removed") is None], "a line each in catalog.toml"


def test_a_sentence_that_the_catalogue_lacks_is_marked_as_english(news, tmp_path):
    with Frontier(tmp_path / "frontier.sqlite") as frontier:
        frontier.add_many([Link(url="https://x.example/1", kind="article")])
        frontier.fail(frontier.claim(1)[0], "something <b>new</b>")
    page = TestClient(create_app(news[0], crawl=tmp_path), base_url="http://127.0.0.1").get("/sites").text
    assert '<span lang="en">something &lt;b&gt;new&lt;/b&gt;</span>' in page
