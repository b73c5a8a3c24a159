"""MHTML, the single file in which browsers save a whole page (RFC 2557)."""

from __future__ import annotations

import email
import email.policy

from kabar.documents import Problem, Raw, Read
from scraper.page import Page


def read_mhtml(data: bytes, name: str) -> Read:
    """Takes the first HTML part; its address stands in Snapshot-Content-Location or Content-Location."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() != "text/html":
            continue
        body = part.get_payload(decode=True)
        if not isinstance(body, bytes):
            continue
        url = message.get("Snapshot-Content-Location") or part.get("Content-Location")
        return Raw(name, Page(body=body, url=url, encoding=part.get_content_charset()), file=name, url=url)
    return Problem(name, "no HTML part in this MHTML file")
