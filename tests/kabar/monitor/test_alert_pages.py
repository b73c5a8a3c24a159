"""Alerts set, tested, paused and removed by form, as a browser sends it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("starlette")
from starlette.testclient import TestClient

from kabar.monitor.app import create_app
from kabar.store import open_store
from kabar.store.outbox import Alert
from scraper.http.guard import PRIVATE, Guard
from tests.kabar.alerts.receiving import SECRET, Receiver, receiving

CSRF = re.compile(r'name="csrf" value="([^"]+)"')


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "news.db"
    with open_store(found) as store:
        store.save_search("banjir", "banjir kota:15")
    return found


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setenv("KABAR_WEBHOOK_SECRET", SECRET)
    with receiving() as found:
        yield found


class Desk:
    """A browser on the page of saved searches."""

    def __init__(self, path: Path, guard: Guard | None = None) -> None:
        self.path = path
        self.client = TestClient(create_app(path, guard=guard), base_url="http://127.0.0.1")

    def send(self, address: str, **fields: str):
        csrf = CSRF.search(self.client.get("/saved").text)
        assert csrf is not None
        return self.client.post(address, data={"csrf": csrf[1], **fields})

    def alerts(self) -> list[Alert]:
        with open_store(self.path) as store:
            return store.outbox().alerts()


def test_an_alert_is_set_tested_paused_and_removed(path, receiver):
    desk = Desk(path, Guard(PRIVATE))
    set_ = desk.send("/alerts", search="banjir", channel="webhook", target=f"{receiver.url}/geheim", hours="12")
    assert set_.status_code == 200
    [alert] = desk.alerts()
    assert (alert.search, alert.channel, alert.silent, alert.once) == ("banjir", "webhook", None, False)
    tested = desk.send("/alerts/test", number="1")
    assert "Penerima pantauan 1 menerima pesan uji." in tested.text
    assert receiver.posts[0].titles == ["Uji coba pemberitahuan kabar"]
    assert "dijeda sejak" in desk.send("/alerts/pause", number="1").text
    assert "dijeda sejak" not in desk.send("/alerts/resume", number="1").text
    assert desk.send("/alerts/delete", number="1").status_code == 200
    assert desk.alerts() == []
    for address in ("test", "pause", "resume", "delete"):
        assert desk.send(f"/alerts/{address}", number="1").status_code == 404
        assert desk.send(f"/alerts/{address}", number="٣").status_code == 404


def test_sites_that_fall_silent_can_be_watched(path):
    desk = Desk(path)
    desk.send("/alerts", search="", channel="telegram", target="@mediabanjir", hours="36", once="on")
    [alert] = desk.alerts()
    assert (alert.search, alert.silent, alert.once) == (None, 36 * 3600, True)
    assert "situs yang diam 36 jam" in desk.client.get("/saved").text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (
            {"channel": "webhook", "target": "ftp://x.example"},
            "hanya alamat http dan https",
        ),
        ({"channel": "webhook", "target": "http://127.0.0.1:8080/"}, "127.0.0.1 adalah alamat mesin ini sendiri"),
        ({"channel": "webhook", "target": "http://0x7f000001/"}, "127.0.0.1 adalah alamat mesin ini sendiri"),
        ({"channel": "webhook", "target": "http://169.254.169.254/"}, "adalah alamat tautan lokal"),
        ({"channel": "telegram", "target": "siapa?"}, "obrolan disebut dengan nomor"),
        ({"channel": "email", "target": "a@b\nBcc: c@d"}, "tujuannya bukan alamat surel"),
        ({"channel": "email", "target": ""}, "pilih saluran"),
        ({"channel": "burung", "target": "x"}, "pilih saluran"),
        ({"channel": "email", "target": "a@b.example", "search": "", "hours": "0"}, "sebut jumlah jam"),
        ({"channel": "telegram", "target": "@warta", "search": "tak ada"}, "tidak ada pencarian tersimpan"),
    ],
)
def test_what_cannot_be_watched_is_told_and_nothing_is_lost(path, fields, told):
    desk = Desk(path)
    answer = desk.send("/alerts", **{"search": "banjir", "hours": "12", **fields})
    assert answer.status_code == 400
    assert re.search(told, re.search(r'role="alert">(.*?)</p>', answer.text, re.DOTALL)[1])
    assert desk.alerts() == []
    assert 'value="' + fields["target"].split("\n")[0] in answer.text


def test_a_secret_that_is_missing_is_told_and_never_shown(path, monkeypatch):
    monkeypatch.delenv("KABAR_WEBHOOK_SECRET", raising=False)
    desk = Desk(path)
    answer = desk.send("/alerts", search="banjir", channel="webhook", target="https://hooks.example/T0/geheim")
    assert "belum dapat mengirim" in answer.text
    assert "KABAR_WEBHOOK_SECRET belum diisi" in answer.text
    assert len(desk.alerts()) == 1
    monkeypatch.setenv("KABAR_WEBHOOK_SECRET", SECRET)
    page = desk.client.get("/saved").text
    assert "hooks.example" in page
    assert "geheim" not in page
    assert SECRET not in page


def test_the_same_alert_twice_and_a_test_that_fails_are_told(path, receiver):
    desk = Desk(path, Guard(PRIVATE))
    fields = {"search": "banjir", "channel": "webhook", "target": receiver.url}
    desk.send("/alerts", **fields)
    assert "pantauan ini sudah ada, nomor 1" in desk.send("/alerts", **fields).text
    receiver.answers = [(500, {}, b"geheim")]
    failed = desk.send("/alerts/test", number="1")
    assert failed.status_code == 400
    assert "penerima menjawab dengan status 500" in failed.text


def test_a_test_goes_where_the_guard_lets_it_and_no_further(path, receiver):
    with open_store(path) as store:
        store.outbox().add("webhook", receiver.url, search="banjir")
    refused = Desk(path).send("/alerts/test", number="1")
    assert refused.status_code == 400
    assert "--allow-private mengizinkannya" in refused.text
    assert receiver.posts == []


def test_forms_from_elsewhere_set_nothing(path):
    desk = Desk(path)
    for address in ("/alerts", "/alerts/test", "/alerts/pause", "/alerts/resume", "/alerts/delete"):
        assert desk.client.post(address, data={"number": "1", "channel": "email"}).status_code == 403
        assert desk.client.get(address).status_code == 405


def test_a_search_that_was_just_saved_is_offered_to_be_watched(path):
    desk = Desk(path)
    page = desk.send("/saved", name="Longsor & banjir", query="longsor").text
    assert '<option value="Longsor &amp; banjir" selected>' in page


def test_the_page_says_that_nobody_sends(path):
    desk = Desk(path)
    with open_store(path) as store:
        store.outbox().add("email", "desk@warta.example", search="banjir")
    assert "kabar alert run --every 15m" in desk.client.get("/saved").text
    with open_store(path) as store:
        store.outbox().note_look()
    assert "kabar alert run" not in desk.client.get("/saved").text


def test_a_new_alert_beside_one_that_is_looked_after_is_no_alarm(path):
    desk = Desk(path)
    with open_store(path) as store:
        outbox = store.outbox()
        outbox.add("email", "desk@warta.example", search="banjir")
        outbox.note_look()
        outbox.add("telegram", "@warta", search="banjir")
    page = desk.client.get("/saved").text
    assert "belum pernah diperiksa" in page
    assert "kabar alert run" not in page


def test_a_refused_form_keeps_what_was_chosen(path):
    desk = Desk(path)
    for search, chosen in (("", '<option value="" selected>'), ("banjir", '<option value="banjir" selected>')):
        page = desk.send("/alerts", search=search, channel="telegram", target="siapa?", hours="36").text
        assert chosen in page
        assert '<option value="telegram" selected>' in page
        assert page.count(" selected>") == 2
