"""The sample site's server: two hosts wherever two addresses or ports can be had, and conditional requests."""

from __future__ import annotations

import urllib.request
from email.message import Message
from urllib.error import HTTPError

import pytest

from kabar.demo import server
from kabar.demo.site import EDIT, site_folder
from tests.timing import PATIENCE


def asked(url: str, **headers: str) -> tuple[int, Message, str]:
    request = urllib.request.Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except HTTPError as error:
        return error.code, error.headers, error.read().decode()


def test_where_there_is_one_loopback_address_only_the_second_host_is_another_port(monkeypatch):
    monkeypatch.setattr(server, "HOSTS", (("127.0.0.1", "Satu"), ("192.0.2.1", "Dua")))
    with server.serve(site_folder()) as site:
        bases = [portal.base for portal in site.portals]
        assert [base.rpartition(":")[0] for base in bases] == ["http://127.0.0.1"] * 2
        assert [asked(base + "/")[2].count("<h1>Satu</h1>") for base in bases] == [1, 0]


def test_a_taken_port_is_no_obstacle():
    with server.serve(site_folder()) as first:
        port = int(first.portals[0].base.rpartition(":")[2])
        with server.serve(site_folder(), port) as second:
            assert asked(second.portals[0].base + "/")[0] == 200
            assert second.portals[0].base != first.portals[0].base


@pytest.mark.parametrize("by", ["ETag", "Last-Modified"])
def test_a_story_is_sent_again_once_it_is_edited(by):
    with server.serve(site_folder()) as site:
        _, headers, _ = asked(site.edited_url)
        condition = {"If_None_Match" if by == "ETag" else "If_Modified_Since": headers[by]}
        assert asked(site.edited_url, **condition)[0] == 304
        site.desk.edit()
        status, _, body = asked(site.edited_url, **condition)
        assert (status, EDIT in body) == (200, True)
        assert asked(site.portals[0].base + "/none/")[0] == 404
