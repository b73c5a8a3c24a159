"""Alerts, sent to real servers on loopback: once each, again after a failure, and never where they should not go."""

from __future__ import annotations

import base64
import contextlib
import email
import email.policy
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from kabar.alerts import running, webhook
from kabar.alerts.message import Message, Story
from kabar.alerts.running import run
from kabar.alerts.settings import Settings
from kabar.alerts.telegram import MOST, text
from kabar.store import Store, StoreError
from scraper.article import Site, Timestamp
from scraper.http.guard import PRIVATE, Guard
from tagger.document import City, TaggedArticle, Tool
from tests.kabar.alerts.receiving import SECRET, Receiver, receiving
from tests.timing import SOON

NOW = datetime(2026, 5, 31, 3, tzinfo=UTC)
TOKEN = "123456:ABC-def_geheim"
CERTIFICATE = Path(__file__).parents[2] / "data" / "loopback.pem"
STORY = " ".join(f"kata{n} tentang tanggul{n} yang{n % 7} jebol" for n in range(60))
OPEN = Guard(PRIVATE)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@dataclass
class Desk:
    """A store with a clock that can be moved, and what one round of alerts says."""

    store: Store
    now: datetime = NOW
    told: list[str] = field(default_factory=list)
    environ: dict[str, str] = field(default_factory=lambda: {"KABAR_WEBHOOK_SECRET": SECRET})
    guard: Guard = OPEN

    def add(self, id_: str, words: str = "", **changes: Any) -> None:
        published = changes.pop("published", self.now)
        fields: dict[str, Any] = {
            "title": f"Berita {id_}",
            "text": f"Tanggul {id_} jebol. {words}",
            "url": f"https://warta.example/{id_}",
            "site": Site(domain="warta.example", name="Warta"),
            "published": Timestamp(value=published.isoformat(timespec="seconds"), precision="second"),
            "cities": (City(name="Kota Jambi", level="city", code="15.71"),),
            "kind": "news",
            "tool": Tool(version="0", gazetteer="x"),
        }
        self.store.add([TaggedArticle(id=id_, **{**fields, **changes})])

    def round(self) -> tuple[int, int, int]:
        self.told.clear()
        done = run(self.store, Settings(self.environ), self.guard, self.now, self.told.append)
        return done.sent, done.put_back, done.given_up


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Store(tmp_path / "news.db") as store:
        made = Desk(store)
        store._clock = lambda: made.now
        store.save_search("tanggul", "tanggul kota:15")
        yield made


def test_webhook_tells_each_new_story_once_signed(desk: Desk, receiver: Receiver) -> None:
    desk.add("old", published=NOW - timedelta(hours=1))
    desk.now += timedelta(minutes=1)
    desk.store.outbox().add("webhook", f"{receiver.url}/hook?x=1", search="tanggul")
    assert desk.round() == (0, 0, 0)
    desk.add("a")
    desk.add("else", cities=())
    desk.add("archived", published=NOW - timedelta(days=9))
    assert desk.round() == (1, 0, 0)
    [post] = receiver.posts
    assert post.path == "/hook?x=1"
    assert post.titles == ["Berita a"]
    assert post.json["data"]["query"] == "tanggul kota:15"
    assert desk.round() == (0, 0, 0)
    secret = base64.b64decode(SECRET.removeprefix("whsec_"))
    now = time.time()
    assert webhook.verify(secret, post.headers, post.body, now)
    assert not webhook.verify(secret, post.headers, post.body + b" ", now)
    assert not webhook.verify(b"another secret, that is wrong", post.headers, post.body, now)
    assert not webhook.verify(secret, post.headers, post.body, now + 301)
    later = {**post.headers, "webhook-timestamp": str(int(now) + 1)}
    assert not webhook.verify(secret, later, post.body, now)
    assert not webhook.verify(secret, {}, post.body, now)


def test_copies_of_a_story_are_told_once_and_an_edit_is_no_news(desk: Desk, receiver: Receiver) -> None:
    desk.store.outbox().add("webhook", receiver.url, search="tanggul")
    desk.add("first", text=STORY + " tanggul")
    desk.add("copy", text=STORY + " tanggul salinan", published=NOW + timedelta(minutes=1))
    assert desk.round() == (1, 0, 0)
    assert receiver.posts[0].titles == ["Berita first"]
    desk.now += timedelta(hours=1)
    desk.add("late copy", text=STORY + " tanggul disalin lagi")
    desk.add("first", text="tanggul: " + " ".join(f"isi{n} lain{n} sama sekali" for n in range(60)))
    assert desk.round() == (0, 0, 0)
    desk.add("other")
    assert desk.round() == (1, 0, 0)
    assert receiver.posts[1].titles == ["Berita other"]


def test_failures_are_tried_again_later_with_the_same_key(desk: Desk, receiver: Receiver) -> None:
    desk.store.outbox().add("webhook", receiver.url, search="tanggul")
    desk.add("a")
    receiver.answers = [(503, {}, b"busy"), (429, {"Retry-After": "1000"}, b""), (200, {}, b"ok")]
    assert desk.round() == (0, 1, 0)
    assert "status 503 (busy); tried again in 60 s" in desk.told[0]
    assert desk.round() == (0, 0, 0), "not due yet"
    desk.add("b")
    desk.now += timedelta(seconds=61)
    assert desk.round() == (1, 1, 0), "another message is not held up"
    [alert] = desk.store.outbox().alerts()
    assert (alert.told, alert.waiting, alert.problem) == (2, 1, "the receiver answers with status 429")
    desk.now += timedelta(seconds=999)
    assert desk.round() == (0, 0, 0)
    desk.now += timedelta(seconds=2)
    assert desk.round() == (1, 0, 0)
    keys = [post.headers["webhook-id"] for post in receiver.posts]
    assert keys[0] == keys[1] == keys[3] != keys[2]
    assert desk.store.outbox().alerts()[0].problem is None


def test_what_is_never_taken_is_given_up_and_told(
    desk: Desk, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "TRIES", 3)
    desk.store.outbox().add("webhook", receiver.url, search="tanggul")
    desk.add("a")
    receiver.answers = [(500, {}, b"")]
    ends = []
    for _ in range(3):
        ends.append(desk.round())
        desk.now += timedelta(hours=6)
    assert ends == [(0, 1, 0), (0, 1, 0), (0, 0, 1)]
    assert desk.round() == (0, 0, 0)
    receiver.answers = [(410, {}, b"")]
    desk.add("b")
    assert desk.round() == (0, 0, 1)
    assert "given up" in desk.told[0]


def test_a_kill_while_sending_sends_once_more_and_two_runs_do_not_both_send(desk: Desk, receiver: Receiver) -> None:
    outbox = desk.store.outbox()
    alert = outbox.add("webhook", receiver.url, search="tanggul")
    desk.add("a")
    outbox.put(alert, ["a"], 10)
    claimed = outbox.claim(["webhook"])
    assert claimed is not None
    assert desk.round() == (0, 0, 0), "another process has it"
    desk.now += timedelta(minutes=6)
    assert desk.round() == (1, 0, 0), "that process is taken for dead"
    assert receiver.posts[0].headers["webhook-id"] == claimed.key


def test_an_alert_told_at_most_once_gives_up_what_may_have_arrived(desk: Desk, receiver: Receiver) -> None:
    outbox = desk.store.outbox()
    desk.environ = {"KABAR_TELEGRAM_TOKEN": TOKEN, "KABAR_TELEGRAM_API": receiver.url}
    receiver.answers = [(200, {}, b'{"ok":true,"result":{}}')]
    alert = outbox.add("telegram", "-1001234", search="tanggul", once=True)
    desk.add("a")
    outbox.put(alert, ["a"], 10)
    assert outbox.claim(["telegram"]) is not None, "and then the process is killed"
    desk.now += timedelta(minutes=6)
    assert desk.round() == (0, 0, 1)
    assert "may have arrived" in desk.told[0]
    assert not receiver.posts
    desk.add("b")
    assert desk.round() == (1, 0, 0)


@contextlib.contextmanager
def hanging_up() -> Iterator[str]:
    """The address of a server that takes a request, and ends the connection without an answer."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            connection.recv(65_536)
            connection.close()

        thread = threading.Thread(target=serve)
        thread.start()
        yield "http://127.0.0.1:{1}".format(*server.getsockname())
        thread.join(10)
        server.setblocking(False)
        with pytest.raises(BlockingIOError):  # it was asked once only
            server.accept()


@pytest.mark.parametrize(("once", "unanswered"), [(False, (0, 1, 0)), (True, (0, 0, 1))])
def test_what_was_refused_or_never_sent_is_tried_again_and_what_was_not_answered_as_told(
    desk: Desk, receiver: Receiver, once: bool, unanswered: tuple[int, int, int]
) -> None:
    desk.store.outbox().add("webhook", "env:HOOK", search="tanggul", once=once)
    desk.add("a")
    receiver.answers = [(503, {}, b"")]
    desk.environ["HOOK"] = receiver.url
    assert desk.round() == (0, 1, 0)
    desk.now += timedelta(hours=1)
    desk.environ["HOOK"] = "http://127.0.0.1:9"
    assert desk.round() == (0, 1, 0)
    desk.now += timedelta(hours=1)
    with hanging_up() as desk.environ["HOOK"]:
        assert desk.round() == unanswered


def test_many_stories_are_several_messages(desk: Desk, receiver: Receiver) -> None:
    desk.store.outbox().add("webhook", receiver.url, search="tanggul")
    for n in range(webhook.SIZE + 1):
        desk.add(str(n))
    assert desk.round() == (2, 0, 0)
    titles = [title for post in receiver.posts for title in post.titles]
    assert sorted(titles) == sorted(f"Berita {n}" for n in range(webhook.SIZE + 1))


@pytest.mark.parametrize("answer", [(301, {"Location": "http://127.0.0.1:9/"}, b""), (200, {}, b"x" * 10_000_000)])
def test_redirects_are_not_followed_and_long_answers_not_read(desk: Desk, receiver: Receiver, answer: Any) -> None:
    desk.store.outbox().add("webhook", receiver.url, search="tanggul")
    desk.add("a")
    receiver.answers = [answer]
    assert desk.round() == ((0, 1, 0) if answer[0] == 301 else (1, 0, 0))


@pytest.mark.parametrize("target", ["http://127.0.0.1:8080/x", "http://localhost:8080/x", "http://169.254.169.254/x"])
def test_private_addresses_are_refused(desk: Desk, receiver: Receiver, target: str) -> None:
    desk.guard = Guard()
    desk.store.outbox().add("webhook", target, search="tanggul")
    desk.add("a")
    assert desk.round() == (0, 1, 0)
    assert "loopback address" in desk.told[0] or "link-local address" in desk.told[0]


def test_missing_secrets_cost_no_tries(desk: Desk, receiver: Receiver) -> None:
    desk.store.outbox().add("webhook", receiver.url, search="tanggul")
    desk.add("a")
    for wrong in ("", "geheim", "whsec_kurz"):
        desk.environ = {"KABAR_WEBHOOK_SECRET": wrong}
        assert desk.round() == (0, 0, 0)
        assert "KABAR_WEBHOOK_SECRET" in desk.told[0]
    desk.environ = {"KABAR_WEBHOOK_SECRET": SECRET}
    assert desk.round() == (1, 0, 0)


def test_target_from_the_environment_does_not_stand_in_the_store(desk: Desk, receiver: Receiver) -> None:
    desk.store.outbox().add("webhook", "env:DESK_HOOK", search="tanggul")
    desk.add("a")
    assert desk.round() == (0, 1, 0)
    assert "DESK_HOOK is not set" in desk.told[0]
    desk.environ["DESK_HOOK"] = f"{receiver.url}/rahasia"
    desk.now += timedelta(minutes=2)
    assert desk.round() == (1, 0, 0)
    assert receiver.posts[0].path == "/rahasia"
    assert not [row for row in desk.store._db.iterdump() if "rahasia" in row]


def telegram(desk: Desk, receiver: Receiver) -> None:
    desk.environ = {"KABAR_TELEGRAM_TOKEN": TOKEN, "KABAR_TELEGRAM_API": receiver.url}
    desk.store.outbox().add("telegram", "-1001234", search="tanggul")


def test_telegram(desk: Desk, receiver: Receiver) -> None:
    telegram(desk, receiver)
    desk.add("a", title="<b>Banjir</b> & longsor", kind="advertorial", url="javascript:alert(1)")
    wait = b'{"ok":false,"description":"Too Many Requests","parameters":{"retry_after":500}}'
    receiver.answers = [(429, {}, wait), (200, {}, b'{"ok":true,"result":{}}')]
    assert desk.round() == (0, 1, 0)
    assert "Too Many Requests" in desk.told[0]
    assert "tried again in 500 s" in desk.told[0]
    desk.now += timedelta(seconds=501)
    assert desk.round() == (1, 0, 0)
    post = receiver.posts[1]
    assert post.path == f"/bot{TOKEN}/sendMessage"
    assert post.json["chat_id"] == "-1001234"
    assert "&lt;b&gt;Banjir&lt;/b&gt; &amp; longsor [ADVERTORIAL]\nWarta" in post.json["text"]
    assert "javascript" not in post.json["text"]


@pytest.mark.parametrize(
    "answer", [(200, {}, b"<html>"), (404, {}, b'{"ok":false,"description":"no 123456:ABC-def_geheim"}')]
)
def test_telegram_tells_no_token(desk: Desk, receiver: Receiver, answer: Any) -> None:
    telegram(desk, receiver)
    desk.add("a")
    receiver.answers = [answer]
    desk.round()
    desk.environ["KABAR_TELEGRAM_API"] = "http://127.0.0.1:1"
    desk.add("b")
    desk.now += timedelta(hours=1)
    told = list(desk.told)
    desk.round()
    assert told
    assert desk.told
    assert TOKEN not in "".join((*told, *desk.told, *desk.store._db.iterdump()))


def test_telegram_messages_keep_to_the_limit() -> None:
    story = Story("a", "Judul & " * 40, "https://warta.example/" + "x" * 390, "W" * 100, "news", None, "")
    long = text(Message("k", "s" * 80, "q", (story,) * 50))
    assert len(long) <= MOST
    assert "lagi" in long


@dataclass
class Post:
    """A mail server on loopback: what came, and how it answers."""

    port: int = 0
    mails: list[Any] = field(default_factory=list)
    answer: str = "250 OK"
    parting: str = "221 Bye"

    async def handle_QUIT(self, server: object, session: object, envelope: Any) -> str:  # noqa: N802
        return self.parting

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            self.mails.append(
                (envelope.rcpt_tos, email.message_from_bytes(envelope.content, policy=email.policy.default))
            )
        return self.answer


class AnyPort(Controller):
    """A mail server on a free port."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()


@pytest.fixture
def mail_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Post]]:
    running: list[Controller] = []
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE)

    def login(server: object, session: object, envelope: object, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=(data.login, data.password) == (b"desk", b"rahas/ia"), handled=False)

    def start(kind: str) -> Post:
        post = Post()
        options: dict[str, Any] = {
            "plain": {},
            "starttls": {"tls_context": context, "require_starttls": True, "authenticator": login},
            "tls": {"ssl_context": context},
        }[kind]
        controller = AnyPort(post, hostname="127.0.0.1", port=0, **options)
        controller.start()
        post.port = controller.port
        running.append(controller)
        return post

    yield start
    for controller in running:
        controller.stop(no_assert=True)


def mailing(desk: Desk, url: str) -> None:
    desk.environ = {"KABAR_SMTP_URL": url, "KABAR_SMTP_FROM": "kabar@warta.example"}
    desk.store.outbox().add("email", "desk@warta.example", search="tanggul")
    desk.add("a", title="Judul\r\nBcc: x@y.example", lead="Paragraf pertama.", kind="advertorial")


@pytest.mark.parametrize(
    ("kind", "url"),
    [
        ("plain", "smtp://127.0.0.1:{}"),
        ("starttls", "smtp://desk:rahas%2Fia@127.0.0.1:{}"),
        ("tls", "smtps://localhost:{}"),
    ],
)
def test_email(desk: Desk, mail_server: Callable[..., Post], kind: str, url: str) -> None:
    post = mail_server(kind)
    mailing(desk, url.format(post.port))
    assert desk.round() == (1, 0, 0), desk.told
    [(recipients, mail)] = post.mails
    assert recipients == ["desk@warta.example"]
    assert (mail["From"], mail["Subject"]) == ("kabar@warta.example", "kabar: 1 berita untuk “tanggul”")
    assert mail["Bcc"] is None
    assert mail["Message-ID"].endswith("@warta.example>")
    body = mail.get_content().replace("\r\n", "\n")
    assert "Judul Bcc: x@y.example [ADVERTORIAL]\nWarta, 2026" in body
    assert "Paragraf pertama.\nhttps://warta.example/a" in body
    assert desk.round() == (0, 0, 0)


def test_email_is_tried_again_under_the_same_id(desk: Desk, mail_server: Callable[..., Post]) -> None:
    post = mail_server("plain")
    mailing(desk, f"smtp://127.0.0.1:{post.port}")
    post.answer = "451 later"
    assert desk.round() == (0, 1, 0)
    assert "451 later" in desk.told[0]
    key = desk.store._db.execute("SELECT key FROM message").fetchone()[0]
    post.answer, desk.now = "250 OK", desk.now + timedelta(minutes=2)
    assert desk.round() == (1, 0, 0)
    assert post.mails[0][1]["Message-ID"] == f"<{key}@warta.example>"
    desk.add("b")
    post.answer = "554 no"
    assert desk.round() == (0, 0, 1)
    desk.add("c")
    post.answer, post.parting = "250 OK", "421 good night"
    assert desk.round() == (1, 0, 0), "it was taken before that"


@pytest.mark.parametrize("greets", [True, False])
def test_a_mail_server_that_drips_is_left(desk: Desk, monkeypatch: pytest.MonkeyPatch, greets: bool) -> None:
    monkeypatch.setattr("kabar.alerts.email.TOTAL", 0.4)

    def drip() -> None:
        client, _ = listening.accept()
        with client, contextlib.suppress(OSError):
            client.sendall(b"220 ready\r\n" if greets else b"")
            for _ in range(int(SOON / 0.05)):
                client.sendall(b"2")
                time.sleep(0.05)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        dripping = threading.Thread(target=drip, daemon=True)
        dripping.start()
        mailing(desk, f"smtp://127.0.0.1:{listening.getsockname()[1]}")
        began = time.monotonic()
        assert desk.round() == (0, 1, 0)
        assert time.monotonic() - began < SOON / 2
        dripping.join(SOON)
    assert "the mail server" in desk.told[0]


@pytest.mark.parametrize(
    ("kind", "url", "reason"),
    [
        ("plain", "smtp://desk:geheim@127.0.0.1:{}", "offers no TLS"),
        ("starttls", "smtp://desk:salah@127.0.0.1:{}", "refuses the login"),
        ("untrusted", "smtp://127.0.0.1:{}", "certificate does not hold"),
        ("guarded", "smtp://127.0.0.1:{}", "loopback address"),
        ("gone", "smtp://127.0.0.1:1", "cannot be reached"),
    ],
)
def test_email_goes_nowhere_unsafe(
    desk: Desk, mail_server: Callable[..., Post], monkeypatch: pytest.MonkeyPatch, kind: str, url: str, reason: str
) -> None:
    post = mail_server({"untrusted": "starttls", "starttls": "starttls"}.get(kind, "plain"))
    if kind == "untrusted":
        monkeypatch.delenv("SSL_CERT_FILE")
    if kind == "guarded":
        desk.guard = Guard()
    mailing(desk, url.format(post.port))
    assert desk.round() == (0, 1, 0)
    assert reason in desk.told[0]
    assert not any(secret in "".join(desk.told) for secret in ("geheim", "salah"))
    assert post.mails == []


def test_silent_sites_are_told_once_a_silence(desk: Desk, receiver: Receiver) -> None:
    desk.store.outbox().add("webhook", receiver.url, silent=6 * 3600)
    start = NOW - timedelta(days=5)
    for n in range(20):
        desk.add(f"busy{n}", published=start + timedelta(hours=6 * n))
        rested = timedelta(hours=6 * n - 36, days=n // 10)  # once for 30 hours, and now for 20
        desk.add(f"resting{n}", published=start + rested, site=Site(domain="rest.example"))
        if n < 5:
            desk.add(f"rare{n}", published=start + timedelta(hours=n), site=Site(domain="rare.example"))
    last = start + timedelta(hours=6 * 19)
    desk.now = last + timedelta(hours=5)
    assert desk.round() == (0, 0, 0)
    desk.now = last + timedelta(hours=8)
    assert desk.round() == (1, 0, 0)
    [silence] = receiver.posts[0].json["data"]["silences"]
    assert silence == {"site": "warta.example", "name": "Warta", "last": "2026-05-31T04:00+07:00", "hours": 8}
    assert receiver.posts[0].json["type"] == "kabar.silence"
    desk.now += timedelta(hours=2)
    assert desk.round() == (0, 0, 0)
    desk.add("again")
    desk.now += timedelta(hours=30)
    assert desk.round() == (1, 0, 0), "a new silence"


def test_alerts_on_the_command_line(
    tmp_path: Path, kabar: Any, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "news.db"
    Store(path).close()
    monkeypatch.setenv("KABAR_STORE", str(path))
    monkeypatch.delenv("KABAR_WEBHOOK_SECRET", raising=False)
    added = kabar("alert", "add", "tanggul", "tanggul kota:15", "--webhook", receiver.url)
    assert added.code == 0
    assert "to webhook 127.0.0.1: 0 told" in added.err
    assert "not yet ready: KABAR_WEBHOOK_SECRET is not set" in added.err
    assert "is alert 1 already" in kabar("alert", "add", "tanggul", "--webhook", receiver.url).err
    monkeypatch.setenv("KABAR_WEBHOOK_SECRET", SECRET)
    assert "loopback address; --allow-private permits it" in kabar("alert", "test", "1").err
    assert kabar("alert", "test", "1", "--allow-private").code == 0
    assert receiver.posts[0].titles == ["Uji coba pemberitahuan kabar"]
    assert kabar("alert", "run", "--allow-private").code == 0
    assert "to webhook 127.0.0.1: 0 told" in kabar("alert", "list").out
    assert f"to webhook {receiver.url}: 0 told" in kabar("alert", "list", "--targets").out
    assert kabar("alert", "add", "--silent", "12h", "--email", "desk@warta.example", "--once").code == 0
    assert "sites silent for 12 h to email desk@warta.example, at most once" in kabar("alert", "list").out
    for wrong in (
        ("x", "--webhook", receiver.url),
        ("x", "warna:biru", "--webhook", receiver.url),
        ("x", "y"),
        ("--webhook", receiver.url),
        ("x", "y", "--webhook", "ftp://x"),
        ("x", "y", "--telegram", "who?"),
        ("x", "y", "--email", "a@b\nBcc: c@d"),
        ("--silent", "ever", "--email", "a@b.example"),
    ):
        monkeypatch.setenv("KABAR_TELEGRAM_TOKEN", TOKEN)
        monkeypatch.setenv("KABAR_SMTP_URL", "smtp://127.0.0.1")
        monkeypatch.setenv("KABAR_SMTP_FROM", "a@b.example")
        assert kabar("alert", "add", *wrong).code in (1, 2), wrong
    assert len(kabar("alert", "list").out.splitlines()) == 2
    assert kabar("alert", "remove", "1").code == 0
    assert kabar("alert", "remove", "1").code == kabar("alert", "test", "1").code == 1


def test_an_alert_needs_its_search(desk: Desk) -> None:
    with pytest.raises(StoreError, match="no saved search"):
        desk.store.outbox().add("webhook", "https://x.example", search="none")
    desk.store.outbox().add("webhook", "https://x.example", search="tanggul")
    with pytest.raises(StoreError, match="alert 1 is set"):
        desk.store.forget_search("tanggul")


def test_signature_is_that_of_the_reference_library() -> None:
    """Made with `standardwebhooks` 1.0 for Python from the same secret, id, time and body."""
    secret = base64.b64decode(SECRET.removeprefix("whsec_"))
    expected = "v1,FnqDBnf0Dr0ThSbOBKfuJllYD+5TqzqwttUFkaR9Rtk="
    assert webhook.signature(secret, "kunci-1", 1_780_000_000, b'{"a":1}') == expected


def test_alerts_go_on_with_every(
    tmp_path: Path, kabar: Any, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "news.db"
    monkeypatch.setenv("KABAR_WEBHOOK_SECRET", SECRET)
    with Store(path) as store:
        store.save_search("tanggul", "tanggul")
        store.outbox().add("webhook", receiver.url, search="tanggul")
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            raise KeyboardInterrupt
        with Store(path) as store:
            now = datetime.now(UTC)
            Desk(store, now).add("a")

    monkeypatch.setattr(time, "sleep", pause)
    ran = kabar("alert", "run", "--every", "15m", "--store", path, "--allow-private")
    assert ran.code == 130
    assert pauses == [900, 900]
    assert [post.titles for post in receiver.posts] == [["Berita a"]]


def test_an_alert_rests_and_goes_on_without_what_came_meanwhile(desk: Desk, receiver: Receiver) -> None:
    outbox = desk.store.outbox()
    outbox.add("webhook", receiver.url, search="tanggul")
    receiver.answers = [(500, {}, b""), (204, {}, b"")]
    desk.add("waits")
    assert desk.round() == (0, 1, 0)
    assert outbox.pause(1)
    desk.now += timedelta(hours=1)
    desk.add("meanwhile")
    assert desk.round() == (0, 0, 0), "neither what waits nor what is new"
    desk.now += timedelta(hours=1)
    assert outbox.pause(1), "pausing twice changes nothing"
    assert outbox.alerts()[0].paused == NOW.isoformat()
    assert outbox.resume(1)
    assert outbox.resume(1)
    desk.now += timedelta(minutes=1)
    desk.add("after")
    assert desk.round() == (2, 0, 0)
    assert [post.titles for post in receiver.posts] == [["Berita waits"], ["Berita waits"], ["Berita after"]]
    assert not outbox.pause(2)
    assert not outbox.resume(2)


@pytest.mark.parametrize("wrong", [datetime(1970, 1, 1, tzinfo=UTC), NOW + timedelta(hours=7), NOW.replace(year=2027)])
def test_a_clock_that_was_wrong_loses_no_story_and_tells_none_twice(
    desk: Desk, receiver: Receiver, wrong: datetime
) -> None:
    receiver.answers = [(503, {}, b"busy"), (200, {}, b"ok")]
    desk.add("held")
    desk.now = wrong
    desk.store.outbox().add("webhook", receiver.url, search="tanggul")
    desk.add("then", published=NOW - timedelta(hours=1))
    desk.round()
    desk.now = NOW + timedelta(minutes=2)
    desk.add("now", published=NOW)
    desk.round()
    desk.now += timedelta(minutes=2)
    desk.round()
    told = [title for post in receiver.posts[1:] for title in post.titles]
    assert sorted(told) == ["Berita now", "Berita then"]
    assert desk.round() == (0, 0, 0)


def test_a_run_that_was_held_up_puts_back_nothing_that_another_has_sent(desk: Desk, receiver: Receiver) -> None:
    desk.store.outbox().add("webhook", receiver.url, search="tanggul")
    desk.add("a")
    receiver.answers = [(503, {}, b"busy"), (200, {}, b"ok"), (200, {}, b"ok")]
    desk.round()
    desk.now += timedelta(minutes=2)
    late = desk.store.outbox().claim(["webhook"])
    assert late is not None
    desk.now += timedelta(minutes=10)
    assert desk.round()[0] == 1
    desk.store.outbox().failed(late, "the connection was lost", 60)
    desk.now += timedelta(minutes=10)
    assert desk.round() == (0, 0, 0)


def test_on_a_full_disk_nothing_is_sent_that_is_not_written_down_and_nothing_is_lost(
    desk: Desk, receiver: Receiver
) -> None:
    desk.store.outbox().add("webhook", receiver.url, search="tanggul")
    for number in range(200):
        desk.add(f"{number:064}")
    db = desk.store.connection
    db.execute(f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0]}")
    with pytest.raises(StoreError, match="disk is full"):
        desk.round()
    assert receiver.posts == []
    db.execute("PRAGMA max_page_count = 1000000")
    assert desk.round() == (4, 0, 0)
    assert len({title for post in receiver.posts for title in post.titles}) == 200


def test_two_runs_at_one_instant_tell_a_story_once(desk: Desk) -> None:
    outbox = desk.store.outbox()
    alert = outbox.add("webhook", "https://x.example", search="tanggul")
    desk.add("first", text=STORY + " tanggul")
    one = running.found(desk.store, alert, desk.now)
    desk.add("copy", text=STORY + " tanggul salinan", published=NOW - timedelta(minutes=1))
    other = running.found(desk.store, alert, desk.now)
    assert (one, other) == (["first"], ["copy"])
    assert (outbox.put(alert, one, 50), outbox.put(alert, other, 50)) == (1, 0)


def test_a_run_that_meets_a_removed_alert_leaves_nothing_behind(desk: Desk) -> None:
    outbox = desk.store.outbox()
    alert = outbox.add("webhook", "https://x.example", search="tanggul")
    desk.add("a")
    outbox.remove(alert.number)
    assert outbox.put(alert, ["a"], 50) == 0
    assert desk.store.connection.execute("SELECT count(*) FROM message").fetchone() == (0,)


def test_a_list_of_alerts_tells_when_they_were_last_looked_after(desk: Desk) -> None:
    outbox = desk.store.outbox()
    outbox.add("webhook", "https://x.example", search="tanggul")
    assert outbox.alerts()[0].looked is None
    desk.now += timedelta(hours=1)
    desk.round()
    assert outbox.alerts()[0].looked == desk.now.isoformat()


def test_resting_on_the_command_line(desk: Desk, kabar: Any) -> None:
    desk.store.outbox().add("webhook", "https://x.example", search="tanggul")
    path = desk.store.connection.execute("PRAGMA database_list").fetchone()[2]
    assert kabar("alert", "pause", "1", "--store", path).code == 0
    assert "rests since" in kabar("alert", "list", "--store", path).out
    assert kabar("alert", "resume", "1", "--store", path).code == 0
    assert "rests" not in kabar("alert", "list", "--store", path).out
    assert kabar("alert", "pause", "2", "--store", path).code == 1


def test_a_target_that_can_be_none_is_refused_before_a_secret_is_missed(kabar: Any, tmp_path: Path) -> None:
    Store(tmp_path / "news.db").close()
    for target in ("nowhere", "https://", "http://a..b/"):
        added = kabar("alert", "add", "x", "y", "--webhook", target, "--store", tmp_path / "news.db")
        assert added.code == 2, target
